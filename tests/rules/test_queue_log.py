"""The log of a day: what counts when, that parts may be folded one by one, and that every ticket is counted once."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.clock import HALL_ZONE
from hall.rules.queue_events import CounterEvent, Event, TicketEvent, in_order, last_of_day
from hall.rules.queue_log import Fact, begin, closed, fold
from hall.rules.queue_policy import AlarmPolicy
from hall.rules.queue_statistics import DayFigures, Figures, Lengths, Rate, day_figures

DAY = date(2026, 11, 23)
OPENING = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)
MINUTE = timedelta(minutes=1)
ALARMS = AlarmPolicy(waiting=30 * MINUTE, people_per_counter=10, service=30 * MINUTE, forgotten=120 * MINUTE)
ALL: frozenset[int] = frozenset()

# What may follow what, for days made up at random.
FOLLOWING = {
    "issue": ("call", "choose", "cancel", "serve"),
    "reserve": ("live", "misprint"),
    "misprint": ("live", "cancel"),
    "live": ("call", "choose", "cancel"),
    "choose": ("call", "return"),
    "call": ("recall", "arrive", "start", "skip", "finish", "transfer"),
    "recall": ("arrive", "start", "skip"),
    "arrive": ("start", "hold", "cancel"),
    "start": ("finish", "hold", "return", "transfer", "proceed", "continue", "release"),
    "serve": ("finish", "transfer"),
    "continue": ("finish", "hold"),
    "hold": ("resume", "cancel"),
    "resume": ("finish", "transfer"),
    "skip": ("requeue", "call", "cancel"),
    "return": ("call",),
    "release": ("call",),
    "transfer": ("call",),
    "requeue": ("call",),
    "proceed": ("call",),
}
ENDS = {"finish", "cancel", "unfinished"}
COUNTED_AT_COUNTER = {"choose", "call", "recall", "arrive", "start", "resume", "serve", "continue"}


def at(minutes: float) -> datetime:
    return OPENING + minutes * MINUTE


def ticket(*steps: tuple[str, float], ticket_id: int = 1, counter: int = 1, **given: object) -> list[TicketEvent]:
    """Events of one ticket: kind and minutes after opening; its waiting counts from the first."""
    return [
        replace(
            TicketEvent(
                event_id=ticket_id * 1000 + number,
                ticket_id=ticket_id,
                at=at(minutes),
                kind=kind,
                waits_from=at(steps[0][1]),
                counter_id=counter if number else None,
                account_id=70 + counter if number else 0,
                matter_id=5,
            ),
            **given,  # type: ignore[arg-type]  # fields of TicketEvent
        )
        for number, (kind, minutes) in enumerate(steps)
    ]


def counter(*steps: tuple[str, float], number: int = 1, reason: str = "") -> list[CounterEvent]:
    return [
        CounterEvent(index, number, at(minutes), kind, 70 + number, reason)
        for index, (kind, minutes) in enumerate(steps)
    ]


def figures(
    tickets: Iterable[TicketEvent],
    counters: Iterable[CounterEvent] = (),
    *,
    until: float = 600,
    serves: dict[int, frozenset[int]] | None = None,
) -> DayFigures:
    log = fold(begin(DAY, serves or {1: ALL, 2: ALL}), in_order(tickets, counters))
    return day_figures(log, until=at(until), alarms=ALARMS)


def length(minutes: float, *, over: int = 0) -> Lengths:
    return Lengths(1, minutes * MINUTE, minutes * MINUTE, over)


def test_a_plain_visit_has_waiting_way_and_service() -> None:
    total = figures(ticket(("issue", 0), ("call", 12), ("arrive", 13), ("start", 14), ("finish", 20))).total
    assert (total.taken, total.called, total.calls, total.served, total.matters_done) == (1, 1, 1, 1, 1)
    assert (total.waiting, total.way, total.service) == (length(12), length(1), length(6))
    assert total.open_tickets == 0
    assert total.served_rate == Rate(1, 1)


def test_waiting_ends_at_the_first_call_and_recalls_do_not_change_it() -> None:
    steps = (("issue", 0), ("call", 5), ("recall", 7), ("skip", 8), ("call", 20), ("start", 22), ("finish", 25))
    total = figures(ticket(*steps)).total
    assert total.waiting == length(5)
    assert (total.called, total.calls, total.recalled, total.skipped) == (1, 2, 1, 1)
    assert total.way == length(2)
    assert total.no_show == Rate(1, 2)


@pytest.mark.parametrize(("booked", "waited"), [(10, 5), (30, 0)])
def test_an_appointment_waits_from_its_time_and_never_less_than_nothing(booked: float, waited: float) -> None:
    events = ticket(("issue", 0), ("call", 15), waits_from=at(booked))
    assert figures(events).total.waiting == length(waited)


def test_service_counts_from_the_arrival_or_the_call_where_no_start_was_pressed() -> None:
    assert figures(ticket(("issue", 0), ("call", 5), ("arrive", 7), ("finish", 10))).total.service == length(3)
    assert figures(ticket(("issue", 0), ("call", 5), ("finish", 10))).total.service == length(5)


def test_a_hold_is_no_service() -> None:
    steps = (("issue", 0), ("call", 5), ("start", 6), ("hold", 8), ("resume", 30), ("finish", 34))
    assert figures(ticket(*steps)).total.service == length(6)


def test_a_service_given_up_has_no_length() -> None:
    steps = (("issue", 0), ("call", 5), ("start", 6), ("return", 8), ("call", 20), ("start", 21), ("finish", 25))
    total = figures(ticket(*steps)).total
    assert total.service == length(4)
    assert (total.called, total.calls, total.served) == (1, 2, 1)


def test_a_proceed_ends_one_matter_and_begins_the_next() -> None:
    steps = (("issue", 0), ("call", 5), ("start", 5), ("proceed", 9), ("call", 15), ("start", 15), ("finish", 22))
    events = ticket(*steps)
    events[3] = replace(events[3], next_matter_id=6)
    events[4:] = [replace(event, matter_id=6) for event in events[4:]]
    day = figures(events)
    assert (day.total.served, day.total.matters_done, day.total.called) == (1, 2, 1)
    services = {matter: each.service for matter, each in day.by_matter.items() if matter is not None}
    assert services == {5: length(4), 6: length(7)}


def test_a_matter_done_at_the_same_counter_begins_the_next_at_once() -> None:
    events = ticket(
        ("issue", 0), ("call", 5), ("start", 5), ("hold", 6), ("resume", 8), ("continue", 9), ("finish", 22)
    )
    events[5] = replace(events[5], next_matter_id=6)
    events[6] = replace(events[6], matter_id=6)
    assert {key: each.service for key, each in figures(events).by_matter.items()} == {5: length(2), 6: length(13)}


def test_somebody_served_without_a_ticket_did_not_wait() -> None:
    total = figures(ticket(("issue", 0), ("serve", 0), ("transfer", 4), ("call", 9), ("finish", 10))).total
    assert (total.taken, total.called, total.calls, total.transferred) == (1, 0, 1, 1)
    assert total.waiting == Lengths()


def test_a_number_given_and_a_preview_given_back_are_counted() -> None:
    events = ticket(("issue", 0), ("choose", 3), ("return", 4), ("choose", 5), ("call", 6), ("finish", 9))
    events += [replace(event, rule="given") for event in ticket(("issue", 0), ("call", 6), ticket_id=2, counter=2)]
    total = figures(events).total
    assert (total.given_back, total.out_of_order) == (1, Rate(1, 2))


def test_a_forgotten_end_leaves_its_length_out() -> None:
    events = ticket(("issue", 0), ("call", 5), ("start", 5), ("finish", 126))
    events += ticket(("issue", 0), ("call", 5), ("start", 5), ("unfinished", 900), ticket_id=2, counter=2)
    events += ticket(("issue", 0), ("call", 130), ("start", 130), ("finish", 250), ticket_id=3)
    total = figures(events).total
    assert (total.inaccurate, total.served, total.unfinished) == (2, 2, 1)
    assert total.service == length(120, over=1)


def test_over_limit_rates_have_both_numbers() -> None:
    events = ticket(("issue", 0), ("call", 30), ("finish", 31)) + ticket(("issue", 0), ("call", 31), ticket_id=2)
    waiting = figures(events).total.waiting
    assert (waiting.over_rate, waiting.over_rate.share, waiting.mean) == (Rate(1, 2), 0.5, 30.5 * MINUTE)
    assert (Lengths().over_rate.share, Lengths().mean) == (None, None)


def test_a_counter_is_idle_while_it_is_free_and_somebody_waits_for_it() -> None:
    opened = counter(("open", 0), ("pause", 50), ("resume", 55), ("close", 80), reason="整理材料")
    events = ticket(("issue", 10), ("call", 30), ("finish", 40)) + ticket(("issue", 35), ticket_id=2)
    total = figures(events, opened).total
    # 10–30, then 40–50 and 55–80 without the pause; over ten o'clock the last is in two parts
    assert total.idle.total == (20 + 10 + 25) * MINUTE
    assert total.pauses == {"整理材料": length(5)}
    assert total.pause == length(5)
    assert figures(events, opened).by_hour[10].idle.total == 20 * MINUTE


def test_nobody_is_idle_for_what_another_counter_serves() -> None:
    both = [*counter(("open", 0)), *counter(("open", 0), number=2)]
    both = [replace(event, event_id=number) for number, event in enumerate(both)]
    waits = ticket(("issue", 10), ("cancel", 20))
    day = figures(waits, both, serves={1: frozenset({6}), 2: frozenset({5})})
    assert {key: each.idle.total for key, each in day.by_counter.items() if each.idle.count} == {2: 10 * MINUTE}
    changed = [*both, CounterEvent(8, 1, at(15), "matters", 8, serves=frozenset({5, 6}))]
    day = figures(waits, changed, serves={1: frozenset({6}), 2: frozenset({5})})
    assert day.by_counter[1].idle.total == 5 * MINUTE


def test_a_ticket_sent_to_a_counter_keeps_only_that_one_from_being_idle() -> None:
    both = [CounterEvent(number, number, at(0), "open", 70) for number in (1, 2)]
    events = ticket(("issue", 5), ("call", 5), ("transfer", 10), ("call", 12))
    events[2] = replace(events[2], only_counter_id=2)
    events[3] = replace(events[3], counter_id=2)
    day = figures(events, both)
    assert day.by_counter[2].idle.total == 2 * MINUTE
    assert not day.by_counter[1].idle.count


def test_a_ticket_sent_to_a_counter_stays_its_own_until_that_one_closes() -> None:
    both = [CounterEvent(number, number, at(0), "open", 70) for number in (1, 2)]
    sent = ticket(("issue", 5), ("call", 5), ("transfer", 10), ("call", 12), ("return", 13))
    sent[2] = replace(sent[2], only_counter_id=2)
    sent[3:] = [replace(event, counter_id=2) for event in sent[3:]]
    other = ticket(("issue", 5), ("call", 5), ("transfer", 6), ("call", 7), ("finish", 8), ticket_id=2, counter=3)
    other[2] = replace(other[2], only_counter_id=2)
    events = [replace(event, event_id=n) for n, event in enumerate(sorted([*sent, *other], key=lambda each: each.at))]
    closing = CounterEvent(3, 2, at(20), "close", 70)
    day = figures(events, [*both, closing], until=30)
    assert day.by_counter[2].idle.total == (1 + 2 + 7) * MINUTE
    assert day.by_counter[1].idle.total == 10 * MINUTE


def test_what_lasts_counts_up_to_the_instant_and_an_unknown_counter_is_at_work_when_it_calls() -> None:
    paused = counter(("open", 0), ("emergency", 1), ("pause", 10), number=9, reason="临时离开")
    events = ticket(("issue", 0), ("call", 1), ("finish", 2), counter=8) + ticket(("issue", 1), ticket_id=2)
    day = figures(events, paused, until=20, serves={})
    assert day.by_counter[9].pause == length(10)
    assert day.by_counter[8].idle.total == 18 * MINUTE


def test_closing_after_midnight_belongs_to_the_last_moment_of_the_day() -> None:
    events = ticket(("issue", 0), ("call", 5), ("skip", 8)) + ticket(("issue", 7), ticket_id=2)
    over = [replace(event, at=at(1000)) for each in (1, 2) for event in ticket(("unfinished", 0), ticket_id=each)]
    closing = [replace(event, event_id=9000 + number) for number, event in enumerate(over)]
    day = figures([*events, *closing], counter(("open", 0)), until=8)
    assert day.by_hour.keys() == {9}
    assert (day.total.unfinished, day.total.idle.total) == (2, 5 * MINUTE)
    assert last_of_day([*events, *closing], DAY) == at(8)
    assert last_of_day([], DAY) is None


def test_the_longest_queue_of_each_hour_is_known_also_where_nothing_happens() -> None:
    events = [
        *ticket(("issue", 10)),
        *ticket(("issue", 20), ("cancel", 190), ticket_id=2),
    ]
    assert figures(events, until=185).peaks == {9: 2, 10: 2, 11: 2, 12: 2}


def test_a_clock_set_back_makes_no_length_less_than_nothing() -> None:
    events = ticket(("issue", 10), ("call", 4), ("start", 3), ("finish", 2), waits_from=at(10))
    total = figures(events).total
    assert (total.waiting, total.way, total.service) == (length(0), length(0), length(0))


# A day at random: steps with a counter, a clerk and a matter each.
DAYS = st.integers(0, 2**32).map(lambda seed: _random_day(random.Random(seed)))


def _random_day(chance: random.Random) -> tuple[Event, ...]:
    events: list[TicketEvent] = []
    for ticket_id in range(1, chance.randint(1, 12)):
        kind, minutes = chance.choice(("issue", "reserve")), chance.uniform(0, 300)
        drawn, place = minutes, None
        while True:
            if kind in COUNTED_AT_COUNTER:
                place = place or chance.randint(1, 3)
            elif kind not in {"recall", *ENDS}:
                place = None
            events.append(
                TicketEvent(0, ticket_id, at(minutes), kind, at(drawn), place, chance.randint(0, 3), ticket_id % 3)
            )
            if kind in ENDS or chance.random() < 0.05:
                break
            minutes += chance.expovariate(0.2)
            kind = (
                chance.choice((*FOLLOWING[kind], "unfinished"))
                if chance.random() < 0.1
                else chance.choice(FOLLOWING[kind])
            )
    events.sort(key=lambda event: event.at)
    numbered = [replace(event, event_id=number) for number, event in enumerate(events)]
    counters = [
        CounterEvent(number, chance.randint(1, 3), at(minutes), kind, chance.randint(1, 3), "就餐轮换")
        for number, (minutes, kind) in enumerate(
            sorted((chance.uniform(0, 400), chance.choice(("open", "pause", "resume", "close"))) for _ in range(8))
        )
    ]
    return in_order(numbered, counters)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.data())
def test_a_day_folded_in_parts_is_the_day_folded_whole(events: tuple[Event, ...], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(events)))
    empty = begin(DAY, {1: frozenset({0, 1}), 2: ALL})
    assert fold(fold(empty, events[:cut]), events[cut:]) == fold(empty, events)


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_groups_add_up_to_the_day_and_every_ticket_is_counted_once(events: tuple[Event, ...]) -> None:
    day = day_figures(fold(begin(DAY, {}), events), until=at(500), alarms=ALARMS)
    tickets = {event.ticket_id for event in events if isinstance(event, TicketEvent)}
    ended = {event.ticket_id for event in events if isinstance(event, TicketEvent) and event.kind in ENDS}
    assert day.total.taken == len(tickets)
    assert day.total.open_tickets == len(tickets - ended)
    assert day.total.waiting.count == day.total.called <= len(tickets)
    for groups in (day.by_counter, day.by_clerk, day.by_matter, day.by_hour):
        assert _summed((Figures(), *groups.values())) == _plain(day.total)  # a day may have no group


def _plain(each: Figures) -> dict[str, object]:
    numbers = {name: getattr(each, name) for name in each.__slots__ if isinstance(getattr(each, name), int)}
    lengths = {
        name: (value.count, value.total)
        for name in ("waiting", "way", "service", "idle", "pause")
        if (value := getattr(each, name))
    }
    return numbers | lengths


def _summed(groups: Iterable[Figures]) -> dict[str, object]:
    result: dict[str, object] = {}
    for each in map(_plain, groups):
        for name, value in each.items():
            before = result.get(name)
            if isinstance(value, tuple):
                result[name] = (before[0] + value[0], before[1] + value[1]) if isinstance(before, tuple) else value
            elif isinstance(value, int):
                result[name] = value + (before if isinstance(before, int) else 0)
    return result


def test_an_earlier_work_that_writes_later_keeps_its_place_in_the_log() -> None:
    first, second = ticket(("issue", 2), ("call", 1))
    assert in_order([second, first], []) == (first, second)
    opening = CounterEvent(1, 1, at(2), "open")
    assert in_order([first], [opening]) == (opening, first)


def test_waiting_ends_when_the_call_began_also_where_another_was_written_first() -> None:
    earlier = ticket(("issue", 0), ("call", 5), ticket_id=1)
    later = ticket(("issue", 1), ("call", 5.5), ticket_id=2, counter=2)
    log = fold(begin(DAY, {1: ALL, 2: ALL}), [earlier[0], later[0], later[1], earlier[1]])
    assert [fact.length for fact in log.facts if fact.kind == "waiting"] == [4.5 * MINUTE, 5 * MINUTE]


def test_a_closed_log_keeps_its_facts() -> None:
    log = fold(begin(DAY, {1: ALL}), ticket(("issue", 0)))
    assert closed(log, at(5)).facts == (Fact("taken", at(0), None, None, 5),)
