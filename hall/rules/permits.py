"""A permit case at intake: which materials are still missing, and which clocks acceptance starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hall.errors import Refused
from hall.rules.calendar import ScheduleMissing, WorkCalendar
from hall.rules.catalogue import Limit, MaterialRule, Matter

ClockKind = Literal["statutory", "promised"]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What the applicant handed in of one material of the catalogue, by the rule's position."""

    position: int
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class ClockStart:
    """A clock as acceptance starts it. `due_on` and `due_ordinal` are None while `pending` says what is lacking."""

    kind: ClockKind
    limit: Limit
    started_on: date
    due_on: date | None
    due_ordinal: int | None
    pending: str = ""


class MaterialsMissing(Refused):
    """Acceptance needs every required material (行政许可法 32(1)(5))."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(
            f"还缺 {len(missing)} 项材料：{'、'.join(missing)}。材料不齐不能受理，"
            "请当场或在五个工作日内一次性告知补正（行政许可法第三十二条）。"
        )


class ForeignMaterial(Refused):
    """Only materials of the published list may be asked for or taken (行政许可法 31)."""

    def __init__(self) -> None:
        super().__init__("登记的材料不在本事项公布的清单里，不得要求申请人提交无关材料（行政许可法第三十一条）。")


class MaterialTwice(Refused):
    """One material was registered in two lines."""

    def __init__(self, name: str) -> None:
        super().__init__(f"材料“{name}”登记了两次，请合并为一行，写明总份数。")


def missing_materials(rules: Iterable[MaterialRule], handed: Iterable[HandedIn]) -> tuple[str, ...]:
    """Names of required materials that are not there in the full number, with how many are lacking."""
    present = {each.position: each for each in handed}
    return tuple(
        lack
        for rule in rules
        if rule.required and (lack := _lack(rule, present.get(rule.position, HandedIn(rule.position, 0, 0))))
    )


def _lack(rule: MaterialRule, handed: HandedIn) -> str:
    originals = max(rule.originals - handed.originals, 0)
    copies = max(rule.copies - handed.copies, 0)
    parts = [f"{word}{count}份" for word, count in (("原件", originals), ("复印件", copies)) if count]
    return f"{rule.name}（{'、'.join(parts)}）" if parts else ""


def check_acceptance(matter: Matter, handed: tuple[HandedIn, ...]) -> None:
    """Refuse what may not be accepted: materials off the list or registered twice, required ones missing."""
    known = {rule.position: rule.name for rule in matter.materials}
    if any(each.position not in known or min(each.originals, each.copies) < 0 for each in handed):
        raise ForeignMaterial
    positions = [each.position for each in handed]
    if twice := next((known[each] for each in positions if positions.count(each) > 1), ""):
        raise MaterialTwice(twice)
    if missing := missing_materials(matter.materials, handed):
        raise MaterialsMissing(missing)


def start_clocks(matter: Matter, accepted_on: date, *, calendar: WorkCalendar) -> tuple[ClockStart, ...]:
    """The statutory and the promised clock from the day of acceptance, which is day 0 (行政许可法 42, 82)."""
    limits: tuple[tuple[ClockKind, Limit | None], ...] = (
        ("statutory", matter.statutory),
        ("promised", matter.promised),
    )
    return tuple(
        start_clock(kind, limit, accepted_on, calendar=calendar) for kind, limit in limits if limit is not None
    )


def start_clock(kind: ClockKind, limit: Limit, started_on: date, *, calendar: WorkCalendar) -> ClockStart:
    """One clock; a due date that needs a year without a schedule stays pending, never guessed."""
    try:
        due_on = _due(limit, started_on, calendar)
        return ClockStart(kind, limit, started_on, due_on, calendar.ordinal(due_on))
    except ScheduleMissing as missing:
        return ClockStart(kind, limit, started_on, None, None, str(missing))


def _due(limit: Limit, started_on: date, calendar: WorkCalendar) -> date:
    """Workdays by the calendar; natural days and hours on the strict day: no roll-over as slack for the authority.

    On the spot is a workday too: what is handed in on a rest day is not late before the hall has worked.
    """
    if limit.unit == "workday" and limit.days == 0 and not calendar.is_workday(started_on):
        return calendar.next_workday(started_on)
    if limit.unit == "workday":
        return calendar.add_workdays(started_on, limit.days)
    if limit.unit == "day":
        return started_on + timedelta(days=limit.days)
    return started_on + timedelta(days=-(-limit.days // 24))
