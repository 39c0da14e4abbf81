"""The parameters of the queue that a hall may change (resources/queueing.toml), as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hall.errors import Refused
from hall.words import PRIORITY_KINDS

ORDINARY = "ordinary"
APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class TakingWindow:
    """When numbers may be taken on a weekday (Monday is 0): local times, the end not included."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class AppointmentPolicy:
    """How early a checked-in appointment may come, and after how much lateness it is an ordinary ticket."""

    earliest: timedelta
    latest: timedelta


@dataclass(frozen=True, slots=True)
class CallingPolicy:
    """Order and manners of calling.

    `favoured_in_a_row`: favoured tickets that one counter may call in a row while ordinary ones wait (k);
    `recall_after`: least time between two calls of one ticket; `calls_before_skip`: calls before 过号 is allowed;
    `places_behind`: waiting tickets a skipped ticket goes behind when it comes back;
    `transfer_keeps_time`: a transferred ticket keeps its rank, else it goes last.
    """

    favoured_in_a_row: int
    recall_after: timedelta
    calls_before_skip: int
    places_behind: int
    transfer_keeps_time: bool


@dataclass(frozen=True, slots=True)
class TakingPolicy:
    """Limits of taking numbers. `windows`: none means always; `quotas`: matter → numbers a day; 0 is no limit.

    `slip_lives`: a slip not printed after so long is printed no more; `paper_alarm_at`: slips left on the roll
    when staff are told to fetch a new one.
    """

    windows: tuple[TakingWindow, ...]
    matter_windows: Mapping[str, tuple[TakingWindow, ...]]
    quotas: Mapping[str, int]
    per_person: int
    slip_lives: timedelta
    paper_alarm_at: int


@dataclass(frozen=True, slots=True)
class AlarmPolicy:
    """Thresholds at which the monitor suggests to open a counter; longer services are counted as over the limit.

    `forgotten`: a service that seems to have lasted longer was not ended by its clerk: its length is not known.
    """

    waiting: timedelta
    people_per_counter: int
    service: timedelta
    forgotten: timedelta


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """All of it.

    `head_starts`: priority kind → the ticket ranks as if it had been taken that much earlier (bounded, so that
    waiting raises everybody's rank in the end); `prefixes`: priority kind → its own letter, else the matter's;
    `longest_wait` and `longest_waits` (by matter code): after it a ticket is called before all others;
    `elder_age`: full years from which a card taken at the kiosk makes the ticket an elder's;
    `service_minutes`: mean time at the counter, used while fewer than `fewest_for_mean` tickets are finished.
    """

    head_starts: Mapping[str, timedelta]
    prefixes: Mapping[str, str]
    elder_age: int
    longest_wait: timedelta
    longest_waits: Mapping[str, timedelta]
    service_minutes: int
    fewest_for_mean: int
    appointments: AppointmentPolicy
    calling: CallingPolicy
    taking: TakingPolicy
    alarms: AlarmPolicy
    pause_reasons: tuple[str, ...]

    def rank_at(self, waits_from: datetime, priority: str) -> datetime:
        """The instant by which a ticket is ranked; refuses an unknown kind of priority."""
        if priority not in self.head_starts:
            known = "、".join(PRIORITY_KINDS[kind] for kind in self.head_starts)
            raise Refused(f"没有“{priority}”这种优先类别；可用的有：{known}。")
        return waits_from - self.head_starts[priority]

    def must_call_by(self, waits_from: datetime, matter_code: str) -> datetime:
        """The end of the longest wait of a matter."""
        return waits_from + self.longest_waits.get(matter_code, self.longest_wait)

    def prefix(self, priority: str, matter_prefix: str) -> str:
        """The letter of a ticket's number: that of its priority where that has one, else the matter's."""
        return self.prefixes.get(priority, matter_prefix)
