"""Tickets: their codes, their states, and who is next, with the reason."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hall.errors import Refused
from hall.words import PRIORITY_KINDS, TICKET_ACTIONS, TICKET_STATES

TicketAction = Literal["call", "recall", "skip", "start", "finish", "cancel"]

# action → states it may start from, state it leads to
_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "call": (frozenset({"waiting"}), "called"),
    "recall": (frozenset({"called"}), "called"),
    "skip": (frozenset({"called"}), "skipped"),
    "start": (frozenset({"called"}), "serving"),
    "finish": (frozenset({"called", "serving"}), "finished"),
    "cancel": (frozenset({"waiting", "called", "skipped"}), "cancelled"),
}

OPEN_AT_COUNTER = frozenset({"called", "serving"})


class NobodyWaits(Refused):
    """The counter asked for the next ticket and nobody is waiting for it."""

    def __init__(self) -> None:
        super().__init__("现在没有人等候。")


class TicketNotReady(Refused):
    """The ticket's state does not allow the action."""

    def __init__(self, code: str, action: str, state: str) -> None:
        super().__init__(f"{code} 号现在是“{TICKET_STATES[state]}”，不能{TICKET_ACTIONS[action]}。")


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """Parameters a hall may change (resources/queueing.toml).

    `head_starts`: priority kind → the ticket ranks as if it had been taken that much earlier.
    `elder_age`: full years from which a card taken at the kiosk makes the ticket an elder's.
    `service_minutes`: mean time at the counter, used while fewer than `fewest_for_mean` tickets are finished.
    """

    head_starts: Mapping[str, timedelta]
    elder_age: int
    service_minutes: int
    fewest_for_mean: int

    def rank_at(self, issued_at: datetime, priority: str) -> datetime:
        """The instant by which a ticket is ranked; refuses an unknown kind of priority."""
        if priority not in self.head_starts:
            known = "、".join(PRIORITY_KINDS[kind] for kind in self.head_starts)
            raise Refused(f"没有“{priority}”这种优先类别；可用的有：{known}。")
        return issued_at - self.head_starts[priority]


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A ticket in the queue. `rank_at` is the instant it was taken less its head start."""

    ticket_id: int
    code: str
    priority: str
    issued_at: datetime
    rank_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """The next ticket and why it is the next, in one Chinese sentence."""

    ticket: WaitingTicket
    reason: str


def ticket_code(prefix: str, sequence: int) -> str:
    """A letter and at least three digits: A017; the thousandth ticket is A1000."""
    if sequence < 1:
        raise ValueError("a sequence starts at 1")
    return f"{prefix}{sequence:03d}"


def after(action: TicketAction, state: str, *, code: str) -> str:
    """The state that follows, or TicketNotReady."""
    sources, target = _TRANSITIONS[action]
    if state not in sources:
        raise TicketNotReady(code, action, state)
    return target


def next_ticket(waiting: Iterable[WaitingTicket]) -> Choice:
    """Lowest rank first, ties by ticket id.

    The head start is bounded, so nobody waits for ever: after it has run out an ordinary ticket
    is ahead of every later priority ticket. The choice does not depend on the order of the rows.
    """
    candidates = sorted(waiting, key=lambda ticket: (ticket.rank_at, ticket.ticket_id))
    if not candidates:
        raise NobodyWaits
    first = candidates[0]
    overtaken = min(candidates, key=lambda ticket: (ticket.issued_at, ticket.ticket_id))
    if overtaken.ticket_id == first.ticket_id:
        return Choice(first, f"{first.code} 取号最早。")
    minutes = int((first.issued_at - first.rank_at) / timedelta(minutes=1))
    return Choice(first, f"{first.code} 是优先号，按提前 {minutes} 分钟排队，先于 {overtaken.code}。")


def waiting_minutes(ahead: int, *, counters: int, service_minutes: float) -> tuple[int, int]:
    """The waiting time as a span of whole minutes, at least a minute wide: from four fifths to the whole of it."""
    expected = ahead * service_minutes / max(counters, 1)
    low = int(expected * 0.8)
    return low, max(math.ceil(expected), low + 1)
