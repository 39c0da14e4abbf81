"""Clocks of a case: where each starts and ends, what pauses and extensions do to it, how it stands on a day."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.catalogue import Limit, LimitUnit, MaterialRule, Matter
from hall.rules.clocks import (
    ClockKind,
    ClockStart,
    Ledger,
    Pause,
    Reading,
    ResultTooEarly,
    countdown,
    course_of,
    due_of,
    last_granted_day,
    read,
    start_clock,
    start_clocks,
)
from hall.rules.lights import DueOrdinals, Today, light
from hall.services.calendar import shipped_calendar

MATTER = Matter(
    code="T1",
    name="测试事项",
    department="市容科",
    prefix="A",
    basis="测试条例第1条",
    statutory=Limit(20, "workday"),
    promised=Limit(5, "workday"),
    materials=(MaterialRule(1, "申请表"),),
    site_visit=False,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"natural"}),
)
SHIPPED = shipped_calendar()
CALENDAR = WorkCalendar(tuple(each for each in SHIPPED.schedules if each.year == 2026))


def test_acceptance_starts_both_clocks_with_the_day_after() -> None:
    accepted_on, by_law, by_promise = date(2026, 11, 23), date(2026, 12, 21), date(2026, 11, 30)
    assert start_clocks(MATTER, accepted_on, calendar=CALENDAR) == (
        ClockStart("statutory", Limit(20, "workday"), accepted_on, by_law, CALENDAR.ordinal(by_law)),
        ClockStart("promised", Limit(5, "workday"), accepted_on, by_promise, CALENDAR.ordinal(by_promise)),
    )


def test_a_limit_that_is_not_laid_down_has_no_clock() -> None:
    clocks = start_clocks(replace(MATTER, promised=None), date(2026, 11, 23), calendar=CALENDAR)
    assert [clock.kind for clock in clocks] == ["statutory"]
    assert start_clocks(replace(MATTER, statutory=None, promised=None), date(2026, 11, 23), calendar=CALENDAR) == ()


def test_a_due_date_in_a_year_without_schedule_stays_pending() -> None:
    statutory, promised = start_clocks(MATTER, date(2026, 12, 21), calendar=CALENDAR)
    assert (statutory.due_on, statutory.due_ordinal, statutory.pending) == (None, None, "2027年放假安排未录入")
    assert (promised.due_on, promised.pending) == (date(2026, 12, 28), "")


@pytest.mark.parametrize(
    ("limit", "due_on"),
    [
        (Limit(0, "workday"), date(2026, 11, 23)),
        (Limit(1, "workday"), date(2026, 11, 24)),
        (Limit(5, "day"), date(2026, 11, 28)),
        (Limit(24, "hour"), date(2026, 11, 24)),
        (Limit(25, "hour"), date(2026, 11, 25)),
    ],
)
def test_a_clock_counts_in_its_own_unit(limit: Limit, due_on: date) -> None:
    assert start_clock("promised", limit, date(2026, 11, 23), calendar=CALENDAR).due_on == due_on


def test_natural_days_beyond_the_loaded_years_are_pending_too() -> None:
    clock = start_clock("statutory", Limit(60, "day"), date(2026, 11, 23), calendar=CALENDAR)
    assert (clock.due_on, clock.pending) == (None, "2027年放假安排未录入")


def test_on_the_spot_is_not_late_on_the_rest_day_it_was_handed_in() -> None:
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    clock = start_clock("promised", Limit(0, "workday"), saturday, calendar=CALENDAR)
    assert clock.due_on == monday
    today = Today(CALENDAR.ordinal(saturday), rest=True)
    due = DueOrdinals(statutory=None, promised=clock.due_ordinal)
    assert light(due, today, warning_days=0) == "normal"
    assert start_clock("promised", Limit(0, "workday"), monday, calendar=CALENDAR).due_on == monday


DAY = timedelta(days=1)


def day(text: str) -> date:
    """`03-09` of 2026, or a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def workdays(days: int) -> Limit:
    return Limit(days, "workday")


