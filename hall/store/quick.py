"""A unit of work that speaks to the driver itself, for the deeds a crowd waits for (calling a ticket, taking one).

It keeps every promise of `Store.work`: all or nothing, one instant, one audit entry, one change notice, and an answer
about a commit whose connection died. Measured: through the ORM a call costs three to four times as much.

On SQLite it is the one writer from its beginning. On PostgreSQL it reads without locks and then writes everything in
one statement that is its own transaction and does nothing unless all it has read is still so (the ticket waits, the
station's audit chain is where it was). The notice follows as a statement of its own: inside the transaction it would
make the commits of all stations wait for each other. A station that dies between the two costs the others the time
until they look by themselves (`store.changes.SAFETY_POLL_S`).
"""

import re
import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, cast

from hall.clock import Clock
from hall.rules.people import Actor
from hall.store.chain import Link, canonical_json, link_hash
from hall.store.work import CHANNEL, ThisStation

if TYPE_CHECKING:
    import psycopg

Row = tuple[object, ...]
Parameters = Mapping[str, object]

_BARE_NAME = re.compile(r":([a-z_0-9]+)")
_NOTIFY = f"SELECT pg_notify('{CHANNEL}', '')".encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry as it would be written: what was done to what."""

    subject: str
    detail: Mapping[str, object]


class QuickWork:
    """What a quick use case gets from `Store.quick`. Statements name their parameters `:so`."""

    def __init__(self, action: str, actor: Actor, now: datetime, station: ThisStation) -> None:
        self.id = uuid.uuid4().hex
        self.action = action
        self.actor = actor
        self.now = now
        self.station = station
        self.sequence = 0
        """The number of its audit entry in the station's chain, once that is known."""
        self.writing = False
        self.backend: int | None = None
        """The server's process that does the writing, where there is one."""

    def links(self, entries: Sequence[Entry], *, after: int, previous: str) -> list[tuple[Link, str]]:
        """The audit rows of alternatives, one of which will be written after the chain's head, each with its hash."""
        self.sequence = after + 1
        return [(link, link_hash(link)) for link in (self._link(entry, previous) for entry in entries)]

    def common(self) -> dict[str, object]:
        """What every statement that writes may name."""
        return {
            "hall": self.station.hall_id,
            "station": self.station.id,
            "origin": self.station.name,
            "account": self.actor.account_id,
            "actor": self.actor.name,
            "action": self.action,
            "work": self.id,
            "sequence": self.sequence,
        }

    def _link(self, entry: Entry, previous: str) -> Link:
        return Link(
            hall_id=self.station.hall_id,
            station_id=self.station.id,
            sequence=self.sequence,
            at=self.now,
            work_id=self.id,
            account_id=self.actor.account_id,
            actor_name=self.actor.name,
            action=self.action,
            subject=entry.subject,
            detail=canonical_json(entry.detail),
            previous_hash=previous,
        )


class SqliteQuick(QuickWork):
    """On SQLite: statement by statement, all within one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, action: str, actor: Actor, *, now: datetime, station: ThisStation
    ) -> None:
        super().__init__(action, actor, now, station)
        self._connection = connection

    def rows(self, text: str, named: Parameters) -> list[Row]:
        """The rows of a statement."""
        return self._connection.execute(text, named).fetchall()

    def commit(self) -> None:
        """Keep all of it."""
        self.writing = True
        self._connection.execute("COMMIT")

    @staticmethod
    def instant(at: datetime) -> str:
        """An instant as the columns hold it."""
        return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


class PostgresqlQuick(QuickWork):
    """On PostgreSQL: one question, one write."""

    def __init__(
        self,
        connection: "psycopg.Connection[Row]",
        action: str,
        actor: Actor,
        *,
        now: datetime,
        station: ThisStation,
    ) -> None:
        super().__init__(action, actor, now, station)
        self._connection = connection
        self.backend = connection.info.backend_pid

    def rows(self, text: str, named: Parameters) -> list[Row]:
        """The rows of a question."""
        return self._connection.execute(_named(text), named).fetchall()

    def write(self, text: str, named: Parameters) -> list[Row]:
        """The one writing statement, which commits itself, then the notice; gives the statement's rows.

        No rows where it would have broken a unique index: somebody else was there since the question.
        """
        from psycopg.errors import UniqueViolation  # see failures.driver_errors

        self.writing = True
        try:
            answer = self._connection.execute(_named(text), named).fetchall()
        except UniqueViolation:
            return []
        self._connection.execute(_NOTIFY)
        return answer


def read_instant(value: object) -> datetime:
    """An instant as a row gives it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


@contextmanager
def quick_work(
    connection: object, action: str, actor: Actor, *, clock: Clock, station: ThisStation
) -> Iterator[SqliteQuick | PostgresqlQuick]:
    """Begin on a driver's connection; on SQLite the instant is taken when the writer's turn has come."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA query_only=OFF")
        connection.execute("BEGIN IMMEDIATE")
        yield SqliteQuick(connection, action, actor, now=clock.now(), station=station)
        return
    driver = cast("psycopg.Connection[Row]", connection)
    driver.autocommit = True
    try:
        yield PostgresqlQuick(driver, action, actor, now=clock.now(), station=station)
    finally:
        if not driver.closed:
            driver.autocommit = False


@cache
def _named(text: str) -> bytes:
    """`:name` in psycopg's spelling."""
    return _BARE_NAME.sub(r"%(\1)s", text).encode()
