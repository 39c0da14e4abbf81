"""对账: the bank's lines that wait, those that are done with, notices to pay, cash; one by one, no sum of the hall."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from hall.errors import HallError, Unavailable, cause_of
from hall.rules.imports import BadRows
from hall.services.case_reading import DocumentView
from hall.services.payment_reading import CashRow, LineView, NoticeRow
from hall.services.payments import PaymentsImported
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.choosing import ask_which
from hall.windows.kit.list_window import KeyRow
from hall.windows.pages import PageTools
from hall.windows.payment_lists import cash_list, done_list, notices_list, waiting_list
from hall.windows.payment_panels import FaultsPanel, LinePanel, SetAsidePanel, SettlePanel, TakeBackPanel
from hall.windows.penalty_tools import PenaltyPage

LISTS = (hotkeys.LINES_WAITING, hotkeys.LINES_DONE, hotkeys.NOTICES_OPEN, hotkeys.CASH_UNDER_WAY)
_KINDS = "缴款文件 (*.csv *.txt)"
_TOO_LARGE = 4_000_000


class PaymentsPage(PenaltyPage):
    """Four lists for the cashier; the number on the page's tab is how many lines and takings of cash wait."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "对账")
        self._folder = str(Path.home())
        self._counts = [0] * len(LISTS)
        self.dialog: QFileDialog | None = None
        self.waiting = waiting_list()
        self.done_with = done_list()
        self.notices, self.cash = notices_list(), cash_list()
        self.lists = (self.waiting, self.done_with, self.notices, self.cash)
        self.settling, self.setting_aside, self.taking_back = SettlePanel(), SetAsidePanel(), TakeBackPanel()
        self.faults = FaultsPanel()
        self.faults.submitted.connect(self.side.close_panel)
        self._lay_out()
        for panel in (self.settling, self.setting_aside, self.taking_back):
            panel.submitted.connect(partial(self._send, panel))
        self.show_list(0)

    @property
    def number(self) -> int:
        """Which list is shown."""
        return self._stack.currentIndex()

    @property
    def document(self) -> DocumentView | None:
        """The notice that is selected."""
        row = self.notices.table.current_row if self.number == 2 else None
        if row is None or row.document_id is None:
            return None
        return DocumentView(row.document_id, "payment_notice", row.number, row.issued_on)

    def begin(self) -> None:
        """The keyboard goes to the list that is shown."""
        self.lists[self.number].begin()

    def show_list(self, number: int) -> None:
        """Go to a list."""
        self.side.close_panel()
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.begin()

    @Slot()
    def reload(self) -> None:
        """Read all four lists."""
        front, quietly = self._tools.front.payments, self._tools.work.quietly
        quietly(front.lines, self._show_waiting, owner=self)
        quietly(partial(front.lines, settled=True), self._show_done, owner=self)
        quietly(front.notices, self._show_notices, owner=self)
        quietly(front.cash_under_way, self._show_cash, owner=self)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list that is shown."""
        return self.lists[self.number].sheets()

    def import_file(self, paths: list[str]) -> None:
        """Take in the file that was chosen."""
        if paths:
            path = Path(paths[0])
            self._folder = str(path.parent)
            self._tools.work.write(
                partial(self._import, path),
                self._imported,
                words="正在导入缴款文件…",
                button=self.import_button,
                on_failed=self._not_imported,
            )

    def _import(self, path: Path) -> PaymentsImported:
        return self._tools.front.payments.import_file(_content(path))

    def _imported(self, done: PaymentsImported) -> None:
        self.done.emit(done.words)
        self.reload()
        self.show_list(0)

    def _not_imported(self, failure: HallError) -> None:
        """A file's faults take more room than the message line has."""
        self._tools.work.tell(failure)
        if isinstance(failure, BadRows):
            self.faults.show_faults(failure)
            self.side.open(self.faults)

    @Slot()
    def _ask_import(self) -> None:
        self.dialog = ask_which(
            self, "导入缴款文件", folder=self._folder, kinds=_KINDS, many=False, on_chosen=self.import_file
        )

    @Slot(str, object)
    def _line_deed(self, act: str, row: LineView) -> None:
        if act == "open" and row.case_id is not None:
            self.case_wanted.emit(row.case_id)
            return
        panels: dict[str, LinePanel] = {
            "settle": self.settling,
            "set_aside": self.setting_aside,
            "take_back": self.taking_back,
        }
        panels[act].show_line(row)
        self.side.open(panels[act])

    @Slot(str, object)
    def _open_case(self, _: str, row: NoticeRow | CashRow) -> None:
        self.case_wanted.emit(row.case_id)

    def _send(self, panel: LinePanel) -> None:
        self.run(panel, panel.deed(self._tools.front.payments))

    def _show_waiting(self, lines: tuple[LineView, ...]) -> None:
        self.waiting.show_rows(lines, lambda row: row.line_id)
        self._count(0, len(lines))

    def _show_done(self, lines: tuple[LineView, ...]) -> None:
        self.done_with.show_rows(lines, lambda row: row.line_id)

    def _show_notices(self, notices: tuple[NoticeRow, ...]) -> None:
        self.notices.show_rows(notices, lambda row: row.notice_id)
        self._count(2, len(notices))

    def _show_cash(self, cash: tuple[CashRow, ...]) -> None:
        self.cash.show_rows(cash, lambda row: row.collection_id)
        self._count(3, len(cash))

    def _count(self, number: int, count: int) -> None:
        hotkey = LISTS[number]
        hotkeys.rename(self.tabs[number], hotkey, f"{hotkey.words}（{count}）" if count else hotkey.words)
        self._counts[number] = count
        self.counted.emit(self._counts[0] + self._counts[3])

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in self.lists:
            self._stack.addWidget(page)
        self.waiting.deed_wanted.connect(self._line_deed)
        self.done_with.deed_wanted.connect(self._line_deed)
        self.notices.deed_wanted.connect(self._open_case)
        self.cash.deed_wanted.connect(self._open_case)
        row = KeyRow()
        self.tabs = row.add_tabs(LISTS, self.show_list)
        row.addStretch(1)
        self.import_button = hotkeys.hotkey_button(hotkeys.IMPORT_PAYMENTS, self._ask_import)
        row.add_tools(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self._stack, 1)


def _content(path: Path) -> bytes:
    """The bytes of a file on this computer's disk or a stick; raises Unavailable."""
    try:
        if path.stat().st_size > _TOO_LARGE:
            raise Unavailable(f"文件 {path.name} 太大，不会是缴款文件，没有读它。请核对文件。")
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(f"读不到文件 {path.name}：{cause_of(error)}。请核对文件。") from error
