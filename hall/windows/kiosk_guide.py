"""办事指南 at the kiosk: what a matter needs, to read, to take along on paper, or to take the number for."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.catalogue import Matter
from hall.rules.guides import guide_sections
from hall.services.front import Front
from hall.windows.kit import tokens
from hall.windows.kit.touch import touch_button
from hall.windows.kit.touch_text import TouchText
from hall.windows.matter_guide import guide_html
from hall.workers.tasks import Tasks


class GuidePage(QWidget):
    """Prints by itself. `taken` carries the matter's code; `turned` tells that somebody is reading."""

    taken = Signal(str)
    turned = Signal()

    def __init__(self, front: Front, tasks: Tasks) -> None:
        super().__init__()
        self._front = front
        self._tasks = tasks
        self.setMinimumHeight(1)  # no page stretches the screen it is shown on
        self._code = ""
        self.text = TouchText()
        self.text.turned.connect(self.turned)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.hide()
        self.print_button = touch_button("打印指南", self._print)
        self.take_button = touch_button("取这个号", self._take, role="touch-primary")
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        foot.addWidget(self.print_button, 1)
        foot.addWidget(self.take_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self.text, 1)
        column.addWidget(self._said)
        column.addLayout(foot)

    @property
    def code(self) -> str:
        """Whose guide it is."""
        return self._code

    @property
    def said(self) -> str:
        """What became of the printing."""
        return self._said.text()

    def show_matter(self, matter: Matter, *, can_print: bool, can_take: bool) -> None:
        """Show the guide of a matter."""
        self._code = matter.code
        self.text.show_text(guide_html(guide_sections(matter)))
        self.print_button.setVisible(can_print)
        self.take_button.setEnabled(can_take)
        self.say("")

    def say(self, words: str) -> None:
        """Say what became of the printing."""
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.print_button.setEnabled(not words)

    def set_points(self, points: float) -> None:
        """Type size."""
        self.text.set_points(points)
        font = self.font()
        font.setPointSizeF(points)
        self._said.setFont(font)

    @Slot()
    def _print(self) -> None:
        self.say("正在打印办事指南，请到出纸口取。")
        self.turned.emit()
        printing = partial(self._front.print_guide, self._code)
        self._tasks.write(printing, lambda _job: None, on_failed=self._not_printed, owner=self)

    def _not_printed(self, failure: HallError) -> None:
        self.say(failure.sentence)

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self._code)
