"""Photos and scans that prove a fact about a vendor: kept with it, looked at by whoever checks it."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from hall.clock import business_date
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.rules.vendor_facts import CannotOnFact, reasons
from hall.services.case_files import FileContent
from hall.services.subject_files import NewSubjectFile, attach_papers, contents_with, files_with
from hall.services.vendor_records import NoSuchFact, event_locked, facts_of, settle_fact
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.vendors import VendorEvent


@retried
def keep(store: Store, actor: Actor, *, event_id: int, contents: Sequence[bytes], home: Path) -> int:
    """存证据: PDF, JPEG or PNG, all or none; gives how many the fact has now.

    Raises CannotOnFact where the fact is void, NoSuchFact, and what `subject_files.attach_papers` raises.
    """
    require(actor, "file.add")
    with store.work("file.add", actor) as work:
        event, vendor = event_locked(work, event_id)
        fact = next(each for each in facts_of(work.session, vendor.id) if each.key == event.id)
        if fact.state in {"corrected", "voided"}:
            raise CannotOnFact(reasons("correct", fact, business_date(work.now)))
        before = len(files_with(work.session, "vendor_event", event.id))
        files = [NewSubjectFile(f"证据{place}", "photo", each) for place, each in enumerate(contents, start=before + 1)]
        many = attach_papers(work, "vendor_event", event.id, files=files, home=home)
        settle_fact(work, event, "keep", detail={"files": len(contents)})
        return many


@retried
def look(store: Store, actor: Actor, *, event_id: int) -> tuple[FileContent, ...]:
    """看证据: what is kept with a fact; who looked stands in the audit. Raises NoSuchFact, FileDamaged."""
    require(actor, "file.read")
    with store.work("file.read", actor) as work:
        own = select(VendorEvent.id).where(VendorEvent.id == event_id, VendorEvent.hall_id == work.hall_id)
        if work.session.scalar(own) is None:
            raise NoSuchFact
        return contents_with(work, "vendor_event", event_id)
