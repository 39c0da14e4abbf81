"""Fines taken in cash on the spot (行政处罚法 68–71): collected, handed in at the office, banked."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import CASHIER, require
from hall.rules.calendar import WorkCalendar
from hall.rules.cash import TO_BANK, TO_OFFICE, CashFacts, CashRefused, NewCash, check_cash, receipt_number
from hall.rules.people import Actor
from hall.rules.timelimits import Limit, LimitRequest, compute
from hall.services import clocks, fines
from hall.services.calendar import shipped_limits
from hall.services.penalty_records import (
    Detail,
    add_penalty_event,
    decisions_of,
    penalty_locked,
    settle_penalty,
    take_duty,
)
from hall.services.penalty_terms import penalty_terms
from hall.services.reasons import reason_for
from hall.services.reconciling import short_reference
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import PenaltyCase
from hall.store.schema.people import Account, AccountRole
from hall.words import PENALTY_ACTS

CASH = "cash"
NOTHING_IMPOSED = "没有起算的罚款：决定还没有送达，或者没有罚款。"


class NoSuchCash(Missing):
    """No cash of this hall has the key."""

    def __init__(self) -> None:
        super().__init__("没有这笔当场收缴的罚款，请重新打开案件查看。")


class CashMoved(Refused):
    """The cash is not where the act would move it from; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class CashDue:
    """By when cash goes on: to the office within two workdays, from there to the bank within two more (71).

    `bank` is None until the office has it.
    """

    office: Limit
    bank: Limit | None


def take_cash(work: Work, case: PenaltyCase, *, cash: NewCash, home: Path) -> int:
    """Take cash within another act on the case (当场处罚), whose duty to investigate was taken; gives the record's key.

    The fine stands in the ledger already. Raises CashRefused.
    """
    number = receipt_number(cash.receipt_number)
    _refuse_used(work, number)
    facts = cash_facts(work.session, case, today=business_date(work.now), home=home)
    if facts is None:
        raise CashRefused([NOTHING_IMPOSED])
    check_cash(cash, facts)
    credited = fines.credit(work, case, fen=cash.fen, day=cash.collected_on, reference=number, cause=CASH, home=home)
    record = CashCollection(
        hall_id=work.hall_id,
        case_id=case.id,
        ground=cash.ground,
        receipt_number=number,
        fen=cash.fen,
        collected_on=cash.collected_on,
        collected_by=work.actor.account_id,
        asked_by_party=cash.asked_by_party,
        entry_id=credited.entry_id,
    )
    work.session.add(record)
    work.session.flush()
    detail: Detail = {"cash": record.id, "ground": cash.ground, "fen": cash.fen, "entry": credited.entry_id}
    add_penalty_event(work, case, "cash", day=cash.collected_on, detail=detail)
    return record.id


