"""Opens the store that the settings name, after checking that it can be used."""

import os
from contextlib import ExitStack

from hall.clock import Clock
from hall.settings import Settings
from hall.store.engine import open_engine, sqlite_path
from hall.store.migrate import NotInitialised, check_schema
from hall.store.secrets import KeyRing
from hall.store.store import Store


def open_store(settings: Settings, clock: Clock) -> Store:
    """The store of this station.

    Raises NotInitialised, SchemaOlder, SchemaNewer, NotADatabase, DatabaseAway, HallUnknown, or what
    `KeyRing.load` raises for a missing or unreadable key file. Never creates a database.
    """
    url = settings.database_url
    if url.startswith("sqlite") and not sqlite_path(url).exists():
        raise NotInitialised
    with ExitStack() as undo:
        engine = open_engine(url)
        undo.callback(engine.dispose)
        check_schema(engine)
        store = Store(
            engine,
            clock=clock,
            station=settings.station.name,
            hall_code=settings.station.hall,
            key_ring=KeyRing.load(settings.home, os.environ),
        )
        undo.pop_all()
    return store
