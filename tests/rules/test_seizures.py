"""Seized goods: thirty days and thirty more, tests left out from their notice on, what may be done when, the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.calendar import WorkCalendar
from hall.rules.seizures import (
    LIMB_ARTICLES,
    BadList,
    BadSeizure,
    CannotOnSeizure,
    ExcludedTest,
    Held,
    ListedItem,
    SeizureAct,
    SeizureEnding,
    Until,
    being_tested,
    check_list,
    check_testing,
    clock_of,
    excluded,
    light,
    parse_list,
    parse_positions,
    reasons,
    until,
    why_not_ended,
)
from hall.services.calendar import shipped_calendar, shipped_limits
from hall.words import SEIZURE_LIMBS

CALENDAR = shipped_calendar()
SEIZED = date(2026, 1, 20)
STRICT = date(2026, 2, 19)  # within the Spring Festival; the last workday before it is the Saturday, 14 February
HELD = Held(SEIZED)
DAY = timedelta(days=1)


def limit_of(held: Held, calendar: WorkCalendar = CALENDAR) -> Until:
    limits = shipped_limits()
    return until(
        held,
        calendar=calendar,
        period=limits.limit("seizure.period", held.seized_on),
        extension=limits.limit("seizure.extension", held.seized_on),
    )


def under_test(first: date, last: date, told: date | None = None) -> Held:
    return replace(HELD, testing=(ExcludedTest(told or first, first, last),))


def test_the_strict_day_counts_and_the_last_workday_before_it_is_the_day_to_act() -> None:
    limit = limit_of(HELD)
    assert (limit.strict, limit.first, limit.act_by) == (STRICT, STRICT, date(2026, 2, 14))
    assert limit.law == "行政强制法25(自然日)"
    assert limit.why()[-1][1] == 30


def test_an_extension_is_thirty_days_from_the_first_end() -> None:
    limit = limit_of(replace(HELD, extended_on=date(2026, 2, 10)))
    assert (limit.first, limit.strict, limit.act_by) == (STRICT, date(2026, 3, 21), date(2026, 3, 20))


def test_without_a_schedule_the_strict_day_is_known_all_the_same() -> None:
    limit = limit_of(HELD, WorkCalendar(()))
    assert (limit.strict, limit.act_by) == (STRICT, None)
    assert light(HELD, limit, STRICT, warning_days=6) == "today"


def test_the_period_is_a_clock_of_its_case() -> None:
    limit = limit_of(HELD)
    clock = clock_of("莲城管扣〔2026〕1号", HELD, limit)
    assert (clock.kind, clock.side, clock.started_on) == ("seizure", "authority", SEIZED)
    assert (clock.due, clock.strict_due, clock.act_by) == (STRICT, STRICT, date(2026, 2, 14))
    assert (clock.ended_on, clock.why()) == (None, limit.why())


def test_a_test_counts_from_its_notice_on() -> None:
    held = under_test(date(2026, 1, 26), date(2026, 1, 30), told=date(2026, 1, 28))
    assert excluded(held) == ((date(2026, 1, 28), date(2026, 1, 30)),)
    assert limit_of(held).strict == STRICT + 3 * DAY
    assert [being_tested(held, date(2026, 1, day)) for day in (27, 28, 30, 31)] == [False, True, True, False]


def test_a_test_that_was_told_of_after_its_end_counts_nothing() -> None:
    assert excluded(under_test(date(2026, 1, 26), date(2026, 1, 30), told=date(2026, 2, 2))) == ()


@given(
    spans=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 40), st.integers(0, 10)), max_size=4),
    longer=st.booleans(),
)
def test_every_day_is_held_or_tested_and_never_more_than_sixty_are_held(
    spans: list[tuple[int, int, int]], *, longer: bool
) -> None:
    tests = tuple(
        ExcludedTest(SEIZED + (start + told) * DAY, SEIZED + start * DAY, SEIZED + (start + length) * DAY)
        for start, length, told in spans
    )
    held = replace(HELD, testing=tests, extended_on=SEIZED if longer else None)
    limit = limit_of(held)
    days = [SEIZED + number * DAY for number in range(1, (limit.strict - SEIZED).days + 1)]
    assert sum(not being_tested(held, day) for day in days) == (60 if longer else 30)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 12), "normal"),
        (date(2026, 2, 13), "warning"),
        (date(2026, 2, 14), "today"),
        (date(2026, 2, 17), "today"),
        (STRICT, "today"),
        (date(2026, 2, 20), "over_statutory"),
    ],
)
def test_the_light_turns_before_the_holidays_begin(day: date, expected: str) -> None:
    assert light(HELD, limit_of(HELD), day, warning_days=6) == expected


def test_while_it_is_tested_the_period_stands() -> None:
    held = under_test(date(2026, 2, 10), date(2026, 2, 28))
    assert light(held, limit_of(held), date(2026, 2, 18), warning_days=6) == "paused"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (replace(HELD, ended_on=STRICT, ending="released"), "warning"),
        (replace(HELD, ended_on=STRICT, ending="released", returned_on=STRICT), None),
        (replace(HELD, ended_on=STRICT, ending="destroyed"), None),
    ],
)
def test_what_is_released_waits_until_it_is_fetched(held: Held, expected: str | None) -> None:
    assert light(held, limit_of(held), date(2026, 3, 30), warning_days=6) == expected


@pytest.mark.parametrize(
    ("act", "held", "day", "said"),
    [
        ("extend", HELD, STRICT, ""),
        ("extend", HELD, STRICT + DAY, "届满，不能再延长"),
        ("extend", replace(HELD, extended_on=SEIZED), STRICT, "不得再次延长"),
        ("extend", replace(HELD, ended_on=STRICT, ending="destroyed"), STRICT, "已经有了处理结果"),
        ("test", HELD, STRICT, ""),
        ("test", HELD, STRICT + DAY, "不能扣除"),
        ("finish_test", HELD, STRICT, "没有正在进行"),
        ("finish_test", under_test(STRICT, STRICT + DAY), STRICT, ""),
        ("end", HELD, STRICT + DAY, ""),
        ("end", replace(HELD, ended_on=STRICT, ending="released"), STRICT, "已经有了处理结果"),
        ("give_back", HELD, STRICT, "还没有解除"),
        ("give_back", replace(HELD, ended_on=STRICT, ending="confiscated"), STRICT, "还没有解除"),
        ("give_back", replace(HELD, ended_on=STRICT, ending="released"), STRICT + DAY, ""),
        ("give_back", replace(HELD, ended_on=STRICT, ending="released", returned_on=STRICT), STRICT, "退还"),
    ],
)
def test_what_may_be_done_is_said_with_its_article(act: SeizureAct, held: Held, day: date, said: str) -> None:
    told = "".join(reasons(act, held, limit_of(held), day))
    assert said in told
    assert bool(told) is bool(said)


@pytest.mark.parametrize(
    ("ending", "held", "day", "said"),
    [
        ("released", HELD, STRICT + 100 * DAY, ""),
        ("released", replace(HELD, ended_on=STRICT, ending="released"), STRICT, "已经有了处理结果"),
        ("destroyed", HELD, STRICT, ""),
        ("destroyed", HELD, STRICT + DAY, "应当解除并退还"),
        ("transferred", HELD, STRICT + DAY, "应当解除并退还"),
        ("confiscated", HELD, STRICT, "没收是行政处罚"),
        ("confiscated", replace(HELD, confiscated_on=STRICT), STRICT + DAY, ""),
        ("confiscated", replace(HELD, confiscated_on=STRICT + DAY), STRICT + DAY, "应当解除并退还"),
    ],
)
def test_after_the_period_goods_go_back(ending: SeizureEnding, held: Held, day: date, said: str) -> None:
    told = "".join(why_not_ended(ending, held, limit_of(held), day))
    assert said in told
    assert bool(told) is bool(said)


def test_a_refusal_tells_every_reason() -> None:
    refusal = CannotOnSeizure(("一。", "二。"))
    assert (refusal.reasons, refusal.sentence) == (("一。", "二。"), "一。二。")


@pytest.mark.parametrize(
    ("testing", "said"),
    [
        (ExcludedTest(SEIZED, SEIZED + 3 * DAY, SEIZED + 2 * DAY), "早于开始日期"),
        (ExcludedTest(SEIZED, SEIZED - DAY, SEIZED + 2 * DAY), "不能早于"),
        (ExcludedTest(SEIZED - DAY, SEIZED, SEIZED + 2 * DAY), "不能早于"),
        (ExcludedTest(SEIZED + 9 * DAY, SEIZED + DAY, SEIZED + 2 * DAY), "还没有到"),
        (ExcludedTest(SEIZED, STRICT + DAY, STRICT + 2 * DAY), "届满以后"),
        (ExcludedTest(SEIZED, SEIZED, SEIZED + 366 * DAY), "365 天"),
    ],
)
def test_a_test_that_cannot_be_is_refused(testing: ExcludedTest, said: str) -> None:
    with pytest.raises(BadSeizure, match=said):
        check_testing(testing, HELD, limit_of(HELD), SEIZED + 8 * DAY)


def test_a_test_of_today_is_one() -> None:
    check_testing(ExcludedTest(SEIZED, SEIZED, SEIZED + 365 * DAY), HELD, limit_of(HELD), SEIZED)


def test_a_list_is_typed_a_line_an_item() -> None:
    assert parse_list("折叠桌 2 张 完好 有划痕\n\n塑料凳　8　只\n") == (
        ListedItem("折叠桌", "2", "张", "完好 有划痕"),
        ListedItem("塑料凳", "8", "只"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n", "清单是空的"),
        ("折叠桌 2 张\n塑料凳8只", "第 2 项“塑料凳8只”请写成"),
        ("折叠桌 2张", "第 1 项“折叠桌 2张”请写成"),
        ("折叠桌 两 张", "不是大于零的数"),
        ("折叠桌 0 张", "不是大于零的数"),
        ("折叠桌 -1 张", "不是大于零的数"),
        ("折叠桌 Infinity 张", "不是大于零的数"),
        ("折叠桌 1234567890.123 张", "不是大于零的数"),
    ],
)
def test_a_list_that_nobody_could_sign_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BadList, match=said):
        parse_list(text)


@pytest.mark.parametrize("item", [ListedItem(" ", "1", "张"), ListedItem("桌", "1", " ")])
def test_every_item_has_its_name_and_its_unit(item: ListedItem) -> None:
    with pytest.raises(BadList, match="没有写全"):
        check_list([item])


@pytest.mark.parametrize(("text", "lines"), [("", ()), ("1", (1,)), ("1,3", (1, 3)), ("1，3、4 5", (1, 3, 4, 5))])
def test_lines_are_named_by_their_numbers(text: str, lines: tuple[int, ...]) -> None:
    assert parse_positions(text) == lines


@pytest.mark.parametrize("text", ["一", "1-3", "²"])
def test_anything_else_names_no_line(text: str) -> None:
    with pytest.raises(BadList, match="序号"):
        parse_positions(text)


def test_every_limb_of_a_release_has_its_words_and_its_article() -> None:
    assert set(LIMB_ARTICLES) == set(SEIZURE_LIMBS)
    assert len(set(LIMB_ARTICLES.values())) == 5
