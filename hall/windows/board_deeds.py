"""What is done from the board: cases given to others, papers printed again, lists filtered, kept and exported."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from hall.rules.supervision import Colour
from hall.services.assigning import Assigned, Officer
from hall.services.board import BoardPage, BoardView
from hall.services.board_choices import Choices
from hall.services.board_rows import BoardRow
from hall.services.board_terms import Terms
from hall.services.bulk_prints import PapersToPrint
from hall.services.front import Front
from hall.services.saved_filters import SavedTerms
from hall.windows.board_lines import Line, lines_of
from hall.windows.board_list import CaseList
from hall.windows.board_panels import FilterPanel, ReassignPanel, ReprintPanel, cases_words
from hall.windows.kit import hotkeys
from hall.windows.kit.deeds import Side
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.line_box import LineBox
from hall.windows.kit.many import ISSUING, PRINTING, Deed, Many
from hall.windows.kit.work import Work
from hall.windows.supervision_panels import IssuePanel
from hall.words import DOCUMENT_KINDS

# More would not fit a menu.
MOST_KEPT = 30
MOST_EXPORTED = 5000
NOTHING_CHOSEN = "请先在列表中选中办件（按住 Shift 或 Ctrl 可以选几件）。"


class BoardDeeds(QObject):
    """Panels are made when they are first wanted and kept. `done` when something was changed."""

    done = Signal()

    def __init__(self, front: Front, frame: Frame, side: Side, work: Work) -> None:
        super().__init__(frame)
        self._front, self._desk, self._frame, self._side, self._work = front, front.board_desk, frame, side, work
        self._chosen: tuple[BoardRow, ...] = ()
        self.many = Many(frame, side, work)
        self.many.ended.connect(self.done)

    @cached_property
    def issue_panel(self) -> IssuePanel:
        """督办."""
        panel = IssuePanel()
        panel.submitted.connect(self._supervise)
        return panel

    @cached_property
    def reassign_panel(self) -> ReassignPanel:
        """转派."""
        panel = ReassignPanel()
        panel.submitted.connect(self._reassign)
        return panel

    @cached_property
    def reprint_panel(self) -> ReprintPanel:
        """批量补打."""
        panel = ReprintPanel()
        panel.submitted.connect(self._reprint)
        return panel

    def ask_supervise(self, lines: Sequence[Line]) -> None:
        """An order for each case, in the same words."""
        if self._choose(lines):
            about = f"\n{self._chosen[0].matter_name}" if len(self._chosen) == 1 else "，各发一份"
            self.issue_panel.show_case(f"{cases_words(self._numbers)}{about}")
            self._side.open(self.issue_panel)

    def ask_reassign(self, lines: Sequence[Line]) -> None:
        """To whom: those who can have the first case can be asked for all; each is checked by itself."""
        if not self._choose(lines):
            return
        officers = partial(self._desk.officers, self._chosen[0].case_id)
        self._work.read(officers, self._show_officers, words="正在查可以接手的人员…")

    def ask_reprint(self, lines: Sequence[Line]) -> None:
        """Which papers."""
        if self._choose(lines):
            self.reprint_panel.show_cases(self._numbers)
            self._side.open(self.reprint_panel)

    def ask_export(self, shown: CaseList, view: BoardView, day: date, *, title: str) -> None:
        """A question for the file's name that is opened, not waited for; then the whole list, not only what is kept."""
        export = partial(self.export, shown=shown, view=view, day=day, title=title)
        ask_where(self._frame, f"时限看板 {title} {day}.xlsx", export)

    def export(self, name: str, shown: CaseList, view: BoardView, *, day: date, title: str) -> None:
        """Without an ending it is an Excel file."""
        desk, table, terms, fixed = self._desk, shown.table, shown.terms, shown.rows
        path = path_of(name)
        today = view.day_on(day)

        def write() -> tuple[int, bool]:
            page = BoardPage(fixed, False, None) if terms is None else desk.page(terms, today, most=MOST_EXPORTED)
            lines = lines_of(page.rows, day, today.today, view.calendar)
            desk.export(path, [table.as_sheet(title, lines)])
            return len(lines), page.more

        self._work.read(write, partial(self._exported, path), words="正在导出…")

    def _exported(self, path: Path, told: tuple[int, bool]) -> None:
        count, more = told
        rest = "（清单太长，只含最紧迫的这些；可先筛选再导出）" if more else ""
        self._frame.message.say(f"已导出 {count:,} 件到 {path}{rest}", "success")

    def _choose(self, lines: Sequence[Line]) -> bool:
        self._chosen = tuple(line.row for line in lines)
        if not self._chosen:
            self._frame.message.say(NOTHING_CHOSEN, "refusal")
        return bool(self._chosen)

    @property
    def _numbers(self) -> tuple[str, ...]:
        return tuple(row.number for row in self._chosen)

    @property
    def _case_ids(self) -> tuple[int, ...]:
        return tuple(row.case_id for row in self._chosen)

    def _show_officers(self, officers: tuple[Officer, ...]) -> None:
        self.reassign_panel.show_officers(officers, self._numbers)
        self._side.open(self.reassign_panel)

    @Slot()
    def _supervise(self) -> None:
        panel = self.issue_panel
        told = {name: panel.form.text(name) for name in ("cause", "reason", "order")}
        colour = next(each for each in get_args(Colour) if each == panel.form.text("colour"))
        if len(self._chosen) > 1:
            self._side.close_panel(panel)
            one = self._front.supervision.supervise_one
            self.many.start(
                ISSUING, [Deed(row.number, partial(one, row.case_id, colour, **told)) for row in self._chosen]
            )
            return
        write = partial(self._front.supervision.supervise, self._chosen[0].case_id, colour, **told)
        done = partial(self._supervised, self._chosen[0].number)
        self._work.write(write, done, words="正在签发督办单…", button=panel.main_button)

    def _supervised(self, number: str, _order: int) -> None:
        self._side.close_panel(self.issue_panel)
        self._frame.message.say(f"{number} 已签发督办单，正在打印。", "success")
        self.done.emit()

    @Slot()
    def _reassign(self) -> None:
        panel = self.reassign_panel
        write = partial(self._desk.assign, self._case_ids, panel.account_id, panel.form.text("reason"))
        self._work.write(write, self._reassigned, words="正在转派…", button=panel.main_button)

    def _reassigned(self, results: tuple[Assigned, ...]) -> None:
        refused = [(each.receipt_number, each.refusal) for each in results if each.refusal]
        self._tell(f"已转派 {len(results) - len(refused)} 件", refused)
        self.done.emit()

    @Slot()
    def _reprint(self) -> None:
        """First which papers there are, then one after the other."""
        panel = self.reprint_panel
        kind, reason = panel.form.text("kind"), panel.form.text("reason")
        found = partial(self._print, kind, reason)
        self._work.read(
            partial(self._desk.papers, self._case_ids, kind), found, words="正在查文书…", button=panel.main_button
        )

    def _print(self, kind: str, reason: str, found: PapersToPrint) -> None:
        self._side.close_panel(self.reprint_panel)
        deeds = [Deed(each.title, partial(self._desk.print_one, each.document_id, reason)) for each in found.papers]
        refused = [(number, f"没有{DOCUMENT_KINDS[kind]}。") for number in found.lacking]
        self.many.start(PRINTING, deeds, refused=refused)

    def _tell(self, words: str, refused: Sequence[tuple[str, str]]) -> None:
        self._side.close_panel()
        if not refused:
            self._frame.message.say(f"{words}。", "success")
            return
        told = f"{words}，{len(refused)} 件没有办成"
        self._frame.message.say(f"{told}。", "refusal")
        self.many.panel.show_end(told, refused)
        self._side.open(self.many.panel)


