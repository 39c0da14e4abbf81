"""The side of a task: one panel at a time over its right edge, for a deed that needs a word more."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import Form, is_plain_enter
from hall.windows.kit.side_panel import SidePanel
from hall.windows.kit.style import set_role

WIDTH = 392
REASON_KEYS = "数字 选原因　↑↓ 移动　Esc 关闭"


class DeedPanel(SidePanel):
    """A panel with one main button that Enter presses; `submitted` when the deed is wanted."""

    submitted = Signal()

    def __init__(self, title: str, *, main: str, keys: str = "", escape: str = "关闭") -> None:
        """`keys` says which keys do what while the panel is open."""
        super().__init__(title, escape=escape)
        set_role(self, "drawer")
        self.setMaximumWidth(WIDTH)
        self.title = title
        self.keys = keys or f"Enter {main}　Tab 下一项　Esc 关闭"
        self.main_button = QPushButton(f"{main}  Enter")
        set_role(self.main_button, "primary")
        self.main_button.clicked.connect(self.submit)
        self.main_button.installEventFilter(self)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, tokens.TIGHT, 0)
        row.addWidget(self.main_button, 1)
        self.add_foot(foot)

    def begin(self) -> None:
        """Empty what was entered and go to the first field."""
        self.main_button.setFocus()

    @Slot()
    def submit(self) -> None:
        """The deed is wanted."""
        self.submitted.emit()

    def say(self, words: str) -> QLabel:
        """A sentence in the panel."""
        label = QLabel(words)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.add(label)
        return label

    def add_letter(self, keys: str, on_pressed: Callable[[], None]) -> QShortcut:
        """A key that answers while the focus is in this panel; a text field keeps its letters and digits."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(on_pressed)
        return shortcut

    def add_choice(self, words: str, keys: str, on_pressed: Callable[[], None]) -> QPushButton:
        """A line that is pressed by its key, by Enter or by the mouse."""
        button = QPushButton(f"{keys}  {words}")
        set_role(button, "left")
        button.setToolTip(f"{words}（{keys}）")
        button.setStatusTip(f"{keys} {words}")
        button.clicked.connect(on_pressed)
        button.installEventFilter(self)
        self.add_letter(keys, button.click)
        self.add(button)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter presses the button that has the focus."""
        if isinstance(watched, QPushButton) and is_plain_enter(event):
            watched.click()
            return True
        return super().eventFilter(watched, event)


class FormDeed(DeedPanel):
    """A deed that a form asks for: begins at the field `first`; sent by the main button or Enter if nothing is wrong.

    The subclass adds its fields to `form` in `__init__`, then `self.add(self.form)`.
    """

    first = ""

    def __init__(self, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self.form = Form()
        self.form.submitted.connect(self._send)

    def begin(self) -> None:
        """At the first field; what was entered stays after a refusal."""
        self.form.focus(self.first)

    @Slot()
    def submit(self) -> None:
        """Only what is complete is sent."""
        self.form.submit()

    @Slot()
    def _send(self) -> None:
        """Not again while it is being done: Enter in a field is the button's."""
        if self.main_button.isEnabled():
            self.submitted.emit()


class ReasonPanel(DeedPanel):
    """Why: one of the usual reasons by its digit, or, where `free`, another in words. `reason` holds it."""

    def __init__(self, title: str, *, main: str, words: str, usual: tuple[str, ...], free: bool = True) -> None:
        super().__init__(title, main=main, keys="" if free else REASON_KEYS)
        self.words = self.say(words)
        self._reason = ""
        self.choices = [
            self.add_choice(reason, str(number), partial(self._take, reason)) for number, reason in enumerate(usual, 1)
        ]
        self.form = Form()
        if free:
            self.form.add_text("reason", "其他原因" if usual else "原因", required=True)
            self.form.submitted.connect(self._take_typed)
            self.add(self.form)
        self.main_button.setVisible(free)

    @property
    def reason(self) -> str:
        """The reason that was given."""
        return self._reason

    def begin(self) -> None:
        """The usual reasons first."""
        self.form.clear()
        if self.choices:
            self.choices[0].setFocus()
        else:
            self.form.focus("reason")

    @Slot()
    def submit(self) -> None:
        """The main button: what was typed."""
        self.form.submit()

    def _take_typed(self) -> None:
        self._take(self.form.text("reason"))

    def _take(self, reason: str) -> None:
        self._reason = reason
        self.submitted.emit()


class Side(QWidget):
    """Holds the panels over the right edge of the task, so that nothing below them moves.

    `opened` and `closed` carry the panel. `window` names the keys (`hotkeys.WINDOWS`) that its fields leave alone.
    """

    opened = Signal(object)
    closed = Signal(object)

    def __init__(self, task: QWidget, *, window: str) -> None:
        super().__init__(task)
        self._window = window
        self.panel: DeedPanel | None = None
        self._before: QWidget | None = None
        self._task = task
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        task.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the right edge of the task."""
        if watched is self._task and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = min(WIDTH, self._task.width())
        self.setGeometry(self._task.width() - width, 0, width, self._task.height())

    def open(self, panel: DeedPanel) -> None:
        """Show this panel instead of the one that is open."""
        if self.panel is None:
            self._before = QApplication.focusWidget()
        else:
            self.panel.hide()
        if panel.parent() is not self:
            self._layout.addWidget(panel)
            hotkeys.HotkeysFirst(panel, hotkeys.WINDOWS[self._window])
        self.panel = panel
        self._place()
        self.show()
        self.raise_()
        panel.show()
        panel.begin()
        self.opened.emit(panel)

    def close_panel(self, panel: DeedPanel | None = None) -> bool:
        """Close what is open, or this panel if it still is; the focus goes back to where it was."""
        shown = self.panel
        if shown is None or panel not in (None, shown):
            return False
        self.panel = None
        had_focus = shown.isAncestorOf(QApplication.focusWidget() or self)
        shown.hide()
        self.hide()
        if had_focus and self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit(shown)
        return True
