"""The applicant's fields as they are laid out: who and how to reach, the reader, earlier cases."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import muted, set_role
from hall.words import APPLICANT_KINDS

LABEL_WIDTH = 64
KIND_WIDTH = 128
NO_LIMIT = 16_777_215  # the widest a widget may be
NAME_WIDTH, CODE_WIDTH = 150, 196
REPRESENTATIVE_WIDTH, PHONE_WIDTH = 222, 176
BUTTON_WIDTH = 168
"""Of the buttons at the end of a row; the rows of the form below end at the same place."""
TO_TYPE, TO_READ = 0, 1
"""The pages of both stacks: fields, or what a card or a case says."""


class ApplicantFields(QWidget):
    """Nothing but fields and buttons; what they mean is the panel's. `read_card` asks for the next card."""

    read_card = Signal()
    history_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        for code, words in APPLICANT_KINDS.items():
            self.kind.addItem(words, code)
        self.name, self.number = _line("姓名"), _line("证件号码")
        self.representative = _line("法定代表人（经营者、负责人）")
        self.phone, self.address = _line("电话，可不填"), _line("住址，可不填")
        self._facts, self._checked = QLabel(), QLabel()
        self._card_address = QLabel()
        self._wrong = QLabel()
        self.history_button = QPushButton()
        self.read_button = hotkeys.hotkey_button(hotkeys.READ_CARD, self.read_card.emit)
        self.history_button.clicked.connect(self.history_wanted)
        self._who, self._where = QStackedWidget(), QStackedWidget()
        self._dress()
        self._lay_out()
        self._order()

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.name, self.number, self.representative, self.phone, self.address

    def _show_fields(self, page: int) -> None:
        """TO_TYPE or TO_READ, for who it is and for where they live."""
        self._who.setCurrentIndex(page)
        self._where.setCurrentIndex(page)

    def _show_words(self, *, natural: bool) -> None:
        """What the fields are called for a person, or for an organisation."""
        for field, person, organisation in (
            (self.name, "姓名", "名称（同营业执照）"),
            (self.number, "证件号码", "统一社会信用代码"),
            (self.address, "住址，可不填", "住所，可不填"),
        ):
            words = person if natural else organisation
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
        short, width, long = (self.name, NAME_WIDTH, self.number) if natural else (self.number, CODE_WIDTH, self.name)
        short.setFixedWidth(width)
        long.setMinimumWidth(NAME_WIDTH)
        long.setMaximumWidth(NO_LIMIT)
        self.representative.setVisible(not natural)

    def _dress(self) -> None:
        """Roles, widths and what stays where it is when hidden."""
        set_role(self._wrong, "wrong")
        set_role(self._facts, "lead")
        set_role(self.history_button, "flat")
        self.phone.setFixedWidth(PHONE_WIDTH)
        self.representative.setFixedWidth(REPRESENTATIVE_WIDTH)
        self._show_words(natural=True)
        self.kind.setFixedWidth(KIND_WIDTH)
        self.kind.setToolTip(f"{hotkeys.KIND.words}（{hotkeys.key_text(hotkeys.KIND)}）")
        self.kind.setAccessibleName(hotkeys.KIND.words)
        self._wrong.setMinimumHeight(self._wrong.fontMetrics().lineSpacing())
        for stack in (self._who, self._where):
            stack.setFixedHeight(tokens.CLERK_TARGET + tokens.HAIR)
        keep = self.history_button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.history_button.setSizePolicy(keep)

    def _lay_out(self) -> None:
        self._who.addWidget(_row(self.name, self.number, growing=(self.name, self.number)))
        self._who.addWidget(_row(self._facts, self._checked))
        self._where.addWidget(_row(self.address, growing=(self.address,)))
        self._where.addWidget(_row(muted("住址"), self._card_address))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SNUG)
        grid.setVerticalSpacing(tokens.HAIR)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnMinimumWidth(2, BUTTON_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.addWidget(muted("申请人"), 0, 0)
        grid.addWidget(_row(self.kind, self._who, growing=(self._who,)), 0, 1)
        grid.addWidget(self.read_button, 0, 2)
        grid.addWidget(muted("联系"), 1, 0)
        grid.addWidget(_row(self.representative, self.phone, self._where, growing=(self._where,)), 1, 1)
        grid.addWidget(self.history_button, 1, 2)
        grid.addWidget(self._wrong, 2, 1, 1, 2)

    def _order(self) -> None:
        """The way of the Tab key; buttons have keys of their own."""
        for first, second in pairwise((*self._fields, self.history_button)):
            QWidget.setTabOrder(first, second)
        self.kind.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for button in (self.read_button, self.history_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _line(hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(hint)
    line.setAccessibleName(hint)
    return line


def _row(*widgets: QWidget, growing: tuple[QWidget, ...] = ()) -> QWidget:
    """Widgets beside each other; those that are `growing` take what is left."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(tokens.SNUG)
    for widget in widgets:
        layout.addWidget(widget, int(widget in growing))
    if not growing:
        layout.addStretch(1)
    return row
