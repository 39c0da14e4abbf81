"""A list of open cases that is read as it is scrolled: a window of some pages slides over it, never all of it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hall.errors import HallError
from hall.services.board import COUNTED, PAGE, BoardPage, BoardView
from hall.services.board_front import BoardFront
from hall.services.board_rows import END, START, BoardRow, Place
from hall.services.board_terms import Terms
from hall.windows.board_lines import case_table, lines_of
from hall.workers.tasks import Tasks

# As many pages are kept; what scrolls out of them is forgotten and read again when it is scrolled back to.
KEPT_PAGES = 6
KEPT = KEPT_PAGES * PAGE
# So many rows before the end of what is kept the next page is asked for.
AHEAD = 25
# From this width on all columns have room; 状态 and 法定到期 can be spared.
WIDE, SPARED = 970, (7, 9)
EMPTY = "没有这样的办件。窗口受理后，在办件按紧迫程度列在这里。"


class CaseList(QWidget):
    """`chosen` carries a Line; `shown` says that other rows are shown."""

    chosen = Signal(object)
    shown = Signal()

    def __init__(self, front: BoardFront, tasks: Tasks, *, on_failed: Callable[[HallError], None]) -> None:
        super().__init__()
        self._front, self._tasks, self._on_failed = front, tasks, on_failed
        self._terms: Terms | None = None
        self._view: BoardView | None = None
        self._day: date | None = None
        self._rows: tuple[BoardRow, ...] = ()
        self._at_top = self._at_end = True
        self._counted: int | None = None
        self._asked = 0
        self._reading = self._stale = self._settling = False
        self.table = case_table(EMPTY)
        self.table.chosen.connect(self.chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.table.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        """The rows that are kept now."""
        return self._rows

    @property
    def terms(self) -> Terms | None:
        """What is listed; None for the most urgent, which come with the counts."""
        return self._terms

    @property
    def at_top(self) -> bool:
        """Whether the first row kept is the first of the list."""
        return self._at_top

    @property
    def total(self) -> str:
        """How many cases the list has: exactly where the counts tell it, else as far as it was counted."""
        known = None
        if self._terms is not None and self._view is not None and self._day is not None:
            known = self._view.count_of(self._terms, self._day)
        if known is not None:
            return f"{known:,}"
        counted = len(self._rows) if self._counted is None else self._counted
        return f"{COUNTED:,}+" if counted > COUNTED else f"{counted:,}"

    def show_fixed(self, view: BoardView, day: date) -> None:
        """The most urgent of all, which came with the counts."""
        self._asked += 1
        self._terms, self._reading, self._counted = None, False, None
        self._at_top = self._at_end = True
        self._rows = view.urgent
        self.repaint_on(view, day)

    def show_terms(self, terms: Terms, view: BoardView, day: date) -> None:
        """Another list, from its beginning; of the same list what is shown is read again, where it is.

        On another day of the same view the rows only change their colours, unless the list asks for colours or days.
        """
        is_same, is_news = terms == self._terms, view is not self._view
        self._terms, self._view, self._day = terms, view, day
        if not is_same:
            self._ask(START, self._begin)
            return
        if not is_news:
            self.repaint_on(view, day)
        if is_news or terms.lights or terms.within:
            self.reload()

    def repaint_on(self, view: BoardView, day: date) -> None:
        """The same rows as they are on a day: no query."""
        self._view, self._day = view, day
        today = view.day_on(day).today
        self._settling = True  # while rows change the table stands at its top for a moment: nobody has scrolled there
        self.table.show_rows(lines_of(self._rows, day, today, view.calendar))
        if self.table.current_row is None and self._rows and not self.table.verticalScrollBar().value():
            self.table.select(self._rows[0].case_id)
        self._settling = False
        self.shown.emit()

    @Slot()
    def reload(self) -> None:
        """Read again what is kept, from its first row on; while something is read, once more after it."""
        if self._terms is None:
            return
        if self._reading:
            self._stale = True
            return
        first = self._rows[0].place if self._rows and not self._at_top else None
        start = Place(first.urgency, first.case_id - 1) if first else START
        self._ask(start, self._replace, most=max(len(self._rows), PAGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the columns that the opened case tells, too, give their room to the others."""
        super().resizeEvent(event)
        for column in SPARED:
            self.table.setColumnHidden(column, self.width() < WIDE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Home and End go to the ends of the list, not of what is kept of it."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Home and not self._at_top:
                self._ask(START, self._begin)
                return True
            if event.key() == Qt.Key.Key_End and not self._at_end:
                self._ask(END, self._finish, backwards=True)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _scrolled(self) -> None:
        bar = self.table.verticalScrollBar()
        if self._reading or self._settling or self._terms is None or not self._rows:
            return
        if bar.value() >= bar.maximum() - AHEAD and not self._at_end:
            self._ask(self._rows[-1].place, self._append)
        elif bar.value() <= AHEAD and not self._at_top:
            self._ask(self._rows[0].place, self._prepend, backwards=True)

    def _ask(
        self,
        start: Place,
        take: Callable[[BoardPage], None],
        *,
        backwards: bool = False,
        most: int = PAGE,
    ) -> None:
        """One question at a time; the answer to one that nobody waits for any more is passed over."""
        if self._terms is None or self._view is None or self._day is None:
            return
        self._asked += 1
        self._reading = True
        day, counted = self._view.day_on(self._day), self._view.count_of(self._terms, self._day) is None
        read = partial(self._front.page, self._terms, day, start, backwards=backwards, most=most, counted=counted)
        answered = partial(self._answered, self._asked, take)
        self._tasks.read(read, answered, on_failed=partial(self._failed, self._asked), owner=self)

    def _answered(self, number: int, take: Callable[[BoardPage], None], page: BoardPage) -> None:
        if number != self._asked or self._view is None or self._day is None:
            return
        self._counted = page.total
        take(page)
        self.repaint_on(self._view, self._day)
        self._reading = False
        if self._stale:
            self._stale = False
            self.reload()
        else:
            self._scrolled()

    def _failed(self, number: int, failure: HallError) -> None:
        if number == self._asked:
            self._reading = self._stale = False
            self._on_failed(failure)

    def _begin(self, page: BoardPage) -> None:
        self._rows, self._at_top, self._at_end = page.rows, True, not page.more
        self.table.show_rows(())  # another list begins at its top, whatever was selected before

    def _finish(self, page: BoardPage) -> None:
        self._rows, self._at_top, self._at_end = page.rows, not page.more, True
        if self._rows and self._view is not None and self._day is not None:
            self.repaint_on(self._view, self._day)
            self.table.select(self._rows[-1].case_id)

    def _replace(self, page: BoardPage) -> None:
        self._rows, self._at_end = page.rows, not page.more

    def _append(self, page: BoardPage) -> None:
        rows = (*self._rows, *page.rows)
        self._rows, self._at_end = rows[-KEPT:], not page.more
        self._at_top = self._at_top and len(rows) <= KEPT

    def _prepend(self, page: BoardPage) -> None:
        rows = (*page.rows, *self._rows)
        self._rows, self._at_top = rows[:KEPT], not page.more
        self._at_end = self._at_end and len(rows) <= KEPT
