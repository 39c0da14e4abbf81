"""对账: the bank's file and what it leaves, notices and cash, by keyboard; never a sum of the hall."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.payments import PaymentsPage
from hall.windows.penalty import PAGES, Penalty
from hall.windows.penalty_payment_panels import PANELS
from hall.windows.penalty_tools import PenaltyForm
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.bank import file_of, lines_of, paid, report
from tests.services.penalties.conftest import office
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, CONTROL, press

__all__ = ["office"]

Open = Callable[[str], Penalty]


@pytest.fixture
def open_window(
    office: Office,
    front_of: Callable[[Store, Actor], Front],
    *,
    link: Tasks,
    changes: ChangeFeed,
    cards: CardFeed,
    lamps: LampFeed,
    qtbot: QtBot,
) -> Open:
    """The penalty window of somebody of the office."""

    def build(login: str) -> Penalty:
        front = front_of(office.store, office.actor(login))
        window = Penalty(PAGES, front, tasks=link, changes=changes, cards=cards, lamps=lamps)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return build


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.insert(text)  # type: ignore[attr-defined]  # a line of text


def paying(window: Penalty) -> PaymentsPage:
    """The page, which Alt+3 shows."""
    press(Qt.Key.Key_3, ALT)
    page = window.page
    assert isinstance(page, PaymentsPage)
    return page


def open_act(window: Penalty, case_id: int, act: str) -> PenaltyForm:
    """The act's panel on the case."""
    window.open_case(case_id)
    window.position.begin_act(act)
    panel = window.position.deeds.panel
    assert isinstance(panel, PenaltyForm)
    return panel


def said(window: Penalty) -> str:
    return window.message.accessibleDescription()


def test_a_file_is_imported_and_what_it_leaves_is_settled_by_keyboard(
    open_window: Open, office: Office, tmp_path: Path
) -> None:
    case_id, late = office.served(), office.served()
    path = tmp_path / "缴款1123.csv"
    rows = (paid("B1", "3000", number=office.decision_of(case_id).number), paid("B2", "1000", number="看不清"))
    path.write_bytes(file_of(*rows, total="4000"))
    window = open_window("cashier")
    page = paying(window)
    press(Qt.Key.Key_F6)
    assert isinstance(page.dialog, QFileDialog)
    page.dialog.filesSelected.emit([str(path)])
    page.dialog.close()
    assert said(window) == "缴款文件已导入：共 2 笔，其中金额相符 1 笔，未对上 1 笔。"
    assert [row.reference for row in page.waiting.table.rows] == ["B2"]
    page.begin()
    press(Qt.Key.Key_Return)
    write(office.case(late).number)
    press(Qt.Key.Key_Return)
    write("缴款人持银行回单核对")
    press(Qt.Key.Key_Return)
    assert said(window) == "已入账：部分缴纳。"
    assert page.waiting.table.rows == ()
    press(Qt.Key.Key_2, CONTROL)
    assert [row.case_number for row in page.done_with.table.rows] == [
        office.case(late).number,
        office.case(case_id).number,
    ]


