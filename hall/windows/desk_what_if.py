"""若这样办: every clock of a case before and after what is being considered, before it is confirmed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.clocks import Reading
from hall.rules.clocks_changes import Comparison
from hall.services.suspending import Weighed
from hall.windows.kit import tokens
from hall.windows.kit.style import muted, set_role
from hall.words import CLOCK_KINDS

_HEADS = ("时限", "现在", "这样办以后", "变化")


class WhatIf(QWidget):
    """A small table of due days; nothing is written by looking."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.words, "muted")
        self._table = QWidget()
        set_role(self._table, "plain")
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SNUG)
        self._grid.setVerticalSpacing(tokens.HAIR)
        self.lines: tuple[tuple[str, ...], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.TIGHT, 0, 0)
        column.setSpacing(tokens.HAIR)
        column.addWidget(self._table)
        column.addWidget(self.words)
        self.clear()

    def clear(self) -> None:
        """Nothing is considered."""
        self.say("")

    def say(self, words: str) -> None:
        """What is still wanted, instead of the table."""
        self.lines = ()
        self._table.hide()
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def refuse(self, failure: HallError) -> None:
        """Why it cannot be done."""
        self.say(failure.sentence)

    def show_weighed(self, weighed: Weighed) -> None:
        """The clocks before and after."""
        self.lines = tuple(_line(each) for each in weighed.clocks)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for column, head in enumerate(_HEADS):
            self._grid.addWidget(muted(head), 0, column)
        for row, line in enumerate(self.lines, 1):
            for column, words in enumerate(line):
                self._grid.addWidget(QLabel(words), row, column)
        self._table.show()
        self.words.setText("只是推算，确认后才生效。")
        self.words.show()


def _line(each: Comparison) -> tuple[str, ...]:
    return CLOCK_KINDS[each.kind], _due(each.before), _due(each.after), _moved(each)


def _due(reading: Reading | None) -> str:
    if reading is None:
        return "—"
    if reading.due_on is None:
        return "待定" if reading.pending else "暂停"
    return reading.due_on.isoformat()


def _moved(each: Comparison) -> str:
    if each.before is None:
        return "新开始"
    if each.moved is None:
        return each.after.pending if each.after is not None and each.after.pending else "恢复时确定"
    if not each.moved:
        return "不变"
    return f"+{each.moved} 工作日" if each.moved > 0 else f"−{-each.moved} 工作日"
