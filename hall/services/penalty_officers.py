"""The officers of a case are changed (调整执法人员): a certificate expired, somebody left or has to stay away."""

from collections.abc import Sequence

from sqlalchemy import delete

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalties import officers_reasons
from hall.rules.penalty_duties import Duty
from hall.rules.people import Actor
from hall.services.penalty_cases import name_officers
from hall.services.penalty_records import add_penalty_event, duties_of, keep_away, penalty_locked, settle_penalty
from hall.services.penalty_staff import certificates_named, check_named, officers_of
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import EnforcementCertificate, PenaltyCase, PenaltyOfficer
from hall.words import PENALTY_DUTIES


class OtherDuty(Refused):
    """Somebody who is to investigate reviews, decides, collects or received the case."""

    def __init__(self, name: str, duty: Duty) -> None:
        super().__init__(f"{name}在本案负责{PENALTY_DUTIES[duty]}，不能再作本案的执法人员。请改选其他执法人员。")


class CannotChange(Refused):
    """The case has ended, or its officers are these already."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("".join(reasons) or "本案的执法人员就是这几位，没有变动。请另选人员。")


@retried
def change(store: Store, actor: Actor, *, case_id: int, certificates: tuple[int, ...], reason: str) -> None:
    """调整执法人员: two at least, all with a certificate that is valid today (行政处罚法 42).

    Who leaves keeps the duty he had: he neither reviews nor decides nor collects in this case. Raises CannotChange,
    NotTwoOfficers, ConflictedOfficer, OtherDuty, OwnInterest.
    """
    require(actor, "penalty.staff")
    why = reason_for("调整执法人员", reason)
    with store.work("penalty.officers", actor) as work:
        case = penalty_locked(work, case_id)
        keep_away(work, case)
        before = {each.id for each in officers_of(work.session, case)}
        named = certificates_named(work.session, work.hall_id, certificates)
        reasons = officers_reasons(case.state)
        if reasons or before == {each.id for each in named}:
            raise CannotChange(reasons)
        check_named(named, day=business_date(work.now))
        _check_duties(work, case, named)
        work.session.execute(delete(PenaltyOfficer).where(PenaltyOfficer.case_id == case.id))
        name_officers(work, case, named)
        detail = {"before": sorted(before), "officers": [each.id for each in named]}
        add_penalty_event(work, case, "officers", note=why, detail=detail)
        settle_penalty(work, case, **detail)


def _check_duties(work: Work, case: PenaltyCase, named: Sequence[EnforcementCertificate]) -> None:
    held = duties_of(work.session, case.id)
    for each in named:
        duty = held.get(each.account_id or 0, "investigate")
        if duty != "investigate":
            raise OtherDuty(each.name, duty)
