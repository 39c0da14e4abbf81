"""Photos, recordings and scans that belong to a request, a vendor, a stall, …: kept as files of cases are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from hall.clock import business_date
from hall.errors import Missing, Refused
from hall.printing.preview import BrokenFile, page_sizes
from hall.rules.authority import require
from hall.rules.files import Purpose, check_purpose, check_title, media_type_of
from hall.rules.people import Actor
from hall.rules.pictures import NoPicture, size_of
from hall.services.case_files import FileContent, NoSuchFile, VoidedAlready, bytes_of, file_rules, keep_content, opened
from hall.services.reasons import reason_for
from hall.services.subject_records import Subject, lock_subject
from hall.store import Store, Work
from hall.store.retrying import retried
from hall.store.schema.certificates import StoredFile
from hall.store.schema.requests import Request
from hall.store.schema.subjects import SubjectFile
from hall.store.secrets import KeyRing


class NoSuchSubject(Missing):
    """What the file was to belong to is not in this hall."""

    def __init__(self) -> None:
        super().__init__("没有找到要存入文件的这一条记录，可能在别的大厅。请刷新后再试。")


class NotAPaper(Refused):
    """A recording where everything is looked at on sheets."""

    def __init__(self) -> None:
        super().__init__("这里只存照片（JPEG、PNG）和扫描件（PDF），不存录音。请另选文件。")


@dataclass(frozen=True, slots=True)
class NewSubjectFile:
    """A file as it is handed in; `title` says what it shows, without a number."""

    title: str
    purpose: Purpose
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SubjectFileView:
    """A file in a list."""

    file_id: int
    title: str
    purpose: str
    media_type: str
    size: int
    added_at: datetime
    added_by: int
    voided: bool
    voided_why: str


def numbered_files(
    paths: Sequence[Path], *, title: str, purpose: Purpose, home: Path, store: Store
) -> tuple[NewSubjectFile, ...]:
    """Files of this computer under one title: 收入证明, 收入证明2. Raises Unavailable, FileTooLarge."""
    return tuple(
        NewSubjectFile(f"{title}{number}" if number > 1 else title, purpose, bytes_of(path, home=home, store=store))
        for number, path in enumerate(paths, 1)
    )


@retried
def add_subject_file(
    store: Store, actor: Actor, *, subject: Subject, subject_id: int, file: NewSubjectFile, home: Path
) -> int:
    """Keep a file with something; gives its key. Raises NoSuchSubject and what `attach` raises."""
    require(actor, "file.add")
    with store.work("file.add", actor) as work:
        lock_subject(work, subject, subject_id)
        file_id = attach(work, subject, subject_id, file=file, home=home)
        work.audit(f"{subject}:{subject_id}", file=file_id, purpose=file.purpose)
        work.changed(subject, str(subject_id))
    return file_id


def attach(work: Work, subject: Subject, subject_id: int, *, file: NewSubjectFile, home: Path) -> int:
    """Within the caller's work, whose right is asked by the caller: check the file and keep it; gives its key.

    The same content is kept once in the hall. Raises NoSuchSubject, BadTitle, UnknownPurpose, EmptyFile, FileTooLarge
    or UnknownFileType.
    """
    check_purpose(file.purpose)
    title = check_title(file.title)
    if not _exists(work, subject, subject_id):
        raise NoSuchSubject
    media_type = media_type_of(file.content, file_rules(home).in_force(business_date(work.now)))
    record = SubjectFile(
        hall_id=work.hall_id,
        subject=subject,
        subject_id=subject_id,
        stored_file_id=keep_content(work, file.content, media_type),
        purpose=file.purpose,
        title=title,
        added_at=work.now,
        added_by=work.actor.account_id,
    )
    work.session.add(record)
    work.session.flush()
    return record.id


def attach_papers(work: Work, subject: Subject, subject_id: int, *, files: Sequence[NewSubjectFile], home: Path) -> int:
    """Photos and scans that can be shown, all or none; gives how many are kept in use now.

    Raises NotAPaper, BrokenFile and what `attach` raises.
    """
    rule = file_rules(home).in_force(business_date(work.now))
    for file in files:
        _check_shown(file, media_type_of(file.content, rule))
        attach(work, subject, subject_id, file=file, home=home)
    return len(titles_with(work.session, subject, (subject_id,)).get(subject_id, {}))


def titles_with(session: Session, subject: Subject, subject_ids: Sequence[int]) -> dict[int, Mapping[int, str]]:
    """By what they belong to: the titles of the files in use by their keys, in the order they came."""
    rows = session.execute(
        select(SubjectFile.subject_id, SubjectFile.id, SubjectFile.title)
        .where(SubjectFile.subject == subject, SubjectFile.subject_id.in_(subject_ids), SubjectFile.voided_at.is_(None))
        .order_by(SubjectFile.id)
    )
    found: dict[int, Mapping[int, str]] = {}
    for subject_id, file_id, title in rows.tuples():
        found[subject_id] = {**found.get(subject_id, {}), file_id: title}
    return found


def contents_with(work: Work, subject: Subject, subject_id: int) -> tuple[FileContent, ...]:
    """What is in all files of something that are in use; who looked stands in the audit. Raises FileDamaged."""
    kept = titles_with(work.session, subject, (subject_id,)).get(subject_id, {})
    work.audit(f"{subject}:{subject_id}", files=len(kept))
    return tuple(content_of(work.session, work.key_ring, work.hall_id, file_id) for file_id in kept)


def files_with(session: Session, subject: Subject, subject_id: int) -> tuple[SubjectFileView, ...]:
    """The files of something in the order they came, also those that were voided."""
    rows = session.execute(
        select(SubjectFile, StoredFile.media_type, StoredFile.size)
        .join(StoredFile, StoredFile.id == SubjectFile.stored_file_id)
        .where(SubjectFile.subject == subject, SubjectFile.subject_id == subject_id)
        .order_by(SubjectFile.id)
    )
    return tuple(_view(record, media_type, size) for record, media_type, size in rows.tuples())


def content_of(session: Session, ring: KeyRing, hall_id: int, file_id: int) -> FileContent:
    """A file's content for those who may see its subject anyway, such as a plan. Raises FileDamaged, NoSuchFile."""
    record = _file(session, hall_id, file_id)
    kept = session.get_one(StoredFile, record.stored_file_id)
    return FileContent(record.title, kept.media_type, opened(kept, ring))


