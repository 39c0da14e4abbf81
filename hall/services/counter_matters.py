"""Which matters a counter serves, changed while the hall is open (潮汐窗口). A change never calls anybody."""

from collections.abc import Mapping

from sqlalchemy import delete, or_, select, update

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.tickets import ENDED
from hall.services.catalogue import matter_in_force
from hall.services.counter_records import add_counter_event, locked_counter
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, CounterMatter, Ticket


class WouldStrand(Refused):
    """Somebody waits whom no counter would serve any more."""

    def __init__(self, number: int, matters: str) -> None:
        super().__init__(f"还有人在等 {matters}，而除{number}号窗口外没有窗口能叫。请先让别的窗口办理，再作调整。")


class BadHeadStart(Refused):
    """A head start is a number of minutes."""

    def __init__(self) -> None:
        super().__init__("提前的分钟数应是不小于 0 的整数。")


@retried
def set_matters(store: Store, actor: Actor, *, counter: int, matters: Mapping[str, int]) -> None:
    """Let the counter serve these matters: code → head start in minutes, by which it ranks them as its own.

    None at all means every matter. Whoever stands at the counter stays there; refused if somebody who waits would
    be left without a counter.
    """
    require(actor, "counter.matters")
    if any(minutes < 0 for minutes in matters.values()):
        raise BadHeadStart
    with store.work("counter.matters", actor) as work:
        work.lock("counter-matters")  # two counters that give up the same matter at once
        place = locked_counter(work, counter)
        today = business_date(work.now)
        ids = {code: matter_in_force(work.session, work.hall_id, code, today).matter_id for code in matters}
        if ids:
            _refuse_stranding(work, place, set(ids.values()))
            _free_others(work, place, set(ids.values()))
        work.session.execute(delete(CounterMatter).where(CounterMatter.counter_id == place.id))
        for code, minutes in matters.items():
            served = CounterMatter(hall_id=work.hall_id, counter_id=place.id, matter_id=ids[code])
            served.head_start_minutes = minutes
            work.session.add(served)
        add_counter_event(work, place, "matters", reason=_words(matters))
        work.audit(f"counter:{place.id}", counter=counter, matters=dict(matters))
        work.changed("queue", "")


def _words(matters: Mapping[str, int]) -> str:
    each = [f"{code}（提前{minutes}分钟）" if minutes else code for code, minutes in sorted(matters.items())]
    return "、".join(each) or "全部事项"


def _refuse_stranding(work: Work, place: Counter, kept: set[int]) -> None:
    """Everybody who waits must keep a counter: the one he was sent to, or any that serves his matter."""
    waiting = select(Ticket.matter_id).where(
        Ticket.hall_id == work.hall_id,
        Ticket.business_date == business_date(work.now),
        Ticket.state == "waiting",
        Ticket.matter_id.not_in(kept),
        or_(Ticket.only_counter_id == place.id, Ticket.only_counter_id.is_(None)),
    )
    sent_here = set(work.session.scalars(waiting.where(Ticket.only_counter_id == place.id).distinct()))
    anywhere = set(work.session.scalars(waiting.where(Ticket.only_counter_id.is_(None)).distinct()))
    stranded = sent_here | (anywhere - _served_elsewhere(work, place, anywhere))
    if stranded:
        codes = work.session.scalars(select(Matter.code).where(Matter.id.in_(stranded)).order_by(Matter.code))
        raise WouldStrand(place.number, "、".join(codes))


def _free_others(work: Work, place: Counter, kept: set[int]) -> None:
    """Tickets that were sent here and are called, parked or skipped: should they wait again, any counter calls them."""
    work.session.execute(
        update(Ticket)
        .where(Ticket.only_counter_id == place.id, Ticket.matter_id.not_in(kept), Ticket.state.not_in(ENDED))
        .values(only_counter_id=None)
        .execution_options(synchronize_session=False)
    )


def _served_elsewhere(work: Work, place: Counter, matters: set[int]) -> set[int]:
    others = select(Counter.id).where(Counter.hall_id == work.hall_id, Counter.id != place.id)
    restricted = select(CounterMatter.counter_id).distinct()
    if work.session.scalars(others.where(Counter.id.not_in(restricted)).limit(1)).first() is not None:
        return matters
    return set(
        work.session.scalars(select(CounterMatter.matter_id).where(CounterMatter.counter_id.in_(others)).distinct())
    )
