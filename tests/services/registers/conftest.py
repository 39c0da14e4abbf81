"""An office whose people enter what happens in the shipped registers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.persons import PersonDetails
from hall.services.register_front import RegisterFront
from hall.services.register_reading import EntryRow, Wanted
from hall.services.registers import NewEntry
from hall.store import Store
from tests.services.penalties.conftest import office, postgresql_template, settle, sqlite_template
from tests.services.penalties.office import Office

__all__ = ["office", "postgresql_template", "settle", "sqlite_template"]

DAY = date(2026, 11, 23)


@dataclass
class Desk:
    """Whoever is signed in at the registers."""

    office: Office
    front_of: Callable[[Store, Actor], Front]

    def at(self, login: str) -> RegisterFront:
        """What somebody can do with the registers."""
        return self.front_of(self.office.store, self.office.actor(login)).registers

    def correction(self, *, by: str = "clerk", until: str = "2026-11-30", **values: str) -> int:
        """An order to correct something, entered today about a new person."""
        told = {"problem": "店外堆放货物", "place": "莲城区向阳路18号", "demand": "清理", "correct_by": until, **values}
        return self.at(by).enter(NewEntry("corrections", DAY, told, self.office.resident())).entry_id

    def opinion(self, *, by: str = "clerk", matter: str = "早市占道") -> int:
        """Public opinion, due two days after today."""
        told = {"matter": matter, "channel": "网络", "content": "早市收摊后没有清理", "unit": "城东中队"}
        return self.at(by).enter(NewEntry("public_opinion", DAY, told)).entry_id

    def person(self) -> PersonDetails:
        """Somebody new."""
        return self.office.resident()

    def row(self, entry_id: int, *, by: str = "boss", code: str = "") -> EntryRow:
        """The entry as a list shows it."""
        rows = self.at(by).entries(Wanted(code, closed=True))
        return next(row for row in rows if row.entry_id == entry_id)


@pytest.fixture
def desk(office: Office, front_of: Callable[[Store, Actor], Front]) -> Desk:
    return Desk(office, front_of)
