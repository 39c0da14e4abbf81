"""Asks why something is printed again: the reason goes into the audit trail."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hall.windows.kit.line_box import LineBox

USUAL = "缺纸未打出"


class ReprintReason(LineBox):
    """`title` names the paper; `on_reason` gets what was typed."""

    def __init__(self, parent: QWidget, title: str, on_reason: Callable[[str], None]) -> None:
        super().__init__(
            parent,
            title="补打",
            words=f"{title}\n补打的纸上印有“补打”和次数，编号不变。",
            label="原因",
            usual=USUAL,
            on_line=on_reason,
        )
