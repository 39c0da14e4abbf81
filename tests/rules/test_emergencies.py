"""Emergency measures: 24 hours by the clock, through days off; reported, then decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hall.clock import HALL_ZONE
from hall.rules.emergencies import (
    CannotOnEmergency,
    Emergency,
    EmergencyAct,
    check_began,
    hours_left,
    late,
    light,
    reasons,
    report_by,
)
from hall.services.calendar import shipped_limits

BEGAN = datetime(2026, 2, 14, 17, 30, tzinfo=HALL_ZONE)  # the eve of the Spring Festival
DUE = datetime(2026, 2, 15, 17, 30, tzinfo=HALL_ZONE)
TAKEN = Emergency(BEGAN)
REPORTED = replace(TAKEN, reported_at=DUE)
DECIDED = replace(REPORTED, decided_at=DUE)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def test_hours_run_through_the_holidays() -> None:
    assert report_by(TAKEN, shipped_limits().limit("emergency.report", BEGAN.date())) == DUE


def test_the_zone_of_the_instant_does_not_matter() -> None:
    taken = Emergency(BEGAN.astimezone(UTC))
    assert report_by(taken, shipped_limits().limit("emergency.report", BEGAN.date())) == DUE


@pytest.mark.parametrize(
    ("measure", "now", "is_late", "shown"),
    [
        (TAKEN, DUE, False, "today"),
        (TAKEN, DUE + SECOND, True, "over_statutory"),
        (REPORTED, DUE + 9 * HOUR, False, "warning"),
        (replace(TAKEN, reported_at=DUE + SECOND), DUE + HOUR, True, "warning"),
        (DECIDED, DUE + 9 * HOUR, False, None),
    ],
)
def test_a_late_report_is_late_for_ever(measure: Emergency, now: datetime, *, is_late: bool, shown: str | None) -> None:
    assert late(measure, DUE, now) is is_late
    assert light(measure, DUE, now) == shown


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (BEGAN, 24),
        (DUE - HOUR + SECOND, 0),
        (DUE, 0),
        (DUE + SECOND, -1),
        (DUE + 3 * HOUR, -3),
    ],
)
def test_hours_are_counted_down_and_then_up(now: datetime, left: int) -> None:
    assert hours_left(DUE, now) == left


@pytest.mark.parametrize(
    ("act", "measure", "said"),
    [
        ("report", TAKEN, ""),
        ("report", REPORTED, "已经报告"),
        ("report", DECIDED, "已经作出决定"),
        ("decide", TAKEN, "还没有报告"),
        ("decide", REPORTED, ""),
        ("decide", DECIDED, "已经作出决定"),
    ],
)
def test_first_it_is_reported_then_decided(act: EmergencyAct, measure: Emergency, said: str) -> None:
    told = "".join(reasons(act, measure))
    assert said in told
    assert bool(told) is bool(said)


def test_nothing_begins_in_the_future() -> None:
    check_began(BEGAN, BEGAN)
    with pytest.raises(CannotOnEmergency, match="还没有到"):
        check_began(BEGAN + SECOND, BEGAN)
