"""Many rows in one statement: written from one JSON value, which both databases read themselves.

Row by row through the driver costs PostgreSQL a round trip each, and SQLite a statement each; an import of a schedule
touches tens of thousands.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Boolean, Date, DateTime, Integer, Table, TypeDecorator, text
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

Value = str | int | bool | date | datetime | None
ValueRow = Mapping[str, Value]

_TYPES = ((Boolean, "boolean"), (Integer, "bigint"), (DateTime, "timestamptz"), (Date, "date"))
"""How PostgreSQL names the types of our columns; all others are text."""


def update_rows(session: Session, table: Table, rows: Sequence[ValueRow]) -> None:
    """Set the columns that the rows name, in the rows with their `id`; all rows name the same columns."""
    if not rows:
        return
    columns = [column for column in rows[0] if column != "id"]
    values = ", ".join(f"{column} = v.{column}" for column in columns)
    source = _source(session, table, rows[0])
    session.execute(
        text(f"UPDATE {table.name} SET {values} FROM {source} WHERE {table.name}.id = v.id"),
        {"rows": _json(session, rows)},
    )


def insert_rows(session: Session, table: Table, rows: Sequence[ValueRow]) -> None:
    """Add these rows; columns that they do not name get the database's default."""
    if not rows:
        return
    columns, values = ", ".join(rows[0]), ", ".join(f"v.{column}" for column in rows[0])
    source = _source(session, table, rows[0])
    session.execute(
        text(f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {source}"), {"rows": _json(session, rows)}
    )


def _source(session: Session, table: Table, row: ValueRow) -> str:
    """The JSON as a relation `v` with the rows' columns."""
    if _is_postgresql(session):
        typed = ", ".join(f"{column} {_type_name(table.c[column].type)}" for column in row)
        return f"json_to_recordset(CAST(:rows AS json)) AS v({typed})"
    named = ", ".join(f"json_extract(value, '$.{column}') AS {column}" for column in row)
    return f"(SELECT {named} FROM json_each(:rows)) AS v"


def _type_name(kind: TypeEngine[object]) -> str:
    plain = kind.impl if isinstance(kind, TypeDecorator) else kind
    return next((name for known, name in _TYPES if isinstance(plain, known)), "text")


def _json(session: Session, rows: Sequence[ValueRow]) -> str:
    postgresql = _is_postgresql(session)

    def plain(value: date | datetime) -> str:
        if isinstance(value, datetime):
            instant = value.astimezone(UTC)
            return instant.isoformat() if postgresql else instant.strftime("%Y-%m-%d %H:%M:%S.%f")
        return value.isoformat()

    return json.dumps(list(map(dict, rows)), ensure_ascii=False, default=plain)


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
