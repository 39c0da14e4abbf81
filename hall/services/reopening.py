"""A case that has ended is taken up again (重开): by its own right, with a reason, its clocks as if never stopped."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select, update

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services import clocks
from hall.services.case_facts import facts_of
from hall.services.case_records import advance, case_locked
from hall.services.reasons import reason_for
from hall.services.steps import enter_step
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.clocks import CaseClock
from hall.store.schema.permits import CaseSupplement, PermitCase

_BY_AN_END = ("refused", "withdrawn", "terminated", "finished")


@dataclass(frozen=True, slots=True)
class ReopenedClock:
    """A clock that runs again, with its due day (None: pending)."""

    kind: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A case that is open again: where it stands and which clocks run."""

    state: str
    clocks: tuple[ReopenedClock, ...]


@retried
def reopen(store: Store, actor: Actor, *, case_id: int, reason: str) -> Reopened:
    """Take up an ended case, and the parts that ended with it, where it stood. Raises NotNow, ReasonNeeded.

    The clocks that the end stopped run on from their first day: an end that is taken back is none of the causes of
    行政许可法 45, so the days it was closed are not left out and no due day moves. The other reading, that a closed
    case uses up no time, would lengthen the limit by the authority's own mistake; this one favours the applicant.
    A special procedure that the end cut off is over: the review goes on, and may begin it anew.
    """
    require(actor, "case.reopen")
    why = reason_for("重开办件", reason)
    with store.work("case.reopen", actor) as work:
        case = case_locked(work, case_id)
        before = case.state
        revived = _take_up(work, case, why)
        for part in work.session.scalars(_parts(case.id, before)).all():
            _take_up(work, part, why)
        work.audit(f"case:{case_id}", before=before, state=case.state, reason=why)
        return Reopened(case.state, tuple(ReopenedClock(clock.kind, clock.due_on) for clock in revived))


def _take_up(work: Work, case: PermitCase, why: str) -> list[CaseClock]:
    facts = facts_of(work.session, case, day=business_date(work.now))
    if facts.state_before == "suspended":
        facts = replace(facts, state_before="reviewing")
    advance(work, case, "reopen", facts=facts, note=why, detail={"from": case.state})
    revived = _revive(work, case)
    enter_step(work, case)
    clocks.refresh(work, case)
    work.changed("case", str(case.id))
    return revived


def _parts(case_id: int, ended: str) -> Select[tuple[PermitCase]]:
    """Only a withdrawal and a termination take the parts along, which are kept with the case."""
    together = ended if ended in {"withdrawn", "terminated"} else ""
    of_case = PermitCase.parent_id == case_id, PermitCase.state == together
    return select(PermitCase).where(*of_case).order_by(PermitCase.id)


def _revive(work: Work, case: PermitCase) -> list[CaseClock]:
    """The clocks and notices that ended with the case; a procedure's own clock ended with the procedure."""
    stopped = list(
        work.session.scalars(
            select(CaseClock)
            .where(CaseClock.case_id == case.id, CaseClock.stopped_how.in_(_BY_AN_END), CaseClock.kind != "procedure")
            .order_by(CaseClock.id)
        )
    )
    for clock in stopped:
        clock.state, clock.stopped_on, clock.stopped_how = "running", None, ""
    cut_off = CaseSupplement.case_id == case.id, CaseSupplement.closed_how.in_(_BY_AN_END)
    work.session.execute(update(CaseSupplement).where(*cut_off).values(closed_on=None, closed_how=""))
    work.session.flush()
    return stopped
