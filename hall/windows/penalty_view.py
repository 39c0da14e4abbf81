"""One penalty case on a page that scrolls: what is owed today, periods, facts, proposal, decisions, papers, history."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hall.clock import hall_time
from hall.rules.fines import FinePosition
from hall.services.case_reading import DocumentView
from hall.services.penalty_file import LitClock, PenaltyFile
from hall.windows.desk_sections import Section, facts_grid, words_label
from hall.windows.kit import tokens
from hall.windows.kit.lights import Light
from hall.windows.kit.scrolling import Scrolling
from hall.windows.kit.style import muted, set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.penalty_words import (
    PART_LIGHTS,
    PART_WORDS,
    PENALTY_LIGHTS,
    case_facts,
    clock_words,
    decision_facts,
    event_words,
    fine_words,
    money,
    part_words,
    proposal_facts,
    state_words,
    under_way_facts,
)
from hall.words import DOCUMENT_KINDS, PENALTY_CLOCKS

EVENTS_SHOWN = 30
PAPERS_SHOWN = 5
LIGHT_WIDTH, CLOCK_WIDTH = 84, 112


class PenaltyView(QWidget):
    """`preview` carries a DocumentView."""

    preview = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._file: PenaltyFile | None = None
        self._title, self._numbers, self._state = QLabel(), QLabel(), QLabel()
        self.fine, self.clocks = Section("今天应缴"), Section("时限")
        self.decisions, self.proposal = Section("决定"), Section("处罚意见")
        self.under_way, self.facts = Section("申请、通知与公示"), Section("案情")
        self.history = Section("经过")
        self.documents = Table[DocumentView](
            [
                Column("文书", lambda row: DOCUMENT_KINDS[row.kind], width=196),
                Column("文号", lambda row: row.number),
                Column("日期", lambda row: row.issued_on.isoformat(), width=104),
            ],
            lambda row: row.document_id,
            empty="没有文书。",
        )
        self.documents.setAccessibleName("文书")
        self.documents.chosen.connect(self.preview)
        self._area = Scrolling(
            self.fine,
            self.clocks,
            self.decisions,
            self.proposal,
            self.under_way,
            self.facts,
            self.documents,
            self.history,
        )
        self._lay_out()

    @property
    def file(self) -> PenaltyFile | None:
        """The case that is shown."""
        return self._file

    def show_file(self, file: PenaltyFile) -> None:
        """Show a case; of the same case the scroll and the selections stay."""
        is_other = self._file is None or self._file.case_id != file.case_id
        scroll = 0 if is_other else self._area.place
        self._file = file
        self._title.setText(file.violation_name)
        numbers = (file.decision.number if file.decision else "", file.number)
        self._numbers.setText("　　".join(filter(None, numbers)))
        self._state.setText(state_words(file))
        self.fine.show_widgets(fine_lines(file.fine) if file.fine else ())
        self.clocks.show_widgets(clock_line(each) for each in file.clocks)
        self.decisions.show_facts(decision_facts(file.decisions))
        self.proposal.show_facts(proposal_facts(file.proposals[-1]) if file.proposals else ())
        self.under_way.show_facts(under_way_facts(file))
        self.facts.show_facts(case_facts(file))
        self.documents.show_in_full(file.documents, most=PAPERS_SHOWN)
        self.history.show_widgets(_history(file))
        self._area.go_to(scroll)

    def turn(self, pages: int) -> None:
        """Page up or down without leaving the list."""
        self._area.turn(pages)

    def _lay_out(self) -> None:
        set_role(self._title, "heading")
        set_role(self._numbers, "muted")
        set_role(self._state, "lead")
        self._title.setWordWrap(True)
        self._numbers.setWordWrap(True)
        self._numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.HAIR)
        whole.addLayout(head)
        whole.addWidget(self._numbers)
        whole.addWidget(self._area, 1)


def fine_lines(fine: FinePosition) -> list[QWidget]:
    """The sums side by side, what is to be paid today the largest; below it why, and the parts of a plan."""
    lines: list[QWidget] = [_sums(fine), words_label(fine_words(fine))]
    if len(fine.parts) > 1 or fine.plan:
        lines.extend(
            _lit(PART_LIGHTS[part.standing], PART_WORDS[part.standing], f"第 {number} 期", part_words(part))
            for number, part in enumerate(fine.parts, 1)
        )
    return lines


def clock_line(lit: LitClock) -> QWidget:
    """Light, name, until when; below it the article."""
    name = PENALTY_CLOCKS[lit.clock.kind]
    words = f"{clock_words(lit)}　{lit.clock.law}"
    if lit.light is None:
        return _lit("", "", name, words)
    return _lit(lit.light, PENALTY_LIGHTS[lit.light], name, words)


def _sums(fine: FinePosition) -> QWidget:
    told = [("合计", fine.balance_fen, "heading"), ("罚款", fine.principal_fen, "lead")]
    if fine.added_fen:
        told.append(("加处罚款", fine.added_fen, "lead"))
    if fine.waived_fen:
        told.append(("减免加处", fine.waived_fen, "lead"))
    if fine.paid_fen or fine.added_paid_fen:
        told.append(("已缴", fine.paid_fen + fine.added_paid_fen, "lead"))
    if fine.over_fen > fine.refunded_fen:
        told.append(("应退还", fine.over_fen - fine.refunded_fen, "lead"))
    box = QWidget()
    set_role(box, "plain")
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.WIDE)
    for name, fen, role in told:
        row.addLayout(_sum(name, fen, role))
    row.addStretch(1)
    return box


def _sum(name: str, fen: int, role: str) -> QVBoxLayout:
    figure = QLabel(money(fen))
    set_role(figure, role)
    figure.setAccessibleName(f"{name} {money(fen)}")
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(muted(name))
    column.addWidget(figure)
    column.addStretch(1)
    return column


def _lit(code: str, word: str, name: str, words: str) -> QWidget:
    box = QWidget()
    set_role(box, "plain")
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.TIGHT)
    light: QWidget = Light(tokens.LIGHTS[code], word) if code else QWidget()
    light.setFixedWidth(LIGHT_WIDTH)
    title = QLabel(name)
    title.setFixedWidth(CLOCK_WIDTH)
    for part in (light, title):
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words_label(words), 1)
    return box


def _history(file: PenaltyFile) -> Iterable[QWidget]:
    events = file.events[-EVENTS_SHOWN:]
    lines = [(f"{hall_time(each.at):%m-%d %H:%M}", event_words(each)) for each in reversed(events)]
    return [facts_grid(lines)] if lines else []
