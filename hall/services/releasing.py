"""Tickets ended or freed by their key, not from their counter: cancelled, or released by the manager when stuck."""

from sqlalchemy import select

from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.tickets import NOT_LIVE
from hall.services.reasons import reason_for
from hall.services.ticket_records import add_event, advance, leave_counter, ticket_locked
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket


class NotPrintedYet(Refused):
    """A number without its slip is ended together with the slip."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} 号的小票还没有打出，请在“未打印”里补打或作废。")


@retried
def cancel(store: Store, actor: Actor, *, ticket_id: int, reason: str) -> None:
    """作废: the person leaves. What is being served is finished or given back, not cancelled."""
    require(actor, "queue.cancel")
    reason = reason_for("作废", reason)
    with store.work("queue.cancel", actor) as work:
        ticket = _locked_with_counter(work, ticket_id)
        if ticket.state in NOT_LIVE:
            raise NotPrintedYet(ticket.code)
        _cancel(work, ticket, reason)
        _tell(work, ticket, reason)


@retried
def release(store: Store, actor: Actor, *, ticket_id: int, reason: str, cancel: bool = False) -> None:
    """Free a ticket that is stuck at a counter or parked: back to the queue keeping its time, or cancelled."""
    require(actor, "queue.release")
    reason = reason_for("释放", reason)
    with store.work("queue.release", actor) as work:
        ticket = _locked_with_counter(work, ticket_id)
        advance(ticket, "release")
        add_event(work, ticket, "release", counter_id=ticket.counter_id, reason=reason)
        leave_counter(ticket)
        if cancel:
            _cancel(work, ticket, reason)
        _tell(work, ticket, reason)


def _locked_with_counter(work: Work, ticket_id: int) -> Ticket:
    """The counter is locked before its ticket, as in every deed."""
    at_counter = select(Ticket.counter_id).where(Ticket.id == ticket_id, Ticket.hall_id == work.hall_id)
    work.session.execute(select(Counter.id).where(Counter.id == at_counter.scalar_subquery()).with_for_update())
    return ticket_locked(work, ticket_id)


def _cancel(work: Work, ticket: Ticket, reason: str) -> None:
    advance(ticket, "cancel")
    ticket.finished_at = work.now
    add_event(work, ticket, "cancel", counter_id=ticket.counter_id, reason=reason)


def _tell(work: Work, ticket: Ticket, reason: str) -> None:
    work.audit(f"ticket:{ticket.id}", code=ticket.code, reason=reason)
    work.changed("queue", ticket.code)
