"""A whole station: the bell rings in any window; Enter on a message opens what it is about where it is worked on."""

import importlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.page_windows import PAGE_WINDOWS
from hall.app.program import Program
from hall.app.station import Station
from hall.app.subject_windows import PLACES, place_of
from hall.clock import HALL_ZONE, FixedClock
from hall.services.due_notices import SOURCES, to_tell
from hall.services.halls import hall_view
from hall.services.subject_notices import NoticeView
from hall.settings import Settings, StationSettings
from hall.store import Store
from hall.windows.deed_list import DeedListPage
from hall.windows.notices_bell import NoticesBell
from hall.windows.pages import NOT_LISTED
from hall.windows.pages_window import NOT_YOURS, PagesWindow
from hall.windows.penalty_staff import StaffPage
from tests.services.penalties.conftest import office, settle, sqlite_template
from tests.services.penalties.office import Office
from tests.services.standards_story import Story
from tests.windows.keyboard import CONTROL, press

__all__ = ["office", "settle", "sqlite_template"]

PATIENCE_MS = 20_000


@pytest.fixture
def station(office: Office, open_store: Callable[..., Store], sqlite_url: str, qapp: QApplication) -> Iterator[Station]:
    """A clerk's computer beside the one of the office's store."""
    settings = Settings(home=office.home, mode="development", station=StationSettings(name="窗口-9"))
    running = Station(settings, open_store(sqlite_url, station="窗口-9"))
    yield running
    running.stop()


@pytest.fixture
def program(station: Station, office: Office, qapp: QApplication) -> Program:
    """Nobody has signed in yet."""
    return Program(qapp, station, hall_view(office.store, office.actor("clerk")))


@pytest.fixture
def checked(office: Office, home: Path, clock: FixedClock) -> Story:
    """The clerk was told that a check waits to be corrected by Monday."""
    story = Story(office, home)
    story.instruct()
    story.badges()
    story.check()
    office.on(date(2026, 11, 27))
    assert [item() for item in to_tell(office.store, home=home)] == [1]
    return story


def opened(program: Program, office: Office, login: str, code: str, qtbot: QtBot) -> PagesWindow:
    line = next(each for each in PAGE_WINDOWS if each.code == code)
    window = program.open_pages(line, office.actor(login), login)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def bell_of(window: PagesWindow) -> NoticesBell:
    (bell,) = window.findChildren(NoticesBell)
    return bell


@pytest.mark.usefixtures("checked")
def test_enter_on_a_message_shows_the_thing_where_it_is_worked_on(
    program: Program, station: Station, office: Office, qtbot: QtBot, qapp: QApplication
) -> None:
    window = opened(program, office, "clerk", "registers", qtbot)
    station.start()
    bell = bell_of(window)
    qtbot.waitUntil(lambda: bell.text().startswith("提醒（1）"), timeout=PATIENCE_MS)
    press(Qt.Key.Key_N, CONTROL)
    assert bell.box is not None
    table = bell.box.list.table
    qtbot.waitUntil(lambda: len(table.rows) == 1 and table.hasFocus(), timeout=PATIENCE_MS)
    assert table.rows[0].text == "2026-11-23 现场查看抽查：整改 2026-11-30 到期，请按时办理"
    press(Qt.Key.Key_Return)
    shown = program.windows[-1]
    assert isinstance(shown, PagesWindow)
    qtbot.addWidget(shown)
    assert shown.windowTitle() == "服务标准"
    page = shown.page
    assert isinstance(page, DeedListPage)
    assert page.accessibleName() == "抽查"
    qtbot.waitUntil(lambda: page.row is not None, timeout=PATIENCE_MS)
    count = len(program.windows)
    program.show_subject(office.actor("clerk"), "clerk", table.rows[0])
    assert len(program.windows) == count, "a second message opens no second window"
    shown.close()
    window.close()


def test_what_is_no_longer_listed_and_what_is_not_ones_own_is_said(
    program: Program, office: Office, station: Station, qtbot: QtBot
) -> None:
    window = opened(program, office, "clerk", "standards", qtbot)
    station.start()
    window.show_thing("抽查", 99)
    qtbot.waitUntil(lambda: window.message.words == f"✕ {NOT_LISTED}", timeout=PATIENCE_MS)
    window.show_thing("轮次", 1)
    assert window.message.words == f"✕ {NOT_YOURS}"
    window.close()


def test_a_certificate_that_runs_out_is_found_among_the_officers(
    program: Program, station: Station, office: Office, qtbot: QtBot
) -> None:
    window = opened(program, office, "boss", "penalty", qtbot)
    station.start()
    window.show_thing("执法人员", office.certificates["outside"])
    page = window.page
    assert isinstance(page, StaffPage)

    def selected() -> str:
        line = page.list.table.current_row
        return line.certificate.name if line is not None and line.certificate is not None else ""

    qtbot.waitUntil(lambda: selected() == "何外勤", timeout=PATIENCE_MS)
    window.close()


def test_everything_that_is_due_has_a_place(clock: FixedClock) -> None:
    at = clock.instant.astimezone(HALL_ZONE)
    assert set(PLACES) == set(SOURCES) - {"rating_follow_up"}
    for subject, due in [*((each, "") for each in PLACES), ("request", "call_back")]:
        window, words = place_of(NoticeView(1, subject, 1, "due", due, None, at, ""))
        pages = importlib.import_module(window.module).PAGES
        assert words in [page.words for page in pages.pages]


def test_the_administrator_has_no_bell(program: Program, office: Office, qtbot: QtBot) -> None:
    window = opened(program, office, "admin", "publicity", qtbot)
    assert window.findChildren(NoticesBell) == []
    window.close()
