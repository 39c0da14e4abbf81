"""征信 by the keyboard: somebody is entered by card, a fact goes from hand to hand, is doubted, answered, reported."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from hall.printing.qr import qr_png
from hall.rules.cards import Card
from hall.windows.document_preview import DocumentPreview
from hall.windows.vendor_fact_page import FactsPage
from hall.windows.vendor_panels import EnterPanel
from hall.windows.vendors import PlatformPage, VendorsPage
from tests.services.vendors.market import HELPED, LENT, Market
from tests.windows.keyboard import ALT, CONTROL, fill, overwrite, press
from tests.windows.sitting import Sitting


@pytest.fixture
def card(make_card: Callable[..., Card]) -> Card:
    """What somebody who trades lays on the reader."""
    return make_card(name="钱样例")


def test_a_fact_goes_from_the_patrol_to_the_platform(
    table: Sitting, market: Market, card: Card, tmp_path: Path
) -> None:
    table.sit("clerk")
    table.cards.card.emit(card)
    assert isinstance(table.page.side.panel, EnterPanel)
    fill("13900001234", "", "food", "向阳路早市")
    press(Qt.Key.Key_Return)
    assert table.said == "✓ 已登记，编号 L202600001。"
    assert table.page.list.facts.title.text() == "L202600001　钱*例"
    assert table.offered == ["record", "leave"]

    table.sit("reviewer")
    press(Qt.Key.Key_F3)
    fill("K04", "", "向阳路早市", "将摊位证交由他人使用", "现场检查笔录", "")
    assert "等待另一人复核" in table.said
    table.sit("reviewer", "征信事项")
    assert table.offered == ["keep"]

    table.sit("head", "征信事项")
    assert table.window.tabs[1].text().startswith("征信事项（1）")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert "请告知本人" in table.said

    table.sit("clerk", "征信事项")
    press(Qt.Key.Key_Return)
    assert table.draft() == ["征信事项告知书"]
    fill("handed")
    assert table.said == "✓ 告知书 莲城管信告〔2026〕1号 正在打印。"
    assert table.page.list.table.rows == ()

    market.office.on(date(2026, 12, 9))
    table.sit("boss", "信用平台")
    page = table.page
    assert isinstance(page, PlatformPage)
    press(Qt.Key.Key_F2)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.reject()
    page.export(str(tmp_path / "platform"))
    assert "归集 1 条，撤回 0 条" in table.said
    assert page.list.table.rows == ()
    sheet = load_workbook(tmp_path / "platform.xlsx").active
    assert sheet is not None
    cells = [cell.value for cell in sheet["C"]]
    assert cells[-1] == "钱*例"


def test_an_objection_is_answered_by_a_third_hand_with_its_paper(table: Sitting, market: Market) -> None:
    market.told(market.enter().vendor_id)
    table.sit("clerk", "征信事项")
    press(Qt.Key.Key_F, CONTROL)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Tab)
    table.page.begin()
    assert table.offered == ["object", "keep"]
    press(Qt.Key.Key_P, CONTROL)
    assert table.window.papers.dialog is not None
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    fill("当日由家人代看，没有出借")
    assert table.said == "✓ 异议已登记，2026-12-13 周日以前答复。"

    page = table.page
    assert isinstance(page, FactsPage)
    assert "登记异议" not in page.happened.words
    assert "本人提出异议　周玉兰" in page.happened.words
    table.sit("head", "征信事项")
    assert table.offered == ["keep"]
    table.sit("lawyer", "征信事项")
    press(Qt.Key.Key_Return)
    fill("upheld", "证据不足以认定出借")
    assert "决定书 莲城管信异〔2026〕1号 正在打印" in table.said
    assert table.page.list.table.rows == ()
    table.sit("clerk")
    page = table.page
    assert isinstance(page, VendorsPage)
    assert [line.standing for line in page.lines.rows] == ["已作废，不计"]
    assert "100分（基础分）" in page.list.facts.words


def test_evidence_is_kept_with_a_fact_and_looked_at_by_who_checks_it(
    table: Sitting, market: Market, tmp_path: Path
) -> None:
    market.noted(market.enter().vendor_id)
    photo = tmp_path / "13900001234.png"
    photo.write_bytes(qr_png("证据"))
    table.sit("reviewer", "征信事项")
    assert table.offered == ["keep"]
    press(Qt.Key.Key_Return)
    page = table.page
    assert isinstance(page, FactsPage)
    assert isinstance(page.dialog, QFileDialog)
    page.dialog.filesSelected.emit([str(photo)])
    page.dialog.close()
    assert "共有证据 1 份" in table.said
    assert "（存有1份）" in page.list.facts.words

    table.sit("head", "征信事项")
    assert table.offered == ["confirm", "drop", "look", "keep"]
    press(Qt.Key.Key_F12)
    page = table.page
    assert isinstance(page, FactsPage)
    assert isinstance(page.dialog, DocumentPreview)
    assert [view.sheet.paper.title for view in page.dialog.views] == ["证据1"]
    press(Qt.Key.Key_Escape)


def test_a_posted_notice_a_correction_and_what_is_voided(table: Sitting, market: Market) -> None:
    market.confirmed(market.enter().vendor_id)
    table.sit("clerk", "征信事项")
    press(Qt.Key.Key_Return)
    fill("posted")
    assert "正在打印" in table.said
    assert table.offered == ["tell", "notify", "object", "keep"]
    press(Qt.Key.Key_Return)
    fill("")
    assert "以前可以提出异议" in table.said

    table.sit("reviewer", "征信事项")
    choose_all(table)
    press(Qt.Key.Key_F9)
    assert table.page.side.panel.form.text("facts") == LENT.facts  # type: ignore[union-attr]  # a form
    fill("K05", "", "", "没有到摊，没有出借", "巡查记录", "")
    assert "更正已登记" in table.said
    table.sit("head", "征信事项")
    press(Qt.Key.Key_F10)
    fill("巡查记录不足")
    assert "已退回作废" in table.said
    table.sit("lawyer", "征信事项")
    choose_all(table)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F11)
    fill("认定有误")
    assert "已作废" in table.said


def test_a_vendor_takes_the_record_away_leaves_and_is_looked_for(table: Sitting, market: Market) -> None:
    market.confirmed(market.enter().vendor_id, HELPED)
    table.sit("clerk")
    press(Qt.Key.Key_F4)
    assert table.said == "✓ 征信记录表 莲城管信〔2026〕第0001号 正在打印。"
    press(Qt.Key.Key_F6)
    fill("回乡")
    assert table.page.list.table.rows == ()
    press(Qt.Key.Key_0, ALT)
    assert "回乡" in table.page.list.facts.words
    assert table.offered == ["record"]
    press(Qt.Key.Key_K, CONTROL)
    overwrite("没有这个人")
    press(Qt.Key.Key_Return)
    table.page.reload()
    assert table.page.list.table.rows == ()


def test_the_rules_are_read_by_whoever_asks_why(table: Sitting, market: Market) -> None:
    market.enter()
    table.sit("lawyer", "征信规则")
    assert len(table.page.list.table.rows) == 10
    assert "没有法律、法规依据不予拒绝" in table.page.list.facts.words
    assert table.offered == []
    table.sit("boss")
    table.cards.card.emit(Card("resident", "钱样例", "男", date(1990, 1, 1), "x", date(2020, 1, 1), None))
    assert table.page.side.panel is None


def choose_all(table: Sitting) -> None:
    """筛选: everything."""
    press(Qt.Key.Key_F, CONTROL)
    press(Qt.Key.Key_End)
    table.page.begin()
