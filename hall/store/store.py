"""The store of one station: transactions that are wholly done or not at all, each with its audit entry."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from hall.clock import Clock
from hall.errors import Refused
from hall.rules.people import Actor
from hall.store.clock_guard import TOLERANCE
from hall.store.engine import for_quick, for_reading
from hall.store.failures import (
    ConnectionLost,
    OutcomeUnknown,
    driver_errors,
    driver_failure,
    is_lost,
    translated,
)
from hall.store.quick import PostgresqlQuick, QuickWork, SqliteQuick, quick_work
from hall.store.schema.trail import AuditHead, AuditRow
from hall.store.secrets import KeyRing
from hall.store.stations import find_station, register_station
from hall.store.work import Work

log = logging.getLogger(__name__)

# How long to look for the outcome of a commit whose answer was lost: about as long as a failover takes.
SETTLING_PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 4.0)


class WrongHall(Refused):
    """The actor's account belongs to another hall of the district."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 的账号属于另一个大厅，不能在本大厅办理。请换本大厅的账号登录。")


class RehearsalMisuse(AssertionError):
    """A mistake of ours: what speaks SQL itself cannot be rehearsed."""


class Store:
    """The database as one station of one hall sees it. May be shared by threads."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Clock,
        station: str,
        hall_code: str,
        key_ring: KeyRing,
        tolerance: timedelta = TOLERANCE,
    ) -> None:
        """Finds the hall (raises HallUnknown) and the station; one seen for the first time is entered."""
        self.engine = engine
        self.clock = clock
        self.key_ring = key_ring
        self.collided = False
        """Whether the last call met others at the same tickets: then the next one looks further from the start."""
        self.trusts_clock = False
        """Whether works are written with a clock that was set back: only while an administrator accepts it."""
        self.own_changes: Callable[[frozenset[str]], None] = _nobody
        """Told the topics of each work of this program, in its thread, as soon as it is saved: before the change log
        is read. For what must not wait and is harmless to hear twice."""
        self._rehearsal = threading.local()
        self._readers = for_reading(engine)
        self._quick = for_quick(engine)
        with translated():
            found = find_station(engine, hall_code=hall_code, name=station)
            entered = found or register_station(
                engine, hall_code=hall_code, name=station, now=clock.now(), key_ring=key_ring
            )
            self.station = replace(entered, tolerance=tolerance)

    @property
    def hall_id(self) -> int:
        """The hall this station stands in."""
        return self.station.hall_id

    @contextmanager
    def work(self, action: str, actor: Actor) -> Iterator[Work]:
        """One transaction with one audit entry; an exception rolls all of it back.

        Raises ConnectionLost when the connection died and nothing was saved, OutcomeUnknown when that cannot
        be found out, StoreBusy, DiskFull, DatabaseDamaged, ClockSetBack, and AuditMisuse for a work without audit.
        """
        if actor.hall_id != self.hall_id:
            raise WrongHall(actor.name)
        with translated(), Session(self.engine, expire_on_commit=False) as session:
            session.connection()  # begins, and so waits for SQLite's one writer, before the instant is taken
            work = Work(
                session,
                actor,
                action=action,
                now=self.clock.now(),
                station=self.station,
                key_ring=self.key_ring,
                trusts_clock=self.trusts_clock,
            )
            look: Callable[[Work], None] | None = getattr(self._rehearsal, "look", None)
            work.rehearsed = look is not None
            yield work
            work.finish()
            if look is None:
                self._commit(work)
                self.own_changes(work.topics)
            else:
                look(work)

    @contextmanager
    def rehearsing(self, look: Callable[[Work], None]) -> Iterator[None]:
        """What this thread works is done in full, shown to `look`, and undone: nothing is saved, told or numbered.

        Refusals come as they would. A second work does not see what a first one has done.
        """
        self._rehearsal.look = look
        try:
            yield
        finally:
            self._rehearsal.look = None

    @contextmanager
    def quick(self, action: str, actor: Actor) -> Iterator[SqliteQuick | PostgresqlQuick]:
        """The same promises for a use case that speaks SQL itself and writes at its end.

        Where the commit's answer was lost and it is saved after all, the block simply ends: what was done can be read.
        """
        if actor.hall_id != self.hall_id:
            raise WrongHall(actor.name)
        if getattr(self._rehearsal, "look", None) is not None:
            raise RehearsalMisuse(action)
        with translated():
            pooled = self._quick.raw_connection()
            begun: list[QuickWork] = []
            try:
                with quick_work(
                    pooled.driver_connection, action, actor, clock=self.clock, station=self.station
                ) as work:
                    begun.append(work)
                    yield work
            except driver_errors() as error:
                if not isinstance(driver_failure(error), ConnectionLost):
                    raise
                pooled.invalidate()
                if not (begun and begun[0].writing):
                    raise
                log.warning("connection lost in commit of %s, looking for %s", action, begun[0].id)
                self._settle(begun[0].id, begun[0].sequence, error, backend=begun[0].backend)
            finally:
                pooled.close()

    @contextmanager
    def read(self, actor: Actor | None = None) -> Iterator[Session]:
        """A session that can only read, sees one state of the data, and is rolled back at its end."""
        if actor is not None and actor.hall_id != self.hall_id:
            raise WrongHall(actor.name)
        with translated(), Session(self._readers, expire_on_commit=False, autoflush=False) as session:
            session.connection()
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()
        self._quick.dispose()

    def _commit(self, work: Work) -> None:
        try:
            work.session.commit()
        except DBAPIError as error:
            if not is_lost(error):
                raise
            log.warning("connection lost in commit of %s, looking for %s", work.action, work.id)
            self._settle(work.id, work.sequence, error)

    def _settle(self, work_id: str, sequence: int, cause: Exception, *, backend: int | None = None) -> None:
        """Return if the work is saved after all; otherwise raise that it is not, or that nobody knows.

        `backend`: the server's process that may still be about to write, and holds no lock that would tell.
        """
        for pause in SETTLING_PAUSES_S:
            try:
                saved = self._is_saved(work_id, sequence, backend)
            except DBAPIError:
                time.sleep(pause)
                continue
            if saved:
                return
            raise ConnectionLost from cause
        raise OutcomeUnknown from cause

    def _is_saved(self, work_id: str, sequence: int, backend: int | None) -> bool:
        """Ask under the station's head lock: an old backend that is still committing holds it."""
        with Session(self.engine) as session:
            if backend is not None:
                session.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": backend})
            head = select(AuditHead.sequence).where(AuditHead.station_id == self.station.id).with_for_update()
            session.execute(head)
            entry = select(AuditRow.work_id).where(
                AuditRow.station_id == self.station.id, AuditRow.sequence == sequence
            )
            return session.scalar(entry) == work_id


def _nobody(_: frozenset[str]) -> None:
    """Whoever runs no loops need not hear of own works."""
