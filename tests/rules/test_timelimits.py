"""Legal periods: a table from the law, the count day by day, excluded time, extensions, missing years."""

import csv
import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.calendar import ScheduleMissing
from hall.rules.spans import ReversedSpan, Span, contains, days_outside, days_within, merged
from hall.rules.timelimits import BadLimitRequest, Limit, LimitRequest, LimitRule, compute, workday_limit
from hall.services.calendar import shipped_calendar, shipped_limits

DAY = timedelta(days=1)
CALENDAR = shipped_calendar()
LIMITS = shipped_limits()

with Path(__file__).with_name("deadline_cases.csv").open(encoding="utf-8", newline="") as _file:
    CASES = [row for row in csv.DictReader(_file) if row["due"]]

STARTS = st.dates(date(2024, 1, 1), date(2025, 12, 31))
SPANS = st.lists(
    st.builds(
        lambda first, length: (first, first + length * DAY),
        st.dates(date(2023, 12, 1), date(2026, 4, 30)),
        st.integers(0, 12),
    ),
    max_size=4,
).map(tuple)


def day(text: str) -> date:
    return date.fromisoformat(text)


def spans(text: str) -> tuple[Span, ...]:
    """`2026-03-09/2026-03-20 2026-04-01/2026-04-02` as ranges."""
    return tuple((day(first), day(last)) for first, last in (item.split("/") for item in text.split()))


def moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else day(text)


def rule_named(name: str) -> LimitRule:
    return LIMITS.limit(name, date(2026, 1, 1))


def end(name: str, start: str, *, excluded: str = "", extension_days: int = 0, days: int | None = None) -> Limit:
    request = LimitRequest(moment(start), spans(excluded), extension_days, days)
    return compute(CALENDAR, rule_named(name), request)


def steps(limit: Limit) -> list[tuple[str, int]]:
    return [(f"{when:%m-%d}", count) for when, count in limit.why()]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_period_ends_on_the_day_counted_by_hand(case: dict[str, str]) -> None:
    limit = end(
        case["rule"],
        case["start"],
        excluded=case["excluded"],
        days=int(case["days"]) if case["days"] else None,
    )
    assert limit.due == moment(case["due"])
    assert limit.strict_due == (day(case["strict_due"]) if case["strict_due"] else None)
    assert limit.pending is None
    assert limit.why()[-1][0] == limit.due


@pytest.mark.parametrize(
    ("name", "start", "due", "strict"),
    [
        ("fine.payment", "2026-01-30", "2026-02-14", "2026-02-14"),  # ends on a Saturday at work
        ("fine.payment", "2026-12-16", "2026-12-31", "2026-12-31"),
        ("fine.payment", "2023-12-25", "2024-01-09", "2024-01-09"),  # needs no schedule of 2023
        ("service.public-notice", "2026-01-20", "2026-02-19", "2026-02-19"),  # deemed served in the festival
        ("fine.enforcement-threshold", "2026-01-20", "2026-02-19", "2026-02-19"),
        ("service.public-notice", "2026-12-20", "2027-01-19", "2027-01-19"),  # no rolling, no schedule
        ("remedy.litigation", "2024-08-31", "2025-02-28", "2025-02-28"),
        ("enforcement.court-application", "2025-11-30", "2026-02-28", "2026-02-28"),
        ("enforcement.court-application", "2023-11-30", "2024-02-29", "2024-02-29"),  # a leap year
        ("enforcement.court-application", "2025-12-31", "2026-03-31", "2026-03-31"),
    ],
)
def test_natural_days_and_months_end_on_the_day_the_civil_code_names(
    name: str, start: str, due: str, strict: str
) -> None:
    limit = end(name, start)
    assert (limit.due, limit.strict_due) == (day(due), day(strict))


@pytest.mark.parametrize(
    ("name", "start", "act_by"),
    [
        ("seizure.period", "2026-01-20", "2026-02-14"),  # strict in the festival: act on the Saturday before
        ("seizure.extension", "2026-02-19", "2026-03-20"),
        ("petition.acceptance", "2026-09-20", "2026-09-30"),
        ("penalty.case-closing", "2026-07-03", "2026-09-30"),
    ],
)
def test_an_authority_acts_on_the_last_workday_before_a_red_line(name: str, start: str, act_by: str) -> None:
    assert end(name, start).act_by == day(act_by)


def test_a_party_has_no_red_line() -> None:
    assert end("fine.payment", "2026-02-02").act_by is None


