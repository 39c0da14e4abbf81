"""What the manager changes from the monitor: a counter's matters, and a ticket that is stuck."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hall.rules.catalogue import Matter
from hall.services.monitor import CounterRow, SeatedTicket
from hall.windows.kit import tokens
from hall.windows.kit.style import muted, set_role
from hall.words import TICKET_STATES

HEAD_STARTS = (0, 5, 10, 15, 20, 30, 60)
WIDTH, HEIGHT = 760, 600
# Characters of a matter's name that stand beside its head start.
LONGEST_NAME = 30


class MattersDialog(QDialog):
    """Which matters a counter serves; none chosen means all. Counts from the next call on."""

    def __init__(
        self,
        parent: QWidget,
        row: CounterRow,
        matters: Sequence[Matter],
        *,
        on_chosen: Callable[[Mapping[str, int]], None],
        further: Sequence[str] = (),
    ) -> None:
        """`further`: matters to be ticked besides those it serves."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"调整 {row.number}号窗口事项")
        self._on_chosen = on_chosen
        self.boxes: dict[str, QCheckBox] = {}
        self.head_starts: dict[str, QComboBox] = {}
        self.save_button, back = QPushButton("保存"), QPushButton("返回")
        set_role(self.save_button, "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.accept)
        back.clicked.connect(self.reject)
        self._lay_out(row, matters, back)
        for code in further:
            self.boxes[code].setChecked(True)
        self.finished.connect(self._answer)
        self.setFixedSize(WIDTH, HEIGHT)

    @property
    def chosen(self) -> dict[str, int]:
        """Code → head start in minutes, of the matters that are ticked."""
        return {code: int(self.head_starts[code].currentData()) for code, box in self.boxes.items() if box.isChecked()}

    @Slot(int)
    def _answer(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._on_chosen(self.chosen)

    def _lay_out(self, row: CounterRow, matters: Sequence[Matter], back: QPushButton) -> None:
        heading, words = QLabel(f"{row.number}号窗口办哪些事项"), QLabel()
        set_role(heading, "heading")
        words.setText(
            "一项都不勾就是全部事项。“提前”让本窗口把这一事项排得靠前。从下一次叫号起生效，不打断正在办的号。"
        )
        words.setWordWrap(True)
        set_role(words, "muted")
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BASE)
        grid.setVerticalSpacing(tokens.HAIR)
        grid.setColumnStretch(0, 1)
        for line, matter in enumerate(matters):
            self._add(grid, line, matter, row.matters)
        inside = QWidget()
        set_role(inside, "plain")
        column = QVBoxLayout(inside)
        column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = _column(self)
        for widget in (heading, words):
            whole.addWidget(widget)
        whole.addWidget(area, 1)
        whole.addLayout(_buttons(back, self.save_button))

    def _add(self, grid: QGridLayout, line: int, matter: Matter, served: Mapping[str, int]) -> None:
        name = matter.name if len(matter.name) <= LONGEST_NAME else f"{matter.name[: LONGEST_NAME - 1]}…"
        box = QCheckBox(f"{matter.code}  {name}")
        box.setToolTip(matter.name)
        box.setChecked(matter.code in served)
        head_start = QComboBox()
        minutes = served.get(matter.code, 0)
        for each in sorted({*HEAD_STARTS, minutes}):
            head_start.addItem(f"提前 {each} 分" if each else "不提前", each)
        head_start.setCurrentIndex(head_start.findData(minutes))
        head_start.setAccessibleName(f"{matter.name} 提前")
        head_start.setEnabled(box.isChecked())
        box.toggled.connect(head_start.setEnabled)
        head_start.setFixedWidth(128)
        grid.addWidget(box, line, 0)
        grid.addWidget(head_start, line, 1)
        self.boxes[matter.code], self.head_starts[matter.code] = box, head_start


class ReleaseDialog(QDialog):
    """Frees a ticket that is stuck at a counter, or parked there: back to the queue, or cancelled."""

    def __init__(self, parent: QWidget, row: CounterRow, *, on_chosen: Callable[[int, str, bool], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"释放 {row.number}号窗口的号票")
        self._on_chosen = on_chosen
        self.tickets = QComboBox()
        for ticket in _stuck(row):
            self.tickets.addItem(
                f"{ticket.code}　{TICKET_STATES[ticket.state]}　{ticket.matter_name}", ticket.ticket_id
            )
        self.tickets.setAccessibleName("号票")
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("如：窗口电脑故障，号票没有办结")
        self.reason.setAccessibleName("原因")
        self.cancel_box = QCheckBox("不再办理，直接作废（不勾则退回排队，保留原来的时间）")
        self.release_button, back = QPushButton("释放"), QPushButton("返回")
        set_role(self.release_button, "primary")
        self.release_button.setDefault(True)
        self.release_button.setEnabled(False)
        self.release_button.clicked.connect(self.accept)
        back.clicked.connect(self.reject)
        self.reason.textChanged.connect(self._allow)
        self._lay_out(row, back)
        self.finished.connect(self._answer)
        self.reason.setFocus()

    @Slot(str)
    def _allow(self, text: str) -> None:
        self.release_button.setEnabled(bool(text.strip()))

    @Slot(int)
    def _answer(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._on_chosen(int(self.tickets.currentData()), self.reason.text(), self.cancel_box.isChecked())

    def _lay_out(self, row: CounterRow, back: QPushButton) -> None:
        heading = QLabel(f"释放 {row.number}号窗口的号票")
        set_role(heading, "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.TIGHT)
        grid.setColumnStretch(1, 1)
        for line, (words, field) in enumerate((("号票", self.tickets), ("原因", self.reason))):
            grid.addWidget(muted(words), line, 0)
            grid.addWidget(field, line, 1)
        whole = _column(self)
        whole.addWidget(heading)
        whole.addLayout(grid)
        whole.addWidget(self.cancel_box)
        whole.addLayout(_buttons(back, self.release_button))
        self.setFixedWidth(WIDTH)


def _stuck(row: CounterRow) -> tuple[SeatedTicket, ...]:
    return (*((row.ticket,) if row.ticket is not None else ()), *row.held)


def _column(dialog: QDialog) -> QVBoxLayout:
    whole = QVBoxLayout(dialog)
    whole.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.BASE)
    whole.setSpacing(tokens.SNUG)
    return whole


def _buttons(back: QPushButton, forward: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.TIGHT)
    row.addStretch(1)
    for button in (back, forward):
        button.setMinimumWidth(96)
        row.addWidget(button)
    return row
