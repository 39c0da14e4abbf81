"""Other units asked, and those whose interests are touched heard."""

from datetime import date

import pytest

from hall.rules.permits import NotNow
from hall.services import documents
from hall.services.consultations import DayHasPassed, NoSuchConsultation, NoSuchParty, OnlyLater
from hall.services.persons import PersonDetails
from hall.services.reviewing import Proposal
from tests.services.review.bureau import Bureau


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    return bureau.under_review(bureau.publish("R1"))


@pytest.mark.both
def test_a_unit_is_asked_with_a_day_and_its_silence_is_counted(bureau: Bureau, case_id: int) -> None:
    desk, due = bureau.desk("reviewer"), bureau.running(case_id)["statutory"].due_on
    with pytest.raises(DayHasPassed):
        desk.consult(case_id, unit="交警大队", question="是否影响交通", answer_by=date(2026, 11, 20))
    paper = desk.consult(case_id, unit="交警大队", question="是否影响交通", answer_by=date(2026, 11, 25))
    assert documents.frozen(bureau.store, paper.document_id).content["unit_name"] == "交警大队"
    with pytest.raises(NotNow, match="1个单位没有答复"):
        desk.propose(case_id, Proposal("granted", "拟同意"))
    asked = desk.desk_file(case_id).records.consultations[0]
    assert not asked.overdue
    with pytest.raises(OnlyLater, match="2026-11-25"):
        desk.give_longer(case_id, asked.consultation_id, date(2026, 11, 24))
    desk.give_longer(case_id, asked.consultation_id, date(2026, 11, 26))
    bureau.on(2026, 11, 27)
    assert desk.desk_file(case_id).records.consultations[0].overdue
    desk.consultation_answered(case_id, asked.consultation_id, agrees=False, text="高峰时段影响交通")
    assert '"late": true' in bureau.events(case_id)[-1].detail
    with pytest.raises(NoSuchConsultation):
        desk.consultation_answered(case_id, asked.consultation_id, agrees=True, text="同意")
    desk.propose(case_id, Proposal("granted", "限定时段后同意"))
    assert bureau.running(case_id)["statutory"].due_on == due


@pytest.mark.both
def test_a_party_is_told_heard_and_shown_masked(bureau: Bureau, case_id: int) -> None:
    desk = bureau.desk("reviewer")
    party = desk.add_party(case_id, PersonDetails(kind="resident", name="李邻居", phone="13900005678"), "相邻商铺")
    desk.hear_party(case_id, party, "希望保留通道")
    with pytest.raises(NoSuchParty):
        desk.hear_party(case_id, party + 1, "没有这个人")
    shown = desk.desk_file(case_id).records.parties[0]
    assert (shown.relation, shown.statement, str(shown.told_on)) == ("相邻商铺", "希望保留通道", "2026-11-23")
    assert shown.person.name_masked != "李邻居"
    assert all("李邻居" not in each.detail + each.note for each in bureau.events(case_id))
