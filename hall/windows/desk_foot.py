"""The foot of the desk: what may be done with the case now; what may not is grey and says why."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QVBoxLayout, QWidget

from hall.services.desk_acts import DeskAct
from hall.windows.desk_acts import ACT_KEYS, MAIN_ACTS
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import muted, set_role

# What leads a case on: why it cannot be done now is told without being asked.
_LEADING = MAIN_ACTS | {"take", "certify"}


class DeskFoot(QWidget):
    """`act` carries the name of the act whose button was pressed."""

    act = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._flow = Flow(tokens.TIGHT)
        self._why = muted("")
        self._why.setWordWrap(True)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.HAIR)
        column.addLayout(self._flow)
        column.addWidget(self._why)

    @property
    def why_not(self) -> str:
        """What the line below the buttons says."""
        return self._why.text()

    def show_acts(self, acts: tuple[DeskAct, ...], *, known: Collection[str]) -> None:
        """The acts in their order, the main one first; what stands in its way is told in full below."""
        told = {each.name: each.reasons for each in acts if each.name in known}
        wanted = [name for name in ACT_KEYS if name in told]
        if list(self.buttons) != wanted:
            self._make(wanted)
        for name, button in self.buttons.items():
            reasons = told[name]
            button.setEnabled(not reasons)
            hotkey = ACT_KEYS[name]
            blocked = _sentence(reasons) if reasons else ""
            button.setToolTip(f"不能{hotkey.words}：{blocked}" if blocked else hotkey.words)
            button.setAccessibleDescription(blocked)
        leading = [(name, told[name]) for name in wanted if name in _LEADING and told[name]]
        self._why.setText("　".join(f"不能{ACT_KEYS[name].words}：{_sentence(why)}" for name, why in leading))
        self._why.setVisible(bool(leading))

    def _make(self, names: list[str]) -> None:
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for name in names:
            button = hotkeys.hotkey_button(ACT_KEYS[name], partial(self.act.emit, name), self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if name in MAIN_ACTS:
                set_role(button, "primary")
            self.buttons[name] = button
            self._flow.addWidget(button)
            button.show()


def _sentence(reasons: tuple[str, ...]) -> str:
    return "；".join(reason.rstrip("。") for reason in reasons) + "。"


class Flow(QLayout):
    """Widgets side by side, in as many lines as the width asks for."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        tallest = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(widest, tallest)

    def _place(self, area: QRect, *, move: bool) -> int:
        left, top, line = area.left(), area.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > area.left() and left + size.width() > area.right() + 1:
                left, top, line = area.left(), top + line + self._gap, 0
            if move:
                item.setGeometry(QRect(left, top, size.width(), size.height()))
            left += size.width() + self._gap
            line = max(line, size.height())
        return top + line - area.top()
