"""The ledger of a fine: begun by service, written in one place, replayed; nothing else says what is owed."""

from collections.abc import Callable
from datetime import date

import pytest

from hall.rules.fine_entries import BadEntry
from hall.rules.fines import FinePosition
from hall.services import fines
from hall.services.fines import Credited
from hall.services.penalty_records import decisions_of, penalty_locked
from hall.store import Work
from hall.store.schema.penalties import PenaltyCase
from tests.services.penalties.office import FINE, Office

DUE = date(2026, 12, 3)


def act(office: Office, case_id: int, do: Callable[[Work, PenaltyCase], object], *, by: str = "cashier") -> object:
    """Something in the ledger, as the services that own it would write it."""
    with office.store.work("fine.test", office.actor(by)) as work:
        case = penalty_locked(work, case_id)
        done = do(work, case)
        work.audit(f"penalty:{case_id}")
    return done


def pay(office: Office, case_id: int, fen: int, *, day: date | None = None) -> Credited:
    def credit(work: Work, case: PenaltyCase) -> Credited:
        paid_on = day or office.today
        return fines.credit(work, case, fen=fen, day=paid_on, reference="B-1", cause="bank", home=office.home)

    done = act(office, case_id, credit)
    assert isinstance(done, Credited)
    return done


def owed(office: Office, case_id: int, on: date | None = None) -> FinePosition:
    with office.store.read() as session:
        found = fines.position_of(session, office.case(case_id), on=on or office.today, home=office.home)
    assert found is not None
    return found


def served(office: Office, case_id: int, on: date) -> None:
    def impose(work: Work, case: PenaltyCase) -> object:
        decision = decisions_of(work.session, case.id)[0]
        return fines.impose(work, case, decision=decision, served_on=on, home=office.home)

    act(office, case_id, impose, by="reviewer")


def test_service_begins_the_fifteen_days_once_and_a_rest_day_at_their_end_moves_on(office: Office) -> None:
    case_id, warned = office.decided(), office.decided(fine_fen=0)
    with pytest.raises(fines.NoSchedule, match="请先导入放假安排"):
        served(office, case_id, date(2035, 12, 28))
    with pytest.raises(BadEntry, match="先登记送达"):
        pay(office, case_id, 100)
    served(office, case_id, date(2026, 11, 20))
    first = office.entries(case_id)[0]
    assert (first.kind, first.day, first.fen) == ("impose", date(2026, 12, 7), FINE)
    assert first.reference == office.decision_of(case_id).number
    with pytest.raises(BadEntry, match="不能再次起算"):
        served(office, case_id, date(2026, 11, 21))
    served(office, warned, date(2026, 11, 20))
    assert office.entries(warned) == []
    with office.store.read() as session:
        assert fines.position_of(session, office.case(warned), on=office.today, home=office.home) is None


def test_a_payment_leaves_nothing_or_its_excess_and_no_sum_that_nobody_owes_is_credited(office: Office) -> None:
    exact, over, late = office.served(), office.served(), office.served(due_on=date(2026, 12, 4))
    assert pay(office, exact, FINE).excess_fen == 0
    assert pay(office, over, FINE + 250).excess_fen == 250
    assert pay(office, over, 100).excess_fen == 100
    assert owed(office, exact).balance_fen == 0
    assert owed(office, over).over_fen == 350
    for fen in (0, -100, 10**15):
        with pytest.raises(BadEntry, match="金额应大于0"):
            pay(office, exact, fen)
    with office.store.read() as session:
        found = fines.ledgers(session, [exact, over, 9_999])
        owing = fines.owing(session, [exact, over, late, 9_999], on=date(2026, 12, 5), home=office.home)
    assert {case_id: len(entries) for case_id, entries in found.items()} == {exact: 2, over: 3}
    assert owing == {exact: (0, 0), over: (0, 0), late: (FINE, 9_000)}


def test_a_late_payment_is_credited_as_of_its_day(office: Office, served_case: int) -> None:
    office.on(date(2026, 12, 20))
    assert owed(office, served_case).added_fen == 17 * 9_000
    pay(office, served_case, FINE, day=date(2026, 12, 5))
    late = owed(office, served_case)
    assert (late.principal_left_fen, late.added_left_fen) == (0, 2 * 9_000)


def test_what_the_bank_takes_back_is_owed_again_and_only_an_excess_is_given_back(office: Office) -> None:
    case_id, over = office.served(), office.served()
    paid = pay(office, case_id, FINE)

    def reverse(work: Work, case: PenaltyCase) -> object:
        return fines.reverse(work, case, entry_id=paid.entry_id, day=office.today, reference="R-1", home=office.home)

    def refund(fen: int) -> Callable[[Work, PenaltyCase], object]:
        return lambda work, case: fines.refund(work, case, fen=fen, day=office.today, reference="T-1", home=office.home)

    act(office, case_id, reverse)
    assert owed(office, case_id).balance_fen == FINE
    with pytest.raises(BadEntry, match="已经冲正过"):
        act(office, case_id, reverse)
    pay(office, over, FINE + 500)
    with pytest.raises(BadEntry, match=r"多缴¥5\.00"):
        act(office, over, refund(501))
    act(office, over, refund(500))
    assert owed(office, over).over_fen == 0


@pytest.mark.both
def test_an_entry_can_neither_be_changed_nor_removed(office: Office, served_case: int) -> None:
    entry = office.entries(served_case)[0]
    for statement in (f"UPDATE fine_entry SET fen = 1 WHERE id = {entry.id}", "DELETE FROM fine_entry"):
        with pytest.raises(Exception, match="append-only"), office.store.work("t", office.actor("cashier")) as work:
            work.session.connection().exec_driver_sql(statement)
    assert office.entries(served_case)[0].fen == FINE
