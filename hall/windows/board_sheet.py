"""The board's page: counts above, lists by tab, the bars of the departments beside, deeds at the foot."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hall.rules.authority import may
from hall.rules.people import Actor
from hall.services.board import MyWork
from hall.services.board_terms import Terms
from hall.windows.board_list import CaseList
from hall.windows.board_panels import LATE
from hall.windows.board_parts import Bar, CountsBar, LightBars
from hall.windows.due_explanation import DueExplanation
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.style import set_role
from hall.words import ACTIONS

TABS = (
    hotkeys.SHOW_URGENT,
    hotkeys.SHOW_MINE,
    hotkeys.SHOW_TODAY,
    hotkeys.SHOW_WEEK,
    hotkeys.SHOW_PAUSED,
    hotkeys.SHOW_ALL,
)
DEEDS = (
    hotkeys.SUPERVISE,
    hotkeys.REASSIGN,
    hotkeys.ABSENCES,
    hotkeys.REPRINT,
    hotkeys.WHY,
    hotkeys.EXPORT,
    hotkeys.FIND,
)
ACTIONS_OF = {
    hotkeys.SUPERVISE: "supervision.issue",
    hotkeys.REASSIGN: "case.assign",
    hotkeys.ABSENCES: "absence.enter",
    hotkeys.REPRINT: "document.print",
}
ALL_DEPARTMENTS = "各科室在办件"
NO_CASES = "没有在办件。窗口受理后，这里按科室显示各灯色件数。"


class MyWorkLine(QWidget):
    """超期 3　今日 1　本周 4　暂停 2: what one has in hand, each a button; `chosen` carries Terms."""

    chosen = Signal(object)
    _PARTS: tuple[tuple[str, str, Terms], ...] = (
        ("over", "超期", Terms(lights=LATE)),
        ("today", "今日到期", Terms(lights=("today",))),
        ("week", "本周其余", Terms(within="week")),
        ("paused", "暂停", Terms(lights=("paused",))),
        ("total", "全部在手", Terms()),
    )

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.HAIR)
        self.buttons: dict[str, QPushButton] = {}
        for code, words, terms in self._PARTS:
            button = QPushButton(words)
            set_role(button, "kind")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.chosen.emit, terms))
            self.buttons[code] = button
            row.addWidget(button)
        self.hide()

    def show_work(self, work: MyWork) -> None:
        """Other numbers."""
        for code, words, _ in self._PARTS:
            self.buttons[code].setText(f"{words} {getattr(work, code):,}")


class BarsCard(QFrame):
    """The bars of all departments, or of one department's matters. `back` when all are wanted again."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._title = QLabel(ALL_DEPARTMENTS)
        set_role(self._title, "lead")
        self.back_button = QPushButton("‹ 全部科室")
        set_role(self.back_button, "flat")
        self.back_button.clicked.connect(self.back)
        self.back_button.hide()
        self.bars = LightBars(NO_CASES)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self.bars, "plain")
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self.bars)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.TIGHT, tokens.TIGHT)
        column.addLayout(head)
        column.addWidget(area, 1)

    @property
    def title(self) -> str:
        """Whose bars these are."""
        return self._title.text()

    def show_bars(self, bars: tuple[Bar, ...], department: str = "") -> None:
        """Those of all departments, or of one department's matters."""
        self._title.setText(f"{department} 各事项" if department else ALL_DEPARTMENTS)
        self.back_button.setVisible(bool(department))
        self.bars.show_bars(bars)