def test_workdays_are_shown_with_their_running_count() -> None:
    assert steps(end("permit.supplement-notice", "2026-02-10")) == [
        ("02-11", 1), ("02-12", 2), ("02-13", 3), ("02-14", 4), ("02-24", 5),
    ]  # fmt: skip


def test_backward_workdays_are_shown_in_the_order_they_are_counted() -> None:
    assert steps(end("penalty.hearing-notice", "2026-10-15")) == [
        ("10-14", 1), ("10-13", 2), ("10-12", 3), ("10-10", 4), ("10-09", 5), ("10-08", 6), ("09-30", 7),
    ]  # fmt: skip


def test_excluded_workdays_are_left_out_of_the_count_shown() -> None:
    counted = steps(end("permit.decision", "2026-05-06", excluded="2026-05-07/2026-05-13"))
    assert counted[:3] == [("05-14", 1), ("05-15", 2), ("05-18", 3)]
    assert counted[-1] == ("06-10", 20)


def test_natural_days_are_shown_each_and_the_roll_repeats_the_last_count() -> None:
    counted = steps(end("fine.payment", "2026-02-02"))
    assert counted[:2] == [("02-03", 1), ("02-04", 2)]
    assert counted[-2:] == [("02-17", 15), ("02-24", 15)]
    assert len(counted) == 16


def test_months_are_shown_by_their_corresponding_days() -> None:
    assert steps(end("remedy.litigation", "2025-08-31")) == [
        ("09-30", 1), ("10-31", 2), ("11-30", 3), ("12-31", 4), ("01-31", 5), ("02-28", 6),
    ]  # fmt: skip


def test_excluded_days_move_the_last_corresponding_day() -> None:
    limit = end("remedy.litigation", "2025-08-31", excluded="2026-02-27/2026-03-01")
    assert limit.strict_due == date(2026, 3, 3)
    assert steps(limit)[-2:] == [("02-28", 6), ("03-03", 6)]
    assert limit.law == "行政诉讼法46、48;民法典202、203"


def test_hours_run_through_the_festival_to_the_second() -> None:
    limit = end("emergency.report", "2026-02-14T17:30:05")
    assert limit.due == datetime(2026, 2, 15, 17, 30, 5)  # noqa: DTZ001 -- the contract's local wall-clock time
    assert limit.why() == ((limit.due, 24),)


@pytest.mark.parametrize(
    ("excluded", "due"),
    [
        ("", "2026-03-30"),
        ("2026-03-07/2026-03-08", "2026-03-30"),  # a weekend: no workday is lost
        ("2026-02-01/2026-02-27", "2026-03-30"),  # over before the start
        ("2026-02-24/2026-03-02", "2026-03-30"),  # ends on the start, which is day 0 anyhow
        ("2026-02-24/2026-03-03", "2026-03-31"),  # the start lies inside: only what follows it counts
        ("2026-03-30/2026-03-30", "2026-03-31"),  # the last day itself
        ("2026-03-31/2026-04-30", "2026-03-30"),  # begins when all is over
        ("2026-03-30/2026-03-30 2026-03-31/2026-04-01", "2026-04-02"),  # the moved end meets the next range
        ("2026-03-09/2026-03-11 2026-03-10/2026-03-13", "2026-04-07"),  # overlapping, counted once
        ("2026-03-11/2026-03-13 2026-03-09/2026-03-10", "2026-04-07"),  # touching, out of order
    ],
)
def test_excluded_time_pushes_the_end_only_by_the_workdays_inside_the_period(excluded: str, due: str) -> None:
    assert end("permit.decision", "2026-03-02", excluded=excluded).due == day(due)


@pytest.mark.parametrize(
    ("excluded", "strict", "due"),
    [
        ("2026-03-05/2026-03-05", "2026-03-21", "2026-03-23"),
        ("2026-02-20/2026-03-06", "2026-03-21", "2026-03-23"),  # day 0 and before take nothing
        ("2026-02-20/2026-03-07", "2026-03-22", "2026-03-23"),
        ("2026-03-21/2026-03-22", "2026-03-23", "2026-03-23"),
        ("2026-03-22/2026-03-30", "2026-03-21", "2026-03-23"),  # begins after the strict day
    ],
)
def test_excluded_natural_days_push_the_strict_day(excluded: str, strict: str, due: str) -> None:
    rule = replace(rule_named("fine.payment"), law_excluded="试")
    limit = compute(CALENDAR, rule, LimitRequest(date(2026, 3, 6), spans(excluded)))
    assert (limit.strict_due, limit.due, limit.law) == (day(strict), day(due), "试")
    shown = [step for step in limit.why() if step[0] != limit.due or limit.due == limit.strict_due]
    assert [count for _, count in shown] == list(range(1, 16))


