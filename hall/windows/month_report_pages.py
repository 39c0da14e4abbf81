"""The pages of the monthly report: the month at a glance, every figure, a line a matter or a department."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from hall.rules.case_figures import Figure
from hall.rules.case_statistics import Compared, GroupFigures
from hall.rules.work_report import WorkLine
from hall.services.case_report import MonthReport, NamedFigures
from hall.services.case_report_tables import SECTIONS, balance_words, change_words, figure_words, value_words
from hall.services.penalty_counts import penalty_lines
from hall.windows.kit import tokens
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.month_report_charts import BalanceBar, MatterChart, MatterLegend, ShareChart

# What stands on top of the page: key of the figure → a title that fits.
TILES = {
    "accepted": "受理",
    "done": "办结",
    "on_time_promised": "承诺件按时办结率",
    "on_time_immediate": "即办件按时办结率",
    "overdue_rate": "逾期率",
    "mean_days": "承诺件平均用时",
    "supplement_rate": "补正率",
    "satisfied_rate": "满意率",
}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the report to the government, under its section."""

    title: str
    line: WorkLine


class FigureTile(QWidget):
    """One figure: its title, its value, and what it is made of with the change against the month before."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.value, self.parts = QLabel(title), QLabel("–"), QLabel()
        set_role(self.title, "muted")
        set_role(self.value, "figure")
        set_role(self.parts, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.title, self.value, self.parts):
            column.addWidget(label)

    def show_figure(self, compared: Compared) -> None:
        """Another month's."""
        figure = compared.figure
        self.value.setText(value_words(figure).removesuffix(" 个工作日") + (" 日" if figure.unit == "days" else ""))
        change = change_words(compared, compared.month_change).replace(" 个百分点", " 点")
        made_of = "" if figure.denominator is None else f"{figure.numerator:,}/{figure.denominator:,}"
        self.parts.setText("　".join(each for each in (made_of, f"环比 {change}") if each))
        self.setToolTip(_hint(figure))


class OverviewPage(QWidget):
    """Figures, the balance, the matters and the year."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles = {key: FigureTile(title) for key, title in TILES.items()}
        self.balance_bar, self.balance = BalanceBar(), QLabel()
        self.matter_chart, self.year_chart = MatterChart(), ShareChart()
        self.departments = _group_table("科室", short=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(self._tiles_card())
        column.addWidget(self._balance_card())
        lower = QHBoxLayout()
        lower.setSpacing(tokens.SNUG)
        lower.addWidget(self._matters_card(), 1)
        lower.addLayout(self._right_column(), 1)
        column.addLayout(lower, 1)

    def show_report(self, report: MonthReport) -> None:
        """Another month."""
        for compared in report.statistics.figures:
            if compared.figure.key in self.tiles:
                self.tiles[compared.figure.key].show_figure(compared)
        balance = report.statistics.balance
        self.balance_bar.show_balance(balance)
        self.balance.setText("　".join(balance_words(balance)[::2]) if balance.holds else _faults(report))
        set_role(self.balance, "muted" if balance.holds else "warning")
        self.matter_chart.show_matters(report.matters)
        self.year_chart.show_year(report.year)
        self.departments.show_rows(report.departments)

    def begin(self) -> None:
        """The keyboard goes to the departments."""
        self.departments.setFocus()

    def _tiles_card(self) -> QFrame:
        card, row = QFrame(), QHBoxLayout()
        set_role(card, "card")
        card.setLayout(row)
        row.setContentsMargins(tokens.BASE, tokens.TIGHT, tokens.BASE, tokens.TIGHT)
        row.setSpacing(tokens.SNUG)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        return card

    def _balance_card(self) -> QFrame:
        title = QLabel("处理件去向")
        set_role(title, "lead")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addSpacing(tokens.BASE)
        head.addWidget(self.balance)
        head.addStretch(1)
        return _card(head, self.balance_bar)

    def _matters_card(self) -> QFrame:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        set_role(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, tokens.TIGHT, 0)
        column.addWidget(self.matter_chart)
        column.addStretch(1)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        return _card(MatterLegend("各事项受理和办结（件）"), area)

    def _right_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(tokens.SNUG)
        column.addWidget(_card(self.year_chart), 1)
        column.addWidget(self.departments, 1)
        return column


class FiguresPage(QWidget):
    """Every figure with numerator, denominator, population and what it was before; below them counts of penalties."""

    def __init__(self) -> None:
        super().__init__()
        self.table = _figure_table()
        self.penalties = QLabel()
        self.penalties.setWordWrap(True)
        _fill(self, self.table, self.penalties)

    def show_report(self, report: MonthReport) -> None:
        """Another month."""
        self.table.show_rows(report.statistics.figures)
        lines = penalty_lines(report.penalties)
        self.penalties.setVisible(bool(lines))
        self.penalties.setText("　　".join(f"{subject}：{words}" for subject, words in lines))

    def begin(self) -> None:
        """The keyboard goes to the figures."""
        self.table.setFocus()


class GroupsPage(QWidget):
    """A line a matter or a department, in the published layout."""

    def __init__(self, title: str, rows_of: Callable[[MonthReport], tuple[NamedFigures, ...]]) -> None:
        super().__init__()
        self._rows_of = rows_of
        self.total = QLabel()
        set_role(self.total, "lead")
        self.table = _group_table(title)
        _fill(self, self.total, self.table)

    def show_report(self, report: MonthReport) -> None:
        """Another month."""
        self.table.show_rows(self._rows_of(report))
        total = report.statistics.total
        self.total.setText(
            f"合计：收件 {total.received:,}　受理 {total.accepted:,}　现场勘查 {total.visits:,}　办结 {total.done:,}　"
            f"超期 {total.overdue:,}　期末在办 {total.in_hand:,}　承诺件按时办结 {figure_words(total.on_time)}"
        )

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()


class WorkPage(QWidget):
    """All work of the hall, a line a count or a share; what is issued from here is the report to the government."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table[WorkRow](
            [
                Column("类别", lambda row: row.title, width=164),
                Column("项目", lambda row: row.line.name, width=220),
                Column("数值", lambda row: row.line.value, "right", 112, lambda row: row.line.count),
                Column("分子/分母", lambda row: row.line.parts, "right", 128),
                Column("总体（分母）", lambda row: row.line.of_what),
            ],
            lambda row: f"{row.title} {row.line.name}",
            empty="正在统计这个月的各项工作。",
        )
        _fill(self, self.table)

    def show_report(self, report: MonthReport) -> None:
        """Another month."""
        self.table.show_rows(tuple(WorkRow(each.title, line) for each in report.work for line in each.lines))

    def begin(self) -> None:
        """The keyboard goes to the list."""
        self.table.setFocus()


