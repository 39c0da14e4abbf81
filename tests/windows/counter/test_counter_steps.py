"""Ctrl+H at the counter: what the clerk does in the business that is shown, step by step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.instructions_file import FILE_TITLE, parse_instructions
from hall.rules.people import Actor
from hall.services.instructions import import_instructions
from hall.store import Store
from hall.windows.work_steps import StepsPanel
from tests.windows.counter.desk import Desk

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def words(desk: Desk) -> str:
    panel: QWidget | None = desk.window.side.panel
    return panel.words if isinstance(panel, StepsPanel) else ""


def test_the_steps_follow_the_matter_and_the_task(
    store: Store, manager: Actor, desk: Desk, take_ticket: Callable[..., str]
) -> None:
    import_instructions(
        store, manager, steps=parse_instructions(decode(resource("instructions/sample.csv").read_bytes(), FILE_TITLE))
    )
    desk.press(Qt.Key.Key_H, CONTROL)
    assert "核对身份和申请事项" in words(desk)
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.side.panel is None
    take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_H, CONTROL)
    assert "核对占道位置和面积" in words(desk)
    assert "核对身份和申请事项" not in words(desk)
    desk.press(Qt.Key.Key_Escape)
    for task, step in (
        (Qt.Key.Key_2, "说明减免的法定情形"),
        (Qt.Key.Key_3, "核对决定书"),
        (Qt.Key.Key_4, "解答业务问题"),
    ):
        desk.press(task, ALT)
        desk.press(Qt.Key.Key_H, CONTROL)
        assert step in words(desk)
        desk.press(Qt.Key.Key_Escape)
