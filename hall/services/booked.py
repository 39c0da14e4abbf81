"""What a card has booked for today and not yet checked in: offered at the kiosk, read without changing anything."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services import persons
from hall.services.appointments import appointments_of, without_number
from hall.services.catalogue import matter_in_force
from hall.store import Store
from hall.store.schema.catalogue import Matter


@dataclass(frozen=True, slots=True)
class Booked:
    """One booked time, without the person."""

    starts_at: datetime
    matter_code: str
    matter_name: str


def booked_today(store: Store, actor: Actor, *, card: Card) -> Booked | None:
    """The appointment that a check-in with this card would take; None if it has none left today."""
    require(actor, "queue.issue")
    index = persons.id_number_index(store.key_ring, card.id_number)
    today = business_date(store.clock.now())
    with store.read(actor) as session:
        found = without_number(session, appointments_of(session, store.hall_id, index=index, day=today))
        if found is None:
            return None
        code = session.scalars(select(Matter.code).where(Matter.id == found.matter_id)).one()
        return Booked(found.starts_at, code, matter_in_force(session, store.hall_id, code, today).matter.name)
