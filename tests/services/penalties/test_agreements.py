"""Execution agreements: what was added is waived for remedial steps, the fine never; breach lets it grow again."""

from datetime import date

import pytest

from hall.rules.fine_acts import NotNow
from hall.rules.fine_entries import BadEntry
from hall.rules.fines import Part
from hall.rules.penalty_duties import DutyConflict
from hall.services import agreements, penalty_corrections
from hall.services.agreements import NewAgreement, Outdated, TooMuchWaived
from hall.services.penalty_remedies import RemedyEnd
from hall.store.schema.fines import ExecutionAgreement
from tests.services.penalties.office import FINE, Office
from tests.services.penalties.test_deferrals import paper
from tests.services.penalties.test_fines import owed, pay
from tests.services.penalties.test_remedies_of_party import begin, end

DRAWN = date(2026, 12, 14)
"""Eleven days after the last day to pay; ten of them were added: 900 yuan."""
ADDED = 90_000
PARTS = Part(date(2026, 12, 25), 150_000), Part(date(2027, 1, 25), 180_000)


def drawn(waived: int = 60_000, parts: tuple[Part, ...] = PARTS) -> NewAgreement:
    return NewAgreement("已恢复人行道原状，每日收摊后清理地面", waived, parts)


def propose(office: Office, case_id: int, new: NewAgreement | None = None) -> int:
    reviewer = office.actor("reviewer")
    return agreements.propose(office.store, reviewer, case_id=case_id, new=new or drawn(), home=office.home)


def state(office: Office, agreement_id: int) -> str:
    with office.store.read() as session:
        return session.get_one(ExecutionAgreement, agreement_id).state


@pytest.mark.both
def test_an_agreement_waives_of_the_addition_stops_it_and_is_kept_when_all_is_paid(
    office: Office, served_case: int
) -> None:
    office.on(DRAWN)
    agreement = propose(office, served_case)
    office.on(date(2026, 12, 17))
    issued = agreements.approve(office.store, office.actor("approver"), case_id=served_case, home=office.home)
    now = owed(office, served_case)
    assert (now.principal_fen, now.added_fen, now.waived_fen, now.balance_fen) == (FINE, ADDED, 60_000, 330_000)
    kind, content = paper(office, issued.document_id)
    assert kind == "execution_agreement"
    assert all(words in content for words in ("2026年12月13日", "¥900.00", "¥600.00", "¥3,300.00"))
    assert "减免不再有效" not in content
    assert state(office, agreement) == "active"
    for part in PARTS:
        office.on(part.due_on)
        pay(office, served_case, part.fen)
    assert state(office, agreement) == "kept"
    assert owed(office, served_case, date(2027, 3, 1)).balance_fen == 0


def test_an_agreement_is_kept_when_a_lower_fine_of_the_review_is_paid_already(office: Office, served_case: int) -> None:
    office.on(DRAWN)
    agreement = propose(office, served_case)
    approver = office.actor("approver")
    agreements.approve(office.store, approver, case_id=served_case, home=office.home)
    pay(office, served_case, 150_000)
    office.on(date(2027, 1, 20))
    begin(office, served_case, on=date(2027, 1, 5))
    end(office, served_case, RemedyEnd("varied", date(2027, 1, 20), "莲府复决〔2027〕3号"))
    penalty_corrections.vary(
        office.store, approver, case_id=served_case, fine_fen=100_000, reasons="复议决定变更为1000元", home=office.home
    )
    assert (owed(office, served_case).balance_fen, state(office, agreement)) == (0, "kept")


def test_after_a_breach_the_unpaid_fine_grows_again(office: Office, served_case: int) -> None:
    office.on(DRAWN)
    agreement = propose(office, served_case)
    agreements.approve(office.store, office.actor("approver"), case_id=served_case, home=office.home)
    reviewer = office.actor("reviewer")
    with pytest.raises(NotNow, match="没有违约"):
        agreements.breach(office.store, reviewer, case_id=served_case, note="第一期未缴", home=office.home)
    office.on(date(2026, 12, 28))
    agreements.breach(office.store, reviewer, case_id=served_case, note="第一期未缴", home=office.home)
    assert state(office, agreement) == "breached"
    now = owed(office, served_case)
    assert (now.added_fen, now.waived_fen, now.principal_left_fen) == (ADDED + 9_000, 60_000, FINE)
    assert propose(office, served_case, drawn(30_000, (Part(date(2027, 2, 1), FINE),))) > agreement


@pytest.mark.both
def test_nothing_but_what_was_added_can_be_waived(office: Office) -> None:
    early, late = office.served(), office.served()
    with pytest.raises(NotNow, match="罚款本金依法不能减免"):
        propose(office, early)
    office.on(DRAWN)
    for waived in (0, -1, ADDED + 1):
        with pytest.raises(TooMuchWaived, match=r"不超过已经加处的¥900\.00"):
            propose(office, late, drawn(waived))
    with pytest.raises(BadEntry, match=r"少¥0\.01"):
        propose(office, late, drawn(59_999))
    pay(office, early, FINE)
    settled = propose(office, early, drawn(99_000, ()))
    agreements.approve(office.store, office.actor("approver"), case_id=early, home=office.home)
    assert state(office, settled) == "kept"
    assert owed(office, early).paid_fen == FINE


@pytest.mark.both
def test_an_agreement_that_no_longer_fits_is_drawn_up_anew(office: Office) -> None:
    paid, late, own = office.served(), office.served(), office.served()
    approver = office.actor("approver")
    office.on(DRAWN)
    first, second = propose(office, paid), propose(office, late)
    everything = office.actor("everything")
    office.appoint(own, "reviewer", "everything")
    agreements.propose(office.store, everything, case_id=own, new=drawn(), home=office.home)
    with pytest.raises(DutyConflict):
        agreements.approve(office.store, everything, case_id=own, home=office.home)
    pay(office, paid, 10_000, day=date(2026, 12, 10))
    with pytest.raises(Outdated, match="账目有变化"):
        agreements.approve(office.store, approver, case_id=paid, home=office.home)
    office.on(date(2026, 12, 26))
    with pytest.raises(Outdated, match="第1期的期限2026-12-25已经过了"):
        agreements.approve(office.store, approver, case_id=late, home=office.home)
    agreements.refuse(office.store, approver, case_id=late, reasons="第一期已经过期，请重新拟定", home=office.home)
    assert (state(office, first), state(office, second)) == ("proposed", "refused")
    assert owed(office, late).waived_fen == 0
