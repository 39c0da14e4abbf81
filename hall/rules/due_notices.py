"""Which messages a due day causes, and when: to whoever has the thing in hand, and to the manager once it is missed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.versions import Versions
from hall.words import DUE_WORDS

DueCode = Literal[
    "told",
    "feedback",
    "promise",
    "finish",
    "call_back",
    "answer",
    "correct",
    "result",
    "follow_up",
    "expiry",
    "offer",
    "statement",
    "shown",
    "evidence",
    "closing",
    "seizure",
    "filing",
    "service",
    "publicity",
    "withdrawal",
    "court",
    "cash_office",
    "cash_bank",
]
"""What is due; stored with each message, so a code is for ever."""
DUE_CODES: frozenset[str] = frozenset(get_args(DueCode))

OF_PARTY: frozenset[DueCode] = frozenset({"offer", "statement", "shown"})
"""Days of somebody who came to the hall: when one is over the hall goes on, and nobody here has missed anything."""

# When: so many workdays before the due day, when its light turns yellow, or when it is over.
DueMoment = int | Literal["warning", "past"]
DueRecipient = Literal["holder", "manager"]

_LONGEST_CODE = 16
_REST = 15
"""No run of days of rest is longer than this, whatever a schedule says."""


@dataclass(frozen=True, slots=True)
class DueRung:
    """One step; `code` is its name for ever, it fires once for each due day. `dues` empty: of everything."""

    code: str
    at: DueMoment
    to: DueRecipient
    dues: frozenset[DueCode] = frozenset()

    def __post_init__(self) -> None:
        if not self.code or len(self.code) > _LONGEST_CODE:
            raise ValueError(f"每一级都要有 code，不超过 {_LONGEST_CODE} 个字符")
        if isinstance(self.at, int) and self.at < 0:
            raise ValueError(f"{self.code} 的 at 应是不小于 0 的整数、warning 或 past")

    def concerns(self, due: DueCode) -> bool:
        """Whether it is one of this due's; a manager is not told that somebody else's day is over."""
        if due in OF_PARTY and self.at == "past" and self.to == "manager":
            return False
        return not self.dues or due in self.dues


@dataclass(frozen=True, slots=True)
class DueRule:
    """A version of `due_notices.toml`.

    `warning_workdays`: of what has no warning days of its own. What was missed longer than `look_back_days` (calendar
    days) ago stands on its list and causes no message any more.
    """

    effective_from: date
    source: str
    warning_workdays: int
    look_back_days: int
    rungs: tuple[DueRung, ...] = field(default=())

    def __post_init__(self) -> None:
        codes = [rung.code for rung in self.rungs]
        if not codes or len(set(codes)) != len(codes):
            raise ValueError("rungs 不能为空，各级 code 不能重复")


DueRules = Versions[DueRule]


def rungs_come(
    due: DueCode, due_on: date, *, today: date, warning_days: int | None, rule: DueRule, calendar: WorkCalendar
) -> tuple[DueRung, ...]:
    """The rungs that have come, fired or not, the latest first: it says what the earlier ones said.

    `warning_days` are the calendar days of the thing's own light; None: it has none. A warning that would come on a
    day of rest comes on the workday before.
    """
    own = [rung for rung in rule.rungs if rung.concerns(due)]
    if today > due_on:
        fresh = today <= due_on + timedelta(days=rule.look_back_days)
        return tuple(rung for rung in own if rung.at == "past" and fresh)
    warnings = [
        (_first_day(rung.at, due_on, warning_days, rule=rule, calendar=calendar), rung)
        for rung in own
        if rung.at != "past"
    ]
    come = [(day, rung) for day, rung in warnings if day <= today]
    return tuple(rung for _, rung in sorted(come, key=lambda each: each[0], reverse=True))


def span(due: Iterable[DueCode], *, today: date, warning_days: int | None, rule: DueRule) -> tuple[date, date]:
    """The due days outside of which no rung can have come today: the first and the last one."""
    codes = tuple(due)
    ahead = [0]
    for rung in rule.rungs:
        if any(rung.concerns(each) for each in codes):
            if isinstance(rung.at, int):
                ahead.append(2 * rung.at)
            elif rung.at == "warning":
                ahead.append(2 * rule.warning_workdays if warning_days is None else warning_days)
    return today - timedelta(days=rule.look_back_days), today + timedelta(days=max(ahead) + _REST)


def said(name: str, due: DueCode, due_on: date, *, rung: DueRung) -> str:
    """The sentence: number, what is due, the day; nobody's name."""
    what = f"{name}：{DUE_WORDS[due]} {due_on.isoformat()} "
    if rung.at != "past":
        return f"{what}到期，请按时办理"
    if due in OF_PARTY:
        return f"{what}已经期满，请接着办理"
    return f"{what}到期，已经逾期，{'请督促办理' if rung.to == 'manager' else '请马上办理'}"


def _first_day(
    at: int | Literal["warning"], due_on: date, warning_days: int | None, *, rule: DueRule, calendar: WorkCalendar
) -> date:
    """On which day a warning comes; by the calendar alone where a schedule is lacking."""
    workdays = rule.warning_workdays if at == "warning" else at
    natural = warning_days if at == "warning" else None
    try:
        if natural is not None:
            return calendar.previous_workday(due_on - timedelta(days=natural))
        return calendar.previous_workday(calendar.add_workdays(due_on, -workdays))
    except ScheduleMissing:
        return due_on - timedelta(days=workdays if natural is None else natural)
