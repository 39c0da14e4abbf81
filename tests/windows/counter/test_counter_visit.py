"""A whole visit at the counter, on the keyboard alone."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hall.rules.cards import Card
from hall.services.front import Front
from hall.windows.counter import Counter

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk(Protocol):
    window: Counter

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = ...) -> None: ...

    def type(self, text: str) -> None: ...

    def lay(self, card: Card) -> None: ...

    def shows(self, page: QWidget) -> bool: ...

    @property
    def said(self) -> str: ...


def tick_all(desk: Desk) -> None:
    """From the telephone field: to the matter, to the first material, and Space on every row."""
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    for _ in desk.window.intake.materials.rows:
        desk.press(Qt.Key.Key_Space)
        desk.press(Qt.Key.Key_Return)


def test_a_whole_visit_by_keyboard(
    desk: Desk, front: Front, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    window, card = desk.window, make_card()
    code = take_ticket()
    desk.press(Qt.Key.Key_F2)
    assert window.queue.code == code
    assert "已呼叫" in window.queue.facts
    assert window.intake.matter.code == "XK01-1"
    desk.lay(card)
    assert "办理中" in window.queue.facts
    assert card.id_number not in window.intake.applicant.words
    assert "✓" in window.intake.applicant.words
    tick_all(desk)
    assert window.intake.missing_words == "✓ 材料齐全，可以受理。"
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.said.startswith("✓ 已受理 莲城管许受〔2026〕1号")
    assert desk.shows(window.accepted)
    assert "莲城管许收〔2026〕1号" in window.accepted.numbers
    desk.press(Qt.Key.Key_F8)
    assert window.queue.code == "空闲"
    assert desk.shows(window.intake)
    assert window.intake.is_empty
    assert front.present(3) is None
    (case,) = front.history(card.id_number)
    assert case.state == "accepted"
