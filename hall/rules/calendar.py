"""Working days: Monday to Friday as the State Council's yearly schedule changes them, counted in O(1).

Every workday has an ordinal, counted from 2024-01-01. Two ordinals of years that are loaded without a gap
between them differ by exactly the workdays between them, so a due date is one addition and one look-up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from hall.errors import Refused

DayKind = Literal["rest", "work"]

KIND_NAMES: Mapping[DayKind, str] = {"rest": "休", "work": "班"}
WEEKDAY_NAMES = "一二三四五六日"

# Ordinals grow from here; years before it have ordinals of zero and below. Loading more years at either
# end never renumbers a day. A year that is missing in the middle is taken at its Mondays to Fridays:
# filling the gap renumbers the days after it, and stored ordinals must be worked out again.
EPOCH_YEAR = 2024

_DAY = timedelta(days=1)


class ScheduleMissing(Refused):
    """The schedule of a year is not loaded: no due date may be guessed (holidays are never generated)."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"{year}年放假安排未录入")


class BadSchedule(Refused):
    """A yearly schedule that contradicts itself; `faults` are (index of the day, reason)."""

    def __init__(self, year: int, faults: Iterable[tuple[int, str]]) -> None:
        self.year = year
        self.faults = tuple(faults)
        reasons = "；".join(reason for _, reason in self.faults)
        super().__init__(f"{year}年放假安排有误：{reasons}。请对照国务院办公厅通知改正。")


