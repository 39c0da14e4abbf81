"""The penalty window of somebody in an enforcement office: real services on SQLite, tasks that answer at once."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.workers.card_reader import CardFeed
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.conftest import deciding, office, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.windows.penalty.desk import Desk
from tests.windows.penalty.hands import Hands

__all__ = ["deciding", "office", "settle", "sqlite_template"]

SitDown = Callable[[str], Hands]


@pytest.fixture
def cards() -> CardFeed:
    """The reader of whoever sits down next."""
    return CardFeed()


@pytest.fixture
def changes() -> ChangeFeed:
    """What other stations say."""
    return ChangeFeed()


@pytest.fixture
def desk(
    office: Office, front_of: Callable[[Store, Actor], Front], qtbot: QtBot, *, changes: ChangeFeed, cards: CardFeed
) -> Desk:
    """Where nobody sits yet."""
    return Desk(office, front_of, qtbot, changes=changes, cards=cards)


@pytest.fixture
def sit_down(desk: Desk) -> SitDown:
    """Somebody of the office at the penalty window, with hands."""

    def sit(login: str) -> Hands:
        window = desk.sit(login)
        return Hands(window, window.position)

    return sit
