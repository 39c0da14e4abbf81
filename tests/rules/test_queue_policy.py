"""What a hall's parameters make of a ticket: its rank, the end of its longest wait, its letter."""

from datetime import UTC, datetime, timedelta

import pytest

from hall.errors import Refused
from hall.rules.queue_policy import (
    APPOINTMENT,
    ORDINARY,
    AlarmPolicy,
    AppointmentPolicy,
    CallingPolicy,
    QueuePolicy,
    TakingPolicy,
)

MINUTE = timedelta(minutes=1)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
POLICY = QueuePolicy(
    head_starts={ORDINARY: timedelta(), "elder": 15 * MINUTE, APPOINTMENT: 30 * MINUTE},
    prefixes={"elder": "L"},
    elder_age=60,
    longest_wait=60 * MINUTE,
    longest_waits={"XK05": 20 * MINUTE},
    service_minutes=8,
    fewest_for_mean=5,
    appointments=AppointmentPolicy(earliest=60 * MINUTE, latest=15 * MINUTE),
    calling=CallingPolicy(
        favoured_in_a_row=2,
        recall_after=timedelta(seconds=10),
        calls_before_skip=3,
        places_behind=3,
        transfer_keeps_time=True,
    ),
    taking=TakingPolicy(
        windows=(), matter_windows={}, quotas={}, per_person=0, slip_lives=30 * MINUTE, paper_alarm_at=50
    ),
    alarms=AlarmPolicy(waiting=30 * MINUTE, people_per_counter=10, service=30 * MINUTE, forgotten=120 * MINUTE),
    pause_reasons=("临时离开",),
)


@pytest.mark.parametrize(("priority", "minutes"), [(ORDINARY, 0), ("elder", 15), (APPOINTMENT, 30)])
def test_a_priority_ranks_as_if_it_had_come_earlier(priority: str, minutes: int) -> None:
    assert POLICY.rank_at(NINE, priority) == NINE - minutes * MINUTE


def test_an_unknown_priority_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="没有“vip”这种优先类别；可用的有：普通、老年、预约。"):
        POLICY.rank_at(NINE, "vip")


@pytest.mark.parametrize(("matter", "minutes"), [("XK02", 60), ("XK05", 20)])
def test_the_longest_wait_is_the_matters_own_or_the_halls(matter: str, minutes: int) -> None:
    assert POLICY.must_call_by(NINE, matter) == NINE + minutes * MINUTE


@pytest.mark.parametrize(("priority", "letter"), [(ORDINARY, "B"), ("elder", "L"), (APPOINTMENT, "B")])
def test_the_letter_is_the_prioritys_or_the_matters(priority: str, letter: str) -> None:
    assert POLICY.prefix(priority, "B") == letter