@retried
def collect(store: Store, actor: Actor, *, case_id: int, cash: NewCash, home: Path) -> int:
    """当场收缴; gives the record's key. Raises CashRefused, DutyConflict."""
    require(actor, "cash.collect")
    with store.work("cash.collect", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        record_id = take_cash(work, case, cash=cash, home=home)
        settle_penalty(work, case, cash=record_id, ground=cash.ground)
        return record_id


@retried
def hand_in(
    store: Store, actor: Actor, *, collection_id: int, to_account_id: int, on: date, why_late: str = ""
) -> None:
    """交回机关: the officer gives the cash to a cashier. After two workdays it takes a reason.

    Raises NoSuchCash, CashMoved, ReasonNeeded, DutyConflict.
    """
    require(actor, "cash.collect")
    with store.work("cash.hand_in", actor) as work:
        case, record = _locked(work, collection_id)
        take_duty(work, case, "investigate")
        if record.handed_in_on is not None:
            raise CashMoved("这笔罚款已经交回机关，不用再办。")
        others = {key for key, _ in cashiers(work.session, work.hall_id)} - {actor.account_id, record.collected_by}
        if to_account_id not in others:
            raise CashMoved("收款人须是本大厅的另一位财务人员，收缴的人不能交给自己。请重新选择。")
        _check_day(work, on, since=record.collected_on)
        why = _why_late("cash_hand_in", cash_due(clocks.calendar(work), record).office, on, why_late)
        record.handed_in_on, record.handed_in_to = on, to_account_id
        _moved(work, case, record, "cash_hand_in", day=on, why=why)


@retried
def bank(store: Store, actor: Actor, *, collection_id: int, on: date, bank_reference: str, why_late: str = "") -> None:
    """交存银行: the office pays the cash in; never whoever handed it in. After two workdays it takes a reason.

    Raises NoSuchCash, CashMoved, ReferenceNeeded, ReasonNeeded, DutyConflict.
    """
    require(actor, "cash.bank")
    reference = short_reference(bank_reference)
    with store.work("cash.bank", actor) as work:
        case, record = _locked(work, collection_id)
        take_duty(work, case, "cash")
        if record.handed_in_on is None:
            raise CashMoved("执法人员还没有交回这笔罚款，先由其登记交回机关。")
        if record.banked_on is not None:
            raise CashMoved("这笔罚款已经交存银行，不用再办。")
        _check_day(work, on, since=record.handed_in_on)
        limit = cash_due(clocks.calendar(work), record).bank
        why = _why_late("cash_bank", limit, on, why_late) if limit else ""
        record.banked_on, record.banked_by, record.bank_reference = on, actor.account_id, reference
        _moved(work, case, record, "cash_bank", day=on, why=why)


def cash_facts(session: Session, case: PenaltyCase, *, today: date, home: Path) -> CashFacts | None:
    """What decides whether cash may be taken; None where no fine stands in the ledger."""
    position, decisions = fines.position_of(session, case, on=today, home=home), decisions_of(session, case.id)
    if position is None or not decisions:
        return None
    decided_on = decisions[0].decided_on
    return CashFacts(
        on_spot=case.procedure == "simple",
        fine_fen=position.principal_fen,
        owed_fen=position.balance_fen,
        decided_on=decided_on,
        small_fen=penalty_terms(home, decided_on).cash_small_fen,
        today=today,
    )


def cash_due(calendar: WorkCalendar, record: CashCollection) -> CashDue:
    """Both limits of cash that was taken (行政处罚法 71, 85)."""
    table = shipped_limits()
    office = compute(calendar, table.limit(TO_OFFICE, record.collected_on), LimitRequest(start=record.collected_on))
    if record.handed_in_on is None:
        return CashDue(office, None)
    rule = table.limit(TO_BANK, record.handed_in_on)
    return CashDue(office, compute(calendar, rule, LimitRequest(start=record.handed_in_on)))


def open_cash(session: Session, case_id: int) -> tuple[CashCollection, ...]:
    """Cash of a case that is not in the bank yet, the oldest first."""
    query = (
        select(CashCollection)
        .where(CashCollection.case_id == case_id, CashCollection.banked_on.is_(None))
        .order_by(CashCollection.id)
    )
    return tuple(session.scalars(query))


def cashiers(session: Session, hall_id: int) -> tuple[tuple[int, str], ...]:
    """Who can receive cash at the office: key and name of each cashier of the hall."""
    held = exists().where(
        AccountRole.account_id == Account.id,
        AccountRole.role == CASHIER,
        (AccountRole.hall_id == hall_id) | AccountRole.hall_id.is_(None),
    )
    query = select(Account.id, Account.display_name).where(held, Account.disabled.is_(False)).order_by(Account.id)
    return tuple(session.execute(query).tuples())


def _locked(work: Work, collection_id: int) -> tuple[PenaltyCase, CashCollection]:
    record = work.session.get(CashCollection, collection_id)
    if record is None or record.hall_id != work.hall_id:
        raise NoSuchCash
    case = penalty_locked(work, record.case_id)
    work.session.refresh(record)
    return case, record


def _refuse_used(work: Work, number: str) -> None:
    query = select(CashCollection.id).where(
        CashCollection.hall_id == work.hall_id, CashCollection.receipt_number == number
    )
    if work.session.scalar(query) is not None:
        raise CashRefused([f"专用票据 {number} 已经用在另一笔收缴上，请核对票据号码。"])


def _check_day(work: Work, on: date, *, since: date) -> None:
    if not since <= on <= business_date(work.now):
        raise CashMoved(f"日期应在{since:%Y-%m-%d}与今天之间，请核对。")


def _why_late(act: str, limit: Limit, on: date, text: str) -> str:
    """The reason where the limit is over, else nothing; raises ReasonNeeded."""
    if not isinstance(limit.due, date) or on <= limit.due:
        return ""
    return reason_for(f"{PENALTY_ACTS[act]}（已超过{limit.due:%Y-%m-%d}的期限）", text)


def _moved(work: Work, case: PenaltyCase, record: CashCollection, act: str, *, day: date, why: str) -> None:
    add_penalty_event(work, case, act, day=day, note=why, detail={"cash": record.id, "late": bool(why)})
    settle_penalty(work, case, cash=record.id, reason=why)
    work.changed("penalty", "payments")
