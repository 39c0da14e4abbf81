"""Emergency measures: reported for approval within 24 hours by the clock, lifted at once where it is refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hall.errors import Refused
from hall.rules.lights import Light
from hall.rules.timelimits import LimitRule

EmergencyAct = Literal["report", "decide"]

_HOUR = timedelta(hours=1)


class CannotOnEmergency(Refused):
    """The act may not be done now; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """A measure as its clock sees it; instants."""

    began_at: datetime
    reported_at: datetime | None = None
    decided_at: datetime | None = None


def report_by(measure: Emergency, rule: LimitRule) -> datetime:
    """Until when it must be reported and approved afterwards (行政强制法 19): hours run through days off."""
    assert rule.unit == "hour"
    assert rule.length is not None
    return measure.began_at + rule.length * _HOUR


def late(measure: Emergency, due: datetime, now: datetime) -> bool:
    """Whether the report is or was late."""
    return (measure.reported_at or now) > due


def hours_left(due: datetime, now: datetime) -> int:
    """Full hours until it is due; negative once it is past, at least one."""
    return (due - now) // _HOUR if now <= due else -max((now - due) // _HOUR, 1)


def light(measure: Emergency, due: datetime, now: datetime) -> Light | None:
    """Red when the report is late, orange while it is not made, yellow until it is decided; None afterwards."""
    if measure.decided_at is not None:
        return None
    if measure.reported_at is not None:
        return "warning"
    return "over_statutory" if now > due else "today"


def reasons(act: EmergencyAct, measure: Emergency) -> tuple[str, ...]:
    """Why an act may not be done now; none where it may."""
    if measure.decided_at is not None:
        return ("负责人已经作出决定。",)
    if act == "report" and measure.reported_at is not None:
        return ("已经报告，等待负责人决定。",)
    if act == "decide" and measure.reported_at is None:
        return ("还没有报告：先由执法人员报告并补办批准手续（行政强制法第十九条）。",)
    return ()


def check_began(began_at: datetime, now: datetime) -> None:
    """A measure is entered once it was taken; raises CannotOnEmergency."""
    if began_at > now:
        raise CannotOnEmergency("实施的时间还没有到，请核对日期和时分。")
