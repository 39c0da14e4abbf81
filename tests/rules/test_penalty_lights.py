"""Lights of the periods of a penalty case."""

from datetime import date

import pytest

from hall.rules.lights import Light
from hall.rules.penalty_clocks import PenaltyClock
from hall.rules.penalty_lights import clock_light

SERVICE = PenaltyClock(
    kind="service",
    side="authority",
    started_on=date(2026, 11, 18),
    due=date(2026, 11, 30),
    strict_due=date(2026, 11, 29),
    act_by=date(2026, 11, 27),
    law="行政处罚法61",
    note="自作出决定之日起",
)
PAYMENT = PenaltyClock(
    kind="payment",
    side="party",
    started_on=date(2026, 11, 18),
    due=date(2026, 12, 3),
    law="行政处罚法67",
    note="自收到决定书之日起",
)


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 11, 20), "normal"),
        (date(2026, 11, 25), "warning"),
        (date(2026, 11, 27), "today"),
        (date(2026, 11, 28), "warning"),
        (date(2026, 11, 29), "today"),
        (date(2026, 11, 30), "over_statutory"),
    ],
)
def test_an_authority_is_late_after_the_strict_end_whatever_day_of_the_week_it_is(today: date, light: Light) -> None:
    assert clock_light(SERVICE, today, least_days=2) == light


def test_without_a_red_line_the_due_day_is_the_last() -> None:
    plain = PenaltyClock(
        kind="closing", side="authority", started_on=date(2026, 9, 1), due=date(2026, 11, 30), law="60", note=""
    )
    assert clock_light(plain, date(2026, 11, 30), least_days=2) == "today"
    assert clock_light(plain, date(2026, 12, 1), least_days=2) == "over_statutory"


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 11, 23), "normal"),
        (date(2026, 12, 1), "warning"),
        (date(2026, 12, 3), "today"),
        (date(2026, 12, 4), "paused"),
    ],
)
def test_a_party_s_period_never_alarms_when_it_is_over(today: date, light: Light) -> None:
    assert clock_light(PAYMENT, today, least_days=2) == light


def test_what_was_done_has_no_light_and_what_nobody_can_count_is_pending() -> None:
    done = PenaltyClock(
        kind="service", side="authority", started_on=date(2026, 11, 18), due=None, law="", note="", ended_on=date.min
    )
    unknown = PenaltyClock(
        kind="closing",
        side="authority",
        started_on=date(2026, 11, 18),
        due=None,
        law="",
        note="",
        pending="2027年放假安排未录入",
    )
    assert clock_light(done, date(2026, 11, 20), least_days=2) is None
    assert clock_light(unknown, date(2026, 11, 20), least_days=2) == "pending"
