"""Days of a request: 15, 60 and 7 workdays, extension, a unit's day, and the light that follows."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.calendar import WorkCalendar
from hall.rules.lights import Light
from hall.rules.request_clocks import (
    BadExtension,
    RequestDays,
    RequestStanding,
    extended,
    request_dues,
    return_day,
    standing,
    unit_due,
)
from hall.rules.requests import DispatchState
from hall.rules.timelimits import BadLimitRequest
from hall.services.calendar import shipped_calendar, shipped_limits

MONDAY = date(2026, 11, 23)
CALENDAR, LIMITS = shipped_calendar(), shipped_limits()
DAYS = RequestDays(
    state="registered", told_by=date(2026, 12, 8), finish_by=date(2027, 1, 22), promised_by=date(2026, 12, 2)
)


def test_a_petition_is_told_in_15_days_and_finished_in_60_beside_the_promise() -> None:
    dues = request_dues(CALENDAR, LIMITS, received_on=MONDAY, petition=True, answerable=True)
    assert (dues.told_by, dues.finish_by) == (date(2026, 12, 8), date(2027, 1, 22))
    assert (dues.promised_by, dues.pending) == (date(2026, 12, 2), "")


def test_rest_days_at_the_end_give_the_authority_nothing() -> None:
    dues = request_dues(CALENDAR, LIMITS, received_on=date(2026, 11, 20), petition=True, answerable=True)
    assert dues.told_by == date(2026, 12, 5)  # a Saturday


def test_nobody_can_tell_an_anonymous_person_anything() -> None:
    dues = request_dues(CALENDAR, LIMITS, received_on=MONDAY, petition=True, answerable=False)
    assert (dues.told_by, dues.finish_by) == (None, date(2027, 1, 22))


def test_what_is_no_petition_has_the_promise_only() -> None:
    dues = request_dues(CALENDAR, LIMITS, received_on=MONDAY, petition=False, answerable=True)
    assert (dues.told_by, dues.finish_by, dues.promised_by) == (None, None, date(2026, 12, 2))


def test_without_a_schedule_the_promise_waits_and_the_law_does_not() -> None:
    dues = request_dues(WorkCalendar(()), LIMITS, received_on=MONDAY, petition=True, answerable=True)
    assert dues.promised_by is None
    assert dues.pending
    assert dues.finish_by == date(2027, 1, 22)


def test_an_extension_adds_at_most_thirty_days() -> None:
    assert extended(CALENDAR, LIMITS, received_on=MONDAY, days=30) == date(2027, 2, 21)
    with pytest.raises(BadLimitRequest, match="30"):
        extended(CALENDAR, LIMITS, received_on=MONDAY, days=31)
    with pytest.raises(BadExtension, match="至少"):
        extended(CALENDAR, LIMITS, received_on=MONDAY, days=0)


def test_a_unit_never_has_longer_than_the_request_itself() -> None:
    assert unit_due(CALENDAR, sent_on=MONDAY, workdays=5, latest=(None, None)) == date(2026, 11, 30)
    assert unit_due(CALENDAR, sent_on=MONDAY, workdays=5, latest=(date(2026, 11, 25), None)) == date(2026, 11, 25)
    assert unit_due(CALENDAR, sent_on=MONDAY, workdays=5, latest=(date(2026, 11, 20),)) == MONDAY
    assert unit_due(WorkCalendar(()), sent_on=MONDAY, workdays=5, latest=()) is None


def test_at_the_years_end_a_unit_has_the_day_of_the_request_where_that_is_known() -> None:
    end = date(2026, 12, 30)
    assert unit_due(CALENDAR, sent_on=date(2026, 12, 28), workdays=5, latest=(end, date(2027, 2, 19))) == end
    assert unit_due(CALENDAR, sent_on=date(2026, 12, 28), workdays=5, latest=(None, date(2027, 2, 19))) is None


def test_a_unit_gives_a_request_back_within_five_workdays_of_the_day_it_was_sent() -> None:
    assert return_day(CALENDAR, LIMITS, sent_on=MONDAY) == date(2026, 11, 30)
    assert return_day(CALENDAR, LIMITS, sent_on=date(2026, 9, 28)) == date(2026, 10, 10)
    assert return_day(CALENDAR, LIMITS, sent_on=date(2026, 12, 28)) is None


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 11, 29), "normal"),
        (date(2026, 11, 30), "warning"),
        (date(2026, 12, 2), "today"),
        (date(2026, 12, 3), "over_promised"),
        (date(2026, 12, 9), "over_statutory"),
    ],
)
def test_the_light_follows_the_nearest_day_and_the_law_outranks_the_promise(today: date, light: Light) -> None:
    now = standing(DAYS, today=today, warning_days=2)
    assert (now.due_on, now.what, now.light) == (date(2026, 12, 2), "承诺答复", light)


def test_who_was_told_is_late_by_law_only_after_the_sixty_days() -> None:
    told = replace(DAYS, told_on=date(2026, 11, 24))
    assert standing(told, today=date(2027, 1, 22), warning_days=2).light == "over_promised"
    assert standing(told, today=date(2027, 1, 23), warning_days=2).light == "over_statutory"


@pytest.mark.parametrize(("dispatch", "due_on"), [("sent", date(2026, 11, 30)), ("fed_back", date(2026, 12, 2))])
def test_the_unit_has_its_own_day_until_it_feeds_back(dispatch: DispatchState, due_on: date) -> None:
    days = replace(DAYS, state="dispatched", dispatch=dispatch, unit_by=date(2026, 11, 30))
    assert standing(days, today=MONDAY, warning_days=2).due_on == due_on


def test_what_is_over_has_no_light_and_what_has_no_day_is_pending() -> None:
    assert standing(replace(DAYS, state="closed"), today=MONDAY, warning_days=2) == RequestStanding(None, "", None)
    bare = RequestDays(state="registered")
    assert standing(bare, today=MONDAY, warning_days=2) == RequestStanding(None, "", "pending")
