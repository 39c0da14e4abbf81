"""Seized goods: how long they may be held, what may be done about them now, and in words of law why not the rest.

An authority's limit on a right: the strict day counts, no day off prolongs it (行政强制法 25, 69).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from hall.errors import Refused
from hall.rules.calendar import WorkCalendar
from hall.rules.lights import Light
from hall.rules.penalty_clocks import PenaltyClock
from hall.rules.spans import Span
from hall.rules.timelimits import Explanation, LimitRequest, LimitRule, compute
from hall.words import SEIZURE_ENDINGS

SeizureKind = Literal["seize", "seal"]
SeizureEnding = Literal["released", "confiscated", "destroyed", "transferred"]
SeizureLimb = Literal["no_violation", "unrelated", "decided", "expired", "no_need"]
TestKind = Literal["test", "inspect", "quarantine", "appraise"]
SeizureAct = Literal["extend", "test", "finish_test", "end", "give_back"]

LIMB_ARTICLES: dict[SeizureLimb, str] = {
    "no_violation": "第二十八条第一款第一项",
    "unrelated": "第二十八条第一款第二项",
    "decided": "第二十八条第一款第三项",
    "expired": "第二十八条第一款第四项",
    "no_need": "第二十八条第一款第五项",
}
"""行政强制法 28(1)."""

LONGEST_TEST = 365
"""Days of one test beyond which it is a slip of the keyboard."""
_LONGEST_QUANTITY = 12
_SEPARATORS = str.maketrans("，、,", "   ")
_ENDED = "这项查封、扣押已经有了处理结果。"


class BadList(Refused):
    """The list of goods is not one that both sides could sign."""


class BadSeizure(Refused):
    """Days or a kind that cannot be."""


class CannotOnSeizure(Refused):
    """The act may not be done now; `reasons` say everything that stands in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("".join(reasons))


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One line of the list: `quantity` is a decimal in `unit`."""

    name: str
    quantity: str
    unit: str
    condition: str = ""


@dataclass(frozen=True, slots=True)
class ExcludedTest:
    """A test: told in writing on a day, from its first to its last day, which the notice names (行政强制法 25(3))."""

    told_on: date
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Held:
    """Seized goods as their periods see them. `decided_on`: when a penalty decision confiscated them, if one did."""

    seized_on: date
    testing: tuple[ExcludedTest, ...] = ()
    extended_on: date | None = None
    ended_on: date | None = None
    ending: str = ""
    returned_on: date | None = None
    confiscated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Until:
    """How long goods may be held: `strict` is the last day, `act_by` the last workday up to it.

    `first` is the last day without the extension. `act_by` is None where the year's schedule is lacking.
    """

    strict: date
    first: date
    act_by: date | None
    law: str
    why: Explanation = field(repr=False, compare=False)


def until(held: Held, *, calendar: WorkCalendar, period: LimitRule, extension: LimitRule) -> Until:
    """The thirty days, and thirty more from their end where they were extended (`seizure.period`, `.extension`)."""
    spans = excluded(held)
    limit = compute(calendar, period, LimitRequest(start=held.seized_on, excluded=spans))
    assert limit.strict_due is not None  # natural days have one
    first = limit.strict_due
    if held.extended_on is not None:
        limit = compute(calendar, extension, LimitRequest(start=first, excluded=spans))
    assert limit.strict_due is not None
    return Until(limit.strict_due, first, limit.act_by, limit.law, limit.why)


def clock_of(number: str, held: Held, limit: Until) -> PenaltyClock:
    """The period as a clock of its penalty case; it ends with the decision on the goods."""
    return PenaltyClock(
        kind="seizure",
        side="authority",
        started_on=held.seized_on,
        due=limit.strict,
        law=limit.law,
        note=number,
        strict_due=limit.strict,
        act_by=limit.act_by,
        ended_on=held.ended_on,
        why=limit.why,
    )


def excluded(held: Held) -> tuple[Span, ...]:
    """Days of tests that the period leaves out: none before the party was told of them in writing (25(3))."""
    spans = ((max(each.first_day, each.told_on), each.last_day) for each in held.testing)
    return tuple((first, last) for first, last in spans if first <= last)


def being_tested(held: Held, day: date) -> bool:
    """Whether the period stands still on a day."""
    return any(first <= day <= last for first, last in excluded(held))


def light(held: Held, limit: Until, today: date, *, warning_days: int) -> Light | None:
    """How pressing it is. The last workday before the strict day is already `today`: nobody acts on a day off.

    What was released waits to be fetched (`warning`); None where nothing is left to do.
    """
    if held.ended_on is not None:
        return "warning" if held.ending == "released" and held.returned_on is None else None
    if today > limit.strict:
        return "over_statutory"
    if being_tested(held, today):
        return "paused"
    if today >= (limit.act_by or limit.strict):
        return "today"
    return "warning" if (limit.strict - today).days <= warning_days else "normal"


def reasons(act: SeizureAct, held: Held, limit: Until, today: date) -> tuple[str, ...]:
    """Why an act may not be done today: whole sentences with their articles; none where it may."""
    if act == "give_back":
        return _why_not_back(held)
    if held.ended_on is not None:
        return (_ENDED,)
    if act == "extend":
        return _why_not_extended(held, limit, today)
    if act == "test":
        return _why_not_tested(limit, today)
    if act == "finish_test" and not being_tested(held, today):
        return ("没有正在进行的检测、检验、检疫或者技术鉴定。",)
    return ()


def why_not_ended(ending: SeizureEnding, held: Held, limit: Until, today: date) -> tuple[str, ...]:
    """Why it may not end so. After the period goods can only be given back (行政强制法 27, 28(1)(4))."""
    if held.ended_on is not None:
        return (_ENDED,)
    if ending == "released":
        return ()
    if ending == "confiscated":
        return _why_not_confiscated(held, limit)
    if today > limit.strict:
        word = SEIZURE_ENDINGS[ending]
        return (f"期限已于{limit.strict}届满，不能再{word}，应当解除并退还（行政强制法第二十七条、第二十八条）。",)
    return ()


def check_list(items: Sequence[ListedItem]) -> tuple[ListedItem, ...]:
    """The list with blanks taken off; raises BadList with the line (行政强制法 24(2))."""
    if not items:
        raise BadList("清单是空的：请逐项写明查封、扣押的场所、设施或者财物的名称和数量。")
    return tuple(_checked(place, item) for place, item in enumerate(items, start=1))


def parse_list(text: str) -> tuple[ListedItem, ...]:
    """A list as it is typed: a line an item, name, quantity and unit divided by blanks, then its condition.

    Raises BadList with the line.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    return check_list([_item(place, line) for place, line in enumerate(lines, start=1)])


