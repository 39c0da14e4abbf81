"""A receipt that comes back is scanned: by a scanner on a line, by one that types, by hand; and what is no receipt."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hall.devices.scanner import watch
from hall.devices.simulated.line import SimulatedLine
from hall.rules.identity import id_check_digit
from hall.services import receipts
from hall.services.accepting import Accepted
from hall.services.front import Front
from hall.store import Store
from hall.windows.kit.wedge import Wedge
from hall.windows.receipt_scans import NotAReceipt, verdict
from hall.workers.scanner import ScannerFeed
from tests.windows.counter.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
PERSON = "61010419900101888"


@pytest.fixture
def accepted(accept_case: Callable[..., Accepted]) -> Accepted:
    return accept_case()


@pytest.fixture
def scanner(desk: Desk) -> ScannerFeed:
    """The station's scanner at this counter."""
    feed = ScannerFeed()
    feed.scanned.connect(desk.window.paper.take_scan)
    return feed


@pytest.fixture
def line(scanner: ScannerFeed, tmp_path: Path, qtbot: QtBot) -> Iterator[SimulatedLine]:
    """A scanner on a pseudo-terminal that the feed listens to."""
    line, stop = SimulatedLine(tmp_path / "scanner", mode="demo"), threading.Event()
    line.plug()
    states: list[str] = []
    scanner.state.connect(states.append)
    listen = partial(scanner.listen, partial(watch, str(tmp_path / "scanner"), 9600), stop)
    thread = threading.Thread(target=listen)
    thread.start()
    qtbot.waitUntil(lambda: "ready" in states)
    yield line
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    line.unplug()
    scanner.close()


def key_in(window: QWidget, text: str) -> None:
    """Keys as fast as a scanner sends them."""
    handle = window.windowHandle()
    for at_ms, sign in enumerate(text, start=1000):
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
            event.setTimestamp(at_ms)
            QCoreApplication.sendEvent(handle, event)


def test_a_scanner_on_a_line_opens_the_case(desk: Desk, accepted: Accepted, line: SimulatedLine, qtbot: QtBot) -> None:
    desk.type("Li")
    line.send(f"{accepted.receipt_payload}\r\n".encode())
    qtbot.waitUntil(lambda: desk.shows(desk.window.case_page))
    assert desk.said == (f"✓ 真凭证：收件凭证 {accepted.receipt_number}，2026-11-23 由本大厅签发，签名有效。")
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.intake.applicant.name.text() == "Li"


def test_a_scanner_that_types_opens_the_case_wherever_the_focus_is(
    desk: Desk, accepted: Accepted, scanner: ScannerFeed, qapp: QApplication
) -> None:
    wedge = Wedge(qapp, desk.window)
    wedge.scanned.connect(scanner.take)
    key_in(desk.window, f"{accepted.receipt_payload}\r")
    assert desk.shows(desk.window.case_page)
    assert desk.window.case_page.case is not None
    assert desk.window.case_page.case.case_id == accepted.case_id
    assert desk.window.intake.applicant.name.text() == ""


def test_a_forged_receipt_is_said_to_be_one(desk: Desk, accepted: Accepted, scanner: ScannerFeed) -> None:
    scanner.take(f"{accepted.receipt_payload[:-4]}AAAA")
    assert desk.shows(desk.window.search)
    assert desk.said.startswith("✕ 伪凭证：签名不符")
    assert desk.window.search.refusal.startswith("伪凭证：签名不符")


def test_what_is_no_receipt_goes_nowhere_and_is_not_repeated(desk: Desk, scanner: ScannerFeed) -> None:
    for text in (PERSON + id_check_digit(PERSON), "SF1234567890123", "A017", "https://example.com/x", "H2.x.y.z"):
        desk.window.message.say("")
        scanner.take(text)
        assert desk.shows(desk.window.intake)
        assert desk.said == f"✕ {NotAReceipt()}"
        assert text not in desk.said


def test_a_scan_waits_for_a_panel_and_does_nothing_behind_a_lock_or_a_pause(
    desk: Desk, accepted: Accepted, scanner: ScannerFeed
) -> None:
    desk.press(Qt.Key.Key_F12)
    scanner.take(accepted.receipt_payload)
    assert desk.said == "✕ 先办完或按 Esc 关闭右边的面板，再扫码。"
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_F9)
    desk.press(Qt.Key.Key_1)
    assert desk.window.paused
    scanner.take(accepted.receipt_payload)
    assert desk.window.paused
    desk.press(Qt.Key.Key_F9)
    scanner.take(accepted.receipt_payload)
    assert desk.shows(desk.window.case_page)


def test_a_genuine_receipt_without_a_case_is_said_to_be_genuine(
    desk: Desk, accepted: Accepted, scanner: ScannerFeed, store: Store, front: Front
) -> None:
    with store.work("x", front.actor) as work:
        payload = receipts.sign(work, "莲城管许收〔2026〕99号", accepted.clocks[0].started_on)
        work.audit("x:1")
    scanner.take(payload)
    assert desk.shows(desk.window.search)
    assert desk.said.startswith("✓ 真凭证：莲城管许收〔2026〕99号")
    assert "数据库里却没有这份文书" in desk.window.search.refusal


def test_the_verdict_says_whose_the_receipt_is(front: Front, accepted: Accepted) -> None:
    receipt = replace(front.verify_receipt(accepted.receipt_payload), number="N")
    day = "N，2026-11-23 由"
    elsewhere = replace(receipt, own=False, hall_name="示例区大厅")
    assert verdict(elsewhere).startswith(f"不属本大厅：{day}示例区大厅签发，签名有效，请到")
    assert verdict(replace(receipt, offline=True, kind=None)).startswith(
        f"真凭证：{day}本大厅签发，签名有效。数据库连不上"
    )
    of_the_hall = replace(receipt, kind="monthly_report", case_id=None)
    assert verdict(of_the_hall) == f"真凭证：统计月报 {day}本大厅签发，签名有效，不属于哪个办件。"
