"""What is made public of penalties: the clocks of putting it on line and of taking it down, what is withheld."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hall.errors import Refused
from hall.rules.lights import Light

PublicityAct = Literal["publish", "withhold", "withdraw_publicity"]
PublicityStanding = Literal["waiting", "shown", "take_down", "withheld", "dropped", "taken_down"]
"""waiting to be published; shown; to be taken down (overturned, or its time is over); withheld; overturned before it
was published; taken down."""
WithholdGround = Literal["minor", "secret", "privacy", "security", "simple"]


class CannotOnPublication(Refused):
    """The act may not be done now; `reasons` say everything that stands in the way."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("".join(reasons))


class BadPublicationDay(Refused):
    """A day that cannot be."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision as its publicity sees it. `publish_by`, `withdraw_by`: None while a schedule is lacking."""

    decided_on: date
    publish_by: date | None
    withheld: bool = False
    published_on: date | None = None
    shown_until: date | None = None
    overturned_on: date | None = None
    withdraw_by: date | None = None
    withdrawn_on: date | None = None


def standing(shown: Shown, today: date) -> PublicityStanding:
    """How it stands today."""
    if shown.withdrawn_on is not None:
        return "taken_down"
    if shown.published_on is None:
        if shown.withheld:
            return "withheld"
        return "waiting" if shown.overturned_on is None else "dropped"
    over = shown.shown_until is not None and today > shown.shown_until
    return "take_down" if shown.overturned_on is not None or shown.withheld or over else "shown"


def due_on(shown: Shown, today: date) -> date | None:
    """The day by which something has to be done next; None where nothing has, or while a schedule is lacking.

    What is withheld and went on line elsewhere all the same should have come down on the day it went up.
    """
    match standing(shown, today):
        case "waiting":
            return shown.publish_by
        case "take_down" if shown.withheld:
            return shown.published_on
        case "take_down":
            return shown.withdraw_by if shown.overturned_on is not None else shown.shown_until
    return None


def light(shown: Shown, today: date, *, workdays_left: int | None, warning_days: int) -> Light | None:
    """How pressing it is, `workdays_left` until `due_on`; None where nothing has to be done."""
    if standing(shown, today) not in {"waiting", "take_down"}:
        return None
    due = due_on(shown, today)
    if due is None:
        return "pending"
    if today > due:
        return "over_statutory"
    if workdays_left is None:
        return "pending"
    if workdays_left <= 0:
        return "today"
    return "warning" if workdays_left <= warning_days else "normal"


def reasons(act: PublicityAct, shown: Shown, today: date) -> tuple[str, ...]:
    """Why an act may not be done today: whole sentences with their articles; none where it may."""
    now = standing(shown, today)
    if act == "withdraw_publicity":
        return () if now in {"shown", "take_down"} else ("这份决定没有在公示，不用撤回。",)
    if now == "waiting":
        return ()
    if now == "withheld":
        return ("这份决定已经登记为不予公示。",)
    if now in {"dropped", "take_down"} and shown.overturned_on is not None:
        return ("决定已被变更或者撤销，不得再公示（行政处罚法第四十八条第二款）。",)
    return ("这份决定已经公示过。",)


def check_published(published_on: date, shown: Shown, today: date) -> None:
    """Whether a decision can have gone on line on a day; raises BadPublicationDay."""
    if not shown.decided_on <= published_on <= today:
        raise BadPublicationDay(f"公示日期应在决定日期（{shown.decided_on}）和今天（{today}）之间，请核对。")


def check_withdrawn(withdrawn_on: date, shown: Shown, today: date) -> None:
    """Whether it can have been taken down on a day; raises BadPublicationDay."""
    first = shown.published_on or shown.decided_on
    if not first <= withdrawn_on <= today:
        raise BadPublicationDay(f"撤回日期应在公示日期（{first}）和今天（{today}）之间，请核对。")
