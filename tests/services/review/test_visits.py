"""Site visits: two officers with certificates, a record with the photos, no limit of law waits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from hall.rules.permits import NotNow
from hall.rules.separation import SamePerson
from hall.services import documents
from hall.services.reviewing import Proposal
from hall.services.visits import BadgeMissing, BeforeItHappened, NotBooked, TooFewOfficers, VisitOfficer
from hall.store.schema.people import Account
from hall.store.schema.reviewing import CaseVisit, CaseVisitOfficer
from tests.services.review.bureau import Bureau


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    return bureau.under_review(bureau.publish("R1", site_visit=True))


@pytest.mark.both
def test_a_visit_is_recorded_with_two_officers_and_its_paper(bureau: Bureau, case_id: int) -> None:
    due = bureau.running(case_id)["statutory"].due_on
    record = bureau.visit_record("reviewer", "other")
    visit_id = bureau.desk("reviewer").book_visit(case_id, at=record.began_at, place="向阳路18号")
    with pytest.raises(NotNow, match="还没有记录结果"):
        bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))
    paper = bureau.desk("reviewer").make_visit(case_id, visit_id, record)
    with bureau.store.read() as session:
        visit = session.get_one(CaseVisit, visit_id)
        badges = session.scalars(select(CaseVisitOfficer.badge_number)).all()
    assert (visit.state, visit.passed, visit.applicant_signed, visit.document_id) == (
        "made",
        True,
        True,
        paper.document_id,
    )
    assert sorted(badges) == ["陕执other", "陕执reviewer"]
    content = documents.frozen(bureau.store, paper.document_id).content
    assert content["place"] == "向阳路18号"
    assert bureau.running(case_id)["statutory"].due_on == due
    with pytest.raises(NotBooked):
        bureau.desk("reviewer").make_visit(case_id, visit_id, record)


@pytest.mark.both
def test_one_officer_alone_or_one_named_twice_is_refused(bureau: Bureau, case_id: int) -> None:
    record = bureau.visit_record("reviewer")
    visit_id = bureau.desk("reviewer").book_visit(case_id, at=record.began_at, place="向阳路18号")
    officer, other = VisitOfficer(bureau.id_of("reviewer")), VisitOfficer(bureau.id_of("other"), "陕执reviewer")
    for officers in ((officer,), (officer, officer), (officer, VisitOfficer(10**6)), (officer, other)):
        with pytest.raises(TooFewOfficers):
            bureau.desk("reviewer").make_visit(case_id, visit_id, replace(record, officers=officers))
    with bureau.store.work("account.badge", bureau.people["boss"]) as work:
        work.session.get_one(Account, bureau.id_of("other")).badge_number = ""
        work.audit("account", badge="")
    both = (officer, VisitOfficer(bureau.id_of("other")))
    with pytest.raises(BadgeMissing, match="郑小川"):
        bureau.desk("reviewer").make_visit(case_id, visit_id, replace(record, officers=both))


@pytest.mark.both
def test_a_visit_that_lies_ahead_has_no_record_and_may_be_cancelled(bureau: Bureau, case_id: int) -> None:
    record = bureau.visit_record("reviewer", "other")
    visit_id = bureau.desk("reviewer").book_visit(case_id, at=record.began_at, place="向阳路18号")
    for wrong in (
        replace(record, ended_at=record.ended_at + timedelta(days=1)),
        replace(record, began_at=record.ended_at + timedelta(minutes=1)),
    ):
        with pytest.raises(BeforeItHappened):
            bureau.desk("reviewer").make_visit(case_id, visit_id, wrong)
    bureau.desk("reviewer").cancel_visit(case_id, visit_id, "申请人要求改期")
    with pytest.raises(NotBooked):
        bureau.desk("reviewer").cancel_visit(case_id, visit_id, "再取消")
    with pytest.raises(NotNow, match="还没有勘查记录"):
        bureau.desk("reviewer").propose(case_id, Proposal("granted", "拟同意"))


def test_who_visited_the_place_does_not_chair_a_hearing_and_the_other_way_round(bureau: Bureau, case_id: int) -> None:
    record = bureau.visit_record("reviewer", "deputy")
    visit_id = bureau.desk("reviewer").book_visit(case_id, at=record.began_at, place="向阳路18号")
    bureau.desk("reviewer").make_visit(case_id, visit_id, record)
    with pytest.raises(Exception, match="冯国安参与了"):
        bureau.announce(case_id, day=(2026, 12, 7), chair="deputy")
    bureau.announce(case_id, day=(2026, 12, 7), chair="everything")
    bureau.on(2026, 12, 7, 17)
    bureau.hold(case_id)
    bureau.desk("reviewer").release(case_id, "交给他人")
    with pytest.raises(SamePerson, match="主持听证"):
        bureau.desk("everything").claim(case_id)
    with pytest.raises(SamePerson, match="主持听证"):
        bureau.desk("everything").propose(case_id, Proposal("granted", "拟同意"))
