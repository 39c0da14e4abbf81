"""What one actor can do with the registers (登记簿): the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.registers import Register
from hall.services import register_reading, registers
from hall.services.issuing import Issued
from hall.services.register_reading import EntryRow, Wanted
from hall.services.registers import Entered, NewEntry
from hall.store import Store


@dataclass(frozen=True, slots=True)
class RegisterFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def declared(self) -> tuple[Register, ...]:
        """The registers that the actor sees."""
        return register_reading.registers_for(self.store, self.actor, home=self.home)

    def staff(self) -> tuple[str, ...]:
        """Whom a field for a colleague may name."""
        return register_reading.staff(self.store, self.actor)

    def entries(self, wanted: Wanted) -> tuple[EntryRow, ...]:
        """The newest entries."""
        return register_reading.entries(self.store, self.actor, wanted=wanted, home=self.home)

    def waiting(self) -> tuple[EntryRow, ...]:
        """What waits for its result, in all registers."""
        return register_reading.waiting(self.store, self.actor, home=self.home)

    def enter(self, new: NewEntry) -> Entered:
        """登记."""
        return registers.enter(self.store, self.actor, new=new, home=self.home)

    def correct(self, entry_id: int, new: NewEntry, reason: str) -> Entered:
        """更正."""
        return registers.correct(self.store, self.actor, entry_id=entry_id, new=new, reason=reason, home=self.home)

    def close(self, entry_id: int, result: str, note: str, closed_on: date) -> None:
        """办结."""
        registers.close(
            self.store, self.actor, entry_id=entry_id, result=result, note=note, closed_on=closed_on, home=self.home
        )

    def void(self, entry_id: int, reason: str) -> None:
        """作废."""
        registers.void(self.store, self.actor, entry_id=entry_id, reason=reason, home=self.home)

    def print_sheet(self, entry_id: int) -> Issued:
        """出登记单."""
        return registers.print_sheet(self.store, self.actor, entry_id=entry_id, home=self.home)
