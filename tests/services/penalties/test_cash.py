"""Cash on the spot: only on a ground of 行政处罚法 68 and 69, with a receipt, then to the office and the bank."""

from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.cash import CashGround, CashRefused, NewCash
from hall.rules.penalty_duties import DutyConflict
from hall.services import cash, fines, payment_reading
from hall.services.cash import CashMoved, NoSuchCash
from hall.services.reasons import ReasonNeeded
from hall.services.reconciling import ReferenceNeeded
from hall.store.schema.payments import CashCollection
from tests.services.penalties.office import Office

TODAY = date(2026, 11, 23)  # a Monday


def spot(office: Office, fine_fen: int = 10_000, on: date = TODAY) -> int:
    """A case decided, served and due on the spot."""
    return office.served(on=on, served_on=on, fine_fen=fine_fen, procedure="simple")


def take(
    office: Office,
    case_id: int,
    fen: int = 10_000,
    *,
    ground: CashGround = "small",
    receipt: str = "A0000001",
    on: date = TODAY,
    asked: bool = False,
    login: str = "reviewer",
) -> int:
    new = NewCash(ground=ground, receipt_number=receipt, fen=fen, collected_on=on, asked_by_party=asked)
    return cash.collect(office.store, office.actor(login), case_id=case_id, cash=new, home=office.home)


def stored(office: Office, collection_id: int) -> CashCollection:
    with office.store.read() as session:
        return session.get_one(CashCollection, collection_id)


def hand_in(office: Office, collection_id: int, on: date, why: str = "", *, to: str = "cashier") -> None:
    cash.hand_in(
        office.store,
        office.actor("reviewer"),
        collection_id=collection_id,
        to_account_id=office.actor(to).account_id,
        on=on,
        why_late=why,
    )


def bank(office: Office, collection_id: int, on: date, why: str = "", *, login: str = "cashier") -> None:
    cash.bank(
        office.store,
        office.actor(login),
        collection_id=collection_id,
        on=on,
        bank_reference="JK2026-88",
        why_late=why,
    )


@pytest.mark.both
def test_a_small_fine_on_the_spot_is_taken_credited_and_brought_to_the_bank(office: Office) -> None:
    case_id = spot(office)
    collection = take(office, case_id)
    with office.store.read() as session:
        found = fines.position_of(session, office.case(case_id), on=TODAY, home=office.home)
    assert found is not None
    assert (found.balance_fen, office.entries(case_id)[-1].cause) == (0, "cash")
    (row,) = payment_reading.cash_under_way(office.store, office.actor("cashier"))
    assert (row.due, row.light, row.party_masked) == (date(2026, 11, 25), "normal", "张*明")
    office.on(date(2026, 11, 25))
    hand_in(office, collection, date(2026, 11, 25))
    (row,) = payment_reading.cash_under_way(office.store, office.actor("cashier"))
    assert (row.due, row.handed_in_to) == (date(2026, 11, 27), "钱守信")
    office.on(date(2026, 11, 27))
    bank(office, collection, date(2026, 11, 27))
    assert payment_reading.cash_under_way(office.store, office.actor("cashier")) == ()
    done = stored(office, collection)
    assert (done.banked_by, done.bank_reference) == (office.actor("cashier").account_id, "JK2026-88")
    assert [event.kind for event in office.events(case_id)][-3:] == ["cash", "cash_hand_in", "cash_bank"]


@pytest.mark.parametrize(
    ("ground", "asked", "reason"),
    [
        ("small", False, "超过¥100.00，不属于第六十八条第一项"),
        ("remote", False, "须由当事人提出"),
    ],
)
def test_a_ground_that_does_not_fit_takes_no_cash(office: Office, ground: CashGround, asked: bool, reason: str) -> None:
    case_id = spot(office, 20_000)
    with pytest.raises(CashRefused, match=reason):
        take(office, case_id, 20_000, ground=ground, asked=asked)
    assert [entry.kind for entry in office.entries(case_id)] == ["impose"]


