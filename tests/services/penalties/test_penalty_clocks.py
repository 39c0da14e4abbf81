"""The clocks of stored cases: of one, and of the whole hall by their days."""

from datetime import date

from hall.rules.penalty_clocks import PenaltyClock
from hall.services.penalty_clocks import clocks_of, open_clocks
from hall.store.schema.payments import CashCollection
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision, PenaltyEvent, PenaltyProposal, PenaltyService
from hall.store.schema.publicity import Publication
from tests.services.penalties.office import Office


def running(office: Office, case_id: int) -> dict[str, PenaltyClock]:
    with office.store.read() as session:
        case = session.get_one(PenaltyCase, case_id)
        found = clocks_of(session, case, today=office.today, home=office.home)
    return {clock.kind: clock for clock in found if clock.ended_on is None}


def write(office: Office, *records: object) -> None:
    with office.store.work("test", office.actor("boss")) as work:
        work.session.add_all(records)
        work.audit("test")


def test_a_registered_case_runs_ninety_days_and_its_order_to_correct(office: Office, registered_case: int) -> None:
    found = running(office, registered_case)
    assert set(found) == {"correction", "closing"}
    assert found["correction"].due == date(2026, 11, 9)
    assert found["closing"].strict_due == date(2027, 2, 1)


def test_a_decided_case_waits_to_be_served_and_shown(office: Office, decided_case: int) -> None:
    decision = office.decision_of(decided_case)
    write(
        office,
        Publication(
            hall_id=decision.hall_id, case_id=decided_case, decision_id=decision.id, decided_on=decision.decided_on
        ),
    )
    found = running(office, decided_case)
    assert {kind: found[kind].due for kind in ("service", "publicity")} == {
        "service": date(2026, 11, 25),
        "publicity": date(2026, 11, 25),
    }


def test_a_letter_on_its_way_is_no_longer_late(office: Office, decided_case: int) -> None:
    decision = office.decision_of(decided_case)
    write(
        office,
        PenaltyService(
            hall_id=decision.hall_id,
            case_id=decided_case,
            decision_id=decision.id,
            way="post",
            sent_on=date(2026, 11, 20),
            server_id=office.actor("clerk").account_id,
        ),
    )
    assert "service" not in running(office, decided_case)


def test_a_served_case_is_paid_in_fifteen_days(office: Office, served_case: int) -> None:
    assert running(office, served_case)["payment"].due == date(2026, 12, 3)


def test_an_overdue_fine_has_its_threshold_and_the_court_its_months(office: Office) -> None:
    case_id = office.served(on=date(2026, 3, 2), served_on=date(2026, 3, 3), due_on=date(2026, 3, 18))
    case = office.case(case_id)
    write(
        office,
        PenaltyEvent(
            hall_id=case.hall_id,
            case_id=case_id,
            at=office.clock.now(),
            day=date(2026, 11, 20),
            kind="remind",
            state="served",
            account_id=1,
        ),
    )
    found = running(office, case_id)
    assert found["enforcement"].due == date(2026, 4, 17)
    assert found["court"].due == date(2026, 12, 3)
    assert found["reminder"].due == date(2026, 12, 4)


def test_what_was_told_and_taken_in_cash_has_its_days(office: Office, registered_case: int) -> None:
    case = office.case(registered_case)
    proposal = PenaltyProposal(
        hall_id=case.hall_id,
        case_id=registered_case,
        round=1,
        result="ordinary",
        version_id=office.version_id,
        low_fen=1,
        high_fen=2,
        fine_fen=1,
        facts="",
        evidence="",
        reasons="",
        proposed_on=office.today,
        proposed_by=1,
        told_on=date(2026, 11, 20),
        defend_by=date(2026, 11, 27),
        hearing_due=True,
        state="open",
    )
    cash = CashCollection(
        hall_id=case.hall_id,
        case_id=registered_case,
        ground="small",
        receipt_number="0000001",
        fen=5000,
        collected_on=date(2026, 11, 20),
        collected_by=1,
    )
    write(office, proposal, cash)
    found = running(office, registered_case)
    assert found["defence"].due == found["hearing_request"].due == date(2026, 11, 27)
    assert found["cash_office"].due == date(2026, 11, 24)


def test_the_hall_sees_every_running_clock_of_its_open_cases_with_masked_names(
    office: Office, decided_case: int, served_case: int
) -> None:
    office.registered(state="dropped", closed_on=date(2026, 11, 20))
    with office.store.read() as session:
        found = open_clocks(session, hall_id=office.store.hall_id, today=office.today, home=office.home)
    assert {each.case_id for each in found} == {decided_case, served_case}
    assert {each.party_masked for each in found} == {"张*明"}
    days = [each.clock.due or date.max for each in found]
    assert days == sorted(days)
    assert all(each.clock.ended_on is None for each in found)
    assert next(each for each in found if each.clock.kind == "service").number == office.case(decided_case).number


def test_a_second_decision_starts_no_second_clock_of_service(office: Office, served_case: int) -> None:
    first = office.decision_of(served_case)
    write(
        office,
        PenaltyDecision(
            hall_id=first.hall_id,
            case_id=served_case,
            previous_id=first.id,
            kind="correct",
            number="更1",
            decided_on=date(2026, 11, 20),
            decided_by=1,
            fine_fen=first.fine_fen,
            at=office.clock.now(),
        ),
    )
    assert "service" not in running(office, served_case)
