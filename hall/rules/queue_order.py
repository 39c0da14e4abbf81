"""Who is next at a counter, and why: one pure rule over the waiting tickets that the counter may serve.

1. Whoever has waited as long as the matter allows comes first, the earliest such instant before the later;
   nothing overrides it, so every wait is bounded.
2. After k favoured calls in a row at this counter, the next is an ordinary ticket, if one waits.
3. Otherwise the lowest rank: the instant the number was taken, less the head start of the ticket's priority,
   less the head start that this counter gives to the matter. Waiting raises everybody's rank alike, so a bounded
   head start is used up in time.
Ties go to the smaller ticket id. The order of the rows never matters.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.errors import Refused
from hall.words import PRIORITY_KINDS


class NobodyWaits(Refused):
    """The counter asked for the next ticket and nobody is waiting for it."""

    def __init__(self) -> None:
        super().__init__("现在没有人等候。")


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A ticket in the queue. Lane: the tickets of one matter and one priority; within it the oldest comes first."""

    ticket_id: int
    code: str
    matter_id: int
    priority: str
    favoured: bool
    waits_from: datetime
    rank_at: datetime
    must_call_by: datetime


@dataclass(frozen=True, slots=True)
class CallingCounter:
    """What of a counter matters to the choice.

    `head_starts`: matter → how much earlier this counter ranks it (missing: not at all);
    `favoured_calls`: favoured tickets it has called in a row; `favoured_in_a_row`: how many it may (k).
    """

    head_starts: Mapping[int, timedelta]
    favoured_calls: int
    favoured_in_a_row: int

    def rank(self, ticket: WaitingTicket) -> datetime:
        """The instant by which this counter ranks the ticket."""
        return ticket.rank_at - self.head_starts.get(ticket.matter_id, timedelta())

    def favoured_calls_after(self, called: WaitingTicket, candidates: tuple[WaitingTicket, ...]) -> int:
        """Its favoured calls in a row after this call; only those that keep an ordinary ticket waiting count."""
        if called.favoured and any(not ticket.favoured for ticket in candidates):
            return self.favoured_calls + 1
        return 0

    def after(self, called: WaitingTicket, candidates: tuple[WaitingTicket, ...]) -> "CallingCounter":
        """The counter after this call."""
        count = self.favoured_calls_after(called, candidates)
        if count == self.favoured_calls:
            return self
        return CallingCounter(self.head_starts, count, self.favoured_in_a_row)


@dataclass(frozen=True, slots=True)
class Choice:
    """The next ticket; why, in one Chinese sentence; by which rule; the counter's favoured calls in a row after it."""

    ticket: WaitingTicket
    reason: str
    rule: str
    favoured_calls: int


def next_ticket(waiting: Iterable[WaitingTicket], counter: CallingCounter, now: datetime) -> Choice:
    """The next ticket of those the counter may serve; raises NobodyWaits."""
    candidates = tuple(waiting)
    first, rule = first_of(candidates, counter, now)
    if rule == "longest-wait":
        reason = _overdue_words(first, now)
    elif rule == "ratio":
        reason = _ratio_words(first, counter)
    else:
        reason = _rank_words(first, candidates, counter)
    return Choice(first, reason, rule, counter.favoured_calls_after(first, candidates))


def first_of(
    candidates: tuple[WaitingTicket, ...], counter: CallingCounter, now: datetime
) -> tuple[WaitingTicket, str]:
    """Which ticket is the next and by which rule, without the words; raises NobodyWaits."""
    if not candidates:
        raise NobodyWaits
    overdue = [ticket for ticket in candidates if ticket.must_call_by <= now]
    if overdue:
        return min(overdue, key=_by_longest_wait), "longest-wait"
    by_rank = _by(counter.rank)
    first = min(candidates, key=by_rank)
    if first.favoured and counter.favoured_calls >= counter.favoured_in_a_row:
        ordinary = [ticket for ticket in candidates if not ticket.favoured]
        if ordinary:
            return min(ordinary, key=by_rank), "ratio"
    return first, "rank"


def _by_longest_wait(ticket: WaitingTicket) -> tuple[datetime, int]:
    return ticket.must_call_by, ticket.ticket_id


def _by(instant: Callable[[WaitingTicket], datetime]) -> Callable[[WaitingTicket], tuple[datetime, int]]:
    return lambda ticket: (instant(ticket), ticket.ticket_id)


def _overdue_words(ticket: WaitingTicket, now: datetime) -> str:
    longest, waited = ticket.must_call_by - ticket.waits_from, now - ticket.waits_from
    return f"{ticket.code} 已等 {_minutes(waited)} 分钟，到了最长等候 {_minutes(longest)} 分钟，必须先叫。"


def _ratio_words(ticket: WaitingTicket, counter: CallingCounter) -> str:
    return f"本窗口已连叫 {counter.favoured_calls} 个优先号，轮到普通号 {ticket.code}。"


def _rank_words(first: WaitingTicket, candidates: tuple[WaitingTicket, ...], counter: CallingCounter) -> str:
    oldest = min(candidates, key=_by(lambda ticket: ticket.waits_from))
    if oldest.ticket_id == first.ticket_id:
        return f"{first.code} 等得最久。"
    early = first.waits_from - counter.rank(first)
    if early <= timedelta():
        return f"{oldest.code} 已改排到后面，先叫 {first.code}。"
    if first.favoured:
        kind = PRIORITY_KINDS[first.priority]
        return f"{first.code} 是{kind}号，按提前 {_minutes(early)} 分钟排队，先于 {oldest.code}。"
    if counter.head_starts.get(first.matter_id):
        return f"{first.code} 是本窗口主办事项，按提前 {_minutes(early)} 分钟排队，先于 {oldest.code}。"
    return f"{first.code} 按原来的次序排在 {oldest.code} 之前。"


def _minutes(length: timedelta) -> int:
    return int(length / timedelta(minutes=1))
