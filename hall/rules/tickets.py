"""Tickets: their codes, their states, and which action leads from which state to which."""

from typing import Literal

from hall.errors import Refused
from hall.words import TICKET_ACTIONS, TICKET_STATES

TicketAction = Literal[
    "live",
    "misprint",
    "choose",
    "call",
    "recall",
    "arrive",
    "start",
    "hold",
    "resume",
    "return",
    "transfer",
    "skip",
    "requeue",
    "finish",
    "proceed",
    "continue",
    "serve",
    "cancel",
    "release",
    "unfinished",
]

# A counter has one ticket in one of these at most.
OPEN_AT_COUNTER = frozenset({"chosen", "called", "arrived", "serving"})
# Before its slip is printed a ticket takes no part in the queue.
NOT_LIVE = frozenset({"reserved", "unprinted"})
# What the end of the day closes as 未办结.
OPEN = OPEN_AT_COUNTER | NOT_LIVE | {"waiting", "held", "skipped"}
ENDED = frozenset({"finished", "cancelled", "unfinished"})

_PRESENT = frozenset({"called", "arrived", "serving"})

# action → states it may start from, state it leads to
_TRANSITIONS: dict[str, tuple[frozenset[str], str]] = {
    "live": (NOT_LIVE, "waiting"),
    "misprint": (frozenset({"reserved"}), "unprinted"),
    "choose": (frozenset({"waiting"}), "chosen"),
    "call": (frozenset({"waiting", "chosen", "skipped"}), "called"),
    "recall": (frozenset({"called"}), "called"),
    "arrive": (frozenset({"called"}), "arrived"),
    "start": (frozenset({"called", "arrived"}), "serving"),
    "hold": (_PRESENT, "held"),
    "resume": (frozenset({"held"}), "serving"),
    "return": (OPEN_AT_COUNTER | {"held"}, "waiting"),
    "transfer": (_PRESENT, "waiting"),
    "skip": (frozenset({"called"}), "skipped"),
    "requeue": (frozenset({"skipped"}), "waiting"),
    "finish": (_PRESENT, "finished"),
    "proceed": (_PRESENT, "waiting"),
    "continue": (_PRESENT, "serving"),
    "serve": (frozenset({"waiting"}), "serving"),
    "cancel": (NOT_LIVE | {"waiting", "called", "arrived", "held", "skipped"}, "cancelled"),
    "release": (OPEN_AT_COUNTER | {"held"}, "waiting"),
    "unfinished": (OPEN, "unfinished"),
}


class TicketNotReady(Refused):
    """The ticket's state does not allow the action."""

    def __init__(self, code: str, action: str, state: str) -> None:
        super().__init__(f"{code} 号现在是“{TICKET_STATES[state]}”，不能{TICKET_ACTIONS[action]}。")


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
