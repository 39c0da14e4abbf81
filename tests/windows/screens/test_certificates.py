"""证件: what expires first is on top, found by number, ended by key with its reasons, and read again on a change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services import certificates, spool
from hall.services.front import Front
from hall.store import Store
from hall.windows.certificates import Certificates
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import Aftermath
from tests.windows.keyboard import ALT, CONTROL, press


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Aftermath:
    """Three certificates: of a year, of a month, of two years."""
    found = Aftermath(store, clock, home)
    found.employ()
    for code, months in (("K1", 12), ("K2", 1), ("K3", 24)):
        found.certified(found.licence(code, validity_months=months))
    return found


@pytest.fixture
def open_window(
    bureau: Aftermath,
    front_of: Callable[[Store, Actor], Front],
    *,
    link: Tasks,
    changes: ChangeFeed,
    lamps: LampFeed,
    qtbot: QtBot,
) -> Callable[[str], Certificates]:
    """The window of somebody."""

    def build(login: str) -> Certificates:
        front = front_of(bureau.store, bureau.people[login])
        window = Certificates(front, link, changes=changes, lamps=lamps)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return build


def open_panel(window: Certificates) -> object:
    """Which panel is open."""
    return window.side.panel


def shown(window: Certificates) -> list[str]:
    """The first column."""
    model = window.page.table.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def test_what_expires_first_is_on_top_and_nobody_is_named_in_full(open_window: Callable[[str], Certificates]) -> None:
    window = open_window("clerk")
    assert shown(window) == ["还有 30 天", "还有 365 天", "还有 731 天"]
    words = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "张*明" in words
    assert "张测明" not in words
    assert [act for act, button in window.page.buttons.items() if button.isVisible()] == ["preview", "renew"]


def test_filters_and_search_answer_to_their_keys(
    open_window: Callable[[str], Certificates], bureau: Aftermath, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    window = open_window("clerk")
    press(Qt.Key.Key_2, ALT)
    assert shown(window) == ["还有 30 天"]
    press(Qt.Key.Key_3, ALT)
    assert shown(window) == []
    bureau.days_on(31)
    certificates.expire(bureau.store, home=bureau.home)
    changed("certificate")
    assert shown(window) == ["已过期"]
    press(Qt.Key.Key_4, ALT)
    assert len(shown(window)) == 3
    press(Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(window.search, "3")
    qtbot.waitUntil(lambda: len(shown(window)) == 1)
    press(Qt.Key.Key_Return)
    assert window.page.table.hasFocus()


def test_renewal_says_until_when_it_can_be_asked_for_and_copies_the_number(
    open_window: Callable[[str], Certificates],
) -> None:
    window = open_window("clerk")
    press(Qt.Key.Key_F6)
    assert open_panel(window) is window.renewal
    assert "最迟2026-11-23申请" in window.renewal.about.text()
    press(Qt.Key.Key_Return)
    row = window.page.table.current_row
    assert row is not None
    assert QGuiApplication.clipboard().text() == row.number
    assert open_panel(window) is None
    assert window.page.table.hasFocus()


def test_a_licence_is_revoked_with_a_limb_and_reasons_and_what_lacks_is_told(
    open_window: Callable[[str], Certificates], bureau: Aftermath
) -> None:
    window = open_window("approver")
    row = window.page.table.current_row
    assert row is not None
    press(Qt.Key.Key_F8)
    panel = window.panels["revoke"]
    assert open_panel(window) is panel
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
    assert open_panel(window) is None
    assert bureau.certificate(row.certificate_id).state == "revoked"
    assert len(shown(window)) == 2


def test_a_refusal_leaves_the_panel_as_it_was(open_window: Callable[[str], Certificates], bureau: Aftermath) -> None:
    window = open_window("approver")
    press(Qt.Key.Key_F8)
    panel = window.panels["revoke"]
    panel.form.set_text("limb", "procedure")
    panel.form.set_text("facts", "联系人电话13900001234")
    panel.form.set_text("compensation", "没有造成损失")
    panel.submit()
    assert open_panel(window) is panel
    assert panel.form.text("facts") == "联系人电话13900001234"
    assert "不要写电话" in window.message.words
    press(Qt.Key.Key_Escape)
    assert open_panel(window) is None


def test_the_list_goes_into_a_file(open_window: Callable[[str], Certificates], tmp_path: Path) -> None:
    window = open_window("clerk")
    window.export(str(tmp_path / "证件.csv"))
    assert "还有 365 天" in (tmp_path / "证件.csv").read_text(encoding="utf-8-sig")


def test_several_certificates_are_printed_again_and_not_twice_for_one_reason(
    open_window: Callable[[str], Certificates], bureau: Aftermath
) -> None:
    while (job := spool.claim(bureau.store, printer="page")) is not None:
        spool.settle(bureau.store, job_id=job.job_id, outcome="printed")
    window = open_window("head")
    for told in (
        "✓ 已交给打印机 3 份。",
        "✓ 已交给打印机 0 份，3 份今天已为同一原因补打过。",
    ):
        window.page.table.selectAll()
        press(Qt.Key.Key_R, CONTROL)
        assert window.box is not None
        assert any("已选 3 张" in label.text() for label in window.box.findChildren(QLabel))
        window.box.form.set_text("line", "年检需要")
        window.box.yes_button.click()
        assert window.message.words == told, window.many.panel.words
    assert open_panel(window) is window.many.panel
    press(Qt.Key.Key_Escape)
    titles = []
    while (job := spool.claim(bureau.store, printer="page")) is not None:
        spool.settle(bureau.store, job_id=job.job_id, outcome="printed")
        titles.append((job.title.split()[0], job.reprint))
    assert titles == [("许可证", 1)] * 3
