"""The monthly report (统计月报) of permit cases: a month's figures with names, and its paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.case_facts import Period, month_period
from hall.rules.case_figures import Figure
from hall.rules.case_score import Score, ScoreRule, score
from hall.rules.case_statistics import GroupFigures, MonthStatistics, in_hand, month_statistics, ranked
from hall.rules.people import Actor
from hall.rules.work_report import WorkSection
from hall.services import register_records
from hall.services.case_log import read_cases
from hall.services.case_report_facts import OnTimeMonth, Visitors, month_facts, visitors, year_of_timeliness
from hall.services.case_score_rule import score_rules
from hall.services.penalty_counts import PenaltyCounts, penalty_counts
from hall.services.schedules import calendar_in_force
from hall.services.statistics import matter_names
from hall.services.work_counts import WorkPeriod, other_work, penalty_section, permit_section
from hall.store import Store
from hall.store.schema.catalogue import Department
from hall.store.schema.halls import Hall


class NotYet(Refused):
    """A month that has not begun has no report."""

    def __init__(self, first: date) -> None:
        super().__init__(f"{first.year}年{first.month}月还没有开始，没有月报可看。请选本月或以前的月份。")


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """One matter's or department's month; `rank` by 按时办结率, None without one to rank by; a department's score."""

    key: int
    name: str
    figures: GroupFigures
    rank: int | None = None
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class MonthReport:
    """A month as it is read, printed and exported. `idle`: matters in force that had no business at all.

    `penalties` are counts of requests and publicity; no fine stands in a report (行政处罚法 74).
    """

    hall: str
    authority: str
    as_of: datetime
    statistics: MonthStatistics
    matters: tuple[NamedFigures, ...]
    departments: tuple[NamedFigures, ...]
    idle: tuple[str, ...]
    year: tuple[OnTimeMonth, ...]
    visitors: Visitors
    penalties: PenaltyCounts
    work: tuple[WorkSection, ...]
    """Everything that the hall does, for the report to the district government."""

    @property
    def period(self) -> Period:
        """The days it counts."""
        return self.statistics.period

    def figure(self, key: str) -> Figure:
        """A figure by its key."""
        return self.statistics.figure(key)


def month_report(store: Store, actor: Actor, *, year: int, month: int, home: Path) -> MonthReport:
    """A month in figures: a running one up to today. Raises NotYet."""
    require(actor, "report.read")
    now = store.clock.now()
    today = business_date(now)
    if (year, month) > (today.year, today.month):
        raise NotYet(date(year, month, 1))
    period = month_period(year, month, today=today)
    rule = score_rules(home).in_force(period.first)
    with store.read(actor) as session:
        names = {
            code: each.in_force(period.last).name for code, each in register_records.registers(home).versions.items()
        }
        return read_month(session, store.hall_id, period, as_of=now, rule=rule, registers=names)


def read_month(
    session: Session,
    hall_id: int,
    period: Period,
    *,
    as_of: datetime,
    rule: ScoreRule,
    registers: Mapping[str, str],
) -> MonthReport:
    """The report in the caller's snapshot; the month and the one before it are read together.

    `registers` code → name of those whose entries are told one by one.
    """
    calendar = calendar_in_force(session, hall_id)
    before, year_before = period.shifted(-1), period.shifted(-12)
    cases = read_cases(session, hall_id, first=period.month_before.first, last=period.last, calendar=calendar)
    earlier = read_cases(session, hall_id, first=year_before.first, last=year_before.last, calendar=calendar)
    month = month_facts(session, hall_id, period, cases)
    statistics = month_statistics(
        month,
        month_before=month_facts(session, hall_id, before, cases),
        year_before=month_facts(session, hall_id, year_before, earlier),
        brought=in_hand(cases, period.month_before),
    )
    matters = matter_names(session, hall_id, period.last)
    came = visitors(session, hall_id, period)
    penalties = penalty_counts(session, hall_id, period, calendar=calendar)
    hall = session.get_one(Hall, hall_id)
    return MonthReport(
        hall=hall.name,
        authority=hall.authority,
        as_of=as_of,
        statistics=statistics,
        matters=_named(statistics.by_matter, matters),
        departments=tuple(
            replace(each, score=score((card for card in month.cards if card.department_id == each.key), rule))
            for each in _named(statistics.by_department, _departments(session, hall_id))
        ),
        idle=tuple(name for key, name in matters.items() if _idle(statistics.by_matter.get(key))),
        year=year_of_timeliness(session, hall_id, period),
        visitors=came,
        penalties=penalties,
        work=(
            permit_section({each.figure.key: each.figure for each in statistics.figures}, came),
            penalty_section(penalties),
            *other_work(session, WorkPeriod(hall_id, period.first, period.last), registers=registers),
        ),
    )


def _idle(figures: GroupFigures | None) -> bool:
    return figures is None or figures.without_business


def _departments(session: Session, hall_id: int) -> dict[int, str]:
    rows = session.execute(select(Department.id, Department.name).where(Department.hall_id == hall_id))
    return dict(rows.tuples().all())


def _named(groups: Mapping[int, GroupFigures], names: Mapping[int, str]) -> tuple[NamedFigures, ...]:
    ranks = {key: rank for rank, key in ranked(groups)}
    return tuple(
        NamedFigures(key, names.get(key, f"编号 {key}"), figures, ranks.get(key)) for key, figures in groups.items()
    )
