"""The statistics of a month of permit cases: balance, every figure, comparisons, and one row per matter and department.

What each figure means and of which population it is taken stands with it (rules.case_figures) and in
docs/case-statistics.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hall.rules.case_balance import Balance, balance
from hall.rules.case_facts import CaseFact, MonthFacts, Period, as_of
from hall.rules.case_figures import Figure, Indicator
from hall.rules.case_intake_figures import INTAKE, WORK
from hall.rules.case_populations import Populations, late_in_hand, overdue, populations
from hall.rules.case_quality_figures import QUALITY, RATING, REQUEST, SUPERVISION
from hall.rules.case_time_figures import TIMELINESS

INDICATORS: tuple[Indicator, ...] = (*INTAKE, *WORK, *TIMELINESS, *QUALITY, *SUPERVISION, *RATING, *REQUEST)
# A department's timeliness is that of its promised cases: those are what it promises.
RANKED_BY = "on_time_promised"
_BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure with the same one a month (环比) and a year (同比) before; None where there is nothing to compare."""

    figure: Figure
    month_before: Figure | None = None
    year_before: Figure | None = None

    @property
    def month_change(self) -> float | None:
        """Change against the month before: relative of counts and means, the difference of shares."""
        return _change(self.figure, self.month_before)

    @property
    def year_change(self) -> float | None:
        """The same against the year before."""
        return _change(self.figure, self.year_before)


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One matter or department in the published layout."""

    received: int
    accepted: int
    visits: int
    done: int
    overdue: int
    in_hand: int
    overdue_in_hand: int
    on_time: Figure

    @property
    def without_business(self) -> bool:
        """无业务: nothing received, done or in hand."""
        return not (self.received or self.done or self.in_hand)


@dataclass(frozen=True, slots=True)
class MonthStatistics:
    """A month in figures. `refusals`: limb of refusing acceptance → how often; `undatable`: cases without a due day."""

    period: Period
    balance: Balance
    figures: tuple[Compared, ...]
    total: GroupFigures
    by_matter: Mapping[int, GroupFigures]
    by_department: Mapping[int, GroupFigures]
    refusals: Mapping[str, int]
    undatable: int

    def figure(self, key: str) -> Figure:
        """A figure by its key."""
        return next(each.figure for each in self.figures if each.figure.key == key)


def concerned(cases: Iterable[CaseFact], period: Period) -> tuple[CaseFact, ...]:
    """The cases as they stood when a period ended, without those that did not concern it."""
    then = (as_of(case, period) for case in cases if case.received_on <= period.last)
    return tuple(case for case in then if _concerns(case, period))


def in_hand(cases: Iterable[CaseFact], period: Period) -> int:
    """How many of the cases were in hand when a period ended."""
    return len(populations(MonthFacts(period, concerned(cases, period))).in_hand)


def month_statistics(
    month: MonthFacts,
    *,
    month_before: MonthFacts | None = None,
    year_before: MonthFacts | None = None,
    brought: int | None = None,
) -> MonthStatistics:
    """Every figure of a month, compared with those of the same days before it.

    `brought`: how many cases were in hand when the month before ended, found for itself, to check the carry-over.
    """
    found = populations(month)
    earlier = {} if month_before is None else figures(month_before, populations(month_before))
    last_year = {} if year_before is None else figures(year_before, populations(year_before))
    return MonthStatistics(
        period=month.period,
        balance=balance(found, brought=brought),
        figures=tuple(
            Compared(figure, earlier.get(key), last_year.get(key)) for key, figure in figures(month, found).items()
        ),
        total=_group(month),
        by_matter=_grouped(month, lambda case: case.matter_id),
        by_department=_grouped(month, lambda case: case.department_id),
        refusals=dict(Counter(case.refusal_limb for case in found.ended if case.ended_how == "refused").most_common()),
        undatable=sum(case.limit is not None and case.limit.due is None for case in found.due_work),
    )


def figures(month: MonthFacts, found: Populations) -> dict[str, Figure]:
    """Every indicator of a month, in the order of the report."""
    return {indicator.key: indicator.figure(month, found) for indicator in INDICATORS}


def timeliness(month: MonthFacts) -> Figure:
    """按时办结率 of the promised cases alone: what the year's chart shows of each month."""
    return _BY_KEY[RANKED_BY].figure(month, populations(month))


def ranked(groups: Mapping[int, GroupFigures]) -> tuple[tuple[int, int], ...]:
    """(rank, group) by 按时办结率, the best first; equals share a rank, and groups without such cases have none."""
    shares = {group: each.on_time.value for group, each in groups.items() if each.on_time.value is not None}
    return tuple(
        (1 + sum(other > share for other in shares.values()), group)
        for group, share in sorted(shares.items(), key=lambda each: (-each[1], each[0]))
    )


def _concerns(case: CaseFact, period: Period) -> bool:
    """In hand on one of its days, or with something left to do after the decision that happened in it."""
    gone = case.decided_on or case.ended_on
    return gone is None or gone >= period.first or period.has(case.served_on)


def _grouped(month: MonthFacts, group_of: Callable[[CaseFact], int]) -> dict[int, GroupFigures]:
    groups: dict[int, list[CaseFact]] = {}
    for case in month.cases:
        groups.setdefault(group_of(case), []).append(case)
    return {group: _group(month.of(tuple(groups[group]))) for group in sorted(groups)}


def _group(month: MonthFacts) -> GroupFigures:
    found, period = populations(month), month.period
    return GroupFigures(
        received=len(found.new),
        accepted=len(found.accepted),
        visits=sum(period.has(day) for case in month.cases for day in case.visits),
        done=len(found.done),
        overdue=len(overdue(found)),
        in_hand=len(found.in_hand),
        overdue_in_hand=sum(late_in_hand(case, period) for case in found.in_hand),
        on_time=_BY_KEY[RANKED_BY].figure(month, found),
    )


def _change(now: Figure, before: Figure | None) -> float | None:
    if before is None or now.value is None or before.value is None:
        return None
    if now.unit == "percent":
        return now.value - before.value
    return (now.value - before.value) / before.value if before.value else None
