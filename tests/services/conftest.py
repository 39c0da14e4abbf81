"""A furnished hall: counters, shipped catalogue and schedules, a signing key; fictitious persons and their papers."""

import itertools
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from hall.clock import HALL_ZONE, FixedClock
from hall.resources import resource
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.identity import id_check_digit
from hall.rules.lights import LightRule
from hall.rules.people import Actor
from hall.rules.permits import HandedIn
from hall.services.catalogue import import_matters
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.permits import Application
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

COUNTERS = 4
OPENING = datetime(2026, 11, 2, 8, 0, tzinfo=HALL_ZONE)


def furnish(url: str, key_ring: KeyRing) -> None:
    """What `hall db init` and the first imports leave."""
    clock = FixedClock(OPENING)
    store = Store(open_engine(url), clock=clock, station="setup", hall_code="main", key_ring=key_ring)
    administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
    lay_foundation(store, counters=COUNTERS)
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    import_matters(store, administrator, matters=parse_catalogue(text))
    store.close()


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, key_ring: KeyRing) -> Path:
    """The hall of the whole run's template, furnished."""
    path = tmp_path_factory.mktemp("furnished") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}", key_ring)
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_template: str, request: pytest.FixtureRequest, key_ring: KeyRing) -> str:
    """The hall of the whole run's template, furnished."""
    furnish(request.getfixturevalue("cluster").create("hall_furnished", postgresql_template), key_ring)
    return "hall_furnished"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """HALL_HOME without anything of its own: shipped templates and parameters count."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


FrontMaker = Callable[[Store, Actor], Front]


@pytest.fixture
def front_of(home: Path) -> FrontMaker:
    """What an actor can do at a store's station."""

    def build(store: Store, actor: Actor) -> Front:
        return Front(store, actor, home, queue_policy(home), LightRule(warning_days=2))

    return build


@pytest.fixture
def front(front_of: FrontMaker, store: Store, actor: Actor) -> Front:
    """The clerk at station-1."""
    return front_of(store, actor)


@pytest.fixture
def other_front(front_of: FrontMaker, other_station: Store, actor_with: Callable[..., Actor]) -> Front:
    """Another clerk at station-2."""
    return front_of(other_station, actor_with("clerk", account_id=17, name="赵六和"))


@pytest.fixture
def make_card() -> Callable[..., Card]:
    """Cards of ever new fictitious residents: `make_card(birth=date(1950, 1, 1))`."""
    serials = itertools.count(1)

    def build(
        birth: date = date(1990, 3, 7),
        name: str = "张测明",
        valid_to: date | None = None,
        address: str = "莲城区向阳路18号",
    ) -> Card:
        digits = f"999999{birth:%Y%m%d}{next(serials):03d}"
        number = digits + id_check_digit(digits)
        return Card(
            kind="resident",
            name=name,
            sex="男",
            birth=birth,
            id_number=number,
            valid_from=date(2016, 1, 1),
            valid_to=valid_to,
            address=address,
        )

    return build


@pytest.fixture
def complete() -> Callable[[Matter], tuple[HandedIn, ...]]:
    """Every required material of a matter in the full number."""

    def build(matter: Matter) -> tuple[HandedIn, ...]:
        return tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials if rule.required)

    return build


@pytest.fixture
def make_application(
    front: Front, make_card: Callable[..., Card], complete: Callable[[Matter], tuple[HandedIn, ...]]
) -> Callable[..., Application]:
    """A complete application for a matter of the shipped catalogue, by a new person unless one is given."""

    def build(matter_code: str = "XK05", *, card: Card | None = None, ticket_id: int | None = None) -> Application:
        matter = front.intake(matter_code, ()).matter
        return Application(
            matter_code=matter_code,
            card=card or make_card(),
            phone="13900001234",
            materials=complete(matter),
            ticket_id=ticket_id,
        )

    return build


@pytest.fixture
def matter_of(front: Front) -> Callable[[str], Matter]:
    """The matter in force today, as a value to make new versions of."""

    def find(code: str) -> Matter:
        return front.intake(code, ()).matter

    return find
