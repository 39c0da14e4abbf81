"""Ctrl+H at the penalty window: what one's post does in a penalty."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.instructions_file import FILE_TITLE, parse_instructions
from hall.services.instructions import import_instructions
from hall.windows.work_steps import StepsPanel
from tests.services.penalties.office import Office
from tests.windows.keyboard import CONTROL
from tests.windows.penalty.hands import Hands


def test_a_legal_reviewer_sees_the_step_of_the_review(office: Office, sit_down: Callable[[str], Hands]) -> None:
    steps = parse_instructions(decode(resource("instructions/sample.csv").read_bytes(), FILE_TITLE))
    penalties = tuple(each for each in steps if each.subject == "penalty")
    import_instructions(office.store, office.actor("boss"), steps=penalties)
    hands = sit_down("lawyer")
    hands.press(Qt.Key.Key_H, CONTROL)
    panel = hands.page.side.panel
    assert isinstance(panel, StepsPanel)
    assert "通过国家统一法律职业资格考试" in panel.words
    assert "作出处罚决定" not in panel.words
    hands.press(Qt.Key.Key_Escape)
    assert hands.page.side.panel is None
