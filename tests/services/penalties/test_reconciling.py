"""What a file leaves to the cashier: an unknown payment finds its case, an excess goes back, a mistake is reversed."""

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.cash import NewCash
from hall.rules.fine_entries import BadEntry
from hall.rules.penalty_duties import DutyConflict
from hall.services import cash, fines, payment_reading, penalty_ending, reconciling
from hall.services.payments import BANK, NotCredited
from hall.services.reasons import ReasonNeeded
from hall.services.reconciling import LineSettled, NoSuchLine, NoSuchNumber, ReferenceNeeded
from hall.store.integrity import verify_data
from hall.store.schema.payments import CashCollection, PaymentLine
from tests.services.penalties.bank import lines_of, paid, report
from tests.services.penalties.office import FINE, Office


def unknown_line(office: Office, yuan: str = "3000") -> int:
    """A payment of 20 November whose number nobody knows."""
    report(office, paid("U1", yuan, number="莲城管罚〔2026〕错号"), total=yuan)
    return lines_of(office)[-1].id


def settle(office: Office, line_id: int, number: str, login: str = "cashier") -> str:
    return reconciling.settle_line(
        office.store,
        office.actor(login),
        line_id=line_id,
        number=number,
        note="缴款人持回单到窗口核对",
        home=office.home,
    )


def owed(office: Office, case_id: int) -> tuple[int, int]:
    with office.store.read() as session:
        found = fines.position_of(session, office.case(case_id), on=office.today, home=office.home)
    assert found is not None
    return found.balance_fen, found.over_fen


def test_an_unknown_payment_is_credited_to_the_case_that_the_cashier_names(office: Office, served_case: int) -> None:
    line_id = unknown_line(office)
    assert settle(office, line_id, f" {office.case(served_case).number} ") == "exact"
    (line,) = lines_of(office)
    assert (line.outcome, line.case_id, line.note, line.settled_on) == (
        "exact",
        served_case,
        "缴款人持回单到窗口核对",
        office.today,
    )
    assert owed(office, served_case) == (0, 0)
    with pytest.raises(LineSettled, match="已经处理完"):
        settle(office, line_id, office.case(served_case).number)


def test_a_payment_is_not_credited_where_it_cannot_be_owed(office: Office, decided_case: int, served_case: int) -> None:
    line_id = unknown_line(office)
    with pytest.raises(NotCredited, match="决定还没有送达"):
        settle(office, line_id, office.decision_of(decided_case).number)
    with pytest.raises(NoSuchNumber, match="没有案号或者决定书文号是“别处”"):
        settle(office, line_id, "别处")
    with pytest.raises(NoSuchLine):
        settle(office, 999, office.case(served_case).number)
    with pytest.raises(NotAuthorised):
        settle(office, line_id, office.case(served_case).number, login="approver")
    report(office, paid("U2", "10", number="更早", on="2026-11-01"), total="10")
    with pytest.raises(NotCredited, match="早于作出决定的2026-11-16"):
        settle(office, lines_of(office)[-1].id, office.case(served_case).number)
    assert [line.entry_id for line in lines_of(office)] == [None, None]


@pytest.mark.both
def test_a_doubtful_duplicate_is_not_credited_beside_the_first(office: Office, served_case: int) -> None:
    number = office.decision_of(served_case).number
    report(office, paid("B1", "1000", number=number), total="1000")
    report(office, paid("B1", "900", number=number), total="900")
    doubtful = lines_of(office)[-1].id
    with pytest.raises(LineSettled, match="已经入账，不能再入一次"):
        settle(office, doubtful, number)
    reconciling.set_aside(office.store, office.actor("cashier"), line_id=doubtful, why="银行确认是重复回单")
    assert lines_of(office)[-1].settled_on == office.today
    assert owed(office, served_case) == (200_000, 0)


@pytest.mark.both
def test_a_line_that_is_not_ours_is_set_aside_with_its_reason(office: Office) -> None:
    line_id = unknown_line(office)
    with pytest.raises(ReasonNeeded):
        reconciling.set_aside(office.store, office.actor("cashier"), line_id=line_id, why=" ")
    reconciling.set_aside(office.store, office.actor("cashier"), line_id=line_id, why="系外区罚款，已退代收银行")
    assert payment_reading.lines(office.store, office.actor("cashier"), settled=False) == ()
    (done,) = payment_reading.lines(office.store, office.actor("cashier"), settled=True)
    assert (done.note, done.settled_by, done.credited) == ("系外区罚款，已退代收银行", "钱守信", False)


