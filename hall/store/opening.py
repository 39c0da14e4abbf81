"""Opens what the settings name: the store of this station, or the bare database for an errand."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from hall.clock import Clock
from hall.settings import Settings
from hall.store.engine import for_reading, open_engine, sqlite_path
from hall.store.failures import translated
from hall.store.revision import NotInitialised, check_schema
from hall.store.secrets import KeyRing
from hall.store.store import Store


def open_store(settings: Settings, clock: Clock) -> Store:
    """The store of this station.

    Raises NotInitialised, SchemaOlder, SchemaNewer, NotADatabase, DatabaseAway, HallUnknown, or what
    `KeyRing.load` raises for a missing or unreadable key file. Never creates a database.
    """
    with ExitStack() as undo:
        engine = _existing(settings)
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


@contextmanager
def opened_engine(settings: Settings) -> Iterator[Engine]:
    """The database whatever its schema, without a key or a hall; raises NotInitialised where there is none."""
    engine = _existing(settings)
    try:
        with translated():
            yield engine
    finally:
        engine.dispose()


@contextmanager
def checking_session(settings: Settings) -> Iterator[Session]:
    """A reading session on one state of the whole database, for those who check it."""
    with opened_engine(settings) as engine:
        check_schema(engine)
        with Session(for_reading(engine), autoflush=False) as session:
            yield session


def _existing(settings: Settings) -> Engine:
    url = settings.database_url
    if url.startswith("sqlite") and not sqlite_path(url).exists():
        raise NotInitialised
    return open_engine(url)
