"""What an application would come to: which materials lack and what may be done about it, both limits if accepted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hall.rules.clocks import ClockStart
from hall.services.receiving import Intake
from hall.windows.kit import tokens
from hall.windows.kit.style import muted, set_role
from hall.windows.phrases import day_words, due_words
from hall.words import CLOCK_KINDS

NO_MATTER = "先选事项，再列出要交的材料。"
NO_LIMIT = "未规定"
SHOWN = ("statutory", "promised")


class MissingLine(QLabel):
    """缺 1 项：可 补正（一次告知）或 容缺受理（11-24 前补齐）."""

    def __init__(self) -> None:
        super().__init__(NO_MATTER)
        self.setWordWrap(True)
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_nothing(self) -> None:
        """No matter yet."""
        self.setText(NO_MATTER)
        set_role(self, "muted")

    def show_intake(self, intake: Intake, *, complete: str, undecided: bool) -> None:
        """What lacks, and which ways are open while it is `undecided`; `complete` is said when nothing lacks."""
        if not intake.missing:
            self.setText(complete)
            set_role(self, "good")
            return
        lacks = f"缺 {len(intake.missing)} 项：{'、'.join(intake.missing)}。"
        set_role(self, "lacking")
        if not undecided:
            self.setText(lacks)
            return
        lacking = intake.faults["accept_lacking"]
        by = f"（{day_words(intake.supply_by)}前补齐）" if intake.supply_by else ""
        way = f"不能容缺受理：{lacking}" if lacking else f"或 容缺受理{by}"
        self.setText(f"{lacks}\n可 补正（一次告知）　{way}")


class LimitLines(QWidget):
    """The limit of law and the promise, as acceptance of today would start them."""

    def __init__(self) -> None:
        super().__init__()
        self._labels = {kind: QLabel() for kind in SHOWN}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        grid.setColumnStretch(1, 1)
        for place, (kind, label) in enumerate(self._labels.items()):
            grid.addWidget(muted(CLOCK_KINDS[kind].removesuffix("时限")), place, 0)
            grid.addWidget(label, place, 1)
            label.setWordWrap(True)

    def words(self, kind: str) -> str:
        """What is said of a limit."""
        return self._labels[kind].text()

    def show_nothing(self, words: str = "—") -> None:
        """No matter yet, or limits that run already."""
        for label in self._labels.values():
            label.setText(words)

    def show_starts(self, starts: tuple[ClockStart, ...]) -> None:
        """As they would start."""
        found: dict[str, ClockStart] = {start.kind: start for start in starts}
        for kind, label in self._labels.items():
            start = found.get(kind)
            label.setText(due_words(start.limit, start.due_on, start.pending) if start else NO_LIMIT)
