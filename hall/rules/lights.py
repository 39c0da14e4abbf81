"""Lights of a case: how its running clocks stand today, by workday ordinals alone."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.rules.catalogue import Limit
from hall.rules.versions import Versions

Light = Literal["normal", "warning", "today", "over_promised", "over_statutory", "pending", "paused"]

# Whether a case's clocks run, stand still, or have ended (such a case is on no board).
Standing = Literal["running", "paused", "stopped"]

# Most pressing first: the order of lists and of counts.
LIGHTS: tuple[Light, ...] = (
    "over_statutory",
    "over_promised",
    "today",
    "warning",
    "normal",
    "pending",
    "paused",
)


@dataclass(frozen=True, slots=True)
class WarningRule:
    """A case turns yellow `share_percent` of its limit before the end, and at least `least_days`."""

    effective_from: date
    source: str
    least_days: int
    share_percent: int

    def __post_init__(self) -> None:
        if self.least_days < 0 or not 0 <= self.share_percent <= 100:
            raise ValueError("least_days 不能是负数，share_percent 不能超过 100")


WarningRules = Versions[WarningRule]
"""A case keeps the warning days of the day on which it was received."""


@dataclass(frozen=True, slots=True)
class DueOrdinals:
    """Due days of a case as workday ordinals; None while a date is pending or a clock does not run."""

    statutory: int | None
    promised: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """A day as an ordinal. A rest day has that of the workday before: what was due then is late already."""

    ordinal: int
    rest: bool = False

    def past(self, due: int) -> bool:
        """Whether the due day has ended."""
        return due < self.ordinal or (self.rest and due == self.ordinal)


def warning_days_of(rule: WarningRule, limit: Limit | None, *, own: int | None = None) -> int:
    """Workdays before the due day at which a case turns yellow; `own` is the matter's number in place of the share.

    Never the whole limit, so a case starts green; a limit of one day starts yellow. Without a limit, the least.
    """
    budget = days_of(limit)
    share = -(-(budget or 0) * rule.share_percent // 100)
    wanted = max(rule.least_days, share) if own is None else own
    return wanted if budget is None else min(wanted, max(budget - 1, 1), budget)


def days_of(limit: Limit | None) -> int | None:
    """A limit in days of its own kind, hours rounded up."""
    if limit is None:
        return None
    return -(-limit.days // 24) if limit.unit == "hour" else limit.days


def remaining_days(due: int, today: int) -> int:
    """Workdays left: 0 on the due day, negative after it."""
    return due - today


def light(due: DueOrdinals, today: Today, *, warning_days: int, standing: Standing = "running") -> Light:
    """The light for today. A statutory breach outranks a broken promise; a case without any date is pending.

    While the clocks stand still it has a light of its own, however near a granted date may be.
    """
    if standing == "paused":
        return "paused"
    known = [day for day in (due.promised, due.statutory) if day is not None]
    if not known:
        return "pending"
    if due.statutory is not None and today.past(due.statutory):
        return "over_statutory"
    if due.promised is not None and today.past(due.promised):
        return "over_promised"
    left = remaining_days(min(known), today.ordinal)
    if left == 0:
        return "today"
    return "warning" if left <= warning_days else "normal"
