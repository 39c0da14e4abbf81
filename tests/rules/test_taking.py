"""Taking a number: hours by weekday, quotas, the limit per person, who gets which kind of priority."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hall.clock import HALL_ZONE
from hall.rules import taking
from hall.rules.queue_policy import TakingPolicy, TakingWindow


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """November 2026: the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=HALL_ZONE)


MONDAY_MORNING = TakingWindow(0, time(8, 30), time(11, 30))
MONDAY_AFTERNOON = TakingWindow(0, time(13, 30), time(16, 30))
FRIDAY_MORNING = TakingWindow(4, time(9), time(11))
WINDOWS = st.builds(TakingWindow, st.integers(0, 6), st.times(max_value=time(11, 59)), st.times(min_value=time(12)))
INSTANTS = st.integers(0, 60 * 24 * 60).map(lambda minutes: at(1, 0) + timedelta(minutes=minutes))


def limits(
    *windows: TakingWindow,
    quotas: Mapping[str, int] | None = None,
    own: Mapping[str, tuple[TakingWindow, ...]] | None = None,
    per_person: int = 0,
) -> TakingPolicy:
    return TakingPolicy(windows, own or {}, quotas or {}, per_person, timedelta(minutes=30), paper_alarm_at=50)


@pytest.mark.parametrize("now", [at(23, 8, 30), at(23, 11, 29, 59), at(23, 13, 30), at(23, 16, 29)])
def test_within_its_hours_a_matter_takes_numbers(now: datetime) -> None:
    taking.check_hours(now, "XK05", limits(MONDAY_MORNING, MONDAY_AFTERNOON))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(23, 8, 29, 59), "11月23日（星期一）08:30"),
        (at(23, 11, 30), "11月23日（星期一）13:30"),
        (at(23, 16, 30), "11月27日（星期五）09:00"),
        (at(25, 10), "11月27日（星期五）09:00"),
        (at(27, 11), "11月30日（星期一）08:30"),
        (at(29, 23, 59), "11月30日（星期一）08:30"),
    ],
)
def test_outside_its_hours_the_refusal_says_when_numbers_are_taken_again(now: datetime, opens: str) -> None:
    with pytest.raises(taking.TakingClosed, match=f"下次取号从{opens}开始"):
        taking.check_hours(now, "XK05", limits(MONDAY_MORNING, MONDAY_AFTERNOON, FRIDAY_MORNING))


def test_a_matters_own_hours_stand_in_place_of_the_halls() -> None:
    own = limits(MONDAY_MORNING, own={"XK05": (FRIDAY_MORNING,), "XK02": ()})
    with pytest.raises(taking.TakingClosed, match="星期五"):
        taking.check_hours(at(23, 9), "XK05", own)
    taking.check_hours(at(27, 9), "XK05", own)
    taking.check_hours(at(29, 3), "XK02", own)  # its own list is empty: always
    with pytest.raises(taking.TakingClosed, match="星期一"):
        taking.check_hours(at(27, 9), "XK06", own)


def test_without_hours_numbers_are_always_taken() -> None:
    taking.check_hours(at(29, 3), "XK05", limits())


@given(INSTANTS, st.lists(WINDOWS, min_size=1, max_size=5))
def test_the_next_opening_is_the_first_within_a_week_and_is_open(now: datetime, windows: list[TakingWindow]) -> None:
    opens = taking.next_opening(now, windows)
    assert now < opens <= now + timedelta(days=7)
    taking.check_hours(opens, "XK05", limits(*windows))
    assert opens == taking.next_opening(now, windows[::-1])


@given(INSTANTS, st.lists(WINDOWS, min_size=1, max_size=5), st.integers(0, 7 * 24 * 60))
def test_before_the_next_opening_no_hour_begins(now: datetime, windows: list[TakingWindow], minutes: int) -> None:
    with pytest.raises(taking.TakingClosed):
        taking.check_hours(now, "XK05", limits(*windows))
        assume(False)
    between = now + timedelta(minutes=minutes)
    assume(between < taking.next_opening(now, windows))
    with pytest.raises(taking.TakingClosed):
        taking.check_hours(between, "XK05", limits(*windows))