def ledger(
    budget: int, start: str, *pauses: Pause, extension: int = 0, unit: LimitUnit = "workday", stopped: str = ""
) -> Ledger:
    stopped_on = day(stopped) if stopped else None
    return Ledger("statutory", Limit(budget, unit), day(start), extension, pauses, stopped_on)


def pause(first: str, last: str = "", granted: Limit | None = None) -> Pause:
    return Pause("testing", day(first), day(last) if last else None, granted)


def due(clock: Ledger) -> date | None:
    return due_of(clock, calendar=SHIPPED).day


def reading(clock: Ledger, on: str) -> Reading:
    return read(clock, day(on), calendar=SHIPPED)


@pytest.mark.parametrize(
    ("budget", "start", "ends"),
    [
        (1, "2026-03-06", "2026-03-09"),  # a Friday: the next Monday
        (5, "2026-02-14", "2026-02-28"),  # a Saturday at work before the nine days; ends on the other one
        (5, "2026-09-30", "2026-10-13"),  # the eve of seven days: 8, 9, Saturday the 10th at work, 12, 13
        (5, "2026-09-18", "2026-09-24"),  # Sunday the 20th at work comes in between
        (1, "2024-02-28", "2024-02-29"),
        (2, "2024-02-28", "2024-03-01"),
        (1, "2025-12-31", "2026-01-04"),  # over New Year, to a Sunday at work
        (20, "2026-12-03", "2026-12-31"),
    ],
)
def test_a_clock_ends_on_the_day_counted_by_hand(budget: int, start: str, ends: str) -> None:
    assert due(ledger(budget, start)) == day(ends)


with Path(__file__).with_name("deadline_cases.csv").open(encoding="utf-8", newline="") as _file:
    BY_HAND = [row for row in csv.DictReader(_file) if row["due"] and row["rule"] in {"permit.decision", "promise"}]


@pytest.mark.parametrize("case", BY_HAND, ids=[case["case"] for case in BY_HAND])
def test_a_ledger_with_its_pauses_agrees_with_the_legal_period(case: dict[str, str]) -> None:
    excluded = (span.split("/") for span in case["excluded"].split())
    pauses = tuple(pause(first, last) for first, last in excluded)
    assert due(ledger(int(case["days"] or 20), case["start"], *pauses)) == day(case["due"])


def test_used_and_remaining_are_counted_from_the_day_after_the_start() -> None:
    clock = ledger(3, "03-06")  # ends on Wednesday the 11th
    counted = {on: reading(clock, on) for on in ("03-06", "03-07", "03-09", "03-11", "03-12", "03-16")}
    assert [(each.consumed, each.remaining) for each in counted.values()] == [
        (0, 3), (0, 3), (1, 2), (3, 0), (4, -1), (6, -3),
    ]  # fmt: skip
    assert {each.standing for each in counted.values()} == {"running"}


def test_the_day_before_the_start_has_used_nothing() -> None:
    assert reading(ledger(3, "03-06"), "03-01").consumed == 0


@pytest.mark.parametrize(
    ("result_on", "ends"),
    [
        ("03-11", "03-18"),  # early: two days left out, not the five that were granted
        ("03-16", "03-23"),  # on the day: all five
        ("03-20", "03-23"),  # late: the clock has run on by itself since the 16th
        ("03-09", "03-17"),  # the same day: counts as one
        ("03-10", "03-17"),
    ],
)
def test_a_limited_pause_leaves_out_no_more_than_it_took_and_than_was_granted(result_on: str, ends: str) -> None:
    open_pause = pause("03-09", granted=workdays(5))
    assert due(ledger(5, "03-09")) == day("03-16")
    assert due(ledger(5, "03-06", open_pause)) == day("03-20")
    clock = ledger(6, "03-06", open_pause.ended(day(result_on)))
    assert due(clock) == day(ends)


