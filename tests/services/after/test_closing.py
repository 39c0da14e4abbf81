"""Ends without a decision and what takes them back: withdrawn, terminated, reopened."""

from datetime import date

import pytest

from hall.rules.authority import NotAuthorised
from hall.rules.catalogue import Limit
from hall.rules.closing import NoSuchEnd, StillTime
from hall.rules.permits import NotNow
from hall.services.closing import PartOfJoint
from hall.services.documents import content_of
from hall.services.reasons import ReasonNeeded
from hall.services.suspending import SuspensionRequest
from tests.services.after.aftermath import Aftermath


def test_an_application_is_withdrawn_and_its_materials_go_back(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("E1"))
    ended = bureau.closing().withdraw(case_id, "申请人改换经营地点")
    case = bureau.case(case_id)
    assert (ended.state, case.state, case.state_before) == ("withdrawn", "withdrawn", "reviewing")
    assert case.closed_at is not None
    paper = bureau.documents(case_id)[-1]
    content = content_of(paper, bureau.store.key_ring)
    assert (paper.kind, paper.number) == ("withdrawal", ended.document_number)
    assert content["ending_word"] == "撤回"
    assert "原件" in str(content["returned"])
    assert {clock.state for clock in bureau.clocks(case_id)} == {"stopped"}
    assert [hand.until_at is None for hand in bureau.hands(case_id)].count(True) == 0
    with pytest.raises(NotNow):
        bureau.closing().withdraw(case_id, "再次撤回")


def test_a_decided_case_is_not_withdrawn(bureau: Aftermath) -> None:
    case_id = bureau.decided(bureau.publish("E1"))
    with pytest.raises(NotNow, match="撤回申请"):
        bureau.closing().withdraw(case_id, "不想要了")
    with pytest.raises(NotAuthorised):
        bureau.closing("approver").withdraw(case_id, "不想要了")
    with pytest.raises(ReasonNeeded):
        bureau.closing().withdraw(case_id, " ")


@pytest.mark.both
def test_a_case_is_withdrawn_while_its_clocks_stand_still(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("E1"))
    testing = SuspensionRequest("testing", Limit(5, "workday"), "示例区检测中心", "路基强度要检测")
    bureau.suspend(case_id, testing)
    assert bureau.case(case_id).state == "suspended"
    bureau.days_on(2)
    bureau.closing().withdraw(case_id, "申请人不再办理")
    case = bureau.case(case_id)
    assert (case.state, case.state_before, case.standing) == ("withdrawn", "suspended", "stopped")
    assert {clock.state for clock in bureau.clocks(case_id)} == {"stopped"}
    assert all(pause.ended_on == date(2026, 11, 25) for pause in bureau.pauses(case_id))


def test_a_reopened_case_has_its_clocks_as_if_it_had_never_ended(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("E1"))
    before = {kind: clock.due_on for kind, clock in bureau.running(case_id).items()}
    bureau.closing().withdraw(case_id, "误以为不用办")
    bureau.days_on(7)
    with pytest.raises(NotAuthorised):
        bureau.closing().reopen(case_id, "申请人当日要求继续办理")
    with pytest.raises(ReasonNeeded):
        bureau.closing("boss").reopen(case_id, "")
    reopened = bureau.closing("boss").reopen(case_id, "撤回登记错了办件")
    case = bureau.case(case_id)
    assert (reopened.state, case.state, case.closed_at, case.state_before) == ("reviewing", "reviewing", None, "")
    assert {kind: clock.due_on for kind, clock in bureau.running(case_id).items() if kind in before} == before
    assert {each.kind for each in reopened.clocks} >= {"statutory", "promised"}
    event = bureau.events(case_id)[-1]
    assert (event.kind, event.note, event.account_id) == ("reopen", "撤回登记错了办件", bureau.id_of("boss"))
    assert bureau.closing().papers(case_id) == ()  # the notice of an end that was taken back is none
    with pytest.raises(NotNow, match="重开"):
        bureau.closing("boss").reopen(case_id, "再次")


