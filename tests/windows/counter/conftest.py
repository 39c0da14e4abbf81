"""A counter window on a furnished hall: real services on SQLite, tasks that answer at once, feeds without devices."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.catalogue import import_matters
from hall.services.front import Front
from hall.store import Store
from hall.windows.counter import Counter
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks, Tasks
from hall.workers.watcher import ChangeFeed
from tests.windows.counter.desk import Desk, Feeds

MATTER = "XK01-1"


@pytest.fixture
def front(store: Store, front_of: Callable[[Store, Actor], Front]) -> Front:
    """What the clerk can do."""
    return front_of(store, Actor(7, "王某某", store.hall_id, frozenset({"clerk"})))


@pytest.fixture
def take_ticket(front: Front) -> Callable[..., str]:
    """Takes a number for a matter and gives its code."""

    def take(matter: str = MATTER, *, priority: str = "ordinary") -> str:
        return front.taking.issue(matter, channel="staff", priority=priority).code

    return take


@pytest.fixture
def accept_case(
    front: Front, make_card: Callable[..., Card], complete: Callable[[Matter], tuple[HandedIn, ...]]
) -> Callable[..., Accepted]:
    """Accepts a complete application with a ticket of counter 1, by a new person unless one is given."""

    def accept(card: Card | None = None) -> Accepted:
        front.taking.issue("XK05", channel="staff")
        ticket = front.calling.call_next(1)
        handed = complete(front.intake.look("XK05", ()).matter)
        application = Application("XK05", card or make_card(), "", handed, ticket.ticket_id, duplicate_reason="另一处")
        accepted = replace(front, slip=True).intake.accept(application)
        front.calling.finish(1)
        return accepted

    return accept


@pytest.fixture
def renew_matter(store: Store, front: Front) -> Callable[[str], None]:
    """Puts a version without the last material into force."""

    def renew(code: str) -> None:
        present = front.intake.look(code, ()).matter
        administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
        import_matters(store, administrator, matters=(replace(present, materials=present.materials[:-1]),))

    return renew


@pytest.fixture
def feeds(qapp: QApplication) -> Feeds:
    return Feeds(ChangeFeed(), CardFeed(), LampFeed())


DeskOpener = Callable[..., Desk]


@pytest.fixture
def open_desk(front: Front, feeds: Feeds, qtbot: QtBot) -> DeskOpener:
    """Opens the window of counter 3, or of another: `open_desk(tasks, counter=2, of=front)`."""

    def build(tasks: Tasks | None = None, *, counter: int = 3, of: Front = front) -> Desk:
        window = Counter(
            of, tasks or InlineTasks(), counter=counter, changes=feeds.changes, cards=feeds.cards, lamps=feeds.lamps
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
