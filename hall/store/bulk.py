"""Many rows at once: SQLite takes them row by row inside the driver, PostgreSQL as arrays in one statement.

An import of a schedule touches tens of thousands of rows; through the ORM, or one statement and one round trip each,
that would take many times as long (measured).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Boolean, Date, DateTime, Integer, Table, TypeDecorator, text
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Value = str | int | bool | date | datetime | None

_TYPES = ((Boolean, "boolean"), (Integer, "bigint"), (DateTime, "timestamptz"), (Date, "date"))
"""How PostgreSQL names the types of our columns; all others are text."""


def update_rows(session: Session, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Set columns in many rows: each of `rows` is the row's id and then the columns' values."""
    if not rows:
        return
    if _is_sqlite(session):
        values = ", ".join(f"{column} = ?{place}" for place, column in enumerate(columns, 2))
        _execute_many(session, f"UPDATE {table.name} SET {values} WHERE id = ?1", rows)
        return
    values = ", ".join(f"{column} = v.{column}" for column in columns)
    source, named = _arrays(table, ("id", *columns), rows)
    session.execute(text(f"UPDATE {table.name} SET {values} FROM {source} WHERE {table.name}.id = v.id"), named)


def insert_rows(
    session: Session,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[Sequence[Value]],
    *,
    common: Mapping[str, Value],
) -> None:
    """Add many rows; `common` are the columns that are the same in all of them."""
    if not rows:
        return
    names = ", ".join((*common, *columns))
    if _is_sqlite(session):
        marks = ", ".join(f"?{place}" for place in range(1, len(common) + len(columns) + 1))
        same = tuple(common.values())
        _execute_many(session, f"INSERT INTO {table.name} ({names}) VALUES ({marks})", [(*same, *row) for row in rows])
        return
    same_values = ", ".join(f"CAST(:{name} AS {_type_name(table, name)})" for name in common)
    own = ", ".join(f"v.{column}" for column in columns)
    source, named = _arrays(table, columns, rows)
    session.execute(
        text(f"INSERT INTO {table.name} ({names}) SELECT {same_values}, {own} FROM {source}"), {**named, **common}
    )


def _execute_many(session: Session, statement: str, rows: Sequence[Sequence[Value]]) -> None:
    session.connection().exec_driver_sql(statement, [tuple(map(_as_text, row)) for row in rows])


def _as_text(value: Value) -> Value:
    """As SQLite's columns hold days and instants."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _arrays(
    table: Table, columns: Sequence[str], rows: Sequence[Sequence[Value]]
) -> tuple[str, dict[str, Value | list[Value]]]:
    """The rows as a relation `v` made of one array a column."""
    arrays = ", ".join(f"CAST(:array_{column} AS {_type_name(table, column)}[])" for column in columns)
    named: dict[str, Value | list[Value]] = {
        f"array_{column}": list(values) for column, values in zip(columns, zip(*rows, strict=True), strict=True)
    }
    return f"unnest({arrays}) AS v({', '.join(columns)})", named


def _type_name(table: Table, column: str) -> str:
    kind: TypeEngine[object] = table.c[column].type
    plain = kind.impl if isinstance(kind, TypeDecorator) else kind
    return next((name for known, name in _TYPES if isinstance(plain, known)), "text")


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
