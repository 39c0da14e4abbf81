"""A decision is served by each way; with it the fifteen days and the ledger begin."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.penalty_duties import OwnInterest
from hall.rules.service import NotServed
from hall.services import penalty_corrections
from hall.services.penalty_serving import (
    NothingToServe,
    NothingUnderWay,
    PenaltyDelivery,
    PenaltyServed,
    arrived,
    failed,
    serve,
)
from hall.store.schema.penalties import ConflictOfInterest, PenaltyDecision, PenaltyService
from tests.services.penalties.office import FINE, Office

TODAY = date(2026, 11, 23)
DIRECT = PenaltyDelivery(
    way="direct", sent_on=TODAY, served_on=TODAY, recipient="张测明", capacity="本人", place="莲城区向阳路18号"
)


def served(office: Office, case_id: int, delivery: PenaltyDelivery, by: str = "reviewer") -> PenaltyServed:
    return serve(office.store, office.actor(by), case_id=case_id, delivery=delivery, home=office.home)


@pytest.mark.both
def test_a_decision_that_is_handed_over_is_due_on_the_fifteenth_day(office: Office, decided_case: int) -> None:
    done = served(office, decided_case, DIRECT)
    assert (done.served_on, done.due_on) == (TODAY, date(2026, 12, 8))
    assert office.case(decided_case).state == "served"
    (entry,) = office.entries(decided_case)
    assert (entry.kind, entry.fen, entry.day) == ("impose", FINE, date(2026, 12, 8))
    assert (office.events(decided_case)[-1].kind, office.events(decided_case)[-1].document_id) == (
        "serve",
        done.proof_document,
    )


def test_the_proof_says_what_was_handed_over_to_whom_and_by_whom(office: Office, decided_case: int) -> None:
    second = office.actor("other").account_id
    done = served(office, decided_case, replace(DIRECT, second_server_id=second))
    content = office.content(done.proof_document)
    assert content["server_names"] == "吴文正、郑小川"
    assert content["papers"] == [
        {"position": 1, "name": "行政处罚决定书", "number": office.decision_of(decided_case).number, "copies": 1}
    ]
    assert (content["violation_name"], content["case_number"]) == ("擅自占用城市道路", office.case(decided_case).number)


def test_a_fifteenth_day_that_rests_is_the_next_workday(office: Office, decided_case: int) -> None:
    yesterday = date(2026, 11, 20)
    done = served(office, decided_case, replace(DIRECT, sent_on=yesterday, served_on=yesterday))
    assert done.due_on == date(2026, 12, 7)


@pytest.mark.both
def test_a_letter_counts_from_its_arrival(office: Office, decided_case: int) -> None:
    letter = PenaltyDelivery(way="post", sent_on=date(2026, 11, 17), postal_number="EX000000001CN")
    assert served(office, decided_case, letter).served_on is None
    assert (office.case(decided_case).state, office.entries(decided_case)) == ("decided", [])
    with pytest.raises(NothingToServe):
        served(office, decided_case, DIRECT)
    came = replace(letter, served_on=date(2026, 11, 20))
    done = arrived(office.store, office.actor("clerk"), case_id=decided_case, delivery=came, home=office.home)
    assert done.due_on == date(2026, 12, 7)
    with pytest.raises(NothingUnderWay):
        arrived(office.store, office.actor("clerk"), case_id=decided_case, delivery=came, home=office.home)


@pytest.mark.both
def test_a_letter_that_came_back_lets_the_notice_be_published_and_the_notice_takes_thirty_days(
    office: Office, decided_case: int
) -> None:
    monday = date(2026, 11, 16)
    notice = PenaltyDelivery(way="public", sent_on=monday, proof=True)
    with pytest.raises(NotServed, match="下落不明"):
        served(office, decided_case, notice)
    served(office, decided_case, PenaltyDelivery(way="post", sent_on=monday, postal_number="EX1"))
    clerk = office.actor("clerk")
    failed(office.store, clerk, case_id=decided_case, failed_on=monday, failure="查无此人退回")
    done = served(office, decided_case, notice)
    assert (done.served_on, done.due_on) == (date(2026, 12, 16), date(2026, 12, 31))
    assert "视为送达" in str(office.content(done.proof_document)["remark"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sent_on": date(2026, 11, 15), "served_on": date(2026, 11, 16)}, "早于文书的日期"),
        ({"served_on": date(2026, 11, 22)}, "早于送出日期"),
        ({"served_on": date(2026, 11, 24)}, "在今天之后"),
        ({"recipient": ""}, "签收人"),
        ({"way": "left", "refusal": "拒不开门", "proof": True}, "两名送达人"),
        ({"way": "electronic"}, "同意书"),
    ],
)
def test_a_service_without_its_proof_is_refused(
    office: Office, decided_case: int, changes: dict[str, object], told: str
) -> None:
    with pytest.raises(NotServed, match=told):
        served(office, decided_case, replace(DIRECT, **changes))  # type: ignore[arg-type]  # fields of a delivery
    assert office.case(decided_case).state == "decided"


def test_a_later_decision_is_served_too_and_imposes_nothing_again(office: Office, served_case: int) -> None:
    with office.store.work("penalty.correct", office.actor("approver")) as work:
        first = office.decision_of(served_case)
        correction = PenaltyDecision(
            hall_id=work.hall_id,
            case_id=served_case,
            previous_id=first.id,
            kind="correct",
            number="莲城管罚更〔2026〕1号",
            decided_on=date(2026, 11, 20),
            decided_by=work.actor.account_id,
            fine_fen=first.fine_fen,
            at=work.now,
        )
        work.session.add(correction)
        work.audit(f"penalty:{served_case}")
    assert served(office, served_case, DIRECT).due_on is None
    assert len(office.entries(served_case)) == 1


def revoked(office: Office, case_id: int) -> None:
    penalty_corrections.revoke(
        office.store,
        office.actor("approver"),
        case_id=case_id,
        ground="evidence",
        reasons="主要证据不足，予以撤销",
        home=office.home,
    )


def test_after_a_revocation_only_the_revocation_is_served_and_no_fine_begins(office: Office, decided_case: int) -> None:
    revoked(office, decided_case)
    done = served(office, decided_case, DIRECT)
    assert office.content(done.proof_document)["papers"][0]["name"] == "撤销行政处罚决定书"  # type: ignore[index]
    assert (done.due_on, office.entries(decided_case)) == (None, [])
    with pytest.raises(NothingToServe):
        served(office, decided_case, DIRECT)


def test_a_decision_that_was_revoked_while_it_was_in_the_post_imposes_nothing_when_it_arrives(
    office: Office, decided_case: int
) -> None:
    letter = PenaltyDelivery(way="post", sent_on=date(2026, 11, 17), postal_number="EX000000001CN")
    served(office, decided_case, letter)
    revoked(office, decided_case)
    came = replace(letter, served_on=date(2026, 11, 20))
    done = arrived(office.store, office.actor("clerk"), case_id=decided_case, delivery=came, home=office.home)
    assert (done.due_on, office.entries(decided_case)) == (None, [])


def test_a_decision_not_to_punish_is_served_without_a_ledger(office: Office) -> None:
    case_id = office.decided(fine_fen=0)
    assert served(office, case_id, DIRECT).due_on is None
    assert (office.case(case_id).state, office.entries(case_id)) == ("served", [])


def test_who_stays_away_from_the_party_serves_nothing(office: Office, decided_case: int) -> None:
    with office.store.work("penalty.conflict", office.actor("boss")) as work:
        work.session.add(
            ConflictOfInterest(
                hall_id=work.hall_id,
                account_id=office.actor("reviewer").account_id,
                person_id=office.case(decided_case).party_id,
                reason="近亲属",
                from_day=date(2026, 1, 1),
                entered_by=work.actor.account_id,
            )
        )
        work.audit("conflict")
    with pytest.raises(OwnInterest):
        served(office, decided_case, DIRECT)
    with pytest.raises(NotAuthorised):
        served(office, decided_case, DIRECT, by="cashier")


def test_what_failed_stays_in_the_record(office: Office, decided_case: int) -> None:
    served(office, decided_case, PenaltyDelivery(way="transfer", sent_on=date(2026, 11, 18)))
    clerk = office.actor("clerk")
    failed(office.store, clerk, case_id=decided_case, failed_on=date(2026, 11, 1), failure="已经离开")
    with office.store.read() as session:
        (record,) = session.query(PenaltyService).filter_by(case_id=decided_case)
    assert (record.failed_on, record.failure) == (date(2026, 11, 18), "已经离开")
    with pytest.raises(NothingUnderWay):
        failed(office.store, clerk, case_id=decided_case, failed_on=TODAY, failure="退回")
