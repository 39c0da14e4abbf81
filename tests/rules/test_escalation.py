"""Escalation: which rungs a clock has reached, by its due day alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.resources import resource
from hall.rules.calendar import WorkCalendar
from hall.rules.calendar_file import parse_calendar
from hall.rules.clocks import ClockKind
from hall.rules.escalation import ClockReading, EscalationRule, Rung, furthest_warning, rungs_due
from hall.rules.lights import Today

OFFICER = Rung("promised", "officer", "warning", "officer", "notice")
LEADER = Rung("promised", "leader", 1, "leader", "notice")
YELLOW = Rung("promised", "yellow", "past", "officer", "yellow")
DEEMED = Rung("acceptance", "red", "past", "officer", "red")
ENDED = Rung("procedure", "ended", "past", "officer", "notice")
CHAIN = (OFFICER, LEADER, YELLOW, DEEMED, ENDED)

FRIDAY = date(2026, 11, 27)
STARTED = date(2026, 11, 20)


CALENDAR = WorkCalendar(parse_calendar(resource("calendar/2026.csv").read_text(encoding="utf-8")))


def reading(
    due_on: date | None = FRIDAY, *, kind: ClockKind = "promised", state: str = "running", how: str = ""
) -> ClockReading:
    ordinal = CALENDAR.ordinal(due_on) if due_on else None
    return ClockReading(kind, state, STARTED, due_on, ordinal, warning_days=2, stopped_how=how)


def codes(clock: ClockReading, day: date) -> list[str]:
    today = Today(CALENDAR.ordinal(day), rest=not CALENDAR.is_workday(day))
    return [rung.code for rung in rungs_due(clock, day, today, rungs=CHAIN)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 24), []),
        (date(2026, 11, 25), ["officer"]),
        (date(2026, 11, 26), ["officer", "leader"]),
        (FRIDAY, ["officer", "leader"]),
        (date(2026, 11, 28), ["yellow"]),
        (date(2026, 11, 30), ["yellow"]),
        (date(2027, 1, 1), ["yellow"]),
    ],
)
def test_warnings_come_before_the_due_day_has_ended_and_the_card_after_it(day: date, expected: list[str]) -> None:
    if day.year == 2026:
        assert codes(reading(), day) == expected
    else:
        assert [r.code for r in rungs_due(reading(), day, Today(10_000, rest=True), rungs=CHAIN)] == expected


def test_a_limit_in_natural_days_that_ends_on_a_rest_day_has_not_ended_on_it() -> None:
    saturday = date(2026, 11, 28)
    assert codes(reading(saturday), saturday) == ["officer", "leader"]
    assert codes(reading(saturday), date(2026, 11, 29)) == ["yellow"]


def test_whoever_starts_a_clock_is_not_warned_of_it_on_the_same_day() -> None:
    next_day = date(2026, 11, 23)
    assert codes(reading(next_day), STARTED) == []
    assert codes(reading(next_day), date(2026, 11, 21)) == ["officer", "leader"]
    assert codes(reading(STARTED), STARTED) == []
    assert codes(reading(STARTED), date(2026, 11, 21)) == ["yellow"]


def test_nothing_comes_while_a_clock_stands_still_or_has_no_date() -> None:
    for day in (FRIDAY, date(2026, 11, 30)):
        assert codes(reading(state="paused"), day) == []
        assert codes(reading(state="stopped"), day) == []
        assert codes(reading(None), day) == []
        assert codes(reading(kind="statutory"), day) == []


def test_a_case_that_was_accepted_by_silence_has_its_card_though_the_clock_has_stopped() -> None:
    assert codes(reading(kind="acceptance", state="stopped", how="deemed"), STARTED) == ["red"]
    assert codes(reading(kind="acceptance", state="stopped", how="accepted"), date(2026, 12, 1)) == []


@given(st.integers(0, 40), st.integers(1, 39))
def test_a_warning_that_has_come_stays_until_the_day_is_over_and_then_only_the_card_stays(due: int, days: int) -> None:
    clock = reading(STARTED + timedelta(days=due))
    before = codes(clock, STARTED + timedelta(days=days - 1))
    now = codes(clock, STARTED + timedelta(days=days))
    assert set(before) <= set(now) or now == ["yellow"]
    assert (now == ["yellow"]) == (days > due)


def test_how_far_ahead_a_rung_may_come() -> None:
    assert furthest_warning(CHAIN, "promised", longest=7) == 7
    assert furthest_warning(CHAIN, "promised", longest=0) == 1
    assert furthest_warning(CHAIN, "procedure", longest=7) == 0
    assert furthest_warning(CHAIN, "step", longest=7) == 0


@pytest.mark.parametrize(
    "rung",
    [
        ("promised", "", 1, "officer", "notice"),
        ("promised", "a code much too long", 1, "officer", "notice"),
        ("promised", "early", -1, "officer", "notice"),
        ("promised", "card", 1, "officer", "yellow"),
        ("supplement", "card", "past", "officer", "yellow"),
    ],
)
def test_a_rung_that_makes_no_sense_is_refused(rung: tuple[str, str, int, str, str]) -> None:
    with pytest.raises(ValueError, match=r"code|at 应|不能发牌"):
        Rung(*rung)  # type: ignore[arg-type]  # as a file may hold it


def test_a_chain_names_each_rung_of_a_clock_once() -> None:
    EscalationRule(date(2026, 1, 1), "大厅规则", CHAIN)
    with pytest.raises(ValueError, match="不能重复"):
        EscalationRule(date(2026, 1, 1), "大厅规则", (OFFICER, OFFICER))
