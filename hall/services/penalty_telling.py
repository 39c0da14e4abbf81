"""The party is told what is meant and why, and is heard (行政处罚法 44, 45, 62): the notice, the defence."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.penalty_gates import before_defending, before_telling, require_open
from hall.rules.people import Actor
from hall.services import issuing, papers_penalty
from hall.services.issuing import Issued
from hall.services.papers_common import Fields
from hall.services.penalty_gate_facts import HEARING_REQUEST, counted, gate_facts, under_way, workdays_on
from hall.services.penalty_head import penalty_head
from hall.services.penalty_paper import findings_of, fine_of, measured_for
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.penalty_terms import penalty_terms
from hall.services.reasons import statement_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.penalties import PenaltyCase, PenaltyEvent, PenaltyProposal


class BadDay(Refused):
    """A day of the telling or the defence that cannot be."""


class NotSent(Refused):
    """No notice of what is meant now is under way, so none arrived."""

    def __init__(self) -> None:
        super().__init__("现在的处罚意见还没有开出告知书，不能登记收到，请先告知并打印告知书（行政处罚法第四十四条）。")


class WaivedAndSaid(Refused):
    """Who has nothing to say does not say something."""

    def __init__(self) -> None:
        super().__init__("勾选了放弃陈述申辩，就不能再填陈述申辩的内容和复核意见，请核对。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defence:
    """What the party says; `answer` after it was checked, empty as long as it was not (行政处罚法 45(1)).

    `waived`: the party says expressly that it gives its right up; then nothing is said.
    """

    said_on: date
    text: str = ""
    answer: str = ""
    waived: bool = False


@retried
def tell(store: Store, actor: Actor, *, case_id: int, handed_over: bool, home: Path) -> Issued:
    """告知当事人: issue the notice. `handed_over`: today, to the party; else it is sent and `received` follows.

    Raises GateClosed, DutyConflict.
    """
    require(actor, "penalty.investigate")
    with store.work("penalty.tell", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        today = business_date(work.now)
        require_open(before_telling(gate_facts(work.session, case, today=today, home=home)))
        proposal = under_way(work.session, case.id)
        content = _notice(work, case, proposal, handed_over=handed_over, home=home)
        issued = issuing.issue(work, case_id=None, kind="penalty_notice", content=content, home=home)
        if handed_over:
            _begin(work, proposal, today, home)
        detail = {"round": proposal.round, "handed_over": handed_over}
        add_penalty_event(work, case, "tell", detail=detail, document_id=issued.document_id)
        settle_penalty(work, case, told=handed_over, document=issued.number)
        return issued


@retried
def received(store: Store, actor: Actor, *, case_id: int, received_on: date, home: Path) -> None:
    """A notice that was sent has arrived: from that day on the party has its time.

    Raises GateClosed, NotSent, BadDay.
    """
    require(actor, "penalty.investigate")
    with store.work("penalty.tell", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        today = business_date(work.now)
        require_open(before_telling(gate_facts(work.session, case, today=today, home=home)))
        proposal = under_way(work.session, case.id)
        sent_on = _sent_on(work, proposal)
        if not sent_on <= received_on <= today:
            raise BadDay(f"收到告知书的日期应在寄出的{sent_on}与今天之间，请核对。")
        _begin(work, proposal, received_on, home)
        add_penalty_event(work, case, "tell", day=received_on, detail={"round": proposal.round, "received": True})
        settle_penalty(work, case, told=True)


@retried
def defend(store: Store, actor: Actor, *, case_id: int, defence: Defence, home: Path) -> None:
    """登记陈述申辩; what is said again is added, an answer takes the place of the one before.

    Raises GateClosed, BadDay, WaivedAndSaid, ReasonNeeded.
    """
    require(actor, "penalty.investigate")
    with store.work("penalty.defend", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        today = business_date(work.now)
        require_open(before_defending(gate_facts(work.session, case, today=today, home=home)))
        proposal = under_way(work.session, case.id)
        _check_day(proposal, defence.said_on, today)
        _write(proposal, defence)
        proposal.defended_on = proposal.defended_on or defence.said_on
        detail = {"round": proposal.round, "waived": defence.waived, "answered": bool(proposal.defence_answer)}
        add_penalty_event(work, case, "defend", day=defence.said_on, detail=detail)
        settle_penalty(work, case, waived=defence.waived)


def _write(proposal: PenaltyProposal, defence: Defence) -> None:
    text, answer = defence.text.strip(), defence.answer.strip()
    if defence.waived:
        if text or answer or proposal.defence:
            raise WaivedAndSaid
        return
    if text and text != proposal.defence:
        said = statement_for("陈述申辩", text)
        proposal.defence = f"{proposal.defence}\n{said}" if proposal.defence else said
        proposal.defence_answer = ""
    if not proposal.defence:
        statement_for("陈述申辩", text)
    if answer:
        proposal.defence_answer = statement_for("复核意见", answer)


def _sent_on(work: Work, proposal: PenaltyProposal) -> date:
    """When the first notice of this round was issued; raises NotSent."""
    query = select(PenaltyEvent).where(PenaltyEvent.case_id == proposal.case_id, PenaltyEvent.kind == "tell")
    for event in work.session.scalars(query.order_by(PenaltyEvent.id)):
        if json.loads(event.detail).get("round") == proposal.round:
            return event.day
    raise NotSent


def _begin(work: Work, proposal: PenaltyProposal, day: date, home: Path) -> None:
    """From the day on which the party has the notice its time counts."""
    proposal.told_on = day
    proposal.defend_by = workdays_on(work.session, work.hall_id, day, penalty_terms(home, day).defence_days)


def _check_day(proposal: PenaltyProposal, day: date, today: date) -> None:
    if not (proposal.told_on or day) <= day <= today:
        raise BadDay(f"陈述申辩的日期应在告知的{proposal.told_on}与今天之间，请核对。")


def _notice(work: Work, case: PenaltyCase, proposal: PenaltyProposal, *, handed_over: bool, home: Path) -> Fields:
    today = business_date(work.now)
    found = measured_for(work.session, case, proposal, day=today)
    days = penalty_terms(home, today).defence_days
    asks = handed_over and proposal.hearing_due
    return papers_penalty.penalty_notice(
        penalty_head(work, case),
        findings=findings_of(case, proposal, found),
        benchmark=found.printed_span(proposal.low_fen, proposal.high_fen),
        penalty=proposal.other,
        fine=fine_of(proposal.fine_fen, today=today, home=home),
        reasons=proposal.reasons,
        defence_days=days,
        defend_by=workdays_on(work.session, work.hall_id, today, days) if handed_over else None,
        ask_by=counted(work.session, work.hall_id, HEARING_REQUEST, today) if asks else None,
        hearing=proposal.hearing_due,
    )
