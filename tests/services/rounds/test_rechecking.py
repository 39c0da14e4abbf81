"""A score that is objected to is reviewed once more, by another reviewer; everything follows what stands then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from hall.errors import HallError
from hall.rules.authority import NotAuthorised
from hall.rules.dossier import NoSuchFault
from hall.rules.dossier_review import (
    CannotOnReview,
    NotTheResponsible,
    RecheckedAlready,
    SameHandRechecks,
    SameHandVerifies,
    TookPart,
)
from hall.services.penalty_records import add_penalty_event
from hall.services.persons import ReasonHoldsNumber
from hall.services.reasons import ReasonNeeded
from hall.services.review_rechecking import NothingReplaced
from hall.services.round_counts import counts_of
from hall.services.round_integrity import false_rounds
from hall.services.round_records import CannotOnRound
from hall.store.schema.documents import Document
from hall.store.schema.dossier_reviews import ReviewAssignment, ReviewFinding
from hall.store.schema.penalties import PenaltyCase, PenaltyEvent
from tests.services.rounds.panel import Panel

WHY = "第12页背面写有送达时间"


@pytest.fixture
def objected(panel: Panel) -> int:
    """ "reviewer" objects to 92 points, to be corrected by 10 December; today is 25 November."""
    panel.closed(1)
    (drawn,) = panel.drawn()
    key = panel.notified(drawn.assignment_id).assignment_id
    panel.front("reviewer").object_to(key, "送达时间写在第12页背面")
    return key


def another(panel: Panel, key: int) -> str:
    """A reviewer who has nothing to do with the dossier."""
    return next(each for each in ("head", "approver2", "everything") if each != panel.reviewer_of(key))


@pytest.mark.both
def test_a_score_is_replaced_and_everything_follows_what_stands(panel: Panel, objected: int) -> None:
    row = panel.row(objected)
    assert (row.state, row.score, row.late, row.acts) == ("objected", 92, False, ())
    second = panel.front(another(panel, objected))
    assert [each.acts for each in second.dossiers()] == [("recheck",)]
    done = second.recheck(objected, found={}, reason=WHY)
    assert (done.points, done.grade) == (100, "优秀")
    row = panel.row(objected)
    assert (row.state, row.score, row.grade, row.faults, row.correct_by) == ("closed", 100, "优秀", (), None)
    assert row.recheck is not None
    assert (row.recheck.first_score, row.recheck.confirmed, row.recheck.reason) == (92, False, WHY)
    assert [each.note for each in row.recheck.first_faults] == ["第12页没有填写送达时间"]
    with panel.office.store.read() as session:
        assert false_rounds(session) == []
        case_id = session.scalars(select(ReviewAssignment.case_id)).one()
        told = session.scalars(
            select(PenaltyEvent.detail)
            .where(PenaltyEvent.case_id == case_id, PenaltyEvent.kind == "file_review")
            .order_by(PenaltyEvent.id)
        ).all()
        kinds = session.scalars(select(Document.kind).order_by(Document.id)).all()
        counts = counts_of(
            session, hall_id=panel.office.store.hall_id, first=date(2026, 11, 1), last=date(2026, 12, 31)
        )
    assert ['"points": 92' in told[0], '"points": 100' in told[1]] == [True, True]
    assert kinds[-3:] == ["review_sheet", "review_correction", "review_recheck"]
    assert (counts.scored, counts.points, counts.due) == (1, 100, 0)


@pytest.mark.both
def test_a_score_is_confirmed_and_the_correction_gets_the_days_back(panel: Panel, objected: int) -> None:
    panel.office.on(date(2026, 11, 30))
    assert panel.front(another(panel, objected)).recheck(objected, found=None, reason="背面没有时间").points == 92
    row = panel.row(objected)
    assert (row.state, row.score, row.correct_by) == ("correcting", 92, date(2026, 12, 15))
    assert [each.note for each in row.faults] == ["第12页没有填写送达时间"]
    with pytest.raises(RecheckedAlready):
        panel.front("reviewer").object_to(objected, "再看一次")
    panel.front("reviewer").correct(objected, "已补记")
    panel.front("boss").verify(objected, passed=True, note="", correct_by=None)
    assert panel.row(objected).state == "closed"


def test_a_worse_score_stands_with_its_own_faults(panel: Panel, objected: int) -> None:
    second = panel.front(another(panel, objected))
    second.recheck(objected, found={"penalty_procedure": "第3页只有一人签名"}, reason="原评查没有看第3页")
    row = panel.row(objected)
    assert (row.score, row.illegal, row.state) == (0, True, "correcting")
    assert [each.note for each in row.faults] == ["第3页只有一人签名"]
    with panel.office.store.read() as session:
        sheets = session.execute(select(ReviewFinding.sheet, ReviewFinding.fault).order_by(ReviewFinding.id)).all()
    assert [tuple(each) for each in sheets] == [(1, "service"), (2, "penalty_procedure")]


def test_what_was_corrected_before_a_confirmation_waits_for_who_verifies(panel: Panel) -> None:
    panel.closed(1)
    (drawn,) = panel.drawn()
    key = panel.notified(drawn.assignment_id).assignment_id
    panel.front("reviewer").correct(key, "已补记")
    panel.front("reviewer").object_to(key, "本来就有")
    panel.front(another(panel, key)).recheck(key, found=None, reason="没有")
    assert panel.row(key).state == "corrected"


@pytest.mark.both
def test_nobody_reviews_his_own_score_or_his_own_case_again(panel: Panel) -> None:
    (case_id,) = panel.closed(1)
    (drawn,) = panel.drawn()
    gave_back = panel.reviewer_of(drawn.assignment_id)
    panel.front("boss").replace(drawn.assignment_id, "长期病假")
    key = panel.notified(drawn.assignment_id).assignment_id
    with pytest.raises(CannotOnReview, match="没有提出异议"):
        panel.front("lawyer").recheck(key, found=None, reason=WHY)
    with pytest.raises(NotTheResponsible):
        panel.front("other").object_to(key, "不服")
    panel.front("reviewer").object_to(key, "不服")
    for login in (panel.reviewer_of(key), gave_back, "reviewer"):
        with pytest.raises(SameHandRechecks):
            panel.front(login).recheck(key, found=None, reason=WHY)
    with pytest.raises(TookPart):
        panel.front("approver").recheck(key, found=None, reason=WHY)
    with pytest.raises(NotAuthorised):
        panel.front("boss").recheck(key, found=None, reason=WHY)
    with panel.office.store.work("test.part", panel.office.actor("lawyer")) as work:
        add_penalty_event(work, work.session.get_one(PenaltyCase, case_id), "publish")
        work.audit("test")
    with pytest.raises(TookPart):
        panel.front("lawyer").recheck(key, found=None, reason=WHY)
    assert panel.front("approver").dossiers() == ()


def test_a_reason_is_needed_and_the_table_of_the_round(panel: Panel, objected: int) -> None:
    second = panel.front(another(panel, objected))
    with pytest.raises(ReasonNeeded):
        second.recheck(objected, found=None, reason=" ")
    with pytest.raises(ReasonNeeded, match="卷内顺序"):
        second.recheck(objected, found={"order": " "}, reason=WHY)
    with pytest.raises(NoSuchFault):
        second.recheck(objected, found={"procedure": "第3页"}, reason=WHY)
    with pytest.raises(NothingReplaced):
        second.recheck(objected, found={"service": "第12页"}, reason=WHY)
    with pytest.raises(ReasonHoldsNumber):
        second.recheck(objected, found=None, reason="请致电 13900001234")
    assert panel.row(objected).state == "objected"


def test_who_reviewed_again_does_not_verify(panel: Panel, objected: int) -> None:
    panel.front("lawyer").recheck(objected, found=None, reason=WHY)
    panel.front("reviewer").correct(objected, "已补记")
    with pytest.raises(SameHandVerifies):
        panel.front("lawyer").verify(objected, passed=True, note="", correct_by=None)
    assert panel.row(objected, "lawyer").acts == ()


@pytest.mark.both
def test_two_who_review_again_at_once_do_it_once(panel: Panel, objected: int) -> None:
    first = another(panel, objected)

    def recheck(login: str) -> str:
        try:
            panel.front(login).recheck(objected, found=None if login == "lawyer" else {}, reason=WHY)
        except HallError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(recheck, ("lawyer", first))) == ["CannotOnReview", "done"]
    with panel.office.store.read() as session:
        assert false_rounds(session) == []


@pytest.mark.both
def test_a_report_that_is_no_longer_true_is_made_again(panel: Panel, objected: int) -> None:
    plan = panel.front("boss").rounds()[0]
    first = panel.front("boss").close(plan.round_id)
    with pytest.raises(CannotOnRound, match="复核改变了得分"):
        panel.front("boss").close(plan.round_id)
    assert panel.front("boss").rounds() == ()
    panel.front(another(panel, objected)).recheck(objected, found={}, reason=WHY)
    (waiting,) = panel.front("boss").rounds()
    assert (waiting.state, waiting.rescored) == ("closed", 1)
    panel.office.on(date(2026, 11, 26))
    second = panel.office.content(panel.front("boss").close(plan.round_id).document_id)
    assert second["replaces"] == f"本通报代替{first.number}：通报以后经复核，1件案卷的得分有变动。"
    assert (second["average"], second["grades"]) == ("100.0", "优秀1件")
    assert panel.office.content(first.document_id)["average"] == "92.0"
    assert panel.front("boss").rounds() == ()