def test_a_limited_pause_moves_the_due_day_at_once_and_lets_the_clock_run_when_it_is_over() -> None:
    clock = ledger(6, "03-06", pause("03-10", granted=workdays(2)))
    first, last, after = (reading(clock, on) for on in ("03-10", "03-11", "03-12"))
    assert {each.due_on for each in (first, last, after)} == {day("03-18")}
    assert [each.standing for each in (first, last, after)] == ["paused", "paused", "running"]
    assert [(each.consumed, each.paused_days) for each in (first, last, after)] == [(1, 1), (1, 2), (2, 2)]


def test_an_unlimited_pause_freezes_what_remains_until_its_result() -> None:
    held = pause("03-10")
    frozen = [reading(ledger(6, "03-06", held), on) for on in ("03-10", "06-30")]
    assert [(each.due_on, each.due_ordinal, each.pending, each.standing) for each in frozen] == [
        (None, None, "", "paused")
    ] * 2
    assert [(each.consumed, each.remaining) for each in frozen] == [(1, 5), (1, 5)]
    again = reading(ledger(6, "03-06", held.ended(day("03-17"))), "03-17")
    assert (again.due_on, again.standing, again.consumed, again.paused_days) == (day("03-23"), "running", 2, 5)


def test_a_granted_time_of_nothing_is_no_limit() -> None:
    held = pause("03-10", granted=workdays(0))
    assert not held.limited
    assert due(ledger(6, "03-06", held)) is None
    assert countdown(held, day("03-12"), calendar=SHIPPED).left is None


def test_the_day_of_a_result_is_a_day_at_work_even_if_the_procedure_began_on_it() -> None:
    held = pause("03-10").ended(day("03-10"))
    assert held.last_day == day("03-10")
    standing = reading(ledger(6, "03-06", held), "03-10")
    assert (standing.standing, standing.paused_days) == ("running", 1)


def test_a_result_before_the_procedure_began_is_refused() -> None:
    with pytest.raises(ResultTooEarly, match="2026-03-10才开始，结果日期2026-03-09早于"):
        pause("03-10").ended(day("03-09"))


@pytest.mark.parametrize(
    "pauses",
    [
        (pause("03-10", "03-11"), pause("03-12", "03-13")),  # touching
        (pause("03-10", "03-12"), pause("03-11", "03-13")),  # overlapping
        (pause("03-10", "03-13"), pause("03-11", "03-12")),  # one inside the other
        (pause("03-11", "03-13"), pause("03-10", "03-10")),
    ],
)
def test_two_pauses_count_a_day_once(pauses: tuple[Pause, ...]) -> None:
    clock = ledger(6, "03-06", *pauses)
    assert due(clock) == day("03-20")
    assert reading(clock, "03-31").paused_days == 4


def test_a_pause_inside_a_holiday_leaves_out_nothing() -> None:
    clock = ledger(5, "09-30", pause("10-02", "10-06"))
    assert due(clock) == due(ledger(5, "09-30"))
    assert reading(clock, "10-06").paused_days == 0


def test_a_procedure_in_calendar_days_stops_a_clock_in_workdays_for_the_workdays_in_it() -> None:
    ten_days = pause("09-28", granted=Limit(10, "day"))  # until 7 October: 28, 29, 30 are workdays
    assert last_granted_day(ten_days, calendar=SHIPPED) == day("10-07")
    assert due(ledger(5, "09-25", ten_days)) == day("10-13")
    assert due(ledger(5, "09-25")) == day("10-09")


def test_a_procedure_in_workdays_stops_a_clock_in_natural_days_for_all_its_days() -> None:
    three = pause("03-12", granted=workdays(3))  # Thursday, Friday, Monday: five natural days
    assert due(ledger(10, "03-06", three, unit="day")) == day("03-21")
    standing = reading(ledger(10, "03-06", three, unit="day"), "03-18")
    assert (standing.consumed, standing.paused_days, standing.remaining) == (7, 5, 3)


def test_a_clock_in_hours_is_counted_in_whole_days() -> None:
    clock = ledger(48, "03-06", pause("03-07", "03-07"), unit="hour")
    assert due(clock) == day("03-09")
    standing = reading(clock, "03-08")
    assert (standing.consumed, standing.paused_days, standing.remaining) == (24, 24, 24)