@given(st.integers(1, 200), st.integers(0, 300))
def test_a_quota_is_never_passed_and_never_withheld(quota: int, taken: int) -> None:
    left = taking.remaining(quota, taken)
    assert left is not None
    assert left >= 0
    if left:
        taking.check_quota(quota, taken)
    else:
        with pytest.raises(taking.QuotaReached, match=f"该事项今日取号数已达上限（{quota} 个），无法取号。请明日再来"):
            taking.check_quota(quota, taken)


def test_zero_or_no_quota_is_no_limit() -> None:
    policy = limits(quotas={"XK05": 0, "XK02": 3})
    assert [taking.quota_of(code, policy) for code in ("XK05", "XK06", "XK02")] == [None, None, 3]
    taking.check_quota(None, 10_000)
    assert taking.remaining(None, 10_000) is None


def test_a_person_takes_as_many_a_day_as_the_hall_allows() -> None:
    taking.check_person(1, limits(per_person=2))
    taking.check_person(99, limits(per_person=0))
    with pytest.raises(taking.PersonLimitReached, match="今日已取 2 个号，每人每日最多 2 个"):
        taking.check_person(2, limits(per_person=2))


def test_a_ticket_holds_five_different_matters_at_most() -> None:
    five = ("XK01", "XK02", "XK03", "XK04", "XK05")
    taking.check_matters(five)
    with pytest.raises(taking.TooManyMatters, match="最多办 5 个事项"):
        taking.check_matters((*five, "XK06"))
    with pytest.raises(taking.MatterRepeated, match="事项 XK01 选了两次"):
        taking.check_matters(("XK01", "XK02", "XK01"))


@pytest.mark.parametrize(
    ("wanted", "alone", "age", "given"),
    [
        ("ordinary", True, None, "ordinary"),
        ("ordinary", True, 59, "ordinary"),
        ("ordinary", True, 60, "elder"),
        ("ordinary", False, 75, "elder"),
        ("elder", True, 60, "elder"),
        ("elder", False, None, "elder"),
        ("elder", False, 40, "elder"),
        ("soldier", True, None, "soldier"),
        ("pregnant", True, 30, "pregnant"),
        ("honoured", False, 80, "honoured"),
    ],
)
def test_who_gets_which_kind(wanted: str, alone: bool, age: int | None, given: str) -> None:
    assert taking.priority_of(wanted, alone=alone, age=age, elder_age=60) == given


@pytest.mark.parametrize("age", [None, 59])
def test_at_a_kiosk_an_elder_shows_the_card(age: int | None) -> None:
    with pytest.raises(taking.ElderByCardOnly, match="60 周岁起"):
        taking.priority_of("elder", alone=True, age=age, elder_age=60)


@pytest.mark.parametrize("alone", [True, False])
def test_an_appointments_kind_is_never_a_wish(alone: bool) -> None:
    with pytest.raises(taking.AppointmentOnly, match="凭预约签到"):
        taking.priority_of("appointment", alone=alone, age=70, elder_age=60)


def test_a_visitor_chooses_among_the_kinds_that_need_no_card() -> None:
    kinds = {"honoured": 1, "elder": 1, "soldier": 1, "ordinary": 0, "appointment": 1}
    assert taking.declarable(kinds) == ("soldier", "honoured")


@pytest.mark.parametrize("channel", [*taking.SELF_SERVICE, *taking.STAFFED])
def test_a_way_of_taking_a_number(channel: str) -> None:
    taking.check_channel(channel)


@pytest.mark.parametrize("channel", ["fax", "appointment", ""])
def test_other_ways_are_refused_by_name(channel: str) -> None:
    with pytest.raises(taking.UnknownChannel, match=f"不认识的取号方式“{channel}”；可用的有：自助取号"):
        taking.check_channel(channel)
