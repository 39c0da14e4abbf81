"""减免与缴款: one search field, then the whole position of whoever stands here, and what may be done, on one page."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.authority import may
from hall.rules.cards import Card
from hall.services.penalty_file import PenaltyFile
from hall.services.penalty_finding import FoundParty, FoundPenalties
from hall.services.penalty_position import PenaltyLine, PenaltyPosition
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.frame import Frame
from hall.windows.kit.newest import Newest
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.tables import ROW_HEIGHT, Column, Table
from hall.windows.papers import PREVIEW_WORDS, Papers
from hall.windows.penalty_acts_column import ActsColumn
from hall.windows.penalty_panels import PANELS
from hall.windows.penalty_register import RegisterPanel
from hall.windows.penalty_tools import PenaltyPanel, PenaltyTools
from hall.windows.penalty_view import PenaltyView
from hall.windows.penalty_why import CaseWhy
from hall.windows.penalty_words import PENALTY_LIGHTS, balance_words, seizure_words
from hall.windows.phrases import person_words
from hall.windows.unmask_panel import UnmaskPanel
from hall.words import PENALTY_STATES

HINT = "决定书文号、案号、缴款识别码、收据号、身份证号、信用代码、电话、姓名；也可刷身份证、扫文书二维码"
EMPTY = "输入后按 Enter。找到一位直接打开，多位列在这里。新案件按 Ctrl+M 登记。"
KEYS = "Enter 办理　↑↓ 选　Tab 换栏　Ctrl+Y 为什么　Ctrl+P 预览　Ctrl+M 登记　Esc 重新查找"
FOUND_KEYS = "Enter 打开　↑↓ 选　Esc 重新查找"
LINES_SHOWN = 4
FOUND, SHOWN = 0, 1

LENIENCY_FIRST = frozenset({"leniency_apply", "examine", "defer", "defer_decide", "agree", "agree_decide"})
PAYING_FIRST = frozenset({"notice", "cash", "cash_hand_in", "cash_bank", "refund", "defer"})


class PositionPage(QWidget):
    """Used by the penalty window and by the counter's tasks 减免 and 缴款; it does the acts itself.

    `keys_changed` says which line of keys belongs to what is shown now.
    """

    keys_changed = Signal(str)

    def __init__(self, tools: PenaltyTools, frame: Frame, papers: Papers, *, window: str) -> None:
        """`window` names the keys (`hotkeys.WINDOWS`) of the window that it stands in."""
        super().__init__()
        self._tools, self._frame, self._papers = tools, frame, papers
        self._party_id: int | None = None
        self._case_id: int | None = None
        self._first: Collection[str] = LENIENCY_FIRST
        self._newest = Newest[PenaltyPosition](self._show_position)
        self._panels: dict[str, PenaltyPanel] = {}
        self.line = QLineEdit()
        self._refusal, self._party, self._kept = QLabel(), QLabel(), QLabel()
        self.found = Table[FoundParty](_found_columns(), lambda row: row.person_id, empty=EMPTY)
        self.lines = Table[PenaltyLine](_line_columns(), lambda row: row.case_id, empty="没有处罚案件。")
        self.view, self.column, self.why = PenaltyView(), ActsColumn(), CaseWhy()
        self._stack = QStackedWidget()
        self._lay_out()
        self.side = Side(self, window=window)
        self.unmasking = UnmaskPanel(tools.front, tools.work)
        self.registering = RegisterPanel(tools)
        self._connect()

    @property
    def panel(self) -> PenaltyPanel | None:
        """The act's panel that is open."""
        return self.side.panel if isinstance(self.side.panel, PenaltyPanel) else None

    @property
    def refusal(self) -> str:
        """Why nothing was found."""
        return self._refusal.text()

    @property
    def keys(self) -> str:
        """The line of keys for what is shown."""
        if self.side.panel is not None:
            return f"{self.side.panel.keys}　{PREVIEW_WORDS}" if self.panel else self.side.panel.keys
        return KEYS if self._stack.currentIndex() == SHOWN else FOUND_KEYS

    def begin(self) -> None:
        """The keyboard goes to the acts of whoever is shown, else to the search field."""
        if self.side.panel is not None:
            return
        if self._stack.currentIndex() == SHOWN:
            self.column.acts.setFocus()
        else:
            self.look_for()

    def put_first(self, acts: Collection[str]) -> None:
        """Which acts stand on top: those of 减免, or those of 缴款."""
        self._first = acts
        self._show_acts()

    @Slot()
    def look_for(self) -> None:
        """Ask for the next person."""
        self.line.setFocus()
        self.line.selectAll()

    def open_case(self, case_id: int) -> None:
        """Show the party of a case with that case open."""
        front = self._tools.front.penalties
        self._tools.work.read(partial(front.position_of_case, case_id), self._open, words="正在载入案件…")

    def take_card(self, card: Card) -> bool:
        """A card was laid down: for the case that is being registered, else to find its holder."""
        if self.registering.isVisible():
            self.registering.take_card(card)
        elif self.side.panel is None:
            self._find(card.id_number)
        return True

    def take_code(self, text: str) -> None:
        """A paper's code was scanned."""
        if self.side.panel is None:
            self._find(text)
        else:
            self._frame.message.say("先办完或按 Esc 关闭右边的面板，再扫码。", "refusal")

    @Slot()
    def reload(self) -> None:
        """Read the position again; what is selected and a panel that is open stay."""
        if self._party_id is not None:
            front = self._tools.front.penalties
            read = partial(front.position, self._party_id, case_id=self._case_id)
            self._tools.work.quietly(read, self._newest.ask(), owner=self)

    def load_papers(self) -> None:
        """Ask about print jobs that wait for an answer, where the actor answers for printing."""
        if may(self._tools.front.actor, "spool.read"):
            self._papers.load()

    def back(self) -> bool:
        """Esc: close what stands beside, then look for somebody else; whether there was anything to leave."""
        if self.side.close_panel():
            return True
        if self.why.isVisible():
            self._show_why(None)
            return True
        if self._stack.currentIndex() == SHOWN or not self.line.hasFocus():
            self._leave()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter searches; scanners type it after the code."""
        if watched is self.line and is_plain_enter(event):
            self.search()
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def search(self) -> None:
        """Find what is in the line."""
        if text := self.line.text().strip():
            self._find(text)

    def _find(self, text: str) -> None:
        find = partial(self._tools.front.penalties.find, text)
        self._tools.work.read(find, self._show_found, words="正在查找…", on_failed=self._refuse)

    def _show_found(self, found: FoundPenalties) -> None:
        self._forget_refusal()
        if found.case_id is not None:
            self.open_case(found.case_id)
        elif len(found.parties) == 1:
            self._choose_party(found.parties[0])
        else:
            self._party_id = self._case_id = None
            self.found.show_rows(found.parties)
            self.found.select(found.parties[0].person_id)
            self._turn_to(FOUND)
            self.found.setFocus()
            self._frame.message.say(f"找到 {len(found.parties)} 位当事人，按 Enter 打开选中的一位。")

    @Slot(object)
    def _choose_party(self, party: FoundParty) -> None:
        read = partial(self._tools.front.penalties.position, party.person_id)
        self._tools.work.read(read, self._open, words="正在载入案件…")

    def _open(self, position: PenaltyPosition) -> None:
        """Somebody else, or another case: the keyboard goes to what can be done."""
        self.side.close_panel()
        self.why.hide()
        self.column.show()
        self._party_id = position.party.id
        self._case_id = position.file.case_id if position.file else None
        self._show_position(position)
        self._turn_to(SHOWN)
        self.line.clear()
        self.column.acts.setFocus()
        if position.file is None:
            self._frame.message.say("没有处罚案件，只有查封扣押；请在“查封扣押”页办理。")

    def _show_position(self, position: PenaltyPosition) -> None:
        if position.party.id != self._party_id:
            return
        open_cases = sum(line.state not in ("closed", "dropped", "revoked") for line in position.lines)
        self._party.setText(f"{person_words(position.party)}　　处罚案件 {position.cases} 件，未结 {open_cases} 件")
        kept = "；".join(seizure_words(each) for each in position.seizures if each.ended_on is None)
        self._kept.setText(f"查封扣押：{kept}" if kept else "")
        self._kept.setVisible(bool(kept))
        self._show_lines(position)
        self.view.setVisible(position.file is not None)
        if position.file is not None:
            self.view.show_file(position.file)
            self._show_acts()
            if self.why.isVisible():
                self.why.show_file(position.file)

    def _show_acts(self) -> None:
        if (file := self.view.file) is not None:
            self.column.show_file(file, known=PANELS.keys(), first=self._first)

    def _show_lines(self, position: PenaltyPosition) -> None:
        """As tall as its rows, up to some; a single case needs no list."""
        self.lines.show_rows(position.lines)
        if position.file is not None:
            blocked = self.lines.selectionModel().blockSignals(True)
            self.lines.select(position.file.case_id)
            self.lines.selectionModel().blockSignals(blocked)
        self.lines.setVisible(len(position.lines) > 1)
        head = self.lines.horizontalHeader().sizeHint().height()
        height = min(len(position.lines), LINES_SHOWN) * ROW_HEIGHT
        self.lines.setFixedHeight(head + height + 2 * self.lines.frameWidth() + tokens.HAIR)

    @Slot(object)
    def _choose_case(self, line: PenaltyLine | None) -> None:
        if line is not None and line.case_id != self._case_id and self._party_id is not None:
            self.side.close_panel()
            self._case_id = line.case_id
            self.reload()

    # What is done.

    @Slot(str)
    def begin_act(self, act: str) -> None:
        """Open the act's panel for the case that is shown."""
        file = self.view.file
        if file is None or file.case_id != self._case_id:
            return
        panel = self._panels.get(act)
        if panel is None:
            panel = self._panels[act] = PANELS[act](self._tools)
            panel.submitted.connect(partial(self._do, panel))
        panel.show_case(file)
        self.side.open(panel)

    def _do(self, panel: PenaltyPanel) -> None:
        if panel.ready():
            words, button = f"正在{panel.title}…", panel.main_button
            self._tools.work.write(panel.deed(), partial(self._done, panel), words=words, button=button)

    def _done(self, panel: PenaltyPanel, said: str) -> None:
        self.side.close_panel(panel)
        self._frame.message.say(said, "success")
        self.load_papers()
        self.column.acts.setFocus()
        self.reload()

    @Slot()
    def register(self) -> None:
        """登记案件: of whoever is shown, of a card, or typed."""
        self.registering.show_new()
        self.side.open(self.registering)

    @Slot()
    def _register(self) -> None:
        if self.registering.ready():
            words, button = "正在登记案件…", self.registering.main_button
            self._tools.work.write(self.registering.deed(), self._registered, words=words, button=button)

    def _registered(self, case_id: int) -> None:
        self.side.close_panel(self.registering)
        self._frame.message.say("案件已经登记。", "success")
        self.open_case(case_id)

    @Slot()
    def explain(self) -> None:
        """Ctrl+Y: the addition and the periods, day by day."""
        if self._stack.currentIndex() == SHOWN:
            self._show_why(None if self.why.isVisible() else self.view.file)

    def _show_why(self, file: PenaltyFile | None) -> None:
        """Instead of the acts, or the acts again."""
        self.column.setVisible(file is None)
        if file is None:
            self.why.hide()
            self.column.acts.setFocus()
        else:
            self.why.show_file(file)

    @Slot()
    def preview(self) -> None:
        """Ctrl+P: what the open panel would issue, or the paper that is chosen."""
        if self.panel is not None:
            self._papers.preview_drafts(self.panel.submit)
        elif (document := self.view.documents.current_row) is not None:
            self._papers.preview(document)
        else:
            self._frame.message.say("先在文书列表里选一份，再预览。", "refusal")

    @Slot()
    def reprint(self) -> None:
        """Ctrl+R: the paper that is chosen."""
        if (document := self.view.documents.current_row) is not None:
            self._papers.reprint(document)
        else:
            self._frame.message.say("先在文书列表里选一份，再补打。", "refusal")

    @Slot()
    def unmask(self) -> None:
        """Ctrl+U: the party in clear, with a reason."""
        if (file := self.view.file) is not None and self._stack.currentIndex() == SHOWN:
            self.unmasking.show_person(file.party)
            self.side.open(self.unmasking)

    def _leave(self) -> None:
        self._party_id = self._case_id = None
        self.found.show_rows(())
        self._turn_to(FOUND)
        self.look_for()

    def _turn_to(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self._tell_keys()

    @Slot()
    def _tell_keys(self) -> None:
        self.keys_changed.emit(self.keys)

    def _refuse(self, failure: HallError) -> None:
        """Whoever is shown stays; the sentence stands in the line of messages, and above the empty list."""
        self._frame.show_failure(failure)
        self._refusal.setText(failure.sentence)
        set_look(self.line, "wrong", "true")
        self.look_for()

    @Slot()
    def _forget_refusal(self) -> None:
        self._refusal.clear()
        set_look(self.line, "wrong", "false")

    def _say_why_not(self, words: str) -> None:
        self._frame.message.say(words, "refusal")

    # How it is put together.

    def _connect(self) -> None:
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._forget_refusal)
        self.found.chosen.connect(self._choose_party)
        self.lines.current.connect(self._choose_case)
        self.lines.chosen.connect(lambda _: self.column.acts.setFocus())
        self.column.act.connect(self.begin_act)
        self.column.refused.connect(self._say_why_not)
        self.view.preview.connect(self._papers.preview)
        self.registering.submitted.connect(self._register)
        self.side.opened.connect(self._tell_keys)
        self.side.closed.connect(self._tell_keys)
        for hotkey, deed in (
            (hotkeys.WHY, self.explain),
            (hotkeys.PREVIEW, self.preview),
            (hotkeys.REPRINT, self.reprint),
            (hotkeys.UNMASK, self.unmask),
            (hotkeys.PAGE_DOWN, partial(self.view.turn, 1)),
            (hotkeys.PAGE_UP, partial(self.view.turn, -1)),
        ):
            hotkeys.bind(hotkey, deed, self)

    def _lay_out(self) -> None:
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("查找当事人或案件")
        self.line.setClearButtonEnabled(True)
        for label, role in ((self._refusal, "wrong"), (self._party, "lead"), (self._kept, "muted")):
            label.setWordWrap(True)
            set_role(label, role)
        self.register_button = hotkeys.hotkey_button(hotkeys.REGISTER_PENALTY, self.register)
        self.register_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.register_button.setVisible(may(self._tools.front.actor, "penalty.register"))
        self.why.hide()
        top = QHBoxLayout()
        top.setSpacing(tokens.TIGHT)
        top.addWidget(self.line, 1)
        top.addWidget(self.register_button)
        self._stack.addWidget(_column(self._refusal, self.found))
        self._stack.addWidget(self._position())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def _position(self) -> QWidget:
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SNUG)
        row.addWidget(_column(self._party, self._kept, self.lines, self.view), 5)
        row.addWidget(self.column, 3)
        row.addWidget(self.why, 3)
        return shown


def _column(*parts: QWidget) -> QWidget:
    """One below the other; the last has the room."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.TIGHT)
    for part in parts:
        column.addWidget(part)
    column.setStretchFactor(parts[-1], 1)
    return box


def _found_columns() -> list[Column[FoundParty]]:
    return [
        Column("当事人", lambda row: row.name_masked),
        Column("证件号码", lambda row: row.id_masked, width=220),
        Column("处罚案件", lambda row: str(row.cases), align="right", width=96),
        Column("未结", lambda row: str(row.open_cases), align="right", width=80),
    ]


def _line_columns() -> list[Column[PenaltyLine]]:
    return [
        Column("时限", _light_words, width=100, light=lambda row: row.light),
        Column("案由", lambda row: row.violation_name),
        Column("决定书、案号", lambda row: row.decision_number or row.number, width=204),
        Column("状态", lambda row: PENALTY_STATES[row.state], width=104),
        Column("今天应缴", lambda row: balance_words(row.balance_fen), align="right", width=116),
    ]


def _light_words(row: PenaltyLine) -> str:
    return PENALTY_LIGHTS[row.light] if row.light else ""
