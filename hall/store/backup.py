"""A copy of the database taken while everybody works, and the way back from it: whole or not at all.

SQLite's paged backup never ends while somebody writes; VACUUM INTO copies one state of the data.
The key file is never part of a copy: who finds the copy must not be able to read personal data.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from hall.errors import Damaged, Missing, Refused, Unavailable, cause_of
from hall.store import pg_tools
from hall.store.engine import SQLITE_HEADER, open_engine, sqlite_path
from hall.store.failures import DiskFull, translated
from hall.store.revision import NotInitialised, SchemaOlder, check_known, check_schema


class BackupExists(Refused):
    """A file stands where the copy was to be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已经存在，没有覆盖它。请换一个文件名。")


class BackupMissing(Missing):
    """The copy to restore from is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"找不到备份文件 {path}，数据库没有改动。")


class NotABackup(Refused):
    """The file is not a copy of this kind of database."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 不是这种数据库的备份，数据库没有改动。请核对文件和数据库地址。")


class BackupDamaged(Damaged):
    """The copy is broken."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"备份 {path} 已损坏，不能使用；数据库没有改动。请换一份备份。")


class DatabaseInUse(Refused):
    """Stations are still connected to the database that would be replaced."""

    def __init__(self) -> None:
        super().__init__("数据库正在使用中，没有恢复。请先退出所有工作站上的程序再试。")


class FileTrouble(Unavailable):
    """The copy cannot be read or written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(f"文件 {error.filename} 不能读写（{cause_of(error)}）。请检查路径和权限后再试。")


class FolderMissing(Unavailable):
    """The copy's folder is not there: SQLite would only say that it cannot open something."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"没有文件夹 {folder}，没有备份。请先建立文件夹、接好备份盘，或者换个位置。")


def back_up(url: str, target: Path) -> None:
    """Copy the database as it is now into a new file and check the copy; writers go on meanwhile.

    Raises BackupExists, FolderMissing, NotInitialised, FileTrouble, DiskFull, DatabaseAway, ToolMissing or
    BackupDamaged.
    """
    if target.exists():
        raise BackupExists(target)
    _require_folder(target.parent)
    _require_database(url)
    part = target.with_name(f"{target.name}.part")
    with translated(), _file_errors(), _removed_on_error(part):
        part.unlink(missing_ok=True)
        if url.startswith("sqlite"):
            _vacuum_into(sqlite_path(url), part)
        else:
            pg_tools.dump(url, part)
        part.chmod(0o600)
        _sync(part)
        part.replace(target)


def restore(url: str, source: Path, *, now: datetime) -> Path | None:
    """Put a copy in the database's place; gives where the file that was there lies now (SQLite).

    A copy of an older schema is taken; `hall db upgrade` comes next. Raises BackupMissing, NotABackup,
    BackupDamaged, SchemaNewer, DatabaseInUse and what `back_up` raises; then nothing is changed.
    """
    if not source.is_file():
        raise BackupMissing(source)
    with translated(), _file_errors():
        if url.startswith("sqlite"):
            return _restore_sqlite(sqlite_path(url), source, now)
        _restore_postgresql(url, source)
        return None


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise FolderMissing(folder)


def _require_database(url: str) -> None:
    if url.startswith("sqlite") and not sqlite_path(url).exists():
        raise NotInitialised
    engine = open_engine(url)
    try:
        check_schema(engine)
    except SchemaOlder:
        pass  # a copy before the upgrade is just what the sentence of SchemaOlder asks for
    finally:
        engine.dispose()


def _vacuum_into(path: Path, part: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))
    _check_sqlite(part, part)


def _check_sqlite(file: Path, named: Path) -> None:
    """Raise unless the file is a whole database that this program knows; `named` is what the user calls it."""
    with file.open("rb") as opened:
        if opened.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            raise NotABackup(named)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()
            stray = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(named) from error
    if verdict != ("ok",) or stray is not None:
        raise BackupDamaged(named)


def _restore_sqlite(path: Path, source: Path, now: datetime) -> Path | None:
    _check_sqlite(source, source)
    part = path.with_name(f"{path.name}.restoring")
    with _removed_on_error(part):
        shutil.copyfile(source, part)
        _check_revision(part, source)
        _sync(part)
        aside = _lay_aside(path, now) if path.exists() else None
        part.replace(path)
        _sync(path.parent)
    return aside


def _check_revision(part: Path, named: Path) -> None:
    engine = open_engine(f"sqlite:///{part}")
    try:
        check_schema(engine)
    except NotInitialised:
        raise NotABackup(named) from None
    except SchemaOlder:
        pass  # the upgrade comes after
    finally:
        engine.dispose()


def _lay_aside(path: Path, now: datetime) -> Path:
    """Copy the present database beside itself, when nobody has it open, together with its log."""
    _close_log(path)
    aside = path.with_name(f"{path.name}.before-restore-{now:%Y%m%d%H%M%S}")
    shutil.copyfile(path, aside)
    _sync(aside)
    # The log of a file that could not be closed must not be applied to the file that takes its place.
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.replace(aside.with_name(aside.name + ending))
    return aside


def _close_log(path: Path) -> None:
    """Leaving WAL mode needs the file for oneself: it fails while anybody has it open. A broken file is left."""
    try:
        with closing(sqlite3.connect(path, timeout=0.5, isolation_level=None)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise DatabaseInUse from error
        raise
    if mode != ("delete",):
        raise DatabaseInUse


def _restore_postgresql(url: str, source: Path) -> None:
    revision = pg_tools.dumped_revision(source)
    if revision is None:
        raise NotABackup(source)
    check_known(revision)
    if pg_tools.other_connections(url):
        raise DatabaseInUse
    pg_tools.load(url, source)


@contextmanager
def _removed_on_error(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def _file_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else FileTrouble(error)) from error


def _sync(path: Path) -> None:
    """Make sure that it outlives a power cut (Windows cannot do that for folders)."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
