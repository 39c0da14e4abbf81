"""A list never jumps."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from hall.windows.kit.tables import Column, Table


@dataclass(frozen=True)
class Row:
    key: int
    code: str
    minutes: int


def _rows(*keys: int) -> tuple[Row, ...]:
    return tuple(Row(key, f"A{key:03}", key * 7 % 50) for key in keys)


@pytest.fixture
def table(qtbot: QtBot) -> Table[Row]:
    shown = Table[Row](
        [
            Column("号码", lambda row: row.code),
            Column("分钟", lambda row: str(row.minutes), align="right", width=80, order=lambda row: row.minutes),
        ],
        lambda row: row.key,
        empty="还没有人取号。",
    )
    qtbot.addWidget(shown)
    shown.resize(300, 300)
    shown.show()
    return shown


def _top(table: Table[Row]) -> Row:
    return table.rows[table.rowAt(0)]


def test_a_reload_keeps_the_selected_row_though_it_moved(table: Table[Row]) -> None:
    table.show_rows(_rows(1, 2, 3))
    table.select(2)
    told: list[object] = []
    table.current.connect(told.append)
    table.show_rows(_rows(9, 8, 2, 1))
    assert table.current_row == _rows(2)[0]
    assert told == []


def test_a_selected_row_that_vanished_is_told(table: Table[Row]) -> None:
    table.show_rows(_rows(1, 2, 3))
    table.select(2)
    told: list[object] = []
    table.current.connect(told.append)
    table.show_rows(_rows(1, 3))
    assert told == [None]


def test_a_reload_keeps_the_row_on_top_though_rows_came_before_it(table: Table[Row]) -> None:
    table.show_rows(_rows(*range(100, 200)))
    table.verticalScrollBar().setValue(40)
    assert _top(table).key == 140
    table.show_rows(_rows(1, 2, 3, *range(100, 200)))
    assert _top(table).key == 140


def test_a_list_that_stood_at_its_beginning_shows_what_came_first(table: Table[Row]) -> None:
    table.show_rows(_rows(*range(100, 200)))
    table.show_rows(_rows(1, *range(100, 200)))
    assert _top(table).key == 1


def test_sorting_follows_the_values_and_survives_a_reload(table: Table[Row]) -> None:
    table.show_rows(_rows(1, 2, 8))
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row.minutes for row in table.rows] == [14, 7, 6]
    table.show_rows(_rows(1, 2, 8, 9))
    assert [row.minutes for row in table.rows] == [14, 13, 7, 6]
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert [row.key for row in table.rows] == [1, 2, 8, 9]


def test_the_model_keeps_qts_rules(table: Table[Row]) -> None:
    model = table.model()
    assert isinstance(model, QAbstractItemModel)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    table.show_rows(_rows(1, 2, 3))
    table.show_rows(())
    assert tester.model() is model


def test_enter_chooses_the_selected_row(table: Table[Row], qtbot: QtBot) -> None:
    table.show_rows(_rows(1, 2))
    table.select(2)
    with qtbot.waitSignal(table.chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [_rows(2)[0]]


def test_a_list_is_given_to_a_file_as_it_is_shown_with_figures_as_figures(table: Table[Row]) -> None:
    table.show_rows(_rows(2, 1))
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    sheet = table.as_sheet("等候")
    assert (sheet.title, sheet.columns) == ("等候", ("号码", "分钟"))
    assert sheet.rows == (("A001", 7), ("A002", 14))


def test_a_title_says_what_is_meant(qtbot: QtBot) -> None:
    shown = Table[Row]([Column("号码", lambda row: row.code, hint="今天的号")], lambda row: row.key, empty="")
    qtbot.addWidget(shown)
    hint = shown.model().headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert hint == "今天的号"
