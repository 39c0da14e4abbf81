"""时限看板: the right light for each case, counts that agree, all by key, alive while others work."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hall.clock import HALL_ZONE, FixedClock
from hall.services.accepting import Accepted
from hall.services.front import Front
from hall.windows.board import Board
from hall.windows.kit import tokens
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

TODAY = date(2026, 11, 23)
Accept = Callable[[str, date], Accepted]


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def board(front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, lamps: LampFeed, qtbot: QtBot) -> Board:
    window = Board(front_as("manager"), link, changes=changes, lamps=lamps)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def cases(accept_case: Accept, clock: FixedClock, changed: Callable[[str], None]) -> None:
    """XK05 is promised in 3 workdays and due by law in 20: one case late by promise, one today, one with time left."""
    for day in (date(2026, 11, 16), date(2026, 11, 18), TODAY):
        accept_case("XK05", day)


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def lights(board: Board) -> list[str]:
    return [row.light for row in board.table.rows]


def text(board: Board, row: int, column: int) -> str:
    model = board.table.model()
    return str(model.data(model.index(row, column)))


def test_an_accepted_case_appears_with_its_light_and_days(
    board: Board, accept_case: Accept, changed: Callable[[str], None]
) -> None:
    assert not board.numbers
    accepted = accept_case("XK05", TODAY)
    changed("case")
    assert board.numbers == (accepted.acceptance_number,)
    shown = [text(board, 0, column) for column in range(8)]
    assert shown[:2] == ["正常", "+3 日"]
    assert shown[3:5] == ["临时占用城市道路许可", "市政科"]
    assert shown[6:] == ["2026-11-26", "2026-12-21"]


@pytest.mark.usefixtures("cases")
def test_counts_and_chart_agree_with_the_list(board: Board) -> None:
    assert lights(board) == ["over_promised", "today", "normal"]
    assert [text(board, row, 1) for row in range(3)] == ["−2 日", "今日", "+3 日"]
    assert {code: board.counts.number(code) for code in ("total", *tokens.LIGHTS)} == {
        "total": "3",
        "over_promised": "1",
        "today": "1",
        "normal": "1",
        "warning": "0",
        "over_statutory": "0",
        "pending": "0",
    }
    assert board.chart.sentences == ("市政科 3 件：超承诺 1、今日到期 1、正常 1",)


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_1, ["over_promised", "today", "normal"]),
        (Qt.Key.Key_2, ["today"]),
        (Qt.Key.Key_3, []),
        (Qt.Key.Key_4, ["over_promised"]),
    ],
)
def test_digits_filter_and_the_counts_stay(board: Board, key: Qt.Key, expected: list[str]) -> None:
    press(Qt.Key.Key_3)
    press(key)
    assert lights(board) == expected
    assert board.counts.number("total") == "3"
    assert sum(button.isChecked() for button in board.filters.values()) == 1


def test_on_rest_days_a_case_that_was_due_on_the_last_workday_is_over_not_due_today(
    board: Board, accept_case: Accept, clock: FixedClock
) -> None:
    accept_case("XK05", date(2026, 11, 17))  # promised for Friday
    clock.instant = datetime(2026, 11, 21, 10, tzinfo=HALL_ZONE)  # Saturday
    board.reload()
    assert (lights(board), text(board, 0, 1)) == (["over_promised"], "已过")


@pytest.mark.usefixtures("cases")
def test_lights_change_at_midnight_without_a_hand(board: Board, clock: FixedClock, qtbot: QtBot) -> None:
    assert board.reload_timer.interval() == 60_000
    clock.instant = datetime(2026, 11, 24, 0, 0, 30, tzinfo=HALL_ZONE)
    board.reload_timer.setInterval(5)
    qtbot.waitUntil(lambda: lights(board) == ["over_promised", "over_promised", "warning"])
    board.reload_timer.setInterval(60_000)


@pytest.mark.usefixtures("cases")
def test_f5_reloads_the_board(board: Board, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 11, 25, 9, tzinfo=HALL_ZONE)
    press(Qt.Key.Key_F5)
    assert lights(board) == ["over_promised", "over_promised", "warning"]


@pytest.mark.usefixtures("cases")
def test_a_reload_keeps_the_selected_case(board: Board, changed: Callable[[str], None], accept_case: Accept) -> None:
    press(Qt.Key.Key_Down)
    chosen = board.table.current_row
    assert chosen is not None
    assert chosen.light == "today"
    accept_case("XK03", TODAY)
    changed("case")
    assert len(board.numbers) == 4
    assert board.table.current_row == chosen


@pytest.mark.usefixtures("cases")
def test_enter_opens_the_case_and_escape_comes_back(board: Board, qtbot: QtBot) -> None:
    number = board.numbers[0]
    with qtbot.waitSignal(board.case_chosen) as signal:
        press(Qt.Key.Key_Return)
    assert signal.args == [board.table.rows[0].case_id]
    assert board.case_page.isVisible()
    assert number in board.case_page.numbers
    assert board.case_page.light_words.startswith("超承诺")
    press(Qt.Key.Key_Escape)
    assert not board.case_page.isVisible()
    assert board.table.hasFocus()


@pytest.mark.usefixtures("cases")
def test_why_is_answered_in_the_case(board: Board) -> None:
    press(Qt.Key.Key_Return)
    board.case_page.why_button.click()
    assert board.case_page.explanation.isVisible()
    press(Qt.Key.Key_Escape)
    assert not board.case_page.explanation.isVisible()
    assert board.case_page.isVisible()


def test_a_year_without_schedule_is_a_warning(board: Board) -> None:
    assert board.warnings.isVisible()
    assert board.warnings.text() == "⚠ 2027年放假安排未录入"


def test_a_database_that_is_away_is_a_sentence_and_the_list_stays(
    board: Board, accept_case: Accept, link: Link, changed: Callable[[str], None]
) -> None:
    accept_case("XK05", TODAY)
    changed("case")
    link.away = True
    changed("*")
    assert "数据库连不上" in board.message.words
    assert len(board.numbers) == 1
    link.away = False
    changed("*")
    assert len(board.numbers) == 1
    assert board.message.words == ""


def test_the_devices_of_the_station_are_in_the_header(
    board: Board, lamps: LampFeed, shown_words: Callable[[QWidget], list[str]], qtbot: QtBot
) -> None:
    lamps.lamp.emit("打印机", "trouble", "缺纸")
    qtbot.waitUntil(lambda: "打印机 缺纸" in shown_words(board.header))


def test_an_empty_board_is_drawn(board: Board) -> None:
    assert board.counts.number("total") == "0"
    assert board.chart.sentences == ()
    assert not board.grab().isNull()


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("size", [(1180, 680), (1366, 768), (1920, 1080)])
def test_the_board_fits_the_screen(board: Board, size: tuple[int, int]) -> None:
    board.resize(*size)
    assert board.size().toTuple() == size
    assert not board.grab().isNull()


def test_the_lock_covers_the_whole_board_and_the_password_opens_it(board: Board, qapp: QApplication) -> None:
    passwords: list[str] = []
    board.lock_when_idle(qapp, 60_000, passwords.append)
    press(Qt.Key.Key_1)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert board.locked
    assert not board.header.isVisible()
    assert not board.table.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "secret")
    press(Qt.Key.Key_Return)
    assert passwords == ["secret"]
    board.unlock()
    assert board.table.hasFocus()


def test_a_counter_that_calls_for_help_is_seen_on_the_board(
    board: Board, clerk: Front, changed: Callable[[str], None]
) -> None:
    assert board.banner.words == ""
    clerk.calling.emergency(3)
    changed("counter")
    assert board.banner.words == "⚠ 3 号窗口 09:42 起紧急求助，请马上去看看。"
    clerk.calling.calm(3)
    changed("counter")
    assert board.banner.words == ""
