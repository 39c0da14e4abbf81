"""Asks about print jobs that only a person can answer: was the paper printed after all?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from hall.services.spool import JobView
from hall.windows.kit import tokens
from hall.windows.kit.style import set_role

ASKING = ("unknown", "failed")


class PrintQuestions(QWidget):
    """A strip with the oldest question; hidden while there is none. The signals carry the JobView."""

    printed = Signal(object)
    reprint = Signal(object)
    given_up = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "question")
        self._job: JobView | None = None
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.printed_button = QPushButton("已打印")
        self.reprint_button = QPushButton("补打")
        self.give_up_button = QPushButton("作废")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SNUG, tokens.HAIR, tokens.SNUG, tokens.HAIR)
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self._words, 1)
        for button, signal in (
            (self.printed_button, self.printed),
            (self.reprint_button, self.reprint),
            (self.give_up_button, self.given_up),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self._job))
            row.addWidget(button)
        self.hide()

    @property
    def words(self) -> str:
        """The question."""
        return self._words.text()

    def show_jobs(self, jobs: tuple[JobView, ...]) -> None:
        """Ask about the oldest job that waits for an answer."""
        asking = tuple(job for job in jobs if job.state in ASKING)
        self._job = asking[0] if asking else None
        if self._job is not None:
            self._words.setText(_question(self._job, len(asking) - 1))
        self.setVisible(self._job is not None)


def _question(job: JobView, more: int) -> str:
    what = job.last_error.rstrip("。") or "打印结果不明"
    rest = f"（还有 {more} 个待答复）" if more else ""
    return f"{what}：{job.title}，是否已打印？{rest}"
