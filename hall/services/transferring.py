"""Transfers (转移): the same ticket goes to another matter or another counter, with a note, and may come back."""

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Refused, Stale
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services.catalogue import matter_in_force
from hall.services.counter_records import locked_counter, serves, tell
from hall.services.queue_reading import counter_named
from hall.services.reasons import short_text
from hall.services.ticket_records import advance, leave_counter, open_at, present_ticket
from hall.services.ticket_records import matter_code as code_of
from hall.store import Store, Work
from hall.store.chain import canonical_json
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket, TicketEvent


class NoTransfer(Refused):
    """The ticket cannot go there."""


@retried
def transfer(
    store: Store,
    actor: Actor,
    *,
    counter: int,
    policy: QueuePolicy,
    matter_code: str | None = None,
    to_counter: int | None = None,
    note: str = "",
    come_back: bool = False,
) -> None:
    """Send the present ticket to a matter, a counter or both; its number stays.

    It keeps its time or goes last, as the policy says. With `come_back` it returns to this counter when it is done
    there. Only the clerk who calls it reads the note.
    """
    require(actor, "queue.transfer")
    note = short_text(note)
    with store.work("queue.transfer", actor) as work:
        target_id = None if to_counter is None else counter_named(work.session, work.hall_id, to_counter).id
        place = locked_counter(work, counter, beside=target_id)
        ticket = present_ticket(work, place)
        target = None if target_id is None else work.session.get_one(Counter, target_id)
        matter_id = _matter_id(work, ticket, matter_code)
        _refuse_nowhere(work, ticket, place, target=target, matter_id=matter_id)
        if come_back and ticket.sender_counter_id is not None:
            raise NoTransfer(f"{ticket.code} 号办完要回原来的窗口，不能再约定回本窗口。请去掉“办完回来”。")
        _send(work, ticket, place, target=target, matter_id=matter_id, note=note)
        ticket.sender_counter_id = place.id if come_back else ticket.sender_counter_id
        if not policy.calling.transfer_keeps_time:
            ticket.waits_from = work.now
            ticket.rank_at = policy.rank_at(work.now, ticket.priority)
        ticket.must_call_by = policy.must_call_by(ticket.waits_from, code_of(work.session, ticket))


@retried
def send_back(store: Store, actor: Actor, *, counter: int, note: str = "") -> None:
    """Return the present ticket to the counter that sent it, where the clerk goes on with it."""
    require(actor, "queue.transfer")
    note = short_text(note)
    with store.work("queue.send-back", actor) as work:
        place, ticket = with_sender(work, counter)
        if ticket.sender_counter_id is None:
            raise NoTransfer(f"{ticket.code} 号不是别的窗口转来要送回的，请用转移（F5）。")
        go_back(work, ticket, place, note=note)


def with_sender(work: Work, counter: int) -> tuple[Counter, Ticket]:
    """The counter and its present ticket, locked together with the counter to which the ticket goes back."""
    place = counter_named(work.session, work.hall_id, counter)
    sender_id = work.session.scalar(open_at(place).with_only_columns(Ticket.sender_counter_id))
    place = locked_counter(work, counter, beside=sender_id)
    ticket = present_ticket(work, place)
    if ticket.sender_counter_id not in (None, sender_id):
        raise Stale("号票刚刚换了，请看一眼再办一次。")
    return place, ticket


def go_back(work: Work, ticket: Ticket, place: Counter, *, note: str) -> None:
    """Back to the sender with the matter it was from there, or to any counter if the sender cannot call it now."""
    sender = work.session.get_one(Counter, ticket.sender_counter_id)
    sent_for = work.session.scalar(
        select(TicketEvent.matter_id)
        .where(
            TicketEvent.ticket_id == ticket.id,
            TicketEvent.kind == "transfer",
            TicketEvent.counter_id == sender.id,
        )
        .order_by(TicketEvent.id.desc())
        .limit(1)
    )
    matter_id = sent_for or ticket.matter_id
    reachable = sender.state != "closed" and serves(work.session, sender, matter_id)
    _send(work, ticket, place, target=sender if reachable else None, matter_id=matter_id, note=note)
    ticket.sender_counter_id = None


def _send(work: Work, ticket: Ticket, place: Counter, *, target: Counter | None, matter_id: int, note: str) -> None:
    """The event stands for the matter it was served for here, and says where it went."""
    back = ticket.sender_counter_id is not None and (target is None or target.id == ticket.sender_counter_id)
    terms = {"back": back, "counter": target.number if target else None, "matter": matter_id}
    tell(work, ticket, place, "transfer", reason=note, terms=canonical_json(terms))
    advance(ticket, "transfer")
    leave_counter(ticket)
    ticket.matter_id = matter_id
    ticket.only_counter_id = target.id if target else None
    ticket.note = note


def _matter_id(work: Work, ticket: Ticket, code: str | None) -> int:
    if code is None:
        return ticket.matter_id
    return matter_in_force(work.session, work.hall_id, code, business_date(work.now)).matter_id


def _refuse_nowhere(work: Work, ticket: Ticket, place: Counter, *, target: Counter | None, matter_id: int) -> None:
    if target is None and matter_id == ticket.matter_id:
        raise NoTransfer("请选要转去的事项或窗口。")
    if target is None:
        return
    if target.id == place.id:
        raise NoTransfer(f"{ticket.code} 号已经在本窗口，请选别的窗口。")
    if target.state == "closed":
        raise NoTransfer(f"{target.number}号窗口没有开放，请选开放的窗口，或只选事项。")
    if not serves(work.session, target, matter_id):
        raise NoTransfer(f"{target.number}号窗口不办这个事项，请改选事项或窗口。")
