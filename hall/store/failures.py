"""What may go wrong with the database, in the words of hall.errors."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from hall.errors import Damaged, HallError, Refused, Unavailable

if TYPE_CHECKING:
    import psycopg


class DatabaseAway(Unavailable):
    """The database cannot be reached; by itself: its file cannot be opened or read."""

    def __init__(self, sentence: str = "打不开数据库文件，请检查磁盘、路径和权限后再试。") -> None:
        super().__init__(sentence)


class ConnectionLost(DatabaseAway):
    """The connection died and the work is known not to be committed: it may be done again."""

    def __init__(self) -> None:
        super().__init__("连不上数据库，刚才的操作没有保存。请检查网络和数据库服务，稍后再做一次。")


class OutcomeUnknown(DatabaseAway):
    """The connection died during commit and the database stays away: nobody can tell whether it is saved."""

    def __init__(self) -> None:
        super().__init__("数据库连接中断，还不能确认刚才的操作是否已保存。恢复后请先查看记录，确认没有保存再重做。")


class DiskFull(Unavailable):
    """The database's disk is full; the transaction was rolled back."""

    def __init__(self) -> None:
        super().__init__("数据库所在的磁盘已满，刚才的操作没有保存。请清理磁盘空间后再做一次。")


class StoreBusy(Unavailable):
    """Somebody else held the same thing too long; the transaction was rolled back."""

    def __init__(self) -> None:
        super().__init__("数据正被别的窗口占用，刚才的操作没有保存，请稍后再做一次。")


class UnstorableText(Refused):
    """A text with the character NUL, which PostgreSQL keeps nowhere; it comes from a scanner or another program."""

    def __init__(self) -> None:
        super().__init__("输入的文字里有不能保存的空字符（常见于扫码或从别的程序复制），请删掉重新输入。")


class StoreReadOnly(Unavailable):
    """The database file or its folder may not be written."""

    def __init__(self) -> None:
        super().__init__("数据库只能读、不能写。请检查数据库文件和所在文件夹的权限后再试。")


class DatabaseDamaged(Damaged):
    """The database reports that its own pages are broken."""

    def __init__(self) -> None:
        super().__init__("数据库已损坏，程序停止写入。请留好坏文件，用 hall db restore 恢复最近的备份。")


class NotADatabase(Damaged):
    """The file named as database is something else."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} 不是本程序的数据库文件，没有改动它。请核对数据库路径，或恢复备份。")


# Primary result codes of SQLite.
_SQLITE: dict[int, type[DatabaseAway | DiskFull | StoreBusy | StoreReadOnly | DatabaseDamaged]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
    sqlite3.SQLITE_CANTOPEN: DatabaseAway,
    sqlite3.SQLITE_IOERR: DatabaseAway,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
}

# Extended result codes that mean something else than their primary code.
_SQLITE_REFINED: dict[int, type[DiskFull]] = {
    sqlite3.SQLITE_IOERR_SHMSIZE: DiskFull,  # the index of the log cannot grow: seen on a full disk
}

# SQLSTATE codes of PostgreSQL; connection failures carry none.
_POSTGRESQL: dict[str, type[DiskFull | StoreBusy | DatabaseDamaged | ConnectionLost]] = {
    "53100": DiskFull,
    "55P03": StoreBusy,
    "40P01": StoreBusy,
    "XX001": DatabaseDamaged,
    "XX002": DatabaseDamaged,
    "53300": ConnectionLost,
    "57P01": ConnectionLost,
    "57P02": ConnectionLost,
    "57P03": ConnectionLost,
}


def driver_errors() -> tuple[type[Exception], ...]:
    """The drivers' errors, raised by them or by SQLAlchemy for them.

    psycopg is loaded with the first PostgreSQL engine, never by this module: a start on SQLite does without.
    """
    if "psycopg" not in sys.modules:
        return DBAPIError, sqlite3.Error
    import psycopg

    return DBAPIError, sqlite3.Error, psycopg.Error


def is_lost(error: DBAPIError) -> bool:
    """Whether the error means that the connection is gone, or never came to be."""
    return error.connection_invalidated or isinstance(failure(error), ConnectionLost)


def failure(error: DBAPIError) -> HallError | None:
    """The error in our words; None where it is a mistake of ours (a broken constraint, wrong SQL)."""
    return ConnectionLost() if error.connection_invalidated else driver_failure(error.orig)


def driver_failure(cause: BaseException | None) -> HallError | None:
    """The same for an error straight from sqlite3 or psycopg."""
    if isinstance(cause, sqlite3.Error):
        return _sqlite_failure(cause)
    if "psycopg" not in sys.modules:
        return None
    import psycopg

    return _postgresql_failure(cause) if isinstance(cause, psycopg.Error) else None


def _sqlite_failure(cause: sqlite3.Error) -> HallError | None:
    # The driver's own complaints carry no code; the upper bits of the database's only refine it.
    code: int = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_OK)
    kind = _SQLITE_REFINED.get(code) or _SQLITE.get(code & 0xFF)
    return kind() if kind else None


def _postgresql_failure(cause: "psycopg.Error") -> HallError | None:
    import psycopg

    if cause.sqlstate is None and isinstance(cause, psycopg.DataError):
        return UnstorableText()
    if cause.sqlstate is None or cause.sqlstate.startswith("08"):
        return ConnectionLost() if isinstance(cause, psycopg.OperationalError) else None
    kind = _POSTGRESQL.get(cause.sqlstate)
    return kind() if kind else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's own errors into HallErrors, where they are not mistakes of ours."""
    try:
        yield
    except DBAPIError as error:
        meant = failure(error)
        if meant is None:
            raise
        raise meant from error
    except driver_errors() as error:
        meant = driver_failure(error)
        if meant is None:
            raise
        raise meant from error
