"""Notices to pay (缴款通知): what is owed, its last day, the treasury's code as it was received; voided by an act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.fines import UNTOLD
from hall.rules.money import yuan
from hall.rules.pay_codes import pay_code
from hall.rules.payments import Payable, check_amount, payables
from hall.rules.people import Actor
from hall.rules.surcharge import SurchargeTerms
from hall.rules.timelimits import LimitRequest, compute
from hall.services import clocks, fines, papers_payment
from hall.services.calendar import shipped_limits
from hall.services.issuing import Issued, issue
from hall.services.payment_terms import payment_terms
from hall.services.penalty_head import penalty_head
from hall.services.penalty_records import (
    add_penalty_event,
    decisions_of,
    duties_of,
    penalty_locked,
    settle_penalty,
    take_duty,
)
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.payments import PaymentLine, PaymentNotice
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyService
from hall.words import PENALTY_ACTS


class NoSuchNotice(Missing):
    """No notice of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这份缴款通知，请重新打开案件查看。")


class NoticeRefused(Refused):
    """A notice may not be issued or voided now; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice as the clerk enters it: the platform's code, and an amount that is owed, in fen."""

    pay_code: str
    amount_fen: int


@retried
def issue_notice(store: Store, actor: Actor, *, case_id: int, notice: NewNotice, home: Path) -> Issued:
    """开缴款通知: the paper goes to the printer. Raises BadPayCode, AmountRefused, NoticeRefused, DutyConflict."""
    require(actor, "payment.notice")
    code = pay_code(notice.pay_code)
    with store.work("payment.notice", actor) as work:
        work.lock(f"pay-code/{code}", f"penalty/{case_id}")
        case = penalty_locked(work, case_id)
        _take_duty(work, case)
        today = business_date(work.now)
        _refuse(notice_reasons(work.session, case, today=today, home=home))
        _refuse_used(work, code)
        payable = check_amount(notice.amount_fen, offered(work.session, case, on=today, home=home))
        issued = _issue(work, case, payable, code, home=home)
        record = PaymentNotice(
            hall_id=work.hall_id,
            case_id=case.id,
            pay_code=code,
            amount_fen=payable.fen,
            due_on=payable.due_on,
            issued_on=today,
            account_id=actor.account_id,
            document_id=issued.document_id,
        )
        work.session.add(record)
        work.session.flush()
        add_penalty_event(
            work,
            case,
            "notice",
            detail={"notice": record.id, "fen": payable.fen, "due_on": payable.due_on.isoformat()},
            document_id=issued.document_id,
        )
        settle_penalty(work, case, notice=record.id, document=issued.number)
        return issued


@retried
def void_notice(store: Store, actor: Actor, *, notice_id: int, why: str) -> None:
    """作废缴款通知: it stays in the file and is asked for no more. Raises NoSuchNotice, NoticeRefused."""
    require(actor, "payment.notice")
    reason = reason_for(PENALTY_ACTS["notice_void"], why)
    with store.work("payment.notice_void", actor) as work:
        notice = work.session.get(PaymentNotice, notice_id)
        if notice is None or notice.hall_id != work.hall_id:
            raise NoSuchNotice
        case = penalty_locked(work, notice.case_id)
        work.session.refresh(notice)
        _take_duty(work, case)
        if notice.voided_on is not None:
            raise NoticeRefused("这份缴款通知已经作废，不用再办。")
        if not unpaid(work.session, [notice]):
            raise NoticeRefused("这份缴款通知已经缴款，不能作废。缴款有误的，请财务人员在对账页冲正。")
        notice.voided_on, notice.voided_why = business_date(work.now), reason
        add_penalty_event(work, case, "notice_void", note=reason, detail={"notice": notice.id})
        settle_penalty(work, case, notice=notice.id, reason=reason)


def offered(session: Session, case: PenaltyCase, *, on: date, home: Path) -> tuple[Payable, ...]:
    """The amounts that a notice may ask on a day."""
    position = fines.position_of(session, case, on=on, home=home)
    return payables(position) if position is not None else ()


def notice_reasons(session: Session, case: PenaltyCase, *, today: date, home: Path) -> tuple[str, ...]:
    """Why no notice may be issued now; empty where one may."""
    position = fines.position_of(session, case, on=today, home=home)
    if position is None:
        return ("处罚决定还没有送达，或者没有罚款：缴款期限自收到决定书之日起算（行政处罚法第六十七条）。",)
    if not position.balance_fen:
        return ("没有尚未缴纳的罚款。",)
    if standing := open_notices(session, case.id):
        return (f"{standing[-1].issued_on:%Y-%m-%d}开的缴款通知还没有缴清，先作废那一份，才能另开。",)
    return ()


