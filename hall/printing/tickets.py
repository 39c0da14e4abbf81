"""The queue ticket that a walk-in takes away: number, matter, where to go, how long it may take."""

from dataclasses import dataclass
from datetime import datetime

from hall.clock import hall_time
from hall.printing.slip import Slip, SlipFeed, SlipPair, SlipPart, SlipRule, SlipText

MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Reprint:
    """Marks a slip that is printed once more: which repetition, and when. Business numbers stay the same."""

    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """What stands on a ticket. `masked_name` is masked already; instants are timezone-aware.

    `matters` are the matters in the order they are handled, the first at `place`; `minutes` is the estimated
    wait (from, to), None where no honest estimate exists; `priority` is the mark's wording (老年人优先), empty for
    ordinary tickets; `appointment` is the booked time (from, to).
    """

    hall: str
    code: str
    matters: tuple[str, ...]
    place: str
    waiting_ahead: int
    minutes: tuple[int, int] | None
    issued_at: datetime
    priority: str = ""
    masked_name: str = ""
    appointment: tuple[datetime, datetime] | None = None
    hints: tuple[str, ...] = ()
    reprint: Reprint | None = None


def ticket_slip(ticket: TicketSlip) -> Slip:
    """The ticket as a slip, for 58 and 80 mm paper alike."""
    parts: list[SlipPart] = [
        *reprint_parts(ticket.reprint),
        SlipText(ticket.hall, bold=True, align="centre"),
        SlipRule(),
        SlipText(ticket.code, size=(4, 4), bold=True, align="centre"),
    ]
    if ticket.priority:
        parts.append(SlipText(f"【{ticket.priority}】", size=(2, 2), align="centre"))
    parts += [SlipFeed(), *_matter_parts(ticket.matters), SlipPair("办理地点", ticket.place)]
    if ticket.masked_name:
        parts.append(SlipPair("姓　　名", ticket.masked_name))
    if ticket.appointment is not None:
        parts.append(SlipPair("预约时间", booked_text(*ticket.appointment)))
    parts += [
        SlipPair("前方等候", f"{ticket.waiting_ahead} 人"),
        SlipPair("预计等候", wait_text(ticket.minutes)),
        SlipPair("取号时间", hall_time(ticket.issued_at).strftime(MINUTE)),
        SlipRule(),
        *(SlipText(hint) for hint in ticket.hints),
    ]
    return Slip(f"叫号小票 {ticket.code}", tuple(parts))


def reprint_parts(reprint: Reprint | None) -> tuple[SlipPart, ...]:
    """The mark at the head of a repeated slip; nothing on the first print."""
    if reprint is None:
        return ()
    mark = SlipText(f"补打 第{reprint.count}次", size=(2, 2), bold=True, align="centre")
    return mark, SlipText(f"补打时间 {hall_time(reprint.at).strftime(MINUTE)}", align="centre"), SlipRule()


def _matter_parts(matters: tuple[str, ...]) -> list[SlipPart]:
    """One matter beside its label; several as a numbered list, in the order they are handled."""
    if len(matters) == 1:
        return [SlipPair("办理事项", matters[0])]
    listed = [SlipText(f"{place}. {name}") for place, name in enumerate(matters, start=1)]
    return [SlipPair("办理事项", f"共 {len(matters)} 项"), *listed]


def booked_text(begins: datetime, ends: datetime) -> str:
    """A booked time of the day: 10:00 至 10:30."""
    return f"{hall_time(begins):%H:%M} 至 {hall_time(ends):%H:%M}"


def wait_text(minutes: tuple[int, int] | None) -> str:
    """The estimated wait in words; where there is no honest estimate it says so."""
    if minutes is None:
        return "暂不能估计"
    low, high = minutes
    if low == 0:
        return f"{high} 分钟以内" if high else "不用等候"
    return f"约 {low} 分钟" if low == high else f"约 {low} 至 {high} 分钟"
