"""The preview (预览): the next ticket stands at the counter before it is announced; nobody sees yet who it is."""

from sqlalchemy import update

from hall.errors import Stale
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services.call_reasons import call_reason
from hall.services.counter_records import free_counter, locked_counter, tell
from hall.services.queueing import _ATTEMPTS, _choose, tell_call
from hall.services.ticket_records import Called, advance, called_view, present_ticket
from hall.store import Store, Work
from hall.store.chain import canonical_json
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket


@retried
def choose_next(store: Store, actor: Actor, *, counter: int, policy: QueuePolicy) -> Called:
    """Put the next ticket to the counter without calling it. The same rule chooses as for a call."""
    require(actor, "queue.call")
    with store.work("queue.choose", actor) as work:
        place = locked_counter(work, counter)
        free_counter(work, place)
        for _ in range(_ATTEMPTS):
            choice = _choose(work, place, policy)
            if _take(work, choice.ticket.ticket_id, place):
                place.favoured_calls = choice.favoured_calls
                ticket = work.session.get_one(Ticket, choice.ticket.ticket_id, populate_existing=True)
                terms = canonical_json({"rule": choice.rule})
                tell(work, ticket, place, "choose", reason=choice.reason, terms=terms)
                ring = work.key_ring
                return called_view(work.session, ring, ticket, place, reason=choice.reason, now=work.now)
        raise Stale("排队变化太快，没有选到号，请再按一次。")


@retried
def announce(store: Store, actor: Actor, *, counter: int) -> Called:
    """Call the ticket that was chosen."""
    require(actor, "queue.call")
    with store.work("queue.announce", actor) as work:
        place = locked_counter(work, counter)
        ticket = present_ticket(work, place)
        advance(ticket, "call")
        count_call(work, ticket)
        return tell_call(work, ticket, place, action="call", reason=call_reason(work.session, ticket))


def count_call(work: Work, ticket: Ticket) -> None:
    """The ticket is called once more, at this instant, by this clerk."""
    ticket.account_id = work.actor.account_id
    ticket.called_at = work.now
    ticket.first_called_at = ticket.first_called_at or work.now
    ticket.calls += 1
    work.session.flush()


def _take(work: Work, ticket_id: int, place: Counter) -> bool:
    """The guarded update: true when this counter, and no other, has taken the ticket."""
    taken = work.session.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.state == "waiting")
        .values(state="chosen", counter_id=place.id, account_id=work.actor.account_id)
        .returning(Ticket.id)
        .execution_options(synchronize_session=False)
    )
    return taken.scalar_one_or_none() is not None
