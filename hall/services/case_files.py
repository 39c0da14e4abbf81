"""Scans and photos of a case: kept once by their SHA-256, sealed, checked whenever read; voided, never deleted."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Damaged, Missing, Refused, Unavailable
from hall.rules.authority import require
from hall.rules.files import FileRule, FileRules, Purpose, check_purpose, check_title, media_type_of
from hall.rules.people import Actor
from hall.services.case_records import case_locked
from hall.services.parameters import dated_versions, parameters, whole
from hall.services.reasons import reason_for
from hall.store import Store, Work
from hall.store.integrity import DataProblem
from hall.store.retrying import retried
from hall.store.schema.certificates import CaseFile, StoredFile
from hall.store.schema.permits import CaseMaterial, PermitCase
from hall.store.schema.reviewing import CaseVisit
from hall.store.secrets import KeyRing

CONTEXT = "stored_file.content"


class NoSuchFile(Missing):
    """The case has no such file, or it was voided."""

    def __init__(self) -> None:
        super().__init__("没有这个文件，或者已经作废。请重新打开办件查看。")


class FileUnreadable(Unavailable):
    """A file on the computer's disk cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"文件 {name} 读不到。请确认它还在原处、没有被别的程序占用，U 盘没有拔出。")


class FileDamaged(Damaged):
    """What is kept is not what was kept."""

    def __init__(self, file_id: int) -> None:
        super().__init__(f"存档文件 {file_id} 校验不符，可能被改动过。请运行 hall verify data 核查，不要再写入。")


class ForeignPart(Refused):
    """A file was to belong to a material or a visit that the case does not have."""

    def __init__(self) -> None:
        super().__init__("这个文件对应的材料或勘查不属于本办件，请重新选择。")


class VoidedAlready(Refused):
    """A file is voided once."""

    def __init__(self) -> None:
        super().__init__("这个文件已经作废，不用再作废。")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it is handed in; `material` is the position of the material it is a scan of."""

    title: str
    purpose: Purpose
    content: bytes = field(repr=False)
    material: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class FileView:
    """A file in a list."""

    file_id: int
    title: str
    purpose: str
    media_type: str
    size: int
    material: int | None
    visit_id: int | None
    added_at: datetime
    added_by: int
    voided: bool
    voided_why: str


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file's bytes, for the preview."""

    title: str
    media_type: str
    content: bytes = field(repr=False)


def file_rules(home: Path) -> FileRules:
    """All versions of `files.toml`; raises BadParameters."""
    return parameters(
        home,
        "files.toml",
        lambda table: dated_versions(table, lambda day, source, row: FileRule(day, source, whole(row, "largest_mib"))),
    )


def bytes_of(path: Path, *, home: Path, store: Store) -> bytes:
    """What is in a file on this computer, not more than may be kept; raises FileUnreadable."""
    largest = file_rules(home).in_force(business_date(store.clock.now())).largest
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except OSError as error:
        raise FileUnreadable(path.name) from error


@retried
def add_file(store: Store, actor: Actor, *, case_id: int, file: NewFile, home: Path) -> int:
    """Keep a file in a case; gives its key."""
    require(actor, "file.add")
    with store.work("file.add", actor) as work:
        case = case_locked(work, case_id)
        file_id = keep(work, case, file, home=home)
        kept = work.session.get_one(CaseFile, file_id)
        sha256 = work.session.get_one(StoredFile, kept.stored_file_id).sha256
        work.audit(f"case:{case_id}", file=file_id, title=kept.title, purpose=file.purpose, sha256=sha256)
        work.changed("case", str(case_id))
    return file_id


def keep(work: Work, case: PermitCase, file: NewFile, *, home: Path) -> int:
    """Within the caller's work: check the file and keep it in the case. The same content is kept once in the hall."""
    check_purpose(file.purpose)
    title = check_title(file.title)
    _check_parts(work.session, case.id, file)
    rule = file_rules(home).in_force(business_date(work.now))
    media_type = media_type_of(file.content, rule)
    record = CaseFile(
        hall_id=work.hall_id,
        case_id=case.id,
        stored_file_id=keep_content(work, file.content, media_type),
        purpose=file.purpose,
        title=title,
        material=file.material,
        visit_id=file.visit_id,
        added_at=work.now,
        added_by=work.actor.account_id,
    )
    work.session.add(record)
    work.session.flush()
    return record.id


