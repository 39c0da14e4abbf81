"""How the monitor puts counters, lengths of time and rates into words."""

from datetime import datetime, timedelta

from hall.rules.queue_statistics import Rate
from hall.services.day_tables import percent
from hall.services.monitor import CounterRow, SeatedTicket
from hall.words import COUNTER_STATES, TICKET_STATES

_MINUTE = timedelta(minutes=1)
# The lights of case lists, for their shapes: a counter's state has a word of its own.
_STATE_LIGHTS = {"open": "normal", "paused": "warning", "closed": "pending"}


def minutes_words(length: timedelta) -> str:
    """12 分, 1 小时 5 分; less than a minute is 0 分."""
    minutes = max(int(length / _MINUTE), 0)
    return f"{minutes} 分" if minutes < 60 else f"{minutes // 60} 小时 {minutes % 60} 分"


def share_words(rate: Rate) -> str:
    """3/58 5.2%: what a share is made of, and the share."""
    share = percent(rate)
    return "—" if share is None else f"{rate.numerator}/{rate.denominator} {share}%"


def counter_light(row: CounterRow) -> str:
    """The shape before a counter's state; one that wants help is a red square."""
    return "over_promised" if row.emergency_at is not None else _STATE_LIGHTS[row.state]


def counter_words(row: CounterRow, now: datetime) -> str:
    """开放, 紧急求助, 就餐轮换 5 分: a pause's reason says that it is one."""
    if row.emergency_at is not None:
        return "紧急求助"
    if row.state == "paused" and row.since is not None:
        return f"{row.reason} {minutes_words(now - row.since)}"
    return COUNTER_STATES[row.state]


def ticket_words(ticket: SeatedTicket | None, now: datetime) -> str:
    """办理中 12 分."""
    if ticket is None:
        return "—"
    lasts = f" {minutes_words(now - ticket.since)}" if ticket.since is not None else ""
    return f"{TICKET_STATES[ticket.state]}{lasts}"


def matters_words(row: CounterRow) -> str:
    """全部事项, or the codes with their head starts in minutes: XK05(+10)、XK02."""
    if not row.matters:
        return "全部事项"
    return "、".join(f"{code}(+{minutes})" if minutes else code for code, minutes in row.matters.items())
