"""A market: people of every duty, vendors, and facts about them as far as a test wants."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hall.clock import FixedClock
from hall.rules.vendor_credit import Admission
from hall.services import vendor_events, vendor_lists, vendors
from hall.services.persons import PersonDetails
from hall.services.vendor_events import NewFact
from hall.services.vendor_lists import FactRow, VendorRow
from hall.services.vendor_reading import admission_of
from hall.services.vendors import Entered, NewVendor
from hall.store import Store
from tests.services.penalties.office import Office

LENT = NewFact(
    "K04", date(2026, 11, 20), "将摊位证交由他人使用，经营三日", "现场检查笔录和本人陈述", "向阳路临时疏导点"
)
HELPED = NewFact("J02", date(2026, 11, 20), "参加摊点夜间巡查六次", "自治管理委员会证明")


def lent_on(day: int) -> NewFact:
    """Lent on another day of November."""
    return replace(LENT, happened_on=date(2026, 11, day))


@dataclass
class Market:
    """Today is the clock's day (23 November 2026 at first). Who signs in is the office's people, by login."""

    office: Office

    @classmethod
    def opened(cls, store: Store, clock: FixedClock, home: Path) -> "Market":
        """With its people."""
        office = Office(store, clock, home)
        office.open()
        return cls(office)

    @property
    def store(self) -> Store:
        """The store of the station."""
        return self.office.store

    @property
    def home(self) -> Path:
        """HALL_HOME."""
        return self.office.home

    def enter(self, person: PersonDetails | None = None, *, farmer: bool = False) -> Entered:
        """A vendor, entered by "clerk"."""
        new = NewVendor(person or self.office.resident(), "food", farmer, "向阳路早市")
        return vendors.enter(self.store, self.office.actor("clerk"), new=new)

    def noted(self, vendor_id: int, new: NewFact = LENT, *, by: str = "reviewer") -> int:
        """A fact, entered by "reviewer"."""
        return vendor_events.note(self.store, self.office.actor(by), vendor_id=vendor_id, new=new, home=self.home)

    def confirmed(self, vendor_id: int, new: NewFact = LENT) -> int:
        """And confirmed by "head"."""
        event_id = self.noted(vendor_id, new)
        vendor_events.confirm(self.store, self.office.actor("head"), event_id=event_id)
        return event_id

    def told(self, vendor_id: int, new: NewFact = LENT) -> int:
        """And its notice handed over by "clerk" today."""
        event_id = self.confirmed(vendor_id, new)
        clerk = self.office.actor("clerk")
        vendor_events.notify(self.store, clerk, event_id=event_id, way="handed", home=self.home)
        return event_id

    def objected(self, vendor_id: int) -> int:
        """And objected to."""
        event_id = self.told(vendor_id)
        clerk = self.office.actor("clerk")
        vendor_events.object_to(self.store, clerk, event_id=event_id, objection="当日由家人代看，没有出借")
        return event_id

    def vendor(self, vendor_id: int) -> VendorRow:
        """The vendor as the list shows it."""
        rows = vendor_lists.vendors(self.store, self.office.actor("clerk"), left=True, home=self.home)
        return next(row for row in rows if row.vendor_id == vendor_id)

    def fact(self, event_id: int) -> FactRow:
        """A fact as the list shows it."""
        rows = vendor_lists.facts(self.store, self.office.actor("clerk"), listed="all", home=self.home)
        return next(row for row in rows if row.event_id == event_id)

    def admission(self, person_id: int) -> Admission:
        """What the credit of today means for a stall."""
        with self.store.read() as session:
            return admission_of(session, person_id, on=self.office.today, home=self.home)
