"""`hall db init`: tables, key file, hall, this station, what a hall needs, and the first administrator."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hall.clock import Clock
from hall.errors import Unavailable, cause_of
from hall.services.accounts import FIRST_LOGIN, create_first_administrator
from hall.services.foundation import HallDetails, enter_hall, lay_foundation
from hall.settings import Settings
from hall.store import Store, migrate, revision
from hall.store.engine import open_engine
from hall.store.failures import translated
from hall.store.schema.halls import Hall
from hall.store.schema.people import Account
from hall.store.secrets import KEY_FILE, KEY_VARIABLE, KeyRing


class HomeAway(Unavailable):
    """HALL_HOME cannot be made."""

    def __init__(self, home: Path, error: OSError) -> None:
        super().__init__(f"建不了数据文件夹 {home}（{cause_of(error)}）。请检查 HALL_HOME 和权限后再试。")


@dataclass(frozen=True, slots=True)
class Initialised:
    """What was made. No password where the district has accounts already; the repr does not show it."""

    hall: str
    station: str
    login: str
    one_time_password: str | None = field(repr=False)


def initialise_hall(settings: Settings, clock: Clock, *, details: HallDetails, counters: int) -> Initialised:
    """Make whatever is missing, so that an interrupted run can be done again.

    In a district's database that is in use, only the hall of these settings is added.
    Raises migrate.AlreadyInitialised when nothing is missing, ForeignDatabase, SchemaOlder or SchemaNewer.
    """
    _make_home(settings.home)
    engine = open_engine(settings.database_url)
    try:
        if revision.current_revision(engine) is None:
            migrate.initialise(engine)
        revision.check_schema(engine)
        with translated():
            has_accounts = _enter(engine, details)
        station = settings.station.name
        ring = _key_ring(settings)
        store = Store(engine, clock=clock, station=station, hall_code=details.code, key_ring=ring)
        lay_foundation(store, counters=counters)
        password = None if has_accounts else create_first_administrator(store)
        return Initialised(details.code, station, FIRST_LOGIN, password)
    finally:
        engine.dispose()


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeAway(home, error) from error


def _enter(engine: Engine, details: HallDetails) -> bool:
    """Enter the hall unless an interrupted run did; gives whether the district has accounts."""
    with Session(engine) as session:
        is_there = session.scalar(select(Hall.id).where(Hall.code == details.code)) is not None
        has_accounts = session.scalar(select(Account.id).limit(1)) is not None
    if is_there and has_accounts:
        raise migrate.AlreadyInitialised
    if not is_there:
        enter_hall(engine, details)
    return has_accounts


def _key_ring(settings: Settings) -> KeyRing:
    if os.environ.get(KEY_VARIABLE) or (settings.home / KEY_FILE).exists():
        return KeyRing.load(settings.home, os.environ)
    return KeyRing.create(settings.home)
