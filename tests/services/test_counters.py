"""The day of a counter: opened by a call, paused with a reason, closed; help; its matters changed at run time."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hall.clock import FixedClock
from hall.errors import Missing, Refused
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.rules.queue_order import NobodyWaits
from hall.services.accounts import create_account
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.queueing import Counter

CounterEvents = Callable[[int], list[tuple[str, str]]]


def view(front: Front, number: int) -> CounterView:
    return next(each for each in front.calling.counters() if each.number == number)


def test_a_call_opens_a_closed_counter_once(
    front: Front, take: Callable[..., str], counter_events: CounterEvents, clock: FixedClock
) -> None:
    for _ in range(2):
        take()
        front.calling.call_next(1)
        front.calling.finish(1)
    assert counter_events(1) == [("open", "")]
    assert (view(front, 1).state, view(front, 2).state) == ("open", "closed")


def test_a_counter_says_who_is_there_what_it_serves_and_whom(
    front: Front, manager_front: Front, take: Callable[..., str], clock: FixedClock
) -> None:
    manager_front.calling.set_matters(2, {"XK02": 5, "XK05": 0})
    front.calling.open_counter(2)
    since = clock.instant
    code = take()
    front.calling.choose_next(2)
    shown = view(front, 2)
    assert (shown.state, shown.since, shown.matters, shown.code) == ("open", since, {"XK02": 5, "XK05": 0}, "")
    front.calling.announce(2)
    assert view(front, 2).code == code


def test_a_pause_needs_one_of_the_halls_reasons(front: Front, counter_events: CounterEvents) -> None:
    front.calling.open_counter(1)
    with pytest.raises(Refused, match="暂停要选一个原因：临时离开、整理材料"):
        front.calling.pause(1, "不想干了")
    front.calling.pause(1, "就餐轮换")
    assert (view(front, 1).state, view(front, 1).reason) == ("paused", "就餐轮换")
    front.calling.unpause(1)
    assert view(front, 1).state == "open"
    assert counter_events(1) == [("open", ""), ("pause", "就餐轮换"), ("resume", "")]


def test_a_paused_counter_calls_nobody(front: Front, take: Callable[..., str]) -> None:
    code = take()
    front.calling.open_counter(1)
    front.calling.pause(1, "临时离开")
    deeds: tuple[Callable[[], object], ...] = (
        lambda: front.calling.call_next(1),
        lambda: front.calling.choose_next(1),
        lambda: front.calling.call_given(1, code, "急事"),
        lambda: front.calling.serve_without_ticket(1, "XK05"),
    )
    for deed in deeds:
        with pytest.raises(Refused, match=r"本窗口暂停服务中，请先恢复（F9）。"):
            deed()
    front.calling.unpause(1)
    assert front.calling.call_next(1).code == code


def test_a_counter_with_a_ticket_is_neither_paused_nor_closed(front: Front, take: Callable[..., str]) -> None:
    take()
    front.calling.call_next(1)
    with pytest.raises(Refused, match="B001 号还没有办完"):
        front.calling.pause(1, "临时离开")
    with pytest.raises(Refused, match="B001 号还没有办完"):
        front.calling.close_counter(1)
    front.calling.hold(1, "取材料")
    with pytest.raises(Refused, match="还有挂起的号（B001）"):
        front.calling.close_counter(1)
    front.calling.pause(1, "临时离开")


@pytest.mark.both
def test_a_state_is_not_entered_twice(front: Front) -> None:
    desk = front.calling
    with pytest.raises(Refused, match="1号窗口现在是“未登录”，不能暂停"):
        desk.pause(1, "临时离开")
    with pytest.raises(Refused, match="没有暂停，不用恢复"):
        desk.unpause(1)
    with pytest.raises(Refused, match="不用再关闭"):
        desk.close_counter(1)
    desk.open_counter(1)
    with pytest.raises(Refused, match="不用再开放"):
        desk.open_counter(1)
    desk.pause(1, "临时离开")
    with pytest.raises(Refused, match="现在是“暂停服务”，请按恢复"):
        desk.open_counter(1)
    desk.close_counter(1)
    desk.open_counter(1)
    with pytest.raises(Missing, match="没有9号窗口"):
        desk.open_counter(9)


def test_another_clerk_takes_a_counter_over(
    front: Front, other_front: Front, take: Callable[..., str], counter_of: Callable[[int], Counter]
) -> None:
    front.calling.open_counter(1)
    other_front.calling.open_counter(1)
    assert counter_of(1).account_id == other_front.actor.account_id
    take()
    front.calling.call_next(1)
    assert counter_of(1).account_id == front.actor.account_id


@pytest.mark.both
def test_the_clerk_is_shown_by_name_and_badge_while_the_counter_is_open(
    front_of: Callable[..., Front], store: Store, administrator: Actor
) -> None:
    made = create_account(
        store,
        administrator,
        login="zhang",
        display_name="张三明",
        badge_number="0107",
        roles=("clerk",),
    )
    clerk = front_of(store, Actor(made.account_id, "张三明", store.hall_id, frozenset({"clerk"})))
    clerk.calling.open_counter(1)
    assert (view(clerk, 1).clerk_name, view(clerk, 1).clerk_badge) == ("张三明", "0107")
    clerk.calling.close_counter(1)
    assert (view(clerk, 1).clerk_name, view(clerk, 1).clerk_badge) == ("", "")


@pytest.mark.both
def test_help_is_called_for_and_comes(
    front: Front, manager_front: Front, counter_events: CounterEvents, clock: FixedClock
) -> None:
    front.calling.emergency(1)
    called_at = clock.instant
    clock.instant += timedelta(seconds=5)
    front.calling.emergency(1)
    assert view(front, 1).emergency_at == called_at
    manager_front.calling.calm(1)
    assert view(front, 1).emergency_at is None
    with pytest.raises(Refused, match="没有紧急求助"):
        front.calling.calm(1)
    assert [kind for kind, _ in counter_events(1)] == ["emergency", "emergency", "calm"]


def test_the_manager_changes_matters_while_the_hall_is_open_and_nobody_is_called(
    front: Front, manager_front: Front, take: Callable[..., str], counter_events: CounterEvents
) -> None:
    first, second = take("XK05"), take("XK02")
    front.calling.call_next(1)
    manager_front.calling.set_matters(1, {"XK02": 10, "XK05": 0})
    present = front.calling.present(1)
    assert present is not None
    assert (present.code, present.calls) == (first, 1)
    front.calling.finish(1)
    manager_front.calling.set_matters(1, {"XK05": 0})
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)
    manager_front.calling.set_matters(1, {})
    assert front.calling.call_next(1).code == second
    told = [reason for kind, reason in counter_events(1) if kind == "matters"]
    assert told == ["XK02（提前10分钟）、XK05", "XK05", "全部事项"]


@pytest.mark.both
def test_a_change_of_matters_leaves_nobody_without_a_counter(
    front: Front, manager_front: Front, take: Callable[..., str]
) -> None:
    code = take("XK05")
    for number in (1, 2, 3):
        manager_front.calling.set_matters(number, {"XK02": 0})
    with pytest.raises(Refused, match="还有人在等 XK05，而除4号窗口外没有窗口能叫"):
        manager_front.calling.set_matters(4, {"XK02": 0})
    manager_front.calling.set_matters(2, {"XK05": 0})
    manager_front.calling.set_matters(4, {"XK02": 0})
    assert front.calling.call_next(2).code == code
    front.calling.open_counter(4)
    with pytest.raises(Refused, match="4号窗口不办这个事项"):
        front.calling.transfer(2, to_counter=4)
    front.calling.transfer(2, to_counter=4, matter_code="XK02")
    with pytest.raises(Refused, match="还有人在等 XK02"):
        manager_front.calling.set_matters(4, {"XK05": 0})


def test_matters_are_the_managers_and_counted_in_whole_minutes(front: Front, manager_front: Front) -> None:
    with pytest.raises(NotAuthorised):
        front.calling.set_matters(1, {"XK05": 0})
    with pytest.raises(Refused, match="不小于 0 的整数"):
        manager_front.calling.set_matters(1, {"XK05": -1})
    with pytest.raises(Missing, match="没有编码为“XK99”的事项"):
        manager_front.calling.set_matters(1, {"XK99": 0})
    for deed in (
        manager_front.calling.open_counter,
        manager_front.calling.close_counter,
        manager_front.calling.unpause,
    ):
        with pytest.raises(NotAuthorised):
            deed(1)
    with pytest.raises(NotAuthorised):
        manager_front.calling.pause(1, "临时离开")


def test_a_counter_left_open_yesterday_is_closed_today(
    front: Front, take: Callable[..., str], clock: FixedClock, counter_events: CounterEvents
) -> None:
    front.calling.open_counter(1)
    front.calling.pause(1, "就餐轮换")
    clock.instant += timedelta(days=1)
    shown = view(front, 1)
    assert (shown.state, shown.since, shown.reason, shown.clerk_name) == ("closed", None, "", "")
    code = take()
    assert front.calling.call_next(1).code == code
    assert counter_events(1) == [("open", ""), ("pause", "就餐轮换"), ("close", "营业日结束"), ("open", "")]
