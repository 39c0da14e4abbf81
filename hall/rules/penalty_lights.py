"""How pressing a period of a penalty case is: lights by its due day, and by the red line that no rest day moves."""

from datetime import date

from hall.rules.lights import Light
from hall.rules.penalty_clocks import PenaltyClock


def clock_light(clock: PenaltyClock, today: date, *, least_days: int) -> Light | None:
    """The light of a period today; None where what it waits for was done.

    An authority's own period is late the day after its strict end, which no weekend prolongs, and yellow from
    `least_days` before the last workday within it. A party's period never alarms: it is over, or it runs.
    """
    if clock.ended_on is not None:
        return None
    if clock.due is None:
        return "pending"
    if clock.side == "party":
        return "paused" if clock.due < today else _running(clock.due, clock.due, today, least_days)
    last = clock.strict_due or clock.due
    if last < today:
        return "over_statutory"
    return _running(last, clock.act_by or last, today, least_days)


def _running(last: date, act_by: date, today: date, least_days: int) -> Light:
    if today in (last, act_by):
        return "today"
    return "warning" if (act_by - today).days <= least_days else "normal"
