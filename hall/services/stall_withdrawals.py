"""A stall is taken away before its end: proposed, told, said, heard, then decided by somebody else, with a remedy."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Select, select

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.stall_withdrawals import WithdrawalAct, WithdrawalFacts, WithdrawalOutcome, why_not
from hall.rules.stalls import CannotOnStall
from hall.services.issuing import Issued
from hall.services.penalty_gate_facts import workdays_on
from hall.services.reasons import reason_for, statement_for
from hall.services.stall_papers import issue_decision, issue_hearing, issue_notice
from hall.services.stall_records import (
    TOPIC,
    SameHandOnStall,
    end_grant,
    locked,
    move_up,
    rule_of,
    withdrawal_locked,
)
from hall.services.subject_records import Detail, add_event, settle_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.stalls import StallGrant, StallWithdrawal
from hall.store.schema.subjects import SubjectEvent


class ProposedAlready(Refused):
    """One withdrawal of a certificate at a time."""

    def __init__(self) -> None:
        super().__init__("这个摊位已经在办理收回，请在“收回”页继续办理。")


class StallHearingTooSoon(Refused):
    """Too few workdays lie between the notice and the hearing (行政许可法 48(1))."""

    def __init__(self, earliest: date | None, days: int) -> None:
        told = f"最早定在 {earliest}" if earliest is not None else "放假安排没有录入，还不能定日期"
        super().__init__(f"听证要在举行 {days} 个工作日前通知（参照行政许可法第四十八条），{told}。请改定日期。")


@dataclass(frozen=True, slots=True)
class StallDecision:
    """What is decided, and why."""

    outcome: WithdrawalOutcome
    reasons: str


@retried
def propose(store: Store, actor: Actor, *, grant_id: int, ground: str, facts: str, evidence: str, home: Path) -> int:
    """提出收回 on one of the grounds laid down, with facts and evidence; gives its key.

    Raises BadSite for an unknown ground, ProposedAlready, CannotOnStall where the certificate has ended.
    """
    require(actor, "stall.withdraw")
    what, proof = statement_for("提出收回摊位的事实", facts), statement_for("提出收回摊位的证据", evidence)
    with store.work("stall.withdraw", actor) as work:
        _, grant = locked(work, StallGrant, grant_id)
        rule_of(work, home).ground(ground)
        if grant.ended_on is not None:
            raise CannotOnStall((f"摊位证 {grant.number} 已经终止，不用收回。",))
        if work.session.scalar(_open(grant_id)):
            raise ProposedAlready
        asked = StallWithdrawal(
            hall_id=work.hall_id,
            grant_id=grant_id,
            ground=ground,
            facts=what,
            evidence=proof,
            proposed_on=business_date(work.now),
            proposed_by=work.actor.account_id,
        )
        work.session.add(asked)
        work.session.flush()
        _settle(work, asked, "propose", "proposed")
        return asked.id


@retried
def tell(store: Store, actor: Actor, *, withdrawal_id: int, home: Path) -> Issued:
    """书面告知 facts, grounds, basis and rights: the days to speak and to ask for a hearing begin.

    Raises CannotOnStall.
    """
    require(actor, "stall.withdraw")
    with store.work("stall.withdraw", actor) as work:
        site, grant, asked = withdrawal_locked(work, withdrawal_id)
        _require("tell", asked, work)
        rule = rule_of(work, home)
        asked.told_on = business_date(work.now)
        asked.answer_by = workdays_on(work.session, work.hall_id, asked.told_on, rule.hearing_workdays)
        issued = issue_notice(work, site, grant, asked, ground=rule.ground(asked.ground), home=home)
        asked.document_id = issued.document_id
        _settle(work, asked, "tell", "told", document_id=issued.document_id)
        return issued


@retried
def state(store: Store, actor: Actor, *, withdrawal_id: int, statement: str) -> None:
    """登记陈述申辩, also after the days for it; added to what was said before. Raises CannotOnStall, ReasonNeeded."""
    require(actor, "stall.apply")
    said = statement_for("登记陈述申辩", statement)
    with store.work("stall.state", actor) as work:
        _, _, asked = withdrawal_locked(work, withdrawal_id)
        _require("state", asked, work)
        asked.statement = statement_for("登记陈述申辩", f"{asked.statement}\n{said}")
        asked.stated_on = business_date(work.now)
        _settle(work, asked, "state", "told")


@retried
def ask_hearing(store: Store, actor: Actor, *, withdrawal_id: int, asked_on: date) -> None:
    """登记听证申请 by the day it was made. Raises CannotOnStall where that day lies outside the days for it."""
    require(actor, "stall.apply")
    with store.work("stall.ask_hearing", actor) as work:
        _, _, asked = withdrawal_locked(work, withdrawal_id)
        facts = facts_of_withdrawal(asked)
        if why := why_not("ask_hearing", facts, asked_on):
            raise CannotOnStall(why)
        if facts.told_on is not None and not facts.told_on <= asked_on <= business_date(work.now):
            raise CannotOnStall((f"申请日期应在告知日期（{facts.told_on}）和今天之间，请核对。",))
        asked.hearing_asked_on = asked_on
        _settle(work, asked, "ask_hearing", "hearing", detail={"on": asked_on.isoformat()})


@retried
def notice_hearing(
    store: Store, actor: Actor, *, withdrawal_id: int, hearing_on: date, where: str, home: Path
) -> Issued:
    """听证通知; who is signed in presides and has not proposed.

    Raises CannotOnStall, StallHearingTooSoon, SameHandOnStall.
    """
    require(actor, "stall.hear")
    place = reason_for("听证通知的地点", where)
    with store.work("stall.hear", actor) as work:
        site, grant, asked = withdrawal_locked(work, withdrawal_id)
        _require("notice_hearing", asked, work)
        _other_than(work, asked, "主持听证")
        rule = rule_of(work, home)
        earliest = workdays_on(work.session, work.hall_id, business_date(work.now), rule.hearing_notice_workdays)
        if earliest is None or hearing_on < earliest:
            raise StallHearingTooSoon(earliest, rule.hearing_notice_workdays)
        asked.hearing_on = hearing_on
        ground = rule.ground(asked.ground)
        issued = issue_hearing(work, site, grant, ground=ground, hearing_on=hearing_on, where=place, home=home)
        asked.document_id = issued.document_id
        detail: Detail = {"on": hearing_on.isoformat()}
        _settle(work, asked, "notice_hearing", "hearing", detail=detail, document_id=issued.document_id)
        return issued


@retried
def hear(store: Store, actor: Actor, *, withdrawal_id: int, record: str) -> None:
    """登记听证笔录: what was said, or that the holder stayed away.

    Raises CannotOnStall, SameHandOnStall, ReasonNeeded.
    """
    require(actor, "stall.hear")
    text = statement_for("听证笔录", record)
    with store.work("stall.hear", actor) as work:
        _, _, asked = withdrawal_locked(work, withdrawal_id)
        _require("hear", asked, work)
        _other_than(work, asked, "主持听证")
        asked.hearing_record = text
        _settle(work, asked, "hear", "ready")


@retried
def decide(store: Store, actor: Actor, *, withdrawal_id: int, decision: StallDecision, home: Path) -> Issued:
    """决定收回、告诫或者不收回 with reasons and remedies, by who has not proposed it; what is taken goes to who waits.

    Who presided over the hearing does not decide (行政许可法 48, 行政处罚法 64). Raises CannotOnStall while the holder
    can still speak or a hearing is open, SameHandOnStall.
    """
    require(actor, "stall.decide")
    why = statement_for("决定的理由", decision.reasons)
    with store.work("stall.decide", actor) as work:
        site, grant, asked = withdrawal_locked(work, withdrawal_id)
        today, rule = business_date(work.now), rule_of(work, home)
        if asked.told_on is not None and asked.answer_by is None:
            asked.answer_by = workdays_on(work.session, work.hall_id, asked.told_on, rule.hearing_workdays)
        _require("decide", asked, work)
        _other_than(work, asked, "作出决定")
        if work.actor.account_id in work.session.scalars(_presided(withdrawal_id)).all():
            raise SameHandOnStall("这件收回的听证", "作出决定")
        asked.decided_on, asked.decided_by = today, work.actor.account_id
        asked.outcome, asked.reasons = decision.outcome, why
        taken = decision.outcome == "withdrawn"
        vacate_by = today + timedelta(days=rule.vacate_days) if taken else None
        ground = rule.ground(asked.ground)
        issued = issue_decision(work, site, grant, asked, ground=ground, vacate_by=vacate_by, home=home)
        asked.document_id = issued.document_id
        if taken:
            end_grant(work, grant, "withdrawn", why=ground.words)
            move_up(work, site, home=home)
        _settle(work, asked, "decide", decision.outcome, document_id=issued.document_id)
        return issued


def facts_of_withdrawal(asked: StallWithdrawal) -> WithdrawalFacts:
    """The record as the rules see it."""
    return WithdrawalFacts(
        told_on=asked.told_on,
        answer_by=asked.answer_by,
        hearing_asked_on=asked.hearing_asked_on,
        hearing_on=asked.hearing_on,
        heard=bool(asked.hearing_record),
        decided_on=asked.decided_on,
    )


def _require(act: WithdrawalAct, asked: StallWithdrawal, work: Work) -> None:
    if why := why_not(act, facts_of_withdrawal(asked), business_date(work.now)):
        raise CannotOnStall(why)


def _other_than(work: Work, asked: StallWithdrawal, act: str) -> None:
    if asked.proposed_by == work.actor.account_id:
        raise SameHandOnStall("这件收回的提出", act)


def _presided(withdrawal_id: int) -> Select[tuple[int]]:
    return select(SubjectEvent.account_id).where(
        SubjectEvent.subject == "stall_withdrawal",
        SubjectEvent.subject_id == withdrawal_id,
        SubjectEvent.kind.in_(("notice_hearing", "hear")),
    )


def _open(grant_id: int) -> Select[tuple[int]]:
    return select(StallWithdrawal.id).where(StallWithdrawal.grant_id == grant_id, StallWithdrawal.decided_on.is_(None))


def _settle(
    work: Work,
    asked: StallWithdrawal,
    kind: str,
    state: str,
    *,
    detail: Detail | None = None,
    document_id: int | None = None,
) -> None:
    add_event(work, "stall_withdrawal", asked.id, kind, state=state, detail=detail, document_id=document_id)
    settle_subject(work, TOPIC, "stall_withdrawal", asked.id, act=kind, grant=asked.grant_id)
