"""Only the officers of a case investigate it; head and manager change them, with a reason."""

from datetime import date

import pytest

from hall.errors import Refused
from hall.rules.authority import NotAuthorised
from hall.rules.penalty_duties import NotTheOfficer
from hall.services import penalty_officers
from hall.services.penalty_officers import CannotChange, OtherDuty
from hall.services.penalty_records import officer_accounts
from hall.services.penalty_staff import NotTwoOfficers
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office

REASON = "原执法人员调离"


def officers(office: Office, case_id: int) -> set[int]:
    with office.store.read() as session:
        return set(officer_accounts(session, case_id))


def test_who_is_no_officer_of_a_case_does_not_investigate_it(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    with pytest.raises(NotTheOfficer, match="调整执法人员"):
        deciding.propose(case_id, login="head")
    office.appoint(case_id, "head", "other")
    assert deciding.propose(case_id, login="head")
    with pytest.raises(NotTheOfficer):
        deciding.propose(case_id, login="reviewer")


def test_a_change_is_told_with_its_reason_and_both_sides(office: Office) -> None:
    case_id = office.registered()
    office.appoint(case_id, "reviewer", "head")
    event = office.events(case_id)[-1]
    assert (event.kind, event.note) == ("officers", REASON)
    assert officers(office, case_id) == {office.actor("reviewer").account_id, office.actor("head").account_id}


def test_who_was_an_officer_decides_nothing_in_the_case_afterwards(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    office.appoint(case_id, "reviewer", "everything")
    office.appoint(case_id, "reviewer", "other")
    deciding.propose(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    with pytest.raises(Refused, match="不能再负责批准决定"):
        deciding.decide(case_id, login="everything")


@pytest.mark.parametrize("people", [("reviewer",), ("reviewer", "helper"), ("reviewer", "expired")])
def test_two_valid_certificates_are_wanted(office: Office, people: tuple[str, ...]) -> None:
    case_id = office.registered()
    before = officers(office, case_id)
    with pytest.raises(NotTwoOfficers):
        office.appoint(case_id, *people)
    assert officers(office, case_id) == before


def test_who_reviews_the_case_does_not_become_its_officer(office: Office, deciding: Deciding) -> None:
    case_id = office.registered()
    deciding.propose_grave(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    office.on(date(2026, 12, 3))
    deciding.review(case_id, login="everything")
    with pytest.raises(OtherDuty, match="蒋万能在本案负责法制审核"):
        office.appoint(case_id, "reviewer", "everything")


def test_the_same_officers_again_are_no_change(office: Office) -> None:
    with pytest.raises(CannotChange, match="没有变动"):
        office.appoint(office.registered(), "reviewer", "other")


def test_an_ended_case_keeps_its_officers(office: Office) -> None:
    with pytest.raises(CannotChange, match="案件已经结束"):
        office.appoint(office.registered(state="dropped", closed_on=date(2026, 11, 20)), "reviewer", "head")


def test_an_officer_does_not_choose_the_officers(office: Office) -> None:
    with pytest.raises(NotAuthorised):
        penalty_officers.change(
            office.store,
            office.actor("reviewer"),
            case_id=office.registered(),
            certificates=(office.certificates["reviewer"], office.certificates["head"]),
            reason=REASON,
        )
