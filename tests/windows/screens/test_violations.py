"""裁量基准: found by word, each on one page with tiers and what hinders it; published by legal review by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
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
from hall.windows.violations import PAGES, ViolationsPage
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, CONTROL, SHIFT, overwrite, press, write
from tests.windows.sitting import Sitting


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
def desk(
    front_as: Callable[[str], Front], entries: dict[str, ViolationEntry], changes: ChangeFeed, *, qtbot: QtBot
) -> Sitting:
    """Where nobody sits yet."""
    assert entries
    return Sitting(PAGES, front_as, qtbot, changes=changes)


def page_of(desk: Sitting) -> ViolationsPage:
    """The page that is shown."""
    page = desk.window.page
    assert isinstance(page, ViolationsPage)
    return page


def shown(desk: Sitting) -> list[str]:
    return [view.entry.code for view in page_of(desk).list.table.rows]


def banner(desk: Sitting) -> str:
    """Why it may be used or not."""
    return page_of(desk).violation.banner.text()


def test_each_filter_answers_to_its_key_and_the_page_says_why_not(desk: Sitting) -> None:
    desk.sit("clerk")
    assert shown(desk) == ["CF005", "CF027"]
    assert "可以使用：2025-12-20 公布（莲城管规〔2025〕9号）" in banner(desk)
    press(Qt.Key.Key_2, ALT)
    assert len(shown(desk)) == 13
    assert "未公布，不得作为处罚依据" in banner(desk)
    press(Qt.Key.Key_3, ALT)
    assert shown(desk) == ["CF004"]
    assert "应当适用固体废物污染环境防治法第111条（案由CF074）" in banner(desk)
    press(Qt.Key.Key_4, ALT)
    assert len(shown(desk)) == 16


def test_the_page_shows_tiers_with_amounts_and_the_list_with_its_conditions(
    desk: Sitting,
) -> None:
    desk.sit("reviewer")
    assert "公民 200 元以下，单位 3,000 元以下" in page_of(desk).violation.words  # what may be decided on the spot
    for words in ("单体2㎡以下或3处以下", "5,000 元以下", "10,000–20,000 元", "责令改正，可以处罚款", "72 小时内"):
        assert words in page_of(desk).violation.words
    press(Qt.Key.Key_Down)
    assert "50–500 元" in page_of(desk).violation.words
    assert "逾期不改正才处罚款" in page_of(desk).violation.words


def test_a_search_finds_by_words_of_tiers_and_articles_together(desk: Sitting, qtbot: QtBot) -> None:
    desk.sit("guide")
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_K, CONTROL)
    overwrite("城市道路管理条例 人行道")
    qtbot.waitUntil(lambda: shown(desk) == ["CF009"])
    press(Qt.Key.Key_Return)
    assert page_of(desk).list.table.hasFocus()
    press(Qt.Key.Key_K, CONTROL)
    overwrite("没有的")
    qtbot.waitUntil(lambda: shown(desk) == [])
    assert page_of(desk).violation.title.text() == "没有选中的案由"


def test_legal_review_publishes_all_that_are_selected_under_one_number(desk: Sitting) -> None:
    desk.sit("legal_reviewer")
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_F3)
    assert page_of(desk).side.panel is page_of(desk).panel
    assert "CF007 乱扔果皮纸屑" in page_of(desk).panel.about.text()
    assert "其中有样例数据" in page_of(desk).panel.about.text()
    press(Qt.Key.Key_Return)
    assert page_of(desk).side.panel is page_of(desk).panel
    write("2026-3")
    press(Qt.Key.Key_Return)
    assert page_of(desk).side.panel is None
    assert "已登记公布：2 个案由，2026-3" in desk.said
    press(Qt.Key.Key_1, ALT)
    assert shown(desk) == ["CF005", "CF007", "CF009", "CF027"]


def test_a_conflict_that_only_the_note_tells_is_said_before_and_after_publishing(
    desk: Sitting, store: Store, administrator: Actor, entries: dict[str, ViolationEntry]
) -> None:
    noted = replace(entries["CF007"], code="CF006", note="与上位法冲突")
    import_violations(store, administrator, violations=(noted,))
    desk.sit("legal_reviewer")
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_F3)
    assert "CF006 的备注说到与上位法冲突，请先核对" in page_of(desk).panel.about.text()
    page_of(desk).panel.form.set_text("published_as", "3号")
    page_of(desk).panel.submit()
    press(Qt.Key.Key_1, ALT)
    press(Qt.Key.Key_Down)
    assert page_of(desk).violation.title.text().startswith("CF006")
    assert banner(desk).endswith("备注说到与上位法冲突，请核对。")


def test_nobody_else_is_offered_to_publish(desk: Sitting) -> None:
    desk.sit("approver")
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Return)
    assert page_of(desk).side.panel is None
    assert desk.offered == []


def test_a_change_is_read_again_and_keeps_the_selection(
    desk: Sitting,
    changed: Callable[[str], None],
    *,
    store: Store,
    administrator: Actor,
    entries: dict[str, ViolationEntry],
) -> None:
    desk.sit("clerk")
    press(Qt.Key.Key_Down)
    import_violations(store, administrator, violations=(replace(entries["CF005"], superseded_by="某法"),))
    changed("violation")
    assert shown(desk) == ["CF027"]
    assert page_of(desk).violation.title.text().startswith("CF027")


def test_the_list_and_all_its_tiers_are_exported(desk: Sitting, tmp_path: Path) -> None:
    desk.sit("manager").export(str(tmp_path / "基准.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "基准.xlsx")
    assert book.sheetnames == ["案由", "裁量档次"]
    assert [row[0].value for row in book["裁量档次"].iter_rows(min_row=2)] == ["CF005"] * 3 + ["CF027"]


def test_the_page_is_turned_by_keys_and_esc_goes_back_to_the_list(desk: Sitting) -> None:
    desk.sit("clerk").resize(1180, 680)
    QApplication.processEvents()
    area = page_of(desk).violation.findChild(QScrollArea)
    assert area is not None
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_PageDown, CONTROL)
    assert area.verticalScrollBar().value() > 0
    press(Qt.Key.Key_PageUp, CONTROL)
    assert area.verticalScrollBar().value() == 0
    press(Qt.Key.Key_Escape)
    assert page_of(desk).list.table.hasFocus()