def _fill(page: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.TIGHT)
    for widget in widgets:
        column.addWidget(widget)


def _card(*parts: QWidget | QHBoxLayout) -> QFrame:
    card = QFrame()
    set_role(card, "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(tokens.SNUG, tokens.TIGHT, tokens.SNUG, tokens.TIGHT)
    column.setSpacing(tokens.HAIR)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return card


def _faults(report: MonthReport) -> str:
    return "；".join(line for line in balance_words(report.statistics.balance) if not line.endswith("平衡"))


def _hint(figure: Figure) -> str:
    if figure.denominator is None:
        return f"{figure.name}：{figure.population}"
    return f"{figure.name} ＝ {figure.counted} ÷ {figure.population}"


def _figure_table() -> Table[Compared]:
    return Table[Compared](
        [
            Column("类别", lambda row: SECTIONS[row.figure.section], width=84),
            Column("指标", lambda row: row.figure.name, width=164),
            Column("数值", lambda row: value_words(row.figure), "right", 112, lambda row: row.figure.value or 0.0),
            Column("分子/分母", _parts_words, "right", 112, lambda row: row.figure.numerator),
            Column(
                "环比",
                lambda row: change_words(row, row.month_change),
                "right",
                116,
                lambda row: row.month_change or 0.0,
            ),
            Column(
                "同比", lambda row: change_words(row, row.year_change), "right", 116, lambda row: row.year_change or 0.0
            ),
            Column("分子", lambda row: row.figure.counted, width=216),
            Column("总体（分母）", lambda row: row.figure.population),
        ],
        lambda row: row.figure.key,
        empty="正在统计这个月的各项指标。",
    )


def _parts_words(row: Compared) -> str:
    figure = row.figure
    return "" if figure.denominator is None else f"{figure.numerator:,}/{figure.denominator:,}"


def _group_table(title: str, *, short: bool = False) -> Table[NamedFigures]:
    counts = [
        _count("收件", lambda figures: figures.received, "本期收到的申请"),
        _count("受理", lambda figures: figures.accepted, "本期受理的办件"),
        _count("勘查", lambda figures: figures.visits, "本期进行的现场勘查次数"),
        _count("办结", lambda figures: figures.done, "本期作出决定的办件"),
        _count("超期", lambda figures: figures.overdue, "逾期办结＋期末在办已超期"),
        _count("在办", lambda figures: figures.in_hand, "期末未结的办件"),
        _count("在办超期", lambda figures: figures.overdue_in_hand, "期末在办中已超过承诺时限的", width=76),
    ]
    on_time: Column[NamedFigures] = Column(
        "承诺件按时办结率",
        lambda row: figure_words(row.figures.on_time),
        "right",
        152,
        lambda row: row.figures.on_time.value or 0.0,
        hint="承诺时限内办结 ÷ 本期办结承诺件",
    )
    rank: Column[NamedFigures] = Column(
        "名次", lambda row: "—" if row.rank is None else str(row.rank), "right", 52, lambda row: row.rank or 1_000
    )
    shown = [counts[1], counts[3], counts[4], counts[5]] if short else counts
    name: Column[NamedFigures] = Column(title, lambda row: row.name)
    score: Column[NamedFigures] = Column(
        "得分", _score_words, "right", 60, lambda row: row.score.points if row.score else -1, hint=_SCORE_HINT
    )
    columns = [name, *shown, on_time, *([rank, score] if title == "科室" else [])]
    return Table[NamedFigures](
        columns, lambda row: row.key, empty="这个月还没有办件。窗口收件后，各事项和科室列在这里。"
    )


_SCORE_HINT = "月度得分：由督办单扣分而来，申辩成立的不扣；公开、收费、态度等由人评的不在内"


def _score_words(row: NamedFigures) -> str:
    return "—" if row.score is None else str(row.score.points)


def _count(title: str, number: Callable[[GroupFigures], int], hint: str, *, width: int = 60) -> Column[NamedFigures]:
    return Column(
        title, lambda row: str(number(row.figures)), "right", width, lambda row: number(row.figures), hint=hint
    )
