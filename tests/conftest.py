"""What all tests share: a clock, people and their papers, a store on SQLite and on a PostgreSQL of the run's own."""

import gc
import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy.orm import Session

from hall.clock import HALL_ZONE, FixedClock
from hall.demo.cluster import Cluster, running_cluster
from hall.resources import resource
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.identity import id_check_digit
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services.catalogue import import_matters
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store, migrate
from hall.store.engine import open_engine
from hall.store.schema.halls import Hall
from hall.store.secrets import KeyRing
from tests.asked import Asked
from tests.compiled import sharing
from tests.ending import Ending
from tests.printing.private_cups import PrivateCups, running_cups

# The same examples in every run; `pytest --hypothesis-profile=default` looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")

HALL_CODE = "main"
COUNTERS = 4
OPENING = datetime(2026, 11, 2, 8, 0, tzinfo=HALL_ZONE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What docs/testing.md says about the two databases."""
    parser.addoption("--both", action="store_true", help="run every test of the services on both databases")
    parser.addoption("--asked", action="store_true", help="fail where the services asked only SQLite")


def pytest_configure(config: pytest.Config) -> None:
    """See tests/ending.py; with `--asked`: tests/asked.py."""
    config.pluginmanager.register(Ending())
    if config.getoption("--asked"):
        config.pluginmanager.register(Asked())


def pytest_runtest_logfinish(nodeid: str) -> None:
    """What a test leaves of its windows stays for good: collected in a thread, or while a later test makes a window,
    it ends or hangs the process (PySide6 6.11)."""
    if nodeid.startswith("tests/windows/"):
        gc.freeze()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server on loopback for the whole run."""
    with running_cluster() as running:
        yield running


def build(url: str) -> None:
    """A database as `hall db init` leaves it, without accounts."""
    engine = open_engine(url)
    migrate.initialise(engine)
    with Session(engine) as session:
        session.add(
            Hall(
                code=HALL_CODE,
                name="莲城区城市管理服务大厅",
                short_name="莲城管",
                authority="莲城区城市管理和综合执法局",
                address="莲城区政务路1号",
                phone="0000-1234567",
                complaint_phone="0000-12319",
            )
        )
        session.commit()
    engine.dispose()


@pytest.fixture(scope="session")
def cups_server() -> Iterator[PrivateCups]:
    """A print system on loopback for the whole run."""
    with running_cups() as running:
        yield running


@pytest.fixture
def printing(cups_server: PrivateCups, monkeypatch: pytest.MonkeyPatch) -> PrivateCups:
    """The print system as at its start: queues that print, and nothing in them."""
    monkeypatch.setenv("CUPS_SERVER", cups_server.address)
    cups_server.fresh()
    return cups_server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "hall.db"
    build(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(cluster: Cluster) -> str:
    build(cluster.create("hall_template"))
    return "hall_template"


@pytest.fixture(scope="session")
def furnish(key_ring: KeyRing) -> Callable[[str], None]:
    """What the first imports leave: counters, shipped schedules and catalogue, a signing key."""

    def move_in(url: str) -> None:
        clock = FixedClock(OPENING)
        store = Store(open_engine(url), clock=clock, station="setup", hall_code=HALL_CODE, key_ring=key_ring)
        administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
        lay_foundation(store, counters=COUNTERS)
        text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
        import_matters(store, administrator, matters=parse_catalogue(text))
        store.close()

    return move_in


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A fresh SQLite database with one hall in it."""
    shutil.copyfile(sqlite_template, tmp_path / "hall.db")
    return f"sqlite:///{tmp_path / 'hall.db'}"


@pytest.fixture
def postgresql_url(cluster: Cluster, postgresql_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database with one hall in it."""
    name = f"hall_{uuid.uuid4().hex}"
    yield cluster.create(name, postgresql_template)
    cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of either kind: every test that asks for it, or for `store`, runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, 09:42; set `clock.instant` to move it."""
    return FixedClock(datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE))


@pytest.fixture(scope="session")
def key_ring() -> KeyRing:
    return KeyRing.new()


StoreOpener = Callable[..., Store]


@pytest.fixture
def open_store(request: pytest.FixtureRequest, clock: FixedClock, key_ring: KeyRing) -> Iterator[StoreOpener]:
    """Opens the store of a station: `open_store(url, station="窗口一")`; closed when the test ends."""
    opened: list[Store] = []
    of_services = request.node.nodeid.startswith("tests/services/")

    def opener(url: str, station: str = "station-1", hall_code: str = HALL_CODE) -> Store:
        engine = sharing(open_engine(url), of_services=of_services)
        store = Store(engine, clock=clock, station=station, hall_code=hall_code, key_ring=key_ring)
        opened.append(store)
        return store

    yield opener
    for store in opened:
        store.close()


@pytest.fixture
def store(database_url: str, open_store: StoreOpener) -> Store:
    """The store of station-1, once on SQLite and once on PostgreSQL."""
    return open_store(database_url)


@pytest.fixture
def other_station(database_url: str, open_store: StoreOpener) -> Store:
    """A second station of the same hall on the same database, with its own connections."""
    return open_store(database_url, station="station-2")


@pytest.fixture
def actor_with(store: Store) -> Callable[..., Actor]:
    """An actor of the store's hall with the roles named: `actor_with("reviewer", "approver")`."""

    def build_actor(*roles: str, account_id: int = 7, name: str = "张三明") -> Actor:
        return Actor(account_id=account_id, name=name, hall_id=store.hall_id, roles=frozenset(roles))

    return build_actor


@pytest.fixture
def actor(actor_with: Callable[..., Actor]) -> Actor:
    """A clerk."""
    return actor_with("clerk")


@pytest.fixture
def manager(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("manager", account_id=8, name="李四清")


@pytest.fixture
def administrator(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("administrator", account_id=9, name="王五平")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """HALL_HOME without anything of its own: shipped templates and parameters count."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def front_of(home: Path) -> Callable[..., Front]:
    """What an actor can do at a store's station; tickets live at once unless it prints slips."""

    def build_front(store: Store, actor: Actor, *, slip: bool = False) -> Front:
        return Front(store, actor, home, queue_policy(home), slip)

    return build_front


@pytest.fixture
def make_card() -> Callable[..., Card]:
    """Cards of ever new fictitious residents: `make_card(birth=date(1950, 1, 1))`."""
    serials = itertools.count(1)

    def build_card(
        *,
        birth: date = date(1990, 3, 7),
        name: str = "张测明",
        valid_to: date | None = None,
        address: str = "莲城区向阳路18号",
    ) -> Card:
        digits = f"999999{birth:%Y%m%d}{next(serials):03d}"
        return Card(
            kind="resident",
            name=name,
            sex="男",
            birth=birth,
            id_number=digits + id_check_digit(digits),
            valid_from=date(2016, 1, 1),
            valid_to=valid_to,
            address=address,
        )

    return build_card


@pytest.fixture
def complete() -> Callable[[Matter], tuple[HandedIn, ...]]:
    """Every required material of a matter in the full number."""

    def hand_in(matter: Matter) -> tuple[HandedIn, ...]:
        return tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials if rule.required)

    return hand_in
