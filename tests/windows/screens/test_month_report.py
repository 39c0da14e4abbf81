"""统计月报: the month as it is counted, by key, in charts that also speak; exported, looked at, issued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from hall.clock import HALL_ZONE, FixedClock
from hall.services.accepting import Accepted
from hall.services.case_report_facts import OnTimeMonth
from hall.services.front import Front
from hall.services.penalty_counts import PenaltyCounts
from hall.windows.board import Board
from hall.windows.document_preview import DocumentPreview
from hall.windows.month_report import MonthReportWindow
from hall.windows.month_report_charts import ShareChart
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, CONTROL, press


@pytest.fixture
def open_report(
    front_as: Callable[[str], Front], link: Tasks, lamps: LampFeed, qtbot: QtBot
) -> Callable[[str], MonthReportWindow]:
    """The window as a role sees it."""

    def build(role: str) -> MonthReportWindow:
        window = MonthReportWindow(front_as(role), link, lamps=lamps)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return build


@pytest.fixture
def busy(accept_case: Callable[[str, date], Accepted], clock: FixedClock) -> None:
    """Two cases of November and one of December; it is 21 December."""
    accept_case("XK05", date(2026, 11, 26))
    accept_case("XK16", date(2026, 11, 27))
    accept_case("XK05", date(2026, 12, 18))
    clock.instant = datetime(2026, 12, 21, 9, 42, tzinfo=HALL_ZONE)


@pytest.mark.usefixtures("busy")
def test_the_running_month_is_shown_with_its_balance(open_report: Callable[[str], MonthReportWindow]) -> None:
    window = open_report("manager")
    assert window.month == (2026, 12)
    overview = window.overview
    assert overview.tiles["accepted"].value.text() == "1"
    assert overview.tiles["overdue_rate"].value.text() == "66.7%"
    assert overview.tiles["overdue_rate"].parts.text().startswith("2/3")
    assert "÷ 应办受理件" in overview.tiles["overdue_rate"].toolTip()
    assert overview.balance_bar.sentence.startswith("办结 0、不予受理 0、撤回 0、终止 0、在办未到期 1、在办已超期 2")
    assert overview.balance.text() == "处理 3 ＝ 结转 2＋新收 1，平衡　结转 2 ＝ 上期期末未结 2，平衡"
    assert overview.matter_chart.sentences[0].startswith("临时占用城市道路许可：受理 1、办结 0")
    assert "截至12月21日" in window.message.words


@pytest.mark.usefixtures("busy")
def test_months_are_changed_by_key_and_none_lies_ahead(open_report: Callable[[str], MonthReportWindow]) -> None:
    window = open_report("manager")
    press(Qt.Key.Key_Left, ALT)
    assert window.month == (2026, 11)
    assert window.overview.tiles["accepted"].value.text() == "2"
    assert window.message.words == "2026年11月的数据，统计于 12月21日 09:42。"
    press(Qt.Key.Key_Right, ALT)
    press(Qt.Key.Key_Right, ALT)
    assert window.month == (2026, 12)


@pytest.mark.usefixtures("busy")
def test_every_page_is_reached_by_key(open_report: Callable[[str], MonthReportWindow]) -> None:
    window = open_report("manager")
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    for number, key in enumerate(keys):
        press(key, ALT)
        assert window.tabs[number].isChecked()
        assert window.pages[number].isVisible()
    rows = {row.figure.key: row for row in window.figures.table.rows}
    assert rows["accepted"].figure.numerator == 1
    assert [row.name for row in window.departments.table.rows] == ["市政科", "园林科"]
    assert "收件 1" in window.matters.total.text()


@pytest.mark.usefixtures("busy")
def test_a_figure_that_cannot_be_balanced_is_told(
    open_report: Callable[[str], MonthReportWindow], shown_words: Callable[..., list[str]]
) -> None:
    window = open_report("manager")
    assert window.report is not None
    statistics = window.report.statistics
    broken = replace(statistics, balance=replace(statistics.balance, in_time=5))
    window.show_report(replace(window.report, statistics=broken))
    assert any("差 -4，请核对登记" in words for words in shown_words(window))


def test_requests_about_penalties_are_counted_below_the_figures_and_not_where_there_are_none(
    open_report: Callable[[str], MonthReportWindow], front_as: Callable[[str], Front]
) -> None:
    window = open_report("manager")
    press(Qt.Key.Key_2, ALT)
    line = window.figures.penalties
    assert line.isHidden()
    report = front_as("manager").reports.month(2026, 11)
    counts = PenaltyCounts(leniency_asked=3, leniency_granted=1, publicity_due=5, publicity_in_time=4)
    window.figures.show_report(replace(report, penalties=counts))
    assert line.isVisible()
    assert "收到 3 件，同意 1 件" in line.text()
    assert "应公示 5 件，按时 4 件" in line.text()


@pytest.mark.usefixtures("busy")
def test_the_whole_report_is_exported(open_report: Callable[[str], MonthReportWindow], tmp_path: Path) -> None:
    window = open_report("manager")
    press(Qt.Key.Key_E, CONTROL)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("统计月报 2026-12.xlsx")
    dialog.reject()
    window.export(str(tmp_path / "月报"))
    assert load_workbook(tmp_path / "月报.xlsx").sheetnames[0] == "按事项"
    assert window.message.words.endswith(f"已导出到 {tmp_path / '月报.xlsx'}")


@pytest.mark.usefixtures("busy")
def test_the_page_is_looked_at_before_it_is_issued(open_report: Callable[[str], MonthReportWindow]) -> None:
    window = open_report("manager")
    press(Qt.Key.Key_P, CONTROL)
    preview = window.findChild(DocumentPreview)
    assert preview is not None
    assert preview.pages >= 2
    preview.reject()
    press(Qt.Key.Key_F9)
    assert "月报〔2026〕1号，正在打印" in window.message.words


@pytest.mark.usefixtures("busy")
def test_from_the_page_of_all_work_the_report_to_the_government_is_issued(
    open_report: Callable[[str], MonthReportWindow],
) -> None:
    window = open_report("manager")
    press(Qt.Key.Key_5, ALT)
    rows = {row.line.name: row.line.value for row in window.work.table.rows}
    assert (rows["受理"], rows["收到诉求"], rows["回访满意率"]) == ("1件", "0件", "—")
    assert window.issue_button.text().startswith("出具报告")
    press(Qt.Key.Key_P, CONTROL)
    preview = window.findChild(DocumentPreview)
    assert preview is not None
    preview.reject()
    press(Qt.Key.Key_F9)
    assert "情〔2026〕1号，正在打印" in window.message.words


@pytest.mark.usefixtures("busy")
def test_an_approver_reads_and_does_not_issue(open_report: Callable[[str], MonthReportWindow]) -> None:
    window = open_report("approver")
    assert window.overview.tiles["accepted"].value.text() == "1"
    assert not window.issue_button.isEnabled()
    press(Qt.Key.Key_F9)
    assert "正在打印" not in window.message.words


def test_nobody_else_sees_a_figure(open_report: Callable[[str], MonthReportWindow]) -> None:
    window = open_report("clerk")
    assert window.report is None
    assert "不能查看月报" in window.message.words
    window.export("nowhere")
    assert window.findChild(QDialog) is None


def test_the_chart_of_a_year_speaks_and_draws_what_is_empty(qtbot: QtBot) -> None:
    chart = ShareChart()
    qtbot.addWidget(chart)
    empty = chart.grab().toImage()
    months = tuple(OnTimeMonth(date(2026, month, 1), month, month + 1) for month in range(1, 12))
    chart.show_year((*months, OnTimeMonth(date(2026, 12, 1), 0, 0)))
    assert chart.sentences[:2] == ("2026-01 50.0%（1/2）", "2026-02 66.7%（2/3）")
    assert chart.sentences[-1] == "2026-12 —（0/0）"
    assert chart.grab().toImage() != empty


def test_the_board_asks_for_the_report_by_key(
    front_as: Callable[[str], Front], link: Tasks, changes: ChangeFeed, lamps: LampFeed, qtbot: QtBot
) -> None:
    board = Board(front_as("manager"), link, changes=changes, lamps=lamps)
    qtbot.addWidget(board)
    with qtbot.waitActive(board):
        board.show()
    with qtbot.waitSignal(board.report_wanted):
        press(Qt.Key.Key_M, CONTROL)
