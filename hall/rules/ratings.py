"""Ratings (好差评): the five levels, which of them are bad, and by when a bad one must be followed up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.timelimits import LimitRequest, LimitRule, compute
from hall.words import RATING_LEVELS

RECTIFICATION = "evaluation.rectification"
"""The legal period of a follow-up."""

BAD_LEVELS = frozenset({1, 2})

FollowUpResult = Literal["corrected", "explained", "unfounded"]


class NoSuchLevel(Refused):
    """Something other than one of the five levels came from an evaluator."""

    def __init__(self, level: int) -> None:
        levels = "、".join(f"{number} {word}" for number, word in RATING_LEVELS.items())
        super().__init__(f"没有 {level} 这一档评价，只有：{levels}。这次没有记录评价。")


@dataclass(frozen=True, slots=True)
class Share:
    """How many rated, and how many of them at least 基本满意; nobody who stayed silent is counted."""

    satisfied: int
    count: int

    @property
    def words(self) -> str:
        """The share with its parts: 96.0%（24/25）; without a rating there is none."""
        if not self.count:
            return "没有评价"
        return f"{self.satisfied / self.count:.1%}（{self.satisfied}/{self.count}）"


@dataclass(frozen=True, slots=True)
class FollowUpSteps:
    """What was done about a bad rating. `known`: it is recorded who gave it, so the hall can call."""

    known: bool
    calls: int = 0
    reached: bool = False
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """The last day of a follow-up; None while `pending` says which schedule is lacking."""

    due_on: date | None
    pending: str


def checked_level(level: int) -> int:
    """The level as it is stored; raises NoSuchLevel."""
    if level not in RATING_LEVELS:
        raise NoSuchLevel(level)
    return level


def is_bad(level: int) -> bool:
    """Whether a rating opens a follow-up."""
    return level in BAD_LEVELS


def why_not_closed(result: FollowUpResult, steps: FollowUpSteps, *, least_calls: int) -> tuple[str, ...]:
    """Why a follow-up may not end so yet; empty: it may."""
    found = []
    if steps.known and not steps.reached and steps.calls < least_calls:
        found.append(
            f"还没有回访到评价人（已联系 {steps.calls} 次）。请先登记回访；联系不上的，至少联系 {least_calls} 次。"
        )
    if result == "corrected" and not steps.corrected:
        found.append("还没有登记整改。请先登记改了什么、有什么证明，再办结。")
    if result == "explained" and not steps.reached:
        found.append("没有联系上评价人，不能按“已向评价人说明”办结。请另选结果。")
    return tuple(found)


def share(levels: Iterable[int]) -> Share:
    """The share of those who were at least 基本满意."""
    given = tuple(levels)
    return Share(sum(not is_bad(level) for level in given), len(given))


def follow_up_due(calendar: WorkCalendar, rule: LimitRule, opened_on: date) -> FollowUpDue:
    """By when a bad rating given on a day must be followed up; the day itself is not counted."""
    limit = compute(calendar, rule, LimitRequest(start=opened_on))
    due = limit.due
    return FollowUpDue(due if isinstance(due, date) else None, limit.pending or "")
