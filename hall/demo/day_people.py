"""Who comes to the hall on the demo's day: fictitious people with their cards, made from one seed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from hall.clock import hall_time
from hall.demo.day_clock import DAY, MINUTE, OPENS, DayPlan
from hall.rules.cards import Card
from hall.rules.identity import id_check_digit
from hall.rules.queue_policy import ORDINARY

# Arrivals by half hours from 8:30 to 17:00: a peak in the morning, a lull at noon, a peak in the afternoon.
ARRIVALS = (5, 8, 10, 10, 9, 7, 4, 2, 2, 4, 6, 8, 9, 9, 7, 5, 3)
MATTERS = {
    **dict.fromkeys(("XK01-1", "XK05", "XK12"), 6),
    **dict.fromkeys(("XK01-3", "XK04", "XK06", "XK13", "XK15", "XK16"), 3),
    **dict.fromkeys(("XK02", "XK08", "XK11-1", "XK14-1", "XK18", "XK24-1"), 1),
}
DECLARED = ("disabled", "pregnant", "soldier", "honoured")
DECLARING, ELDERS, SEVERAL, BY_CARD, AT_DESK = 0.06, 0.07, 0.08, 0.3, 0.14
# Of those with an appointment: who never comes, who comes so late that it is none any more, who tells its number.
MISSED, TOO_LATE, BY_REFERENCE = 0.12, 0.08, 0.4
FIRST_BOOKED, BOOKED_MINUTES = OPENS + 30 * MINUTE, 440
HEADINGS = "预约编号,姓名,证件号码,手机号,事项编码,预约日期,开始时间,结束时间"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody and what he wants. `reference`: tells the number of an appointment; `booked`: has one on the card."""

    comes_at: datetime
    matter: str
    priority: str = ORDINARY
    further: tuple[str, ...] = ()
    card: Card | None = None
    at_desk: bool = False
    booked: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class DayPeople:
    """Everybody of the day in the order of coming, and the file of the booking system."""

    visitors: tuple[Visitor, ...]
    bookings: str


def people_of(plan: DayPlan) -> DayPeople:
    """The same people for the same plan."""
    chance = Random(plan.seed)
    cards = _Cards(chance)
    lines, booked = [HEADINGS], []
    for number in range(1, plan.appointments + 1):
        line, visitor = _booking(chance, cards, number)
        lines.append(line)
        booked += [visitor] if visitor else []
    walk_ins = [_walk_in(chance, cards) for _ in range(plan.tickets - len(booked))]
    everybody = sorted((*booked, *walk_ins), key=lambda visitor: visitor.comes_at)
    return DayPeople(tuple(everybody), "\n".join(lines) + "\n")


class _Cards:
    """Cards of nobody, each with a number of its own."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._made = 0

    def card(self, *, elder: bool = False) -> Card:
        self._made += 1
        years = (1940, 1962) if elder else (1968, 2003)
        return _card(self._chance, years, self._made)


def card_at_counter(seed: int, ticket_id: int) -> Card:
    """Whoever stands at a counter with this ticket, always the same; of years of birth that nobody else here has."""
    return _card(Random(f"{seed}/card/{ticket_id}"), (1963, 1967), ticket_id)


def _card(chance: Random, years: tuple[int, int], serial: int) -> Card:
    birth = date(chance.randint(*years), chance.randint(1, 12), chance.randint(1, 28))
    digits = f"999999{birth:%Y%m%d}{serial % 1000:03d}"
    return Card(
        kind="resident",
        name=chance.choice("张王李赵陈刘杨黄") + chance.choice("示例样本虚构测试") + "某",
        sex=chance.choice("男女"),
        birth=birth,
        id_number=digits + id_check_digit(digits),
        valid_from=date(2016, 1, 1),
        valid_to=None,
        address="示例省虚构市样本区测试路1号",
    )


def _arrival(chance: Random) -> datetime:
    half = chance.choices(range(len(ARRIVALS)), ARRIVALS)[0]
    return OPENS + (half * 30 + chance.uniform(0, 30)) * MINUTE


def _walk_in(chance: Random, cards: _Cards) -> Visitor:
    first, second = (chance.choices(tuple(MATTERS), tuple(MATTERS.values()))[0] for _ in range(2))
    further = (second,) if second != first and chance.random() < SEVERAL else ()
    kind, at_desk = chance.random(), chance.random() < AT_DESK
    elder = kind < ELDERS
    declared = not elder and kind < ELDERS + DECLARING
    priority = chance.choice(DECLARED) if declared else ORDINARY
    card = cards.card(elder=elder) if elder or chance.random() < BY_CARD else None
    return Visitor(_arrival(chance), first, priority, further, card, at_desk=at_desk)


def _booking(chance: Random, cards: _Cards, number: int) -> tuple[str, Visitor | None]:
    """The line of the file, and who comes for it: None who does not."""
    card, reference = cards.card(), f"YY{DAY:%m%d}{number:03d}"
    matter = chance.choices(tuple(MATTERS), tuple(MATTERS.values()))[0]
    starts = FIRST_BOOKED + 10 * MINUTE * chance.randrange(BOOKED_MINUTES // 10)
    hours = [f"{hall_time(each):%H:%M}" for each in (starts, starts + 20 * MINUTE)]
    phone = f"1390000{number:04d}"
    line = ",".join((reference, card.name, card.id_number, phone, matter, DAY.isoformat(), *hours))
    fate = chance.random()
    if fate < MISSED:
        return line, None
    comes = starts + timedelta(minutes=chance.uniform(20, 40) if fate < MISSED + TOO_LATE else chance.uniform(-35, 12))
    told = chance.random() < BY_REFERENCE
    return line, Visitor(
        max(comes, OPENS),
        matter,
        card=None if told else card,
        at_desk=told,
        booked=not told,
        reference=reference if told else "",
    )
