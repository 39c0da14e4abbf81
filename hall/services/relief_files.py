"""Scans and photos of an application for relief: kept sealed with it, looked at with a trace, taken out of use."""

from collections.abc import Sequence
from pathlib import Path

from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.case_files import FileContent, NoSuchFile
from hall.services.reasons import reason_for
from hall.services.relief_records import SUBJECT, Happening, NoSuchRelief, relief_locked, settle_relief
from hall.services.subject_files import NewSubjectFile, attach_papers, contents_with, void_within
from hall.store import Store
from hall.store.retrying import retried
from hall.store.schema.relief import ReliefApplication


@retried
def keep(store: Store, actor: Actor, *, application_id: int, files: Sequence[NewSubjectFile], home: Path) -> int:
    """存材料, all or none, also after the end, for the receipt is signed last; gives how many there are now.

    Raises NoSuchRelief and what `subject_files.attach_papers` raises.
    """
    require(actor, "file.add")
    with store.work("file.add", actor) as work:
        record = relief_locked(work, application_id)
        many = attach_papers(work, SUBJECT, record.id, files=files, home=home)
        settle_relief(work, record, Happening("keep", detail={"files": len(files)}))
        return many


@retried
def look(store: Store, actor: Actor, *, application_id: int) -> tuple[FileContent, ...]:
    """看材料: all that is in use; who looked stands in the audit. Raises NoSuchRelief, FileDamaged."""
    require(actor, "file.read")
    require(actor, "relief.read")
    with store.work("file.read", actor) as work:
        record = work.session.get(ReliefApplication, application_id)
        if record is None or record.hall_id != work.hall_id:
            raise NoSuchRelief
        return contents_with(work, SUBJECT, application_id)


@retried
def void(store: Store, actor: Actor, *, application_id: int, file_id: int, reason: str) -> None:
    """作废材料 that was kept by mistake, with a reason; it stays where it is.

    Raises NoSuchRelief, NoSuchFile, VoidedAlready, ReasonNeeded.
    """
    require(actor, "file.add")
    why = reason_for("作废材料", reason)
    with store.work("file.void", actor) as work:
        record = relief_locked(work, application_id)
        kept = void_within(work, file_id, why=why)
        if (kept.subject, kept.subject_id) != (SUBJECT, application_id):
            raise NoSuchFile
        settle_relief(work, record, Happening("void_file", note=why, detail={"file": file_id}))
