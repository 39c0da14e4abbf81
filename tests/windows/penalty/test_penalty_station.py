"""A whole station with its threads: the penalty window opens, finds, and follows what is done at another one."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.page_windows import PAGE_WINDOWS
from hall.app.program import Program
from hall.app.station import Station
from hall.services.halls import hall_view
from hall.services.payment_notices import NewNotice, issue_notice
from hall.settings import Settings, StationSettings
from hall.store import Store
from hall.windows.penalty import Penalty
from tests.services.penalties.office import Office
from tests.windows.penalty.hands import Hands

PATIENCE_MS = 20_000


@pytest.fixture
def station(office: Office, open_store: Callable[..., Store], sqlite_url: str, qapp: QApplication) -> Iterator[Station]:
    """A clerk's computer beside the one of the office's store."""
    settings = Settings(home=office.home, mode="development", station=StationSettings(name="窗口-9"))
    running = Station(settings, open_store(sqlite_url, station="窗口-9"))
    yield running
    running.stop()


def test_what_another_station_does_is_seen_without_asking(
    office: Office, station: Station, qtbot: QtBot, qapp: QApplication
) -> None:
    case_id = office.served()
    clerk = office.actor("clerk")
    line = next(each for each in PAGE_WINDOWS if each.code == "penalty")
    window = Program(qapp, station, hall_view(office.store, clerk)).open_pages(line, clerk, "clerk")
    assert isinstance(window, Penalty)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    station.start()
    hands = Hands(window, window.position)
    hands.find(office.decision_of(case_id).number)
    qtbot.waitUntil(lambda: window.position.is_open, timeout=PATIENCE_MS)
    assert hands.papers == []
    notice = NewNotice("61010026000012345678", 300_000)
    issue_notice(office.store, office.actor("cashier"), case_id=case_id, notice=notice, home=office.home)
    qtbot.waitUntil(lambda: hands.papers == ["payment_notice"], timeout=PATIENCE_MS)
    assert window.position.shown.column.acts.hasFocus()
