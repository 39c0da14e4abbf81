"""Transfers: one number goes through the hall, keeps or loses its time, carries a note and comes back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from hall.clock import FixedClock
from hall.errors import HallError, Refused
from hall.rules.queue_order import NobodyWaits
from hall.services.front import Front
from hall.store.schema.queueing import Ticket, TicketEvent

MINUTE = timedelta(minutes=1)
Take = Callable[..., str]
TicketOf = Callable[[str], Ticket]
EventsOf = Callable[[str], list[TicketEvent]]


@pytest.fixture
def going_last(front: Front) -> Front:
    """The clerk of a hall where a transferred ticket goes last."""
    calling = replace(front.policy.calling, transfer_keeps_time=False)
    return replace(front, policy=replace(front.policy, calling=calling))


def open_counters(front: Front, *numbers: int) -> None:
    for number in numbers:
        front.calling.open_counter(number)


@pytest.mark.both
def test_a_ticket_sent_to_a_matter_keeps_its_number_and_its_time(
    front: Front, take: Take, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    code = take("XK05")
    take("XK02")
    front.calling.call_next(1)
    front.calling.start(1)
    before = ticket_of(code)
    front.calling.transfer(1, matter_code="XK02", note="材料齐全，只差审图")
    after = ticket_of(code)
    assert (after.rank_at, after.waits_from, after.must_call_by) == (
        before.rank_at,
        before.waits_from,
        before.must_call_by,
    )
    assert (after.state, after.calls, after.only_counter_id) == ("waiting", 0, None)
    called = front.calling.call_next(2)
    assert (called.code, called.matter_code, called.note) == (code, "XK02", "材料齐全，只差审图")
    sent = events_of(code)[3]
    assert (sent.kind, sent.matter_id, sent.reason) == ("transfer", before.matter_id, "材料齐全，只差审图")
    assert json.loads(sent.terms) == {"back": False, "counter": None, "matter": after.matter_id}


@pytest.mark.both
def test_where_the_hall_says_so_a_transferred_ticket_goes_last(
    going_last: Front, take: Take, clock: FixedClock, ticket_of: TicketOf
) -> None:
    code, other = take("XK05"), take("XK02")
    going_last.calling.call_next(1)
    clock.instant += 10 * MINUTE
    going_last.calling.transfer(1, matter_code="XK02")
    ticket = ticket_of(code)
    assert (ticket.waits_from, ticket.rank_at) == (clock.instant, clock.instant)
    assert ticket.must_call_by == clock.instant + going_last.policy.longest_wait
    assert [going_last.calling.call_next(counter).code for counter in (1, 2)] == [other, code]


def test_only_the_counter_it_was_sent_to_calls_it(front: Front, take: Take) -> None:
    open_counters(front, 2)
    code = take()
    front.calling.call_next(1)
    front.calling.transfer(1, to_counter=2)
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)
    with pytest.raises(Refused, match="B001 号已转到别的窗口，本窗口不能呼叫"):
        front.calling.call_given(3, code, "急事")
    assert front.calling.call_next(2).code == code


@pytest.mark.both
def test_a_preview_hides_the_note_until_the_call(front: Front, take: Take) -> None:
    open_counters(front, 2)
    take()
    front.calling.call_next(1)
    front.calling.transfer(1, to_counter=2, note="听力不好，请大声")
    assert front.calling.choose_next(2).note == ""
    assert front.calling.announce(2).note == "听力不好，请大声"


@pytest.mark.both
def test_a_finished_ticket_comes_back_to_its_sender_with_its_matter(
    front: Front, take: Take, events_of: EventsOf
) -> None:
    open_counters(front, 2)
    code = take("XK05", further=("XK06",))
    front.calling.call_next(1)
    front.calling.transfer(1, matter_code="XK02", to_counter=2, note="请核对图纸", come_back=True)
    assert front.calling.call_next(2).sender == 1
    assert front.calling.finish(2) is None
    with pytest.raises(NobodyWaits):
        front.calling.call_next(2)
    back = front.calling.call_next(1)
    assert (back.code, back.matter_code, back.sender, back.note) == (code, "XK05", None, "")
    following = front.calling.finish(1)
    assert following is not None
    assert following.matter_code == "XK06"
    front.calling.finish(1)
    kinds = [event.kind for event in events_of(code)]
    assert kinds == ["issue", "call", "transfer", "call", "transfer", "call", "continue", "finish"]
    assert json.loads(events_of(code)[4].terms)["back"] is True


@pytest.mark.both
def test_a_ticket_is_sent_back_unfinished_with_a_note(front: Front, take: Take) -> None:
    open_counters(front, 2)
    code = take()
    front.calling.call_next(1)
    front.calling.transfer(1, to_counter=2, come_back=True)
    front.calling.call_next(2)
    front.calling.send_back(2, "还缺场地证明")
    back = front.calling.call_next(1)
    assert (back.code, back.note) == (code, "还缺场地证明")
    with pytest.raises(Refused, match="不是别的窗口转来要送回的"):
        front.calling.send_back(1)


def test_a_ticket_whose_sender_has_closed_comes_back_to_any_counter(front: Front, take: Take) -> None:
    open_counters(front, 2)
    code = take()
    front.calling.call_next(1)
    front.calling.transfer(1, to_counter=2, come_back=True)
    front.calling.close_counter(1)
    front.calling.call_next(2)
    front.calling.finish(2)
    assert front.calling.call_next(3).code == code


def test_tickets_sent_to_a_counter_that_closes_may_be_called_anywhere(front: Front, take: Take) -> None:
    open_counters(front, 2)
    code = take()
    front.calling.call_next(1)
    front.calling.transfer(1, to_counter=2)
    front.calling.close_counter(2)
    assert front.calling.call_next(1).code == code


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({}, "请选要转去的事项或窗口"),
        ({"matter_code": "XK05"}, "请选要转去的事项或窗口"),
        ({"to_counter": 1}, "B001 号已经在本窗口"),
        ({"to_counter": 4}, "4号窗口没有开放"),
        ({"to_counter": 9}, "没有9号窗口"),
        ({"to_counter": 3}, "3号窗口不办这个事项"),
        ({"matter_code": "XK99"}, "没有编码为“XK99”的事项"),
        ({"to_counter": 2, "note": "电话 13900001234"}, "不要写电话或证件号码"),
        ({"to_counter": 2, "note": "长" * 101}, "最多写 100 个字"),
    ],
)
def test_a_transfer_that_leads_nowhere_is_refused(
    front: Front, manager_front: Front, take: Take, wish: dict[str, str | int], sentence: str
) -> None:
    manager_front.calling.set_matters(3, {"XK02": 0})
    open_counters(front, 2, 3)
    code = take()
    front.calling.call_next(1)
    with pytest.raises(HallError, match=sentence):
        front.calling.transfer(1, **wish)  # type: ignore[arg-type]  # as transfer takes them
    assert front.calling.present(1) is not None
    assert front.queue().waiting == ()
    assert code == "B001"


def test_a_ticket_comes_back_to_one_counter_only(front: Front, take: Take) -> None:
    open_counters(front, 2, 3)
    take()
    front.calling.call_next(1)
    front.calling.transfer(1, to_counter=2, come_back=True)
    front.calling.call_next(2)
    with pytest.raises(Refused, match="办完要回原来的窗口"):
        front.calling.transfer(2, to_counter=3, come_back=True)
    front.calling.transfer(2, to_counter=3)
    assert front.calling.call_next(3).sender == 1
