"""How screens put dates, lengths of time and persons into words."""

from datetime import date, datetime, timedelta

from hall.clock import HALL_ZONE
from hall.rules.calendar import WEEKDAY_NAMES
from hall.rules.catalogue import Limit
from hall.rules.people import Actor
from hall.rules.queue_policy import ORDINARY
from hall.services.persons import PersonView
from hall.services.ticket_records import Called
from hall.words import PRIORITY_KINDS, ROLES


def day_words(day: date) -> str:
    """2026-12-21 周一."""
    return f"{day.isoformat()} 周{WEEKDAY_NAMES[day.weekday()]}"


def due_words(limit: Limit, due_on: date | None, pending: str) -> str:
    """20工作日 → 2026-12-21 周一, or why there is no date yet."""
    return f"{limit} → {day_words(due_on) if due_on else f'待定（{pending}）'}"


def waited_words(waited: timedelta) -> str:
    """等候 6 分 12 秒."""
    minutes, seconds = divmod(max(int(waited.total_seconds()), 0), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"等候 {hours} 小时 {minutes} 分"
    return f"等候 {minutes} 分 {seconds} 秒"


def person_words(person: PersonView) -> str:
    """张*明  男  999999********1234, whatever of it is known."""
    return "  ".join(part for part in (person.name_masked, person.sex, person.id_masked) if part)


def actor_words(actor: Actor) -> str:
    """王示例（窗口人员）, as the header names who is signed in."""
    roles = "、".join(word for role, word in ROLES.items() if role in actor.roles)
    return f"{actor.name}（{roles}）"


def priority_words(priority: str) -> str:
    """◆ 老年; nothing for an ordinary ticket."""
    return "" if priority == ORDINARY else f"◆ {PRIORITY_KINDS[priority]}"


def call_words(ticket: Called, calls_before_skip: int) -> str:
    """已呼 2 次，再呼 1 次后可过号."""
    if ticket.state == "chosen":
        return "还没有呼叫"
    left = calls_before_skip - ticket.calls
    if ticket.state == "called" and left > 0:
        return f"已呼 {ticket.calls} 次，再呼 {left} 次后可过号"
    return f"已呼 {ticket.calls} 次"


def errand_words(ticket: Called) -> str:
    """Where the ticket comes from, what the sender wrote, where it goes back to, what comes after it."""
    parts = []
    if ticket.note:
        parts.append(f"留言：{ticket.note}")
    if ticket.sender is not None:
        parts.append(f"办完回 {ticket.sender} 号窗口")
    if ticket.further:
        parts.append(f"还要办：{'、'.join(ticket.further)}")
    return "　".join(parts)


def typed_day(text: str) -> date | None:
    """A day that was typed as 2026-12-01; None for no text."""
    return date.fromisoformat(text) if text else None


def day_fault(text: str) -> str:
    """What is wrong with a day that was typed."""
    try:
        typed_day(text)
    except ValueError:
        return "日期请写成 2026-12-01 这样。"
    return ""


def moment_fault(text: str) -> str:
    """What is wrong with a day and a time that were typed."""
    try:
        typed_moment(text)
    except ValueError:
        return "时间请写成 2026-12-01 14:30 这样。"
    return ""


def typed_moment(text: str) -> datetime:
    """A local day and time that were typed as 2026-12-01 14:30."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HALL_ZONE)
