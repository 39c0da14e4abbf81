"""A page of a window of pages: what it may use to fill itself, and what its window asks of it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from hall.rules.cards import Card
from hall.services.case_reading import DocumentView
from hall.services.front import Front
from hall.services.tables_export import SheetTable
from hall.windows.kit.deeds import DeedPanel, Side
from hall.windows.kit.work import Work

Deed = Callable[[], str]
"""The use case, for the database's thread; gives the sentence that says what was done."""


@dataclass(frozen=True, slots=True)
class PageTools:
    """What a panel or page may need to fill itself: the use cases, and the way to run one that looks something up."""

    front: Front
    work: Work


class WindowPage(QWidget):
    """A page with its side panels. `counted` is the number on its tab, `done` a sentence to say.

    Ctrl+P, Ctrl+R, Ctrl+E, F5 and Esc are the window's; it asks `document`, `sheets`, `reload` and `side`.
    """

    counted = Signal(int)
    done = Signal(str)

    def __init__(self, tools: PageTools, title: str, *, window: str) -> None:
        """`window` names the keys (`hotkeys.WINDOWS`) that the fields of its panels leave alone."""
        super().__init__()
        self._tools = tools
        self.setAccessibleName(title)
        self.side = Side(self, window=window)

    @property
    def document(self) -> DocumentView | None:
        """The paper of the selected row, for Ctrl+P and Ctrl+R."""
        return None

    @property
    def keys(self) -> str:
        """What is special to this page, for the line of keys."""
        return ""

    def begin(self) -> None:
        """The keyboard goes to the page's list."""
        raise NotImplementedError

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
