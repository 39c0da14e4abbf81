"""Records of people: the accounts of staff with their roles, and the persons who come to the hall.

Columns ending in `_sealed` hold what `KeyRing.seal` wrote under the context `table.column`, those ending in
`_index` what `KeyRing.blind_index` gave: no number, telephone or address stands in the database in clear.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.store.schema.base import Base, HallRecord
from hall.store.schema.catalogue import Department


class Account(Base):
    """Somebody who signs in. Without a hall it belongs to the district. Never deleted: the audit names it."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("hall.id"))
    login: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    badge_number: Mapped[str] = mapped_column(default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey(Department.id))
    """Whose cases the account reviews; NULL: of no department in particular."""
    password_hash: Mapped[str]
    must_change: Mapped[bool] = mapped_column(default=True)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime]


class AccountRole(Base):
    """A role (岗位) that an account holds in one hall, or with no hall in all of them."""

    __tablename__ = "account_role"
    __table_args__ = (UniqueConstraint("account_id", "hall_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("hall.id"))
    role: Mapped[str]


class Person(HallRecord, Base):
    """Somebody, or an organisation, that came to the hall. A birth date stands only in the sealed number."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("hall_id", "id_number_index"),
        Index(None, "hall_id", "phone_index"),
        Index(None, "hall_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    organisation_kind: Mapped[str] = mapped_column(default="")
    """What an organisation is to the catalogue: individual_business, legal or other; empty for a natural person."""
    name: Mapped[str]
    representative: Mapped[str] = mapped_column(default="")
    """The legal representative of an organisation (法定代表人、经营者、负责人)."""
    sex: Mapped[str] = mapped_column(default="")
    id_number_sealed: Mapped[str | None]
    id_number_index: Mapped[str | None]
    phone_sealed: Mapped[str | None]
    phone_index: Mapped[str | None]
    address_sealed: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
