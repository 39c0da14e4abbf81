"""What time it is: instants are UTC, days are days in the hall's zone."""

from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

HALL_ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Gives the present instant, timezone-aware, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands where it was put: for scripted visits and tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        return self.instant


def hall_time(instant: datetime) -> datetime:
    """The same instant on the hall's wall clock; refuses naive values."""
    if instant.tzinfo is None:
        raise ValueError("naive datetime")
    return instant.astimezone(HALL_ZONE)


def business_date(instant: datetime) -> date:
    """The calendar day of the hall in which the instant falls."""
    return hall_time(instant).date()


def midnight(day: date) -> datetime:
    """The instant at which a calendar day of the hall begins."""
    return datetime.combine(day, time(), HALL_ZONE)
