"""A whole station with the board: threads and change feed; a case accepted elsewhere appears on board and wallboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.program import Program
from hall.app.station import Station
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.halls import hall_view
from hall.settings import Settings, StationSettings
from hall.store import Store

PATIENCE_MS = 20_000


@pytest.fixture
def station(open_store: Callable[..., Store], sqlite_url: str, home: Path, qapp: QApplication) -> Iterator[Station]:
    """The manager's station, not yet started."""
    settings = Settings(home=home, mode="development", station=StationSettings(name="主任"))
    running = Station(settings, open_store(sqlite_url, station="主任"))
    yield running
    running.stop()


@pytest.fixture
def accept(
    store: Store,
    actor: Actor,
    front_of: Callable[[Store, Actor], Front],
    make_card: Callable[..., Card],
    complete: Callable[[Matter], tuple[HandedIn, ...]],
) -> Callable[[], Accepted]:
    """A clerk at another station accepts a case."""

    def do() -> Accepted:
        clerk = front_of(store, actor)
        handed = complete(clerk.intake.look("XK05", ()).matter)
        return clerk.intake.accept(Application("XK05", make_card(), "", handed))

    return do


def test_a_case_accepted_elsewhere_appears_on_the_board_and_the_wallboard(
    station: Station, manager: Actor, accept: Callable[[], Accepted], qtbot: QtBot, qapp: QApplication
) -> None:
    board = Program(qapp, station, hall_view(station.store, manager)).open_board(manager, "zhuren", wall=True)
    qtbot.addWidget(board)
    wall = board.wall.wall
    assert wall is not None
    station.start()
    qtbot.waitUntil(lambda: board.view is not None, timeout=PATIENCE_MS)
    accepted = accept()
    qtbot.waitUntil(lambda: board.numbers == (accepted.acceptance_number,), timeout=PATIENCE_MS)
    assert (wall.number(""), wall.number("normal")) == ("1", "1")
    board.close()
    assert board.wall.wall is None
