"""裁量基准查询 at the kiosk: by law, then by violation, what may be fined and what is not, in large type."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.violation_words import norm_title, violation_sections
from hall.services.front import Front
from hall.services.violations import ViolationView
from hall.windows.kiosk_topic import TopicPages
from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.touch import Tile, TileGrid, touch_button
from hall.windows.kit.touch_text import TouchText
from hall.windows.matter_guide import guide_html
from hall.workers.tasks import Tasks

ASK = "裁量基准查询：请选择法律、法规"
NOTHING = "还没有公布的裁量基准，请向导办人员询问。"
READING = "正在载入裁量基准…"


class BenchmarkText(QWidget):
    """One violation to read. `others` goes back to the list, `done` ends; `touched`: somebody is reading."""

    others = Signal()
    done = Signal()
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = TouchText()
        self.text.turned.connect(self.touched)
        self.others_button = touch_button("看其他案由", self.others.emit)
        self.done_button = touch_button("完成", self.done.emit, role="touch-primary")
        foot = QHBoxLayout()
        foot.setSpacing(tokens.BASE)
        foot.addWidget(self.others_button, 1)
        foot.addWidget(self.done_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self.text, 1)
        column.addLayout(foot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere: somebody is still reading."""
        super().mousePressEvent(event)
        self.touched.emit()


class BenchmarkPages(TopicPages):
    """By law, then by violation, then what one says."""

    def __init__(self, front: Front, tasks: Tasks) -> None:
        super().__init__(front, tasks)
        self._views: tuple[ViolationView, ...] = ()
        self._law = ""
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.laws, self.violations, self.reading = TileGrid(columns=1), TileGrid(columns=1), BenchmarkText()
        for page in (self.said, self.laws, self.violations, self.reading):
            self.addWidget(page)
        self.laws.turned.connect(self.touched)
        self.violations.turned.connect(self.touched)
        self.reading.touched.connect(self.touched)
        self.reading.done.connect(self.done)
        self.reading.others.connect(self._show_law_again)

    @Slot()
    def begin(self) -> None:
        """Read what is published now, and ask for the law."""
        self._law = ""
        self._say(READING)
        self.headed.emit(ASK)
        self._tasks.read(self._front.violations.public, self._show_views, on_failed=self._failed, owner=self)

    def go_back(self) -> bool:
        """One page back; False where there is none."""
        if self.currentWidget() is self.reading:
            self._show_law_again()
        elif self.currentWidget() is self.violations:
            self._show_laws()
        else:
            return False
        return True

    def set_points(self, points: float) -> None:
        """Type size."""
        self.laws.set_points(points)
        self.violations.set_points(points)
        self.reading.text.set_points(points)
        self.said.setFont(sized(self.font(), points))

    def _show_views(self, views: tuple[ViolationView, ...]) -> None:
        """What was read; whoever has gone on to a law meanwhile stays there."""
        self._views = views
        if self.currentWidget() is self.said:
            self._show_laws()

    def _failed(self, failure: HallError) -> None:
        self._say(failure.sentence)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.setCurrentWidget(self.said)

    def _show_laws(self) -> None:
        by_law: dict[str, list[ViolationView]] = {}
        for view in self._views:
            by_law.setdefault(norm_title(view.entry), []).append(view)
        if not by_law:
            self._say(NOTHING)
            return
        self.laws.show_tiles(
            [
                Tile(law, str(number), law, _examples(views), partial(self.choose_law, law))
                for number, (law, views) in enumerate(sorted(by_law.items(), key=_most_first), 1)
            ]
        )
        self._turn_to(self.laws, ASK)

    def choose_law(self, law: str) -> None:
        """The violations of a law."""
        self._law = law
        shown = [view for view in self._views if norm_title(view.entry) == law]
        self.violations.show_tiles(
            [
                Tile(view.entry.code, str(number), view.entry.name, "", partial(self.choose_violation, view))
                for number, view in enumerate(shown, 1)
            ]
        )
        self.violations.show_top()
        self._turn_to(self.violations, f"{law}　请选择案由")

    def choose_violation(self, view: ViolationView) -> None:
        """The violation to read."""
        self.reading.text.show_text(guide_html(violation_sections(view.entry)))
        self._turn_to(self.reading, view.entry.name)

    @Slot()
    def _show_law_again(self) -> None:
        self.choose_law(self._law)

    def _turn_to(self, page: QWidget, heading: str) -> None:
        self.setCurrentWidget(page)
        self.headed.emit(heading)
        self.touched.emit()


def _most_first(law: tuple[str, list[ViolationView]]) -> tuple[int, str]:
    return -len(law[1]), law[0]


def _examples(views: list[ViolationView]) -> str:
    """How many there are, and the first of them."""
    return f"{len(views)} 个案由：{views[0].entry.name}{'等' if len(views) > 1 else ''}"
