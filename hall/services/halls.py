"""The hall itself: what screens show of it, and its counters."""

from dataclasses import dataclass

from sqlalchemy import select

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.store import Store
from hall.store.schema.halls import Hall
from hall.store.schema.queueing import Counter


@dataclass(frozen=True, slots=True)
class HallView:
    """A hall's name and telephones, and the numbers of its counters in order."""

    name: str
    address: str
    phone: str
    complaint_phone: str
    counters: tuple[int, ...]


def hall_view(store: Store, actor: Actor) -> HallView:
    """The hall this station stands in."""
    require(actor, "queue.read")
    with store.read() as session:
        hall = session.get_one(Hall, store.hall_id)
        counters = session.scalars(
            select(Counter.number).where(Counter.hall_id == store.hall_id).order_by(Counter.number)
        )
        return HallView(hall.name, hall.address, hall.phone, hall.complaint_phone, tuple(counters))
