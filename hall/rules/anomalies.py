"""What is unusual in the handling of one case (异常): found by rule, judged by people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from hall.rules.versions import Versions
from hall.words import CASE_ACTS

AnomalyKind = Literal["second_supplement", "suspension_abuse", "back_dated", "instant", "entered_late"]


@dataclass(frozen=True, slots=True)
class AnomalyRule:
    """From which figures on something is unusual, in force from a day on."""

    effective_from: date
    source: str
    most_supplements: int
    """Notices a case may have without being looked at."""
    most_pauses: int
    paused_percent: int
    """Paused workdays in percent of the promise."""
    entry_days: int
    """Days that an entry may lie behind what it says happened."""
    late_entries_allowed: frozenset[str]
    """Acts that take effect on an earlier day by their nature."""
    fastest_minutes: int
    """A decision on a promised case sooner after acceptance is unusual."""

    def __post_init__(self) -> None:
        if unknown := sorted(self.late_entries_allowed - CASE_ACTS.keys()):
            raise ValueError(f"没有“{unknown[0]}”这种办理动作")


AnomalyRules = Versions[AnomalyRule]


@dataclass(frozen=True, slots=True)
class Told:
    """A supplement notice."""

    number: int
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """A pause and the workdays it has left out so far."""

    days: int
    account_id: int


@dataclass(frozen=True, slots=True)
class Entered:
    """An act: the day it was entered and the day it says it took effect."""

    event_id: int
    kind: str
    entered_on: date
    day: date
    account_id: int


@dataclass(frozen=True, slots=True)
class WorkDone:
    """Work that leaves its own date (a site visit, a certificate), and the earliest day it could have been done."""

    key: str
    name: str
    done_on: date
    possible_from: date
    account_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHistory:
    """All that the rules look at, of one case. `promised_days` None: no promise."""

    handling: str
    accepted_how: str = ""
    accepted_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    promised_days: int | None = None
    supplements: tuple[Told, ...] = ()
    pauses: tuple[Paused, ...] = ()
    entries: tuple[Entered, ...] = ()
    works: tuple[WorkDone, ...] = ()


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One finding. `occasion` tells it from others of its kind, so it is found once; `account_id`: whom it is about."""

    kind: AnomalyKind
    occasion: str
    account_id: int | None
    text: str


def anomalies(history: CaseHistory, rule: AnomalyRule) -> tuple[Anomaly, ...]:
    """Everything unusual."""
    return tuple(found for look in _LOOKS for found in look(history, rule))


def _supplements(history: CaseHistory, rule: AnomalyRule) -> Iterator[Anomaly]:
    """补正 is told once, in one go (行政许可法 32(1)(4)); a resubmission may still be lacking, but somebody looks."""
    for count, told in enumerate(history.supplements, start=1):
        if count > rule.most_supplements:
            yield Anomaly(
                "second_supplement", f"supplement:{told.number}", told.account_id, f"同一办件第{count}次告知补正"
            )


def _pauses(history: CaseHistory, rule: AnomalyRule) -> Iterator[Anomaly]:
    if not history.pauses:
        return
    count, last = len(history.pauses), history.pauses[-1].account_id
    if count > rule.most_pauses:
        yield Anomaly("suspension_abuse", f"pauses:{count}", last, f"特别程序已启动{count}次")
    days = sum(pause.days for pause in history.pauses)
    if history.promised_days and days * 100 > rule.paused_percent * history.promised_days:
        text = f"特别程序累计扣除{days}个工作日，承诺时限只有{history.promised_days}日"
        yield Anomaly("suspension_abuse", "days", last, text)


def _entries(history: CaseHistory, rule: AnomalyRule) -> Iterator[Anomaly]:
    for entry in history.entries:
        late = (entry.entered_on - entry.day).days
        if late > rule.entry_days and entry.kind not in rule.late_entries_allowed:
            text = f"{_day(entry.entered_on)}补录{_day(entry.day)}的{CASE_ACTS.get(entry.kind, entry.kind)}"
            yield Anomaly("back_dated", f"event:{entry.event_id}", entry.account_id, text)


def _instant(history: CaseHistory, rule: AnomalyRule) -> Iterator[Anomaly]:
    """即办 and 告知承诺 are decided on the spot by their nature."""
    if history.handling == "immediate" or history.accepted_how in ("informed", "deemed"):
        return
    if history.accepted_at is None or history.decided_at is None:
        return
    taken = history.decided_at - history.accepted_at
    if taken < timedelta(minutes=rule.fastest_minutes):
        text = f"承诺件受理后{int(taken.total_seconds()) // 60}分钟即作出决定"
        yield Anomaly("instant", "decision", history.decided_by, text)


def _works(history: CaseHistory, rule: AnomalyRule) -> Iterator[Anomaly]:
    for work in history.works:
        if work.done_on < work.possible_from:
            text = f"{work.name}日期{_day(work.done_on)}早于{_day(work.possible_from)}，先办理后录入"
            yield Anomaly("entered_late", work.key, work.account_id, text)


_LOOKS: tuple[Callable[[CaseHistory, AnomalyRule], Iterator[Anomaly]], ...] = (
    _supplements,
    _pauses,
    _entries,
    _instant,
    _works,
)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