def test_excluded_time_names_its_own_legal_basis() -> None:
    assert end("permit.decision", "2026-03-02").law == "行政许可法42(1)、82"
    with_expert_review = end("permit.decision", "2026-03-02", excluded="2026-03-09/2026-03-20")
    assert with_expert_review.law == "行政许可法45、42、82"


def test_an_extension_is_counted_on() -> None:
    limit = end("permit.decision", "2026-01-05", extension_days=10)
    assert limit.due == CALENDAR.add_workdays(date(2026, 1, 5), 30) == date(2026, 2, 14)
    assert steps(limit)[-1] == ("02-14", 30)
    assert end("seizure.period", "2026-01-20", extension_days=30).strict_due == date(2026, 3, 21)


def test_a_limit_for_which_the_bureau_has_a_usual_length_takes_another_from_the_request() -> None:
    assert end("complaint.reply", "2026-04-29").due == date(2026, 5, 12)
    assert end("complaint.reply", "2026-04-29", days=1).due == date(2026, 4, 30)


def test_the_last_day_of_the_last_schedule_can_be_reached_and_the_next_is_pending() -> None:
    assert end("permit.decision", "2026-12-03").due == date(2026, 12, 31)
    limit = end("permit.decision", "2026-12-04")
    assert (limit.due, limit.pending, limit.why()) == (None, "2027年放假安排未录入", ())


@pytest.mark.parametrize(
    ("name", "start", "year"),
    [
        ("permit.decision", "2023-06-01", 2023),
        ("permit.hearing-notice", "2024-01-04", 2023),
        ("permit.hearing-notice", "2027-01-04", 2027),
        ("permit.decision", "9999-12-30", 9999),
    ],
)
def test_workdays_that_need_a_missing_schedule_are_pending(name: str, start: str, year: int) -> None:
    limit = end(name, start)
    assert (limit.due, limit.strict_due, limit.pending) == (None, None, f"{year}年放假安排未录入")


def test_exclusion_that_lasts_into_a_missing_year_is_pending_and_one_that_begins_there_is_not() -> None:
    assert end("permit.decision", "2026-12-01", excluded="2026-12-25/2028-01-10").pending == "2027年放假安排未录入"
    assert end("permit.decision", "2026-12-01", excluded="2027-01-01/2027-01-10").due == date(2026, 12, 29)


def test_natural_days_ending_in_a_missing_year_keep_their_strict_day() -> None:
    limit = end("fine.payment", "2026-12-20")
    assert (limit.due, limit.strict_due) == (None, date(2027, 1, 4))
    assert limit.pending == "2027年放假安排未录入"
    assert steps(limit)[-1] == ("01-04", 15)
    seizure = end("seizure.period", "2026-12-20")
    assert (seizure.strict_due, seizure.act_by) == (date(2027, 1, 19), None)


@pytest.mark.parametrize(
    ("name", "start", "options", "reason"),
    [
        ("emergency.report", "2026-02-14", {}, "这条规则按小时计算，起算要写到时分"),
        ("fine.payment", "2026-02-14T08:00", {}, "这条规则按日计算，起算只写日期"),
        ("penalty.hearing-notice", "2026-10-15", {"excluded": "2026-10-09/2026-10-10"}, "没有可以扣除时间的规定"),
        ("permit.decision", "2026-10-15", {"extension_days": 11}, "许可决定最多延长10天"),
        ("permit.decision", "2026-10-15", {"extension_days": -1}, "许可决定最多延长10天"),
        ("penalty.service", "2026-10-15", {"extension_days": 1}, "不能延长"),
        ("permit.decision", "2026-10-15", {"days": 3}, "许可决定的天数由法律规定，不能另给"),
        ("promise", "2026-10-15", {}, "承诺时限没有给出天数"),
        ("promise", "2026-10-15", {"days": 0}, "天数应在1到3650之间"),
        ("promise", "2026-10-15", {"days": 10**9}, "天数应在1到3650之间"),
        ("fine.payment", "9999-12-20", {}, "期限算到公元9999年以后"),
        ("remedy.litigation", "9999-12-20", {}, "期限算到公元9999年以后"),
        ("emergency.report", "9999-12-31T01:00", {}, "期限算到公元9999年以后"),
    ],
)
def test_a_rule_refuses_what_the_law_does_not_know(
    name: str, start: str, options: dict[str, str | int], reason: str
) -> None:
    request = LimitRequest(
        moment(start),
        excluded=spans(str(options.get("excluded", ""))),
        extension_days=int(options.get("extension_days", 0)),
        days=int(options["days"]) if "days" in options else None,
    )
    with pytest.raises(BadLimitRequest, match=reason):
        compute(CALENDAR, rule_named(name), request)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ReversedSpan, match="2026-03-20至2026-03-09的起止颠倒"):
        end("permit.decision", "2026-03-02", excluded="2026-03-20/2026-03-09")


