"""Parts of the monitor: figures in a row, alarms, the strip that says where help is wanted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.queue_alarms import Alarm
from hall.services.monitor import CounterRow
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import set_role

MOST_ALARMS = 3


class FiguresBar(QFrame):
    """Words with their figures beneath, the same ones in the same places."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        """`titles`: key → words, in the order of the row."""
        super().__init__()
        set_role(self, "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        row.setSpacing(tokens.SNUG)
        self._figures: dict[str, QLabel] = {}
        for number, (key, words) in enumerate(titles.items()):
            if number:
                row.addStretch(1)
            title, figure = QLabel(words), QLabel("–")
            set_role(title, "muted")
            set_role(figure, "figure")
            self._figures[key] = figure
            cell = QVBoxLayout()
            cell.setSpacing(0)
            cell.addWidget(title)
            cell.addWidget(figure)
            row.addLayout(cell)

    def show_figures(self, figures: Mapping[str, str]) -> None:
        """Other figures."""
        for key, words in figures.items():
            self._figures[key].setText(words)

    def figure(self, key: str) -> str:
        """A figure as it is shown."""
        return self._figures[key].text()


class AlarmList(QWidget):
    """The alarms, the longest waiting first; nothing where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HAIR)
        self._lines: list[QLabel] = []
        for _ in range(MOST_ALARMS):
            line = QLabel()
            line.setWordWrap(True)
            set_role(line, "warning")
            self._lines.append(line)
            self._column.addWidget(line)
        self.show_alarms(())

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(line.text() for line in self._lines if not line.isHidden())

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Say the most pressing; the last line says how many more there are."""
        rest = len(alarms) - MOST_ALARMS
        for number, line in enumerate(self._lines):
            line.setHidden(number >= len(alarms))
            if number < len(alarms):
                more = f"（另有 {rest} 条）" if rest > 0 and number == MOST_ALARMS - 1 else ""
                line.setText(f"▲ {alarms[number].sentence}{more}")
        self.setHidden(not alarms)


class EmergencyStrip(QWidget):
    """Says at which counter help is wanted, the first before the others; `calm` carries its number."""

    calm = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "emergency")
        self._number: int | None = None
        self._words = QLabel()
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = hotkeys.hotkey_button(hotkeys.CALM, self._say_calm)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SNUG, tokens.HAIR, tokens.SNUG, tokens.HAIR)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    @property
    def words(self) -> str:
        """Who calls for help since when."""
        return self._words.text()

    def show_counters(self, counters: Sequence[CounterRow]) -> None:
        """Say it for the one that has waited longest."""
        calling = sorted(
            ((row.emergency_at, row) for row in counters if row.emergency_at is not None), key=lambda each: each[0]
        )
        self.setHidden(not calling)
        self._number = calling[0][1].number if calling else None
        if calling:
            since, row = calling[0]
            who = f"（{row.clerk}）" if row.clerk else ""
            more = f"　另有 {len(calling) - 1} 个窗口求助" if len(calling) > 1 else ""
            self._words.setText(f"■ {row.number}号窗口{who}紧急求助，{hall_time(since):%H:%M} 起，请立即到场。{more}")

    def _say_calm(self) -> None:
        if self._number is not None:
            self.calm.emit(self._number)