class BoardSheet(QWidget):
    """`tab_chosen` carries a tab's Hotkey, `cleared` when the filter is to go, `deed` the Hotkey of a deed."""

    tab_chosen = Signal(object)
    cleared = Signal()
    deed = Signal(object)

    def __init__(self, case_list: CaseList, menu: QMenu) -> None:
        super().__init__()
        self.counts, self.bars, self.my_work = CountsBar(), BarsCard(), MyWorkLine()
        self.list, self.explanation = case_list, DueExplanation()
        self.warnings, self._told, self.as_of = QLabel(), QLabel(), QLabel()
        self.tabs: dict[Hotkey, QPushButton] = {}
        self.deeds: dict[Hotkey, QPushButton] = {}
        self.filters_button = QPushButton("保存的筛选 ▾")
        self.filters_button.setMenu(menu)
        self.clear_button = QPushButton("清除筛选  Esc")
        self._lay_out()

    @property
    def told(self) -> str:
        """What is listed, and how many."""
        return self._told.text()

    def show_told(self, words: str, *, filtered: bool) -> None:
        """Say what is listed; a filter can be cleared."""
        self._told.setText(words)
        self.clear_button.setVisible(filtered)

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """What makes figures incomplete."""
        self.warnings.setText("　".join(f"⚠ {each}" for each in warnings))
        self.warnings.setVisible(bool(warnings))

    def allow(self, actor: Actor) -> None:
        """Deeds that somebody may not do are grey, and say so."""
        for deed, action in ACTIONS_OF.items():
            self.deeds[deed].setEnabled(may(actor, action))
            if not may(actor, action):
                self.deeds[deed].setToolTip(f"您的岗位不能{ACTIONS[action]}")

    def check_tab(self, tab: Hotkey) -> None:
        """The tab whose list is shown."""
        self.tabs[tab].setChecked(True)
        self.my_work.setVisible(tab is hotkeys.SHOW_MINE)

    def close_side(self) -> bool:
        """Close the explanation; False if it was not open."""
        was_open = self.explanation.isVisible()
        self.explanation.hide()
        self.bars.show()
        return was_open

    def open_side(self) -> None:
        """The explanation takes the room of the bars."""
        self.list.table.setFocus()
        self.bars.hide()

    def _lay_out(self) -> None:
        set_role(self.warnings, "warning")
        self.warnings.setWordWrap(True)
        self.warnings.hide()
        lists = QVBoxLayout()
        lists.setSpacing(tokens.TIGHT)
        lists.addWidget(self.my_work, 0, Qt.AlignmentFlag.AlignLeft)
        lists.addWidget(self.list, 1)
        lower = QHBoxLayout()
        lower.setSpacing(tokens.SNUG)
        lower.addLayout(lists, 3)
        lower.addWidget(self.bars, 1)
        lower.addWidget(self.explanation, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self.counts)
        column.addWidget(self.warnings)
        column.addLayout(self._tab_row())
        column.addLayout(lower, 1)
        column.addLayout(self._foot())

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.HAIR)
        group = QButtonGroup(self)
        for tab in TABS:
            button = hotkeys.hotkey_button(tab, partial(self.tab_chosen.emit, tab))
            button.setText(tab.words)  # its key, a digit, would be read as a number of cases
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(button, "narrow-tab")
            group.addButton(button)
            self.tabs[tab] = button
            row.addWidget(button)
        set_role(self._told, "muted")
        self._told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_role(self.clear_button, "flat")
        self.clear_button.clicked.connect(self.cleared)
        self.clear_button.hide()
        self.filters_button.setToolTip("用自己保存过的筛选列出办件")
        row.addSpacing(tokens.BASE)
        row.addWidget(self._told, 1)
        for other in (self.clear_button, self.filters_button):
            other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addSpacing(tokens.HAIR)
            row.addWidget(other)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        for hotkey in DEEDS:
            row.addWidget(self._deed_button(hotkey))
        hotkeys.rename(self.deeds[hotkeys.FIND], hotkeys.FIND, "查找")
        row.addStretch(1)
        set_role(self.as_of, "muted")
        row.addWidget(self.as_of)
        for hotkey in (hotkeys.RELOAD, hotkeys.WALL):
            row.addWidget(self._deed_button(hotkey))
        return row

    def _deed_button(self, hotkey: Hotkey) -> QPushButton:
        tell: Callable[[], None] = partial(self.deed.emit, hotkey)
        button = hotkeys.hotkey_button(hotkey, tell)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.deeds[hotkey] = button
        return button
