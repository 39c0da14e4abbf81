"""`hall demo month`: 2,000 cases played through the real services under one fast clock, the report, and its recount."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from hall.clock import HALL_ZONE
from hall.demo.day_checks import Check
from hall.demo.month_checks import checks_of_month, next_month_check, stands_check
from hall.demo.month_director import MonthDirector
from hall.demo.month_house import MonthHouse, build_month
from hall.demo.month_plan import FIRST_DAY, LAST_DAY, MONTH, OPENS, REPORT_DAY, YEAR, MonthPlan, fates
from hall.services.case_report import MonthReport, month_report
from hall.services.case_report_paper import preview_month

Told = Callable[[date, int], None]
_BEFORE_OPENING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class MonthOutcome:
    """What is left of the month; `refused`: what services refused, with how often."""

    report: MonthReport
    checks: tuple[Check, ...]
    refused: dict[str, int]
    facts: dict[str, object]
    pdf: bytes

    @property
    def good(self) -> bool:
        """Whether everything holds."""
        return all(check.good for check in self.checks)


def play_month(folder: Path, plan: MonthPlan, *, told: Told = lambda _day, _acts: None) -> MonthOutcome:
    """Play it in a throw-away folder; `told` hears of the evening of each workday and the acts so far."""
    began = time.monotonic()
    house = build_month(folder / "home", datetime.combine(FIRST_DAY, OPENS, HALL_ZONE) - _BEFORE_OPENING)
    try:
        director = MonthDirector(house, Random(plan.seed))
        director.enter(fates(plan, house.matters, house.calendar))
        director.play_until(REPORT_DAY, told=lambda day: told(day, director.acts))
        return _judged(house, director, plan, began=began)
    finally:
        house.store.close()


def _judged(house: MonthHouse, director: MonthDirector, plan: MonthPlan, *, began: float) -> MonthOutcome:
    """The report on the first workday after the month; then the hall works on, and the month stands."""
    manager = house.people("manager")[0]
    played = time.monotonic()
    report = month_report(house.store, manager, year=YEAR, month=MONTH, home=house.home)
    counted = time.monotonic()
    checks = checks_of_month(house, report)
    pdf = preview_month(house.store, manager, year=YEAR, month=MONTH, home=house.home)
    director.play_until(LAST_DAY)
    later = month_report(house.store, manager, year=YEAR, month=MONTH, home=house.home)
    following = month_report(house.store, manager, year=YEAR, month=MONTH + 1, home=house.home)
    facts: dict[str, object] = {
        "cases": plan.cases,
        "seed": plan.seed,
        "acts": director.acts,
        "play_s": round(played - began, 1),
        "report_s": round(counted - played, 2),
    }
    all_checks = (*checks, stands_check(report, later), next_month_check(report, following), _refusals(director))
    return MonthOutcome(report, all_checks, dict(director.refused.most_common()), facts, pdf)


def _refusals(director: MonthDirector) -> Check:
    """Everybody of this month knows what may be done when: a refusal is a fault of the play or of a service."""
    return Check(
        "没有一个步骤被拒绝", "；".join(f"{count} 次 {words}" for words, count in director.refused.most_common(10))
    )
