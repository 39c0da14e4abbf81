"""Names looked up by their beginning, in the way that each database has an index for."""

from sqlalchemy import ColumnElement, and_

from hall.store.schema.people import Person

_LAST = "\U0010ffff"


def named_like(beginning: str, *, dialect: str) -> ColumnElement[bool]:
    """Persons whose name begins so. SQLite walks a range of its binary order; PostgreSQL's LIKE knows the collation."""
    if dialect == "sqlite":
        return and_(Person.name >= beginning, Person.name < beginning + _LAST)
    return Person.name.startswith(beginning, autoescape=True)