@dataclass(frozen=True, slots=True, order=True)
class ScheduleDay:
    """One day the schedule names: a day off (休) or a weekend day at work (班)."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class YearSchedule:
    """One year's schedule with the notice it comes from; days it does not name are ordinary."""

    year: int
    notice: str
    source: str
    days: tuple[ScheduleDay, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Loaded years without a gap: `ordinals` of every day, `workdays[ordinal - base]` of every workday."""

    first_year: int
    last_year: int
    base: int
    workdays: tuple[date, ...]
    ordinals: dict[date, int]

    def is_workday(self, day: date) -> bool:
        index = self.ordinals[day] - self.base
        return index >= 0 and self.workdays[index] == day

    def workday(self, ordinal: int) -> date:
        index = ordinal - self.base
        if index < 0:
            raise ScheduleMissing(self.first_year - 1)
        if index >= len(self.workdays):
            raise ScheduleMissing(self.last_year + 1)
        return self.workdays[index]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of all loaded years. Any answer that needs another year raises ScheduleMissing."""

    schedules: tuple[YearSchedule, ...]
    _runs: dict[int, _Run] = field(init=False, repr=False, compare=False)
    _named: dict[date, ScheduleDay] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for schedule in self.schedules:
            check_schedule(schedule)
        _refuse_repeated_years(self.schedules)
        object.__setattr__(self, "schedules", tuple(sorted(self.schedules, key=lambda item: item.year)))
        object.__setattr__(self, "_runs", _build_runs(self.schedules))
        named = {day.day: day for schedule in self.schedules for day in schedule.days}
        object.__setattr__(self, "_named", named)

    @property
    def years(self) -> tuple[int, ...]:
        """The loaded years, ascending."""
        return tuple(schedule.year for schedule in self.schedules)

    def schedule_day(self, day: date) -> ScheduleDay | None:
        """What the schedule says of this very day; None for an ordinary day."""
        self._run(day)
        return self._named.get(day)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        return self._run(day).is_workday(day)

    def ordinal(self, day: date) -> int:
        """Workdays from the epoch up to and including the day; a rest day has that of the workday before."""
        return self._run(day).ordinals[day]

    def workday(self, ordinal: int) -> date:
        """The workday with this ordinal."""
        nearest: _Run | None = None
        for run in self._runs.values():
            if nearest is None or ordinal >= run.base:
                nearest = run
        if nearest is None:
            raise ScheduleMissing(EPOCH_YEAR)
        return nearest.workday(ordinal)

    def add_workdays(self, day: date, n: int) -> date:
        """The n-th workday after the day (before it, when n is negative); the day itself for 0.

        The day itself is day 0 whether it is a workday or not (民法典201: the first day does not count).
        """
        run = self._runs.get(day.year)
        if run is None:
            raise ScheduleMissing(day.year)
        if n > 0:
            return run.workday(run.ordinals[day] + n)
        if n == 0:
            return day
        return run.workday(run.ordinals[day] + n + (0 if run.is_workday(day) else 1))

    def workdays_between(self, a: date, b: date) -> int:
        """Workdays after a, up to and including b; negative when b is before a."""
        run = self._run(a)
        if b.year > run.last_year:
            raise ScheduleMissing(run.last_year + 1)
        if b.year < run.first_year:
            raise ScheduleMissing(run.first_year - 1)
        return run.ordinals[b] - run.ordinals[a]

    def next_workday(self, day: date) -> date:
        """The day itself if it is a workday, else the first workday after it (roll-over, 民法典203)."""
        run = self._run(day)
        return day if run.is_workday(day) else run.workday(run.ordinals[day] + 1)

    def previous_workday(self, day: date) -> date:
        """The day itself if it is a workday, else the last workday before it."""
        run = self._run(day)
        return run.workday(run.ordinals[day])

    def _run(self, day: date) -> _Run:
        run = self._runs.get(day.year)
        if run is None:
            raise ScheduleMissing(day.year)
        return run


def check_schedule(schedule: YearSchedule) -> None:
    """Raise BadSchedule unless the schedule is consistent; an empty one is a year nobody has announced."""
    faults = list(schedule_faults(schedule.year, schedule.days))
    if not schedule.days:
        faults.append((0, "没有任何一天"))
    if faults:
        raise BadSchedule(schedule.year, faults)


def schedule_faults(year: int, days: Iterable[ScheduleDay]) -> Iterator[tuple[int, str]]:
    """Each day that cannot be so, as (index, Chinese reason). Weekend days off are allowed."""
    seen: set[date] = set()
    for index, item in enumerate(days):
        if item.kind not in KIND_NAMES:
            yield index, f"{item.day}的类别“{item.kind}”不认识，应为休或班"
        if item.day.year != year:
            yield index, f"{item.day}不在{year}年"
        if item.day in seen:
            yield index, f"{item.day}重复"
        if item.kind == "work" and item.day.weekday() < 5:
            weekday = WEEKDAY_NAMES[item.day.weekday()]
            yield index, f"{item.day}是星期{weekday}，本来就上班，不应列为班"
        seen.add(item.day)


def _refuse_repeated_years(schedules: Iterable[YearSchedule]) -> None:
    for year, count in Counter(schedule.year for schedule in schedules).items():
        if count > 1:
            raise BadSchedule(year, [(0, f"同一年有{count}份安排")])


def _build_runs(schedules: tuple[YearSchedule, ...]) -> dict[int, _Run]:
    by_year = {schedule.year: schedule for schedule in schedules}
    before = _workdays_before_each_year(by_year)
    runs: dict[int, _Run] = {}
    for years in _neighbours(sorted(by_year)):
        run = _build_run([by_year[year] for year in years], before[years[0]])
        runs.update((year, run) for year in years)
    return runs


def _workdays_before_each_year(by_year: Mapping[int, YearSchedule]) -> dict[int, int]:
    """Workdays from the epoch to the first of January, negative before the epoch."""
    first, last = min([*by_year, EPOCH_YEAR]), max([*by_year, EPOCH_YEAR])
    sizes = {year: _workdays_in(year, by_year.get(year)) for year in range(first, last + 1)}
    before: dict[int, int] = {}
    count = -sum(size for year, size in sizes.items() if year < EPOCH_YEAR)
    for year, size in sizes.items():
        before[year] = count
        count += size
    return before


def _neighbours(years: list[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for year in years:
        if groups and groups[-1][-1] == year - 1:
            groups[-1].append(year)
        else:
            groups.append([year])
    return groups


def _build_run(schedules: list[YearSchedule], before: int) -> _Run:
    workdays: list[date] = []
    ordinals: dict[date, int] = {}
    for schedule in schedules:
        kinds = {item.day: item.kind for item in schedule.days}
        for day in _days_of(schedule.year):
            if _works(day, kinds.get(day)):
                workdays.append(day)
            ordinals[day] = before + len(workdays)
    return _Run(schedules[0].year, schedules[-1].year, before + 1, tuple(workdays), ordinals)


def _workdays_in(year: int, schedule: YearSchedule | None) -> int:
    kinds = {item.day: item.kind for item in schedule.days} if schedule else {}
    return sum(_works(day, kinds.get(day)) for day in _days_of(year))


def _works(day: date, kind: DayKind | None) -> bool:
    return day.weekday() < 5 if kind is None else kind == "work"


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    length = (date(year, 12, 31) - first).days + 1
    return (first + _DAY * offset for offset in range(length))
