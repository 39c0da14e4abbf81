"""What one actor can do about vendors and their credit: the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.vendor_credit import CreditRule
from hall.rules.vendor_facts import TellingWay
from hall.services import case_files, vendor_events, vendor_evidence, vendor_export, vendor_lists, vendors
from hall.services.case_files import FileContent
from hall.services.issuing import Issued
from hall.services.subject_records import Happened
from hall.services.vendor_events import NewFact
from hall.services.vendor_export import PlatformRow, Reported
from hall.services.vendor_lists import FactRow, Listed, VendorRow
from hall.services.vendors import Entered, NewVendor
from hall.store import Store


@dataclass(frozen=True, slots=True)
class VendorFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def vendors(self, text: str = "", *, left: bool = False) -> tuple[VendorRow, ...]:
        """Vendors with their credit of today."""
        return vendor_lists.vendors(self.store, self.actor, text=text, left=left, home=self.home)

    def facts(self, listed: Listed = "waiting", text: str = "") -> tuple[FactRow, ...]:
        """Facts that wait for the next step, or all."""
        return vendor_lists.facts(self.store, self.actor, listed=listed, text=text, home=self.home)

    def happened(self, event_id: int) -> tuple[Happened, ...]:
        """What was done with a fact."""
        return vendor_lists.happened(self.store, self.actor, event_id=event_id)

    def rule(self) -> CreditRule:
        """The rule table of today."""
        return vendor_lists.rule_in_force(self.store, self.actor, home=self.home)

    def enter(self, new: NewVendor) -> Entered:
        """登记流动经营者."""
        return vendors.enter(self.store, self.actor, new=new)

    def leave(self, vendor_id: int, reason: str) -> None:
        """登记离开."""
        vendors.leave(self.store, self.actor, vendor_id=vendor_id, reason=reason)

    def give_record(self, vendor_id: int) -> Issued:
        """出征信记录表."""
        return vendors.give_record(self.store, self.actor, vendor_id=vendor_id, home=self.home)

    def note(self, vendor_id: int, new: NewFact) -> int:
        """登记征信事项."""
        return vendor_events.note(self.store, self.actor, vendor_id=vendor_id, new=new, home=self.home)

    def correct(self, event_id: int, new: NewFact) -> int:
        """登记更正."""
        return vendor_events.correct(self.store, self.actor, event_id=event_id, new=new, home=self.home)

    def confirm(self, event_id: int) -> None:
        """复核."""
        vendor_events.confirm(self.store, self.actor, event_id=event_id)

    def drop(self, event_id: int, reason: str) -> None:
        """退回作废."""
        vendor_events.drop(self.store, self.actor, event_id=event_id, reason=reason)

    def notify(self, event_id: int, way: TellingWay) -> Issued:
        """出告知书."""
        return vendor_events.notify(self.store, self.actor, event_id=event_id, way=way, home=self.home)

    def tell(self, event_id: int, told_on: date) -> date | None:
        """登记送达; gives the last day to object, where it is known."""
        return vendor_events.tell(self.store, self.actor, event_id=event_id, told_on=told_on)

    def object_to(self, event_id: int, objection: str) -> date:
        """登记异议; gives the day by which it is answered."""
        return vendor_events.object_to(self.store, self.actor, event_id=event_id, objection=objection)

    def answer(self, event_id: int, reasons: str, *, upheld: bool) -> Issued:
        """答复异议."""
        return vendor_events.answer(
            self.store, self.actor, event_id=event_id, upheld=upheld, reasons=reasons, home=self.home
        )

    def void(self, event_id: int, reason: str) -> None:
        """作废."""
        vendor_events.void(self.store, self.actor, event_id=event_id, reason=reason)

    def keep(self, event_id: int, paths: tuple[Path, ...]) -> int:
        """存证据 from files of this computer; gives how many the fact has now."""
        contents = [case_files.bytes_of(path, home=self.home, store=self.store) for path in paths]
        return vendor_evidence.keep(self.store, self.actor, event_id=event_id, contents=contents, home=self.home)

    def look(self, event_id: int) -> tuple[FileContent, ...]:
        """看证据."""
        return vendor_evidence.look(self.store, self.actor, event_id=event_id)

    def to_report(self) -> tuple[PlatformRow, ...]:
        """What the next file for the credit platform would hold."""
        return vendor_export.to_report(self.store, self.actor, home=self.home)

    def export(self, path: Path) -> Reported:
        """Write the file for the credit platform."""
        return vendor_export.export(self.store, self.actor, path=path, home=self.home)
