"""What goes over a device's line, as it goes: time, direction, length, bytes that may be seen, meaning."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Column, Table
from hall.workers.line_log import LineLog, LogLine

LOOK_MS = 250
DIRECTIONS = {"out": "→ 发", "in": "← 收"}
HIDDEN = "（不显示）"
EMPTY = "还没有通信。接好设备、设好端口后，这里按时间显示收发的命令；证件和小票的内容不显示。"
NO_LINE = {
    "page": "打印队列不是线路，没有通信记录；交给它的任务见“打印任务”（Alt+2）。",
    "loudspeaker": "广播用系统的声音，没有通信记录。",
}


class DeviceLog(QWidget):
    """Follows the log of one device while it is shown and not paused; the newest line stays in view."""

    def __init__(self, log: LineLog) -> None:
        super().__init__()
        self._log = log
        self._device = ""
        self._seen = -1
        self.paused = False
        self._title = QLabel()
        set_role(self._title, "heading")
        self.table = Table[LogLine](_columns(), lambda line: line.number, empty=EMPTY, sortable=False)
        self.pause_button = hotkeys.hotkey_button(hotkeys.PAUSE_LOG, self._pause)
        self.copy_button = hotkeys.hotkey_button(hotkeys.COPY_LOG, self.copy)
        head = QHBoxLayout()
        head.setSpacing(tokens.TIGHT)
        head.addWidget(self._title)
        head.addSpacing(tokens.BASE)
        head.addWidget(muted("最近 500 条；证件、小票和扫码的内容不记录"))
        head.addStretch(1)
        head.addWidget(self.pause_button)
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        timer = QTimer(self)
        timer.setInterval(LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def show_device(self, device: str, name: str) -> None:
        """Another device's log, from now on; a pause ends with it."""
        self.table.say_empty(NO_LINE.get(device, EMPTY))
        if device != self._device:
            self._device, self._seen = device, -1
            self._set_paused(paused=False)
        self._title.setText(f"{name}的通信记录")
        self.look()

    @Slot()
    def look(self) -> None:
        """Show what is new."""
        if self.paused or self._seen == self._log.heard or not self.isVisible():
            return
        self._seen = self._log.heard
        bar = self.table.verticalScrollBar()
        at_end = bar.value() == bar.maximum()
        self.table.show_rows(self._log.lines(self._device))
        if at_end:
            self.table.scrollToBottom()

    @Slot()
    def copy(self) -> None:
        """The lines that are shown, as text."""
        QGuiApplication.clipboard().setText(self.text)

    @property
    def text(self) -> str:
        """A line of the log a line."""
        columns = _columns()
        return "\n".join("\t".join(column.text(line) for column in columns) for line in self.table.rows)

    @Slot()
    def _pause(self) -> None:
        self._set_paused(paused=not self.paused)
        self.look()

    def _set_paused(self, *, paused: bool) -> None:
        self.paused = paused
        hotkeys.rename(self.pause_button, hotkeys.PAUSE_LOG, "接着记录" if paused else hotkeys.PAUSE_LOG.words)


def _columns() -> list[Column[LogLine]]:
    return [
        Column("时间", lambda line: f"{hall_time(line.at):%H:%M:%S.%f}"[:-3], width=110),
        Column("方向", lambda line: DIRECTIONS[line.said.direction], width=64),
        Column("字节", lambda line: str(line.said.size), align="right", width=64),
        Column("次数", lambda line: f"×{line.times}" if line.times > 1 else "", align="right", width=64),
        Column("含义", lambda line: line.said.words),
        Column("内容（十六进制）", lambda line: line.said.hex or HIDDEN, width=510),
    ]
