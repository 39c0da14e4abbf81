"""A unit of work that speaks to the driver itself, for the deeds a crowd waits for (calling a ticket, taking one).

It keeps every promise of `Store.work`: one transaction, one instant, one audit entry, one change notice, and an
answer about a commit whose connection died. Measured: through the ORM a call costs three to four times as much.
On PostgreSQL all questions of a round travel in one packet, and so do the writing statements, the commit and the
notice right behind it: a notice inside the transaction would make all stations' commits wait for each other.
"""

import re
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from hall.clock import Clock
from hall.rules.people import Actor
from hall.store.chain import Link, canonical_json, link_hash
from hall.store.work import CHANNEL, ChainHeadMissing, ThisStation

if TYPE_CHECKING:
    import psycopg

Row = tuple[object, ...]
Parameters = Mapping[str, object]

_HEAD = "SELECT sequence, hash FROM audit_head WHERE station_id = :station"
_BARE_NAME = re.compile(r":([a-z_0-9]+)")
_NOTIFY = f"SELECT pg_notify('{CHANNEL}', '')".encode()
_HEAD_LOCKED = f"{_HEAD} FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry as it would be written: what was done to what."""

    subject: str
    detail: Mapping[str, object]


class QuickWork(Protocol):
    """What a quick use case gets from `Store.quick`. Statements name their parameters `:so`."""

    id: str
    now: datetime
    actor: Actor
    station: ThisStation
    sequence: int
    committing: bool
    locking: str
    """What ends a query whose rows are to be ours until the commit."""

    def ask(self, *questions: tuple[str, Parameters]) -> list[list[Row]]:
        """Rows of several questions, and then the station's audit chain is ours."""

    def commit(self, statements: Sequence[tuple[str, Parameters]]) -> list[Row]:
        """Write, commit and tell the others; gives the rows of the first statement."""

    def links(self, entries: Sequence[Entry]) -> list[tuple[Link, str]]:
        """The audit rows of alternatives (one of them will be written), each with its hash."""

    def instant(self, at: datetime) -> object:
        """An instant as a parameter."""

    def day(self, day: date) -> object:
        """A day as a parameter."""

    def among(self, query: str) -> str:
        """The test that a column's value is one of a small query's."""


class _Quick:
    """What both drivers share: the audit entry."""

    def __init__(self, action: str, actor: Actor, now: datetime, station: ThisStation) -> None:
        self.id = uuid.uuid4().hex
        self.action = action
        self.actor = actor
        self.now = now
        self.station = station
        self.sequence = 0
        self.committing = False
        self._previous = ""

    def links(self, entries: Sequence[Entry]) -> list[tuple[Link, str]]:
        return [(link, link_hash(link)) for link in map(self._link, entries)]

    def _link(self, entry: Entry) -> Link:
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
            previous_hash=self._previous,
        )

    def _follow(self, head: Sequence[Row]) -> None:
        if not head:
            raise ChainHeadMissing(self.station.name)
        self.sequence = cast(int, head[0][0]) + 1
        self._previous = cast(str, head[0][1])


class SqliteQuick(_Quick):
    """On SQLite: begins at once, so that it is the one writer from then on."""

    locking = ""

    def __init__(
        self, connection: sqlite3.Connection, action: str, actor: Actor, *, now: datetime, station: ThisStation
    ) -> None:
        super().__init__(action, actor, now, station)
        self._connection = connection

    def ask(self, *questions: tuple[str, Parameters]) -> list[list[Row]]:
        execute = self._connection.execute
        answers = [execute(text, named).fetchall() for text, named in questions]
        self._follow(execute(_HEAD, {"station": self.station.id}).fetchall())
        return answers

    def commit(self, statements: Sequence[tuple[str, Parameters]]) -> list[Row]:
        answers = [self._connection.execute(text, named).fetchall() for text, named in statements]
        self.committing = True
        self._connection.execute("COMMIT")
        return answers[0]

    def instant(self, at: datetime) -> object:
        return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

    def day(self, day: date) -> object:
        return day.isoformat()

    def among(self, query: str) -> str:
        return f"IN ({query})"


class PostgresqlQuick(_Quick):
    """On PostgreSQL: two packets there and back, however many statements."""

    locking = " FOR UPDATE"

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

    def ask(self, *questions: tuple[str, Parameters]) -> list[list[Row]]:
        execute = self._connection.execute
        with self._connection.pipeline():
            answers = [execute(_named(text), named) for text, named in questions]
            head = execute(_named(_HEAD_LOCKED), {"station": self.station.id})
        self._follow(head.fetchall())
        return [answer.fetchall() for answer in answers]

    def commit(self, statements: Sequence[tuple[str, Parameters]]) -> list[Row]:
        execute = self._connection.execute
        self.committing = True
        with self._connection.pipeline():
            answers = [execute(_named(text), named) for text, named in statements]
            execute(b"COMMIT")
            execute(_NOTIFY)
        return answers[0].fetchall()

    def instant(self, at: datetime) -> object:
        return at

    def day(self, day: date) -> object:
        return day

    def among(self, query: str) -> str:
        return f"= ANY (ARRAY({query}))"


def read_instant(value: object) -> datetime:
    """An instant as a row gives it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


def quick_work(
    connection: object, action: str, actor: Actor, *, clock: Clock, station: ThisStation
) -> SqliteQuick | PostgresqlQuick:
    """Begin on a driver's connection; on SQLite the instant is taken when the writer's turn has come."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA query_only=OFF")
        connection.execute("BEGIN IMMEDIATE")
        return SqliteQuick(connection, action, actor, now=clock.now(), station=station)
    driver = cast("psycopg.Connection[Row]", connection)
    return PostgresqlQuick(driver, action, actor, now=clock.now(), station=station)


@cache
def _named(text: str) -> bytes:
    """`:name` in psycopg's spelling."""
    return _BARE_NAME.sub(r"%(\1)s", text).encode()
