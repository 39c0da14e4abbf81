"""What the tests of penalties start from."""

from hall.services.penalty_records import duties_of
from tests.services.penalties.office import FINE, Office


def test_a_case_of_each_stage_is_what_it_says(
    office: Office, registered_case: int, decided_case: int, served_case: int
) -> None:
    states = [office.case(case_id).state for case_id in (registered_case, decided_case, served_case)]
    assert states == ["filed", "decided", "served"]
    assert [entry.fen for entry in office.entries(served_case)] == [FINE]
    with office.store.read() as session:
        duties = duties_of(session, decided_case)
    people = {actor.account_id: login for login, actor in office.people.items()}
    assert {people[key]: duty for key, duty in duties.items()} == {
        "clerk": "intake",
        "reviewer": "investigate",
        "other": "investigate",
        "approver": "decide",
    }
