"""Parts of the monitor: figures in a row, alarms, the strip that says where help is wanted."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.queue_alarms import Alarm
from hall.services.monitor import CounterRow
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import Hotkey
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


class _AlarmLine(QWidget):
    """One alarm with a button for what can be done about it from here."""

    help_wanted = Signal(object)

    def __init__(self, hotkey: Hotkey | None) -> None:
        """`hotkey`: the first line's button has a key."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "alarm")
        self._alarm: Alarm | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = hotkeys.hotkey_button(hotkey, self._want) if hotkey else QPushButton()
        if hotkey is None:
            self.button.clicked.connect(self._want)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._key = f"  {hotkeys.key_text(hotkey)}" if hotkey else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SNUG, 2, tokens.HAIR, 2)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)

    def show_alarm(self, alarm: Alarm, more: str) -> None:
        """Another alarm."""
        self._alarm = alarm
        self.words.setText(f"▲ {alarm.sentence}{more}")
        self.button.setVisible(alarm.to_help is not None)
        self.button.setText(f"{alarm.to_help}号窗口兼办…{self._key}")

    def _want(self) -> None:
        self.help_wanted.emit(self._alarm)


class AlarmList(QWidget):
    """The alarms, the longest waiting first; nothing where there is none. `help_wanted` carries the Alarm."""

    help_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HAIR)
        self.lines = [_AlarmLine(None if number else hotkeys.LET_HELP) for number in range(MOST_ALARMS)]
        for line in self.lines:
            line.help_wanted.connect(self.help_wanted)
            self._column.addWidget(line)
        self.show_alarms(())

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said."""
        return tuple(line.words.text() for line in self.lines if not line.isHidden())

    def show_alarms(self, alarms: Sequence[Alarm]) -> None:
        """Say the most pressing; the last line says how many more there are."""
        rest = len(alarms) - MOST_ALARMS
        for number, line in enumerate(self.lines):
            line.setHidden(number >= len(alarms))
            if number < len(alarms):
                line.show_alarm(alarms[number], f"（另有 {rest} 条）" if rest > 0 and number == MOST_ALARMS - 1 else "")
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
