"""Ctrl+H at the desk: what one's post does in the matter of the case that is shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.instructions_file import FILE_TITLE, parse_instructions
from hall.services.instructions import import_instructions
from hall.windows.work_steps import StepsPanel
from tests.services.after.aftermath import Aftermath
from tests.windows.desk.hands import Hands
from tests.windows.keyboard import CONTROL


def test_a_reviewer_sees_and_prints_the_steps_of_the_review(bureau: Aftermath, at_desk: Callable[[str], Hands]) -> None:
    steps = parse_instructions(decode(resource("instructions/sample.csv").read_bytes(), FILE_TITLE))
    case_id = bureau.under_review(bureau.publish("R1"))
    hands = at_desk("reviewer")
    assert hands.shows(case_id)
    hands.press(Qt.Key.Key_H, CONTROL)
    assert "没有作业指导书" in hands.said
    import_instructions(
        bureau.store, bureau.people["boss"], steps=tuple(each for each in steps if each.subject == "permit")
    )
    hands.press(Qt.Key.Key_H, CONTROL)
    panel = hands.desk.side.panel
    assert isinstance(panel, StepsPanel)
    assert "审查申请、提出拟办意见" in panel.words
    assert "3个工作日" in panel.words
    assert "审核拟办意见" not in panel.words  # that is the head's
    hands.press(Qt.Key.Key_H, CONTROL)
    assert hands.desk.side.panel is None
    hands.press(Qt.Key.Key_H, CONTROL)
    hands.enter()
    assert "作业指导书 莲城管准作〔2026〕第0001号 正在打印" in hands.said
