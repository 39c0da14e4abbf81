"""A whole station keeps time: a card is issued when it starts, and the officer's window says so by itself."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.program import Program
from hall.app.station import Station
from hall.clock import FixedClock
from hall.services.halls import hall_view
from hall.services.supervision_rules import supervision_policy
from hall.settings import Settings, StationSettings
from hall.store import Store
from hall.windows.notices_bell import NoticesBell
from tests.services.supervision.bureau import REVIEWER, Bureau

PATIENCE_MS = 20_000


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    """A case in the reviewer's hand whose promise was broken while all stations were off."""
    found = Bureau(store, clock, supervision_policy(home), home)
    found.employ()
    found.open_case()
    found.noon("12-01")
    return found


@pytest.fixture
def station(bureau: Bureau, open_store: Callable[..., Store], sqlite_url: str, qapp: QApplication) -> Iterator[Station]:
    """The reviewer's computer, not yet started."""
    settings = Settings(home=bureau.home, mode="development", station=StationSettings(name="科室-1"))
    running = Station(settings, open_store(sqlite_url, station="科室-1"))
    yield running
    running.stop()


def test_what_came_while_all_were_off_is_done_at_start_and_told(
    bureau: Bureau, station: Station, qtbot: QtBot, qapp: QApplication
) -> None:
    reviewer = bureau.as_role(REVIEWER)
    desk = Program(qapp, station, hall_view(bureau.store, reviewer)).open_desk(reviewer, "reviewer21")
    qtbot.addWidget(desk)
    (bell,) = desk.findChildren(NoticesBell)
    assert not bell.isVisible()
    station.start()
    qtbot.waitUntil(lambda: [order.colour for order in bureau.orders()] == ["yellow"], timeout=PATIENCE_MS)
    qtbot.waitUntil(bell.isVisible, timeout=PATIENCE_MS)
    assert bell.text() == "提醒（1）  Ctrl+N"
