"""证件: what expires first is on top, found by number, ended by key with its reasons, and read again on a change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services import certificates, spool
from hall.services.front import Front
from hall.store import Store
from hall.windows.certificates import PAGES, CertificatesPage
from hall.windows.certificates_panels import EndingPanel
from hall.windows.document_preview import DocumentPreview
from hall.windows.reprint_reason import ReprintReason
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import Aftermath
from tests.windows.keyboard import ALT, CONTROL, overwrite, press
from tests.windows.sitting import Sitting


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Aftermath:
    """Three certificates: of a year, of a month, of two years."""
    found = Aftermath(store, clock, home)
    found.employ()
    for code, months in (("K1", 12), ("K2", 1), ("K3", 24)):
        found.certified(found.licence(code, validity_months=months))
    return found


@pytest.fixture
def desk(bureau: Aftermath, front_of: Callable[[Store, Actor], Front], qtbot: QtBot, *, changes: ChangeFeed) -> Sitting:
    """Where nobody sits yet."""
    return Sitting(PAGES, lambda login: front_of(bureau.store, bureau.people[login]), qtbot, changes=changes)


def page_of(desk: Sitting) -> CertificatesPage:
    """The page that is shown."""
    page = desk.window.page
    assert isinstance(page, CertificatesPage)
    return page


def open_panel(desk: Sitting) -> object:
    """Which panel is open."""
    return page_of(desk).side.panel


def ending(desk: Sitting) -> EndingPanel:
    """The panel that ends a licence, which is open."""
    panel = page_of(desk).side.panel
    assert isinstance(panel, EndingPanel)
    return panel


def shown(desk: Sitting) -> list[str]:
    """The first column."""
    model = page_of(desk).list.table.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def test_what_expires_first_is_on_top_and_nobody_is_named_in_full(desk: Sitting) -> None:
    window = desk.sit("clerk")
    assert shown(desk) == ["还有 30 天", "还有 365 天", "还有 731 天"]
    words = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "张*明" in words
    assert "张测明" not in words
    assert desk.offered == ["look", "renew"]


def test_enter_shows_the_certificate(desk: Sitting) -> None:
    window = desk.sit("approver")
    press(Qt.Key.Key_Return)
    dialog = window.papers.dialog
    assert isinstance(dialog, DocumentPreview)
    assert dialog.windowTitle().startswith("许可证")
    press(Qt.Key.Key_Escape)


def test_filters_and_search_answer_to_their_keys_and_what_is_looked_for_stays(
    desk: Sitting, bureau: Aftermath, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    window = desk.sit("clerk")
    assert [tab.text() for tab in window.tabs] == [
        "有效（3）  Alt+1",
        "将到期（1）  Alt+2",
        "已失效  Alt+3",
        "全部（3）  Alt+4",
    ]
    press(Qt.Key.Key_2, ALT)
    assert shown(desk) == ["还有 30 天"]
    press(Qt.Key.Key_3, ALT)
    assert shown(desk) == []
    bureau.days_on(31)
    certificates.expire(bureau.store, home=bureau.home)
    changed("certificate")
    assert shown(desk) == ["已过期"]
    press(Qt.Key.Key_1, ALT)
    row = page_of(desk).row
    assert row is not None
    press(Qt.Key.Key_K, CONTROL)
    overwrite(row.number)
    qtbot.waitUntil(lambda: len(shown(desk)) == 1)
    press(Qt.Key.Key_4, ALT)
    assert [each.number for each in page_of(desk).list.table.rows] == [row.number]
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_Return)
    assert page_of(desk).list.table.hasFocus()


def test_renewal_says_until_when_it_can_be_asked_for_and_copies_the_number(desk: Sitting) -> None:
    desk.sit("clerk")
    page = page_of(desk)
    press(Qt.Key.Key_F4)
    assert open_panel(desk) is page.renewal
    assert "最迟2026-11-23申请" in page.renewal.about.text()
    press(Qt.Key.Key_Return)
    assert page.row is not None
    assert QGuiApplication.clipboard().text() == page.row.number
    assert open_panel(desk) is None
    assert page.list.table.hasFocus()


def test_a_licence_is_revoked_with_a_limb_and_reasons_and_what_lacks_is_told(desk: Sitting, bureau: Aftermath) -> None:
    desk.sit("approver")
    row = page_of(desk).row
    assert row is not None
    press(Qt.Key.Key_F7)
    panel = ending(desk)
    assert panel.title == "撤销许可"
    panel.form.set_text("limb", "fraud")
    assert "第六十九条第二款" in panel.limb_words.text()
    panel.submit()
    assert panel.form.wrong("facts") == "请填写事实和理由。"
    panel.form.set_text("facts", "营业执照系伪造，经核实")
    panel.form.set_text("limb", "procedure")
    panel.form.set_text("compensation", "没有造成损失")
    assert panel.ending.return_by is None
    panel.form.set_text("limb", "fraud")
    panel.submit()
    assert open_panel(desk) is None
    assert f"{row.number} 已撤销许可" in desk.said
    assert bureau.certificate(row.certificate_id).state == "revoked"
    assert len(shown(desk)) == 2


def test_a_refusal_leaves_the_panel_as_it_was(desk: Sitting) -> None:
    desk.sit("approver")
    press(Qt.Key.Key_F7)
    panel = ending(desk)
    panel.form.set_text("limb", "procedure")
    panel.form.set_text("facts", "联系人电话13900001234")
    panel.form.set_text("compensation", "没有造成损失")
    panel.submit()
    assert ending(desk) is panel
    assert panel.form.text("facts") == "联系人电话13900001234"
    assert "不要写电话" in desk.said
    press(Qt.Key.Key_Escape)
    assert open_panel(desk) is None


def test_the_list_goes_into_a_file(desk: Sitting, tmp_path: Path) -> None:
    desk.sit("clerk").export(str(tmp_path / "证件.csv"))
    assert "还有 365 天" in (tmp_path / "证件.csv").read_text(encoding="utf-8-sig")


def test_several_certificates_are_printed_again_and_not_twice_for_one_reason(desk: Sitting, bureau: Aftermath) -> None:
    print_all(bureau)
    window, many = desk.sit("head"), page_of(desk).many
    for told in (
        "✓ 已交给打印机 3 份。",
        "✓ 已交给打印机 0 份，3 份今天已为同一原因补打过。",
    ):
        page_of(desk).list.table.selectAll()
        press(Qt.Key.Key_R, CONTROL)
        box = window.papers.dialog
        assert isinstance(box, ReprintReason)
        assert any("已选 3 份" in label.text() for label in box.findChildren(QLabel))
        box.form.set_text("line", "年检需要")
        box.yes_button.click()
        assert desk.said == told, many.panel.words
    assert open_panel(desk) is many.panel
    press(Qt.Key.Key_Escape)
    assert print_all(bureau) == [("许可证", 1)] * 3


def print_all(bureau: Aftermath) -> list[tuple[str, int]]:
    """What waited for the printer, with how often it was printed before."""
    titles = []
    while (job := spool.claim(bureau.store, printer="page")) is not None:
        spool.settle(bureau.store, job_id=job.job_id, outcome="printed")
        titles.append((job.title.split()[0], job.reprint))
    return titles
