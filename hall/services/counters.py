"""The day of a counter: opened, paused, taken up again, closed; help called for. Each deed is one transaction."""

from sqlalchemy import select, update

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services.counter_records import add_counter_event, leave_nobody, locked_counter, set_counter
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.queueing import Counter, Ticket
from hall.words import COUNTER_STATES


class CounterNotReady(Refused):
    """The counter's state does not allow the deed."""

    def __init__(self, place: Counter, way: str) -> None:
        super().__init__(f"{place.number}号窗口现在是“{COUNTER_STATES[place.state]}”，{way}。")


class UnknownPause(Refused):
    """A pause needs one of the hall's reasons."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(f"暂停要选一个原因：{'、'.join(reasons)}。")


class StillHeld(Refused):
    """A closed counter takes nothing up again."""

    def __init__(self, codes: str) -> None:
        super().__init__(f"本窗口还有挂起的号（{codes}），请先恢复办完或退回排队，再关闭窗口。")


@retried
def open_counter(store: Store, actor: Actor, *, counter: int) -> None:
    """The clerk begins; a counter that another clerk has left open is taken over."""
    require(actor, "counter.open")
    with store.work("counter.open", actor) as work:
        place = locked_counter(work, counter)
        today = place.since is not None and business_date(place.since) == business_date(work.now)
        if today and place.state == "paused":
            raise CounterNotReady(place, "请按恢复（F9）")
        if today and place.state == "open" and place.account_id == actor.account_id:
            raise CounterNotReady(place, "不用再开放")
        leave_nobody(work, place)
        set_counter(work, place, "open", event="open")
        work.audit(f"counter:{place.id}", counter=counter)


@retried
def pause(store: Store, actor: Actor, *, counter: int, reason: str, policy: QueuePolicy) -> None:
    """Nobody is called here for a while, for one of the hall's reasons."""
    require(actor, "counter.pause")
    if reason not in policy.pause_reasons:
        raise UnknownPause(policy.pause_reasons)
    with store.work("counter.pause", actor) as work:
        place = locked_counter(work, counter)
        leave_nobody(work, place)
        if place.state != "open":
            raise CounterNotReady(place, "不能暂停")
        set_counter(work, place, "paused", event="pause", reason=reason)
        work.audit(f"counter:{place.id}", counter=counter, reason=reason)


@retried
def unpause(store: Store, actor: Actor, *, counter: int) -> None:
    """The pause is over."""
    require(actor, "counter.pause")
    with store.work("counter.resume", actor) as work:
        place = locked_counter(work, counter)
        if place.state != "paused":
            raise CounterNotReady(place, "没有暂停，不用恢复")
        set_counter(work, place, "open", event="resume")
        work.audit(f"counter:{place.id}", counter=counter)


@retried
def close_counter(store: Store, actor: Actor, *, counter: int) -> None:
    """The clerk leaves. Tickets that were sent to this counter may be called at any other from now on."""
    require(actor, "counter.open")
    with store.work("counter.close", actor) as work:
        place = locked_counter(work, counter)
        leave_nobody(work, place)
        if place.state == "closed":
            raise CounterNotReady(place, "不用再关闭")
        _refuse_held(work, place)
        work.session.execute(
            update(Ticket)
            .where(Ticket.only_counter_id == place.id, Ticket.state.in_(("waiting", "skipped")))
            .values(only_counter_id=None)
            .execution_options(synchronize_session=False)
        )
        set_counter(work, place, "closed", event="close")
        work.audit(f"counter:{place.id}", counter=counter)
        work.changed("queue", "")


@retried
def emergency(store: Store, actor: Actor, *, counter: int) -> None:
    """Help is wanted at the counter: every screen of staff shows it at once. It is never refused for a state."""
    require(actor, "counter.emergency")
    with store.work("counter.emergency", actor) as work:
        place = locked_counter(work, counter)
        place.emergency_at = place.emergency_at or work.now
        add_counter_event(work, place, "emergency")
        work.audit(f"counter:{place.id}", counter=counter)


@retried
def calm(store: Store, actor: Actor, *, counter: int) -> None:
    """Help has come."""
    require(actor, "counter.emergency")
    with store.work("counter.calm", actor) as work:
        place = locked_counter(work, counter)
        if place.emergency_at is None:
            raise Refused(f"{place.number}号窗口没有紧急求助，不用解除。")
        place.emergency_at = None
        add_counter_event(work, place, "calm")
        work.audit(f"counter:{place.id}", counter=counter)


def _refuse_held(work: Work, place: Counter) -> None:
    today = business_date(work.now)
    codes = work.session.scalars(
        select(Ticket.code)
        .where(Ticket.counter_id == place.id, Ticket.business_date == today, Ticket.state == "held")
        .order_by(Ticket.id)
    ).all()
    if codes:
        raise StillHeld("、".join(codes))
