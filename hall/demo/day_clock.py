"""The clock of the demo's day: hours in seconds, the same for all processes; and how big the day is."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hall.clock import HALL_ZONE

DAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the demo's day."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=HALL_ZONE)


BEGINS, OPENS, LAST_NUMBER, CLOSES, OVER = at(8, 20), at(8, 30), at(17), at(17, 30), at(17, 50)
PAPER_OUT, PAPER_BACK = at(10, 20), at(10, 55)
ROLL_ENDS, ROLL_CHANGED = at(15), at(15, 20)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """How many take a number, how many counters there are, and how many seconds the day lasts."""

    tickets: int = 600
    counters: int = 8
    seconds: float = 150.0
    seed: int = 20261123

    @property
    def appointments(self) -> int:
        """One in ten comes by appointment."""
        return self.tickets // 10

    @property
    def fines(self) -> int:
        """Decisions that are there to be paid: about as many as are asked for."""
        return self.tickets // 15 + self.counters

    @property
    def service_minutes(self) -> float:
        """Mean time at a counter, so that the counters are busy and yet get through."""
        return min(0.48 * 500 * self.counters / self.tickets, 10.0)

    @property
    def factor(self) -> float:
        """How many times as fast as time the day runs."""
        return (OVER - BEGINS).total_seconds() / self.seconds

    def clock(self) -> "DayClock":
        """A clock that begins to run now."""
        return DayClock(time.monotonic(), self.factor)


@dataclass(frozen=True, slots=True)
class DayClock:
    """Runs `factor` times as fast as time. The monotonic clock is one for all processes of a computer."""

    zero: float
    factor: float

    def now(self) -> datetime:
        """The demo's present instant."""
        return (BEGINS + timedelta(seconds=(time.monotonic() - self.zero) * self.factor)).astimezone(UTC)

    def seconds_until(self, instant: datetime) -> float:
        """How long that is in real time; 0 for what is past."""
        return max((instant - self.now()).total_seconds() / self.factor, 0.0)

    def wait_until(self, instant: datetime) -> None:
        """Let the day go on up to an instant."""
        time.sleep(self.seconds_until(instant))

    def wait(self, minutes: float) -> None:
        """Let minutes of the day go by."""
        time.sleep(minutes * 60 / self.factor)
