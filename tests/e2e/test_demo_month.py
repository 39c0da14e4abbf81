"""The demo's month, a small one: the report against a count made here from the event log alone."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest
from sqlalchemy import text

from hall.clock import HALL_ZONE
from hall.demo.month_director import MonthDirector
from hall.demo.month_house import MonthHouse, build_month
from hall.demo.month_plan import FIRST_DAY, OPENS, REPORT_DAY, MonthPlan, fates
from hall.demo.month_recount import Hold, Recount, Told
from hall.rules.catalogue import Limit
from hall.rules.clocks import Ledger, Pause, due_of
from hall.services.calendar import shipped_calendar
from hall.services.case_report import MonthReport, month_report

CASES, FEW = 24, 10
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)

pytestmark = pytest.mark.e2e


@dataclass
class Life:
    """What the log says of one case by the end of October."""

    received: date
    accepted: date | None = None
    decided: date | None = None
    ended: str = ""
    left: date | None = None
    facts: dict[str, object] = field(default_factory=dict)
    handling: str = ""
    asked: int = 0
    visits: list[date] = field(default_factory=list)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MonthHouse]:
    """The hall on the morning after the month."""
    opening = datetime.combine(FIRST_DAY, OPENS, HALL_ZONE)
    built = build_month(tmp_path_factory.mktemp("month") / "home", opening)
    director = MonthDirector(built, Random(5))
    director.enter(fates(MonthPlan(CASES, seed=5), built.matters, built.calendar))
    director.play_until(REPORT_DAY)
    assert not director.refused
    yield built
    built.store.close()


@pytest.fixture(scope="module")
def report(house: MonthHouse) -> MonthReport:
    return month_report(house.store, house.people("manager")[0], year=2026, month=10, home=house.home)


@pytest.fixture(scope="module")
def lives(house: MonthHouse) -> list[Life]:
    """Every case as its events tell it, in the order in which they were written, up to the month's last day."""
    found: dict[int, Life] = {}
    with house.store.engine.connect() as connection:
        rows = connection.execute(text("SELECT case_id, at, kind, detail FROM case_event ORDER BY id")).all()
    for case_id, at, kind, detail in rows:
        day = (datetime.fromisoformat(at) + timedelta(hours=8)).date()  # kept in UTC
        if day <= LAST:
            tell(found, case_id, kind, day, json.loads(detail))
    return list(found.values())


def tell(found: dict[int, Life], case_id: int, kind: str, day: date, detail: dict[str, object]) -> None:
    if kind == "receive":
        found[case_id] = Life(day)
    life = found[case_id]
    if kind.startswith("accept"):
        life.accepted, life.handling = day, str(detail["handling"])
    elif kind in {"decide", "default"}:
        life.decided = life.left = day
        life.facts = detail
    elif kind in {"refuse", "withdraw", "terminate"}:
        life.ended, life.left = kind, day
    elif kind in {"supplement", "ask"}:
        life.asked += 1
    elif kind == "visit" and detail["stage"] == "made":
        life.visits.append(day)


def in_october(day: date | None) -> bool:
    return day is not None and FIRST <= day <= LAST


def limit(life: Life, kind: str, name: str) -> int:
    clock = life.facts[kind]
    assert isinstance(clock, dict)
    return int(clock[name])


def test_every_case_is_where_the_log_leaves_it(report: MonthReport, lives: list[Life]) -> None:
    balance = report.statistics.balance
    mine = [life for life in lives if life.left is None or life.left >= FIRST]
    assert balance.dealt_with == len(mine)
    assert balance.new == sum(in_october(life.received) for life in mine)
    assert balance.carried == sum(life.received < FIRST for life in mine)
    assert balance.done == sum(in_october(life.decided) for life in mine)
    ends = {"refuse": balance.refused, "withdraw": balance.withdrawn, "terminate": balance.terminated}
    assert ends == {kind: sum(life.ended == kind for life in mine) for kind in ends}
    assert balance.in_hand == sum(life.left is None for life in mine)
    assert balance.holds
    assert balance.done > CASES / 2
    assert balance.in_hand > 0