def test_a_procedure_may_be_granted_hours() -> None:
    assert last_granted_day(pause("03-10", granted=Limit(25, "hour")), calendar=SHIPPED) == day("03-11")


def test_a_procedure_that_begins_on_a_rest_day_is_granted_workdays_from_the_next() -> None:
    assert last_granted_day(pause("03-07", granted=workdays(2)), calendar=SHIPPED) == day("03-10")
    assert last_granted_day(pause("03-09", granted=workdays(1)), calendar=SHIPPED) == day("03-09")
    assert last_granted_day(pause("03-09"), calendar=SHIPPED) is None


def test_an_extension_counts_on_from_the_end_and_a_pause_inside_it_is_left_out() -> None:
    assert due(ledger(5, "03-06", extension=10)) == due(ledger(10, "03-13")) == day("03-27")
    clock = ledger(5, "03-06", pause("03-17", "03-18"), extension=10)
    assert due(clock) == day("03-31")
    standing = reading(clock, "03-19")
    assert (standing.budget, standing.extended, standing.consumed, standing.remaining) == (5, 10, 7, 8)


def test_a_pause_after_the_due_day_moves_nothing_and_hides_nothing() -> None:
    late = ledger(2, "03-06", pause("03-11"))
    standing = reading(late, "03-13")
    assert (standing.due_on, standing.standing, standing.remaining) == (day("03-10"), "running", -3)
    assert standing.countdowns[0].used == 3


def test_a_pause_on_the_due_day_itself_still_holds_it() -> None:
    assert due(ledger(2, "03-06", pause("03-10"))) is None
    assert due(ledger(2, "03-06", pause("03-10", "03-10"))) == day("03-11")


@pytest.mark.parametrize(
    ("kind", "statutory", "promised", "stops"),
    [
        ("statutory", True, False, True),
        ("statutory", False, True, False),
        ("promised", True, False, False),
        ("promised", False, True, True),
        ("step", False, True, True),
        ("joint", False, True, True),
        ("delivery", True, False, True),
        ("acceptance", True, True, False),
        ("supplement", True, True, False),
        ("procedure", True, True, False),
        ("supervision", True, True, False),
    ],
)
def test_each_kind_of_clock_stops_for_its_own_reasons(
    kind: ClockKind, statutory: bool, promised: bool, stops: bool
) -> None:
    held = replace(pause("03-10"), stops_statutory=statutory, stops_promised=promised)
    clock = Ledger(kind, workdays(5), day("03-06"), pauses=(held,))
    assert (due(clock) is None) is stops
    assert bool(reading(clock, "03-12").countdowns) is stops


def test_a_stopped_clock_keeps_what_it_had_used() -> None:
    clock = ledger(6, "03-06", stopped="03-11")
    standing = reading(clock, "05-06")
    assert (standing.standing, standing.consumed, standing.remaining) == ("stopped", 3, 3)
    assert standing.due_on == day("03-16")
    assert reading(clock, "03-10").standing == "running"


def test_what_is_withdrawn_while_it_is_paused_ends_its_pause() -> None:
    standing = reading(ledger(6, "03-06", pause("03-10"), stopped="03-13"), "03-20")
    assert (standing.standing, standing.consumed, standing.paused_days) == ("stopped", 1, 4)
    assert (standing.due_on, standing.countdowns) == (day("03-20"), ())


def test_on_the_spot_is_due_on_the_first_workday_that_no_pause_leaves_out() -> None:
    assert due(ledger(0, "03-07", pause("03-09", "03-10"))) == day("03-11")
    assert due(ledger(0, "03-09", pause("03-10", "03-11"))) == day("03-09")
    counted = [reading(ledger(0, "03-07"), on) for on in ("03-07", "03-09", "03-10")]
    assert [(each.consumed, each.remaining) for each in counted] == [(0, 0), (0, 0), (1, -1)]
    assert reading(ledger(0, "03-09", pause("03-09")), "03-12").consumed == 0


