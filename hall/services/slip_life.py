"""A ticket lives when its slip is out: what becomes of the ticket, in the transaction that learns the slip's fate."""

from hall.rules import tickets
from hall.services.ticket_records import add_event, advance, ticket_locked
from hall.store import Work


def came_out(work: Work, ticket_id: int) -> None:
    """The slip is in the person's hand: the ticket takes part in the queue, its wait counted from when it was taken.

    A ticket that lives already, or has ended, stays as it is: its slip was a repetition.
    """
    ticket = ticket_locked(work, ticket_id)
    if ticket.state in tickets.NOT_LIVE:
        advance(ticket, "live")
        add_event(work, ticket, "live")
    work.changed("queue", ticket.code)


def misprinted(work: Work, ticket_id: int, *, why: str) -> None:
    """The slip did not come out, or nobody knows: the ticket waits for staff as 未打印."""
    ticket = ticket_locked(work, ticket_id)
    if ticket.state == "reserved":
        advance(ticket, "misprint")
        add_event(work, ticket, "misprint", reason=why)
    work.changed("queue", ticket.code)


def give_up(work: Work, ticket_id: int, *, reason: str) -> None:
    """Nobody wants the slip any more: a ticket that does not live is cancelled, and its number stays used."""
    ticket = ticket_locked(work, ticket_id)
    if ticket.state in tickets.NOT_LIVE:
        advance(ticket, "cancel")
        ticket.finished_at = work.now
        add_event(work, ticket, "cancel", reason=reason)
    work.changed("queue", ticket.code)
