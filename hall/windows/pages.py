"""A page of a window of pages: what it may use to fill itself, and what its window asks of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from hall.rules.cards import Card
from hall.services.case_reading import DocumentView
from hall.services.front import Front
from hall.services.tables_export import SheetTable
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.many import Many
from hall.windows.kit.tables import Table
from hall.windows.kit.work import Work

KEYS = "Enter 办理　Ctrl+P 预览　Ctrl+E 导出　F5 重新载入　Esc 关闭面板"
NOT_LISTED = "这一项已经不在列表里，可能已经办结。要看办结的，请按 Alt+0 或者查找。"
R = TypeVar("R")
Deed = Callable[[], str]
"""The use case, for the database's thread; gives the sentence that says what was done."""


@dataclass(frozen=True, slots=True)
class PageTools:
    """What a panel or page may need: the use cases, the way to run one, the window that says what became of it."""

    front: Front
    work: Work
    frame: Frame


class WindowPage(QWidget):
    """A page with its side panels. `counted` is the number on its tab, `done` a sentence to say.

    `paper` carries a DocumentView to be shown, `keys_changed` that `keys` says something else now. Ctrl+P, Ctrl+R,
    Ctrl+E, F5 and Esc are the window's; it asks `document`, `documents`, `sheets`, `reload`, `side` and `back`.
    """

    no_paper = "选中的这一行没有文书。"

    counted = Signal(int)
    done = Signal(str)
    paper = Signal(object)
    keys_changed = Signal()

    def __init__(self, tools: PageTools, title: str, *, window: str) -> None:
        """`window` names the keys (`hotkeys.WINDOWS`) that the fields of its panels leave alone."""
        super().__init__()
        self._tools = tools
        self._wanted: int | None = None
        self.setAccessibleName(title)
        self.side = Side(self, window=window)
        for signal in (self.side.opened, self.side.closed):
            signal.connect(self.keys_changed)

    @cached_property
    def many(self) -> Many:
        """Does a deed to each of many rows."""
        return Many(self._tools.frame, self.side, self._tools.work)

    @property
    def document(self) -> DocumentView | None:
        """The paper of the selected row, for Ctrl+P."""
        return None

    @property
    def documents(self) -> tuple[DocumentView, ...]:
        """The papers of all selected rows, for Ctrl+R."""
        return () if self.document is None else (self.document,)

    @property
    def keys(self) -> str:
        """The line of keys while no panel is open."""
        return KEYS

    @property
    def list_name(self) -> str:
        """What Ctrl+E calls the list that is shown; empty: nothing to export is shown."""
        return self.accessibleName()

    def begin(self) -> None:
        """The keyboard goes to the page's list."""
        raise NotImplementedError

    def come_from(self, left: "WindowPage") -> None:
        """It is going to be shown after this one."""

    def back(self) -> bool:
        """Esc: close the panel, or stop what is done to many rows, else to the list. False: nothing was left."""
        if self.side.close_panel() or self.many.stop():
            return True
        self.begin()
        return False

    def show_key(self, key: int) -> None:
        """Show the thing with this key when the page has read itself: a message about it was chosen."""
        self._wanted = key
        self.reload()

    def select_wanted(self, table: Table[R]) -> None:
        """Select what `show_key` asked for, once, now that the rows are there; says where it is not among them."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not table.select(wanted):
            self._tools.frame.message.say(NOT_LISTED, "refusal")

    def reload(self) -> None:
        """Read again; what is selected and a panel that is open stay."""
        raise NotImplementedError

    def sheets(self) -> tuple[SheetTable, ...]:
        """The page as a file."""
        return ()

    def take_scan(self, text: str) -> None:
        """A code was scanned while the page is shown."""

    def take_card(self, card: Card) -> None:
        """An ID card was laid down while the page is shown."""

    def run(self, panel: DeedPanel, deed: Deed) -> None:
        """Do the deed of a panel of this page: button off meanwhile, then the panel closes and `done` tells it."""

        def finish(said: str) -> None:
            self.side.close_panel(panel)
            self._finished(said)
            self.begin()

        self._tools.work.write(deed, finish, words=f"正在{panel.title}…", button=panel.main_button)

    def run_now(self, deed: Deed, *, words: str, button: QPushButton | None = None) -> None:
        """Do something that needs no panel; `words` say what is being done (正在导入…)."""
        self._tools.work.write(deed, self._finished, words=words, button=button)

    def _finished(self, said: str) -> None:
        self.done.emit(said)
        self.reload()
