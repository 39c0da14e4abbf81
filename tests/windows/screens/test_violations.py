"""裁量基准: found by word, each on one page with tiers and what hinders it; published by legal review by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.rules.violations import ViolationEntry
from hall.rules.violations_file import FILE_TITLE, parse_violations
from hall.services.front import Front
from hall.services.violations import import_violations
from hall.store import Store
from hall.windows.violations import Violations
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def entries(store: Store, administrator: Actor) -> dict[str, ViolationEntry]:
    """The sample: CF005, CF027 and the superseded CF004 are published, the rest is not."""
    read = parse_violations(decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE))
    found = {entry.code: entry for entry in read}
    for code in ("CF004", "CF005", "CF027"):
        found[code] = replace(found[code], published_on=date(2025, 12, 20), published_as="莲城管规〔2025〕9号")
    import_violations(store, administrator, violations=tuple(found.values()))
    return found


@pytest.fixture
def open_window(
    front_as: Callable[[str], Front],
    entries: dict[str, ViolationEntry],
    *,
    link: Tasks,
    changes: ChangeFeed,
    lamps: LampFeed,
    qtbot: QtBot,
) -> Callable[[str], Violations]:
    """The window of somebody with a role."""
    assert entries

    def build(role: str) -> Violations:
        window = Violations(front_as(role), link, changes=changes, lamps=lamps)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return build


def open_panel(window: Violations) -> object:
    """Which panel is open."""
    return window.side.panel


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def shown(window: Violations) -> list[str]:
    return [view.entry.code for view in window.table.rows]


def test_each_filter_answers_to_its_key_and_the_page_says_why_not(open_window: Callable[[str], Violations]) -> None:
    window = open_window("clerk")
    assert shown(window) == ["CF005", "CF027"]
    assert "可以使用：2025-12-20 公布（莲城管规〔2025〕9号）" in window.page.banner.text()
    press(Qt.Key.Key_2, ALT)
    assert len(shown(window)) == 13
    assert "未公布，不得作为处罚依据" in window.page.banner.text()
    press(Qt.Key.Key_3, ALT)
    assert shown(window) == ["CF004"]
    assert "应当适用固体废物污染环境防治法第111条（案由CF074）" in window.page.banner.text()
    press(Qt.Key.Key_4, ALT)
    assert len(shown(window)) == 16


def test_the_page_shows_tiers_with_amounts_and_the_list_with_its_conditions(
    open_window: Callable[[str], Violations],
) -> None:
    window = open_window("reviewer")
    assert "公民 200 元以下，单位 3,000 元以下" in window.page.words  # what may be decided on the spot
    for words in ("单体2㎡以下或3处以下", "5,000 元以下", "10,000–20,000 元", "责令改正，可以处罚款", "72 小时内"):
        assert words in window.page.words
    press(Qt.Key.Key_Down)
    assert "50–500 元" in window.page.words
    assert "逾期不改正才处罚款" in window.page.words


def test_a_search_finds_by_words_of_tiers_and_articles_together(open_window: Callable[[str], Violations]) -> None:
    window = open_window("guide")
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_K, CTRL)
    assert window.search.hasFocus()
    window.search.insert("城市道路管理条例 人行道")
    assert shown(window) == ["CF009"]
    press(Qt.Key.Key_Return)
    assert window.table.hasFocus()
    window.search.setText("没有的")
    assert shown(window) == []
    assert window.page.title.text() == "没有选中的案由"


def test_legal_review_publishes_all_that_are_selected_under_one_number(
    open_window: Callable[[str], Violations],
) -> None:
    window = open_window("legal_reviewer")
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_F9)
    assert open_panel(window) is window.panel
    assert "CF007 乱扔果皮纸屑" in window.panel.about.text()
    assert "其中有样例数据" in window.panel.about.text()
    press(Qt.Key.Key_Return)
    assert open_panel(window) is window.panel
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "2026-3")
    press(Qt.Key.Key_Return)
    assert open_panel(window) is None
    assert "已登记公布：2 个案由，2026-3" in window.message.words
    press(Qt.Key.Key_1, ALT)
    assert shown(window) == ["CF005", "CF007", "CF009", "CF027"]


def test_a_conflict_that_only_the_note_tells_is_said_before_and_after_publishing(
    open_window: Callable[[str], Violations], store: Store, administrator: Actor, entries: dict[str, ViolationEntry]
) -> None:
    noted = replace(entries["CF007"], code="CF006", note="与上位法冲突")
    import_violations(store, administrator, violations=(noted,))
    window = open_window("legal_reviewer")
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_F9)
    assert "CF006 的备注说到与上位法冲突，请先核对" in window.panel.about.text()
    window.panel.form.set_text("published_as", "3号")
    window.panel.submit()
    press(Qt.Key.Key_1, ALT)
    press(Qt.Key.Key_Down)
    assert window.page.title.text().startswith("CF006")
    assert window.page.banner.text().endswith("备注说到与上位法冲突，请核对。")


def test_nobody_else_is_offered_to_publish(open_window: Callable[[str], Violations]) -> None:
    window = open_window("approver")
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_Return)
    assert open_panel(window) is None
    assert not window.publish_button.isVisible()


def test_a_change_is_read_again_and_keeps_the_selection(
    open_window: Callable[[str], Violations],
    changed: Callable[[str], None],
    *,
    store: Store,
    administrator: Actor,
    entries: dict[str, ViolationEntry],
) -> None:
    window = open_window("clerk")
    press(Qt.Key.Key_Down)
    import_violations(store, administrator, violations=(replace(entries["CF005"], superseded_by="某法"),))
    changed("violation")
    assert shown(window) == ["CF027"]
    assert window.page.title.text().startswith("CF027")


def test_the_list_and_all_its_tiers_are_exported(open_window: Callable[[str], Violations], tmp_path: Path) -> None:
    window = open_window("manager")
    window.export(str(tmp_path / "基准.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "基准.xlsx")
    assert book.sheetnames == ["案由", "裁量档次"]
    assert [row[0].value for row in book["裁量档次"].iter_rows(min_row=2)] == ["CF005"] * 3 + ["CF027"]


def test_the_page_is_turned_by_keys_and_esc_goes_back_to_the_list(open_window: Callable[[str], Violations]) -> None:
    window = open_window("clerk")
    window.resize(1180, 680)
    QApplication.processEvents()
    area = window.page.findChild(QScrollArea)
    assert area is not None
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_PageDown, CTRL)
    assert area.verticalScrollBar().value() > 0
    press(Qt.Key.Key_PageUp, CTRL)
    assert area.verticalScrollBar().value() == 0
    press(Qt.Key.Key_Escape)
    assert window.table.hasFocus()