class BoardFilters(QObject):
    """筛选 and the filters kept by name; `chosen` carries Terms."""

    chosen = Signal(object)

    def __init__(self, front: Front, frame: Frame, side: Side, work: Work) -> None:
        super().__init__(frame)
        self._desk, self._frame, self._side, self._work = front.board_desk, frame, side, work
        self.menu = QMenu(frame)
        self.menu.setToolTipsVisible(True)
        self._terms = Terms()
        self._saved: tuple[SavedTerms, ...] = ()
        self.choices = Choices({}, {}, {})
        self.box: LineBox | None = None

    @cached_property
    def panel(self) -> FilterPanel:
        """筛选."""
        panel = FilterPanel()
        panel.submitted.connect(self._take)
        return panel

    def load(self) -> None:
        """The filters that are kept."""
        self._work.read(self._desk.saved_filters, self._show, words="正在载入筛选…")

    def show_terms(self, terms: Terms) -> None:
        """What is listed now: what a filter starts from and what would be kept."""
        self._terms = terms
        self._fill()

    @Slot()
    def ask(self) -> None:
        """Open the panel."""
        self.panel.show_terms(self._terms, self.choices)
        self._side.open(self.panel)

    @Slot()
    def ask_name(self) -> None:
        """Under which name the present filter is kept."""
        words = "把现在的筛选保存在您的账号下；同名的会被替换。"
        self.box = LineBox(self._frame, title="保存筛选", words=words, label="名称", on_line=self._save)
        self.box.open()

    def _take(self) -> None:
        terms = self.panel.terms
        self._side.close_panel()
        self.chosen.emit(terms)

    def _save(self, name: str) -> None:
        write = partial(self._desk.save_filter, name, self._terms)
        self._work.write(write, lambda _: self._changed(f"已保存筛选“{name.strip()}”。"), words="正在保存…")

    def _drop(self, name: str) -> None:
        write = partial(self._desk.drop_filter, name)
        self._work.write(write, lambda _: self._changed(f"已删除筛选“{name}”。"), words="正在删除…")

    def _changed(self, words: str) -> None:
        self._frame.message.say(words, "success")
        self.load()

    def _show(self, saved: tuple[SavedTerms, ...]) -> None:
        self._saved = saved
        self._fill()

    def _fill(self) -> None:
        self.menu.clear()
        for each in self._saved:
            self.menu.addAction(each.name, partial(self.chosen.emit, each.terms))
        if self._saved:
            self.menu.addSeparator()
        self.menu.addAction(f"筛选…\t{hotkeys.key_text(hotkeys.FILTER)}", self.ask)
        keep = self.menu.addAction("保存现在的筛选…", self.ask_name)
        keep.setEnabled(self._terms != Terms() and len(self._saved) < MOST_KEPT)
        if self._saved:
            drop = self.menu.addMenu("删除")
            for each in self._saved:
                drop.addAction(each.name, partial(self._drop, each.name))