def test_a_wrong_file_is_refused_with_its_line_and_the_list_stays(
    open_window: Open, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(file_of(paid("B1", "3000.001", number="甲"), total="3000"))
    window = open_window("cashier")
    page = paying(window)
    page.import_file([str(path)])
    assert "没有导入任何内容" in said(window)
    assert "第2行：金额：“3000.001”不是金额" in page.faults.about.text()
    press(Qt.Key.Key_Return)
    assert page.side.panel is None
    page.import_file([str(tmp_path / "none.csv")])
    assert "读不到文件 none.csv" in said(window)
    assert lines_of(office) == []


def test_a_line_that_is_not_ours_is_set_aside_and_a_wrong_credit_reversed(open_window: Open, office: Office) -> None:
    case_id = office.served()
    report(
        office,
        paid("B1", "3000", number=office.decision_of(case_id).number),
        paid("B2", "70", number="外区罚决1号"),
        total="3070",
    )
    window = open_window("cashier")
    page = paying(window)
    press(Qt.Key.Key_F4)
    write("系外区罚款，已退代收银行")
    press(Qt.Key.Key_Return)
    assert (said(window), page.waiting.table.rows) == ("已登记不入账。", ())
    press(Qt.Key.Key_2, CONTROL)
    page.done_with.table.select(lines_of(office)[0].id)
    press(Qt.Key.Key_F8)
    write("银行更正缴款人")
    press(Qt.Key.Key_Return)
    assert "重新等待处理" in said(window)
    press(Qt.Key.Key_1, CONTROL)
    assert [row.reference for row in page.waiting.table.rows] == ["B1"]


def test_nowhere_on_the_page_stands_what_the_hall_took_in_all(open_window: Open, office: Office) -> None:
    rows = [paid(f"B{each}", "1234", number=office.decision_of(office.served()).number) for each in range(3)]
    report(office, *rows, total="3702")
    window = open_window("cashier")
    page = paying(window)
    for number in range(4):
        page.show_list(number)
        words = " ".join(label.text() for label in page.findChildren(QLabel))
        cells = [str(cell) for sheet in page.sheets() for row in sheet.rows for cell in row]
        assert not any("3702" in text.replace(",", "") for text in (words, *cells))


def test_a_notice_is_issued_listed_with_its_paper_and_voided(open_window: Open, office: Office) -> None:
    case_id = office.served()
    window = open_window("everything")
    panel = open_act(window, case_id, "notice")
    assert "尚欠 ¥3,000.00" in panel.owed.text()  # type: ignore[attr-defined]  # the notice's panel
    write("123")
    press(Qt.Key.Key_Return)
    assert "照平台生成的缴款单录入" in panel.form.wrong("pay_code")
    panel.form.set_text("pay_code", "6100 0026 A000 0000 123x")
    press(Qt.Key.Key_Return)
    assert said(window) == "缴款通知 莲城管罚缴〔2026〕第0001号 正在打印。"
    page = paying(window)
    page.reload()
    press(Qt.Key.Key_3, CONTROL)
    assert page.document is not None
    assert page.document.number == "莲城管罚缴〔2026〕第0001号"
    assert "张*明" in page.notices.facts.words
    press(Qt.Key.Key_F2)
    assert window.page is window.position
    panel = open_act(window, case_id, "notice_void")
    panel.form.set_text("why", "平台重新生成了缴款单")
    panel.submit()
    assert "已作废" in said(window)


def test_cash_is_taken_handed_in_and_banked_through_its_panels(open_window: Open, office: Office) -> None:
    case_id = office.served(on=office.today, served_on=office.today, procedure="simple", fine_fen=10_000)
    officer = open_window("reviewer")
    panel = open_act(officer, office.served(), "cash")
    assert panel.form.text("ground") == "remote"
    panel.form.set_text("receipt", "A0000009")
    panel.submit()
    assert "第六十九条须由当事人提出" in said(officer)
    panel = open_act(officer, case_id, "cash")
    panel.form.set_text("receipt", "a0000001")
    panel.submit()
    assert "已登记当场收缴 ¥100.00" in said(officer)
    panel = open_act(officer, case_id, "cash_hand_in")
    panel.submit()
    assert "已登记交回机关" in said(officer)
    window = open_window("cashier")
    page = paying(window)
    press(Qt.Key.Key_4, CONTROL)
    assert "2026-11-25 周三前交存银行" in page.cash.facts.words
    panel = open_act(window, case_id, "cash_bank")
    panel.form.set_text("reference", "JK2026-88")
    panel.submit()
    assert said(window) == "已登记交存银行。"
    page.reload()
    assert page.cash.table.rows == ()


def test_an_excess_is_given_back_from_the_case(open_window: Open, office: Office) -> None:
    case_id = office.served()
    report(office, paid("B1", "3500", number=office.decision_of(case_id).number), total="3500")
    window = open_window("cashier")
    paying(window)
    press(Qt.Key.Key_Return)
    assert window.page is window.position
    panel = open_act(window, case_id, "refund")
    assert panel.form.text("amount") == "500.00"
    panel.form.set_text("reference", "退付〔2026〕3号")
    panel.submit()
    assert said(window) == "已登记退款 ¥500.00。"


def test_every_act_about_paying_has_its_panel() -> None:
    assert set(PANELS) == {"notice", "notice_void", "cash", "cash_hand_in", "cash_bank", "refund"}
