"""排队监控: what is shown agrees with the hall, all by key, nothing jumps, what is changed has effect."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.printing.qr import qr_png
from hall.services.front import Front
from hall.windows.document_preview import DocumentPreview
from hall.windows.monitor import Monitor
from hall.windows.monitor_dialogs import MattersDialog, ReleaseDialog
from hall.windows.monitor_follow_ups import FollowUpPage
from hall.windows.monitor_ranking import RankingPage
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, CONTROL, press, write

MINUTE = timedelta(minutes=1)
TODAY = date(2026, 11, 23)


@pytest.fixture
def monitor(
    front_as: Callable[[str], Front], link: Tasks, changes: ChangeFeed, lamps: LampFeed, qtbot: QtBot
) -> Monitor:
    window = Monitor(front_as("manager"), link, changes=changes, lamps=lamps)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def cell(monitor: Monitor, row: int, column: int) -> str:
    model = monitor.now_page.counters.model()
    return str(model.data(model.index(row, column)))


def take(clerk: Front, count: int = 1, matter: str = "XK05") -> None:
    for _ in range(count):
        clerk.taking.issue(matter, channel="staff")


def test_a_counter_shows_who_works_there_on_what_and_for_how_long(
    monitor: Monitor, clerk: Front, clock: FixedClock, changed: Callable[[str], None]
) -> None:
    take(clerk, 3)
    clerk.calling.call_next(2)
    clerk.calling.start(2)
    clock.instant += 5 * MINUTE
    changed("queue")
    assert [cell(monitor, 1, column) for column in (0, 1, 3, 4, 6, 7)] == ["2", "开放", "B001", "办理中 5 分", "0", "2"]
    assert cell(monitor, 0, 1) == "未登录"
    figure = monitor.now_page.figures.figure
    assert [figure(key) for key in ("waiting", "at_counters", "taken", "served", "longest")] == [
        "2", "1", "3", "0", "5 分",
    ]  # fmt: skip
    assert [(row.name, row.waiting) for row in monitor.now_page.matters.rows] == [("临时占用城市道路许可", 2)]


def test_lengths_of_time_go_on_without_a_change(monitor: Monitor, clerk: Front, clock: FixedClock) -> None:
    take(clerk)
    clerk.calling.call_next(1)
    press(Qt.Key.Key_F5)
    clock.instant += 7 * MINUTE
    assert cell(monitor, 0, 4) == "已呼叫 7 分"


def test_an_alarm_says_what_to_do_and_goes_when_it_is_done(
    monitor: Monitor, clerk: Front, changed: Callable[[str], None]
) -> None:
    assert not monitor.now_page.alarms.isVisible()
    take(clerk)
    changed("queue")
    (sentence,) = monitor.now_page.alarms.sentences
    assert sentence.endswith("没有开放的窗口办理），建议开放 1 号窗口。")
    clerk.calling.open_counter(1)
    changed("counter")
    assert monitor.now_page.alarms.sentences == ()


def test_an_alarm_offers_the_counter_with_least_to_do_with_its_matters_ticked(
    monitor: Monitor, clerk: Front, front_as: Callable[[str], Front], clock: FixedClock
) -> None:
    calling = front_as("manager").calling
    for number, matter in ((1, "XK05"), (2, "XK06"), (3, "XK05"), (4, "XK05")):
        calling.set_matters(number, {matter: 0})
    clerk.calling.open_counter(1)
    clerk.calling.open_counter(2)
    take(clerk, 2)
    clock.instant += 31 * MINUTE
    press(Qt.Key.Key_F5)
    assert "让 2 号窗口兼办" in monitor.now_page.alarms.sentences[0]
    press(Qt.Key.Key_F10)
    dialog = monitor.findChild(MattersDialog)
    assert dialog is not None
    assert dialog.chosen == {"XK05": 0, "XK06": 0}
    dialog.save_button.click()
    assert monitor.now_page.counters.rows[1].matters == {"XK05": 0, "XK06": 0}


def test_a_call_for_help_covers_the_top_until_it_is_answered(
    monitor: Monitor, clerk: Front, changed: Callable[[str], None]
) -> None:
    clerk.calling.emergency(3)
    changed("counter")
    assert monitor.now_page.strip.isVisible()
    assert "3号窗口紧急求助，09:42 起" in monitor.now_page.strip.words
    assert cell(monitor, 2, 1) == "紧急求助"
    press(Qt.Key.Key_F8)
    assert not monitor.now_page.strip.isVisible()
    assert monitor.message.words == "✓ 3号窗口的紧急求助已解除。"


def test_matters_of_a_counter_are_changed_by_key(monitor: Monitor, clerk: Front) -> None:
    monitor.now_page.counters.select(2)
    press(Qt.Key.Key_F6)
    dialog = monitor.findChild(MattersDialog)
    assert dialog is not None
    assert dialog.chosen == {}
    dialog.boxes["XK05"].setChecked(True)
    dialog.head_starts["XK05"].setCurrentIndex(2)
    dialog.boxes["XK06"].setChecked(True)
    dialog.save_button.click()
    assert {row.number: row.matters for row in monitor.now_page.counters.rows if row.matters} == {
        2: {"XK05": 10, "XK06": 0}
    }
    assert cell(monitor, 1, 8) == "XK05(+10)、XK06"
    assert "从下一次叫号起生效" in monitor.message.words


def test_a_change_that_would_leave_people_without_a_counter_is_refused(
    monitor: Monitor, clerk: Front, front_as: Callable[[str], Front]
) -> None:
    for number in (2, 3, 4):
        front_as("manager").calling.set_matters(number, {"XK06": 0})
    take(clerk)
    press(Qt.Key.Key_F5)
    monitor.now_page.counters.select(1)
    press(Qt.Key.Key_Return)
    dialog = monitor.findChild(MattersDialog)
    assert dialog is not None
    dialog.boxes["XK06"].setChecked(True)
    dialog.save_button.click()
    assert monitor.message.words.startswith("✕ ")
    assert "XK05" in monitor.message.words


@pytest.mark.parametrize(("cancel", "state"), [(False, "等候"), (True, "作废")])
def test_a_stuck_ticket_is_released_with_a_reason(monitor: Monitor, clerk: Front, *, cancel: bool, state: str) -> None:
    take(clerk)
    clerk.calling.call_next(1)
    press(Qt.Key.Key_F5)
    monitor.now_page.counters.select(1)
    press(Qt.Key.Key_F7)
    dialog = monitor.findChild(ReleaseDialog)
    assert dialog is not None
    assert not dialog.release_button.isEnabled()
    dialog.reason.setText("电脑故障")
    dialog.cancel_box.setChecked(cancel)
    dialog.release_button.click()
    assert cell(monitor, 0, 3) == "—"
    assert monitor.now_page.figures.figure("waiting") == ("0" if cancel else "1")
    assert not monitor.now_page.release_button.isEnabled()
    assert ("作废" if state == "作废" else "退回排队") in monitor.message.words


def test_a_reload_keeps_the_selected_counter(monitor: Monitor, clerk: Front, changed: Callable[[str], None]) -> None:
    press(Qt.Key.Key_Down)
    assert monitor.now_page.counters.current_row is not None
    assert monitor.now_page.counters.current_row.number == 2
    take(clerk)
    clerk.calling.call_next(1)
    changed("queue")
    assert monitor.now_page.counters.current_row.number == 2
    assert monitor.now_page.counters.hasFocus()


def visit(clerk: Front, clock: FixedClock) -> None:
    take(clerk)
    clock.instant += 12 * MINUTE
    clerk.calling.call_next(1)
    clock.instant += 6 * MINUTE
    clerk.calling.finish(1)


def names(monitor: Monitor) -> list[str]:
    return [row.name for row in monitor.day_page.table.rows]


def test_a_day_is_shown_by_hour_counter_clerk_and_matter(monitor: Monitor, clerk: Front, clock: FixedClock) -> None:
    visit(clerk, clock)
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_2, ALT)
    assert names(monitor) == ["09:00–10:00", "10:00–11:00"]
    assert monitor.day_page.figures.figure("served") == "1/1 100.0%"
    for key, expected in (
        (Qt.Key.Key_2, ["1号窗口", "未到窗口"]),
        (Qt.Key.Key_3, ["编号 7"]),
        (Qt.Key.Key_4, ["临时占用城市道路许可"]),
        (Qt.Key.Key_1, ["09:00–10:00", "10:00–11:00"]),
    ):
        press(key, CONTROL)
        assert names(monitor) == expected
    assert monitor.day_page.queue_chart.sentences == ("取号：9时 1、10时 0", "办结：9时 0、10时 1", "最多等候：9时 1")
    assert monitor.now_page.waiting_chart.sentences == ("平均：9时 12", "最长：9时 12")


def test_a_past_day_is_read_from_its_log(monitor: Monitor, clerk: Front, clock: FixedClock) -> None:
    visit(clerk, clock)
    clock.instant += timedelta(days=1)
    press(Qt.Key.Key_2, ALT)
    monitor.day_page._today()
    assert names(monitor) == []
    assert monitor.day_page.until.text() == "这一天没有取号记录"
    press(Qt.Key.Key_Left, ALT)
    assert monitor.day_page.day == TODAY
    assert names(monitor) == ["09:00–10:00", "10:00–11:00"]
    assert monitor.day_page.until.text() == "统计到 10:00"
    press(Qt.Key.Key_Right, ALT)
    press(Qt.Key.Key_Right, ALT)
    assert monitor.day_page.day == TODAY + timedelta(days=1)


def test_every_page_is_exported_as_it_is_shown(
    monitor: Monitor, clerk: Front, clock: FixedClock, tmp_path: Path
) -> None:
    visit(clerk, clock)
    press(Qt.Key.Key_F5)
    for page, first in ((0, ["窗口", "状态"]), (1, ["时段", "取号"]), (2, ["到期", "评价"])):
        monitor.show_page(page)
        path = tmp_path / f"{page}.csv"
        monitor.export(str(path))
        assert monitor.message.words == f"✓ 已导出到 {path}"
        with path.open(encoding="utf-8-sig", newline="") as file:
            titles = [row[:2] for row in csv.reader(file)]
        assert first in titles[:2]
    monitor.export(str(tmp_path / "book"))
    assert (tmp_path / "book.xlsx").exists()


def test_export_asks_for_a_name_without_waiting(monitor: Monitor) -> None:
    press(Qt.Key.Key_E, CONTROL)
    dialog = monitor.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_a_file_that_cannot_be_written_is_a_sentence(monitor: Monitor, tmp_path: Path) -> None:
    monitor.export(str(tmp_path / "nowhere" / "a.xlsx"))
    assert "写不进去" in monitor.message.words


def rate_badly(clerk: Front, display: Front, clock: FixedClock) -> None:
    visit(clerk, clock)
    visited = display.ratings.face(1).visit
    assert visited is not None
    display.ratings.rate(visited.ticket_id, 1, 1, channel="counter")


@pytest.fixture
def rated(monitor: Monitor, clerk: Front, front_as: Callable[[str], Front], clock: FixedClock) -> Monitor:
    """The monitor after somebody has given a bad rating."""
    rate_badly(clerk, front_as("display"), clock)
    return monitor


def test_a_follow_up_is_called_back_about_and_closed(
    rated: Monitor, changed: Callable[[str], None], tmp_path: Path
) -> None:
    monitor = rated
    changed("rating")
    assert monitor.tabs[2].text().startswith("差评回访（1）")
    press(Qt.Key.Key_3, ALT)
    page = monitor.follow_up_page
    assert [row.ticket_code for row in page.list.table.rows] == ["B001"]
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Return)
    write("已致歉")
    press(Qt.Key.Key_Return)
    assert "还没有登记整改" in monitor.message.words
    press(Qt.Key.Key_Escape)
    assert page.side.panel is None
    press(Qt.Key.Key_F4)
    write("高峰时段加开窗口")
    press(Qt.Key.Key_Return)
    write("排班表")
    press(Qt.Key.Key_Return)
    assert "登记整改" in page.list.buttons["correct"].text()
    assert "排班表" in page.list.facts.words
    prove(page, tmp_path)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    write("已当面说明")
    press(Qt.Key.Key_Return)
    assert monitor.message.words == "✓ 回访已登记。"
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Return)
    write("已致歉并补办")
    press(Qt.Key.Key_Return)
    assert page.list.table.rows == ()
    assert monitor.message.words == "✓ 差评回访已办结。"
    assert monitor.tabs[2].text().startswith("差评回访  ")
    press(Qt.Key.Key_0, ALT)
    assert "已整改：已致歉并补办" in page.list.facts.words
    press(Qt.Key.Key_Return)
    shown = page.files.dialog
    assert isinstance(shown, DocumentPreview)
    assert [view.sheet.paper.title for view in shown.views] == ["整改照片"]
    shown.close()


def prove(page: FollowUpPage, folder: Path) -> None:
    """A photo of what was corrected, by F7."""
    photo = folder / "排班表.png"
    photo.write_bytes(qr_png("排班表"))
    press(Qt.Key.Key_F7)
    asked = page.files.dialog
    assert isinstance(asked, QFileDialog)
    asked.filesSelected.emit([str(photo)])
    asked.close()
    write("整改照片")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert "存有 1 份：整改照片" in page.list.facts.words


def test_the_ranking_says_why_somebody_has_no_place(
    monitor: Monitor, clerk: Front, front_as: Callable[[str], Front], clock: FixedClock, changed: Callable[[str], None]
) -> None:
    rate_badly(clerk, front_as("display"), clock)
    changed("rating")
    press(Qt.Key.Key_4, ALT)
    page = monitor.pages[3]
    assert isinstance(page, RankingPage)
    (row,) = page.list.table.rows
    assert (row.rated.name, row.place, row.why_not) == ("1号窗口", None, "只有 1 个评价，不足 5 个")
    assert "没有人评价的不算好评也不算差评" in page.list.facts.words
    press(Qt.Key.Key_F, CONTROL)
    press(Qt.Key.Key_Down)
    assert page.asked.choice.startswith("matters@")
    press(Qt.Key.Key_5, ALT)
    assert monitor.tabs[4].isChecked()


def test_a_database_that_is_away_is_a_sentence_and_the_figures_stay(
    monitor: Monitor, clerk: Front, link: Tasks, changed: Callable[[str], None]
) -> None:
    take(clerk)
    changed("queue")
    link.away = True  # type: ignore[attr-defined]  # the fixture's own tasks
    changed("*")
    assert "数据库连不上" in monitor.message.words
    assert monitor.now_page.figures.figure("waiting") == "1"
    link.away = False  # type: ignore[attr-defined]  # as above
    changed("*")
    assert monitor.message.words == ""


@pytest.mark.parametrize("size", [(1180, 680), (1366, 768), (1920, 1080)])
def test_the_monitor_fits_the_screen(monitor: Monitor, size: tuple[int, int]) -> None:
    monitor.resize(*size)
    QApplication.processEvents()
    assert monitor.size().toTuple() == size
    for page in range(3):
        monitor.show_page(page)
        assert not monitor.grab().isNull()


def test_the_hours_give_way_where_counters_and_alarms_need_the_room(
    monitor: Monitor, clerk: Front, changed: Callable[[str], None]
) -> None:
    monitor.resize(1180, 680)
    assert monitor.now_page.queue_chart.isVisible()
    take(clerk)
    clerk.calling.emergency(3)
    changed("queue")
    assert not monitor.now_page.queue_chart.isVisible()
    monitor.resize(1920, 1080)
    assert monitor.now_page.queue_chart.isVisible()


def test_the_devices_of_the_station_are_in_the_header(
    monitor: Monitor, lamps: LampFeed, shown_words: Callable[[QWidget], list[str]], qtbot: QtBot
) -> None:
    lamps.lamp.emit("打印机", "trouble", "缺纸")
    qtbot.waitUntil(lambda: "打印机 缺纸" in shown_words(monitor.header))
