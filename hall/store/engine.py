"""Opens a database: SQLite with full durability, or PostgreSQL on one of several hosts."""

import os
import sqlite3
import time
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from hall.errors import Refused
from hall.store.failures import NotADatabase, driver_errors

SQLITE_WAIT_S = 10.0
SQLITE_HEADER = b"SQLite format 3\0"
_ACCESS = "hall_access"
_PARAMETERS = "hall_parameters"
_RESTS_SINCE = "hall_rests_since"
_RESTED_S = 1.0

# A URL may override these. A dead host must be noticed in seconds: by the connect timeout, by keepalives on
# an idle connection, by tcp_user_timeout (milliseconds) on one whose packets are not acknowledged.
_LIBPQ_DEFAULTS = {
    "application_name": "hall",
    "connect_timeout": "4",
    "target_session_attrs": "read-write",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "options": "-c lock_timeout=3s -c timezone=UTC",
}


class BadDatabaseUrl(Refused):
    """The database URL cannot be used; the sentence never repeats it, for it may hold a password."""

    def __init__(self, what: str) -> None:
        super().__init__(f"数据库地址写得不对：{what}。应为 sqlite:///路径 或 postgresql://用户@主机/库名。")


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://[user[:password]@]host[:port][,host2…]/name[?options]`.

    SQLite creates a missing file; one that is something else raises NotADatabase. PostgreSQL connects late.
    """
    scheme = url.partition(":")[0].partition("+")[0]
    if scheme == "sqlite":
        return _open_sqlite(url)
    if scheme in ("postgresql", "postgres"):
        return _open_postgresql(libpq_parameters(url))
    raise BadDatabaseUrl(f"不认识的数据库类型 {scheme!r}")


def for_reading(engine: Engine) -> Engine:
    """The same pool, for transactions that only read and see one state of the data from first to last."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{_ACCESS: "read"})
    return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")


def for_quick(engine: Engine) -> Engine:
    """The same database for `store.quick`: on PostgreSQL by connections of their own that plan a statement once.

    Left to itself the server plans a call anew each time, which takes longer than the call (measured). Statements of
    the ORM must be left to it: they name in parameters what partial indexes are chosen by.
    """
    parameters = engine.get_execution_options().get(_PARAMETERS)
    if parameters is None:
        return engine
    planned_once = {"options": f"{parameters['options']} -c plan_cache_mode=force_generic_plan"}
    return _open_postgresql(parameters | planned_once, prepare_threshold=0)


def sqlite_path(url: str) -> Path:
    """The file that a SQLite URL names."""
    try:
        database = make_url(url).database
    except ArgumentError as error:
        raise BadDatabaseUrl("SQLite 地址读不懂") from error
    if not database or database == ":memory:":
        raise BadDatabaseUrl("SQLite 要有文件路径")
    return Path(database)


def libpq_parameters(url: str) -> dict[str, str]:
    """Connection parameters of a PostgreSQL URL, ours where it does not say otherwise."""
    import psycopg  # see failures.driver_errors
    from psycopg.conninfo import conninfo_to_dict

    _, _, rest = url.partition("://")
    try:
        given = conninfo_to_dict(f"postgresql://{rest}")
    except psycopg.ProgrammingError as error:
        raise BadDatabaseUrl("PostgreSQL 地址读不懂") from error
    parameters = {name: str(value) for name, value in given.items()}
    if "options" in parameters:  # the server takes the last of two, so the URL's still win
        parameters["options"] = f"{_LIBPQ_DEFAULTS['options']} {parameters['options']}"
    return _LIBPQ_DEFAULTS | parameters


def _open_sqlite(url: str) -> Engine:
    path = sqlite_path(url)
    if path.is_file() and path.stat().st_size and not _is_sqlite(path):
        raise NotADatabase(str(path))
    _create_private(path)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": SQLITE_WAIT_S, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create_private(path: Path) -> None:
    """SQLite would let the umask decide who reads a new file; the -wal and -shm files take the mode of theirs."""
    with suppress(OSError):  # it exists, or SQLite itself is about to say why it cannot be made
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _is_sqlite(path: Path) -> bool:
    """Ask SQLite itself. Opening and closing the file beside it would drop the locks of every connection that this

    process has to it (POSIX): another process would then take itself for the last one and remove the log in use.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=SQLITE_WAIT_S)) as connection:
        try:
            connection.execute("PRAGMA schema_version").fetchall()
        except sqlite3.DatabaseError as error:
            return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF != sqlite3.SQLITE_NOTADB
    return True


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred: two writers would deadlock
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get(_ACCESS) == "read"
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _open_postgresql(parameters: dict[str, str], *, prepare_threshold: int = 5) -> Engine:
    """`prepare_threshold`: how often a statement is sent as text before it is prepared (psycopg's own is 5)."""
    # SQLAlchemy's own URL knows one host only; libpq's parameters know several.
    engine = create_engine(
        "postgresql+psycopg://",
        connect_args={**parameters, "prepare_threshold": prepare_threshold},
        execution_options={_PARAMETERS: parameters},
    )
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", partial(_try_rested, engine.dialect))
    return engine


def _note_rest(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.info[_RESTS_SINCE] = time.monotonic()


def _try_rested(
    dialect: Dialect, connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Ask a connection that has rested whether it still lives; asking every time would cost each call a packet."""
    rested = time.monotonic() - entry.info.get(_RESTS_SINCE, time.monotonic())
    if rested < _RESTED_S:
        return
    try:
        alive = dialect.do_ping(connection)
    except driver_errors() as error:
        raise DisconnectionError from error
    if not alive:
        raise DisconnectionError
