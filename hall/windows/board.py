"""时限看板: which case is late or about to be, whose turn it is, and how the departments stand.

Lists and counts are told for the day from what was read last: at midnight colours change without a query.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hall.clock import business_date, hall_time
from hall.errors import HallError
from hall.rules.lights import LIGHTS
from hall.services.board import BoardView
from hall.services.board_choices import Choices
from hall.services.board_terms import Terms
from hall.services.case_reading import CaseView
from hall.services.counter_reading import CounterView
from hall.services.explaining import Explanation
from hall.services.front import Front
from hall.services.halls import HallView
from hall.windows.absences import Absences
from hall.windows.board_deeds import BoardDeeds, BoardFilters
from hall.windows.board_lines import Line, terms_words
from hall.windows.board_list import CaseList
from hall.windows.board_panels import ReassignPanel
from hall.windows.board_parts import bars_of
from hall.windows.board_sheet import BoardSheet
from hall.windows.board_wall import WallHolder
from hall.windows.case_search import CaseSearch
from hall.windows.case_view import CasePage
from hall.windows.emergency_banner import EmergencyBanner, emergency_words
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work
from hall.windows.papers import Papers
from hall.windows.phrases import actor_words
from hall.windows.print_questions import PrintQuestions
from hall.windows.supervision_panels import IssuePanel
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

SMALLEST, FIRST = (1180, 680), (1366, 768)
# The day is looked at once a minute; figures that no change tells of (按时办结率) are read anew now and then.
TICK_MS, REREAD_MS = 60_000, 300_000
KEYS = "Enter 打开办件　1–6 换列表　Ctrl+F 筛选　Tab 到科室图　Ctrl+M 月报"
CASE_KEYS = "Ctrl+P 预览　Ctrl+R 补打　Ctrl+Y 为什么　Esc 返回看板"
SEARCH_KEYS = "Enter 查找　Esc 返回看板"


class Board(Frame):
    """Counts, lists and bars on one page, a case or the search over it; `case_chosen` carries a case id."""

    case_chosen = Signal(int)
    report_wanted = Signal()

    def __init__(self, front: Front, tasks: Tasks, *, changes: ChangeFeed, lamps: LampFeed) -> None:
        super().__init__("时限看板", front.clock)
        self._front, self._desk, self._tasks = front, front.board_desk, tasks
        self.view: BoardView | None = None
        self._day: date = business_date(front.clock.now())
        self._tab, self._terms = hotkeys.SHOW_URGENT, Terms()
        self._reading = self._stale = self._failed_before = False
        self._told = Shown("board")
        self._work = Work(tasks, self)
        self._desktop = QWidget()
        self.side = Side(self._desktop, window="board")
        self.deeds = BoardDeeds(front, self, self.side, self._work)
        self.absences = Absences(front, self, self.side, self._work)
        self.filters = BoardFilters(front, self, self.side, self._work)
        self.list = CaseList(self._desk, tasks, on_failed=self._failed)
        self.sheet = BoardSheet(self.list, self.filters.menu)
        self.case_page, self.search = CasePage(front, self._work), CaseSearch(front, self, self._work)
        self.banner, self._questions = EmergencyBanner(), PrintQuestions()
        self._papers = Papers(front, self, self._work, self._questions)
        self.wall = WallHolder(self, front.clock)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect(changes, lamps)
        self.tick_timer = self._every(TICK_MS, self.tick)
        self._every(REREAD_MS, self._reread)
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self._reread()
        self.filters.load()
        self._look_for_help()
        self._show_board()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the cases in the list, from the top."""
        return tuple(line.row.number for line in self.list.table.rows)

    @Slot()
    def reload(self) -> None:
        """Read the board; what happens while it is read is read once more after it."""
        self._stale = self._reading
        if not self._reading:
            self._reading = True
            self._tasks.read(self._desk.view, self._show_view, on_failed=self._failed, owner=self)

    @Slot()
    def _reread(self) -> None:
        self.reload()
        self._tasks.read(self._desk.choices, self._show_choices, on_failed=self._failed, owner=self)
        self._tasks.read(self._desk.on_time, self.sheet.counts.show_on_time, on_failed=self._failed, owner=self)

    @Slot()
    def tick(self) -> None:
        """Another day: the same cases in its colours; only lists that ask for lights have other cases in them."""
        day = business_date(self._front.clock.now())
        if day != self._day and self.view is not None:
            self._day = day
            self._show_day(self.view)

    def _show_view(self, view: BoardView) -> None:
        self._reading = False
        if self._failed_before:
            self._failed_before = False
            self.message.say("")
        self.view, self._day = view, business_date(self._front.clock.now())
        self.sheet.as_of.setText(f"数据更新于 {hall_time(view.as_of):%H:%M:%S}")
        self._show_day(view)
        if self._stale:
            self.reload()

    def _show_day(self, view: BoardView) -> None:
        counts = view.counts_on(self._day)
        self.sheet.counts.show_counts(counts.lights, counts.total)
        self.sheet.show_warnings(view.warnings)
        self._show_bars(view)
        self._show_list()
        self.wall.show_view(view, self._day)

    def _show_list(self) -> None:
        """The list of the tab, in the colours of the day."""
        if self.view is None:
            return
        if self._tab is hotkeys.SHOW_URGENT:
            self.list.show_fixed(self.view, self._day)
        else:
            self.list.show_terms(self._terms, self.view, self._day)
        if self._tab is hotkeys.SHOW_MINE:
            read = partial(self._desk.my_work, self.view.day_on(self._day))
            self._tasks.read(read, self.sheet.my_work.show_work, on_failed=self._failed, owner=self)

    def _show_bars(self, view: BoardView) -> None:
        counts, department = view.counts_on(self._day), self._terms.department_id
        names = self.filters.choices
        if department is None:
            self.sheet.bars.show_bars(bars_of(counts.departments, names.departments))
        else:
            bars = bars_of(counts.matters_of(department), names.matters)
            self.sheet.bars.show_bars(bars, names.departments.get(department, ""))

    def _show_choices(self, choices: Choices) -> None:
        self.filters.choices = choices
        self.wall.show_names(choices)
        if self.view is not None:
            self._show_bars(self.view)
            self._tell()

    def _failed(self, failure: HallError) -> None:
        self._reading = self._stale = False
        self._failed_before = True
        self.show_failure(failure)

    # What is listed.

    @Slot(object)
    def show_tab(self, tab: Hotkey) -> None:
        """Another list, without what was filtered before."""
        mine = Terms(officer_id=self._front.actor.account_id)
        terms = {
            hotkeys.SHOW_MINE: mine,
            hotkeys.SHOW_TODAY: Terms(lights=("today",)),
            hotkeys.SHOW_WEEK: Terms(within="week"),
            hotkeys.SHOW_PAUSED: Terms(lights=("paused",)),
        }
        self._list(tab, terms.get(tab, Terms()))

    @Slot(object)
    def show_terms(self, terms: Terms) -> None:
        """Any list; without terms the list of all."""
        self._list(hotkeys.SHOW_ALL, terms)

    def _list(self, tab: Hotkey, terms: Terms) -> None:
        self._tab, self._terms = tab, terms
        self.sheet.check_tab(tab)
        self.filters.show_terms(terms)
        if self.view is not None:
            self._show_bars(self.view)
            self._show_list()
        self._show_board()

    @Slot(str)
    def _choose_light(self, code: str) -> None:
        """A light of all departments, or of the one that is looked at."""
        lights = tuple(light for light in LIGHTS if light == code)
        self.show_terms(replace(self._at_hand, lights=lights))

    @Slot(int)
    def _choose_bar(self, key: int) -> None:
        """A department opens its matters; a matter is only listed."""
        if self._terms.department_id is None:
            self.show_terms(replace(self._at_hand, department_id=key))
        else:
            self.show_terms(replace(self._at_hand, matter_id=key))
        self.sheet.bars.bars.setFocus()

    @property
    def _at_hand(self) -> Terms:
        """The terms that another choice is added to: of the list of all."""
        return self._terms if self._tab is hotkeys.SHOW_ALL else Terms()

    @Slot(object)
    def _choose_mine(self, terms: Terms) -> None:
        self._list(hotkeys.SHOW_MINE, replace(terms, officer_id=self._front.actor.account_id))

    @Slot()
    def _all_departments(self) -> None:
        self.show_terms(replace(self._terms, department_id=None, matter_id=None))

    @Slot()
    def _tell(self) -> None:
        """What is listed, in words, and how many of it."""
        if self._tab is hotkeys.SHOW_URGENT:
            words = f"最紧迫的 {len(self.list.rows)} 件"
        else:
            asked = terms_words(self._terms, self.filters.choices) if self._tab is hotkeys.SHOW_ALL else ""
            words = "　".join(part for part in (asked, f"共 {self.list.total} 件") if part)
        self.sheet.show_told(words, filtered=self._tab is hotkeys.SHOW_ALL and self._terms != Terms())
        self._told.tell(cases=self.numbers[:50])

    # What is done.

    @Slot(object)
    def _do(self, deed: Hotkey) -> None:
        chosen = self.list.table.selected_rows
        deeds: dict[Hotkey, Callable[[], None]] = {
            hotkeys.SUPERVISE: partial(self.deeds.ask_supervise, chosen),
            hotkeys.REASSIGN: partial(self.deeds.ask_reassign, chosen),
            hotkeys.ABSENCES: self.absences.ask,
            hotkeys.REPRINT: partial(self.deeds.ask_reprint, chosen),
            hotkeys.WHY: self._why,
            hotkeys.EXPORT: self._ask_export,
            hotkeys.FIND: self._find,
            hotkeys.RELOAD: self._reread,
            hotkeys.WALL: self.wall.open,
        }
        deeds[deed]()

    @Slot()
    def _preview_draft(self) -> None:
        """What the open panel would issue."""
        if isinstance(self.side.panel, IssuePanel | ReassignPanel):
            self._papers.preview_drafts(self.side.panel.submit)

    def _why(self) -> None:
        line = self.list.table.current_row
        if self.sheet.close_side() or line is None:
            return
        explain = partial(self._front.clocks.explain, line.row.case_id)
        self._work.read(explain, self._show_why, words="正在数日子…")

    def _show_why(self, explanations: tuple[Explanation, ...]) -> None:
        self.sheet.open_side()
        self.sheet.explanation.show_explanations(explanations)

    def _ask_export(self) -> None:
        if self.view is not None:
            self.deeds.ask_export(self.list, self.view, self._day, title=self._tab.words)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        topics = {topic for topic, _ in changes}
        if topics & {"counter", "*"}:
            self._look_for_help()
        if topics & {"catalogue", "calendar", "*"}:
            self._reread()
        elif "case" in topics:
            self.reload()
        case = self.case_page.case
        if topics & {"case", "calendar", "*"} and case is not None and self._stack.currentWidget() is self.case_page:
            read = partial(self._front.case, case.case_id)
            self._work.read(read, self.case_page.show_case, words="正在载入办件…")

    def _look_for_help(self) -> None:
        """Which counters call for help."""

        def show(counters: tuple[CounterView, ...]) -> None:
            self.banner.show_words(emergency_words(counters))

        self._tasks.read(self._front.calling.counters, show, on_failed=self.show_failure, owner=self)

    @Slot(object)
    def _choose(self, line: Line) -> None:
        self.case_chosen.emit(line.row.case_id)
        self._work.read(partial(self._front.case, line.row.case_id), self._show_case, words="正在载入办件…")

    def _show_case(self, case: CaseView, banner: str = "") -> None:
        self.side.close_panel()
        self.case_page.show_case(case, banner=banner)
        self._stack.setCurrentWidget(self.case_page)
        self.message.show_keys(CASE_KEYS)
        self.case_page.begin()

    def _find(self) -> None:
        self.side.close_panel()
        self._stack.setCurrentWidget(self.search)
        self.message.show_keys(SEARCH_KEYS)
        self.search.begin()

    @Slot()
    def _back(self) -> None:
        """Esc: close what stands over or beside the page, stop what runs, then the page, then the filter."""
        if self.side.close_panel() or self.deeds.many.stop():
            return
        if self._stack.currentWidget() is self.sheet:
            if not self.sheet.close_side() and self._tab is hotkeys.SHOW_ALL and self._terms != Terms():
                self.show_terms(Terms())
        elif self._stack.currentWidget() is self.search or not self.case_page.close_side():
            self._show_board()

    def _show_board(self) -> None:
        self._stack.setCurrentWidget(self.sheet)
        self.message.show_keys(KEYS)
        self.list.table.setFocus()

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="时限看板", person=actor_words(self._front.actor))

    def _every(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=milliseconds)
        timer.timeout.connect(do)
        timer.start()
        return timer

    def _connect(self, changes: ChangeFeed, lamps: LampFeed) -> None:
        changes.changed.connect(self._changed)
        self.header.follow(lamps)
        self.list.chosen.connect(self._choose)
        self.list.shown.connect(self._tell)
        self.sheet.tab_chosen.connect(self.show_tab)
        self.sheet.cleared.connect(partial(self.show_terms, Terms()))
        self.sheet.deed.connect(self._do)
        self.sheet.counts.chosen.connect(self._choose_light)
        self.sheet.bars.bars.chosen.connect(self._choose_bar)
        self.sheet.bars.back.connect(self._all_departments)
        self.sheet.my_work.chosen.connect(self._choose_mine)
        self.filters.chosen.connect(self.show_terms)
        self.deeds.done.connect(self.reload)
        self.absences.done.connect(self.reload)
        self.wall.wanted.connect(self.reload)
        self.search.chosen.connect(self._show_case)
        self.case_page.preview.connect(self._papers.preview)
        self.case_page.reprint.connect(self._papers.reprint)

    def _lay_out(self) -> None:
        for page in (self.sheet, self.case_page, self.search):
            self._stack.addWidget(page)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        whole.setSpacing(tokens.TIGHT)
        whole.addWidget(self._questions)
        whole.addWidget(self._stack, 1)
        below = QVBoxLayout(self._desktop)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.banner)
        below.addWidget(inside, 1)
        QShortcut(QKeySequence("Esc"), self._desktop).activated.connect(self._back)
        hotkeys.bind(hotkeys.LOCK, self.lock, self._desktop)
        hotkeys.bind(hotkeys.FILTER, self.filters.ask, self.sheet)
        hotkeys.bind(hotkeys.PREVIEW, self._preview_draft, self.sheet)
        hotkeys.bind(hotkeys.MONTHLY_REPORT, self.report_wanted.emit, self.sheet)
        self.sheet.check_tab(self._tab)
        self.sheet.allow(self._front.actor)
        self.set_body(self._desktop)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
