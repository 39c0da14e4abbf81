"""Public screens and the board on a furnished hall: real services on SQLite, tasks that answer at once."""

import itertools
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError, Unavailable
from hall.resources import resource
from hall.rules.authority import station_actor
from hall.rules.cards import Card
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.identity import id_check_digit
from hall.rules.lights import LightRule
from hall.rules.people import Actor
from hall.rules.permits import HandedIn
from hall.services.catalogue import import_matters
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.permits import Accepted, Application
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.kiosk import Kiosk
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks, Pending
from hall.workers.watcher import ChangeFeed

T = TypeVar("T")


class Link(InlineTasks):
    """Tasks that answer at once, until `away`: then the database cannot be reached."""

    def __init__(self) -> None:
        self.away = False

    def read(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        """Refused while away."""
        return super().read(self._refusing if self.away else function, on_done, on_failed=on_failed, owner=owner)

    def _refusing(self) -> NoReturn:
        raise Unavailable("数据库连不上，请检查网络。")


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, key_ring: KeyRing) -> Path:
    """The hall of the whole run's template with counters, schedules, a signing key and the shipped catalogue."""
    path = tmp_path_factory.mktemp("screens") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    opening = FixedClock(datetime(2026, 11, 2, 8, 0, tzinfo=HALL_ZONE))
    store = Store(open_engine(f"sqlite:///{path}"), clock=opening, station="后台", hall_code="main", key_ring=key_ring)
    lay_foundation(store, counters=4)
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
    import_matters(store, administrator, matters=parse_catalogue(text))
    store.close()
    return path


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Windows are tested on SQLite; the services' own tests cover both databases."""
    return sqlite_url


@pytest.fixture
def front_as(store: Store, tmp_path: Path) -> Callable[[str], Front]:
    """What a role can do: `front_as("kiosk")`, `front_as("clerk")`."""
    home = tmp_path / "home"
    home.mkdir()

    def build(role: str) -> Front:
        if role in {"kiosk", "display"}:
            actor = station_actor(role, name="大厅", hall_id=store.hall_id)
        else:
            actor = Actor(7, "张三明", store.hall_id, frozenset({role}))
        return Front(store, actor, home, queue_policy(home), LightRule(warning_days=2))

    return build


@pytest.fixture
def clerk(front_as: Callable[[str], Front]) -> Front:
    """The clerk at a counter."""
    return front_as("clerk")


@pytest.fixture
def link() -> Link:
    """The window's tasks."""
    return Link()


@pytest.fixture
def changes(qapp: QApplication) -> ChangeFeed:
    return ChangeFeed()


@pytest.fixture
def cards(qapp: QApplication) -> CardFeed:
    return CardFeed()


@pytest.fixture
def lamps(qapp: QApplication) -> LampFeed:
    return LampFeed()


@pytest.fixture
def open_kiosk(link: Link, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> Callable[[Front], Kiosk]:
    """Makes the kiosk's window."""
    return lambda front: Kiosk(front, link, changes=changes, cards=cards, lamps=lamps)


@pytest.fixture
def changed(changes: ChangeFeed) -> Callable[[str], None]:
    """Another station changed something of a topic."""

    def tell(topic: str) -> None:
        changes.changed.emit(frozenset({(topic, "any")}))

    return tell


@pytest.fixture
def make_card() -> Callable[..., Card]:
    """Cards of ever new fictitious residents."""
    serials = itertools.count(1)

    def build(name: str = "张测明", birth: date = date(1990, 3, 7)) -> Card:
        digits = f"999999{birth:%Y%m%d}{next(serials):03d}"
        return Card(
            kind="resident",
            name=name,
            sex="男",
            birth=birth,
            id_number=digits + id_check_digit(digits),
            valid_from=date(2016, 1, 1),
            valid_to=None,
            address="莲城区向阳路18号",
        )

    return build


@pytest.fixture
def accept_case(clerk: Front, clock: FixedClock, make_card: Callable[..., Card]) -> Callable[[str, date], Accepted]:
    """Accepts a complete application at ten o'clock of a day; the clock stays there."""

    def accept(matter_code: str, day: date) -> Accepted:
        clock.instant = datetime(day.year, day.month, day.day, 10, tzinfo=HALL_ZONE)
        rules = clerk.intake(matter_code, ()).matter.materials
        handed = tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in rules if rule.required)
        return clerk.accept(Application(matter_code, make_card(), "", handed))

    return accept


@pytest.fixture
def shown_words() -> Callable[[QWidget], list[str]]:
    """Everything a window shows in labels now."""

    def read(window: QWidget) -> list[str]:
        return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]

    return read
