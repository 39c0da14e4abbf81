"""The first step of a hall: tables, key file, hall, this station and the first administrator."""

import os
from dataclasses import dataclass, field

from hall.clock import Clock
from hall.services.accounts import FIRST_LOGIN, AccountsExist, create_first_administrator
from hall.settings import Settings
from hall.store import Store, migrate
from hall.store.engine import open_engine
from hall.store.secrets import KEY_FILE, KEY_VARIABLE, KeyRing
from hall.store.stations import found_hall


@dataclass(frozen=True, slots=True)
class Founded:
    """What was made. No password where the district has accounts already; the repr does not show it."""

    hall: str
    station: str
    login: str
    one_time_password: str | None = field(repr=False)


def found(settings: Settings, clock: Clock, *, name: str, short_name: str) -> Founded:
    """Make whatever is missing, so that an interrupted run can be done again.

    In a district's database that is in use, only the hall of these settings is added.
    Raises migrate.AlreadyInitialised when nothing is missing, ForeignDatabase, SchemaOlder or SchemaNewer.
    """
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_engine(settings.database_url)
    try:
        if migrate.current_revision(engine) is None:
            migrate.initialise(engine)
        migrate.check_schema(engine)
        code, station = settings.station.hall, settings.station.name
        is_new = found_hall(engine, code=code, name=name, short_name=short_name)
        store = Store(engine, clock=clock, station=station, hall_code=code, key_ring=_key_ring(settings))
        return Founded(code, station, FIRST_LOGIN, _first_password(store, is_new=is_new))
    finally:
        engine.dispose()


def _key_ring(settings: Settings) -> KeyRing:
    if os.environ.get(KEY_VARIABLE) or (settings.home / KEY_FILE).exists():
        return KeyRing.load(settings.home, os.environ)
    return KeyRing.create(settings.home)


def _first_password(store: Store, *, is_new: bool) -> str | None:
    try:
        return create_first_administrator(store)
    except AccountsExist:
        if not is_new:
            raise migrate.AlreadyInitialised from None
        return None