def test_timeliness_is_what_the_decisions_say(report: MonthReport, lives: list[Life]) -> None:
    done = [life for life in lives if in_october(life.decided)]
    for handling in ("immediate", "promised"):
        of_kind = [life for life in done if life.handling == handling]
        dues = [date.fromisoformat(str(life.facts["promised"]["due"])) for life in of_kind]  # type: ignore[index]
        in_time = sum(life.decided is not None and life.decided <= due for life, due in zip(of_kind, dues, strict=True))
        figure = report.figure(f"on_time_{handling}")
        assert (figure.numerator, figure.denominator) == (in_time, len(of_kind))
    promised = [life for life in done if life.handling == "promised"]
    mean = report.figure("mean_days")
    assert mean.denominator == len(promised)
    assert mean.numerator == sum(limit(life, "promised", "used") for life in promised)
    law = sum(limit(life, "statutory", "budget") for life in done)
    saving, actual = report.figure("promise_saving"), report.figure("actual_saving")
    assert (saving.numerator, saving.denominator) == (law - sum(limit(x, "promised", "budget") for x in done), law)
    assert (actual.numerator, actual.denominator) == (law - sum(limit(x, "statutory", "used") for x in done), law)


def test_intake_and_quality_are_what_the_log_says(report: MonthReport, lives: list[Life]) -> None:
    new = [life for life in lives if in_october(life.received)]
    by_hand = {
        "received": (len(new), None),
        "accepted": (sum(in_october(life.accepted) for life in lives), None),
        "accepted_rate": (sum(life.accepted is not None for life in new), len(new)),
        "refused_rate": (sum(life.ended == "refuse" for life in new), len(new)),
        "supplement_rate": (sum(life.asked >= 1 for life in new), len(new)),
        "second_supplement_rate": (sum(life.asked >= 2 for life in new), len(new)),
        "visits": (sum(in_october(day) for life in lives for day in life.visits), None),
    }
    figures = {key: report.figure(key) for key in by_hand}
    assert {key: (each.numerator, each.denominator) for key, each in figures.items()} == by_hand
    assert sum(row.figures.accepted for row in report.matters) == by_hand["accepted"][0]


def test_the_command_leaves_report_page_pictures_and_a_verdict(
    run_hall: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = run_hall(tmp_path / "home", "demo", "month", "--cases", str(FEW), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：全部成立。" in done.stdout
    assert "10月10日下班" in done.stdout  # a Saturday at work
    assert "10月1日下班" not in done.stdout  # the National Day
    assert openpyxl.load_workbook(out / "report.xlsx").sheetnames[0] == "按事项"
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["report"]["balance"]["holds"]
    assert all(check["good"] for check in summary["checks"])
    assert len(list(out.glob("*.png"))) == 8


@pytest.mark.parametrize("seed", range(5))
def test_due_days_counted_day_by_day_are_those_of_the_clocks(seed: int) -> None:
    """Also where a procedure begins on the day of the acceptance, ends on its first day, or has no result yet."""
    calendar, chance = shipped_calendar(), Random(seed)
    recount = Recount(FIRST, LAST, calendar.is_workday)
    for _ in range(200):
        start = calendar.add_workdays(date(2026, 9, 1), chance.randrange(30))
        first = calendar.add_workdays(start, chance.randrange(5))
        granted, days = chance.choice((None, 1, 3)), chance.choice((2, 3, 5, 8, 10))
        result = None if chance.random() < 0.3 else calendar.add_workdays(first, chance.choice((0, 1, 2, 3, 6)))
        pause = Pause("tender", first, granted=Limit(granted, "workday") if granted else None)
        ledger = Ledger("promised", Limit(days, "workday"), start, 0, (pause.ended(result) if result else pause,))
        told = Told(start, accepted=start, limits_from=start, promised_days=days)
        told.holds.append(Hold("tender", first, granted, result))
        assert recount.due(told) == due_of(ledger, calendar=calendar).day