def test_what_was_withdrawn_during_a_procedure_is_reopened_in_the_review(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("E1"))
    bureau.suspend(case_id, SuspensionRequest("testing", Limit(5, "workday"), "检测中心", "要检测"))
    paused = bureau.running(case_id)["statutory"].due_on
    bureau.days_on(2)
    bureau.closing().withdraw(case_id, "不办了")
    bureau.days_on(5)
    assert bureau.closing("boss").reopen(case_id, "登记错误").state == "reviewing"
    due_on = bureau.running(case_id)["statutory"].due_on
    assert due_on is not None
    assert paused is not None
    assert due_on < paused  # two days were left out, not the five that were granted, nor those it was closed


def test_a_finished_case_is_reopened_where_it_was_decided(bureau: Aftermath) -> None:
    case_id = bureau.finished(bureau.licence())
    assert bureau.case(case_id).closed_at is not None
    bureau.days_on(3)
    assert bureau.closing("boss").reopen(case_id, "送达回证签收人有误").state == "decided"
    delivery = bureau.running(case_id)["delivery"]
    assert (delivery.state, delivery.stopped_how) == ("stopped", "served")
    bureau.closing().finish(case_id)
    assert bureau.case(case_id).state == "finished"


@pytest.mark.both
def test_silence_after_a_notice_ends_a_case_only_when_its_day_has_passed(bureau: Aftermath) -> None:
    case_id = bureau.supplementing(bureau.publish("E1"))
    head = bureau.closing("head")
    with pytest.raises(NoSuchEnd):
        head.terminate(case_id, "boredom", "没有来")
    with pytest.raises(StillTime):
        head.terminate(case_id, "supplement", "没有来")
    reply_by = bureau.running(case_id)["supplement"].due_on
    assert reply_by is not None
    bureau.on_day(reply_by)
    with pytest.raises(StillTime, match=str(reply_by)):
        head.terminate(case_id, "supplement", "没有来")
    bureau.days_on(1)
    with pytest.raises(NotAuthorised):
        bureau.closing().terminate(case_id, "supplement", "没有来")
    ended = head.terminate(case_id, "supplement", "电话催过两次", returned="全部材料已邮寄退还")
    assert (ended.state, bureau.case(case_id).state_before) == ("terminated", "supplementing")
    content = content_of(bureau.documents(case_id)[-1], bureau.store.key_ring)
    assert "没有补正材料" in str(content["reason"])
    assert content["returned"] == "全部材料已邮寄退还。"
    assert bureau.closing("boss").reopen(case_id, "申请人住院").state == "supplementing"
    assert bureau.running(case_id)["supplement"].state == "running"


@pytest.mark.both
def test_promised_materials_that_never_came_end_a_case(bureau: Aftermath) -> None:
    case_id = bureau.lacking()
    head = bureau.closing("head")
    with pytest.raises(StillTime):
        head.terminate(case_id, "lacking", "没有补齐")
    supply_by = bureau.running(case_id)["supplement"].due_on
    assert supply_by is not None
    bureau.on_day(supply_by)
    bureau.days_on(1)
    assert head.terminate(case_id, "lacking", "没有补齐").state == "terminated"


def test_a_limb_needs_what_it_is_about(bureau: Aftermath) -> None:
    case_id = bureau.under_review(bureau.publish("E1"))
    for limb in ("supplement", "lacking"):
        with pytest.raises(StillTime, match="没有在等的期限"):
            bureau.closing("head").terminate(case_id, limb, "没有来")
    assert bureau.closing("head").terminate(case_id, "death", "户籍证明").state == "terminated"
    assert bureau.closing().end_limbs()[0].code == "death"


def test_the_parts_of_a_joint_case_end_and_begin_again_with_the_whole(bureau: Aftermath) -> None:
    case_id = bureau.joint()
    (part_id,) = bureau.parts(case_id)
    with pytest.raises(PartOfJoint):
        bureau.closing().withdraw(part_id, "只撤这一项")
    bureau.closing().withdraw(case_id, "整体撤回")
    assert [bureau.case(each).state for each in (case_id, part_id)] == ["withdrawn", "withdrawn"]
    bureau.closing("boss").reopen(case_id, "登记错误")
    assert [bureau.case(each).state for each in (case_id, part_id)] == ["accepted", "accepted"]
    assert bureau.running(part_id)["statutory"].state == "running"
