"""The bare reads that a board cannot do without, straight through the driver: the reference of `hall bench board`."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from hall.store.engine import libpq_parameters, sqlite_path

COUNTS = (
    "SELECT department_id, matter_id, standing, statutory_ordinal, promised_ordinal, warning_days, count(*) "
    "FROM permit_case WHERE hall_id = {p} AND closed_at IS NULL "
    "GROUP BY department_id, matter_id, standing, statutory_ordinal, promised_ordinal, warning_days"
)
ROWS = (
    "SELECT c.id, c.receipt_number, c.acceptance_number, m.name, d.name, a.display_name, c.state, c.handling, "
    "c.standing, c.statutory_ordinal, c.promised_ordinal, c.urgency, c.warning_days, h.from_at, "
    "(SELECT max(due_on) FROM case_clock k WHERE k.case_id = c.id AND k.kind = 'promised' AND k.state <> 'stopped'), "
    "(SELECT max(due_on) FROM case_clock k WHERE k.case_id = c.id "
    "AND k.kind IN ('acceptance', 'statutory', 'delivery') AND k.state <> 'stopped') "
    "FROM permit_case c LEFT JOIN matter_version m ON m.id = c.matter_version_id "
    "LEFT JOIN department d ON d.id = c.department_id LEFT JOIN account a ON a.id = c.officer_id "
    "LEFT JOIN case_possession h ON h.case_id = c.id AND h.until_at IS NULL "
    "WHERE c.hall_id = {p} AND c.closed_at IS NULL AND (c.urgency, c.id) > ({p}, {p}) "
    "ORDER BY c.urgency, c.id LIMIT {p}"
)


class _Cursor(Protocol):
    def fetchall(self) -> Sequence[tuple[object, ...]]: ...


class _Connection(Protocol):
    """What sqlite3's and psycopg's connections have in common."""

    def execute(self, statement: str, parameters: tuple[object, ...] = ..., /) -> _Cursor: ...

    def close(self) -> None: ...


class BareBoard:
    """A connection of its own to the database of a board, and the hall."""

    def __init__(self, connection: _Connection, mark: str, hall_id: int) -> None:
        self._connection, self._hall_id = connection, hall_id
        self._counts, self._rows = COUNTS.format(p=mark), ROWS.format(p=mark)

    def counts(self) -> int:
        """All groups of open cases; gives how many."""
        return len(self._connection.execute(self._counts, (self._hall_id,)).fetchall())

    def rows(self, most: int, urgency: int = -(10**9), case_id: int = 0) -> int:
        """The next rows behind a place; gives how many."""
        return len(self._connection.execute(self._rows, (self._hall_id, urgency, case_id, most)).fetchall())


@contextmanager
def bare_board(url: str, hall_id: int) -> Iterator[BareBoard]:
    """The database of a URL by its driver alone."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(f"{Path(sqlite_path(url)).resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield BareBoard(connection, "?", hall_id)
        return
    import psycopg
    from psycopg.conninfo import make_conninfo

    with psycopg.connect(make_conninfo(**libpq_parameters(url)), autocommit=True) as server:
        yield BareBoard(server, "%s", hall_id)
