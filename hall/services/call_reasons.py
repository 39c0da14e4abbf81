"""Why a ticket was called: the sentence that was stored with the call answers 「为什么先叫 B012」."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing
from hall.rules.authority import may, require
from hall.rules.call_words import public_reason
from hall.rules.people import Actor
from hall.store import Store
from hall.store.schema.queueing import Ticket, TicketEvent


class NotYetCalled(Missing):
    """Nobody has called the number today."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} 号今天还没有叫过，请核对号码。")


def why(store: Store, actor: Actor, *, code: str) -> str:
    """The sentence of today's last call of the number; raises NotYetCalled. A preview is not told.

    What a clerk wrote about a call out of order is for the staff of the queue only.
    """
    require(actor, "queue.read")
    wanted = code.strip().upper()
    called = (
        select(TicketEvent.reason, TicketEvent.terms)
        .join(Ticket, Ticket.id == TicketEvent.ticket_id)
        .where(
            Ticket.hall_id == store.hall_id,
            Ticket.business_date == business_date(store.clock.now()),
            Ticket.code == wanted,
            TicketEvent.kind.in_(("call", "serve")),
        )
        .order_by(TicketEvent.id.desc())
    )
    with store.read(actor) as session:
        row = session.execute(called.limit(1)).tuples().one_or_none()
    if row is None:
        raise NotYetCalled(wanted)
    return row[0] if may(actor, "queue.cancel") else public_reason(wanted, *row)


def call_reason(session: Session, ticket: Ticket) -> str:
    """Why the ticket stands at its counter."""
    return (
        session.scalar(
            select(TicketEvent.reason)
            .where(TicketEvent.ticket_id == ticket.id, TicketEvent.kind.in_(("choose", "call", "serve")))
            .order_by(TicketEvent.id.desc())
            .limit(1)
        )
        or ""
    )
