"""Who comes in the demo's month, and what is to become of each application: all made from one seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from hall.clock import HALL_ZONE
from hall.rules.calendar import WorkCalendar
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.identity import id_check_digit

Intake = Literal["accept", "later", "supplement", "twice", "unanswered", "refuse", "lacking", "informed", "silence"]
Leaving = Literal["", "withdraw", "terminate"]

# The month holds the National Day and a Saturday at work; applications of the end of September are carried into it.
YEAR, MONTH = 2026, 10
FIRST_DAY, REPORT_DAY, LAST_DAY = date(2026, 9, 21), date(2026, 11, 2), date(2026, 11, 6)
OPENS, CLOSES = time(9, 0), time(17, 0)
CARRIED = 0.1
SEED = 20261031

# For natural persons, by how often they are asked for.
MATTERS = {
    "XK05": 26,
    "XK24-1": 18,
    "XK11-2": 14,
    "XK10-2": 14,
    "XK16": 9,
    "XK15": 7,
    "XK04": 6,
    "XK02": 6,
    "XK06": 5,
    "XK01-1": 4,
    "XK11-1": 4,
    "XK17": 3,
    "XK10-1": 3,
}
_NOVEMBER = date(2026, 11, 1)
_INTAKES: dict[Intake, int] = {
    "accept": 66,
    "later": 8,
    "supplement": 9,
    "twice": 2,
    "unanswered": 2,
    "refuse": 4,
    "lacking": 4,
    "informed": 3,
    "silence": 2,
}


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """How big the month is. `cases` counts all, also those carried into it."""

    cases: int = 2000
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Fate:
    """One application and what its people will do with it, in workdays. `haste`: days of the promise that are left."""

    number: int
    arrives: datetime
    matter: Matter
    applicant: Card
    channel: Literal["counter", "post", "online"]
    intake: Intake
    answer_days: int
    procedure: Literal["", "expert_review", "tender"]
    procedure_days: int
    asked: bool
    haste: int
    sent_back: bool
    denied: bool
    extended: bool
    leaves: Leaving
    served_days: int


def fates(plan: MonthPlan, matters: Sequence[Matter], calendar: WorkCalendar) -> tuple[Fate, ...]:
    """Every application, in the order in which they come."""
    chance = random.Random(plan.seed)
    by_code = {matter.code: matter for matter in matters}
    carried = round(plan.cases * CARRIED)
    days = _workdays(calendar, FIRST_DAY, date(YEAR, MONTH, 1)), _workdays(calendar, date(YEAR, MONTH, 1), _NOVEMBER)
    arrivals = sorted(_moment(chance, chance.choice(days[number >= carried])) for number in range(plan.cases))
    return tuple(_fate(chance, number, arrives, by_code) for number, arrives in enumerate(arrivals))


def _workdays(calendar: WorkCalendar, first: date, end: date) -> list[date]:
    all_days = (first + timedelta(days=number) for number in range((end - first).days))
    return [day for day in all_days if calendar.is_workday(day)]


def _moment(chance: random.Random, day: date) -> datetime:
    return datetime.combine(day, OPENS, HALL_ZONE) + timedelta(seconds=chance.randrange(7 * 3600))


def _fate(chance: random.Random, number: int, arrives: datetime, matters: dict[str, Matter]) -> Fate:
    matter = matters[chance.choices(list(MATTERS), list(MATTERS.values()))[0]]
    late = chance.random() < 0.07
    return Fate(
        number=number,
        arrives=arrives,
        matter=matter,
        applicant=_card(number),
        channel=chance.choices(("counter", "online", "post"), (84, 12, 4))[0],
        intake=_intake(chance, matter),
        answer_days=chance.randrange(1, 6),
        procedure=chance.choices(("", "expert_review", "tender"), (94, 4, 2))[0],
        procedure_days=chance.choice((0, 2, 3, 3, 6)),
        asked=chance.random() < 0.04,
        haste=-chance.randrange(1, 6) if late else chance.choice((0, 0, 1, 1, 2, 3)),
        sent_back=chance.random() < 0.04,
        denied=chance.random() < 0.06,
        extended=chance.random() < 0.05,
        leaves=chance.choices(("", "withdraw", "terminate"), (95, 4, 1))[0],
        served_days=chance.choice((0, 0, 1, 2, 4)),
    )


def _intake(chance: random.Random, matter: Matter) -> Intake:
    """What the matter allows of what was drawn."""
    drawn = chance.choices(list(_INTAKES), list(_INTAKES.values()))[0]
    secondary = any(rule.secondary and rule.required for rule in matter.materials)
    if (drawn == "lacking" and not (matter.lacking_allowed and secondary)) or (
        drawn == "informed" and not matter.informed_allowed
    ):
        return "accept"
    return drawn


def _card(number: int) -> Card:
    """Somebody new each time."""
    birth = date(1955, 1, 1) + timedelta(days=number * 7 % 17_000)
    digits = f"999999{birth:%Y%m%d}{number % 900 + 1:03d}"
    return Card(
        kind="resident",
        name="张王李赵陈刘杨黄"[number % 8] + "示例样本虚构测试"[number // 8 % 8] + "某",
        sex="男女"[number % 2],
        birth=birth,
        id_number=digits + id_check_digit(digits),
        valid_from=date(2016, 1, 1),
        valid_to=None,
        address="示例省虚构市样本区测试路1号",
    )
