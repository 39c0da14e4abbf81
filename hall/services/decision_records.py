"""What every decision leaves behind, however it came about: the clocks as they stood, stopped; outcome and delivery."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from hall.clock import business_date
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockStart, read
from hall.rules.permits import Outcome
from hall.services import clocks
from hall.services.calendar import shipped_limits
from hall.services.case_facts import facts_of
from hall.services.case_records import Detail, advance
from hall.services.review_supplements import REVIEW
from hall.store import Work
from hall.store.schema.clocks import CasePause
from hall.store.schema.permits import CaseSupplement, PermitCase
from hall.store.schema.reviewing import CaseHearing, CaseVisit

_STOPPED = ("statutory", "promised", "joint")


def reckoned(work: Work, case: PermitCase, outcome: Outcome) -> Detail:
    """The outcome and both limits as the decision stops them, for its event: due day, net days used and left out.

    A month is counted again from these alone. What is dropped with the decision (`drop_pending`) is dropped before.
    """
    today, days = business_date(work.now), clocks.calendar(work)
    told: dict[str, str | dict[str, str | int | None]] = {"outcome": outcome}
    for record, ledger in clocks.clocks_of(work.session, case.id):
        if ledger.kind in {"statutory", "promised"}:
            reading = read(replace(ledger, stopped_on=today), today, calendar=days)
            told[ledger.kind] = {
                "budget": reading.budget,
                "unit": record.unit,
                "extended": reading.extended,
                "due": reading.due_on.isoformat() if reading.due_on else None,
                "used": reading.consumed,
                "paused": reading.paused_days,
            }
    return told


def start_delivery(work: Work, case: PermitCase, *, limit: Limit | None = None) -> ClockStart:
    """The time for making out and delivering what was decided (行政许可法 44), or the shorter one of a default."""
    today = business_date(work.now)
    return clocks.start(work, case, "delivery", limit=limit or _by_law(today), started_on=today)


def conclude(work: Work, case: PermitCase, outcome: Outcome) -> None:
    """The limits of law and of the promise stop, the case says what was decided, when and by whom."""
    today = business_date(work.now)
    for kind in _STOPPED:
        clocks.stop(work, case, kind, on=today, how="decided")  # type: ignore[arg-type]  # three of its kinds
    case.outcome, case.decided_at, case.decided_on = outcome, work.now, today
    case.decided_by = work.actor.account_id


def finish_part(work: Work, case: PermitCase) -> None:
    """A part of a joint case is done with its result: paper, certificate and service are the main case's."""
    facts = facts_of(work.session, case, day=business_date(work.now))
    alone = replace(facts, certificate_needed=False, unserved=(), lacking_materials=())
    advance(work, case, "finish", facts=alone, detail={"parent": case.parent_id})
    work.changed("case", str(case.parent_id))


def drop_pending(work: Work, case: PermitCase, how: str) -> None:
    """What a case still waits for when it is ended from outside: supplements, visits, hearings that come no more."""
    today = business_date(work.now)
    clocks.stop(work, case, "supplement", on=today, how=how, subject=REVIEW)
    of_case = CaseSupplement.case_id == case.id, CaseSupplement.closed_on.is_(None)
    work.session.execute(update(CaseSupplement).where(*of_case).values(closed_on=today, closed_how=how))
    booked = CaseVisit.case_id == case.id, CaseVisit.state == "booked"
    work.session.execute(update(CaseVisit).where(*booked).values(state="cancelled"))
    waiting = CaseHearing.case_id == case.id, CaseHearing.state.in_(("told", "asked", "noticed"))
    work.session.execute(update(CaseHearing).where(*waiting).values(state="waived"))
    held = select(CasePause).where(CasePause.case_id == case.id, CasePause.ended_on.is_(None))
    for pause in work.session.scalars(held).all():
        clocks.resume(work, case, pause.procedure, on=today, result="")


def _by_law(day: date) -> Limit:
    rule = shipped_limits().limit("permit.delivery", day)
    if rule.length is None:  # the shipped table says it
        raise ValueError("permit.delivery 没有给出天数")
    return Limit(rule.length, "workday")
