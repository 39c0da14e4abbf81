"""What screens show of the counters: state, clerk, matters, the number that stands there."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.tickets import OPEN_AT_COUNTER
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.people import Account
from hall.store.schema.queueing import Counter, CounterMatter, Ticket


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter now. `matters`: code → head start in minutes; none means every matter.

    `code` is the number that was called there or is served, not one that is only chosen.
    """

    number: int
    state: str
    since: datetime | None
    reason: str
    clerk_name: str
    clerk_badge: str
    matters: dict[str, int]
    code: str
    emergency_at: datetime | None


def counters(store: Store, actor: Actor) -> tuple[CounterView, ...]:
    """Every counter of the hall by number. One that was left open on an earlier day is closed."""
    require(actor, "queue.read")
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        matters = _matters(session, store.hall_id)
        at_counter = and_(Ticket.counter_id == Counter.id, Ticket.state.in_(OPEN_AT_COUNTER - {"chosen"}))
        rows = session.execute(
            select(Counter, Account.display_name, Account.badge_number, Ticket.code)
            .outerjoin(Account, Account.id == Counter.account_id)
            .outerjoin(Ticket, and_(at_counter, Ticket.business_date == today))
            .where(Counter.hall_id == store.hall_id)
            .order_by(Counter.number)
        ).tuples()
        return tuple(
            _view(place, today=today, clerk=(name or "", badge or ""), matters=matters.get(place.id, {}), code=code)
            for place, name, badge, code in rows.all()
        )


def _view(
    place: Counter, *, today: date, clerk: tuple[str, str], matters: dict[str, int], code: str | None
) -> CounterView:
    left_open = place.since is not None and business_date(place.since) != today
    closed = left_open or place.state == "closed"
    return CounterView(
        number=place.number,
        state="closed" if closed else place.state,
        since=None if left_open else place.since,
        reason="" if closed else place.reason,
        clerk_name="" if closed else clerk[0],
        clerk_badge="" if closed else clerk[1],
        matters=matters,
        code=code or "",
        emergency_at=place.emergency_at,
    )


def _matters(session: Session, hall_id: int) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = session.execute(
        select(CounterMatter.counter_id, Matter.code, CounterMatter.head_start_minutes)
        .join(Matter, Matter.id == CounterMatter.matter_id)
        .where(CounterMatter.hall_id == hall_id)
        .order_by(Matter.code)
    )
    for counter_id, code, minutes in rows.tuples():
        found.setdefault(counter_id, {})[code] = minutes
    return found
