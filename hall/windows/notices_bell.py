"""How many messages wait, in the header of a staff window; a press or its key opens them."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from hall.errors import HallError
from hall.rules.authority import may
from hall.services.subject_notices import NoticeView
from hall.services.supervision_front import SupervisionFront
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.frame import Frame
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.windows.notices_list import TOPICS, NoticesList
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

SIZE, HEIGHT = (1000, 460), 26


class NoticesBell(QPushButton):
    """Hidden while nothing waits. `chosen` carries the message whose subject is wanted, for whoever can show it;
    `supervision_wanted`: somebody wants to answer an order."""

    chosen = Signal(object)
    supervision_wanted = Signal()

    def __init__(self, front: SupervisionFront, tasks: Tasks, frame: Frame, *, changes: ChangeFeed) -> None:
        super().__init__()
        self._front, self._tasks, self._frame = front, tasks, frame
        self.box: NoticesBox | None = None
        set_role(self, "bell")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HEIGHT)  # the header does not grow with it
        self.setToolTip(f"{hotkeys.SHOW_NOTICES.words}（{hotkeys.key_text(hotkeys.SHOW_NOTICES)}）")
        self.clicked.connect(self.open_notices)
        hotkeys.bind(hotkeys.SHOW_NOTICES, self.open_notices, frame.header)
        frame.header.add_tool(self)
        changes.changed.connect(self._changed)
        self.show_count(0)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Count what waits; where the database is away, the window says so anyway."""
        self._tasks.read(self._front.notice_count, self.show_count, on_failed=_passed_over, owner=self)

    @Slot(int)
    def show_count(self, count: int) -> None:
        """Another number."""
        hotkeys.rename(self, hotkeys.SHOW_NOTICES, f"{hotkeys.SHOW_NOTICES.words}（{count}）")
        self.setVisible(count > 0)

    @Slot()
    def open_notices(self) -> None:
        """The list, over the window."""
        if self.box is None and not self._frame.locked:
            self.box = NoticesBox(self._front, self._tasks, self._frame)
            self.box.list.counted.connect(self.reload)  # the list ends somewhere, the number does not
            self.box.list.chosen.connect(self._choose)
            self.box.supervision_wanted.connect(self._go)
            self.box.finished.connect(self._closed)
            self.box.open()
            self.box.list.reload()
            self.box.list.begin()

    @Slot(object)
    def _choose(self, notice: NoticeView) -> None:
        if self.box is not None:
            self.box.accept()
        self.chosen.emit(notice)

    @Slot()
    def _go(self) -> None:
        if self.box is not None:
            self.box.accept()
        self.supervision_wanted.emit()

    @Slot()
    def _closed(self) -> None:
        self.box = None

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & TOPICS:
            self.reload()
            if self.box is not None:
                self.box.list.reload()


class NoticesBox(QDialog):
    """The messages as a box."""

    supervision_wanted = Signal()

    def __init__(self, front: SupervisionFront, tasks: Tasks, frame: Frame) -> None:
        super().__init__(frame)
        self.setWindowTitle(hotkeys.SHOW_NOTICES.words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QLabel(hotkeys.SHOW_NOTICES.words)
        set_role(title, "heading")
        self.list = NoticesList(front, Work(tasks, frame))
        self.supervision_button = hotkeys.hotkey_button(hotkeys.OPEN_SUPERVISION, self.supervision_wanted.emit)
        self.supervision_button.setAutoDefault(False)
        if not may(front.actor, "supervision.read"):
            self.supervision_button.hide()
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.supervision_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE)
        column.setSpacing(tokens.SNUG)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.resize(*SIZE)


def _passed_over(_failure: HallError) -> None:
    pass
