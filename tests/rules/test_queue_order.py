"""Who is next: tables of calls with their sentences, and what holds for every queue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.queue_order import CallingCounter, NobodyWaits, WaitingTicket, next_ticket

MINUTE = timedelta(minutes=1)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEAD_STARTS = {"ordinary": 0, "elder": 15, "soldier": 20, "appointment": 30}
LONGEST = 60
PLAIN = CallingCounter({}, favoured_calls=0, favoured_in_a_row=2)


def ticket(
    number: int, since: float, *, priority: str = "ordinary", matter: int = 1, longest: int = LONGEST
) -> WaitingTicket:
    """A ticket that waits since so many minutes after nine."""
    waits_from = NINE + since * MINUTE
    return WaitingTicket(
        ticket_id=number,
        code=f"A{number:03d}",
        matter_id=matter,
        priority=priority,
        favoured=priority != "ordinary",
        waits_from=waits_from,
        rank_at=waits_from - HEAD_STARTS[priority] * MINUTE,
        must_call_by=waits_from + longest * MINUTE,
    )


def at(minutes: float) -> datetime:
    return NINE + minutes * MINUTE


def counter(*, weights: dict[int, int] | None = None, calls: int = 0, most: int = 2) -> CallingCounter:
    head_starts = {matter: minutes * MINUTE for matter, minutes in (weights or {}).items()}
    return CallingCounter(head_starts, favoured_calls=calls, favoured_in_a_row=most)


ORDINARY, LATER, ELDER = ticket(1, 0), ticket(2, 5), ticket(3, 10, priority="elder")
BEHIND = replace(ORDINARY, rank_at=at(8))


@pytest.mark.parametrize(
    ("waiting", "place", "now", "expected"),
    [
        ([LATER, ORDINARY], PLAIN, 20, (1, "rank", "A001 等得最久。")),
        ([ORDINARY, ELDER], PLAIN, 20, (3, "rank", "A003 是老年号，按提前 15 分钟排队，先于 A001。")),
        ([ORDINARY, ticket(3, 16, priority="elder")], PLAIN, 20, (1, "rank", "A001 等得最久。")),
        ([ORDINARY, ticket(3, 15, priority="elder")], PLAIN, 20, (1, "rank", "A001 等得最久。")),
        ([ticket(4, 40, priority="appointment"), ticket(5, 12)], PLAIN, 20, (4, "rank",
         "A004 是预约号，按提前 30 分钟排队，先于 A005。")),
        ([ORDINARY, ELDER], counter(calls=2), 20, (1, "ratio", "本窗口已连叫 2 个优先号，轮到普通号 A001。")),
        ([ELDER], counter(calls=2), 20, (3, "rank", "A003 等得最久。")),
        ([ORDINARY, ticket(2, 5, matter=2)], counter(weights={1: 0, 2: 10}), 20, (2, "rank",
         "A002 是本窗口主办事项，按提前 10 分钟排队，先于 A001。")),
        ([ORDINARY, ticket(2, 5, matter=2)], counter(weights={1: 0, 2: 4}), 20, (1, "rank", "A001 等得最久。")),
        ([ORDINARY, replace(ELDER, matter_id=2)], counter(weights={1: 0, 2: 10}), 20, (3, "rank",
         "A003 是老年号，按提前 25 分钟排队，先于 A001。")),
        ([BEHIND, LATER], PLAIN, 20, (2, "rank", "A001 已改排到后面，先叫 A002。")),
        ([ORDINARY, replace(LATER, rank_at=at(-1))], PLAIN, 20, (2, "rank", "A002 按原来的次序排在 A001 之前。")),
        ([ORDINARY, ELDER], PLAIN, 60, (1, "longest-wait", "A001 已等 60 分钟，到了最长等候 60 分钟，必须先叫。")),
        ([ORDINARY, ELDER, ticket(4, 5, longest=30)], PLAIN, 61.5, (4, "longest-wait",
         "A004 已等 56 分钟，到了最长等候 30 分钟，必须先叫。")),
        ([ORDINARY, ticket(3, -10, priority="elder")], counter(calls=2), 60, (3, "longest-wait",
         "A003 已等 70 分钟，到了最长等候 60 分钟，必须先叫。")),
    ],
)  # fmt: skip
def test_the_next_ticket_and_why(
    waiting: list[WaitingTicket], place: CallingCounter, now: float, expected: tuple[int, str, str]
) -> None:
    choice = next_ticket(waiting, place, at(now))
    assert (choice.ticket.ticket_id, choice.rule, choice.reason) == expected


def test_nobody_waits_is_a_refusal() -> None:
    with pytest.raises(NobodyWaits, match="现在没有人等候"):
        next_ticket([], PLAIN, NINE)


@pytest.mark.parametrize(
    ("waiting", "before", "after"),
    [
        ([ORDINARY, ELDER], 0, 1),
        ([ORDINARY, ELDER], 1, 2),
        ([ORDINARY, ELDER], 2, 0),  # an ordinary one is called
        ([ELDER], 1, 0),  # nobody ordinary is kept waiting
        ([ORDINARY], 1, 0),
    ],
)
def test_favoured_calls_are_counted_while_ordinary_tickets_wait(
    waiting: list[WaitingTicket], before: int, after: int
) -> None:
    assert next_ticket(waiting, counter(calls=before), at(20)).favoured_calls == after


def test_a_favoured_ticket_that_must_be_called_counts_too() -> None:
    overdue = ticket(9, -60, priority="soldier")
    choice = next_ticket([overdue, ORDINARY], counter(calls=2), at(10))
    assert (choice.ticket, choice.favoured_calls) == (overdue, 3)
    assert next_ticket([ORDINARY, ELDER], counter(calls=3), at(10)).ticket is ORDINARY


# ---- what holds for every queue

priorities = st.sampled_from(sorted(HEAD_STARTS))


@st.composite
def queues(draw: st.DrawFn) -> tuple[WaitingTicket, ...]:
    """Waiting tickets of three matters, each with a longest wait of its own; some were ranked behind."""
    since = draw(st.lists(st.integers(-120, 20), min_size=1, max_size=14))
    waiting = []
    for number, minute in enumerate(since, start=1):
        matter = draw(st.integers(1, 3))
        each = ticket(number, minute, priority=draw(priorities), matter=matter, longest=20 * matter)
        behind = draw(st.sampled_from((0, 0, 0, 7)))
        waiting.append(replace(each, rank_at=each.rank_at + behind * MINUTE))
    return tuple(waiting)


counters = st.builds(
    counter,
    weights=st.dictionaries(st.integers(1, 3), st.integers(0, 30)),
    calls=st.integers(0, 4),
    most=st.integers(1, 3),
)
nows = st.integers(0, 60).map(at)


@given(queues(), counters, nows, st.randoms())
def test_the_order_of_the_rows_never_matters(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime, shuffler: object
) -> None:
    choice = next_ticket(waiting, place, now)
    shuffled = list(waiting)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]  # what st.randoms gives
    assert next_ticket(shuffled, place, now) == choice
    assert next_ticket(iter(set(waiting)), place, now) == choice


@given(queues(), counters, nows)
def test_nobody_is_called_while_another_has_waited_too_long_for_longer(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime
) -> None:
    called = next_ticket(waiting, place, now).ticket
    overdue = [each.must_call_by for each in waiting if each.must_call_by <= now]
    assert not overdue or called.must_call_by == min(overdue)


def before(one: WaitingTicket, other: WaitingTicket) -> bool:
    """Whether one of a lane is before the other in every respect."""
    return all(
        (getattr(one, name), one.ticket_id) < (getattr(other, name), other.ticket_id)
        for name in ("rank_at", "must_call_by")
    )


@given(queues(), counters, nows)
def test_no_older_ticket_of_the_same_lane_is_passed_over(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime
) -> None:
    called = next_ticket(waiting, place, now).ticket
    lane = [each for each in waiting if (each.matter_id, each.priority) == (called.matter_id, called.priority)]
    assert not any(before(each, called) for each in lane)


@given(queues(), counters, nows)
def test_after_k_favoured_calls_an_ordinary_one_comes_unless_somebody_is_overdue(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime
) -> None:
    choice = next_ticket(waiting, place, now)
    ordinary_waits = any(not each.favoured for each in waiting)
    if ordinary_waits and place.favoured_calls >= place.favoured_in_a_row and choice.rule != "longest-wait":
        assert not choice.ticket.favoured


@given(queues(), counters, nows)
def test_without_overdue_tickets_the_lowest_rank_of_its_kind_is_called(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime
) -> None:
    waiting = tuple(each for each in waiting if each.must_call_by > now)
    if not waiting:
        return
    called = next_ticket(waiting, place, now).ticket
    assert all(
        (place.rank(called), called.ticket_id) <= (place.rank(each), each.ticket_id)
        for each in waiting
        if each.favoured == called.favoured
    )


@given(queues(), counters, nows)
def test_one_sentence_says_why_and_names_the_ticket(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime
) -> None:
    choice = next_ticket(waiting, place, now)
    assert choice.reason.endswith("。")
    assert choice.reason.count("。") == 1
    assert choice.ticket.code in choice.reason
    assert "-" not in choice.reason  # no negative minutes
    assert " 0 分钟" not in choice.reason


@given(queues(), counters, nows)
def test_whoever_keeps_the_rank_keeps_the_place(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime
) -> None:
    """A ticket that returns to the queue with its rank is the next again; nobody slipped past."""
    called = next_ticket(waiting, place, now).ticket
    others = tuple(each for each in waiting if each is not called)
    back = replace(called)
    assert next_ticket((*others, back), place, now).ticket == called


@given(queues(), counters, nows, st.integers(1, 3))
def test_a_ticket_transferred_with_its_rank_stands_between_the_same_neighbours(
    waiting: tuple[WaitingTicket, ...], place: CallingCounter, now: datetime, matter: int
) -> None:
    """At a counter without weights the other matter changes nothing of the order by rank."""
    plain = CallingCounter({}, place.favoured_calls, place.favoured_in_a_row)
    moved = (replace(waiting[0], matter_id=matter), *waiting[1:])
    was, now_is = next_ticket(waiting, plain, now), next_ticket(moved, plain, now)
    assert was.ticket.ticket_id == now_is.ticket.ticket_id


# ---- whole days at one overloaded counter

Arrival = tuple[int, str, int]  # minutes after the one before, priority, matter
arrivals = st.lists(st.tuples(st.integers(0, 6), priorities, st.integers(1, 3)), min_size=5, max_size=60)


def played(day: Sequence[Arrival], place: CallingCounter, *, service: int) -> list[tuple[WaitingTicket, datetime, int]]:
    """Every call of a day at one counter: the ticket, when, and how many waited who were due before it."""
    minute, coming = 0, []
    for number, (gap, priority, matter) in enumerate(day, start=1):
        minute += gap
        coming.append(ticket(number, minute, priority=priority, matter=matter, longest=20 * matter))
    calls: list[tuple[WaitingTicket, datetime, int]] = []
    waiting: list[WaitingTicket] = []
    now = NINE
    while coming or waiting:
        while coming and coming[0].waits_from <= now:
            waiting.append(coming.pop(0))
        if waiting:
            choice = next_ticket(waiting, place, now)
            waiting.remove(choice.ticket)
            place = replace(place, favoured_calls=choice.favoured_calls)
            calls.append((choice.ticket, now, len(waiting)))
        now += service * MINUTE
    return calls


@given(arrivals, counters, st.integers(1, 12))
def test_every_wait_is_bounded_by_the_longest_wait_and_those_due_before(
    day: list[Arrival], place: CallingCounter, service: int
) -> None:
    """At its limit a ticket of any class waits for the service that runs and for those due before it, no more."""
    calls = played(day, place, service=service)
    assert len(calls) == len(day)
    for called, when, _ in calls:
        due_before = sum(
            1
            for other, other_when, _ in calls
            if called.must_call_by <= other_when < when
            and (other.must_call_by, other.ticket_id) < (called.must_call_by, called.ticket_id)
        )
        assert when < called.must_call_by + (due_before + 1) * service * MINUTE


@given(arrivals, counters, st.integers(1, 12))
def test_in_a_whole_day_never_more_than_k_favoured_calls_run_while_an_ordinary_one_waits(
    day: list[Arrival], place: CallingCounter, service: int
) -> None:
    place = replace(place, favoured_calls=0)
    calls = played(day, place, service=service)
    in_a_row = 0
    for called, when, _ in calls:
        ordinary = any(not other.favoured and other.waits_from <= when <= at_time for other, at_time, _ in calls)
        by_rank = called.must_call_by > when
        in_a_row = in_a_row + 1 if called.favoured and ordinary else 0
        assert not (by_rank and called.favoured and ordinary) or in_a_row <= place.favoured_in_a_row


@given(arrivals, counters, st.integers(1, 12))
def test_a_lane_is_called_in_the_order_of_its_numbers(day: list[Arrival], place: CallingCounter, service: int) -> None:
    lanes: dict[tuple[int, str], list[int]] = {}
    for called, _, _ in played(day, place, service=service):
        lanes.setdefault((called.matter_id, called.priority), []).append(called.ticket_id)
    assert all(lane == sorted(lane) for lane in lanes.values())