def keep_content(work: Work, content: bytes, media_type: str) -> int:
    """Within the caller's work: the key of the sealed content, which is kept once in the hall. Raises FileDamaged."""
    sha256 = hashlib.sha256(content).hexdigest()
    work.lock(f"file/{sha256}")
    found = work.session.scalars(
        select(StoredFile).where(StoredFile.hall_id == work.hall_id, StoredFile.sha256 == sha256)
    ).one_or_none()
    if found is not None:
        opened(found, work.key_ring)
        return found.id
    record = StoredFile(
        hall_id=work.hall_id,
        sha256=sha256,
        media_type=media_type,
        size=len(content),
        content_sealed=work.key_ring.wrap(content, CONTEXT),
        kept_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    return record.id


def files_of(store: Store, actor: Actor, *, case_id: int) -> tuple[FileView, ...]:
    """The files of a case in the order they came, also those that were voided."""
    require(actor, "file.read")
    with store.read(actor) as session:
        rows = session.execute(
            select(CaseFile, StoredFile.media_type, StoredFile.size)
            .join(StoredFile, StoredFile.id == CaseFile.stored_file_id)
            .where(CaseFile.case_id == case_id, CaseFile.hall_id == store.hall_id)
            .order_by(CaseFile.id)
        )
        return tuple(_view(record, media_type, size) for record, media_type, size in rows.tuples())


@retried
def read_file(store: Store, actor: Actor, *, file_id: int) -> FileContent:
    """A file's content; who looked stands in the audit. Raises FileDamaged, NoSuchFile."""
    require(actor, "file.read")
    with store.work("file.read", actor) as work:
        record = _file(work.session, work.hall_id, file_id)
        kept = work.session.get_one(StoredFile, record.stored_file_id)
        content = opened(kept, work.key_ring)
        work.audit(f"case:{record.case_id}", file=file_id, sha256=kept.sha256)
        return FileContent(record.title, kept.media_type, content)


@retried
def void_file(store: Store, actor: Actor, *, file_id: int, reason: str) -> None:
    """Take a file out of use with a reason; it stays where it is. Raises VoidedAlready, NoSuchFile."""
    require(actor, "file.add")
    why = reason_for("作废文件", reason)
    with store.work("file.void", actor) as work:
        record = _file(work.session, work.hall_id, file_id)
        case_locked(work, record.case_id)
        work.session.refresh(record)
        if record.voided_at is not None:
            raise VoidedAlready
        record.voided_at, record.voided_why = work.now, why
        work.audit(f"case:{record.case_id}", file=file_id, reason=why)
        work.changed("case", str(record.case_id))


def check_file(session: Session, case_id: int, file_id: int | None) -> None:
    """That a file named as proof belongs to the case and is in use; raises NoSuchFile."""
    if file_id is None:
        return
    record = session.get(CaseFile, file_id)
    if record is None or record.case_id != case_id or record.voided_at is not None:
        raise NoSuchFile


def opened(kept: StoredFile, ring: KeyRing) -> bytes:
    """The content, checked against its name; raises FileDamaged."""
    content = ring.unwrap(kept.content_sealed, CONTEXT)
    if hashlib.sha256(content).hexdigest() != kept.sha256 or len(content) != kept.size:
        raise FileDamaged(kept.id)
    return content


def has_files(session: Session) -> bool:
    """Whether any file is kept: only then the key is needed to check them."""
    return session.scalar(select(StoredFile.id).limit(1)) is not None


def damaged_files(session: Session, ring: KeyRing) -> list[DataProblem]:
    """Every stored file whose content does not open or is not what its name says; one at a time in memory."""
    problems = []
    for file_id in session.scalars(select(StoredFile.id).order_by(StoredFile.id)).all():
        kept = session.get_one(StoredFile, file_id)
        try:
            opened(kept, ring)
        except Damaged as damage:
            problems.append(DataProblem("stored_file", f"表 stored_file：第 {file_id} 行，{damage.sentence}"))
        session.expunge(kept)
    return problems


def _check_parts(session: Session, case_id: int, file: NewFile) -> None:
    if file.material is not None and session.get(CaseMaterial, (case_id, file.material)) is None:
        raise ForeignPart
    if file.visit_id is not None:
        visit = session.get(CaseVisit, file.visit_id)
        if visit is None or visit.case_id != case_id:
            raise ForeignPart


def _file(session: Session, hall_id: int, file_id: int) -> CaseFile:
    record = session.get(CaseFile, file_id)
    if record is None or record.hall_id != hall_id:
        raise NoSuchFile
    return record


def _view(record: CaseFile, media_type: str, size: int) -> FileView:
    return FileView(
        file_id=record.id,
        title=record.title,
        purpose=record.purpose,
        media_type=media_type,
        size=size,
        material=record.material,
        visit_id=record.visit_id,
        added_at=record.added_at,
        added_by=record.added_by,
        voided=record.voided_at is not None,
        voided_why=record.voided_why,
    )