def parse_positions(text: str) -> tuple[int, ...]:
    """Lines of the list as they are typed: 1,3 or 1 3; none: all. Raises BadList."""
    parts = text.translate(_SEPARATORS).split()
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise BadList("要退还的项目请写清单上的序号，例如 1,3；全部退还的不用写。")
    return tuple(int(part) for part in parts)


def check_testing(testing: ExcludedTest, held: Held, limit: Until, today: date) -> None:
    """Whether a test can be one of these goods; raises BadSeizure."""
    if testing.last_day < testing.first_day:
        raise BadSeizure("检测、检验、检疫或者技术鉴定的截止日期早于开始日期，请核对。")
    if testing.first_day < held.seized_on or testing.told_on < held.seized_on:
        raise BadSeizure(f"日期不能早于查封、扣押当日（{held.seized_on}），请核对。")
    if testing.told_on > today:
        raise BadSeizure("书面告知当事人的日期还没有到：先告知，再登记（行政强制法第二十五条第三款）。")
    if max(testing.first_day, testing.told_on) > limit.strict:
        raise BadSeizure(f"查封、扣押期限{limit.strict}届满，届满以后的检测不能扣除。")
    if testing.last_day - testing.first_day > timedelta(days=LONGEST_TEST):
        raise BadSeizure(f"检测、检验、检疫或者技术鉴定最长按 {LONGEST_TEST} 天登记，请核对截止日期。")


def _why_not_extended(held: Held, limit: Until, today: date) -> tuple[str, ...]:
    if held.extended_on is not None:
        return (f"已于{held.extended_on}延长过一次，不得再次延长（行政强制法第二十五条第一款）。",)
    if today > limit.strict:
        return (f"期限已于{limit.strict}届满，不能再延长，应当立即解除（行政强制法第二十五条、第二十八条）。",)
    return ()


def _why_not_tested(limit: Until, today: date) -> tuple[str, ...]:
    if today > limit.strict:
        return (f"期限已于{limit.strict}届满，届满以后的检测不能扣除，应当立即解除（行政强制法第二十八条）。",)
    return ()


def _why_not_confiscated(held: Held, limit: Until) -> tuple[str, ...]:
    if held.confiscated_on is None:
        return ("没收是行政处罚：先在这件案件里作出没收的处罚决定（行政处罚法第九条、行政强制法第二十七条）。",)
    if held.confiscated_on > limit.strict:
        return (
            f"没收决定作于{held.confiscated_on}，已过查封、扣押期限（{limit.strict}），"
            "应当解除并退还（行政强制法第二十七条、第二十八条）。",
        )
    return ()


def _why_not_back(held: Held) -> tuple[str, ...]:
    if held.ending != "released":
        return ("还没有解除：先作出解除决定，再退还（行政强制法第二十八条）。",)
    if held.returned_on is not None:
        return (f"已于{held.returned_on}退还。",)
    return ()


def _item(place: int, line: str) -> ListedItem:
    name, quantity, unit, *condition = [*line.split(maxsplit=3), "", "", ""]
    if not unit:
        raise BadList(
            f"清单第 {place} 项“{line.strip()[:20]}”请写成“名称 数量 单位 状况”，中间空格，例如“折叠桌 2 张 完好”。"
        )
    return ListedItem(name, quantity, unit, condition[0])


def _checked(place: int, item: ListedItem) -> ListedItem:
    name, unit = item.name.strip(), item.unit.strip()
    if not name or not unit:
        raise BadList(f"清单第 {place} 项没有写全：名称、数量、单位都要写。")
    quantity = item.quantity.strip()
    try:
        number = Decimal(quantity)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0 or len(quantity) > _LONGEST_QUANTITY:
        raise BadList(f"清单第 {place} 项“{name[:20]}”的数量“{quantity[:20]}”不是大于零的数。")
    return ListedItem(name, quantity, unit, item.condition.strip())
