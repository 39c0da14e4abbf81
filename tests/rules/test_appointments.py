"""Checking in: from when, until when as an appointment, and what a late one is told."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.clock import HALL_ZONE
from hall.rules import appointments
from hall.rules.queue_policy import AppointmentPolicy

MINUTE = timedelta(minutes=1)
POLICY = AppointmentPolicy(earliest=60 * MINUTE, latest=15 * MINUTE)
STARTS = datetime(2026, 11, 23, 10, 30, tzinfo=HALL_ZONE)


@pytest.mark.parametrize(
    ("minutes", "kind"), [(-60, "appointment"), (0, "appointment"), (15, "appointment"), (16, "ordinary")]
)
def test_an_appointment_keeps_its_place_until_it_is_too_late(minutes: int, kind: str) -> None:
    assert appointments.kind_at(STARTS + minutes * MINUTE, STARTS, POLICY) == kind


def test_too_early_is_told_from_when() -> None:
    with pytest.raises(appointments.TooEarly, match=r"预约时间是 10:30，09:30 起可以签到"):
        appointments.kind_at(STARTS - timedelta(minutes=60, seconds=1), STARTS, POLICY)


@given(st.integers(-200, 200), st.integers(0, 120), st.integers(0, 60))
def test_every_instant_is_early_in_time_or_late(minutes: int, earliest: int, latest: int) -> None:
    policy = AppointmentPolicy(earliest * MINUTE, latest * MINUTE)
    now = STARTS + minutes * MINUTE
    if minutes < -earliest:
        with pytest.raises(appointments.TooEarly):
            appointments.kind_at(now, STARTS, policy)
    else:
        assert (appointments.kind_at(now, STARTS, policy) == "appointment") == (minutes <= latest)


def test_the_late_are_told_what_became_of_it() -> None:
    assert appointments.late_notice(15 * MINUTE) == "已超过预约时间 15 分钟以上，本号按普通号排队，从现在起计等候时间。"


def test_every_refusal_says_what_to_do() -> None:
    for refusal, advice in (
        (appointments.NoAppointment(), "可直接取普通号"),
        (appointments.NoSuchReference("YY-1"), "没有编号为“YY-1”的预约，请核对"),
        (appointments.OtherDay(date(2026, 11, 24)), "该预约是 2026-11-24 的"),
        (appointments.AlreadyCheckedIn("Y001"), "号码是 Y001，请等候叫号"),
        (appointments.AppointmentOver("爽约"), "状态是“爽约”"),
    ):
        assert advice in str(refusal)
