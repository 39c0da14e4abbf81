"""A page that is a list: what can be entered anew, what is looked for, the rows, what can be done with the chosen one.

A subject declares its `ListOf`, reads its rows, and says what a row allows; keys, buttons and panels come from here.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hall.rules.authority import may
from hall.services.case_reading import DocumentView
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.deeds import FormDeed
from hall.windows.kit.list_page import Facts, ListPage
from hall.windows.kit.newest import Newest
from hall.windows.kit.style import muted
from hall.windows.kit.tables import Column, Table
from hall.windows.pages import Deed, PageTools, WindowPage

R = TypeVar("R")
WINDOW = "pages"
SEARCH_MS = 250


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for: words that are looked for, the code of a choice, whether also what is closed."""

    text: str = ""
    choice: str = ""
    closed: bool = False


class NewPanel(FormDeed):
    """Enters something new: the subclass adds its fields to `form`, then `self.add(self.form)`."""

    def ask_new(self) -> None:
        """Empty, of today. Called each time before it opens."""
        self.form.clear()

    def deed(self) -> Deed:
        """The use case with what was entered, taken from the fields now, on the window's thread."""
        raise NotImplementedError


class RowPanel(FormDeed, Generic[R]):
    """Does something with a row: the subclass adds its fields to `form`, then `self.add(self.form)`."""

    row: R

    def __init__(self, title: str, *, main: str) -> None:
        super().__init__(title, main=main)
        self.about = self.say("")

    def ask(self, row: R) -> None:
        """About this row; what was entered before is gone. Called each time before it opens."""
        self.row = row
        words = self.about_of(row)
        self.about.setText(words)
        self.about.setVisible(bool(words))
        self.form.clear()

    def about_of(self, row: R) -> str:
        """What the panel is about, above its fields."""
        return ""

    def deed(self) -> Deed:
        """The use case with what was entered, taken from the fields now, on the window's thread."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class NewDeed:
    """Something that is not about a row; without a panel the page's `open_new` does it.

    `action` is what somebody must be allowed (`rules.authority`) to see the button.
    """

    name: str
    words: str
    action: str
    panel: Callable[[PageTools], NewPanel] | None = None


@dataclass(frozen=True)  # no slots: with them `RowDeed[Row](…)` fails
class RowDeed(Generic[R]):
    """Something that is done with a row; without a panel the page's `open_row` does it."""

    name: str
    words: str
    action: str
    panel: Callable[[PageTools], RowPanel[R]] | None = None


@dataclass(frozen=True)  # no slots: with them `ListOf[Row](…)` fails
class ListOf(Generic[R]):
    """What a page lists. Keys go by position: what is declared first has F2 (new) or F3 (row), allowed or not.

    `facts` are a row's title and what there is to know; `empty` says what would appear here and how; `nothing`
    stands where no row is selected; `shares` is how list and facts divide the width. `search` says what can be looked
    for, `choices` are codes with their words of which the first is chosen; without them there is no such field.
    `closed`: Alt+0 asks for what is done with, too. `many`: several rows can be selected. `most`: so many rows are
    read at the most; where there may be more, the page says so. Without `facts` only what is `below` stands beside it.
    """

    columns: Sequence[Column[R]]
    key: Callable[[R], Hashable]
    facts: Callable[[R], tuple[str, Facts]] | None
    empty: str
    nothing: str
    shares: tuple[int, int] = (7, 4)
    new: Sequence[NewDeed] = ()
    deeds: Sequence[RowDeed[R]] = ()
    search: str = ""
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    closed: bool = False
    many: bool = False
    most: int = 0


