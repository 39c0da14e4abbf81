"""What the bank's file leaves to the cashier: whose a payment is, what was paid too much or credited wrongly."""

from datetime import date
from pathlib import Path

from sqlalchemy import or_, select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.payments import Outcome
from hall.rules.people import Actor
from hall.services import fines
from hall.services.payments import LOCK, credit_line
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.payments import PaymentLine
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.words import PENALTY_ACTS

_LONGEST = 60


class NoSuchLine(Missing):
    """No line of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这笔流水，请重新载入对账页。")


class NoSuchNumber(Missing):
    """Neither a case nor a decision of this hall has the number."""

    def __init__(self, number: str) -> None:
        super().__init__(f"没有案号或者决定书文号是“{number[:40]}”的案件，请核对后重填。")


class LineSettled(Refused):
    """The line is done with already, or another line with its reference is credited."""


class ReferenceNeeded(Refused):
    """Money went somewhere without a number by which it is found again."""

    def __init__(self) -> None:
        super().__init__(f"请写凭证号（银行或者财政部门的回单号），1 至 {_LONGEST} 个字。")


@retried
def settle_line(store: Store, actor: Actor, *, line_id: int, number: str, note: str, home: Path) -> Outcome:
    """指认案件: a payment that nobody could match is credited to the case with this number; `note` says why.

    Raises NoSuchLine, NoSuchNumber, LineSettled, NotCredited, DutyConflict.
    """
    require(actor, "payment.settle")
    why = reason_for("指认案件", note)
    with store.work("payment.settle", actor) as work:
        case = _case_numbered(work, number.strip())
        work.lock(LOCK, f"penalty/{case.id}")
        case, line = penalty_locked(work, case.id), _waiting(work, line_id)
        if line.entry_id is not None:
            raise LineSettled("这笔流水已经入账，多缴的部分请办理退款。")
        _refuse_credited(work, line)
        take_duty(work, case, "cash")
        outcome = credit_line(work, case, line, home=home)
        line.note = why
        settle_penalty(work, case, line=line.id, outcome=outcome, reason=why)
        work.changed("penalty", LOCK)
        return outcome


@retried
def set_aside(store: Store, actor: Actor, *, line_id: int, why: str) -> None:
    """不入账: a line that is not ours or came twice goes back to the bank. Raises NoSuchLine, LineSettled."""
    require(actor, "payment.settle")
    reason = reason_for("不入账", why)
    with store.work("payment.set_aside", actor) as work:
        work.lock(LOCK)
        line = _waiting(work, line_id)
        if line.entry_id is not None:
            raise LineSettled("这笔流水已经入账。记错案件的请冲正，多缴的请退款。")
        line.note = reason
        line.settled_on, line.settled_by = business_date(work.now), actor.account_id
        work.audit(f"payment-line:{line.id}", reason=reason)
        work.changed("penalty", LOCK)


@retried
def take_back(store: Store, actor: Actor, *, line_id: int, why: str, home: Path) -> None:
    """冲正缴款: a line that was credited to the wrong case waits again; the ledger keeps both entries.

    Raises NoSuchLine, LineSettled, BadEntry, DutyConflict.
    """
    require(actor, "payment.settle")
    reason = reason_for(PENALTY_ACTS["reverse"], why)
    with store.work("payment.reverse", actor) as work:
        line = _line(work, line_id)
        if line.entry_id is None or line.case_id is None:
            raise LineSettled("这笔流水没有入账，不用冲正。")
        work.lock(LOCK, f"penalty/{line.case_id}")
        case = penalty_locked(work, line.case_id)
        work.session.refresh(line)
        if line.entry_id is None:
            raise LineSettled("这笔流水刚刚已被冲正，请重新载入对账页。")
        take_duty(work, case, "cash")
        entry_id, today = line.entry_id, business_date(work.now)
        fines.reverse(work, case, entry_id=entry_id, day=today, reference=line.bank_reference, home=home)
        if case.state == "closed":  # it was closed as paid, and was not
            case.state, case.closed_on = "served", None
        line.case_id = line.entry_id = line.settled_on = line.settled_by = None
        line.outcome, line.excess_fen, line.note = "unknown", 0, reason
        add_penalty_event(
            work, case, "reverse", note=reason, detail={"line": line.id, "entry": entry_id, "fen": line.fen}
        )
        settle_penalty(work, case, line=line.id, reason=reason)
        work.changed("penalty", LOCK)


@retried
def refund(store: Store, actor: Actor, *, case_id: int, fen: int, day: date, reference: str, home: Path) -> None:
    """退款: what was paid beyond what is owed went back to who paid it; `reference`: the treasury's or bank's number.

    Raises BadEntry for more than that, DutyConflict.
    """
    require(actor, "payment.settle")
    proof = short_reference(reference)
    with store.work("payment.refund", actor) as work:
        work.lock(LOCK, f"penalty/{case_id}")
        case = penalty_locked(work, case_id)
        take_duty(work, case, "cash")
        entry_id = fines.refund(work, case, fen=fen, day=day, reference=proof, home=home)
        left = fines.position_of(work.session, case, on=business_date(work.now), home=home)
        if left is not None and not left.over_fen:
            _settle_excess(work, case)
        add_penalty_event(work, case, "refund", day=day, detail={"entry": entry_id, "fen": fen})
        settle_penalty(work, case, entry=entry_id, fen=fen)
        work.changed("penalty", LOCK)


def short_reference(text: str) -> str:
    """A number of a bank's or the treasury's paper as it is kept: one line; raises ReferenceNeeded."""
    reference = " ".join(text.split())
    if not 1 <= len(reference) <= _LONGEST:
        raise ReferenceNeeded
    return reference


def _line(work: Work, line_id: int) -> PaymentLine:
    line = work.session.get(PaymentLine, line_id, populate_existing=True)
    if line is None or line.hall_id != work.hall_id:
        raise NoSuchLine
    return line


def _waiting(work: Work, line_id: int) -> PaymentLine:
    line = _line(work, line_id)
    if line.settled_on is not None:
        raise LineSettled("这笔流水已经处理完，请重新载入对账页查看。")
    return line


def _refuse_credited(work: Work, line: PaymentLine) -> None:
    """One payment goes into one ledger once."""
    query = select(PaymentLine.id).where(
        PaymentLine.hall_id == work.hall_id,
        PaymentLine.bank_reference == line.bank_reference,
        PaymentLine.entry_id.is_not(None),
    )
    if work.session.scalar(query.limit(1)) is not None:
        raise LineSettled(f"流水号 {line.bank_reference} 的缴款已经入账，不能再入一次。重复的请登记不入账。")


def _case_numbered(work: Work, number: str) -> PenaltyCase:
    query = (
        select(PenaltyCase)
        .outerjoin(PenaltyDecision, PenaltyDecision.case_id == PenaltyCase.id)
        .where(
            PenaltyCase.hall_id == work.hall_id,
            or_(PenaltyCase.number == number, PenaltyDecision.number == number),
        )
        .distinct()
    )
    cases = work.session.scalars(query).all()
    if len(cases) != 1:
        raise NoSuchNumber(number)
    return cases[0]


def _settle_excess(work: Work, case: PenaltyCase) -> None:
    """The lines that waited because too much was paid are done with."""
    query = select(PaymentLine).where(
        PaymentLine.case_id == case.id, PaymentLine.outcome == "over", PaymentLine.settled_on.is_(None)
    )
    for line in work.session.scalars(query):
        line.settled_on, line.settled_by = business_date(work.now), work.actor.account_id