def test_a_payment_in_the_wrong_case_is_reversed_and_waits_again(office: Office, served_case: int) -> None:
    wrong = office.served()
    report(office, paid("B1", "3000", number=office.decision_of(wrong).number), total="3000")
    (line,) = lines_of(office)
    reconciling.take_back(
        office.store, office.actor("cashier"), line_id=line.id, why="银行更正缴款人", home=office.home
    )
    assert owed(office, wrong) == (FINE, 0)
    assert [entry.kind for entry in office.entries(wrong)] == ["impose", "pay", "reverse"]
    assert settle(office, line.id, office.case(served_case).number) == "exact"
    assert (owed(office, wrong), owed(office, served_case)) == ((FINE, 0), (0, 0))
    assert [event.kind for event in office.events(wrong)][-2:] == ["pay", "reverse"]


@pytest.mark.both
def test_a_case_that_was_closed_as_paid_is_open_again_when_it_was_not(office: Office) -> None:
    case_id = office.served()
    report(office, paid("B1", "3000", number=office.decision_of(case_id).number), total="3000")
    penalty_ending.close(office.store, office.actor("reviewer"), case_id=case_id, home=office.home)
    assert office.case(case_id).state == "closed"
    (line,) = lines_of(office)
    reconciling.take_back(office.store, office.actor("cashier"), line_id=line.id, why="银行撤回", home=office.home)
    assert (office.case(case_id).state, office.case(case_id).closed_on) == ("served", None)
    assert office.events(case_id)[-1].state == "served"


@pytest.mark.both
def test_every_payment_agrees_with_its_ledger_and_a_forged_one_is_found(office: Office, served_case: int) -> None:
    report(office, paid("B1", "3500", number=office.decision_of(served_case).number), total="3500")
    spot = office.served(on=office.today, served_on=office.today, procedure="simple", fine_fen=10_000)
    new = NewCash(ground="small", receipt_number="A0000001", fen=10_000, collected_on=office.today)
    cash.collect(office.store, office.actor("reviewer"), case_id=spot, cash=new, home=office.home)
    with office.store.read() as session:
        assert verify_data(session) == []
    with office.store.work("test.forge", office.actor("cashier")) as work:
        line = work.session.get_one(PaymentLine, 1)
        line.fen, line.case_id = 1, spot
        fines.credit(work, office.case(spot), fen=1, day=office.today, reference="B9", cause=BANK, home=office.home)
        work.session.get_one(CashCollection, 1).fen = 5
        work.audit("test")
    with office.store.read() as session:
        assert [problem.sentence for problem in verify_data(session)] == [
            "表 payment_line：1 笔银行流水已入账，台账里却没有这笔缴款，或者已经冲正。",
            "表 fine_entry：1 笔银行缴款入了账，却没有流水，也没有冲正。",
            "表 cash_collection：1 笔当场收缴的罚款没有入账。",
            "表 payment_file：1 个缴款文件的合计与它的流水对不上。",
        ]


def test_only_what_is_credited_can_be_reversed(office: Office) -> None:
    line_id = unknown_line(office)
    with pytest.raises(LineSettled, match="没有入账，不用冲正"):
        reconciling.take_back(office.store, office.actor("cashier"), line_id=line_id, why="记错", home=office.home)


@pytest.mark.both
def test_what_was_paid_too_much_goes_back_once_and_with_a_number(office: Office, served_case: int) -> None:
    report(office, paid("B1", "3500", number=office.decision_of(served_case).number), total="3500")

    def refund(fen: int, reference: str = "退付〔2026〕3号") -> None:
        reconciling.refund(
            office.store,
            office.actor("cashier"),
            case_id=served_case,
            fen=fen,
            day=office.today,
            reference=reference,
            home=office.home,
        )

    (waiting,) = payment_reading.lines(office.store, office.actor("cashier"), settled=False)
    assert (waiting.outcome, waiting.excess_fen, waiting.party_masked) == ("over", 50_000, "张*明")
    with pytest.raises(ReferenceNeeded):
        refund(50_000, "")
    with pytest.raises(BadEntry, match="只能退还多缴的部分"):
        refund(50_001)
    refund(20_000)
    assert len(payment_reading.lines(office.store, office.actor("cashier"), settled=False)) == 1
    refund(30_000)
    assert payment_reading.lines(office.store, office.actor("cashier"), settled=False) == ()
    assert owed(office, served_case) == (0, 0)
    with pytest.raises(LineSettled, match="已经处理完"):
        reconciling.set_aside(office.store, office.actor("cashier"), line_id=waiting.line_id, why="误")


def test_whoever_has_another_duty_in_the_case_moves_no_money_in_it(office: Office, served_case: int) -> None:
    with office.store.work("test.duty", office.actor("everything")) as work:
        office._duty(work, served_case, "everything", "decide")
        work.audit("test")
    line_id = unknown_line(office)
    with pytest.raises(DutyConflict, match="不能再负责收款对账"):
        settle(office, line_id, office.case(served_case).number, login="everything")
    assert lines_of(office)[0].entry_id is None
