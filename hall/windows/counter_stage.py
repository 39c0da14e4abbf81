"""What the form of the intake stands for: an application, or a case that was received before."""

from typing import Literal

from hall.services.case_reading import CaseView
from hall.windows.kit import hotkeys

Stage = Literal["new", "received", "supplementing", "lacking"]

TITLES: dict[Stage, str] = {
    "new": "",
    "received": "已收件，待判定",
    "supplementing": "待补正",
    "lacking": "容缺，待补齐",
}
MAIN_WORDS: dict[Stage, str] = {
    "new": hotkeys.ACCEPT.words,
    "received": hotkeys.ACCEPT.words,
    "supplementing": "收补正材料",
    "lacking": "登记补齐",
}
COMPLETE: dict[Stage, str] = {
    "new": "✓ 材料齐全，可以受理。",
    "received": "✓ 材料齐全，可以受理。",
    "supplementing": "✓ 材料齐全，收下后即可受理。",
    "lacking": "✓ 容缺的材料已经补齐。",
}
TAKEN_UP: dict[Stage, str] = {
    "new": "",
    "received": "这件已经收件。材料按现有份数勾选，再按 Ctrl+Enter 受理，或选别的办法。",
    "supplementing": "请按收到的补正材料勾选，再按 Ctrl+Enter 收下；五个工作日重新起算。",
    "lacking": "请勾选补来的材料，再按 Ctrl+Enter 登记。",
}
UNDECIDED: tuple[Stage, ...] = ("new", "received")
"""Stages in which the hall has still to say what becomes of the application."""


def stage_of(case: CaseView) -> Stage:
    """The stage of a case that the intake takes up again."""
    if case.state == "received":
        return "received"
    return "supplementing" if case.state == "supplementing" else "lacking"
