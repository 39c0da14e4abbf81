"""A scanner that types is one scan and nothing else; a person who types notices nothing."""

import time
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hall.windows.kit.hotkeys import Hotkey, bind, hotkey_button
from hall.windows.kit.wedge import GAP_MS, HOLD_MS, SHORTEST_SCAN, Wedge

CODE = "H1.UmVjZWlwdA.20260302.k1.abc-DEF_0"
PLAIN = Qt.KeyboardModifier.NoModifier
ENTER = "\r"
SLOW = 5 * GAP_MS


@dataclass
class Desk:
    """A window with a field, a button and two plain hotkeys, and what has happened in it."""

    window: QWidget
    name: QLineEdit
    scans: list[str] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)
    at_ms: int = 1000

    @property
    def handle(self) -> QWindow:
        return self.window.windowHandle()

    def type(self, text: str, *, gap_ms: int, modifiers: Qt.KeyboardModifier = PLAIN, repeat: bool = False) -> None:
        """Keys as a keyboard sends them: the shortcut first, then the press, then the release."""
        for sign in text:
            self.at_ms += gap_ms
            key = Qt.Key.Key_Return if sign == ENTER else Qt.Key(ord(sign.upper()))
            self._send(QEvent.Type.ShortcutOverride, key, sign, modifiers, repeat=repeat)
            self._send(QEvent.Type.KeyPress, key, sign, modifiers, repeat=repeat)
            self._send(QEvent.Type.KeyRelease, key, sign, modifiers)

    def _send(
        self, kind: QEvent.Type, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier, *, repeat: bool = False
    ) -> None:
        event = QKeyEvent(kind, key, modifiers, text, repeat)
        event.setTimestamp(self.at_ms)
        event.ignore()
        QCoreApplication.sendEvent(self.handle, event)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    window = QWidget()
    column = QVBoxLayout(window)
    name = QLineEdit()
    column.addWidget(name)
    desk = Desk(window, name)
    button = hotkey_button(Hotkey("H", "过号的号"), lambda: desk.deeds.append("H"))
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column.addWidget(button)
    bind(Hotkey("Return", "恢复办理"), lambda: desk.deeds.append("Enter"), window)
    bind(Hotkey("1", "最紧迫"), lambda: desk.deeds.append("1"), window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wedge = Wedge(qapp, window)
    wedge.scanned.connect(desk.scans.append)
    return desk


@pytest.fixture
def in_field(desk: Desk) -> Desk:
    desk.name.setFocus()
    return desk


@pytest.fixture
def beside_fields(desk: Desk) -> Desk:
    desk.name.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    desk.name.clearFocus()
    return desk


@pytest.mark.parametrize("gap_ms", [0, 1, 10, GAP_MS])
def test_what_a_scanner_types_into_a_field_is_one_scan_and_stays_out_of_it(in_field: Desk, gap_ms: int) -> None:
    in_field.type(CODE + ENTER, gap_ms=gap_ms)
    in_field.type("X" * SHORTEST_SCAN + ENTER, gap_ms=gap_ms)
    assert in_field.scans == [CODE, "X" * SHORTEST_SCAN]
    assert in_field.name.text() == ""
    assert in_field.deeds == []


def test_a_scan_starts_no_deed_of_a_window_without_a_field(beside_fields: Desk, qtbot: QtBot) -> None:
    beside_fields.type(CODE + ENTER, gap_ms=8)
    qtbot.wait(2 * HOLD_MS)
    assert beside_fields.scans == [CODE]
    assert beside_fields.deeds == []


def test_what_a_person_types_arrives_in_the_field_in_order(in_field: Desk, qtbot: QtBot) -> None:
    in_field.type("Hall 1", gap_ms=SLOW)
    qtbot.waitUntil(lambda: in_field.name.text() == "Hall 1")
    in_field.type(ENTER, gap_ms=SLOW)
    assert in_field.deeds == ["Enter"]
    assert in_field.scans == []


@pytest.mark.parametrize("text", ["X" * (SHORTEST_SCAN - 1) + ENTER, CODE], ids=["too short", "without Enter"])
def test_fast_keys_that_are_no_scan_are_typed(in_field: Desk, qtbot: QtBot, text: str) -> None:
    in_field.type(text, gap_ms=5)
    qtbot.waitUntil(lambda: in_field.name.text() == text.removesuffix(ENTER))
    assert in_field.scans == []


def test_an_enter_that_comes_later_ends_no_scan(in_field: Desk) -> None:
    in_field.type(CODE, gap_ms=5)
    in_field.type(ENTER, gap_ms=GAP_MS + 1)
    assert in_field.scans == []
    assert in_field.name.text() == CODE
    assert in_field.deeds == ["Enter"]


def test_what_a_person_typed_before_a_scan_stays_in_the_field(in_field: Desk) -> None:
    in_field.type("ab", gap_ms=SLOW)
    in_field.type("c", gap_ms=SLOW)
    in_field.at_ms += SLOW
    in_field.type(CODE + ENTER, gap_ms=5)
    assert in_field.scans == [CODE]
    assert in_field.name.text() == "abc"


def test_a_hotkey_of_a_person_acts_once(beside_fields: Desk, qtbot: QtBot) -> None:
    beside_fields.type("h", gap_ms=SLOW)
    qtbot.waitUntil(lambda: beside_fields.deeds == ["H"])
    beside_fields.type("1", gap_ms=SLOW)
    qtbot.waitUntil(lambda: beside_fields.deeds == ["H", "1"])
    qtbot.wait(2 * HOLD_MS)
    assert beside_fields.deeds == ["H", "1"]


def test_a_hotkey_does_not_act_while_somebody_types_its_letter_in_a_field(in_field: Desk, qtbot: QtBot) -> None:
    in_field.type("h1", gap_ms=SLOW)
    qtbot.waitUntil(lambda: in_field.name.text() == "h1")
    assert in_field.deeds == []


def test_a_disabled_button_does_not_answer_to_a_key_that_was_held_back(beside_fields: Desk, qtbot: QtBot) -> None:
    beside_fields.window.setEnabled(False)
    beside_fields.type("h", gap_ms=SLOW)
    qtbot.wait(2 * HOLD_MS)
    assert beside_fields.deeds == []


def test_a_key_that_repeats_while_it_is_held_down_is_not_held_back(in_field: Desk) -> None:
    in_field.type("9" * 20 + ENTER, gap_ms=25, repeat=True)
    assert in_field.name.text() == "9" * 20
    assert in_field.scans == []


def test_keys_with_control_and_keys_without_a_time_go_their_way(in_field: Desk) -> None:
    in_field.type("a", gap_ms=SLOW)
    in_field.type("c", gap_ms=1, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert in_field.name.text() == "a"
    in_field.at_ms = 0
    in_field.type("b" * SHORTEST_SCAN, gap_ms=0)
    assert in_field.name.text() == "a" + "b" * SHORTEST_SCAN


def test_a_busy_window_does_not_break_a_scan(in_field: Desk, qtbot: QtBot) -> None:
    """The second half waits behind what keeps the window busy, while the hold is long over."""
    in_field.type(CODE[:10], gap_ms=5)
    time.sleep(3 * HOLD_MS / 1000)
    in_field.type(CODE[10:] + ENTER, gap_ms=5)
    assert in_field.scans == [CODE]
    qtbot.wait(2 * HOLD_MS)
    assert in_field.name.text() == ""


def test_a_password_that_a_program_types_is_no_scan(in_field: Desk, qtbot: QtBot) -> None:
    in_field.name.setEchoMode(QLineEdit.EchoMode.Password)
    in_field.type(CODE + ENTER, gap_ms=1)
    assert in_field.name.text() == CODE
    assert in_field.deeds == ["Enter"]
    assert in_field.scans == []
