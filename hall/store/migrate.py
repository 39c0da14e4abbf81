"""Brings a database's tables to what this program needs, one revision after the other."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect, text

from hall.errors import Damaged, Refused
from hall.store.failures import translated
from hall.store.revision import NotInitialised, check_known, current_revision
from hall.store.work import lock_key

_FOLDER = Path(__file__).parent / "migrations"


class AlreadyInitialised(Refused):
    """`hall db init` on a database that is in use."""

    def __init__(self) -> None:
        super().__init__("数据库已经建立过，没有改动它。要更新表结构请运行 hall db upgrade。")


class ForeignDatabase(Refused):
    """The database holds tables of another program."""

    def __init__(self) -> None:
        super().__init__("这个数据库里有别的程序的表，没有改动它。请给本程序建一个空数据库。")


class UpgradeBroken(Damaged):
    """A migration left rows that refer to nothing; it was rolled back."""

    def __init__(self, count: int) -> None:
        super().__init__(f"升级后有 {count} 行数据对不上，升级已撤回。请先运行 hall verify data 核查。")


def initialise(engine: Engine) -> None:
    """Create all tables in an empty database; raises AlreadyInitialised or ForeignDatabase."""
    with translated(), engine.connect() as connection:
        tables = inspect(connection).get_table_names()
    if current_revision(engine) is not None:
        raise AlreadyInitialised
    if [name for name in tables if name != "alembic_version"]:
        raise ForeignDatabase
    _migrate(engine, lambda config: command.upgrade(config, "head"))


def upgrade(engine: Engine) -> None:
    """Bring an older database to this program's revision: wholly or not at all."""
    current = current_revision(engine)
    if current is None:
        raise NotInitialised
    check_known(current)
    _migrate(engine, lambda config: command.upgrade(config, "head"))


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an older revision ("base" is before the first); what newer tables hold is lost."""
    _migrate(engine, lambda config: command.downgrade(config, revision))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(engine: Engine, steps: Callable[[Config], None]) -> None:
    with (
        translated(),
        engine.connect() as connection,
        _without_foreign_keys(connection),
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key("migrate")})
        steps(_config(connection))
        _check_references(connection)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by building it anew, which the references to it would forbid."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise UpgradeBroken(len(broken))
