"""A counter window on a furnished hall: real services on SQLite, tasks that answer at once, feeds without devices."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hall.clock import HALL_ZONE, FixedClock
from hall.resources import resource
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
from hall.windows.counter import Counter
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks, Tasks
from hall.workers.watcher import ChangeFeed

MATTER = "XK01-1"


@dataclass
class Feeds:
    """What devices and other stations say."""

    changes: ChangeFeed
    cards: CardFeed
    lamps: LampFeed


@dataclass
class Desk:
    """A counter window and the hands of its clerk."""

    window: Counter
    feeds: Feeds

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the focus is."""
        QTest.keyClick(self._focus, key, modifier)

    def type(self, text: str) -> None:
        """Text into the field that has the focus; Chinese comes from an input method."""
        if text.isascii():
            QTest.keyClicks(self._focus, text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._focus, event)

    def lay(self, card: Card) -> None:
        """A card on the reader."""
        self.feeds.cards.card.emit(card)

    def shows(self, page: QWidget) -> bool:
        """Whether this is the page on the right."""
        return self.window.page is page

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, key_ring: KeyRing) -> Path:
    """The hall of the whole run's template with counters, schedules, a signing key and the shipped catalogue."""
    path = tmp_path_factory.mktemp("counter") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    opening = FixedClock(datetime(2026, 11, 2, 8, 0, tzinfo=HALL_ZONE))
    store = Store(open_engine(f"sqlite:///{path}"), clock=opening, station="后台", hall_code="main", key_ring=key_ring)
    administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
    lay_foundation(store, counters=4)
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    import_matters(store, administrator, matters=parse_catalogue(text))
    store.close()
    return path


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Windows are tested on SQLite; the services' own tests cover both databases."""
    return sqlite_url


@pytest.fixture
def front(store: Store, tmp_path: Path) -> Front:
    """What the clerk can do."""
    clerk = Actor(7, "王某某", store.hall_id, frozenset({"clerk"}))
    home = tmp_path / "home"
    home.mkdir()
    return Front(store, clerk, home, queue_policy(home), LightRule(warning_days=2))


@pytest.fixture
def take_ticket(front: Front) -> Callable[..., str]:
    """Takes a number for a matter and gives its code."""

    def take(matter: str = MATTER, *, priority: str = "ordinary") -> str:
        return front.issue(matter, channel="staff", priority=priority).code

    return take


@pytest.fixture
def make_card() -> Callable[..., Card]:
    """Cards of ever new fictitious residents."""
    serials = itertools.count(1)

    def build(name: str = "张测明", valid_to: date | None = None) -> Card:
        digits = f"99999919900307{next(serials):03d}"
        return Card(
            kind="resident",
            name=name,
            sex="男",
            birth=date(1990, 3, 7),
            id_number=digits + id_check_digit(digits),
            valid_from=date(2016, 1, 1),
            valid_to=valid_to,
            address="莲城区向阳路18号",
        )

    return build


@pytest.fixture
def accept_case(front: Front, make_card: Callable[..., Card]) -> Callable[..., Accepted]:
    """Accepts a complete application with a ticket of counter 1, by a new person unless one is given."""

    def accept(card: Card | None = None) -> Accepted:
        front.issue("XK05", channel="staff")
        ticket = front.call_next(1)
        rules = front.intake("XK05", ()).matter.materials
        handed = tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in rules if rule.required)
        accepted = front.accept(Application("XK05", card or make_card(), "", handed, ticket.ticket_id))
        front.finish(1)
        return accepted

    return accept


@pytest.fixture
def renew_matter(store: Store, front: Front) -> Callable[[str], None]:
    """Puts a version without the last material into force."""

    def renew(code: str) -> None:
        present = front.intake(code, ()).matter
        administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
        import_matters(store, administrator, matters=(replace(present, materials=present.materials[:-1]),))

    return renew


@pytest.fixture
def feeds(qapp: QApplication) -> Feeds:
    return Feeds(ChangeFeed(), CardFeed(), LampFeed())


DeskOpener = Callable[..., Desk]


@pytest.fixture
def open_desk(front: Front, feeds: Feeds, qtbot: QtBot) -> DeskOpener:
    """Opens the window of counter 3: `open_desk(tasks)`."""

    def build(tasks: Tasks | None = None) -> Desk:
        window = Counter(
            front, tasks or InlineTasks(), counter=3, changes=feeds.changes, cards=feeds.cards, lamps=feeds.lamps
        )
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return Desk(window, feeds)

    return build


@pytest.fixture
def desk(open_desk: DeskOpener) -> Desk:
    """The window of counter 3."""
    return open_desk()
