"""What a clerk does with the ticket at a counter: arrival, hold, return, preview, given numbers, further matters."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.errors import HallError, Missing, Refused
from hall.rules.authority import NotAuthorised, station_actor
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.queue_order import NobodyWaits
from hall.rules.tickets import TicketNotReady
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.queueing import Announcement, Ticket, TicketEvent
from hall.store.schema.trail import AuditRow

MINUTE = timedelta(minutes=1)
Take = Callable[..., str]
TicketOf = Callable[[str], Ticket]
EventsOf = Callable[[str], list[TicketEvent]]


def kinds(events: list[TicketEvent]) -> list[str]:
    return [event.kind for event in events]


def test_an_arrival_is_confirmed_before_service_starts(
    front: Front, take: Take, clock: FixedClock, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    code = take()
    front.calling.call_next(1)
    clock.instant += MINUTE
    front.calling.arrive(1)
    with pytest.raises(TicketNotReady, match="已到窗口”，不能重呼"):
        front.calling.recall(1)
    front.calling.start(1)
    assert (ticket_of(code).arrived_at, ticket_of(code).state) == (clock.instant, "serving")
    assert kinds(events_of(code)) == ["issue", "call", "arrive", "start"]


def test_a_recall_waits_for_the_person_to_come(
    front: Front, take: Take, clock: FixedClock, ticket_of: TicketOf
) -> None:
    code = take()
    front.calling.call_next(1)
    clock.instant += timedelta(seconds=3)
    with pytest.raises(Refused, match="B001 号刚刚呼叫过，请再等 7 秒重呼"):
        front.calling.recall(1)
    clock.instant += timedelta(seconds=7)
    assert front.calling.recall(1).calls == 2
    clock.instant += timedelta(seconds=9.5)
    with pytest.raises(Refused, match="请再等 1 秒"):
        front.calling.recall(1)
    assert ticket_of(code).calls == 2


def test_a_clock_that_was_put_right_holds_no_recall_up(front: Front, take: Take, clock: FixedClock) -> None:
    take()
    front.calling.call_next(1)
    clock.instant -= MINUTE
    assert front.calling.recall(1).calls == 2


def test_the_wait_shown_after_a_recall_is_the_wait_for_the_first_call(
    front: Front, take: Take, clock: FixedClock
) -> None:
    take()
    clock.instant += 5 * MINUTE
    front.calling.call_next(1)
    clock.instant += MINUTE
    called = front.calling.recall(1)
    assert (called.waited, called.called_at) == (5 * MINUTE, clock.instant)


def test_nobody_is_skipped_before_enough_calls(front: Front, take: Take, skip_at: Callable[[int], str]) -> None:
    code = take()
    front.calling.call_next(1)
    with pytest.raises(Refused, match="B001 号才呼叫 1 次，再重呼（F3）2 次仍不到才能过号"):
        front.calling.skip(1)
    assert skip_at(1) == code
    assert front.calling.present(1) is None
    assert [(each.code, each.counter_number, each.skips) for each in front.calling.skipped()] == [(code, 1, 1)]


def test_a_skipped_ticket_comes_back_behind_the_first_three_of_its_matter(
    front: Front, take: Take, skip_at: Callable[[int], str], clock: FixedClock
) -> None:
    skipped = take()
    waiting = [take() for _ in range(5)]
    other = take("XK02")
    skip_at(1)
    front.calling.requeue(front.calling.skipped()[0].ticket_id)
    clock.instant += 40 * MINUTE
    called = []
    for _ in range(6):
        called.append(front.calling.call_next(1).code)
        front.calling.finish(1)
    assert called == [*waiting[:3], skipped, *waiting[3:]]
    assert front.calling.call_next(1).code == other


@pytest.mark.both
def test_a_skipped_ticket_goes_last_where_fewer_wait_and_is_next_where_nobody_does(
    front: Front, take: Take, skip_at: Callable[[int], str], ticket_of: TicketOf
) -> None:
    skipped = take()
    skip_at(1)
    rank = ticket_of(skipped).rank_at
    front.calling.requeue(ticket_of(skipped).id)
    assert ticket_of(skipped).rank_at == rank
    skip_at(1)
    other = take()
    front.calling.requeue(ticket_of(skipped).id)
    assert [front.calling.call_next(1).code, front.calling.call_next(2).code] == [other, skipped]
    assert (ticket_of(skipped).skips, ticket_of(skipped).calls) == (2, 1)


def test_an_overdue_ticket_that_did_not_come_waits_anew(
    front: Front, take: Take, skip_at: Callable[[int], str], clock: FixedClock, ticket_of: TicketOf
) -> None:
    skipped = take()
    clock.instant += 58 * MINUTE
    others = [take(), take()]
    skip_at(1)
    front.calling.requeue(ticket_of(skipped).id)
    assert ticket_of(skipped).must_call_by == clock.instant + front.policy.longest_wait
    assert front.calling.call_next(1).code == others[0]


def test_a_ticket_is_parked_and_taken_up_again_at_its_counter(
    front: Front, take: Take, clock: FixedClock, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    first, second = take(), take()
    front.calling.call_next(1)
    front.calling.start(1)
    started = clock.instant
    clock.instant += MINUTE
    front.calling.hold(1, "回家取身份证")
    assert front.calling.present(1) is None
    (parked,) = front.calling.held(1)
    assert (parked.code, parked.since, parked.reason) == (first, clock.instant, "回家取身份证")
    assert front.calling.held(2) == ()
    assert front.calling.call_next(1).code == second
    with pytest.raises(Refused, match="B002 号还没有办完"):
        front.calling.resume(1, parked.ticket_id)
    with pytest.raises(Refused, match="B001 号不是在本窗口挂起的"):
        front.calling.resume(2, parked.ticket_id)
    front.calling.finish(1)
    again = front.calling.resume(1, parked.ticket_id)
    assert (again.code, again.state, again.reason) == (first, "serving", "B001 等得最久。")
    assert ticket_of(first).started_at == started
    assert kinds(events_of(first)) == ["issue", "call", "start", "hold", "resume"]
    assert front.calling.held(1) == ()


def test_a_ticket_given_back_keeps_its_place(
    front: Front, take: Take, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    first, _ = take(), take()
    before = ticket_of(first)
    front.calling.call_next(1)
    front.calling.give_back(1, "叫错窗口")
    after = ticket_of(first)
    assert (after.rank_at, after.must_call_by, after.state) == (before.rank_at, before.must_call_by, "waiting")
    assert (after.counter_id, after.calls, after.called_at) == (None, 0, None)
    assert front.calling.call_next(2).code == first
    assert kinds(events_of(first)) == ["issue", "call", "return", "call"]
    assert events_of(first)[2].reason == "叫错窗口"


def test_a_preview_shows_no_person_and_no_note_until_it_is_announced(
    front: Front, store: Store, make_card: Callable[..., Card], clock: FixedClock, events_of: EventsOf
) -> None:
    front.taking.issue("XK05", channel="card", card=make_card())
    clock.instant += 3 * MINUTE
    chosen = front.calling.choose_next(1)
    assert (chosen.state, chosen.applicant, chosen.note, chosen.calls) == ("chosen", None, "", 0)
    assert (chosen.waited, chosen.reason, chosen.called_at) == (3 * MINUTE, "B001 等得最久。", None)
    assert front.calling.present(1) == chosen
    assert front.queue().at_counters == {}
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Announcement)) == 0
    called = front.calling.announce(1)
    assert called.applicant is not None
    assert (called.state, called.calls, called.reason) == ("called", 1, "B001 等得最久。")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Announcement)) == 1
    assert kinds(events_of("B001")) == ["issue", "choose", "call"]


def test_a_preview_given_back_changes_nobodys_turn_and_is_counted(
    front: Front, take: Take, events_of: EventsOf
) -> None:
    first, _ = take(), take()
    assert front.calling.choose_next(1).code == first
    for deed in (front.calling.start, front.calling.arrive, front.calling.finish, front.calling.skip):
        with pytest.raises(TicketNotReady, match="待呼叫"):
            deed(1)
    front.calling.give_back(1, "先办别的")
    assert front.calling.choose_next(1).code == first
    assert kinds(events_of(first)) == ["issue", "choose", "return", "choose"]


def test_a_counter_with_a_preview_calls_nobody_else(front: Front, take: Take) -> None:
    take(), take()
    front.calling.choose_next(1)
    with pytest.raises(Refused, match="B001 号还没有办完，请先呼叫或退回排队"):
        front.calling.call_next(1)


def test_a_number_that_another_counter_looks_at_is_not_called_away(front: Front, take: Take) -> None:
    code = take()
    front.calling.choose_next(1)
    with pytest.raises(TicketNotReady, match="待呼叫”，不能呼叫"):
        front.calling.call_given(2, code, "急事")
    assert front.calling.announce(1).code == code


@pytest.mark.both
def test_a_given_number_is_called_out_of_its_order_and_counted(
    front: Front, take: Take, skip_at: Callable[[int], str], events_of: EventsOf
) -> None:
    skipped, _, third = take(), take(), take()
    skip_at(1)
    called = front.calling.call_given(1, f" {third.lower()} ", "孕妇不适")
    assert (called.code, called.calls) == (third, 1)
    last = events_of(third)[-1]
    assert (last.kind, json.loads(last.terms)) == ("call", {"rule": "given"})
    assert front.calling.why(third) == "B003 由窗口人员点名呼叫，原因：孕妇不适"
    front.calling.finish(1)
    assert front.calling.call_given(1, skipped, "人回来了").calls == 1
    assert kinds(events_of(skipped))[-2:] == ["skip", "call"]


@pytest.mark.both
def test_a_skipped_number_is_called_elsewhere_while_its_old_counter_is_at_work(
    front: Front, take: Take, skip_at: Callable[[int], str], ticket_of: TicketOf
) -> None:
    skipped, following = take(), take()
    skip_at(1)
    assert front.calling.call_next(1).code == following
    assert front.calling.call_given(2, skipped, "人回来了").counter_number == 2
    assert ticket_of(skipped).state == "called"


@pytest.mark.parametrize(
    ("code", "reason", "sentence"),
    [
        ("B001", " ", "不按次序呼叫要写明原因"),
        ("B001", "电话13900001234", "不要写电话或证件号码"),
        ("B001", "长" * 101, "最多写 100 个字"),
        ("B009", "急事", "今天没有 B009 号"),
        ("B002", "急事", "B002 号现在是“已呼叫”，不能呼叫"),
    ],
)
def test_a_given_number_needs_a_reason_and_somebody_who_waits(
    front: Front, take: Take, code: str, reason: str, sentence: str
) -> None:
    take(), take()
    front.calling.call_given(2, "B002", "抱小孩")
    with pytest.raises(HallError, match=sentence):
        front.calling.call_given(1, code, reason)
    assert front.calling.present(1) is None


def test_a_counter_calls_no_given_number_that_it_does_not_serve(front: Front, manager_front: Front, take: Take) -> None:
    code = take("XK05")
    manager_front.calling.set_matters(3, {"XK02": 0})
    with pytest.raises(Refused, match="本窗口不能呼叫"):
        front.calling.call_given(3, code, "急事")


def test_what_a_clerk_wrote_about_a_given_number_is_not_for_the_public(
    front: Front, front_of: Callable[..., Front], store: Store, take: Take
) -> None:
    code = take()
    display = front_of(store, station_actor("display", name="综合屏", hall_id=store.hall_id))
    with pytest.raises(Missing, match="B001 号今天还没有叫过"):
        display.calling.why(code)
    front.calling.call_given(1, code, "腿脚不便")
    assert display.calling.why(code) == "B001 由窗口人员点名呼叫。"


@pytest.mark.both
def test_a_ticket_for_several_matters_goes_on_at_the_same_counter(
    front: Front, take: Take, clock: FixedClock, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    code = take("XK05", further=("XK02",))
    front.calling.call_next(1)
    front.calling.start(1)
    first_matter = ticket_of(code).matter_id
    clock.instant += 10 * MINUTE
    following = front.calling.finish(1)
    assert following is not None
    assert (following.code, following.state, following.matter_code, following.further) == (code, "serving", "XK02", ())
    assert ticket_of(code).started_at == clock.instant
    assert front.calling.finish(1) is None
    happened = events_of(code)
    assert kinds(happened) == ["issue", "call", "start", "continue", "finish"]
    assert happened[3].matter_id == first_matter != happened[4].matter_id


def test_a_ticket_goes_on_to_its_next_matter_at_another_counter_with_its_rank(
    front: Front, manager_front: Front, take: Take, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    manager_front.calling.set_matters(1, {"XK05": 0})
    code = take("XK05", further=("XK02",))
    rank = ticket_of(code).rank_at
    other = take("XK02")
    front.calling.call_next(1)
    assert front.calling.finish(1) is None
    ticket = ticket_of(code)
    assert (ticket.state, ticket.rank_at, ticket.counter_id) == ("waiting", rank, None)
    assert ticket.must_call_by == events_of(code)[-1].at + front.policy.longest_wait
    called = front.calling.call_next(2)
    assert (called.code, called.matter_code, called.calls) == (code, "XK02", 1)
    assert front.calling.call_next(3).code == other
    front.calling.finish(2)
    assert kinds(events_of(code)) == ["issue", "call", "proceed", "call", "finish"]


def test_somebody_without_a_ticket_is_served_and_counted(
    front: Front, store: Store, take: Take, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    take("XK02")
    served = front.calling.serve_without_ticket(1, "XK02")
    assert (served.code, served.state, served.calls) == ("A002", "serving", 0)
    assert ticket_of("A002").channel == "counter"
    assert kinds(events_of("A002")) == ["issue", "serve"]
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Announcement)) == 0
    assert front.queue().calls == ()
    assert front.queue().at_counters[1].code == "A002"
    assert front.calling.why("A002") == "A002 没有取号，由窗口直接办理。"
    with pytest.raises(Refused, match="A002 号还没有办完"):
        front.calling.serve_without_ticket(1, "XK02")
    front.calling.finish(1)
    assert ticket_of("A002").state == "finished"


def test_a_ticket_is_cancelled_with_a_reason(
    front: Front, take: Take, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    waiting, called = take(), take()
    front.calling.cancel(ticket_of(waiting).id, "本人放弃")
    front.calling.call_next(1)
    front.calling.cancel(ticket_of(called).id, "本人放弃")
    assert front.calling.present(1) is None
    assert [kinds(events_of(code))[-1] for code in (waiting, called)] == ["cancel", "cancel"]
    with pytest.raises(TicketNotReady, match="作废”，不能作废"):
        front.calling.cancel(ticket_of(waiting).id, "本人放弃")
    with pytest.raises(Refused, match="作废要写明原因"):
        front.calling.cancel(ticket_of(waiting).id, "")


def test_what_is_being_served_is_not_cancelled(front: Front, take: Take, ticket_of: TicketOf) -> None:
    code = take()
    front.calling.call_next(1)
    front.calling.start(1)
    with pytest.raises(TicketNotReady, match="办理中”，不能作废"):
        front.calling.cancel(ticket_of(code).id, "走了")


def test_a_number_without_its_slip_is_ended_with_the_slip(
    front_of: Callable[..., Front], store: Store, actor: Actor, take: Take, ticket_of: TicketOf
) -> None:
    printing = front_of(store, actor, slip=True)
    code = printing.taking.issue("XK05", channel="staff").code
    with pytest.raises(Refused, match="小票还没有打出"):
        printing.calling.cancel(ticket_of(code).id, "不要了")
    with pytest.raises(NobodyWaits):
        printing.calling.call_next(1)


@pytest.mark.both
def test_only_the_manager_frees_a_stuck_ticket(
    front: Front, manager_front: Front, take: Take, ticket_of: TicketOf, events_of: EventsOf
) -> None:
    code, other = take(), take()
    rank = ticket_of(code).rank_at
    front.calling.call_next(1)
    front.calling.start(1)
    with pytest.raises(NotAuthorised):
        front.calling.release(ticket_of(code).id, "死机")
    manager_front.calling.release(ticket_of(code).id, "窗口死机")
    assert (ticket_of(code).state, ticket_of(code).rank_at) == ("waiting", rank)
    assert front.calling.call_next(1).code == code
    front.calling.hold(1, "取材料")
    manager_front.calling.release(ticket_of(code).id, "人已离开", cancel=True)
    assert kinds(events_of(code)) == ["issue", "call", "start", "release", "call", "hold", "release", "cancel"]
    with pytest.raises(TicketNotReady, match="等候”，不能释放"):
        manager_front.calling.release(ticket_of(other).id, "试试")


def test_the_ticket_of_another_hall_is_not_there(front: Front, manager_front: Front) -> None:
    for deed in (
        lambda: front.calling.cancel(999, "试试"),
        lambda: front.calling.requeue(999),
        lambda: front.calling.resume(1, 999),
        lambda: manager_front.calling.release(999, "试试"),
    ):
        with pytest.raises(Missing, match="没有号票 999"):
            deed()


@pytest.mark.both
def test_every_deed_is_audited_without_anybodys_name(
    front: Front, store: Store, make_card: Callable[..., Card], clock: FixedClock
) -> None:
    card = make_card(name="欧阳测试")
    front.taking.issue("XK05", channel="card", card=card)
    clock.instant += MINUTE
    front.calling.choose_next(1)
    front.calling.announce(1)
    front.calling.arrive(1)
    front.calling.hold(1, "取材料")
    front.calling.resume(1, front.calling.held(1)[0].ticket_id)
    front.calling.transfer(1, matter_code="XK02", note="材料已看过")
    front.calling.call_next(2)
    front.calling.finish(2)
    with store.read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action.like("queue.%"))).all()
    assert [row.action for row in rows][-7:] == [
        "queue.announce",
        "queue.arrive",
        "queue.hold",
        "queue.resume",
        "queue.transfer",
        "queue.call",
        "queue.finish",
    ]
    told = " ".join(row.subject + row.detail for row in rows)
    assert "欧阳" not in told
    assert card.id_number not in told


def test_only_a_clerk_does_what_a_clerk_does(manager_front: Front) -> None:
    desk = manager_front.calling
    for deed in (
        lambda: desk.choose_next(1),
        lambda: desk.announce(1),
        lambda: desk.call_given(1, "B001", "急事"),
        lambda: desk.arrive(1),
        lambda: desk.hold(1, "取材料"),
        lambda: desk.held(1),
        lambda: desk.resume(1, 1),
        lambda: desk.give_back(1, "叫错"),
        lambda: desk.transfer(1, to_counter=2),
        lambda: desk.send_back(1),
        lambda: desk.requeue(1),
        desk.skipped,
        lambda: desk.serve_without_ticket(1, "XK05"),
    ):
        with pytest.raises(NotAuthorised):
            deed()


def test_without_a_ticket_every_deed_says_so(front: Front) -> None:
    desk = front.calling
    for deed in (
        lambda: desk.announce(1),
        lambda: desk.arrive(1),
        lambda: desk.hold(1, "取材料"),
        lambda: desk.give_back(1, "叫错"),
        lambda: desk.transfer(1, to_counter=2),
        lambda: desk.send_back(1),
    ):
        with pytest.raises(Missing, match="1号窗口现在没有在办的号"):
            deed()
