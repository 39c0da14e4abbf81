"""What the person hears: told, extended, answered, refused, redirected, called back; or he withdraws it."""

from datetime import date

import pytest

from hall.rules.requests import CannotOnRequest, OwnFeedback
from hall.services.call_backs import CallBackMade, LevelWithoutAnswer, NobodyToCallBack
from hall.services.reasons import ReasonNeeded
from hall.services.request_replies import Answer
from tests.services.requests.desk import RequestDesk

CONTENT = CallBackMade(reached=True, level=4, words="已经没有人占道了")


@pytest.mark.both
def test_an_answer_closes_it_with_all_that_are_joined(desk: RequestDesk) -> None:
    lead = desk.verified()
    named, nameless = desk.registered(join_to=lead), desk.registered(join_to=lead, person=None)
    issued = desk.front("clerk").reply(lead, Answer("已划定夜市区域", basis="市容条例第十条"))
    assert len(issued) == 2
    paper = desk.paper(issued[0].document_id)
    assert (paper["reply"], paper["basis"], paper["complainant"]) == ("已划定夜市区域。", "市容条例第十条", "张测明")
    assert "划定夜市区域" in str(paper["findings"])
    assert {desk.request(each).state for each in (lead, named, nameless)} == {"closed"}
    assert {desk.request(each).way for each in (lead, named)} == {"guidance"}
    assert desk.request(nameless).replied_on is None
    assert desk.request(named).replied_on == desk.today
    view = desk.front("clerk").one(lead)
    assert {document.kind for document in view.documents} == {
        "complaint_acceptance",
        "dispatch_sheet",
        "complaint_reply",
    }


@pytest.mark.parametrize("stage", ["registered", "dispatched", "fed_back"])
def test_without_accepted_feedback_nothing_is_closed(desk: RequestDesk, stage: str) -> None:
    request_id = getattr(desk, stage)()
    with pytest.raises(CannotOnRequest, match="不能答复办结"):
        desk.front("clerk").reply(request_id, Answer("办好了"))


@pytest.mark.both
def test_what_came_by_letter_is_told_once(desk: RequestDesk) -> None:
    request_id = desk.registered(channel="letter")
    desk.on(date(2026, 11, 25))
    desk.front("clerk").tell(request_id, "电话告知")
    assert desk.request(request_id).told_on == date(2026, 11, 25)
    with pytest.raises(CannotOnRequest, match="不用再告知"):
        desk.front("clerk").tell(request_id, "再打一次")


@pytest.mark.both
def test_an_approver_extends_once_with_all_that_are_joined(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    joined = desk.registered(join_to=request_id)
    last = desk.front("approver").extend(request_id, 30, "涉及多个部门，需要会商")
    assert last == date(2027, 2, 21)
    assert desk.request(joined).finish_by == last
    assert desk.request(request_id).promised_by == date(2026, 12, 2)
    with pytest.raises(CannotOnRequest, match="只能延期一次"):
        desk.front("approver").extend(request_id, 5, "再延长")


def test_who_handles_it_does_not_approve_his_own_extension(desk: RequestDesk) -> None:
    request_id = desk.dispatched()
    desk.front("everything").take(request_id)
    with pytest.raises(OwnFeedback, match="延期"):
        desk.front("everything").extend(request_id, 10, "来不及")


@pytest.mark.both
def test_what_is_not_taken_up_is_told_in_writing(desk: RequestDesk) -> None:
    refused = desk.registered(channel="phone")
    joined = desk.registered(join_to=refused)
    issued = desk.front("clerk").refuse(refused, "已经由人民法院受理")
    assert issued is not None
    assert desk.paper(issued.document_id)["reply"] == "不予受理：已经由人民法院受理。"
    assert {desk.request(each).state for each in (refused, joined)} == {"refused"}
    assert desk.request(refused).told_on == desk.today
    nameless = desk.registered(person=None)
    assert desk.front("clerk").redirect(nameless, "区交通运输局", "属于公路管理职权") is None
    kept = desk.request(nameless)
    assert (kept.state, kept.replied_on) == ("redirected", None)
    assert "请向区交通运输局提出" in kept.ended_why
    assert {row.request_id for row in desk.front("clerk").listed("closed")} == {refused, joined, nameless}


@pytest.mark.both
def test_who_withdraws_leaves_the_others_their_matter(desk: RequestDesk) -> None:
    lead = desk.dispatched()
    second, third = desk.registered(join_to=lead), desk.registered(join_to=lead)
    desk.front("clerk").withdraw(lead, "已经自行解决")
    assert desk.request(lead).state == "withdrawn"
    assert [each.state for each in desk.front("clerk").one(lead).dispatches] == ["recalled"]
    assert (desk.request(second).state, desk.request(second).same_as_id) == ("registered", None)
    assert desk.request(third).same_as_id == second
    desk.front("clerk").dispatch(second)
    desk.front("guide").withdraw(third, "不再反映")
    assert desk.request(second).state == "dispatched"


@pytest.mark.both
def test_a_call_back_keeps_only_what_somebody_said(desk: RequestDesk) -> None:
    request_id = desk.closed()
    (row,) = desk.front("guide").listed("to_call_back")
    assert (row.due_on, row.due_what, row.light) == (date(2026, 11, 30), "回访", "normal")
    desk.front("guide").call_back(request_id, CallBackMade(reached=False))
    assert len(desk.front("guide").listed("to_call_back")) == 1
    desk.front("guide").call_back(request_id, CONTENT)
    assert desk.front("guide").listed("to_call_back") == ()
    not_reached, reached = desk.front("guide").one(request_id).call_backs
    assert (not_reached.level, reached.level, reached.who) == (None, 4, "许小引")


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (CallBackMade(reached=False, level=5), LevelWithoutAnswer),
        (CallBackMade(reached=True, level=6, words="好"), LevelWithoutAnswer),
        (CallBackMade(reached=True, level=5), ReasonNeeded),
    ],
)
def test_a_level_that_nobody_gave_is_none(desk: RequestDesk, made: CallBackMade, refusal: type[Exception]) -> None:
    request_id = desk.closed()
    with pytest.raises(refusal):
        desk.front("guide").call_back(request_id, made)


def test_who_answered_does_not_ask_how_it_was(desk: RequestDesk) -> None:
    request_id = desk.closed()
    with pytest.raises(OwnFeedback, match="回访"):
        desk.front("clerk").call_back(request_id, CONTENT)
    with pytest.raises(CannotOnRequest):
        desk.front("guide").call_back(desk.registered(), CONTENT)
    with pytest.raises(NobodyToCallBack):
        desk.front("guide").call_back_about("penalty_case", 999_999, CONTENT)
    with pytest.raises(NobodyToCallBack):
        desk.front("guide").call_back_about("permit_case", 999_999, CONTENT)
    with pytest.raises(NobodyToCallBack):
        desk.front("guide").call_back_about("vendor", 1, CONTENT)
