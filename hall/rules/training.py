"""Training of staff: what a rule asks of a role in a year, what somebody has, what is lacking and by when."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, get_args

from hall.errors import Refused

TrainingKind = Literal["course", "camp", "friday", "exchange", "examination", "online"]
TRAINING_KINDS: tuple[TrainingKind, ...] = get_args(TrainingKind)
WantKind = Literal["hours", "camp", "friday", "exchange", "examination"]

MONTHS = 12
LONGEST_DAYS = 31


class BadTraining(Refused):
    """What was entered is no record of training; all of it is named at once."""

    def __init__(self, reasons: Iterable[str]) -> None:
        super().__init__(f"培训还不能登记：{'；'.join(reasons)}。请改正后再登记。")


@dataclass(frozen=True, slots=True)
class Wants:
    """What is asked of somebody in a whole year; 0 means not asked. `half_hours` counts 学时 in halves."""

    half_hours: int
    camp_days: int
    fridays_a_month: int
    exchanges_a_month: int
    examinations_a_quarter: int


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """A version of `training.toml`."""

    effective_from: date
    source: str
    minutes_an_hour: int
    most_hours_a_day: int
    pass_score: int
    warning_days: int
    everybody: Wants
    roles: Mapping[str, Wants]

    def __post_init__(self) -> None:
        if self.minutes_an_hour < 1 or self.most_hours_a_day < 1:
            raise ValueError("minutes_an_hour、most_hours_a_day 应是正整数")
        if self.pass_score > 100:
            raise ValueError("pass_score 应在 0 至 100 之间")

    def wants_of(self, held: Iterable[str]) -> Wants:
        """What is asked of somebody with these roles: of several the most."""
        each = [self.roles.get(role, self.everybody) for role in sorted(held)] or [self.everybody]
        return Wants(
            max(wants.half_hours for wants in each),
            max(wants.camp_days for wants in each),
            max(wants.fridays_a_month for wants in each),
            max(wants.exchanges_a_month for wants in each),
            max(wants.examinations_a_quarter for wants in each),
        )


@dataclass(frozen=True, slots=True)
class Trained:
    """A record: one stretch of training or one examination. `voids` with `corrects` only takes another one back."""

    id: int
    kind: TrainingKind
    held_on: date
    until_day: date | None
    half_hours: int
    passed: bool | None = None
    corrects: int | None = None
    voids: bool = False


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is asked: in which span of time, how much of it, how much there is; hours in halves."""

    kind: WantKind
    first: date
    by: date
    wanted: int
    had: int

    @property
    def lacking(self) -> int:
        """How much is lacking; never less than nothing."""
        return max(self.wanted - self.had, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in the year of a day: everything that is asked until now and at the end of the year."""

    wants: tuple[Want, ...]
    on: date

    @property
    def half_hours(self) -> int:
        """学时 of the year so far, in halves."""
        return next((each.had for each in self.wants if each.kind == "hours"), 0)

    @property
    def lacking(self) -> tuple[Want, ...]:
        """What is lacking, the earliest day first."""
        return tuple(sorted((each for each in self.wants if each.lacking), key=lambda each: (each.by, each.kind)))

    @property
    def late(self) -> tuple[Want, ...]:
        """What is lacking although its last day has passed."""
        return tuple(each for each in self.lacking if each.by < self.on)


def in_force(records: Iterable[Trained]) -> tuple[Trained, ...]:
    """The records that count: none that another one corrects or takes back, none that only takes back."""
    known = tuple(records)
    replaced = {each.corrects for each in known if each.corrects is not None}
    return tuple(each for each in known if each.id not in replaced and not each.voids)


def standing(records: Iterable[Trained], wants: Wants, *, on: date, since: date, most_hours_a_day: int) -> Standing:
    """What is asked of somebody who came on `since`, in the year of `on`; of one day no more hours count than the most.

    Who comes within a year is asked for the months after the one of coming; hours and camp in proportion, rounded
    down: the reading in favour of the person, as no rule of the bureau says otherwise.
    """
    own = [each for each in in_force(records) if each.held_on <= on]
    first = _first_month(on.year, since)
    share = Fraction(max(MONTHS + 1 - first, 0), MONTHS)
    year = date(on.year, 1, 1), date(on.year, 12, 31)
    had_hours = _half_hours(own, on.year, most_a_day=2 * most_hours_a_day)
    found = [
        Want("hours", *year, int(wants.half_hours * share), had_hours),
        Want("camp", *year, int(wants.camp_days * share), len(_camp_days(own, on.year))),
    ]
    for month in range(first, on.month + 1):
        span = date(on.year, month, 1), _month_end(on.year, month)
        found.append(Want("friday", *span, wants.fridays_a_month, _count(own, "friday", *span)))
        found.append(Want("exchange", *span, wants.exchanges_a_month, _count(own, "exchange", *span)))
    for quarter in range(1, (on.month - 1) // 3 + 2):
        begins = 3 * quarter - 2
        if begins >= first:
            span = date(on.year, begins, 1), _month_end(on.year, begins + 2)
            found.append(Want("examination", *span, wants.examinations_a_quarter, _count(own, "examination", *span)))
    return Standing(tuple(each for each in found if each.wanted or each.kind == "hours"), on)


def half_hours_of(text: str, minutes_an_hour: int) -> int | None:
    """学时 in halves as staff write them: 4, 4.5, or 180分钟 (half hours begun do not count); None: not readable."""
    own = text.strip()
    if own.endswith("分钟"):
        minutes = own.removesuffix("分钟").strip()
        return 2 * int(minutes) // minutes_an_hour if _digits(minutes) else None
    whole, _, part = own.removesuffix("学时").strip().partition(".")
    if not _digits(whole) or part not in {"", "0", "5"}:
        return None
    return 2 * int(whole) + (part == "5")


def faults_of(record: Trained, rule: TrainingRule, *, score: int | None, today: date) -> tuple[str, ...]:
    """Why a record cannot be entered; empty where it can."""
    faults = []
    last = record.until_day or record.held_on
    days = (last - record.held_on).days + 1
    if last > today:
        faults.append("培训还没有结束，结束后再登记")
    if days < 1:
        faults.append("止日早于起日")
    elif days > LONGEST_DAYS:
        faults.append(f"一次培训最长登记 {LONGEST_DAYS} 天")
    elif record.half_hours > 2 * rule.most_hours_a_day * days:
        faults.append(f"每天最多计 {rule.most_hours_a_day} 学时")
    if record.kind == "examination" and score is None:
        faults.append("季考要写分数")
    if record.kind != "examination" and not record.half_hours:
        faults.append("没有学时")
    if score is not None and not 0 <= score <= 100:
        faults.append("分数应在 0 至 100 之间")
    return tuple(faults)


def hours_words(half_hours: int) -> str:
    """学时 as they are written: 4, 4.5."""
    return f"{half_hours // 2}.5" if half_hours % 2 else str(half_hours // 2)


def _first_month(year: int, since: date) -> int:
    """The first month of the year that is asked for; 13: none."""
    if since < date(year, 1, 1) or since == date(year, 1, 1):
        return 1
    if since.year > year:
        return MONTHS + 1
    return since.month if since.day == 1 else since.month + 1


def _half_hours(records: Iterable[Trained], year: int, *, most_a_day: int) -> int:
    """学时 of the year in halves: a record's are spread over its days, of each of which no more count than the most."""
    days: dict[date, Fraction] = {}
    for each in records:
        span = tuple(_days(each.held_on, each.until_day or each.held_on))
        for day in span:
            days[day] = days.get(day, Fraction()) + Fraction(each.half_hours, len(span))
    return int(sum(min(hours, Fraction(most_a_day)) for day, hours in days.items() if day.year == year))


def _camp_days(records: Iterable[Trained], year: int) -> frozenset[date]:
    """Days of the year's camp, each once however often it was entered."""
    return frozenset(
        day
        for each in records
        if each.kind == "camp"
        for day in _days(each.held_on, each.until_day or each.held_on)
        if day.year == year
    )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _count(records: Iterable[Trained], kind: TrainingKind, first: date, last: date) -> int:
    """Of an examination only one that was passed."""
    return sum(each.kind == kind and first <= each.held_on <= last and each.passed is not False for each in records)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _digits(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4