class DeedListPage(WindowPage, Generic[R]):
    """The subclass says what is read (`read`), what a row allows (`acts`), and which paper it has (`document_of`)."""

    def __init__(self, tools: PageTools, title: str, listed: ListOf[R]) -> None:
        super().__init__(tools, title, window=WINDOW)
        self._listed = listed
        self._newest = Newest[tuple[R, ...]](self._show)
        self._row_deeds = {each.name: each for each in listed.deeds if may(tools.front.actor, each.action)}
        self._row_panels: dict[str, RowPanel[R]] = {}
        self._new_panels: dict[str, NewPanel] = {}
        self.list = self._make_list()
        self.new_buttons = self._make_new_buttons()
        self.search, self.choice, self.closed_button = self._make_search(), self._make_choice(), self._make_closed()
        self._only_so_many = muted(f"只列出前 {listed.most} 行，请查找。")
        self._lay_out()
        self.list.deed_wanted.connect(self._deed)
        self.list.table.current.connect(self.show_below)
        for hotkey, way in ((hotkeys.PAGE_DOWN, 1), (hotkeys.PAGE_UP, -1)):
            hotkeys.bind(hotkey, partial(self.turn, way), self)
        hotkeys.HotkeysFirst(self, hotkeys.WINDOWS[WINDOW])

    # What a subject says.

    def read(self, asked: Asked) -> tuple[R, ...]:
        """The rows, read in the database's thread: only `front` may be used, no widget."""
        raise NotImplementedError

    def acts(self, row: R) -> Sequence[str]:
        """The deeds that the state of the row allows; what the actor may not do is left out by the page."""
        raise NotImplementedError

    def document_of(self, row: R) -> DocumentView | None:
        """The row's paper."""
        return None

    def counts(self, row: R) -> bool:
        """Whether the row is one of those that the number on the tab counts."""
        return False

    def open_row(self, name: str, row: R) -> None:
        """A deed without a panel: open something else, or `run_now`."""
        raise NotImplementedError

    def open_new(self, name: str) -> None:
        """The same where no row is needed."""
        raise NotImplementedError

    def below(self) -> QWidget | None:
        """A widget of the page's own below the facts, made once, while the page is made."""
        return None

    @Slot(object)
    def show_below(self, row: R | None) -> None:
        """Another row is selected, or read anew: what `below` shows of it."""

    # What the window asks.

    @property
    def asked(self) -> Asked:
        """What the fields above the list ask for now."""
        return Asked(
            self.search.text().strip() if self.search is not None else "",
            str(self.choice.currentData()) if self.choice is not None else "",
            closed=self.closed_button is not None and self.closed_button.isChecked(),
        )

    @property
    def row(self) -> R | None:
        """The selected row."""
        return self.list.table.current_row

    @property
    def document(self) -> DocumentView | None:
        """The paper of the selected row."""
        return self.document_of(self.row) if self.row is not None else None

    @property
    def documents(self) -> tuple[DocumentView, ...]:
        """The papers of all selected rows."""
        return tuple(filter(None, map(self.document_of, self.list.table.selected_rows)))

    @property
    def keys(self) -> str:
        """Also the fields above the list, and what may be longer than its card."""
        fields = ((self.search, hotkeys.SEARCH), (self.choice, hotkeys.CHOOSE))
        own = (f"{key.keys} {key.words}" for made, key in fields if made is not None)
        return "　".join((super().keys, *own, "Ctrl+PgDn 翻看右栏"))

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.list.begin()

    @Slot()
    def reload(self) -> None:
        """Read the list again; an answer to an earlier question never replaces that to a later one."""
        self._tools.work.quietly(partial(self.read, self.asked), self._newest.ask(), owner=self)

    def show_key(self, key: int) -> None:
        """Select the row with this key, whatever the fields above the list ask for now."""
        if self.search is not None:
            self.search.clear()
        if self.choice is not None:
            self.choice.setCurrentIndex(0)
        super().show_key(key)

    def sheets(self) -> tuple[SheetTable, ...]:
        """The list as it is shown."""
        return self.list.sheets()

    def look_for(self, text: str) -> None:
        """What is looked for, put in by somebody else than whoever sits here."""
        if self.search is not None and text != self.asked.text:
            self.search.setText(text)
            self.reload()

    def turn(self, pages: int) -> None:
        """Ctrl+PgDn, Ctrl+PgUp: what stands beside the list goes on."""
        self.list.facts.turn(pages)

    def open_new_panel(self, name: str) -> None:
        """What a new deed's button does."""
        make = next(each.panel for each in self._listed.new if each.name == name)
        if make is None:
            self.open_new(name)
            return
        if name not in self._new_panels:
            self._new_panels[name] = make(self._tools)
            self._follow(self._new_panels[name])
        self._new_panels[name].ask_new()
        self.side.open(self._new_panels[name])

    # How it is put together.

    @Slot(str, object)
    def _deed(self, name: str, row: R) -> None:
        make = self._row_deeds[name].panel
        if make is None:
            self.open_row(name, row)
            return
        if name not in self._row_panels:
            self._row_panels[name] = make(self._tools)
            self._follow(self._row_panels[name])
        self._row_panels[name].ask(row)
        self.side.open(self._row_panels[name])

    def _follow(self, panel: NewPanel | RowPanel[R]) -> None:
        panel.submitted.connect(partial(self._submit, panel))

    def _submit(self, panel: NewPanel | RowPanel[R]) -> None:
        self.run(panel, panel.deed())

    def _allowed(self, row: R) -> tuple[str, ...]:
        return tuple(name for name in self.acts(row) if name in self._row_deeds)

    def _show(self, rows: tuple[R, ...]) -> None:
        self.list.show_rows(rows, self._listed.key)
        self.select_wanted(self.list.table)
        self._only_so_many.setVisible(0 < self._listed.most <= len(rows))
        self.show_below(self.row)
        self.counted.emit(sum(map(self.counts, rows)))

    def _make_list(self) -> ListPage[R]:
        listed = self._listed
        deeds = [
            (replace(key, words=each.words), each.name)
            for key, each in zip(hotkeys.DEED_KEYS[: len(listed.deeds)], listed.deeds, strict=True)
            if each.name in self._row_deeds
        ]
        shown = ListPage[R](
            Table[R](listed.columns, listed.key, empty=listed.empty, many=listed.many),
            deeds=deeds,
            facts=listed.facts,
            allowed=self._allowed,
            nothing=listed.nothing,
            shares=listed.shares,
            below=self.below(),
        )
        shown.setAccessibleName(self.accessibleName())
        return shown

    def _make_new_buttons(self) -> dict[str, QPushButton]:
        """Those that the actor may press."""
        new = self._listed.new
        return {
            each.name: hotkeys.hotkey_button(replace(key, words=each.words), partial(self.open_new_panel, each.name))
            for key, each in zip(hotkeys.NEW_KEYS[: len(new)], new, strict=True)
            if may(self._tools.front.actor, each.action)
        }

    def _make_search(self) -> QLineEdit | None:
        if not self._listed.search:
            return None
        line = QLineEdit()
        line.setAccessibleName(f"查找{self.accessibleName()}")
        line.setPlaceholderText(f"{hotkeys.SEARCH.keys} 查找：{self._listed.search}")
        line.setClearButtonEnabled(True)
        later = QTimer(line)
        later.setSingleShot(True)
        later.setInterval(SEARCH_MS)
        later.timeout.connect(self.reload)
        line.textChanged.connect(later.start)
        line.returnPressed.connect(self.begin)
        hotkeys.bind(hotkeys.SEARCH, self._find, self)
        return line

    def _make_choice(self) -> QComboBox | None:
        if not self._listed.choices:
            return None
        choice = QComboBox()
        choice.setAccessibleName(hotkeys.CHOOSE.words)
        choice.setToolTip(f"{hotkeys.CHOOSE.words}（{hotkeys.CHOOSE.keys}）")
        for code, words in self._listed.choices.items():
            choice.addItem(words, code)
        choice.currentIndexChanged.connect(self.reload)
        hotkeys.bind(hotkeys.CHOOSE, choice.setFocus, self)
        return choice

    def _make_closed(self) -> QPushButton | None:
        return hotkeys.tab_button(hotkeys.SHOW_CLOSED, self.reload) if self._listed.closed else None

    @Slot()
    def _find(self) -> None:
        if self.search is not None:
            self.search.setFocus()
            self.search.selectAll()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        for button in self.new_buttons.values():
            row.addWidget(button)
        if self.search is not None:
            row.addWidget(self.search, 1)
        else:
            row.addStretch(1)
        self._only_so_many.hide()
        for part in (self._only_so_many, self.choice, self.closed_button):
            if part is not None:
                row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(row)
        column.addWidget(self.list, 1)
