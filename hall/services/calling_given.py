"""Calling a given number out of its order (点呼): with a reason, told as such and counted."""

from sqlalchemy import select

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.tickets import TicketNotReady
from hall.services.choosing import count_call
from hall.services.counter_records import free_counter, locked_counter, serves
from hall.services.queueing import tell_call
from hall.services.reasons import reason_for
from hall.services.ticket_records import Called, advance, matter_code
from hall.store import Store, Work
from hall.store.chain import canonical_json
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket

GIVEN = canonical_json({"rule": "given"})


class NoSuchNumber(Missing):
    """Today nobody has drawn the number."""

    def __init__(self, code: str) -> None:
        super().__init__(f"今天没有 {code} 号，请核对号码。")


class NotForThisCounter(Refused):
    """The ticket was sent to another counter, or the counter does not serve its matter."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code} 号{why}，本窗口不能呼叫。请叫下一号，或请大厅主任调整窗口事项。")


@retried
def call_given(store: Store, actor: Actor, *, counter: int, code: str, reason: str) -> Called:
    """Call a waiting or skipped ticket by its number."""
    require(actor, "queue.call")
    reason = reason_for("不按次序呼叫", reason)
    with store.work("queue.call-given", actor) as work:
        place = locked_counter(work, counter)
        free_counter(work, place)
        ticket = _ticket_coded(work, code.strip().upper())
        _refuse_others(work, ticket, place)
        ticket.counter_id = place.id  # a skipped ticket still has the counter where it was skipped
        advance(ticket, "call")
        ticket.calls = 0
        count_call(work, ticket)
        sentence = f"{ticket.code} 由窗口人员点名呼叫，原因：{reason}"
        return tell_call(work, ticket, place, action="call", reason=sentence, terms=GIVEN)


def _ticket_coded(work: Work, code: str) -> Ticket:
    today = business_date(work.now)
    ticket = work.session.scalars(
        select(Ticket)
        .where(Ticket.hall_id == work.hall_id, Ticket.business_date == today, Ticket.code == code)
        .with_for_update()
    ).one_or_none()
    if ticket is None:
        raise NoSuchNumber(code)
    return ticket


def _refuse_others(work: Work, ticket: Ticket, place: Counter) -> None:
    if ticket.state == "chosen":  # another counter looks at it; there it is called or given back
        raise TicketNotReady(ticket.code, "call", ticket.state)
    if ticket.only_counter_id not in (None, place.id):
        raise NotForThisCounter(ticket.code, "已转到别的窗口")
    if not serves(work.session, place, ticket.matter_id):
        raise NotForThisCounter(ticket.code, f"办的是 {matter_code(work.session, ticket)}")
