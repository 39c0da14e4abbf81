"""The bare transactions that a queue cannot do without, straight through the driver: the reference of the benchmarks.

Tables of their own: on PostgreSQL a schema that goes again, on SQLite a file of its own with WAL and synchronous=FULL.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hall.store.engine import libpq_parameters

_SCHEMA = "hall_bench_bare"
_TABLES = (
    "CREATE TABLE waiting (id {key}, matter integer, priority integer, state integer, counter integer, called_at text)",
    "CREATE INDEX waiting_first ON waiting (priority DESC, id) WHERE state = 0",
    "CREATE TABLE audit (id {key}, at text, actor text, action text, subject text)",
    "CREATE TABLE numbers (prefix text PRIMARY KEY, last integer)",
)
_FILL = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
    "INSERT INTO waiting (matter, priority, state) SELECT i % 4, 0, 0 FROM n"
)
_CALL = (
    "UPDATE waiting SET state = 1, counter = {p}, called_at = CURRENT_TIMESTAMP WHERE id = (SELECT id FROM waiting "
    "WHERE state = 0 AND matter IN (0, 1, 2, 3) ORDER BY priority DESC, id LIMIT 1{skip}) RETURNING id"
)
_AUDIT = "INSERT INTO audit (at, actor, action, subject) VALUES (CURRENT_TIMESTAMP, {p}, {p}, {p})"
_NUMBER = (
    "INSERT INTO numbers VALUES ({p}, 1) ON CONFLICT (prefix) DO UPDATE SET last = numbers.last + 1 RETURNING last"
)
_ISSUE = "INSERT INTO waiting (matter, priority, state) VALUES ({p}, 0, 0) RETURNING id"


class _Cursor(Protocol):
    def fetchone(self) -> tuple[object, ...] | None: ...


class _Connection(Protocol):
    """What sqlite3's and psycopg's connections have in common."""

    def execute(self, statement: str, parameters: tuple[object, ...] = ..., /) -> _Cursor: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class BareQueue:
    """Where the bare tables are: a SQLite file, or the PostgreSQL server of a URL."""

    url: str
    path: Path

    @property
    def on_sqlite(self) -> bool:
        """Whether the tables lie in a file."""
        return self.url.startswith("sqlite")

    def connect(self) -> _Connection:
        """A connection of its own, which commits where it is told to."""
        if self.on_sqlite:
            connection = sqlite3.connect(self.path, timeout=30.0, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            return connection
        import psycopg
        from psycopg.conninfo import make_conninfo

        parameters = libpq_parameters(self.url) | {"options": f"-c search_path={_SCHEMA}"}
        return psycopg.connect(make_conninfo(**parameters), autocommit=True)

    def calls(self, count: int, number: int, start: Callable[[], object]) -> float:
        """Seconds for so many calls: take the first waiting row, write one audit row, commit."""
        call, audit = self._spelt(_CALL), self._spelt(_AUDIT)

        def once(connection: _Connection, turn: int) -> None:
            row = connection.execute(call, (turn,)).fetchone()
            connection.execute(audit, ("bench", "call", str(row)))

        return self._timed(once, count, number, start)

    def issues(self, count: int, number: int, start: Callable[[], object]) -> float:
        """Seconds for so many tickets: draw a number, insert the row, write one audit row, commit."""
        draw, issue, audit = self._spelt(_NUMBER), self._spelt(_ISSUE), self._spelt(_AUDIT)

        def once(connection: _Connection, turn: int) -> None:
            connection.execute(draw, ("ABCDE"[(number + turn) % 5],)).fetchone()
            row = connection.execute(issue, (turn % 4,)).fetchone()
            connection.execute(audit, ("bench", "issue", str(row)))

        return self._timed(once, count, number, start)

    def lay(self, waiting: int) -> None:
        """Make the tables, with so many waiting."""
        key = "integer PRIMARY KEY" if self.on_sqlite else "bigserial PRIMARY KEY"
        with closing(self.connect()) as connection:
            if not self.on_sqlite:
                self.clear()
                connection.execute(f"CREATE SCHEMA {_SCHEMA}")
            for table in _TABLES:
                connection.execute(table.format(key=key))
            connection.execute(_FILL.format(count=waiting))
            connection.execute("ANALYZE")

    def clear(self) -> None:
        """Leave nothing on a server; the file goes with its folder."""
        if not self.on_sqlite:
            with closing(self.connect()) as connection:
                connection.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")

    def _spelt(self, statement: str) -> str:
        if self.on_sqlite:
            return statement.format(p="?", skip="")
        return statement.format(p="%s", skip=" FOR UPDATE SKIP LOCKED")

    def _timed(
        self, once: Callable[[_Connection, int], None], count: int, _number: int, start: Callable[[], object]
    ) -> float:
        begin = "BEGIN IMMEDIATE" if self.on_sqlite else "BEGIN"
        with closing(self.connect()) as connection:
            start()
            began = time.perf_counter()
            for turn in range(count):
                connection.execute(begin)
                once(connection, turn)
                connection.execute("COMMIT")
            return time.perf_counter() - began


@contextmanager
def bare_queue(url: str, waiting: int) -> Iterator[BareQueue]:
    """The bare tables beside the database of a URL, gone again afterwards."""
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        bare = BareQueue(url, Path(folder) / "bare.db")
        bare.lay(waiting)
        try:
            yield bare
        finally:
            bare.clear()
