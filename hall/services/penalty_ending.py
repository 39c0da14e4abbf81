"""A penalty case ends without a decision (撤案), or after its decision was carried out (结案)."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.penalties import CannotEnd, DropGround, EndFacts, bar_day, closing_reasons, drop_reasons
from hall.rules.people import Actor
from hall.services import fines, leniency_records
from hall.services.penalty_facts import act_facts, nothing_to_fine
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.penalty_terms import penalty_terms
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import PenaltyCase, PenaltyEvent, PenaltyProposal
from hall.store.schema.seizures import Seizure

NOT_BY_CORRECTION = (
    "只有规范规定逾期不改正才处罚、并且当事人在期限内改正的，才能以改正为由撤案。"
    "其他情形请依行政处罚法第三十三条审查，作出不予处罚决定。"
)


@retried
def drop(store: Store, actor: Actor, *, case_id: int, ground: DropGround, reason: str, home: Path) -> None:
    """End a case without a decision (撤案).

    Raises CannotEnd once it is decided, while goods are held, where a correction leaves something to judge, or where
    the act was found in time (行政处罚法 36).
    """
    require(actor, "penalty.decide")
    why = reason_for("撤案", reason)
    with store.work("penalty.drop", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "decide")
        if reasons := drop_reasons(case.state, goods=open_goods(work.session, case.id)):
            raise CannotEnd(reasons)
        today = business_date(work.now)
        if ground == "corrected" and not nothing_to_fine(work.session, case, today=today):
            raise CannotEnd((NOT_BY_CORRECTION,))
        if ground == "barred" and case.found_on <= (until := bar_day(act_facts(case), penalty_terms(home, today))):
            raise CannotEnd((f"违法行为在{case.found_on}发现，没有超过处罚期限（{until}，行政处罚法第三十六条）。",))
        drop_case(work, case, ground, why)
        settle_penalty(work, case, ground=ground)


@retried
def close(store: Store, actor: Actor, *, case_id: int, home: Path) -> None:
    """End a case whose decision was carried out (结案). Raises CannotEnd with everything that is open."""
    require(actor, "penalty.investigate")
    with store.work("penalty.close", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        today = business_date(work.now)
        if reasons := closing_reasons(end_facts(work.session, case, today=today, home=home)):
            raise CannotEnd(reasons)
        case.state, case.closed_on = "closed", today
        add_penalty_event(work, case, "close")
        settle_penalty(work, case)


def drop_case(work: Work, case: PenaltyCase, ground: DropGround, why: str) -> None:
    """End a case without a decision, with what was proposed and asked for in it."""
    today = business_date(work.now)
    case.state, case.closed_on = "dropped", today
    open_ones = PenaltyProposal.case_id == case.id, PenaltyProposal.state == "open"
    for proposal in work.session.scalars(select(PenaltyProposal).where(*open_ones)):
        proposal.state = "dropped"
    request = leniency_records.open_request(work.session, case.id)
    if request is not None:
        request.state, request.ended_on, request.ended_by = "withdrawn", today, work.actor.account_id
        request.answer = f"案件已撤案，不再处罚：{why}"
    add_penalty_event(work, case, "drop", note=why, detail={"ground": ground})


def end_facts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> EndFacts:
    """What stands in the way of the end of a case on a day."""
    owed = fines.position_of(session, case, on=today, home=home)
    return EndFacts(
        state=case.state,
        owed_fen=owed.balance_fen if owed else 0,
        excess_fen=owed.over_fen if owed else 0,
        goods=open_goods(session, case.id),
        cash=_open_cash(session, case.id),
        remedy=_open_remedies(session, case.id) > 0,
    )


def open_goods(session: Session, case_id: int) -> int:
    """Seizures of the case that have not ended."""
    query = select(func.count()).where(Seizure.case_id == case_id, Seizure.ended_on.is_(None))
    return session.scalar(query) or 0


def _open_cash(session: Session, case_id: int) -> int:
    query = select(func.count()).where(CashCollection.case_id == case_id, CashCollection.banked_on.is_(None))
    return session.scalar(query) or 0


def _open_remedies(session: Session, case_id: int) -> int:
    """Reviews and suits that began and have not ended."""
    kinds = session.scalars(
        select(PenaltyEvent.kind).where(
            PenaltyEvent.case_id == case_id, PenaltyEvent.kind.in_(("remedy_begin", "remedy_end"))
        )
    ).all()
    return kinds.count("remedy_begin") - kinds.count("remedy_end")
