"""Tickets: codes, states, who is next and why, how long it may take."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.errors import Refused
from hall.rules.tickets import (
    NobodyWaits,
    QueuePolicy,
    TicketAction,
    TicketNotReady,
    WaitingTicket,
    after,
    next_ticket,
    ticket_code,
    waiting_minutes,
)
from hall.words import TICKET_STATES

OPENING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HEAD_STARTS = {"ordinary": timedelta(), "elder": 15 * MINUTE, "soldier": 20 * MINUTE}
POLICY = QueuePolicy(HEAD_STARTS, elder_age=60, service_minutes=8, fewest_for_mean=5)
LONGEST_HEAD_START = max(HEAD_STARTS.values())

kinds = st.sampled_from(sorted(HEAD_STARTS))
arrivals = st.lists(st.tuples(kinds, st.integers(0, 5400)), min_size=1, max_size=40)


def taken(ticket_id: int, priority: str, seconds: int) -> WaitingTicket:
    issued_at = OPENING + timedelta(seconds=seconds)
    code = ticket_code("A", ticket_id)
    return WaitingTicket(ticket_id, code, priority, issued_at, POLICY.rank_at(issued_at, priority))


def queue(spec: list[tuple[str, int]]) -> list[WaitingTicket]:
    """Tickets numbered in the order in which they were taken."""
    in_order = sorted(spec, key=lambda item: item[1])
    return [taken(number, kind, seconds) for number, (kind, seconds) in enumerate(in_order, start=1)]


def call_all(waiting: list[WaitingTicket]) -> list[WaitingTicket]:
    left, called = list(waiting), []
    while left:
        called.append(next_ticket(left).ticket)
        left.remove(called[-1])
    return called


@pytest.mark.parametrize(("sequence", "code"), [(1, "A001"), (17, "A017"), (999, "A999"), (1000, "A1000")])
def test_a_code_is_a_letter_and_at_least_three_digits(sequence: int, code: str) -> None:
    assert ticket_code("A", sequence) == code


def test_a_sequence_starts_at_one() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        ticket_code("A", 0)


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.integers(1, 10**6)), max_size=60, unique=True)
)
def test_different_tickets_of_a_day_have_different_codes(tickets: list[tuple[str, int]]) -> None:
    assert len({ticket_code(*each) for each in tickets}) == len(tickets)


@pytest.mark.parametrize(
    ("action", "state", "follows"),
    [
        ("call", "waiting", "called"),
        ("recall", "called", "called"),
        ("skip", "called", "skipped"),
        ("start", "called", "serving"),
        ("finish", "called", "finished"),
        ("finish", "serving", "finished"),
        ("cancel", "waiting", "cancelled"),
        ("cancel", "called", "cancelled"),
        ("cancel", "skipped", "cancelled"),
    ],
)
def test_an_action_leads_to_its_state(action: TicketAction, state: str, follows: str) -> None:
    assert after(action, state, code="A001") == follows


@pytest.mark.parametrize("action", ["call", "recall", "skip", "start", "finish", "cancel"])
@pytest.mark.parametrize("state", ["finished", "cancelled", "unfinished"])
def test_nothing_happens_to_a_ticket_at_rest(action: TicketAction, state: str) -> None:
    with pytest.raises(TicketNotReady, match=f"A001 号现在是“{TICKET_STATES[state]}”，不能"):
        after(action, state, code="A001")


def test_a_ticket_being_served_is_not_skipped() -> None:
    with pytest.raises(TicketNotReady, match=r"A001 号现在是“办理中”，不能过号。"):
        after("skip", "serving", code="A001")


def test_the_oldest_ordinary_ticket_is_next() -> None:
    choice = next_ticket(queue([("ordinary", 0), ("ordinary", 60)]))
    assert choice.ticket.code == "A001"
    assert choice.reason == "A001 取号最早。"


def test_a_priority_ticket_overtakes_within_its_head_start_and_says_whom() -> None:
    choice = next_ticket(queue([("ordinary", 0), ("ordinary", 30), ("elder", 14 * 60)]))
    assert choice.ticket.code == "A003"
    assert choice.reason == "A003 是优先号，按提前 15 分钟排队，先于 A001。"


def test_a_priority_ticket_taken_after_the_head_start_waits_its_turn() -> None:
    assert next_ticket(queue([("ordinary", 0), ("elder", 15 * 60 + 1)])).ticket.code == "A001"


def test_of_equal_ranks_the_earlier_ticket_is_next() -> None:
    choice = next_ticket(queue([("ordinary", 0), ("elder", 15 * 60)]))
    assert choice.ticket.code == "A001"


def test_a_priority_ticket_that_is_also_the_oldest_needs_no_excuse() -> None:
    assert next_ticket(queue([("elder", 0), ("ordinary", 60)])).reason == "A001 取号最早。"


def test_nobody_waits_in_an_empty_queue() -> None:
    with pytest.raises(NobodyWaits, match="没有人等候"):
        next_ticket([])


def test_the_choice_is_the_same_for_every_order_of_the_rows() -> None:
    rows = queue([("ordinary", 0), ("elder", 600), ("soldier", 900), ("ordinary", 900)])
    assert len({next_ticket(order) for order in permutations(rows)}) == 1


@given(arrivals.map(queue).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_choice_does_not_depend_on_the_order_of_the_rows(
    orders: tuple[list[WaitingTicket], list[WaitingTicket]],
) -> None:
    assert next_ticket(orders[0]) == next_ticket(orders[1])


@given(arrivals)
def test_within_a_class_nobody_is_passed_over(spec: list[tuple[str, int]]) -> None:
    called = call_all(queue(spec))
    for kind in HEAD_STARTS:
        of_kind = [ticket.ticket_id for ticket in called if ticket.priority == kind]
        assert of_kind == sorted(of_kind)


@given(arrivals)
def test_every_ticket_is_called_once(spec: list[tuple[str, int]]) -> None:
    rows = queue(spec)
    assert sorted(ticket.ticket_id for ticket in call_all(rows)) == [ticket.ticket_id for ticket in rows]


@given(arrivals)
def test_nobody_is_overtaken_by_anyone_who_came_more_than_a_head_start_later(spec: list[tuple[str, int]]) -> None:
    called = call_all(queue(spec))
    for place, ticket in enumerate(called):
        for later in called[place + 1 :]:
            assert ticket.issued_at - later.issued_at <= LONGEST_HEAD_START


@settings(max_examples=20)
@given(st.integers(1, 4), st.sampled_from([60, 120, 240]))
def test_an_ordinary_ticket_waits_a_bounded_time_however_many_priority_tickets_come(
    arrivals_a_call: int, seconds_a_call: int
) -> None:
    """More soldiers arrive than are called: the ordinary ticket waits for those within the head start, no longer."""
    ordinary = taken(1, "ordinary", 0)
    waiting, number, now = [ordinary], 1, 0
    calls = 0
    while ordinary in waiting:
        for _ in range(arrivals_a_call):
            number += 1
            waiting.append(taken(number, "soldier", now))
        waiting.remove(next_ticket(waiting).ticket)
        calls, now = calls + 1, now + seconds_a_call
    came_within_head_start = arrivals_a_call * (LONGEST_HEAD_START.total_seconds() // seconds_a_call + 1)
    assert calls <= came_within_head_start + 1


@pytest.mark.parametrize("priority", sorted(HEAD_STARTS))
def test_a_ticket_ranks_by_its_head_start(priority: str) -> None:
    assert POLICY.rank_at(OPENING, priority) == OPENING - HEAD_STARTS[priority]


def test_an_unknown_priority_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="没有“vip”这种优先类别；可用的有：普通、老年、军人"):
        POLICY.rank_at(OPENING, "vip")


@pytest.mark.parametrize(
    ("ahead", "counters", "expected"),
    [(0, 3, (0, 1)), (1, 1, (6, 8)), (10, 4, (16, 20)), (3, 0, (19, 24))],
)
def test_the_waiting_time_is_a_span(ahead: int, counters: int, expected: tuple[int, int]) -> None:
    assert waiting_minutes(ahead, counters=counters, service_minutes=8) == expected


@given(st.integers(0, 500), st.integers(0, 20), st.floats(0, 120))
def test_the_span_is_never_empty_and_grows_with_the_queue(ahead: int, counters: int, minutes: float) -> None:
    low, high = waiting_minutes(ahead, counters=counters, service_minutes=minutes)
    assert 0 <= low < high
    longer = waiting_minutes(ahead + 1, counters=counters, service_minutes=minutes)
    assert longer[0] >= low
    assert longer[1] >= high
