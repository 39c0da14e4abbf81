"""Hears within milliseconds that another station changed something, and never misses a change.

Change rows are numbered when they are written but seen when they are committed. On SQLite, with its one writer,
that is the same order. On PostgreSQL a lower number may be committed after a higher one has been read. So every
number that is skipped is kept as a gap, with a transaction id drawn at that moment; each look asks for the gaps
too, and a gap is given up only when every transaction older than that id has ended: then it was rolled back.
A work has its transaction id before it draws change numbers (it writes its audit row first), so this is exact;
no time has to be guessed after which a late commit would be lost.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from sqlalchemy import Engine

from hall.store.failures import driver_errors
from hall.store.work import CHANNEL

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

CONNECTED, AWAY = "正常", "中断"

SQLITE_POLL_S = 0.25
SAFETY_POLL_S = 30.0
_RECONNECT_S = 1.0
_STOP_POLL_S = 0.25

# More numbers than all stations together can have drawn and not yet committed.
_IN_FLIGHT = 1000

_COLUMNS = "SELECT seq, topic, key, origin, hall_id FROM change_row"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: `topic` names a subject such as queue, `key` the one thing in it, `origin` the station."""

    seq: int
    topic: str
    key: str
    origin: str


# Told after every (re)connect: what was missed is unknown, so load everything again.
EVERYTHING = Change(0, "*", "", "")

OnChanges = Callable[[list[Change]], None]
OnState = Callable[[str], None]
_ChangeLine = tuple[int, str, str, str, int]


class _Ear(Protocol):
    """A connection of its own that waits for a hint and reads what is new."""

    def wait(self, stop: threading.Event) -> None:
        """Return when something may be new, when SAFETY_POLL_S are over, or soon after `stop`."""

    def fresh(self) -> list[_ChangeLine]:
        """The rows not read before."""


class ChangeWatcher:
    """Follows the change log of one hall; `run` is the loop of a thread and reconnects by itself."""

    def __init__(self, engine: Engine, *, hall_id: int) -> None:
        self._engine = engine
        self._hall_id = hall_id

    def run(self, on_changes: OnChanges, on_state: OnState, stop: threading.Event) -> None:
        """Call back with new changes (EVERYTHING first) and with 正常 or 中断, until `stop` is set."""
        state = ""
        while not stop.is_set():
            try:
                with self._listening() as ear:
                    if state != CONNECTED:
                        on_state(state := CONNECTED)
                    on_changes([EVERYTHING])
                    self._follow(ear, on_changes, stop)
            except driver_errors() as error:
                log.warning("change watcher lost its connection: %s", type(error).__name__)
                if state != AWAY:
                    on_state(state := AWAY)
                stop.wait(_RECONNECT_S)

    def _follow(self, ear: _Ear, on_changes: OnChanges, stop: threading.Event) -> None:
        while not stop.is_set():
            ear.wait(stop)
            ours = [Change(*line[:4]) for line in ear.fresh() if line[4] == self._hall_id]
            if ours:
                on_changes(ours)

    @contextmanager
    def _listening(self) -> Iterator[_Ear]:
        """A driver's connection taken out of the pool: SQLAlchemy would keep it inside a transaction."""
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        try:
            if isinstance(connection, sqlite3.Connection):
                yield _SqliteEar(connection)
            else:
                yield _PostgresqlEar(cast("psycopg.Connection[tuple[object, ...]]", connection))
        finally:
            pooled.close()


class _SqliteEar:
    """SQLite counts the commits of other connections; asking costs microseconds."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = self._number("PRAGMA data_version")
        self._last = self._number("SELECT coalesce(max(seq), 0) FROM change_row")

    def wait(self, stop: threading.Event) -> None:
        ends = time.monotonic() + SAFETY_POLL_S
        while time.monotonic() < ends and not stop.wait(SQLITE_POLL_S):
            version = self._number("PRAGMA data_version")
            if version != self._version:
                self._version = version
                return

    def fresh(self) -> list[_ChangeLine]:
        query = f"{_COLUMNS} WHERE seq > ? ORDER BY seq"
        lines: list[_ChangeLine] = self._connection.execute(query, (self._last,)).fetchall()
        if lines:
            self._last = lines[-1][0]
        return lines

    def _number(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])


class _PostgresqlEar:
    """LISTENs; remembers skipped numbers until their transactions have ended (see the module's text)."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        from psycopg import sql

        connection.autocommit = True
        self._connection = connection
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        self._last = self._number("SELECT coalesce(max(seq), 0) FROM change_row")
        self._gaps: dict[int, int] = {}
        first = max(self._last - _IN_FLIGHT, 0)
        self._note_gaps(first, {line[0] for line in self._read(first)})

    def wait(self, stop: threading.Event) -> None:
        ends = time.monotonic() + SAFETY_POLL_S
        while time.monotonic() < ends and not stop.is_set():
            # Run to its end: a generator left in the middle keeps the connection's lock until it is collected.
            if list(self._connection.notifies(timeout=_STOP_POLL_S, stop_after=1)):
                return

    def fresh(self) -> list[_ChangeLine]:
        ended = self._number("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        lines = self._read(self._last)
        for line in lines:
            self._gaps.pop(line[0], None)
        self._gaps = {seq: drawn for seq, drawn in self._gaps.items() if drawn >= ended}
        newer = {line[0] for line in lines if line[0] > self._last}
        if newer:
            before, self._last = self._last, max(newer)
            self._note_gaps(before, newer)
        return lines

    def _read(self, last: int) -> list[_ChangeLine]:
        from psycopg.rows import args_row

        cursor = self._connection.cursor(row_factory=args_row(_line))
        query = f"{_COLUMNS} WHERE seq > %s OR seq = ANY(%s) ORDER BY seq"
        return cursor.execute(query.encode(), (last, list(self._gaps))).fetchall()

    def _note_gaps(self, before: int, seen: set[int]) -> None:
        skipped = [seq for seq in range(before + 1, self._last) if seq not in seen]
        if skipped:
            drawn = self._number("SELECT pg_current_xact_id()::text")
            self._gaps.update(dict.fromkeys(skipped, drawn))

    def _number(self, query: str) -> int:
        row = self._connection.execute(query.encode()).fetchone()
        assert row is not None
        return int(str(row[0]))


def _line(seq: int, topic: str, key: str, origin: str, hall_id: int) -> _ChangeLine:
    return seq, topic, key, origin, hall_id
