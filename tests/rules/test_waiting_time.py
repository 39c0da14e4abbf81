"""The wait of a last ticket: by the real order, at the counters that serve it, over the day's own lengths."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.queue_order import CallingCounter, WaitingTicket
from hall.rules.waiting_time import (
    MOST_PLAYED,
    Expected,
    Queue,
    Served,
    ServiceTimes,
    ServingCounter,
    expected_waits,
    lengths_at_counter,
    service_times,
)

MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LAST = 1000
TEN = ServiceTimes((10 * MINUTE,), {})


def ticket(number: int, waited: float, *, matter: int = 1, elder: bool = False, longest: int = 60) -> WaitingTicket:
    waits_from = NOW - waited * MINUTE
    return WaitingTicket(
        ticket_id=number,
        code=f"A{number:03d}",
        matter_id=matter,
        priority="elder" if elder else "ordinary",
        favoured=elder,
        waits_from=waits_from,
        rank_at=waits_from - (15 if elder else 0) * MINUTE,
        must_call_by=waits_from + longest * MINUTE,
    )


def counter(
    number: int, *matters: int, busy_with: int | None = None, since: float = 0, head_start: int = 0
) -> ServingCounter:
    head_starts = dict.fromkeys(matters, head_start * MINUTE)
    return ServingCounter(
        counter_id=number,
        matters=frozenset(matters) or None,
        calling=CallingCounter(head_starts, favoured_calls=0, favoured_in_a_row=2),
        busy_with=busy_with,
        busy_since=None if busy_with is None else NOW - since * MINUTE,
    )


def last(matter: int = 1, *, elder: bool = False) -> WaitingTicket:
    return ticket(LAST + matter, 0, matter=matter, elder=elder)


def expected(queue: Queue, taken: WaitingTicket | None = None) -> Expected:
    taken = taken or last()
    return expected_waits(queue, [taken], NOW)[taken.ticket_id]


def queue(*waiting: WaitingTicket, at: tuple[ServingCounter, ...], times: ServiceTimes = TEN) -> Queue:
    return Queue(waiting, at, times)


THREE = tuple(ticket(number, 10 - number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("waiting", "at", "ahead", "minutes"),
    [
        ((), (counter(1),), 0, (0, 1)),
        (THREE, (counter(1),), 3, (30, 31)),
        (THREE, (counter(1), counter(2), counter(3), counter(4)), 3, (0, 1)),
        (THREE, (counter(1), counter(2)), 3, (10, 11)),
        ((), (counter(1, busy_with=1, since=4),), 0, (6, 7)),
        ((), (counter(1, busy_with=1, since=25),), 0, (10, 11)),  # longer than any: anybody's guess
        (THREE, (counter(1, 1), counter(2, 2)), 3, (30, 31)),
        ((ticket(1, 9, matter=2), ticket(2, 8, matter=2)), (counter(1, 1), counter(2, 2)), 0, (0, 1)),
        ((ticket(1, 9, matter=2), *THREE[1:]), (counter(1, busy_with=1, since=5), counter(2, 2)), 2, (25, 26)),
    ],
)
def test_whoever_comes_now_waits_for_those_ahead_at_the_counters_that_serve_the_matter(
    waiting: tuple[WaitingTicket, ...], at: tuple[ServingCounter, ...], ahead: int, minutes: tuple[int, int]
) -> None:
    assert expected(queue(*waiting, at=at)) == Expected(ahead, minutes)


def test_a_favoured_ticket_passes_those_that_came_within_its_head_start() -> None:
    old = ticket(1, 20)
    assert expected(queue(old, *THREE[1:], at=(counter(1),)), last(elder=True)) == Expected(1, (10, 11))


def test_a_counters_own_matter_is_called_before_others_there() -> None:
    waiting = (ticket(1, 2), ticket(2, 1))
    own = ServingCounter(1, None, CallingCounter({2: 10 * MINUTE}, 0, 2))
    assert expected(queue(*waiting, at=(own,)), last(2)) == Expected(0, (0, 1))
    assert expected(queue(*waiting, at=(own,)), last(1)) == Expected(2, (20, 21))


def test_what_is_overdue_goes_first_in_the_play_as_at_the_counter() -> None:
    overdue = ticket(1, 30, longest=20)
    taken = last(elder=True)
    assert expected(queue(overdue, at=(counter(1),)), taken).ahead == 1


def test_the_ratio_of_favoured_calls_holds_in_the_play() -> None:
    """Two elders, then the ordinary last ticket, then the third elder."""
    elders = [ticket(number, 1, elder=True) for number in (1, 2, 3)]
    assert expected(queue(*elders, at=(counter(1),))) == Expected(2, (20, 21))


def test_a_ticket_for_one_counter_only_keeps_no_other_counter_busy() -> None:
    both = (counter(1, busy_with=1, since=5), counter(2))
    sent = Queue((ticket(1, 9),), both, TEN, only={1: 1})
    assert expected(sent).minutes == (0, 1)
    assert expected(Queue((ticket(1, 9),), both, TEN)).minutes == (5, 6)


def test_last_tickets_do_not_stand_in_each_others_way() -> None:
    many = [last(matter) for matter in range(1, 6)]
    found = expected_waits(queue(*THREE, at=(counter(1),)), many, NOW)
    assert found == dict.fromkeys((each.ticket_id for each in many), Expected(3, (30, 31)))


def test_a_matter_served_nowhere_has_no_estimate() -> None:
    assert expected_waits(queue(*THREE, at=(counter(1, 2),)), [last(1)], NOW) == {}
    assert expected_waits(Queue((), (), TEN), [last(1)], NOW) == {}


def test_a_counter_that_pauses_is_counted_on_only_where_no_other_serves() -> None:
    paused = Queue(THREE, (counter(1, 1),), TEN, away=((counter(2, 1, 2),), (counter(3, 3),)))
    found = expected_waits(paused, [last(1), last(2), last(3), last(4)], NOW)
    assert found[LAST + 1] == Expected(3, (30, 31))
    assert found[LAST + 2] == Expected(1, (10, 11))
    assert found[LAST + 3] == Expected(0, (0, 1))  # only a closed one serves it
    assert LAST + 4 not in found


def test_where_every_matter_is_served_nobody_away_is_counted_on() -> None:
    assert expected(Queue(THREE, (counter(1),), TEN, away=((counter(2),), ()))) == Expected(3, (30, 31))


def test_who_comes_later_and_ranks_earlier_is_expected_as_lately() -> None:
    """An elder came every five minutes; two more come while the last ticket waits."""
    lately = tuple((NOW - ago * MINUTE, ticket(20 + ago, ago, elder=True)) for ago in (20, 15, 10, 5))
    alone = Queue(THREE, (counter(1),), TEN)
    crowd = Queue(THREE, (counter(1),), TEN, recent=lately)
    assert expected(crowd).ahead == expected(alone).ahead == 3  # who is not there is nobody ahead
    assert expected(crowd).minutes[0] >= expected(alone).minutes[0] + 20
    assert expected_waits(crowd, [], NOW) == {}


def test_who_is_expected_later_is_not_called_before() -> None:
    """An elder came twelve minutes ago: one is expected again three minutes from now, when the counter is busy."""
    lately = ((NOW - 12 * MINUTE, ticket(20, 12, elder=True)),)
    assert expected(Queue(THREE[:1], (counter(1),), TEN, recent=lately)) == Expected(1, (20, 21))
    assert expected(Queue((), (counter(1),), TEN, recent=lately)) == Expected(0, (0, 1))


def test_what_was_taken_long_ago_or_ranks_later_is_not_expected_again() -> None:
    ordinary = ((NOW - 5 * MINUTE, ticket(20, 5)), (NOW - 90 * MINUTE, ticket(21, 90, elder=True)))
    assert expected(Queue(THREE, (counter(1),), TEN, recent=ordinary)) == Expected(3, (30, 31))


def test_a_very_long_queue_is_thinned_and_told_alike() -> None:
    waiting = tuple(ticket(number, 50 - number / 1000, longest=600) for number in range(1, 10 * MOST_PLAYED + 1))
    counters = tuple(counter(number) for number in range(1, 6))
    patient = ticket(2 * LAST, 0, longest=6000)
    whole = expected(Queue(waiting, counters, TEN), patient)
    tenth = expected(Queue(waiting[5::10], counters, TEN, stands_for=10), patient)
    assert whole == tenth
    assert whole.ahead == 10 * MOST_PLAYED
    assert whole.minutes[0] == pytest.approx(2 * 10 * MOST_PLAYED, rel=0.1)


# ---- lengths


def served(counter_id: int, waits_from: float, called_at: float, ended_at: float) -> Served:
    return Served(counter_id, 1, NOW + waits_from * MINUTE, NOW + called_at * MINUTE, NOW + ended_at * MINUTE)


@pytest.mark.parametrize(
    ("day", "lengths"),
    [
        ([], []),
        ([served(1, 0, 5, 15)], [10]),
        ([served(1, 0, 5, 15), served(1, 3, 16, 20)], [11, 4]),  # the next one waited: the gap is the counter's
        ([served(1, 3, 16, 20), served(1, 0, 5, 15)], [11, 4]),
        ([served(1, 0, 5, 15), served(1, 18, 19, 20)], [10, 1]),  # nobody waited
        ([served(1, 0, 5, 15), served(2, 3, 16, 20)], [10, 4]),
        ([served(1, 0, 5, 15), served(1, 3, 45, 50)], [13, 5]),  # a pause is no service
        ([served(1, 0, 5, 15), served(1, 3, 14, 20)], [10, 6]),
    ],
)
def test_a_ticket_keeps_its_counter_until_the_next_call(day: list[Served], lengths: list[int]) -> None:
    assert list(lengths_at_counter(day)) == [(1, minutes * MINUTE) for minutes in lengths]


def test_before_the_day_has_lengths_the_halls_mean_stands_in() -> None:
    times = service_times([], mean=10 * MINUTE, fewest=5)
    assert sum(times.of(1), timedelta()) / len(times.of(1)) == 10 * MINUTE
    few = service_times([(1, 2 * MINUTE)], mean=10 * MINUTE, fewest=5)
    assert 2 * MINUTE in few.hall
    assert len(few.hall) > 1


def test_a_matter_has_its_own_lengths_and_a_little_of_the_halls() -> None:
    day = [(1, 5 * MINUTE)] * 20 + [(2, 20 * MINUTE)] * 20
    times = service_times(day, mean=10 * MINUTE, fewest=5)
    assert sorted(set(times.of(1))) == [5 * MINUTE, 20 * MINUTE]
    assert times.of(1).count(20 * MINUTE) == 1
    assert times.of(3) == times.hall
    assert times.of(1) == tuple(sorted(times.of(1)))


@pytest.mark.parametrize(("so_far", "in_the_end"), [(1, 8), (6, 20), (12, 20), (24, 30)])
def test_a_service_that_still_runs_counts_with_what_such_a_service_comes_to(so_far: int, in_the_end: int) -> None:
    """Otherwise a young day would know only its short services."""
    day = [(1, each * MINUTE) for each in (4, 5, 8, 20)]
    times = service_times(day, running=[(2, so_far * MINUTE)], mean=10 * MINUTE, fewest=3)
    assert in_the_end * MINUTE in times.of(2)
    assert in_the_end * MINUTE not in times.hall or in_the_end in {8, 20}


@given(st.integers(0, 2**16 - 1), st.integers(0, 40))
def test_what_is_left_of_a_service_is_never_more_than_the_longest(draw: int, elapsed: int) -> None:
    times = ServiceTimes(tuple(minutes * MINUTE for minutes in (5, 10, 30)), {})
    assert timedelta() < times.left(1, elapsed * MINUTE, draw) <= 30 * MINUTE
    assert times.drawn(1, draw) in times.hall


# ---- what holds for every queue

waiting_tickets = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 3), st.booleans()), max_size=30).map(
    lambda rows: tuple(
        ticket(number, waited, matter=matter, elder=elder) for number, (waited, matter, elder) in enumerate(rows, 1)
    )
)
counter_lists = st.lists(st.sets(st.integers(1, 3), max_size=2), min_size=1, max_size=5).map(
    lambda rows: tuple(counter(number, *sorted(matters)) for number, matters in enumerate(rows, 1))
)
VARIED = service_times([(1, each * MINUTE) for each in (2, 4, 5, 7, 9, 14, 30)], mean=8 * MINUTE, fewest=5)


@given(waiting_tickets, counter_lists)
def test_a_span_is_whole_minutes_in_order_and_the_same_for_the_same_queue(
    waiting: tuple[WaitingTicket, ...], counters: tuple[ServingCounter, ...]
) -> None:
    taken = [last(matter) for matter in (1, 2, 3)]
    found = expected_waits(Queue(waiting, counters, VARIED), taken, NOW)
    assert found == expected_waits(Queue(waiting[::-1], counters, VARIED), taken, NOW)
    for each in found.values():
        low, high = each.minutes
        assert 0 <= low < high
        assert 0 <= each.ahead <= len(waiting)


@given(waiting_tickets)
def test_alone_and_without_favours_everybody_is_ahead(waiting: tuple[WaitingTicket, ...]) -> None:
    ordinary = tuple(each for each in waiting if not each.favoured)
    assert expected(Queue(ordinary, (counter(1),), VARIED)).ahead == len(ordinary)


@given(waiting_tickets, st.integers(1, 5))
def test_one_more_counter_never_makes_it_longer_where_all_take_the_same_time(
    waiting: tuple[WaitingTicket, ...], count: int
) -> None:
    ordinary = tuple(each for each in waiting if not each.favoured)
    few = tuple(counter(number) for number in range(1, count + 1))
    assert expected(Queue(ordinary, (*few, counter(9)), TEN)).minutes <= expected(Queue(ordinary, few, TEN)).minutes
