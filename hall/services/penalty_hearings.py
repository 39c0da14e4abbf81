"""The hearing on a penalty (行政处罚法 63–65): asked for in time, told seven workdays before, its record kept."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hall.clock import business_date, hall_time
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalty_gates import before_asking_hearing, before_hearing, before_noticing_hearing, require_open
from hall.rules.people import Actor
from hall.services import issuing, papers_penalty
from hall.services.issuing import Issued
from hall.services.penalty_gate_facts import HEARING_NOTICE, counted, gate_facts, under_way
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import Detail, add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.penalty_staff import officers_of
from hall.services.penalty_words import penalty_text
from hall.services.reasons import ReasonNeeded, short_text, statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyProposal


class HearingTooSoon(Refused):
    """Less than seven workdays lie between the notice and the hearing (行政处罚法 64(2))."""

    def __init__(self, latest: date | None) -> None:
        told = f"最迟应在{latest}通知" if latest is not None else "放假安排未录入，不能确定是否满七个工作日"
        super().__init__(f"听证应当在七个工作日前通知当事人（行政处罚法第六十四条第二项），{told}。请改定听证日期。")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHearing:
    """When and where; who is signed in presides and has not investigated (行政处罚法 64(4)).

    `public`: not where state or trade secrets or privacy stand against it (64(3)).
    """

    held_at: datetime
    place: str
    recorder: str
    public: bool = True


@retried
def ask_hearing(store: Store, actor: Actor, *, case_id: int, asked_on: date, home: Path) -> None:
    """登记听证申请. Raises GateClosed (not due, too late), DutyConflict."""
    require(actor, "penalty.investigate")
    with store.work("penalty.ask_hearing", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        today = business_date(work.now)
        facts = gate_facts(work.session, case, today=today, home=home)
        require_open(before_asking_hearing(facts, asked_on))
        proposal = under_way(work.session, case.id)
        proposal.hearing_asked_on = asked_on
        add_penalty_event(work, case, "ask_hearing", day=asked_on, detail={"round": proposal.round})
        settle_penalty(work, case, asked=asked_on.isoformat())


@retried
def notice_hearing(store: Store, actor: Actor, *, case_id: int, hearing: NewHearing, home: Path) -> Issued:
    """听证通知, handed over today; a later one takes the place of the one before. Raises GateClosed, HearingTooSoon."""
    require(actor, "penalty.legal")
    with store.work("penalty.notice_hearing", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "legal")
        today = business_date(work.now)
        require_open(before_noticing_hearing(gate_facts(work.session, case, today=today, home=home)))
        held_on = hall_time(hearing.held_at).date()
        latest = counted(work.session, work.hall_id, HEARING_NOTICE, held_on)
        if latest is None or today > latest:
            raise HearingTooSoon(latest)
        proposal = under_way(work.session, case.id)
        issued = _issue(work, case, proposal, hearing, home=home)
        proposal.hearing_noticed_on, proposal.hearing_on = today, held_on
        detail: Detail = {"round": proposal.round, "on": held_on.isoformat(), "public": hearing.public}
        add_penalty_event(work, case, "notice_hearing", detail=detail, document_id=issued.document_id)
        settle_penalty(work, case, hearing=held_on.isoformat(), document=issued.number)
        return issued


@retried
def hear(store: Store, actor: Actor, *, case_id: int, record: str, home: Path) -> None:
    """登记听证: what was said, or that the party stayed away. After a hearing the legal review is due (58(1)2).

    Raises GateClosed, ReasonNeeded.
    """
    require(actor, "penalty.legal")
    text = statement_for("听证笔录", record)
    with store.work("penalty.hear", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "legal")
        today = business_date(work.now)
        require_open(before_hearing(gate_facts(work.session, case, today=today, home=home)))
        proposal = under_way(work.session, case.id)
        proposal.hearing_record, proposal.legal_due = text, True
        add_penalty_event(work, case, "hear", day=proposal.hearing_on, detail={"round": proposal.round})
        settle_penalty(work, case, heard=True)


def _issue(work: Work, case: PenaltyCase, proposal: PenaltyProposal, hearing: NewHearing, *, home: Path) -> Issued:
    place, recorder = short_text(hearing.place), short_text(hearing.recorder)
    if not place or not recorder:
        raise ReasonNeeded("听证通知的地点和记录员")
    officers = "、".join(f"{each.name}（{each.number}）" for each in officers_of(work.session, case))
    content = papers_penalty.penalty_hearing(
        penalty_head(work, case),
        case_number=case.number,
        subject=f"拟作出的处罚：{penalty_text(proposal.other, proposal.fine_fen)}",
        held_at=hearing.held_at,
        place=place,
        public=hearing.public,
        chair_name=work.actor.name,
        recorder_name=recorder,
        officers=officers,
    )
    return issuing.issue(work, case_id=None, kind="penalty_hearing", content=content, home=home)
