"""The clock of a step (环节时限, K4): begins with a step and stops as it is left; going back refills nothing."""

from hall.clock import business_date
from hall.rules.catalogue import Limit
from hall.rules.clocks import read
from hall.services import clocks
from hall.services.catalogue import version_numbered
from hall.services.clocks import KeptClock
from hall.store import Work
from hall.store.schema.permits import PermitCase


def enter_step(work: Work, case: PermitCase) -> None:
    """Let the clocks of the steps follow the case's state; called after the act, before `clocks.refresh`.

    A special procedure is no step: the reviewer's clock goes on, held by the pause. A step that the case comes back
    to has what was left of its time, and the day itself where nothing was left.
    """
    if case.state == "suspended":
        return
    today = business_date(work.now)
    of_steps = [kept for kept in clocks.clocks_of(work.session, case.id) if kept.record.kind == "step"]
    if any(kept.record.state != "stopped" and kept.record.subject == case.state for kept in of_steps):
        return
    clocks.stop(work, case, "step", on=today, how="left")
    budget = _budget(work, case)
    if budget is not None:
        before = [kept for kept in of_steps if kept.record.subject == case.state]
        left = _left(work, before[-1]) if before else budget
        clocks.start(work, case, "step", limit=Limit(left, "workday"), started_on=today, subject=case.state)


def _budget(work: Work, case: PermitCase) -> int | None:
    steps = version_numbered(work.session, case.matter_version_id).matter.steps
    return next((rule.days for rule in steps if rule.step == case.state), None)


def _left(work: Work, kept: KeptClock) -> int:
    reading = read(kept.ledger, business_date(work.now), calendar=clocks.calendar(work))
    return max(reading.remaining, 0)
