"""办件 desk: my cases by urgency on the left, the whole file on the right, what may be done with it at the foot."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from hall.clock import business_date
from hall.errors import HallError
from hall.services.board import BoardPage, BoardView
from hall.services.case_finding import FoundCase
from hall.services.desk_file import DeskFile
from hall.services.desk_lists import DeskList, EndedCase
from hall.services.explaining import Explanation
from hall.services.front import Front
from hall.services.halls import HallView
from hall.services.instructions import PERMIT
from hall.services.receipts import VerifiedReceipt
from hall.windows.board_lines import lines_of
from hall.windows.desk_acts import MAIN_ACTS, ActPanel, DeskTools
from hall.windows.desk_files import FileDeeds
from hall.windows.desk_foot import DeskFoot
from hall.windows.desk_list import DeskLists
from hall.windows.desk_page import DeskPage
from hall.windows.desk_panels import PANELS
from hall.windows.due_explanation import DueExplanation
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.newest import Newest
from hall.windows.kit.shown import Shown
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.windows.papers import PREVIEW_WORDS, Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.windows.receipt_scans import ReceiptScans, is_receipt_code
from hall.windows.unmask_panel import UnmaskPanel
from hall.windows.work_steps import WorkSteps
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

T = TypeVar("T")

SMALLEST, FIRST = (1180, 680), (1366, 768)
# Lights change by themselves at midnight.
RELOAD_MS = 60_000
KEYS = "↑↓ 选办件　Ctrl+PgDn 翻看　Alt+1–9 列表　Ctrl+K 查找　F5 重新载入　Ctrl+Y 为什么　Ctrl+H 作业标准"


class Desk(Frame):
    """Lists, the file, its acts. A reload keeps what is chosen, where it is scrolled, and a panel that is open."""

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("办件", front.clock)
        self._front = front
        self._tasks = tasks
        self._work = Work(tasks, self)
        self._board: BoardView | None = None
        self._case_id: int | None = None
        self._reading = self._stale = self._looking = False
        self._told = Shown("desk")
        self._newest_file = Newest[DeskFile](self._show_file)
        self.lists, self.page, self.foot = DeskLists(), DeskPage(), DeskFoot()
        self.explanation = DueExplanation()
        self._questions, self._scans = PrintQuestions(), ReceiptScans(front, self, self._work)
        self._papers = Papers(front, self, self._work, self._questions)
        self._panels: dict[str, ActPanel] = {}
        self._right = QStackedWidget()
        self._lay_out()
        self.side = Side(self._right, window="desk")
        self.files = FileDeeds(front, self, self._work, self.side, self.reload)
        self.unmasking = UnmaskPanel(front, self._work)
        self.steps = WorkSteps(front, self, self.side, work=self._work, subject=self._subject)
        self._connect(changes, lamps)
        self.reload_timer = QTimer(self)
        self.reload_timer.setInterval(RELOAD_MS)
        self.reload_timer.timeout.connect(self.reload)
        self.reload_timer.start()
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.reload()

    @property
    def panel(self) -> ActPanel | None:
        """The panel that is open."""
        return self.side.panel if isinstance(self.side.panel, ActPanel) else None

    @Slot()
    def reload(self) -> None:
        """Read the lists, then the open one, then the file; what happens meanwhile is read once more after it."""
        self._stale = self._reading
        if not self._reading:
            self._reading = True
            read = self._front.board_desk.view
            self._tasks.read(read, self._show_board, on_failed=self._failed, owner=self)

    @Slot(str)
    def take_scan(self, text: str) -> None:
        """A code was scanned: it is checked, and its case opened."""
        if not self._scans.may_take:
            return
        if self.side.panel is not None:
            self.message.say("先办完或按 Esc 关闭右边的面板，再扫码。", "refusal")
        else:
            self._scans.check(text)

    @Slot(object, str)
    def _show_verdict(self, receipt: VerifiedReceipt, words: str) -> None:
        if receipt.case_id is not None:
            self.lists.text.clear()
            self.open_case(receipt.case_id)
        self.message.say(words, "success" if receipt.own else "refusal")

    def open_case(self, case_id: int) -> None:
        """Show a case, whichever list it is in."""
        self._case_id = case_id
        self._read_file()

    def _show_board(self, board: BoardView) -> None:
        self._board = board
        read = partial(self._front.review.lists, board)
        self._tasks.read(read, self._show_lists, on_failed=self._failed, owner=self)

    def _show_lists(self, lists: tuple[DeskList, ...]) -> None:
        self.lists.show_lists(lists)
        self._reading = False
        self._read_page()
        if self._case_id is not None:
            self._read_file()
        if self._stale:
            self.reload()

    @Slot()
    def _ask(self) -> None:
        """Another list, or a text to look for: where the list has no such case, all cases are looked through."""
        if is_receipt_code(self.lists.text.text()):
            self._scans.check(self.lists.text.text())
            return
        self._looking = bool(self.lists.text.text().strip())
        self._read_page()

    def _read_page(self) -> None:
        chosen = self.lists.chosen
        if chosen is None or self._board is None:
            return
        terms, code = self.lists.terms_of(chosen), chosen.code
        if chosen.ended:
            self._read(partial(self._front.review.ended, terms), partial(self._show_ended, code))
        else:
            day = self._board.day_on(business_date(self._front.clock.now()))
            self._read(partial(self._front.board_desk.page, terms, day), partial(self._show_page, code))

    def _read(self, function: Callable[[], T], on_done: Callable[[T], None]) -> None:
        self._tasks.read(function, on_done, on_failed=self.show_failure, owner=self)

    def _show_page(self, code: str, page: BoardPage) -> None:
        chosen, board = self.lists.chosen, self._board
        if chosen is None or board is None or chosen.code != code or self._look_further(bool(page.rows)):
            return
        today = business_date(self._front.clock.now())
        self.lists.show_lines(lines_of(page.rows, today, board.day_on(today).today, board.calendar))
        self._told.tell(list=code, cases=self.lists.numbers)

    def _show_ended(self, code: str, cases: tuple[EndedCase, ...]) -> None:
        chosen = self.lists.chosen
        if chosen is not None and chosen.code == code and not self._look_further(bool(cases)):
            self.lists.show_ended(cases)
            self._told.tell(list=code, cases=self.lists.numbers)

    def _look_further(self, has_some: bool) -> bool:
        """What was looked for is not in the list: look through all cases. A reload leaves what was found there."""
        wanted = self.lists.text.text().strip()
        if has_some or not wanted:
            return False
        if self._looking:
            self._looking = False
            self._read(partial(self._front.find_cases, wanted), self._show_found)
        return self.lists.shown is self.lists.found

    def _show_found(self, cases: tuple[FoundCase, ...]) -> None:
        self.lists.show_found(cases)
        self._told.tell(list="found", cases=self.lists.numbers)
        self.message.say(f"本列表里没有，在全部办件里找到 {len(cases)} 件。", "success")

    @Slot(object)
    def _choose(self, case_id: int | None) -> None:
        if case_id is None and self.page.file is not None and self._case_id is not None:
            return  # the case has left the list, and stays open
        if case_id != self._case_id:
            self.side.close_panel()
            self.explanation.hide()
            self._case_id = case_id
            self._read_file()

    def _read_file(self) -> None:
        if self._case_id is None:
            self._right.setCurrentIndex(0)
            return
        read = partial(self._front.review.desk_file, self._case_id)
        self._tasks.read(read, self._newest_file.ask(), on_failed=self.show_failure, owner=self)

    def _show_file(self, file: DeskFile) -> None:
        if file.case_id != self._case_id:
            return
        self.page.show_file(file)
        self.foot.show_acts(file.acts, known=PANELS.keys() - ({"claim"} if file.mine else {"release"}))
        self._right.setCurrentIndex(1)

    @Slot(str)
    def begin_act(self, act: str) -> None:
        """Open the act's panel for the case that is shown; in its own panel the key of the act does it."""
        if self.panel is not None and self.panel.act == act and act in MAIN_ACTS:
            self.panel.submit()
            return
        file = self.page.file
        if file is None or file.case_id != self._case_id:
            return
        panel = self._panels.get(act)
        if panel is None:
            panel = self._panels[act] = PANELS[act](DeskTools(self._front, self._work))
            panel.submitted.connect(partial(self._do, panel))
        panel.show_file(file)
        self.side.open(panel)
        self.message.show_keys(f"{panel.keys}　{PREVIEW_WORDS}")

    def _do(self, panel: ActPanel) -> None:
        if not panel.ready():
            return
        self._work.write(
            panel.deed(),
            partial(self._done, panel),
            words=f"正在{panel.title}…",
            button=panel.main_button,
        )

    def _done(self, panel: ActPanel, said: str) -> None:
        self.side.close_panel(panel)
        self.message.say(said, "success")
        self.lists.focus_list()
        self.reload()

    @Slot()
    def _why(self) -> None:
        if self.explanation.isVisible():
            self.explanation.hide()
        elif self._case_id is not None:
            case_id = self._case_id
            explain = partial(self._front.clocks.explain, case_id)
            self._work.read(explain, partial(self._show_why, case_id), words="正在数日子…")

    def _show_why(self, case_id: int, explanations: tuple[Explanation, ...]) -> None:
        if case_id == self._case_id:
            self.explanation.show_explanations(explanations)

    @Slot()
    def _back(self) -> None:
        """Esc: close the panel, then the explanation, then go to the list."""
        if not self.side.close_panel():
            self.explanation.hide()
            self.lists.focus_list()

    @Slot(object)
    def _closed(self, _: ActPanel) -> None:
        self.message.show_keys(KEYS)

    @Slot()
    def _preview(self) -> None:
        """What the open panel would issue, or the paper that is chosen."""
        if self.panel is not None:
            self._papers.preview_drafts(self.panel.submit)
        elif (document := self.page.documents.current_row) is not None:
            self._papers.preview(document)
        else:
            self.message.say("先在文书列表里选一份，再预览。", "refusal")

    @Slot()
    def _reprint(self) -> None:
        if (document := self.page.documents.current_row) is not None:
            self._papers.reprint(document)
        else:
            self.message.say("先在文书列表里选一份，再补打。", "refusal")

    @Slot()
    def _add_file(self) -> None:
        if self.page.file is not None:
            self.files.add(self.page.file)

    @Slot()
    def _void_file(self) -> None:
        rows = self.page.files.rows
        self.files.void(self.page.files.current_row or (rows[0] if len(rows) == 1 else None))

    def _subject(self) -> str:
        """The matter of the case that is shown, for 作业标准."""
        return self.page.file.matter.code if self.page.file is not None else PERMIT

    @Slot()
    def _unmask(self) -> None:
        if self.page.file is not None:
            self.unmasking.show_person(self.page.file.applicant.id)
            self.side.open(self.unmasking)
            self.message.show_keys(self.unmasking.keys)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"case", "calendar", "*"}:
            self.reload()

    def _failed(self, failure: HallError) -> None:
        self._reading = self._stale = False
        self.show_failure(failure)

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="办件", person=actor_words(self._front.actor))
        self.message.show_keys(KEYS)
        self.lists.focus_list()

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        self._scans.checked.connect(self._show_verdict)
        self._scans.refused.connect(self.show_failure)
        self.lists.asked.connect(self._ask)
        self.lists.case.connect(self._choose)
        self.foot.act.connect(self.begin_act)
        self.side.closed.connect(self._closed)
        self.page.preview.connect(self._papers.preview)
        self.page.look.connect(self.files.look)

    def _lay_out(self) -> None:
        nothing = QLabel("左边选一件办件，这里显示它的全部材料、时限、意见和可以做的事。")
        set_role(nothing, "muted")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._right.addWidget(nothing)
        self._right.addWidget(self._case_side())
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.SNUG)
        row.setSpacing(tokens.BASE)
        row.addWidget(self.lists)
        row.addWidget(self._right, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._questions)
        column.addWidget(inside, 1)
        QShortcut(QKeySequence("Esc"), body).activated.connect(self._back)
        for hotkey, deed in (
            (hotkeys.LOCK, self.lock),
            (hotkeys.FIND, self.lists.look_for),
            (hotkeys.RELOAD, self.reload),
            (hotkeys.WHY, self._why),
            (hotkeys.PREVIEW, self._preview),
            (hotkeys.REPRINT, self._reprint),
            (hotkeys.ADD_FILE, self._add_file),
            (hotkeys.VOID_FILE, self._void_file),
            (hotkeys.UNMASK, self._unmask),
            (hotkeys.PAGE_DOWN, partial(self.page.turn, 1)),
            (hotkeys.PAGE_UP, partial(self.page.turn, -1)),
        ):
            hotkeys.bind(hotkey, deed, body)
        self.set_body(body)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)

    def _case_side(self) -> QWidget:
        side = QWidget()
        upper = QHBoxLayout()
        upper.setSpacing(tokens.SNUG)
        upper.addWidget(self.page, 1)
        upper.addWidget(self.explanation)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(upper, 1)
        column.addWidget(self.foot)
        return side