def open_notices(session: Session, case_id: int) -> Sequence[PaymentNotice]:
    """Notices of a case that are neither voided nor paid, the newest last."""
    query = (
        select(PaymentNotice)
        .where(PaymentNotice.case_id == case_id, PaymentNotice.voided_on.is_(None))
        .order_by(PaymentNotice.id)
    )
    return unpaid(session, session.scalars(query).all())


def unpaid(session: Session, notices: Sequence[PaymentNotice]) -> list[PaymentNotice]:
    """Those under whose code less came in than they ask."""
    codes = [notice.pay_code for notice in notices]
    query = (
        select(PaymentLine.case_id, PaymentLine.pay_code, func.sum(PaymentLine.fen))
        .where(PaymentLine.pay_code.in_(codes), PaymentLine.entry_id.is_not(None))
        .group_by(PaymentLine.case_id, PaymentLine.pay_code)
    )
    paid = {(case_id, code): int(fen) for case_id, code, fen in session.execute(query).tuples()}
    return [each for each in notices if paid.get((each.case_id, each.pay_code), 0) < each.amount_fen]


def decision_named(session: Session, case_id: int) -> PenaltyDecision | None:
    """The decision that papers on its fine name: the last one that is not a mere correction."""
    named = [each for each in decisions_of(session, case_id) if each.kind != "correct"]
    return named[-1] if named else None


def _take_duty(work: Work, case: PenaltyCase) -> None:
    """Windows and cashiers both issue notices: each in the duty it has in the case, else in that of its role."""
    held = duties_of(work.session, case.id).get(work.actor.account_id)
    if held == "cash" or (held is None and "cashier" in work.actor.roles):
        take_duty(work, case, "cash")
    else:
        take_duty(work, case, "intake")


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        raise NoticeRefused("".join(reasons))


def _refuse_used(work: Work, code: str) -> None:
    """The platform gives each code once."""
    query = select(PaymentNotice.id).where(PaymentNotice.hall_id == work.hall_id, PaymentNotice.pay_code == code)
    if work.session.scalar(query) is not None:
        raise NoticeRefused(f"缴款识别码 {code} 已经用在另一份缴款通知上，请核对平台生成的缴款单。")


def _issue(work: Work, case: PenaltyCase, payable: Payable, code: str, *, home: Path) -> Issued:
    decision = decision_named(work.session, case.id)
    assert decision is not None, "a fine stands in the ledger"
    terms = payment_terms(home, business_date(work.now))
    banks = [each.bank for each in decisions_of(work.session, case.id) if each.bank]
    content = papers_payment.payment_notice(
        penalty_head(work, case),
        decision=papers_payment.PenaltyDecision(decision.number, decision.decided_on, yuan(decision.fine_fen)),
        item_code=terms.item_code,
        item_name=terms.item_name,
        office_code=terms.office_code,
        pay_code=code,
        amount=yuan(payable.fen),
        instalment=payable.kind == "part",
        added=yuan(payable.added_fen),
        added_until=business_date(work.now),
        due_on=payable.due_on,
        rolled_from=_rolled_from(work, case, payable.due_on),
        bank=banks[0] if banks else terms.bank,
        channels=terms.channels,
        surcharge=_growth(work, case, home),
    )
    return issue(work, case_id=None, kind="payment_notice", content=content, home=home)


def _growth(work: Work, case: PenaltyCase, home: Path) -> SurchargeTerms | None:
    """How this fine grows, None where its decision tells of no addition (罚缴分离办法 7)."""
    entries = fines.entries_of(work.session, case.id)
    return None if entries[0].cause == UNTOLD else fines.growth_of(entries, home).surcharge


def _rolled_from(work: Work, case: PenaltyCase, due_on: date) -> date | None:
    """The fifteenth day itself, where it rests and the last day to pay is a later one."""
    query = (
        select(PenaltyService.served_on)
        .where(
            PenaltyService.case_id == case.id, PenaltyService.served_on.is_not(None), PenaltyService.failed_on.is_(None)
        )
        .order_by(PenaltyService.id)
        .limit(1)
    )
    served_on = work.session.scalar(query)
    if served_on is None:
        return None
    rule = shipped_limits().limit(fines.PAYMENT, served_on)
    limit = compute(clocks.calendar(work), rule, LimitRequest(start=served_on))
    return limit.strict_due if limit.due == due_on and limit.strict_due != due_on else None