def test_the_second_countdown_runs_with_the_first_day_counted() -> None:
    held = replace(pause("03-10", granted=workdays(3)), title="检测")
    counts = [reading(ledger(6, "03-06", held), on).countdowns[0] for on in ("03-10", "03-12", "03-13")]
    assert [(each.used, each.left, each.ends_on) for each in counts] == [
        (1, 2, day("03-12")), (3, 0, day("03-12")), (4, -1, day("03-12")),
    ]  # fmt: skip
    assert (counts[0].procedure, counts[0].title, counts[0].granted) == ("testing", "检测", workdays(3))


def test_a_countdown_in_calendar_days_counts_them_all_and_one_without_limit_has_nothing_left_to_tell() -> None:
    assert countdown(pause("03-13", granted=Limit(5, "day")), day("03-16"), calendar=SHIPPED).used == 4
    unlimited = countdown(pause("03-13"), day("03-16"), calendar=SHIPPED)
    assert (unlimited.used, unlimited.left, unlimited.ends_on) == (2, None, None)


def test_a_procedure_that_has_not_begun_has_no_countdown() -> None:
    assert reading(ledger(6, "03-06", pause("03-11", granted=workdays(2))), "03-10").countdowns == ()


MISSING = "2027年放假安排未录入"


def test_a_clock_that_needs_a_year_without_schedule_is_pending_and_counted_as_far_as_days_are_known() -> None:
    standing = reading(ledger(20, "12-21"), "2027-01-11")
    assert (standing.due_on, standing.pending, standing.consumed, standing.remaining) == (None, MISSING, 8, 12)
    unknown = reading(ledger(20, "2027-01-04"), "2027-01-11")
    assert (unknown.pending, unknown.consumed) == (MISSING, 0)


def test_a_date_that_waits_for_a_result_is_not_called_pending() -> None:
    standing = reading(ledger(20, "12-21", pause("12-23")), "12-28")
    assert (standing.due_on, standing.pending, standing.standing) == (None, "", "paused")


def test_a_granted_time_that_ends_in_an_unknown_year_makes_the_date_pending() -> None:
    clock = ledger(6, "12-21", pause("12-28", granted=workdays(20)))
    standing = reading(clock, "12-30")
    assert (standing.due_on, standing.pending, standing.standing) == (None, MISSING, "paused")
    assert (standing.consumed, standing.countdowns[0].used, standing.countdowns[0].ends_on) == (4, 3, None)
    assert due(ledger(6, "12-21", pause("12-28", "12-28", workdays(20)))) == day("12-30")
    assert due(ledger(2, "12-21", pause("12-28", granted=workdays(20)))) == day("12-23")


def test_of_an_unlimited_and_an_unknown_end_the_one_that_waits_for_a_result_counts() -> None:
    both = ledger(6, "12-21", pause("12-28", granted=workdays(20)), pause("12-29"))
    assert due_of(both, calendar=SHIPPED).pending == ""
    assert reading(both, "12-30").standing == "paused"


def test_a_procedure_that_begins_in_an_unknown_year_is_counted_when_that_is_loaded() -> None:
    begun = countdown(pause("2027-01-05", granted=workdays(5)), day("2027-01-08"), calendar=SHIPPED)
    assert (begun.used, begun.left, begun.ends_on) == (0, 5, None)
    with pytest.raises(ScheduleMissing):
        last_granted_day(pause("2027-01-05", granted=workdays(5)), calendar=SHIPPED)


def naive_due(clock: Ledger) -> date:
    """Day by day, without ordinals or ranges: what a person with a wall calendar does."""
    left_out = {pause_day for each in clock.pauses for pause_day in naive_days(each)}
    count, on = 0, clock.started_on
    while count < clock.total:
        on += DAY
        count += on not in left_out and (clock.limit.unit == "day" or SHIPPED.is_workday(on))
    return on


def naive_days(held: Pause) -> list[date]:
    """The days that a pause leaves out, its granted time crossed off one by one."""
    assert held.last_day is not None
    days, on = [], held.first_day
    left = held.granted.days if held.granted and held.granted.days else 10**6
    while on <= held.last_day and left:
        days.append(on)
        left -= held.granted is None or held.granted.unit == "day" or SHIPPED.is_workday(on)
        on += DAY
    return days


