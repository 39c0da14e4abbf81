"""Public screens and the board on a furnished hall: real services on SQLite, tasks that answer at once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NoReturn, TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError, Unavailable
from hall.rules.authority import station_actor
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.front import Front
from hall.store import Store
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


@pytest.fixture
def front_as(store: Store, front_of: Callable[[Store, Actor], Front]) -> Callable[[str], Front]:
    """What a role can do: `front_as("kiosk")`, `front_as("clerk")`."""

    def build(role: str) -> Front:
        if role in {"kiosk", "display"}:
            actor = station_actor(role, name="大厅", hall_id=store.hall_id)
        else:
            account_id = 8 if role == "manager" else 7  # nobody follows up a rating of himself
            actor = Actor(account_id, "张三明", store.hall_id, frozenset({role}))
        return front_of(store, actor)

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
def accept_case(
    clerk: Front,
    clock: FixedClock,
    make_card: Callable[..., Card],
    complete: Callable[[Matter], tuple[HandedIn, ...]],
) -> Callable[[str, date], Accepted]:
    """Accepts a complete application at ten o'clock of a day; the clock stays there."""

    def accept(matter_code: str, day: date) -> Accepted:
        clock.instant = datetime(day.year, day.month, day.day, 10, tzinfo=HALL_ZONE)
        handed = complete(clerk.intake.look(matter_code, ()).matter)
        return clerk.intake.accept(Application(matter_code, make_card(), "", handed))

    return accept


@pytest.fixture
def shown_words() -> Callable[[QWidget], list[str]]:
    """Everything a window shows in labels now."""

    def read(window: QWidget) -> list[str]:
        return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]

    return read
