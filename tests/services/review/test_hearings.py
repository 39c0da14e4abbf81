"""Hearings: five workdays to ask, twenty to hold, seven of notice; only the written notice stops the limits."""

import pytest
from sqlalchemy import select

from hall.rules.permits import NotNow
from hall.services import documents
from hall.services.hearing_seats import ChairReviews, NoSuchSeat, Seats
from hall.services.hearings import AskedTooLate, HeldTooLate, NoSuchHearing, NoticeTooShort, NotYetHeld, PeriodUnknown
from hall.services.persons import PersonDetails
from hall.services.reviewing import Proposal
from hall.store.schema.clocks import CasePause
from hall.store.schema.documents import Document
from hall.store.schema.reviewing import CaseHearing
from tests.services.review.bureau import Bureau


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    return bureau.under_review(bureau.publish("R1"))


def _hearing(bureau: Bureau) -> CaseHearing:
    with bureau.store.read() as session:
        return session.scalars(select(CaseHearing).order_by(CaseHearing.id.desc()).limit(1)).one()


@pytest.mark.both
def test_a_hearing_goes_from_the_right_to_its_record(bureau: Bureau, case_id: int) -> None:
    """Monday 23 November: told; asked on the last day, 30 November; announced the same day for 10 December."""
    desk = bureau.desk("reviewer")
    before = bureau.running(case_id)
    told = desk.tell_hearing_right(case_id, "拟不予许可")
    assert str(_hearing(bureau).ask_by) == "2026-11-30"
    with pytest.raises(NotNow, match="听证还没有结束"):
        desk.propose(case_id, Proposal("denied", "拟不予"))
    bureau.on(2026, 11, 30)
    desk.ask_hearing(case_id, _hearing(bureau).id)
    assert str(_hearing(bureau).hold_by) == "2026-12-28"
    assert {each.state for each in bureau.running(case_id).values() if each.kind == "statutory"} == {"running"}
    bureau.announce(case_id, day=(2026, 12, 10), chair="head", hearing_id=_hearing(bureau).id)
    during = bureau.running(case_id)
    assert (bureau.case(case_id).state, during["statutory"].state, during["promised"].state) == (
        "suspended",
        "paused",
        "paused",
    )
    with pytest.raises(NotYetHeld):
        bureau.hold(case_id)
    bureau.on(2026, 12, 10, 17)
    paper = bureau.hold(case_id)
    after = bureau.running(case_id)
    assert (bureau.case(case_id).state, after["statutory"].state) == ("reviewing", "running")
    assert after["statutory"].due_ordinal == (before["statutory"].due_ordinal or 0) + 8
    assert after["promised"].due_ordinal == (before["promised"].due_ordinal or 0) + 8
    kinds = [documents.frozen(bureau.store, each).kind for each in (told.document_id, paper.document_id)]
    assert kinds == ["hearing_right", "hearing_record"]
    with bureau.store.read() as session:
        issued = set(session.scalars(select(Document.kind).where(Document.case_id == case_id)))
    assert {"hearing_notice", "procedure", "procedure_end"} <= issued
    desk.propose(case_id, Proposal("denied", "听证后仍不符合条件"))


def test_silence_is_a_waiver_and_a_late_request_is_refused(bureau: Bureau, case_id: int) -> None:
    desk = bureau.desk("reviewer")
    desk.tell_hearing_right(case_id, "拟不予许可")
    hearing = _hearing(bureau)
    bureau.on(2026, 12, 1)
    with pytest.raises(AskedTooLate, match="2026-11-30"):
        desk.ask_hearing(case_id, hearing.id)
    desk.propose(case_id, Proposal("denied", "不符合条件"))
    assert (_hearing(bureau).state, bureau.case(case_id).state) == ("waived", "examining")
    assert any('"lapsed"' in each.detail for each in bureau.events(case_id))


def test_a_notice_of_less_than_seven_workdays_and_a_hearing_after_twenty_are_refused(
    bureau: Bureau, case_id: int
) -> None:
    desk = bureau.desk("reviewer")
    with pytest.raises(NoticeTooShort, match="2026-11-20"):
        bureau.announce(case_id, day=(2026, 12, 1), chair="head")
    desk.tell_hearing_right(case_id, "拟不予许可")
    desk.ask_hearing(case_id, _hearing(bureau).id)
    with pytest.raises(HeldTooLate, match="2026-12-21"):
        bureau.announce(case_id, day=(2026, 12, 22), chair="head", hearing_id=_hearing(bureau).id)
    bureau.announce(case_id, day=(2026, 12, 2), chair="head", hearing_id=_hearing(bureau).id)
    with pytest.raises(NoSuchHearing):
        bureau.announce(case_id, day=(2026, 12, 21), chair="head", hearing_id=_hearing(bureau).id)


def test_the_chair_is_none_of_those_who_review(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(ChairReviews, match="吴文正"):
        bureau.announce(case_id, day=(2026, 12, 7), chair="reviewer")
    for chair, recorder in (("head", "head"), ("head", None)):
        with pytest.raises(NoSuchSeat):
            bureau.announce(case_id, day=(2026, 12, 7), chair=chair, recorder=recorder)
    assert bureau.case(case_id).state == "reviewing"


def test_a_period_that_ends_in_a_year_without_a_schedule_is_not_guessed(bureau: Bureau, case_id: int) -> None:
    bureau.on(2026, 12, 28)
    with pytest.raises(PeriodUnknown, match="2027年放假安排未录入"):
        bureau.desk("reviewer").tell_hearing_right(case_id, "拟不予许可")


def test_a_request_that_is_taken_back_ends_the_procedure(bureau: Bureau, case_id: int) -> None:
    desk = bureau.desk("reviewer")
    desk.tell_hearing_right(case_id, "拟不予许可")
    desk.ask_hearing(case_id, _hearing(bureau).id)
    bureau.announce(case_id, day=(2026, 12, 7), chair="head", hearing_id=_hearing(bureau).id)
    bureau.on(2026, 11, 25)
    desk.waive_hearing(case_id, _hearing(bureau).id, "申请人撤回听证申请")
    with bureau.store.read() as session:
        pause = session.scalars(select(CasePause)).one()
    assert (str(pause.started_on), str(pause.last_on), str(pause.ended_on)) == (
        "2026-11-23",
        "2026-11-24",
        "2026-11-25",
    )
    assert (bureau.case(case_id).state, _hearing(bureau).state) == ("reviewing", "waived")


def test_a_party_whose_interests_are_touched_is_told_of_the_right_too(bureau: Bureau, case_id: int) -> None:
    desk = bureau.desk("reviewer")
    neighbour = PersonDetails(kind="resident", name="李邻居")
    party = desk.add_party(case_id, neighbour, "相邻商铺")
    paper = desk.tell_hearing_right(case_id, "占道位置", party_id=party)
    assert documents.frozen(bureau.store, paper.document_id).content["addressee"] == "李邻居"
    with pytest.raises(NoSuchHearing):
        desk.tell_hearing_right(case_id, "占道位置", party_id=party + 1)
    assert Seats("会议室", 1, 2).public
