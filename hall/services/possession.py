"""In whose hands the days of a limit passed (在手天数): persons and departments, with who stood in for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.accountability import Share, Spell, possession_shares
from hall.rules.authority import HEAD
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.clocks import Ledger, course_of
from hall.rules.people import SYSTEM_ACCOUNT
from hall.rules.permits import BEFORE_ACCEPTANCE
from hall.rules.spans import contains
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.permits import PermitCase
from hall.store.schema.reviewing import CasePossession

_DAY = timedelta(days=1)
_PARTS = {
    "received": "receiver",
    "supplementing": "receiver",
    "accepted": "handler",
    "reviewing": "handler",
    "suspended": "handler",
    "examining": "examiner",
    "legal_review": "examiner",
    "approving": "approver",
    "decided": "handler",
}


@dataclass(frozen=True, slots=True)
class Answerable:
    """Somebody who had the case in hand while a limit ran: as what, and how many of its days."""

    account_id: int
    part: str
    days: int


def shares_of(
    session: Session, case_id: int, ledger: Ledger, *, until: date, calendar: WorkCalendar
) -> tuple[Share, ...]:
    """Every counted day of a clock up to and with `until`, by hand; they add up to what the ledger has used."""
    return possession_shares(_spells(session, case_id), counted_days(ledger, until=until, calendar=calendar))


def counted_days(ledger: Ledger, *, until: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """The days a clock has used: working days, or every day for other units; without those a pause leaves out.

    In a year without a schedule nothing is counted.
    """
    spans = course_of(ledger, calendar=calendar).spans
    last = until if ledger.stopped_on is None else min(until, ledger.stopped_on)
    days = (ledger.started_on + each * _DAY for each in range(1, (last - ledger.started_on).days + 1))
    return tuple(day for day in days if not contains(spans, day) and _counts(ledger, day, calendar))


def answerable(
    session: Session, case: PermitCase, ledger: Ledger | None, *, until: date, calendar: WorkCalendar
) -> tuple[Answerable, ...]:
    """The persons who answer for a limit: who had a day of it, and who has the case now; each as what he last was.

    Where nobody has had it, the heads of the department in which it was left lying, else whoever received it.
    """
    spells = _possessions(session, case.id)
    days = dict[int, int]()
    for share in shares_of(session, case.id, ledger, until=until, calendar=calendar) if ledger else ():
        if share.account_id is not None:
            days[share.account_id] = days.get(share.account_id, 0) + share.days
    parts = {spell.account_id: _PARTS.get(spell.step, "handler") for spell in spells if spell.account_id is not None}
    if case.officer_id is not None:
        days.setdefault(case.officer_id, 0)
    if not days:
        return _for_the_department(session, case)
    found = [Answerable(account_id, parts.get(account_id, "handler"), count) for account_id, count in days.items()]
    return tuple(sorted(found, key=lambda each: -each.days))


def _for_the_department(session: Session, case: PermitCase) -> tuple[Answerable, ...]:
    heads = session.scalars(
        select(Account.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(Account.department_id == case.department_id, AccountRole.role == HEAD, Account.disabled.is_(False))
        .where(or_(AccountRole.hall_id.is_(None), AccountRole.hall_id == case.hall_id))
        .distinct()
        .order_by(Account.id)
    ).all()
    if heads and case.state not in BEFORE_ACCEPTANCE:
        return tuple(Answerable(account_id, "examiner", 0) for account_id in heads)
    return (Answerable(case.account_id, "receiver", 0),) if case.account_id != SYSTEM_ACCOUNT else ()


def _spells(session: Session, case_id: int) -> list[Spell]:
    names = dict(session.execute(select(Department.id, Department.name)).tuples().all())
    return [
        Spell(business_date(record.from_at), record.account_id, names[record.department_id], record.acting_for)
        for record in _possessions(session, case_id)
    ]


def _possessions(session: Session, case_id: int) -> Sequence[CasePossession]:
    return session.scalars(
        select(CasePossession)
        .where(CasePossession.case_id == case_id)
        .order_by(CasePossession.from_at, CasePossession.id)
    ).all()


def _counts(ledger: Ledger, day: date, calendar: WorkCalendar) -> bool:
    try:
        return ledger.limit.unit != "workday" or calendar.is_workday(day)
    except ScheduleMissing:
        return False
