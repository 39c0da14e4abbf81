"""Messages that due days cause: each told once to everybody it is for, and put away when the thing is done.

What should wait for somebody today is worked out anew each time (`_wanted`); what was never told is told, what waits
and should not any more is put away. So nothing has to remember what a thing's message was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.due_notices import OF_PARTY, DueRung, rungs_come, said
from hall.rules.people import system_actor
from hall.services.due_notice_rule import due_rules
from hall.services.dues import TO_MANAGER, Colleagues, Due, Looking, Source, colleagues_of
from hall.services.penalty_dues import penalty_dues
from hall.services.publicity_dues import publicity_dues
from hall.services.register_dues import register_dues
from hall.services.relief_dues import relief_dues
from hall.services.request_dues import request_dues
from hall.services.review_dues import review_dues
from hall.services.schedules import calendar_in_force
from hall.services.staff_dues import certificate_dues, follow_up_dues, qualification_dues, spot_check_dues
from hall.services.stall_dues import grant_dues, offer_dues, withdrawal_dues
from hall.services.subject_notices import TOPIC, Addressee, put_away
from hall.services.subject_records import Subject
from hall.services.vendor_dues import vendor_dues
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.subjects import SubjectNotice

SOURCES: Mapping[Subject, Source] = {
    "request": request_dues,
    "vendor_event": vendor_dues,
    "stall_application": offer_dues,
    "stall_grant": grant_dues,
    "stall_withdrawal": withdrawal_dues,
    "relief_application": relief_dues,
    "spot_check": spot_check_dues,
    "review_assignment": review_dues,
    "register_entry": register_dues,
    "rating_follow_up": follow_up_dues,
    "qualification": qualification_dues,
    "enforcement_certificate": certificate_dues,
    "penalty_case": penalty_dues,
    "publication": publicity_dues,
}
"""Everything with a due day beside permit cases, whose chain is `escalation`."""


class _Mark(NamedTuple):
    """What the database lets in once."""

    subject: str
    subject_id: int
    due: str
    due_on: date | None
    rung: str
    addressee: str


@dataclass(frozen=True, slots=True)
class _Message:
    due: Due
    rung: DueRung
    to: Addressee

    @property
    def thing(self) -> tuple[Subject, int]:
        return self.due.subject, self.due.subject_id

    @property
    def mark(self) -> _Mark:
        each = self.due
        return _Mark(each.subject, each.subject_id, each.due, each.due_on, self.rung.code, self.to.word)


class _NothingToTell(Exception):
    """It was done, or told by another station meanwhile: the work is left without a trace."""


def to_tell(store: Store, *, home: Path) -> Iterator[partial[int]]:
    """What is to be done now: what is out of date is put away, then everything is told in a work of its own."""
    with store.read() as session:
        looking = _looking(session, store.hall_id, store.clock.now(), home=home)
        wanted = list(_wanted(looking, SOURCES.values()))
        known = _known(looking)
    marks = {each.mark for each in wanted}
    stale = tuple(notice_id for mark, (notice_id, waits) in known.items() if waits and mark not in marks)
    if stale:
        yield partial(put_away_over, store, notice_ids=stale)
    for subject, subject_id in {each.thing: None for each in wanted if each.mark not in known}:
        yield partial(tell, store, subject=subject, subject_id=subject_id, home=home)


def tell(store: Store, *, subject: Subject, subject_id: int, home: Path) -> int:
    """Tell what has come of one thing, in one transaction; gives how many messages were new."""
    return _unless_done(partial(_tell, store, subject, subject_id, home=home))


def put_away_over(store: Store, *, notice_ids: tuple[int, ...]) -> int:
    """Of what was done, or is in somebody else's hand, or is missed by now and told so; gives how many waited."""
    return _unless_done(partial(_put_away, store, notice_ids))


def _unless_done(deed: Callable[[], int]) -> int:
    try:
        return deed()
    except _NothingToTell:
        return 0


@retried
def _tell(store: Store, subject: Subject, subject_id: int, *, home: Path) -> int:
    with store.work("notice.due", system_actor(store.hall_id)) as work:
        looking = _looking(work.session, work.hall_id, work.now, home=home)
        wanted = _wanted(replace(looking, subject_id=subject_id), (SOURCES[subject],))
        told = [each for each in wanted if _written(work, each)]
        if not told:
            raise _NothingToTell
        rungs = sorted({f"{each.due.due}/{each.rung.code}" for each in told})
        work.audit(f"{subject}:{subject_id}", rungs=rungs, due=sorted({each.due.due_on.isoformat() for each in told}))
        work.changed(TOPIC, str(subject_id))
    return len(told)


@retried
def _put_away(store: Store, notice_ids: tuple[int, ...]) -> int:
    with store.work("notice.over", system_actor(store.hall_id)) as work:
        over = put_away(work, SubjectNotice.id.in_(notice_ids))
        if not over:
            raise _NothingToTell
        work.audit("notice", notices=over)
    return len(over)


def _looking(session: Session, hall_id: int, now: datetime, *, home: Path) -> Looking:
    today = business_date(now)
    return Looking(
        session,
        hall_id,
        today,
        rule=due_rules(home).in_force(today),
        calendar=calendar_in_force(session, hall_id),
        colleagues=colleagues_of(session, hall_id, day=today),
        home=home,
    )


def _wanted(looking: Looking, sources: Iterable[Source]) -> Iterator[_Message]:
    """Every message that should be there today, told or not."""
    for source in sources:
        for due in source(looking):
            rungs = rungs_come(
                due.due,
                due.due_on,
                today=looking.today,
                warning_days=due.warning_days,
                rule=looking.rule,
                calendar=looking.calendar,
            )
            yield from _messages(due, rungs, looking.colleagues)


def _messages(due: Due, rungs: Iterable[DueRung], colleagues: Colleagues) -> Iterator[_Message]:
    """One a head: whoever hears by the latest rung is not told the same by another."""
    told: set[Addressee] = set()
    for rung in rungs:
        to = (TO_MANAGER,) if rung.to == "manager" else due.then if rung.at == "past" and due.then else due.holders
        for addressee in colleagues.hearing(to, apart=due.apart):
            if addressee not in told:
                told.add(addressee)
                yield _Message(due, rung, addressee)


def _known(looking: Looking) -> Mapping[_Mark, tuple[int, bool]]:
    """What was told of the days that may still cause a message: its key, and whether it waits."""
    each = SubjectNotice
    query = select(
        each.subject, each.subject_id, each.due, each.due_on, each.rung, each.addressee, each.id, each.seen_at.is_(None)
    ).where(each.hall_id == looking.hall_id, each.due_on >= looking.days()[0])
    rows = looking.session.execute(query).tuples()
    return {_Mark(*row[:6]): (row[6], row[7]) for row in rows}


def _written(work: Work, message: _Message) -> bool:
    """Whether this work is the one that tells it: the unique key lets one in."""
    due, rung, to = message.due, message.rung, message.to
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    written = work.session.scalar(
        insert(SubjectNotice)
        .values(
            **message.mark._asdict(),
            hall_id=work.hall_id,
            kind="missed" if rung.at == "past" and due.due not in OF_PARTY else "due",
            account_id=to.account_id,
            role=to.role,
            department_id=to.department_id,
            at=work.now,
            text=said(due.name, due.due, due.due_on, rung=rung),
        )
        .on_conflict_do_nothing()
        .returning(SubjectNotice.id)
    )
    return written is not None