@retried
def read_subject_file(store: Store, actor: Actor, *, file_id: int) -> FileContent:
    """A file's content; who looked stands in the audit. Raises FileDamaged, NoSuchFile.

    Whom a request complains of is not shown what came with it (信访工作条例 30).
    """
    require(actor, "file.read")
    with store.work("file.read", actor) as work:
        record = _file(work.session, work.hall_id, file_id)
        if record.subject == "request" and _is_about(work.session, record.subject_id, actor):
            raise NoSuchFile
        content = content_of(work.session, work.key_ring, work.hall_id, file_id)
        work.audit(f"{record.subject}:{record.subject_id}", file=file_id)
        return content


@retried
def void_subject_file(store: Store, actor: Actor, *, file_id: int, reason: str) -> None:
    """Take a file out of use with a reason; it stays where it is. Raises VoidedAlready, NoSuchFile."""
    require(actor, "file.add")
    why = reason_for("作废文件", reason)
    with store.work("file.void", actor) as work:
        record = void_within(work, file_id, why=why)
        work.audit(f"{record.subject}:{record.subject_id}", file=file_id, reason=why)
        work.changed(record.subject, str(record.subject_id))


def void_within(work: Work, file_id: int, *, why: str) -> SubjectFile:
    """Within the caller's work: out of use; gives what it was. Raises VoidedAlready, NoSuchFile."""
    work.lock(f"subject_file/{file_id}")
    record = _file(work.session, work.hall_id, file_id)
    if record.voided_at is not None:
        raise VoidedAlready
    record.voided_at, record.voided_why = work.now, why
    return record


def _check_shown(file: NewSubjectFile, media_type: str) -> None:
    """A file that nobody can look at proves nothing, and is seen to be broken while its paper is still here."""
    if media_type.startswith("audio/"):
        raise NotAPaper
    try:
        if media_type.startswith("image/"):
            size_of(file.content)
        else:
            page_sizes(file.content)
    except (BrokenFile, NoPicture) as broken:
        raise BrokenFile(file.title) from broken


def _exists(work: Work, subject: Subject, subject_id: int) -> bool:
    """Every subject is the name of a table of the hall's."""
    own = table(subject, column("id"), column("hall_id"))
    query = select(own.c.id).where(own.c.id == subject_id, own.c.hall_id == work.hall_id)
    return work.session.scalar(query) is not None


def _is_about(session: Session, request_id: int, actor: Actor) -> bool:
    return session.get_one(Request, request_id).about_account_id == actor.account_id


def _file(session: Session, hall_id: int, file_id: int) -> SubjectFile:
    record = session.get(SubjectFile, file_id)
    if record is None or record.hall_id != hall_id:
        raise NoSuchFile
    return record


def _view(record: SubjectFile, media_type: str, size: int) -> SubjectFileView:
    return SubjectFileView(
        file_id=record.id,
        title=record.title,
        purpose=record.purpose,
        media_type=media_type,
        size=size,
        added_at=record.added_at,
        added_by=record.added_by,
        voided=record.voided_at is not None,
        voided_why=record.voided_why,
    )
