"""The figures of a hall's day: counts, lengths and rates of the facts of its log, in all and by group.

Each fact belongs to one group of each kind, so figures of groups add up to the day's. Each rate has its numerator
and its denominator. What a figure means stands in docs/statistics.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hall.clock import hall_time
from hall.rules.queue_log import DayLog, Fact, closed
from hall.rules.queue_policy import AlarmPolicy

_NOTHING = timedelta()
# An hour, or the key of a counter, a clerk or a matter; None: the fact belongs to none of them.
Group = int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with the two numbers it is made of."""

    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of time: how many, their sum, the longest, and how many were over the limit."""

    count: int = 0
    total: timedelta = _NOTHING
    longest: timedelta = _NOTHING
    over: int = 0

    @property
    def mean(self) -> timedelta | None:
        """None of nothing."""
        return self.total / self.count if self.count else None

    @property
    def over_rate(self) -> Rate:
        """Of these lengths, how many were over the limit."""
        return Rate(self.over, self.count)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a day or of one group.

    Tickets: `taken` = `served` + `cancelled` + `unfinished` + those still open. `called` counts tickets at their
    first call, `calls` every call but recalls. `inaccurate` are services whose end the clerk forgot: they count as
    served, their lengths are left out.
    """

    taken: int = 0
    misprinted: int = 0
    called: int = 0
    calls: int = 0
    recalled: int = 0
    given: int = 0
    given_back: int = 0
    skipped: int = 0
    transferred: int = 0
    matters_done: int = 0
    served: int = 0
    cancelled: int = 0
    unfinished: int = 0
    inaccurate: int = 0
    waiting: Lengths = Lengths()
    way: Lengths = Lengths()
    service: Lengths = Lengths()
    idle: Lengths = Lengths()
    pauses: Mapping[str, Lengths] = field(default_factory=dict)

    @property
    def out_of_order(self) -> Rate:
        """Calls of a number the clerk chose, of all calls."""
        return Rate(self.given, self.calls)

    @property
    def no_show(self) -> Rate:
        """过号, of all calls."""
        return Rate(self.skipped, self.calls)

    @property
    def served_rate(self) -> Rate:
        """Tickets served, of those taken."""
        return Rate(self.served, self.taken)

    @property
    def open_tickets(self) -> int:
        """Tickets that have not ended yet."""
        return self.taken - self.served - self.cancelled - self.unfinished

    @property
    def pause(self) -> Lengths:
        """Pauses for whatever reason."""
        return Lengths(
            sum(each.count for each in self.pauses.values()),
            sum((each.total for each in self.pauses.values()), _NOTHING),
            max((each.longest for each in self.pauses.values()), default=_NOTHING),
        )


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day in figures, up to `until`. The keys are those of counters, accounts and matters; hours are 0 to 23."""

    day: date
    until: datetime
    total: Figures
    by_counter: Mapping[Group, Figures]
    by_clerk: Mapping[Group, Figures]
    by_matter: Mapping[Group, Figures]
    by_hour: Mapping[Group, Figures]
    peaks: Mapping[int, int]


def day_figures(log: DayLog, *, until: datetime, alarms: AlarmPolicy) -> DayFigures:
    """The figures of a log as it stands at an instant."""
    at_end = closed(log, until)
    facts = [_judged(fact, alarms) for fact in at_end.facts]
    return DayFigures(
        day=log.day,
        until=until,
        total=_figures(facts, alarms),
        by_counter=_grouped(facts, lambda fact: fact.counter_id, alarms),
        by_clerk=_grouped(facts, lambda fact: fact.account_id, alarms),
        by_matter=_grouped(facts, lambda fact: fact.matter_id, alarms),
        by_hour=_grouped(facts, lambda fact: hall_time(fact.at).hour, alarms),
        peaks=at_end.peaks,
    )


def _judged(fact: Fact, alarms: AlarmPolicy) -> Fact:
    """A service that lasted longer than anything lasts was forgotten: its length is not known."""
    if fact.kind == "forgotten" or (fact.kind == "service" and (fact.length or _NOTHING) > alarms.forgotten):
        return Fact("inaccurate", fact.at, fact.counter_id, fact.account_id, fact.matter_id)
    return fact


def _grouped(facts: Iterable[Fact], group_of: Callable[[Fact], Group], alarms: AlarmPolicy) -> dict[Group, Figures]:
    groups: dict[Group, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(group_of(fact), []).append(fact)
    return {group: _figures(groups[group], alarms) for group in sorted(groups, key=lambda each: (each is None, each))}


def _figures(facts: Iterable[Fact], alarms: AlarmPolicy) -> Figures:
    counts: dict[str, int] = {}
    lengths: dict[str, list[timedelta]] = {}
    pauses: dict[str, list[timedelta]] = {}
    for fact in facts:
        if fact.length is None:
            counts[fact.kind] = counts.get(fact.kind, 0) + 1
        elif fact.kind == "pause":
            pauses.setdefault(fact.reason, []).append(fact.length)
        else:
            lengths.setdefault(fact.kind, []).append(fact.length)
    return Figures(
        **counts,
        waiting=_lengths(lengths.get("waiting", ()), alarms.waiting),
        way=_lengths(lengths.get("way", ())),
        service=_lengths(lengths.get("service", ()), alarms.service),
        idle=_lengths(lengths.get("idle", ())),
        pauses={reason: _lengths(pauses[reason]) for reason in sorted(pauses)},
    )


def _lengths(values: Iterable[timedelta], limit: timedelta = timedelta.max) -> Lengths:
    each = tuple(values)
    return Lengths(
        count=len(each),
        total=sum(each, _NOTHING),
        longest=max(each, default=_NOTHING),
        over=sum(value > limit for value in each),
    )
