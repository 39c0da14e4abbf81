"""减免与缴款: one search field, then the whole position of whoever stands here, and what may be done, on one page."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from hall.errors import HallError
from hall.rules.authority import may
from hall.rules.cards import Card
from hall.services.case_reading import DocumentView
from hall.services.penalty_finding import FoundParty, FoundPenalties
from hall.services.penalty_position import PenaltyPosition
from hall.services.penalty_waiting import WaitingRow
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.forms import is_plain_enter
from hall.windows.kit.newest import Newest
from hall.windows.kit.style import set_look, set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import PageTools, WindowPage
from hall.windows.penalty_deeds import PenaltyDeeds
from hall.windows.penalty_shown import PositionShown
from hall.windows.penalty_waiting import TITLE, WaitingList
from hall.windows.served import Ticket, nobody

HINT = "决定书文号、案号、缴款识别码、收据号、身份证号、信用代码、电话、姓名；也可刷身份证、扫文书二维码"
KEYS = "Enter 办理　↑↓ 选　Tab 换栏　Ctrl+Y 为什么　Ctrl+P 预览　Ctrl+M 登记　Esc 重新查找"
FOUND_KEYS = "Enter 打开　↑↓ 选　Esc 重新查找"
WAITING_KEYS, REGISTER_KEY = "Enter 查找　↓ 等您办的　Enter 打开", "　Ctrl+M 登记"
LOOKING, SHOWN = 0, 1

LENIENCY_FIRST = frozenset({"leniency_apply", "examine", "defer", "defer_decide", "agree", "agree_decide"})
PAYING_FIRST = frozenset({"notice", "cash", "cash_hand_in", "cash_bank", "refund"})


class PositionPage(WindowPage):
    """Used by the penalty window and by the counter's tasks 减免 and 缴款; it does the acts itself.

    While nobody is looked for it shows what waits for whoever sits here.
    """

    no_paper = "先在文书列表里选一份，再预览或补打。"

    def __init__(self, tools: PageTools, *, window: str, ticket: Ticket = nobody) -> None:
        """`window` names the keys (`hotkeys.WINDOWS`) of the window that it stands in; `ticket` who is served there."""
        super().__init__(tools, "减免与缴款", window=window)
        self._party_id: int | None = None
        self._case_id: int | None = None
        self._newest = Newest[PenaltyPosition](self._show_position)
        self.line = QLineEdit()
        self._refusal = QLabel()
        self.waiting = WaitingList(tools)
        self.found = Table[FoundParty](_found_columns(), lambda row: row.person_id, empty="")
        self.shown = PositionShown()
        self._stack = QStackedWidget()
        self._lay_out()
        self.deeds = PenaltyDeeds(tools, self, ticket=ticket)
        self._connect()
        self.put_first(LENIENCY_FIRST)
        hotkeys.HotkeysFirst(self, hotkeys.WINDOWS[window])

    @property
    def refusal(self) -> str:
        """Why nothing was found."""
        return self._refusal.text()

    @property
    def keys(self) -> str:
        """The line of keys for what is shown."""
        if self.is_open:
            return KEYS
        if not self.is_waiting:
            return FOUND_KEYS
        return WAITING_KEYS + (REGISTER_KEY if self._registers else "")

    @property
    def document(self) -> DocumentView | None:
        """The paper that is selected on the case."""
        return self.shown.view.documents.current_row if self.is_open else None

    @property
    def list_name(self) -> str:
        """What waits; a person's position is no list."""
        return TITLE if self.is_waiting else ""

    @property
    def is_open(self) -> bool:
        """Whether somebody's position is shown."""
        return self._stack.currentIndex() == SHOWN

    @property
    def _registers(self) -> bool:
        return may(self._tools.front.actor, "penalty.register")

    @property
    def is_waiting(self) -> bool:
        """Whether nobody is looked for, so that what waits is shown."""
        return not self.is_open and not self.found.rows

    def begin(self) -> None:
        """The keyboard goes to the acts of whoever is shown, else to the search field; an open panel keeps it."""
        if self.side.panel is not None:
            self.side.panel.begin()
        elif self.is_open:
            self.shown.begin()
        else:
            self.look_for()

    def put_first(self, acts: Collection[str]) -> None:
        """Which acts stand on top: those of 减免, or those of 缴款."""
        self.shown.put_first(acts)

    @Slot()
    def look_for(self) -> None:
        """Ask for the next person."""
        self.line.setFocus()
        self.line.selectAll()

    def open_case(self, case_id: int, *, act: str = "") -> None:
        """Show the party of a case with that case open, at an act where one is named."""
        read = partial(self._tools.front.penalties.position_of_case, case_id)
        self._tools.work.read(read, partial(self._open, act=act), words="正在载入案件…")

    def show_key(self, key: int) -> None:
        """The key of a case."""
        self.open_case(key)

    def take_card(self, card: Card) -> None:
        """A card was laid down: for the case that is being registered, else to find its holder."""
        if not self.deeds.take_card(card):
            self._find(card.id_number)

    def take_scan(self, text: str) -> None:
        """A paper's code was scanned."""
        if self.side.panel is None:
            self._find(text)
        else:
            self._tools.frame.message.say("先办完或按 Esc 关闭右边的面板，再扫码。", "refusal")

    @Slot()
    def reload(self) -> None:
        """Read the position and what waits again; what is selected and a panel that is open stay."""
        self.waiting.reload()
        if self._party_id is not None:
            front = self._tools.front.penalties
            read = partial(front.position, self._party_id, case_id=self._case_id)
            self._tools.work.quietly(read, self._newest.ask(), owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """What waits."""
        return self.waiting.sheets()

    def back(self) -> bool:
        """Esc: close what stands beside, then leave whoever is shown. False: there was nothing to leave."""
        if self.side.close_panel():
            return True
        if self.shown.why.isVisible():
            self.shown.explain(False)
            return True
        if not self.is_waiting:
            self._leave()
            return True
        if self.waiting.table.hasFocus():
            self.look_for()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter searches; scanners type it after the code. An arrow down goes to the list."""
        if watched is self.line and is_plain_enter(event):
            self.search()
            return True
        if watched is self.line and _is_down(event):
            return self._go_down()
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
            self._list(found.parties)
            self.found.select(found.parties[0].person_id)
            self.found.setFocus()
            self._tools.frame.message.say(f"找到 {len(found.parties)} 位当事人，按 Enter 打开选中的一位。")

    @Slot(object)
    def _choose_party(self, party: FoundParty) -> None:
        read = partial(self._tools.front.penalties.position, party.person_id)
        self._tools.work.read(read, self._open, words="正在载入案件…")

    def _open(self, position: PenaltyPosition, *, act: str = "") -> None:
        """Somebody else, or another case: the keyboard goes to what can be done, to `act` if that is among it."""
        self.side.close_panel()
        self.shown.explain(False)
        self._forget_refusal()
        self._party_id = position.party.id
        self._case_id = position.file.case_id if position.file else None
        self._show_position(position)
        self._turn_to(SHOWN)
        self.line.clear()
        self.shown.column.acts.select(act)
        self.shown.begin()
        if position.file is None:
            said = "没有处罚案件，只有查封扣押；请在“处罚与缴款”的“查封扣押”页办理。"
            self._tools.frame.message.say(said)

    def _show_position(self, position: PenaltyPosition) -> None:
        if position.party.id == self._party_id:
            self.shown.show_position(position)

    @Slot(int)
    def _choose_case(self, case_id: int) -> None:
        self.side.close_panel()
        self._case_id = case_id
        self.reload()

    @Slot(str)
    def begin_act(self, act: str) -> None:
        """Open the act's panel for the case that is shown."""
        if self.shown.file is not None:
            self.deeds.begin_act(act, self.shown.file)

    @Slot()
    def _register(self) -> None:
        self.deeds.register()

    @Slot(int)
    def _registered(self, case_id: int) -> None:
        self.done.emit("案件已经登记。")
        self.open_case(case_id)

    @Slot()
    def _explain(self) -> None:
        if self.is_open:
            self.shown.explain(not self.shown.why.isVisible())

    @Slot()
    def _unmask(self) -> None:
        if self.is_open and self.shown.file is not None:
            self.deeds.unmask(self.shown.file)

    def _leave(self) -> None:
        self._party_id = self._case_id = None
        self._list(())
        self.look_for()

    def _list(self, parties: tuple[FoundParty, ...]) -> None:
        """Those who were found, or without any what waits."""
        self.found.show_rows(parties)
        self.found.setVisible(bool(parties))
        self.waiting.setVisible(not parties)
        self._turn_to(LOOKING)

    def _go_down(self) -> bool:
        """From the search field to the list below it."""
        if self.is_open:
            return False
        if self.found.rows:
            self.found.setFocus()
            return True
        return self.waiting.begin()

    @Slot(object)
    def _open_waiting(self, row: WaitingRow) -> None:
        self.open_case(row.case_id, act=row.act)

    def _turn_to(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        self.keys_changed.emit()

    def _refuse(self, failure: HallError) -> None:
        """Whoever is shown stays; the sentence stands in the line of messages, and above the empty list."""
        self._tools.frame.show_failure(failure)
        self._refusal.setText(failure.sentence)
        self._refusal.show()
        set_look(self.line, "wrong", "true")
        self.look_for()

    @Slot()
    def _forget_refusal(self) -> None:
        self._refusal.clear()
        self._refusal.hide()
        set_look(self.line, "wrong", "false")

    @Slot(str)
    def _say_why_not(self, words: str) -> None:
        self._tools.frame.message.say(words, "refusal")

    def _connect(self) -> None:
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._forget_refusal)
        self.found.chosen.connect(self._choose_party)
        self.waiting.wanted.connect(self._open_waiting)
        self.waiting.counted.connect(self.counted)
        self.shown.case.connect(self._choose_case)
        self.shown.column.act.connect(self.begin_act)
        self.shown.column.refused.connect(self._say_why_not)
        self.shown.view.preview.connect(self.paper)
        self.deeds.registered.connect(self._registered)
        for hotkey, deed in (
            (hotkeys.WHY, self._explain),
            (hotkeys.UNMASK, self._unmask),
            (hotkeys.PAGE_DOWN, partial(self.shown.turn, 1)),
            (hotkeys.PAGE_UP, partial(self.shown.turn, -1)),
        ):
            hotkeys.bind(hotkey, deed, self)

    def _lay_out(self) -> None:
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("查找当事人或案件")
        self.line.setClearButtonEnabled(True)
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        set_role(self._refusal, "wrong")
        self.register_button = hotkeys.hotkey_button(hotkeys.REGISTER_PENALTY, self._register)
        self.register_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.register_button.setVisible(self._registers)
        top = QHBoxLayout()
        top.setSpacing(tokens.TIGHT)
        top.addWidget(self.line, 1)
        top.addWidget(self.register_button)
        looking = QWidget()
        below = QVBoxLayout(looking)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._refusal)
        below.addWidget(self.waiting, 1)
        below.addWidget(self.found, 1)
        self.found.hide()
        self._stack.addWidget(looking)
        self._stack.addWidget(self.shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(top)
        column.addWidget(self._stack, 1)


def _is_down(event: QEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down


def _found_columns() -> list[Column[FoundParty]]:
    return [
        Column("当事人", lambda row: row.name_masked),
        Column("证件号码", lambda row: row.id_masked, width=220),
        Column("处罚案件", lambda row: str(row.cases), align="right", width=96),
        Column("未结", lambda row: str(row.open_cases), align="right", width=80),
    ]
