"""Everything that time alone causes (到点): one call that any station may make at any moment, as often as it likes.

Each item is a transaction of its own. What one cannot do is logged and tried again by the next call; the rest goes on.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from hall.clock import business_date
from hall.errors import HallError, Refused
from hall.rules.clocks import read
from hall.rules.people import system_actor
from hall.services import (
    absences,
    accepting,
    anomalies,
    certificates,
    clocks,
    default_records,
    defaulting,
    due_notices,
    escalation,
    stall_grants,
)
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
Item = Callable[[], int]


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
    records: Tally
    hands: Tally
    running_again: Tally
    certificates: Tally
    stalls: Tally
    dues: Tally
    anomalies: Tally
    last_event: int

    @property
    def tallies(self) -> Mapping[str, Tally]:
        """Each of them by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "last_event"}

    @property
    def more(self) -> bool:
        """Whether the next call should come soon."""
        return any(tally.more for tally in self.tallies.values())


def keep_time(store: Store, *, home: Path, last_event: int | None = None, going_on: GoingOn = lambda: True) -> Kept:
    """Do what has come by now. `going_on` is asked before each item, so that a station can stop.

    The rungs come first: the card for an acceptance by silence belongs to the clock that the acceptance stops.
    """
    rungs = _each(lambda: _rungs(store, home), going_on)
    deemed = _each(lambda: (partial(_deem, store, case_id, home) for case_id in _silent(store)), going_on)
    defaults = _each(lambda: _defaults(store, home), going_on)
    records = _each(lambda: _records(store, home), going_on)
    hands = _each(lambda: (partial(_hand_on, store),), going_on)
    again = _each(lambda: (partial(_refresh, store, case_id) for case_id in _running_again(store)), going_on)
    ended = _each(lambda: (partial(_expire, store, home), partial(_remind, store, home)), going_on)
    stalls = _each(
        lambda: (
            partial(stall_grants.end_due, store, what=what, key=key, home=home) for what, key in stall_grants.due(store)
        ),
        going_on,
    )
    dues = _each(lambda: due_notices.to_tell(store, home=home), going_on)
    seen = anomalies.cases_since(store, last_event)
    looked = _each(lambda: _looks(store, home, seen.cases), going_on)
    reached = seen.reached if going_on() else last_event or 0
    looked = looked._replace(more=seen.more)
    return Kept(rungs, deemed, defaults, records, hands, again, ended, stalls, dues, looked, reached)


def _each(find: Callable[[], Iterable[Item]], going_on: GoingOn) -> Tally:
    """Find what has come and do it item by item; a refusal (also of a spoilt parameter file) ends what it is about."""
    done = failed = 0
    try:
        for count, item in enumerate(find()):
            if not going_on() or count == MOST:
                return Tally(done, failed, more=True)
            try:
                done += item()
            except HallError as error:
                log.warning("not kept in time: %s", type(error).__name__)
                failed += 1
    except Refused as error:
        log.warning("not looked for in time: %s", type(error).__name__)
        failed += 1
    return Tally(done, failed)


def _rungs(store: Store, home: Path) -> Iterator[Item]:
    policy = supervision_policy(home)
    for due in escalation.due_clocks(store, policy=policy):
        yield partial(escalation.fire, store, due, policy=policy, home=home)


def _defaults(store: Store, home: Path) -> Iterator[Item]:
    for case_id in defaulting.by_itself(store, home=home):
        yield partial(_default, store, case_id, home)


def _records(store: Store, home: Path) -> Iterator[Item]:
    for case_id in default_records.unregistered_defaults(store):
        yield partial(default_records.register_default, store, case_id=case_id, home=home)


def _looks(store: Store, home: Path, cases: tuple[int, ...]) -> Iterator[Item]:
    policy = supervision_policy(home)
    for case_id in cases:
        yield partial(anomalies.inspect, store, case_id=case_id, policy=policy)


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