def walked_end(start: date, length: int, excluded: Iterable[Span]) -> date:
    """The end found by walking: every workday that no range holds counts one."""
    ranges, current, count = tuple(excluded), start, 0
    while count < length:
        current += DAY
        inside = any(first <= current <= last for first, last in ranges)
        count += CALENDAR.is_workday(current) and not inside
    return current


@given(STARTS, st.integers(1, 60), SPANS)
def test_a_period_with_excluded_time_ends_where_walking_day_by_day_ends(
    start: date, length: int, excluded: tuple[Span, ...]
) -> None:
    found = workday_limit(CALENDAR, start, days=length, excluded=excluded)
    assert found.due == walked_end(start, length, excluded)
    assert found.ordinal == CALENDAR.ordinal(found.due)


@given(STARTS, st.integers(1, 60), SPANS)
def test_a_period_grows_by_exactly_the_excluded_workdays_inside_it(
    start: date, length: int, excluded: tuple[Span, ...]
) -> None:
    due = workday_limit(CALENDAR, start, days=length, excluded=excluded).due
    inside = [start + DAY * offset for offset in range(1, (due - start).days + 1)]
    lost = [a_day for a_day in inside if CALENDAR.is_workday(a_day) and contains(excluded, a_day)]
    assert due == CALENDAR.add_workdays(start, length + len(lost))


@given(STARTS, st.integers(1, 40), st.integers(0, 30), SPANS)
def test_a_later_start_never_ends_earlier(start: date, length: int, later: int, excluded: tuple[Span, ...]) -> None:
    first = workday_limit(CALENDAR, start, days=length, excluded=excluded)
    second = workday_limit(CALENDAR, start + later * DAY, days=length, excluded=excluded)
    assert first.due <= second.due


NATURAL = st.sampled_from(["seizure.period", "remedy.review", "remedy.litigation", "penalty.case-closing"])


@given(NATURAL, STARTS, SPANS)
def test_the_strict_day_is_never_after_the_rolled_day_and_only_rest_days_lie_between(
    name: str, start: date, excluded: tuple[Span, ...]
) -> None:
    limit = compute(CALENDAR, rule_named(name), LimitRequest(start, excluded))
    assert limit.strict_due is not None
    assert limit.due is not None
    assert limit.strict_due <= limit.due
    assert CALENDAR.is_workday(limit.due)
    between = [limit.strict_due + DAY * offset for offset in range((limit.due - limit.strict_due).days)]
    assert not any(CALENDAR.is_workday(a_day) for a_day in between)


@given(STARTS, SPANS)
def test_natural_days_count_every_day_that_is_not_excluded(start: date, excluded: tuple[Span, ...]) -> None:
    limit = compute(CALENDAR, rule_named("seizure.period"), LimitRequest(start, excluded))
    assert limit.strict_due is not None
    inside = [start + DAY * offset for offset in range(1, (limit.strict_due - start).days + 1)]
    assert sum(not contains(excluded, a_day) for a_day in inside) == 30
    assert not contains(excluded, limit.strict_due)


@given(STARTS, st.integers(1, 40))
def test_the_count_shown_is_the_count_that_was_made(start: date, days: int) -> None:
    limit = compute(CALENDAR, rule_named("promise"), LimitRequest(start, days=days))
    assert [count for _, count in limit.why()] == list(range(1, days + 1))
    assert limit.why()[-1][0] == limit.due


def test_a_workday_limit_of_a_missing_year_is_refused() -> None:
    with pytest.raises(ScheduleMissing):
        workday_limit(CALENDAR, date(2026, 12, 4), days=20)


@given(SPANS)
def test_merged_ranges_hold_the_same_days_without_touching(some: tuple[Span, ...]) -> None:
    joined = merged(some)
    days = {first + DAY * offset for first, last in some for offset in range((last - first).days + 1)}
    first, last = date(2023, 1, 1), date(2027, 1, 1)
    assert days_within(joined, first, last) == len(days)
    every = {first + DAY * offset for offset in range(1, (last - first).days + 1)}
    assert set(days_outside(joined, first, last)) == every - days
    assert all(later[0] - earlier[1] > DAY for earlier, later in itertools.pairwise(joined))
