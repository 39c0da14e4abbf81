"""Somebody's whole position: the penalties with what each costs today, the open one in full, what law allows now."""

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_position import PenaltyLine, PenaltyPosition
from hall.windows.kit import tokens
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import ROW_HEIGHT, Column, Table
from hall.windows.penalty_acts_column import ActsColumn
from hall.windows.penalty_panels import PANELS
from hall.windows.penalty_view import PenaltyView
from hall.windows.penalty_why import CaseWhy
from hall.windows.penalty_words import PENALTY_LIGHTS, balance_words, seizure_words
from hall.windows.phrases import person_words
from hall.words import PENALTY_STATES

LINES_SHOWN = 4
_OVER = ("closed", "dropped", "revoked")


class PositionShown(QWidget):
    """`case` carries the key of another case of the list that is wanted."""

    case = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._first: Collection[str] = ()
        self._case_id: int | None = None
        self._party, self._kept = QLabel(), QLabel()
        self.lines = Table[PenaltyLine](_line_columns(), lambda row: row.case_id, empty="没有处罚案件。")
        self.lines.setAccessibleName("处罚案件")
        self.view, self.column, self.why = PenaltyView(), ActsColumn(), CaseWhy()
        self.lines.current.connect(self._choose)
        self.lines.chosen.connect(self._go_to_acts)
        self._lay_out()

    @property
    def party_words(self) -> str:
        """Whom it is about, masked, and how many penalties."""
        return self._party.text()

    @property
    def kept_words(self) -> str:
        """What of theirs is kept."""
        return self._kept.text()

    @property
    def file(self) -> PenaltyFile | None:
        """The case that is open."""
        file = self.view.file
        return file if file is not None and file.case_id == self._case_id else None

    def begin(self) -> None:
        """The keyboard goes to what can be done."""
        self.column.acts.setFocus()

    def put_first(self, acts: Collection[str]) -> None:
        """Which acts stand on top."""
        self._first = acts
        self._show_acts()

    def show_position(self, position: PenaltyPosition) -> None:
        """Show somebody; of the same case the scroll, the selections and what is explained stay."""
        open_cases = sum(line.state not in _OVER for line in position.lines)
        self._party.setText(f"{person_words(position.party)}　　处罚案件 {position.cases} 件，未结 {open_cases} 件")
        kept = "；".join(seizure_words(each) for each in position.seizures if each.ended_on is None)
        self._kept.setText(f"查封扣押：{kept}" if kept else "")
        self._kept.setVisible(bool(kept))
        file = position.file
        self._case_id = file.case_id if file else None
        self._show_lines(position)
        self.view.setVisible(file is not None)
        if file is not None:
            self.view.show_file(file)
            if self.why.isVisible():
                self.why.show_file(file)
        self._show_acts()

    def explain(self, wanted: bool) -> None:
        """What was counted and how, instead of the acts; or the acts again."""
        file = self.file if wanted else None
        self.column.setVisible(file is None)
        if file is not None:
            self.why.show_file(file)
        elif self.why.isVisible():
            self.why.hide()
            self.begin()

    def turn(self, pages: int) -> None:
        """Page up or down in what is explained, else in the case."""
        (self.why if self.why.isVisible() else self.view).turn(pages)

    def _show_acts(self) -> None:
        if self.file is not None:
            self.column.show_file(self.file, known=PANELS.keys(), first=self._first)
        else:
            self.column.clear()

    def _show_lines(self, position: PenaltyPosition) -> None:
        """As tall as its rows, up to some; a single case needs no list."""
        blocked = self.lines.selectionModel().blockSignals(True)
        self.lines.show_rows(position.lines)
        if self._case_id is not None:
            self.lines.select(self._case_id)
        self.lines.selectionModel().blockSignals(blocked)
        self.lines.scrollTo(self.lines.currentIndex())
        self.lines.viewport().update()
        self.lines.setVisible(len(position.lines) > 1)
        head = self.lines.horizontalHeader().sizeHint().height()
        height = min(len(position.lines), LINES_SHOWN) * ROW_HEIGHT
        self.lines.setFixedHeight(head + height + 2 * self.lines.frameWidth() + tokens.HAIR)

    @Slot(object)
    def _choose(self, line: PenaltyLine | None) -> None:
        if line is not None and line.case_id != self._case_id:
            self.case.emit(line.case_id)

    @Slot(object)
    def _go_to_acts(self, _: PenaltyLine) -> None:
        self.begin()

    def _lay_out(self) -> None:
        for label, role in ((self._party, "lead"), (self._kept, "muted")):
            label.setWordWrap(True)
            set_role(label, role)
        self.why.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        for part in (self._party, self._kept, self.lines):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SNUG)
        row.addWidget(left, 5)
        row.addWidget(self.column, 3)
        row.addWidget(self.why, 3)


def _line_columns() -> list[Column[PenaltyLine]]:
    return [
        Column("时限", _light_words, width=98, light=lambda row: row.light),
        Column("案由", lambda row: row.violation_name),
        Column("决定书、案号", lambda row: row.decision_number or row.number, width=184),
        Column("状态", lambda row: PENALTY_STATES[row.state], width=92),
        Column("今天应缴", lambda row: balance_words(row.balance_fen), align="right", width=104),
    ]


def _light_words(row: PenaltyLine) -> str:
    return PENALTY_LIGHTS[row.light] if row.light else ""
