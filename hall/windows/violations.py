"""裁量基准: every violation with tiers, lists and conflicts, found by word; legal review enters what was published."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from hall.clock import business_date
from hall.services.tables_export import SheetTable
from hall.services.violations import ViolationView
from hall.windows.deed_list import Asked, DeedListPage, ListOf, RowDeed
from hall.windows.pages import PageTools, WindowPage
from hall.windows.pages_window import PageOf, PagesOf
from hall.windows.violation_page import ViolationPage
from hall.windows.violation_parts import COLUMNS, EMPTY, PublicationPanel, matches, tier_sheet
from hall.words import BENCHMARK_STANDINGS


class ViolationsPage(DeedListPage[ViolationView]):
    """Those of one standing, the violation's own page beside them; publishing is the act of legal review."""

    def __init__(self, tools: PageTools, title: str, standings: Collection[str]) -> None:
        self._standings = standings
        self.violation = ViolationPage()
        super().__init__(tools, title, LISTED)
        self.panel = PublicationPanel(tools)
        self.panel.submitted.connect(lambda: self.run(self.panel, self.panel.deed()))
        tools.work.quietly(tools.front.violations.simple_limits, self.violation.show_simple, owner=self)

    def read(self, asked: Asked) -> tuple[ViolationView, ...]:
        """Those with all the words."""
        views = self._tools.front.violations.listed()
        return tuple(view for view in views if view.standing in self._standings and matches(view, asked.text))

    def acts(self, row: ViolationView) -> tuple[str, ...]:
        """What is not published can be."""
        return ("publish",) if row.entry.published_on is None else ()

    def counts(self, row: ViolationView) -> bool:
        """The number on the tab is that of its rows."""
        return True

    def come_from(self, left: WindowPage) -> None:
        """What is looked for stays when the filter is another."""
        if isinstance(left, ViolationsPage):
            self.look_for(left.asked.text)

    def open_row(self, name: str, row: ViolationView) -> None:
        """All that are selected and not published, under one number."""
        chosen = tuple(view for view in self.list.table.selected_rows if view.entry.published_on is None)
        self.panel.ask(chosen, today=business_date(self._tools.front.clock.now()))
        self.side.open(self.panel)

    def below(self) -> QWidget:
        """The violation's page."""
        return self.violation

    @Slot(object)
    def show_below(self, row: ViolationView | None) -> None:
        """The selected violation."""
        self.violation.show_violation(row)

    def turn(self, pages: int) -> None:
        """The violation's page goes on."""
        self.violation.turn(pages)

    def sheets(self) -> tuple[SheetTable, ...]:
        """What is listed, and all its tiers."""
        return (self.list.table.as_sheet("案由"), tier_sheet(self.list.table.rows))


LISTED = ListOf[ViolationView](
    columns=COLUMNS,
    key=lambda view: view.violation_id,
    facts=None,
    empty=EMPTY,
    nothing="没有选中的案由",
    shares=(5, 6),
    deeds=(RowDeed("publish", "登记公布", "violation.publish"),),
    search="编码、案由、条文、对象、情形，几个词用空格隔开",
    many=True,
)


def _of(title: str, *standings: str) -> partial[ViolationsPage]:
    return partial(ViolationsPage, title=title, standings=standings)


PAGES = PagesOf(
    "裁量基准",
    (
        PageOf("可以使用", "violation.read", _of("可以使用的裁量基准", "usable")),
        PageOf("未公布", "violation.read", _of("未公布的裁量基准", "unpublished")),
        PageOf("不能使用", "violation.read", _of("不能使用的裁量基准", "coming", "ended", "superseded")),
        PageOf("全部", "violation.read", _of("全部裁量基准", *BENCHMARK_STANDINGS)),
    ),
    frozenset({"violation"}),
)
