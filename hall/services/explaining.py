"""Explains a due date day by day, for a clock that runs and for one that acceptance would start."""

from dataclasses import dataclass
from datetime import date

from hall.rules.authority import require
from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind, ClockStart, start_clock
from hall.rules.day_count import CountedDay, count_days
from hall.rules.people import Actor
from hall.services.schedules import calendar_in_force
from hall.store import Store

_LAW = {
    "workday": "行政许可法第八十二条：期限以工作日计算，不含法定节假日；受理之日不计入，从次日起数。",
    "day": "民法典第二百条、第二百零一条：按自然日计算；开始的当日不计入，从次日起数。",
    "hour": "民法典第二百条：按小时计算，节假日不停。",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clock, the rule of its count, and every day of it; no days while the due date is pending."""

    clock: ClockStart
    law: str
    days: tuple[CountedDay, ...]


def explain(store: Store, actor: Actor, *, kind: ClockKind, limit: Limit, started_on: date) -> Explanation:
    """Count anew with the schedules in force; nothing is written."""
    require(actor, "case.read")
    with store.read(actor) as session:
        calendar = calendar_in_force(session, store.hall_id)
    clock = start_clock(kind, limit, started_on, calendar=calendar)
    days = count_days(calendar, limit, started_on, due_on=clock.due_on) if clock.due_on else ()
    return Explanation(clock, _LAW[limit.unit], days)
