"""Evidence that may be lost is registered and kept in advance (先行登记保存): seven workdays to deal with it."""

from datetime import date

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalties import CannotEnd, evidence_reasons
from hall.rules.people import Actor
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.reasons import reason_for
from hall.store import Store
from hall.store.retrying import retried


class BadEvidenceDay(Refused):
    """Outside of the days of the case."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"日期应在 {first:%Y-%m-%d} 至 {last:%Y-%m-%d} 之间，请核对。")


class NothingKept(Refused):
    """No evidence of the case is kept."""

    def __init__(self) -> None:
        super().__init__("本案没有先行登记保存的证据，请重新打开案件查看。")


@retried
def hold_evidence(store: Store, actor: Actor, *, case_id: int, on: date, what: str) -> None:
    """Enter what is kept since a day, and who approved it (行政处罚法 56). Raises CannotEnd, BadEvidenceDay."""
    require(actor, "penalty.investigate")
    note = reason_for("先行登记保存", what)
    with store.work("penalty.evidence", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        held = {"held_on": case.evidence_on, "ended_on": case.evidence_ended_on}
        if reasons := evidence_reasons(case.state, **held):
            raise CannotEnd(reasons)
        _check_day(on, case.found_on, business_date(work.now))
        case.evidence_on, case.evidence_ended_on = on, None
        add_penalty_event(work, case, "hold_evidence", note=note, day=on)
        settle_penalty(work, case, evidence_on=on.isoformat())


@retried
def end_evidence(store: Store, actor: Actor, *, case_id: int, on: date, how: str) -> None:
    """Enter how it was dealt with: returned, seized, sent to be tested. Raises NothingKept, BadEvidenceDay."""
    require(actor, "penalty.investigate")
    note = reason_for("处理登记保存", how)
    with store.work("penalty.evidence", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        if case.evidence_on is None or case.evidence_ended_on is not None:
            raise NothingKept
        _check_day(on, case.evidence_on, business_date(work.now))
        case.evidence_ended_on = on
        add_penalty_event(work, case, "end_evidence", note=note, day=on)
        settle_penalty(work, case, evidence_ended_on=on.isoformat())


def _check_day(on: date, first: date, last: date) -> None:
    if not first <= on <= last:
        raise BadEvidenceDay(first, last)