STARTS = st.dates(date(2024, 1, 2), date(2025, 6, 30))
GRANTED = st.none() | st.builds(Limit, st.integers(1, 15), st.sampled_from(["workday", "day"]))
ENDED = st.builds(
    lambda first, length, granted: Pause("testing", first, first + length * DAY, granted),
    st.dates(date(2024, 1, 2), date(2025, 9, 30)),
    st.integers(0, 25),
    GRANTED,
)
LEDGERS = st.builds(
    lambda budget, unit, start, extension, pauses: Ledger(
        "statutory", Limit(budget, unit), start, extension, tuple(pauses)
    ),
    st.integers(1, 45),
    st.sampled_from(["workday", "day"]),
    STARTS,
    st.integers(0, 15),
    st.lists(ENDED, max_size=4),
)


@given(LEDGERS)
def test_any_clock_ends_where_counting_by_hand_ends(clock: Ledger) -> None:
    assert due(clock) == naive_due(clock)


@given(LEDGERS, st.integers(-5, 120))
def test_used_and_remaining_always_make_budget_and_extension(clock: Ledger, after: int) -> None:
    standing = read(clock, clock.started_on + after * DAY, calendar=SHIPPED)
    assert standing.consumed + standing.remaining == standing.budget + standing.extended == clock.total
    assert standing.consumed >= 0


@given(LEDGERS)
def test_exactly_everything_is_used_on_the_due_day_and_not_before(clock: Ledger) -> None:
    end = due(clock)
    assert end is not None
    assert read(clock, end, calendar=SHIPPED).remaining == 0
    assert read(clock, end - DAY, calendar=SHIPPED).remaining == 1


@given(LEDGERS, ENDED)
def test_a_pause_lengthens_by_what_it_lasted_and_by_pauses_it_carries_the_clock_into_at_most(
    clock: Ledger, another: Pause
) -> None:
    before, after = (
        due_of(each, calendar=SHIPPED) for each in (clock, replace(clock, pauses=(*clock.pauses, another)))
    )
    assert before.ordinal is not None
    assert after.ordinal is not None
    assert before.day is not None
    assert after.day is not None
    carried_into = (day for pause in clock.pauses for day in naive_days(pause) if day > before.day)
    lasted = {*naive_days(another), *carried_into}
    if clock.limit.unit == "workday":
        assert 0 <= after.ordinal - before.ordinal <= sum(map(SHIPPED.is_workday, lasted))
    else:
        assert timedelta(0) <= after.day - before.day <= len(lasted) * DAY


@given(LEDGERS)
def test_the_order_of_pauses_does_not_matter(clock: Ledger) -> None:
    turned = replace(clock, pauses=clock.pauses[::-1])
    assert course_of(turned, calendar=SHIPPED).spans == course_of(clock, calendar=SHIPPED).spans


@given(LEDGERS, st.integers(0, 60), st.integers(0, 60))
def test_while_a_clock_stands_still_nothing_is_used(clock: Ledger, before_end: int, later: int) -> None:
    end = due(clock)
    assert end is not None
    first = max(clock.started_on + DAY, end - before_end * DAY)
    held = replace(clock, pauses=(*clock.pauses, Pause("testing", first)))
    begun, then = (read(held, first + days * DAY, calendar=SHIPPED) for days in (0, later))
    assert begun.due_on is None
    assert begun.remaining == then.remaining > 0
    assert begun.standing == then.standing == "paused"


@pytest.mark.parametrize("first", ["2026-11-25", "2026-11-26"])
def test_a_pause_that_begins_when_the_clock_has_been_stopped_changes_nothing(first: str) -> None:
    stopped = replace(ledger(5, "2026-11-23"), kind="step", stopped_on=day("2026-11-25"))
    held = replace(stopped, pauses=(pause(first, "2026-12-04"),))
    assert due(held) == due(stopped) == day("2026-11-30")
    assert reading(held, "2026-12-10").consumed == reading(stopped, "2026-12-10").consumed == 2