def test_the_general_procedure_knows_cash_only_far_away_and_when_the_party_asks(
    office: Office, served_case: int, decided_case: int
) -> None:
    with pytest.raises(CashRefused, match="第六十八条只适用于当场作出的处罚决定"):
        take(office, served_case, 300_000, ground="hard_later")
    assert stored(office, take(office, served_case, 300_000, ground="remote", asked=True)).asked_by_party
    with pytest.raises(CashRefused, match="没有起算的罚款"):
        take(office, decided_case, 300_000, ground="remote", asked=True, receipt="A0000002")


def test_a_receipt_is_given_once_and_never_missing(office: Office) -> None:
    first, second = spot(office), spot(office)
    take(office, first)
    for receipt, reason in (("a0000001", "已经用在另一笔收缴上"), ("", "没有财政部门统一制发的专用票据不能收款")):
        with pytest.raises(CashRefused, match=reason):
            take(office, second, receipt=receipt)


def test_both_ways_take_a_reason_when_they_are_late(office: Office) -> None:
    collection = take(office, spot(office))
    office.on(date(2026, 11, 30))
    with pytest.raises(CashMoved, match="还没有交回"):
        bank(office, collection, date(2026, 11, 30))
    with pytest.raises(ReasonNeeded, match="已超过2026-11-25的期限"):
        hand_in(office, collection, date(2026, 11, 26))
    with pytest.raises(CashMoved, match="2026-11-23与今天之间"):
        hand_in(office, collection, date(2026, 12, 1))
    hand_in(office, collection, date(2026, 11, 26), "山区道路中断")
    with pytest.raises(CashMoved, match="已经交回"):
        hand_in(office, collection, date(2026, 11, 26), "山区道路中断")
    office.on(date(2026, 12, 2))
    (row,) = payment_reading.cash_under_way(office.store, office.actor("boss"))
    assert (row.due, row.light) == (date(2026, 11, 30), "over_statutory")
    with pytest.raises(ReasonNeeded):
        bank(office, collection, date(2026, 12, 2))
    bank(office, collection, date(2026, 12, 2), "银行系统故障")
    with pytest.raises(CashMoved, match="已经交存银行"):
        bank(office, collection, date(2026, 12, 2), "银行系统故障")
    notes = {event.kind: (event.note, '"late": true' in event.detail) for event in office.events(1)}
    assert notes["cash_hand_in"] == ("山区道路中断", True)
    assert notes["cash_bank"] == ("银行系统故障", True)


def test_whoever_hands_cash_in_does_not_bank_it_whatever_roles_it_has(office: Office) -> None:
    case_id = spot(office)
    office.appoint(case_id, "reviewer", "everything")
    collection = take(office, case_id, login="everything")
    everything = office.actor("everything")
    with pytest.raises(CashMoved, match="收缴的人不能交给自己"):
        cash.hand_in(office.store, everything, collection_id=collection, to_account_id=everything.account_id, on=TODAY)
    cash.hand_in(
        office.store,
        everything,
        collection_id=collection,
        to_account_id=office.actor("cashier").account_id,
        on=TODAY,
    )
    with pytest.raises(DutyConflict, match="不能再负责收款对账"):
        bank(office, collection, TODAY, login="everything")
    with pytest.raises(NotAuthorised):
        bank(office, collection, TODAY, login="reviewer")
    bank(office, collection, TODAY)


def test_cash_goes_to_a_cashier_and_comes_with_a_number(office: Office) -> None:
    collection = take(office, spot(office))
    with pytest.raises(CashMoved, match="须是本大厅的另一位财务人员"):
        hand_in(office, collection, TODAY, to="boss")
    with pytest.raises(NoSuchCash):
        hand_in(office, 99, TODAY)
    hand_in(office, collection, TODAY)
    with pytest.raises(ReferenceNeeded):
        cash.bank(office.store, office.actor("cashier"), collection_id=collection, on=TODAY, bank_reference=" ")
