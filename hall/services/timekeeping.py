"""Everything that time alone causes (到点): one call that any station may make at any moment, as often as it likes.

Each item is a transaction of its own. What one cannot do is logged and tried again by the next call; the rest goes on.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from hall.clock import business_date
from hall.errors import HallError
from hall.rules.clocks import read
from hall.rules.people import system_actor
from hall.services import absences, accepting, anomalies, certificates, clocks, defaulting, escalation
from hall.services.case_records import case_locked
from hall.services.schedules import calendar_in_force
from hall.services.supervision_rules import supervision_policy
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import PermitCase

log = logging.getLogger(__name__)

MOST = 500
"""Items of one kind in one call; `Kept.more` says that the next call should come soon."""

GoingOn = Callable[[], bool]


class Tally(NamedTuple):
    """How many things were done, how many could not be; `more`: a bound was reached."""

    done: int = 0
    failed: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What one call did. `last_event`: up to where it looked for anomalies, for the next call."""

    rungs: Tally
    deemed: Tally
    defaults: Tally
    hands: Tally
    running_again: Tally
    certificates: Tally
    anomalies: Tally
    last_event: int

    @property
    def all(self) -> tuple[Tally, ...]:
        """The tallies."""
        by_silence = self.deemed, self.defaults
        return self.rungs, *by_silence, self.hands, self.running_again, self.certificates, self.anomalies

    @property
    def more(self) -> bool:
        """Whether the next call should come soon."""
        return any(tally.more for tally in self.all)


def keep_time(store: Store, *, home: Path, last_event: int | None = None, going_on: GoingOn = lambda: True) -> Kept:
    """Do what has come by now. `going_on` is asked before each item, so that a station can stop.

    The rungs come first: the card for an acceptance by silence belongs to the clock that the acceptance stops.
    """
    policy = supervision_policy(home)
    due = escalation.due_clocks(store, policy=policy)
    rungs = _each((partial(escalation.fire, store, each, policy=policy, home=home) for each in due), going_on)
    deemed = _each((partial(_deem, store, case_id, home) for case_id in _silent(store)), going_on)
    broken = defaulting.by_itself(store, home=home)
    defaults = _each((partial(_default, store, case_id, home) for case_id in broken), going_on)
    hands = _each((partial(_hand_on, store),), going_on)
    again = _each((partial(_refresh, store, case_id) for case_id in _running_again(store)), going_on)
    ended = _each((partial(_expire, store, home), partial(_remind, store, home)), going_on)
    seen = anomalies.cases_since(store, last_event)
    looks = (partial(anomalies.inspect, store, case_id=case_id, policy=policy) for case_id in seen.cases)
    looked = _each(looks, going_on)._replace(more=seen.more)
    reached = seen.reached if going_on() else last_event or 0
    return Kept(rungs, deemed, defaults, hands, again, ended, looked, reached)


def _each(items: Iterable[Callable[[], int]], going_on: GoingOn) -> Tally:
    """Do them one by one; a refusal or a database that is away ends one of them, not the others."""
    done = failed = 0
    for count, item in enumerate(items):
        if not going_on() or count == MOST:
            return Tally(done, failed, more=True)
        try:
            done += item()
        except HallError as error:
            log.warning("not kept in time: %s", type(error).__name__)
            failed += 1
    return Tally(done, failed)


def _silent(store: Store) -> tuple[int, ...]:
    """Cases on which nobody has said anything while the clock of the acceptance ran (行政许可法 32(1)(4))."""
    with store.read() as session:
        found = session.scalars(
            select(CaseClock.case_id)
            .join(PermitCase, PermitCase.id == CaseClock.case_id)
            .where(
                CaseClock.hall_id == store.hall_id,
                CaseClock.kind == "acceptance",
                CaseClock.state == "running",
                CaseClock.due_on < business_date(store.clock.now()),
                PermitCase.state == "received",
            )
            .order_by(CaseClock.case_id)
        )
        return tuple(found)


def _deem(store: Store, case_id: int, home: Path) -> int:
    accepting.deem_accepted(store, system_actor(store.hall_id), case_id=case_id, home=home)
    return 1


def _default(store: Store, case_id: int, home: Path) -> int:
    defaulting.default(store, system_actor(store.hall_id), case_id=case_id, home=home)
    return 1


def _hand_on(store: Store) -> int:
    return len(absences.hand_on(store, system_actor(store.hall_id)))


def _running_again(store: Store) -> tuple[int, ...]:
    """Cases whose clocks stand as paused though the time that was granted is over: they run on by themselves."""
    today, granted, held = business_date(store.clock.now()), aliased(CaseClock), aliased(CaseClock)
    over = (granted.kind == "procedure", granted.state == "running", granted.due_on <= today)
    with store.read() as session:
        candidates = session.scalars(
            select(granted.case_id)
            .where(granted.hall_id == store.hall_id, *over)
            .where(exists().where(held.case_id == granted.case_id, held.state == "paused"))
            .distinct()
        ).all()
        calendar = calendar_in_force(session, store.hall_id)
        return tuple(
            case_id
            for case_id in candidates
            if any(
                kept.record.state == "paused" and read(kept.ledger, today, calendar=calendar).standing == "running"
                for kept in clocks.clocks_of(session, case_id)
            )
        )


@retried
def _refresh(store: Store, case_id: int) -> int:
    with store.work("clock.run_on", system_actor(store.hall_id)) as work:
        case = case_locked(work, case_id)
        clocks.refresh(work, case)
        work.audit(f"case:{case.id}", standing=case.standing)
        work.changed("case", str(case.id))
    return 1


def _expire(store: Store, home: Path) -> int:
    settled = certificates.expire(store, home=home)
    return len(settled.expired) + len(settled.prolonged)


def _remind(store: Store, home: Path) -> int:
    return len(certificates.remind(store, home=home))
