"""Which rungs of the escalation a clock has reached today: warnings before its due day, a card after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.rules.clocks import ClockKind
from hall.rules.lights import Today, remaining_days
from hall.rules.versions import Versions

# To whom a rung speaks: who has the case, whoever examines in the department, whoever approves, the hall's manager.
Recipient = Literal["officer", "head", "leader", "manager"]
# What it does: a message, or a card with a new deadline.
Effect = Literal["notice", "yellow", "red"]
# When: so many workdays before the due day, the case's own warning days before it, or when the due day has ended.
Moment = int | Literal["warning", "past"]

# Clocks whose end is nobody's fault in the hall.
_NO_CARD: frozenset[str] = frozenset({"procedure", "supplement"})

DEEMED = "deemed"
"""How the clock of the acceptance ends when nobody decided in time (行政许可法 32(1)(4))."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the escalation of a kind of clock; `code` is its name for ever, it fires once for each due day."""

    clock: ClockKind
    code: str
    at: Moment
    to: Recipient
    effect: Effect

    def __post_init__(self) -> None:
        if not self.code or len(self.code) > 16:
            raise ValueError("每一级都要有 code，不超过 16 个字符")
        if isinstance(self.at, int) and self.at < 0:
            raise ValueError(f"{self.code} 的 at 应是不小于 0 的整数、warning 或 past")
        if self.effect != "notice" and (self.at != "past" or self.clock in _NO_CARD):
            raise ValueError(f"{self.code}：期满之前、特别程序和申请人补正期满都只能提醒（notice），不能发牌")


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """The chain in force from a day on."""

    effective_from: date
    source: str
    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        names = [(rung.clock, rung.code) for rung in self.rungs]
        if len(set(names)) != len(names):
            raise ValueError("同一时限的各级 code 不能重复")


EscalationRules = Versions[EscalationRule]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock as it stands: running, paused or stopped. `warning_days` are the case's own."""

    kind: ClockKind
    state: str
    started_on: date
    due_on: date | None
    due_ordinal: int | None
    warning_days: int
    stopped_how: str = ""


def rungs_due(reading: ClockReading, day: date, today: Today, *, rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """The rungs that have come, fired or not. `today` is the workday ordinal of `day`.

    Warnings come while there is still time, and not on the day the clock started: whoever started it knows it. A due
    day has ended when its date is over. Nothing comes while a clock stands still.
    """
    due = (reading.due_on, reading.due_ordinal)
    if due[0] is None or due[1] is None:
        return ()
    late = _late(reading, due[0], day)
    warned = reading.state == "running" and reading.started_on < day <= due[0]
    left = remaining_days(due[1], today.ordinal)
    return tuple(
        rung
        for rung in rungs
        if rung.clock == reading.kind
        and (late if rung.at == "past" else warned and left <= _days(rung.at, reading.warning_days))
    )


def furthest_warning(rungs: Iterable[Rung], kind: ClockKind, *, longest: int) -> int:
    """How many workdays ahead a rung of this kind may come; `longest` is the most warning days of any case."""
    return max((_days(rung.at, longest) for rung in rungs if rung.clock == kind and rung.at != "past"), default=0)


def _late(reading: ClockReading, due_on: date, day: date) -> bool:
    if reading.state == "stopped":
        return reading.stopped_how == DEEMED
    return reading.state == "running" and day > due_on


def _days(at: int | str, warning_days: int) -> int:
    return at if isinstance(at, int) else warning_days
