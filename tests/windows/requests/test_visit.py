"""A request from the counter to the call-back, through the real windows by keyboard, with its papers."""

from PySide6.QtCore import Qt

from hall.services.request_reading import RequestView
from hall.windows.counter import Counter
from tests.windows.keyboard import CONTROL, SHIFT, fill, give, press
from tests.windows.requests.bureau import OFFICE, SQUAD, STALLS, Bureau
from tests.windows.requests.seats import Seats

ENTER = Qt.Key.Key_Return
CONTENT = "向阳路口每晚摆摊占道，行人只能走机动车道"


def complain(*, name: str = "张测明", phone: str = "13900001234") -> None:
    """At the counter: a complaint about stalls, up to the last field."""
    press(Qt.Key.Key_2, CONTROL)
    fill("占道经营", "夜市占道影响通行", CONTENT, "向阳路口东侧", "向阳街道", "", "")
    fill("", "", name)
    give(phone)


def whole(bureau: Bureau) -> RequestView:
    """The only request there is."""
    front = bureau.front("boss").requests
    rows = front.listed("open") or front.listed("closed")
    assert len(rows) == 1
    return front.one(rows[0].request_id)


def kinds(view: RequestView) -> list[str]:
    return [each.kind for each in view.documents]


def test_a_request_goes_from_the_counter_to_the_call_back(seats: Seats, bureau: Bureau) -> None:
    seats.at_counter()
    complain()
    press(ENTER, CONTROL)
    assert "已登记，承诺 2026-12-02 周三 前答复，法定 2027-01-22 前办结；受理单正在打印" in seats.said
    assert kinds(whole(bureau)) == ["complaint_acceptance"]

    seats.sit("clerk", "待派单")
    press(ENTER)
    press(ENTER, times=3)
    assert "已派单" in seats.said
    assert seats.requests.list.table.rows == ()
    assert whole(bureau).row.unit_name == SQUAD

    seats.sit("squad", "我办的")
    press(ENTER)
    assert "已接单" in seats.said
    press(Qt.Key.Key_F10)
    fill("该路段属市容科管辖")
    assert "已退单" in seats.said
    assert seats.requests.list.table.rows == ()

    seats.sit("clerk", "待派单")
    assert "该路段属市容科管辖" in seats.requests.story.words
    press(ENTER)
    fill(OFFICE, "街道交界，由市容科牵头", "两日内电话联系反映人")
    assert "已派单" in seats.said

    seats.sit("office", "我办的")
    press(ENTER)
    press(ENTER)
    fill("六个摊位占用人行道", "劝离并约定固定点位", "管理")
    assert "已反馈，等审核" in seats.said

    seats.sit("clerk", "在办")
    assert "劝离并约定固定点位" in seats.requests.story.words
    press(ENTER)
    assert "审核通过" in seats.said
    press(ENTER)
    fill("已劝离占道摊位并安排专人值守", "")
    assert "已办结，答复单" in seats.said
    view = whole(bureau)
    assert view.row.state == "closed"
    assert kinds(view).count("complaint_reply") == 1
    assert [each.state for each in view.dispatches] == ["returned", "accepted"]

    seats.sit("boss", "回访")
    press(ENTER)
    fill("", "满意", "第二天就清走了")
    assert "已登记回访" in seats.said
    (call,) = whole(bureau).call_backs
    assert (call.reached, call.level, call.words) == (True, 4, "第二天就清走了")


def test_who_registers_a_matter_that_is_under_way_joins_it_or_says_why_not(seats: Seats, bureau: Bureau) -> None:
    first = bureau.register()
    page = seats.at_counter().requests
    complain(name="李示例", phone="13900005678")
    press(ENTER, CONTROL)
    assert f"{first.number} 是同一件事" in seats.said
    assert page.same.table.hasFocus()
    press(ENTER)
    assert page.same.join_to is not None
    press(ENTER)
    assert f"并入 {first.number}" in seats.said
    front = bureau.front("boss").requests
    assert sorted(row.state for row in front.listed("open")) == ["joined", "registered"]
    assert [row.number for row in front.listed("to_dispatch")] == [first.number]

    complain(name="王测评", phone="13900009999")
    seats.qtbot.waitUntil(lambda: page.same.is_open)
    press(ENTER)
    assert page.same.table.hasFocus()
    press(Qt.Key.Key_Tab)
    give("另一处路口，相距两公里")
    press(ENTER)
    press(ENTER)
    assert "已登记，承诺" in seats.said
    assert len(front.listed("to_dispatch")) == 2


def test_the_same_matter_is_never_dispatched_twice(seats: Seats, bureau: Bureau) -> None:
    request_id = bureau.register().request_id
    seats.sit("clerk", "待派单")
    press(ENTER)
    bureau.front("boss").requests.dispatch(request_id)
    press(ENTER, times=3)
    assert "已派单，不能派单" in seats.said
    assert len(bureau.front("boss").requests.one(request_id).dispatches) == 1


def test_what_is_fed_back_is_sent_back_by_somebody_else_only(seats: Seats, bureau: Bureau) -> None:
    seats.at_counter()
    complain()
    press(ENTER, CONTROL)
    request_id = whole(bureau).row.request_id
    bureau.front("clerk").requests.dispatch(request_id)
    seats.sit("squad", "我办的")
    press(Qt.Key.Key_F4)
    press(Qt.Key.Key_F6)
    fill("到场时已经散市", "加强巡查", "服务")
    seats.sit("squad", "在办")
    assert not {"accept", "send_back"} & {*seats.offered}
    seats.sit("boss", "在办")
    press(Qt.Key.Key_F11)
    fill("请在晚间高峰再查一次并附照片")
    assert "已退回向阳中队补办" in seats.said
    assert whole(bureau).row.dispatch_state == "sent_back"


def test_the_person_complained_of_is_not_shown_it(seats: Seats, bureau: Bureau) -> None:
    counter: Counter = seats.at_counter("other")
    press(Qt.Key.Key_2, CONTROL)
    fill("工作作风", "窗口态度不好", "办事时不耐烦", "大厅三号窗口", "", "", "周玉兰")
    fill("", "匿名")
    press(ENTER, CONTROL)
    assert "已登记" in seats.said
    assert counter.requests.is_empty
    (row,) = bureau.front("boss").requests.listed("to_dispatch")
    assert row.person_masked == "匿名"
    seats.sit("clerk", "待派单")
    assert seats.requests.list.table.rows == ()
    seats.sit("boss", "待派单")
    assert "dispatch" in seats.offered


def test_other_ends_are_told_with_their_papers(seats: Seats, bureau: Bureau) -> None:
    numbers = [bureau.register(STALLS).number]
    seats.sit("clerk", "待派单")
    press(Qt.Key.Key_F6, SHIFT)
    fill("示例区公安交警大队", "机动车停放归交警管理")
    assert f"{numbers[0]} 已转介示例区公安交警大队" in seats.said
    bureau.register(STALLS)
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_F4, SHIFT)
    fill("同一事项已经信访复核终结")
    assert "不予受理" in seats.said
    bureau.register(STALLS)
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_F7, SHIFT)
    fill("反映人自行协商解决")
    assert "已按反映人的要求撤回" in seats.said
    states = {row.state for row in bureau.front("boss").requests.listed("closed")}
    assert states == {"redirected", "refused", "withdrawn"}
