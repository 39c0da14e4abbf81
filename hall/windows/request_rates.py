"""统计: counts and rates of the requests , each with what it is made of; receipts for other systems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QFileDialog

from hall.clock import business_date
from hall.services import tables_export
from hall.services.request_counts import Rate, RequestRates
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.list_page import Facts
from hall.windows.kit.tables import Column
from hall.windows.pages import PageTools

RECEIVED = "这些天收到的件数"
SPANS = {"month": "本月", "last": "上月", "year": "本年"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the list: a count, or a rate with numerator and denominator; `target` only for the whole hall."""

    group: str
    title: str
    value: str
    made_of: str
    meaning: str
    target: str = ""


class RatesPage(DeedListPage[Figure]):
    """Nobody is ranked here and nobody has a target of his own: the figures are the hall's."""

    def __init__(self, tools: PageTools) -> None:
        self.dialog: QFileDialog | None = None
        super().__init__(tools, "统计", LISTED)

    def read(self, asked: Asked) -> tuple[Figure, ...]:
        """The figures of the days that are chosen."""
        first, last = span(asked.choice, business_date(self._tools.front.clock.now()))
        return tuple(figures_of(self._tools.front.requests.rates(first, last)))

    def acts(self, row: Figure) -> Sequence[str]:
        """A figure is read."""
        return ()

    def open_new(self, name: str) -> None:
        """导出回执: under which name."""
        self.dialog = ask_where(self, "诉求回执.xlsx", self.export_receipts)

    def export_receipts(self, name: str) -> None:
        """What became of the requests of other systems in the chosen days."""
        front, path = self._tools.front.requests, path_of(name)
        first, last = span(self.asked.choice, business_date(self._tools.front.clock.now()))

        def write() -> str:
            sheet = front.return_receipts(first, last)
            tables_export.write_tables(path, (sheet,))
            return f"已导出 {len(sheet.rows)} 条回执到 {path}"

        self.run_now(write, words="正在导出…", button=self.new_buttons["receipts"])


def span(choice: str, today: date) -> tuple[date, date]:
    """First and last day of what was chosen."""
    if choice == "year":
        return today.replace(month=1, day=1), today
    if choice == "last":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    return today.replace(day=1), today


def figures_of(rates: RequestRates) -> Iterator[Figure]:
    """Everything as lines, in the order in which it is read."""
    yield from (_figure("办理", each) for each in rates.rates)
    yield from (_figure("721", each) for each in rates.ways)
    for group, counts in (("类型", rates.kinds), ("类别", rates.categories)):
        yield from (Figure(group, title, f"{count} 件", "", RECEIVED) for title, count in counts if count)


def _figure(group: str, rate: Rate) -> Figure:
    value = f"{100 * rate.numerator / rate.denominator:.1f}%" if rate.denominator else "—"
    target = f"全大厅的目标 {rate.target}%，不分到单位和个人" if rate.target is not None else ""
    return Figure(group, rate.title, value, f"{rate.numerator} / {rate.denominator}", rate.meaning, target)


def _facts(row: Figure) -> tuple[str, Facts]:
    return row.title, (("数值", row.value), ("由来", row.made_of), ("含义", row.meaning), ("目标", row.target))


LISTED = ListOf[Figure](
    columns=[
        Column("组", lambda row: row.group, width=72),
        Column("指标", lambda row: row.title),
        Column("数值", lambda row: row.value, align="right", width=100),
        Column("分子 / 分母", lambda row: row.made_of, align="right", width=130),
    ],
    key=lambda row: (row.group, row.title),
    facts=_facts,
    empty="这些天没有收到诉求。",
    nothing="没有选中的指标",
    shares=(6, 4),
    new=(NewDeed("receipts", "导出回执", "request.exchange"),),
    choices=SPANS,
)
