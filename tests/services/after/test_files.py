"""Files of a case: kept once, sealed, checked when read, voided but never deleted, looked at with a trace."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from hall.clock import FixedClock
from hall.errors import Missing
from hall.rules.authority import NotAuthorised
from hall.rules.files import BadTitle, FileTooLarge, UnknownFileType
from hall.services.case_files import (
    FileDamaged,
    FileUnreadable,
    ForeignPart,
    NewFile,
    NoSuchFile,
    VoidedAlready,
    check_file,
    damaged_files,
    has_files,
    keep,
)
from hall.services.case_records import case_locked
from hall.services.reasons import ReasonNeeded
from hall.store import Store
from hall.store.failures import DiskFull
from hall.store.schema.certificates import CaseFile, StoredFile
from hall.store.schema.trail import AuditRow
from hall.store.secrets import SealBroken
from tests.services.after.aftermath import PNG, Aftermath

SCAN = NewFile("营业执照", "material", PNG, material=1)


def stored(bureau: Aftermath) -> list[StoredFile]:
    with bureau.store.read() as session:
        return list(session.scalars(select(StoredFile).order_by(StoredFile.id)))


@pytest.mark.both
def test_a_scan_goes_in_and_comes_out_as_it_was(bureau: Aftermath) -> None:
    case_id = bureau.accepted(bureau.publish("F1"))
    file_id = bureau.files().add(case_id, SCAN)
    (view,) = bureau.files("approver").files(case_id)
    assert (view.file_id, view.title, view.media_type, view.size) == (file_id, "营业执照", "image/png", len(PNG))
    assert bureau.files("approver").read(file_id).content == PNG
    with bureau.store.read() as session:
        trail = session.execute(select(AuditRow.action, AuditRow.subject).order_by(AuditRow.id)).all()[-2:]
    assert [tuple(row) for row in trail] == [("file.add", f"case:{case_id}"), ("file.read", f"case:{case_id}")]


def test_the_same_content_is_kept_once_and_sealed(bureau: Aftermath) -> None:
    code = bureau.publish("F1")
    first, second = bureau.accepted(code), bureau.accepted(code)
    bureau.files().add(first, SCAN)
    bureau.files().add(second, NewFile("营业执照副本", "other", PNG))
    (kept,) = stored(bureau)
    assert PNG.hex() not in kept.content_sealed
    assert kept.content_sealed.startswith("h1.")
    assert [len(bureau.files().files(case_id)) for case_id in (first, second)] == [1, 1]


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (NewFile("照片", "visit", b"MZ not a picture"), UnknownFileType),
        (NewFile("照片", "visit", PNG + bytes(10 * 1024 * 1024)), FileTooLarge),
        (NewFile("身份证11010519491231002X", "material", PNG), BadTitle),
        (NewFile("照片", "visit", PNG, visit_id=4711), ForeignPart),
        (NewFile("照片", "material", PNG, material=99), ForeignPart),
    ],
)
def test_what_may_not_be_kept_leaves_nothing(bureau: Aftermath, file: NewFile, refusal: type[Exception]) -> None:
    case_id = bureau.accepted(bureau.publish("F1"))
    with pytest.raises(refusal):
        bureau.files().add(case_id, file)
    assert (stored(bureau), bureau.files().files(case_id)) == ([], ())


def test_a_file_comes_from_the_computers_disk(bureau: Aftermath, tmp_path: Path) -> None:
    case_id = bureau.accepted(bureau.publish("F1"))
    (tmp_path / "扫描.bin").write_bytes(PNG)
    file_id = bureau.files().add_from(case_id, tmp_path / "扫描.bin", title="营业执照", purpose="material", material=1)
    assert bureau.files().read(file_id).media_type == "image/png"
    with pytest.raises(FileUnreadable, match=r"没有\.png 读不到"):
        bureau.files().add_from(case_id, tmp_path / "没有.png", title="营业执照", purpose="material")
    (tmp_path / "大.png").write_bytes(PNG + bytes(11 * 1024 * 1024))
    with pytest.raises(FileTooLarge, match="10 MB"):
        bureau.files().add_from(case_id, tmp_path / "大.png", title="营业执照", purpose="material")


def test_who_adds_and_who_reads_must_be_allowed_to(bureau: Aftermath) -> None:
    case_id = bureau.accepted(bureau.publish("F1"))
    with pytest.raises(NotAuthorised):
        bureau.files("boss").add(case_id, SCAN)
    file_id = bureau.files().add(case_id, SCAN)
    assert bureau.files("boss").read(file_id).title == "营业执照"
    with pytest.raises(Missing):
        bureau.files().read(file_id + 1)


def test_a_file_is_voided_once_with_a_reason_and_stays(bureau: Aftermath) -> None:
    case_id = bureau.accepted(bureau.publish("F1"))
    file_id = bureau.files().add(case_id, SCAN)
    with pytest.raises(ReasonNeeded):
        bureau.files().void(file_id, " ")
    bureau.files().void(file_id, "扫错了页")
    with pytest.raises(VoidedAlready):
        bureau.files().void(file_id, "再次")
    (view,) = bureau.files().files(case_id)
    assert (view.voided, view.voided_why) == (True, "扫错了页")
    assert bureau.files().read(file_id).content == PNG
    with bureau.store.read() as session, pytest.raises(NoSuchFile):
        check_file(session, case_id, file_id)


@pytest.mark.both
def test_what_was_altered_on_the_disk_is_not_shown_and_is_named_by_the_check(bureau: Aftermath) -> None:
    case_id = bureau.accepted(bureau.publish("F1"))
    with bureau.store.read() as session:
        assert not has_files(session)
    broken = bureau.files().add(case_id, SCAN)
    moved = bureau.files().add(case_id, NewFile("照片", "visit", PNG + b"2"))
    with bureau.store.read() as session:
        assert (has_files(session), damaged_files(session, bureau.store.key_ring)) == (True, [])
    first, second = stored(bureau)
    cut = first.content_sealed[:-8] + "AAAAAAA="
    with bureau.store.engine.begin() as connection:
        connection.execute(update(StoredFile).where(StoredFile.id == first.id).values(content_sealed=cut))
        connection.execute(update(StoredFile).where(StoredFile.id == second.id).values(sha256="0" * 64))
    with pytest.raises(SealBroken):
        bureau.files().read(broken)
    with pytest.raises(FileDamaged, match="校验不符"):
        bureau.files().read(moved)
    with bureau.store.read() as session:
        problems = damaged_files(session, bureau.store.key_ring)
        assert session.scalar(select(func.count()).select_from(CaseFile)) == 2
    assert [problem.table for problem in problems] == ["stored_file", "stored_file"]


def test_a_full_disk_keeps_no_file_and_says_so(
    sqlite_url: str, open_store: Callable[..., Store], clock: FixedClock, home: Path
) -> None:
    bureau = Aftermath(open_store(sqlite_url), clock, home)
    bureau.employ()
    case_id = bureau.accepted(bureau.publish("F1"))
    large = NewFile("现场照片", "visit", PNG + bytes(2_000_000))
    with pytest.raises(DiskFull, match="磁盘已满"), bureau.store.work("file.add", bureau.people["clerk"]) as work:
        pages = work.session.scalar(text("PRAGMA page_count"))
        work.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        keep(work, case_locked(work, case_id), large, home=home)
    bureau.store.close()  # the limit belonged to that connection
    assert stored(bureau) == []
    bureau.files().add(case_id, large)
    assert len(stored(bureau)) == 1
