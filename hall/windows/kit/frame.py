"""The frame of every staff window: who and where, device lights, the body, the message line."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hall.clock import Clock, hall_time
from hall.errors import Damaged, HallError
from hall.windows.kit import tokens
from hall.windows.kit.dialogs import show_bug
from hall.windows.kit.lights import DeviceLight
from hall.windows.kit.lock import IdleWatch, LockPage
from hall.windows.kit.messages import MessageLine
from hall.windows.kit.progress import LateProgress
from hall.windows.kit.style import set_role
from hall.workers.bugs import Bug
from hall.workers.lamps import LampFeed

WEEKDAYS = "一二三四五六日"


class Header(QWidget):
    """One line: place and person on the left, time in the middle, devices on the right."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self._place = QLabel()
        set_role(self._place, "lead")
        self._time = QLabel()
        set_role(self._time, "muted")
        self._lights: dict[str, DeviceLight] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        self._row.setSpacing(tokens.BASE)
        self._row.addWidget(self._place)
        self._row.addStretch(1)
        self._row.addWidget(self._time)
        self._devices = QHBoxLayout()
        self._devices.setSpacing(tokens.TIGHT)
        self._row.addLayout(self._devices)
        timer = QTimer(self)
        timer.setInterval(1000)
        timer.timeout.connect(self.tick)
        timer.start()
        self.tick()

    def show_place(self, words: tuple[str, ...]) -> None:
        """Hall, counter and person, whatever of them is known."""
        self._place.setText(" · ".join(word for word in words if word))

    def add_tool(self, widget: QWidget) -> None:
        """Something to press, beside place and person."""
        self._row.insertWidget(1, widget)

    def show_device(self, device: str, state: str, detail: str) -> None:
        """A device's light; the first report of a device adds it to the line."""
        if device not in self._lights:
            self._lights[device] = DeviceLight(device)
            self._devices.addWidget(self._lights[device])
        self._lights[device].show_state(state, detail)

    def follow(self, lamps: LampFeed) -> None:
        """Show every device as it is now and as it changes."""
        lamps.lamp.connect(self.show_device)
        for device, (state, words) in lamps.last.items():
            self.show_device(device, state, words)

    @Slot()
    def tick(self) -> None:
        """Show the hall's time."""
        now = hall_time(self._clock.now())
        self._time.setText(f"{now:%Y-%m-%d} 周{WEEKDAYS[now.weekday()]}  {now:%H:%M}")


class Frame(QMainWindow):
    """A staff window. The screen puts its body in; the frame says what happened and locks itself."""

    lock_changed = Signal(bool)

    def __init__(self, title: str, clock: Clock) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.header = Header(clock)
        self.message = MessageLine()
        self.progress = LateProgress()
        self._person = ""
        self._lock: LockPage | None = None
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        self._page = self._work_page()
        self._pages.addWidget(self._page)
        self.setCentralWidget(self._pages)

    @property
    def locked(self) -> bool:
        """Whether the lock page covers the window."""
        return self._lock is not None and self._pages.currentWidget() is self._lock

    def set_body(self, body: QWidget) -> None:
        """What the screen shows between header and message line."""
        self._body.addWidget(body)

    def show_place(self, hall: str, *, counter: str = "", person: str = "") -> None:
        """Where this is and who is signed in."""
        self._person = person
        self.header.show_place((hall, counter, person))

    def show_failure(self, failure: HallError) -> None:
        """Show a failure as its family asks: a full stop, a bug box, or a sentence in the message line."""
        if isinstance(failure, Damaged):
            self._show_full_stop(failure.sentence)
        elif isinstance(failure, Bug):
            show_bug(self, failure)
        else:
            self.message.say(failure.sentence, "refusal")

    def lock_when_idle(self, application: QApplication, idle_ms: int, on_unlock: Callable[[str], None]) -> None:
        """From now on lock after so many idle milliseconds; `on_unlock` checks the password."""
        self._lock = LockPage(on_unlock)
        self._pages.addWidget(self._lock)
        IdleWatch(application, idle_ms, self).idle.connect(self.lock)

    @Slot()
    def lock(self) -> None:
        """Cover everything: the work page is hidden, so that its hotkeys sleep too, and no box stays over it."""
        if self._lock is not None and not self.locked:
            for box in self.findChildren(QDialog):
                box.reject()
            self._lock.begin(self._person)
            self._pages.setCurrentWidget(self._lock)
            self._lock.password.setFocus()
            self.lock_changed.emit(True)

    def unlock(self) -> None:
        """The password was right: show what was there before."""
        self._pages.setCurrentWidget(self._page)
        self.lock_changed.emit(False)

    def refuse_unlock(self, failure: HallError) -> None:
        """The password was not right."""
        if self._lock is not None:
            self._lock.refuse(failure.sentence)

    def _show_full_stop(self, sentence: str) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(tokens.BROAD, tokens.BROAD, tokens.BROAD, tokens.BROAD)
        title = QLabel("已停止写入")
        set_role(title, "title")
        words = QLabel(sentence)
        words.setWordWrap(True)
        set_role(words, "lead")
        layout.addStretch(2)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._page = page

    def _work_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.message)
        return page
