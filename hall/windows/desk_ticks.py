"""A list of things to tick off in a panel: papers to serve, officers to name. Enter goes on."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.style import set_role

_LONGEST = 22


class TickList(QWidget):
    """Space ticks, Enter goes to the next one; behind the last it says `done`. `changed`: other lines are ticked."""

    done = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "plain")
        self._ticks: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.HAIR)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys that are ticked, in order."""
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())

    def show_choices(self, choices: Iterable[tuple[str, str]], *, ticked: bool) -> None:
        """Other lines by key; of a long one the rest is over it."""
        for old in self._ticks.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._ticks = {}
        for key, words in choices:
            tick = QCheckBox(_broken(words))
            tick.setChecked(ticked)
            tick.setAccessibleName(words.replace("\n", " "))
            tick.installEventFilter(self)
            tick.toggled.connect(self.changed)
            self._column.addWidget(tick)
            self._ticks[key] = tick
        self.changed.emit()

    def tick(self, key: str, on: bool) -> None:
        """Tick a line, or take the tick off."""
        self._ticks[key].setChecked(on)

    def focus(self) -> None:
        """Go to the first line."""
        for first in list(self._ticks.values())[:1]:
            first.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on."""
        ticks = list(self._ticks.values())
        if not isinstance(watched, QCheckBox) or watched not in ticks or not is_plain_enter(event):
            return super().eventFilter(watched, event)
        following = ticks[ticks.index(watched) + 1 :]
        if following:
            following[0].setFocus()
        else:
            self.done.emit()
        return True


def _broken(words: str) -> str:
    """In lines that fit into a panel: a check box does not wrap."""
    lines = [line[at : at + _LONGEST] for line in words.splitlines() for at in range(0, len(line), _LONGEST)]
    return "\n".join(lines)
