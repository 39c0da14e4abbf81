"""What every record shares: names of constraints, column types, the hall it belongs to."""

from datetime import UTC, date, datetime
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_WHERE = "where"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values, stored in UTC, always given back aware in UTC.

    SQLite has no time zones and would give back naive values; text in UTC also sorts as time does.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only for a column declared INTEGER; there it is 64 bits wide anyway.
BIG = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Base of all records: `int` is 64 bits wide, `str` unlimited, `datetime` an instant, `date` a local day.

    Relationships, where a record has any, are declared with `lazy="raise"`: no query ever happens by itself.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        int: BIG,
        str: Text,
        bool: Boolean,
        bytes: LargeBinary,
        date: Date,
        datetime: UtcDateTime,
    }


class HallRecord:
    """Mixin of every record that belongs to one hall of the district."""

    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))


class HallLog:
    """Mixin of the logs: rows that are written once, in the transaction that holds what they speak of, and only read.

    No foreign keys: on PostgreSQL each would lock the row it names, and all stations that write at the same moment
    would share a lock on the row of their hall (measured: that alone costs eight counters a third of their calls).
    `hall verify data` and the audit chain look after them.
    """

    hall_id: Mapped[int]


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that fulfil `where` (plain SQL for both databases).

    The predicate matters to migrations only: given to SQLAlchemy here, it would load PostgreSQL's dialect at
    every start, also on SQLite. `add_predicates` gives it.
    """
    return Index(name, *columns, unique=unique, info={_WHERE: where})


def add_predicates(metadata: MetaData) -> None:
    """Complete the partial indexes, before tables are compared or made."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if predicate := index.info.get(_WHERE):
                index.dialect_kwargs["sqlite_where"] = index.dialect_kwargs["postgresql_where"] = text(predicate)
