"""What benchmarks run on: the database in use with a hall of its own in it, or a throw-away one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from hall.clock import SystemClock
from hall.resources import resource
from hall.rules.authority import ADMINISTRATOR, station_actor
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.services.catalogue import import_matters
from hall.services.foundation import HallDetails, enter_hall, lay_foundation
from hall.settings import Settings
from hall.store import Store, migrate, revision
from hall.store.engine import open_engine, sqlite_path
from hall.store.schema.halls import Hall
from hall.store.secrets import KEY_FILE, KEY_VARIABLE, KeyRing


@dataclass(frozen=True, slots=True)
class Ground:
    """A database with a benchmark's own hall in it: `kind` is sqlite or postgresql."""

    url: str
    kind: str
    hall_code: str
    home: Path
    matters: tuple[str, ...]
    key_ring: KeyRing = field(repr=False)
    """What sealed the persons of the benchmark's hall, and finds them again."""


@contextmanager
def ground_in_use(settings: Settings, *, hall_code: str, counters: int, again: bool = False) -> Iterator[Ground]:
    """The database that the settings name, if it is one; else a throw-away SQLite database.

    `again`: a hall of this code that an earlier run has left is used once more.

    The real hall is left alone: the benchmark enters a hall of its own, `hall_code`, with its own numbers,
    stations and counters. Nothing that was issued is ever deleted, so that hall stays in a database in use;
    an empty PostgreSQL database is given its tables for the run and is empty again afterwards.
    """
    url = settings.database_url
    with ExitStack() as undo:
        if url.startswith("sqlite") and not sqlite_path(url).exists():
            folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="hall-bench-"))
            url = f"sqlite:///{Path(folder) / 'hall.db'}"
        engine = open_engine(url)
        undo.callback(engine.dispose)
        if revision.current_revision(engine) is None:
            migrate.initialise(engine)
            undo.callback(migrate.downgrade, engine, "base")
        revision.check_schema(engine)
        ring = _key_ring(settings)
        matters = lay_ground(engine, ring, hall_code=hall_code, counters=counters, again=again)
        yield Ground(url, engine.dialect.name, hall_code, settings.home, matters, ring)


def _key_ring(settings: Settings) -> KeyRing:
    """The hall's own where there is one: a wrapped key that nobody can open must not lie in a real database."""
    if os.environ.get(KEY_VARIABLE) or (settings.home / KEY_FILE).exists():
        return KeyRing.load(settings.home, os.environ)
    return KeyRing.new()


def _is_entered(engine: Engine, hall_code: str) -> bool:
    with Session(engine) as session:
        return session.scalar(select(Hall.id).where(Hall.code == hall_code)) is not None


def open_store(ground: Ground, station: str) -> Store:
    """A store for queueing only: it seals nothing, so it needs no key of the hall."""
    return Store(
        open_engine(ground.url),
        clock=SystemClock(),
        station=station,
        hall_code=ground.hall_code,
        key_ring=KeyRing.new(),
    )


def lay_ground(engine: Engine, ring: KeyRing, *, hall_code: str, counters: int, again: bool = False) -> tuple[str, ...]:
    """Enter a hall with counters, schedules and the sample catalogue; gives the codes of its matters."""
    if not (again and _is_entered(engine, hall_code)):
        enter_hall(engine, HallDetails(code=hall_code, name="测速大厅", short_name="测速"))
    store = Store(engine, clock=SystemClock(), station="bench", hall_code=hall_code, key_ring=ring)
    lay_foundation(store, counters=counters)
    matters = parse_catalogue(decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE))
    import_matters(store, station_actor(ADMINISTRATOR, name="bench", hall_id=store.hall_id), matters=matters)
    return tuple(dict.fromkeys(matter.code for matter in matters))
