"""The monthly report as tables and words: every figure with its numerator, denominator and population."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from hall.clock import hall_time
from hall.rules.case_balance import Balance
from hall.rules.case_figures import Figure, Section, Unit
from hall.rules.case_statistics import Compared, GroupFigures
from hall.services.case_report import MonthReport, NamedFigures
from hall.services.case_report_facts import OnTimeMonth
from hall.services.penalty_counts import NAMES as PENALTY_COUNTS
from hall.services.tables_export import Cell, SheetChart, SheetTable
from hall.words import REFUSAL_LIMBS

SECTIONS: Mapping[Section, str] = {
    "intake": "收件受理",
    "work": "办理结果",
    "timeliness": "时效",
    "quality": "质量",
    "supervision": "督办",
    "rating": "好差评",
    "request": "诉求",
}
UNITS: Mapping[Unit, str] = {"percent": "%", "days": "个工作日", "count": "件", "points": "分"}
TOTAL = "合计"
_GROUP_COLUMNS = ("收件", "受理", "现场勘查次数", "办结", "超期", "期末在办", "在办超期")
_ON_TIME = ("承诺件按时办结", "承诺件办结", "承诺件按时办结率(%)")
_COMPARISONS = ("上月", "环比", "上年同月", "同比")
_FIGURE_COLUMNS = ("类别", "指标", "数值", "单位", "分子", "分母", "分子含义", "总体（分母）", *_COMPARISONS)
POPULATION = (
    "办结以作出决定之日计入当月；即办件、承诺件、联办件分开；撤回、终止、不予受理不计入时效，单独列出；"
    "暂停件既不算提前也不算超期；联办的分办件不重复计件。"
)


def title_of(report: MonthReport) -> str:
    """2026年11月, with its last day while the month is running."""
    first, last = report.period.first, report.period.last
    until = "" if report.period.whole_month else f"（截至{last.month}月{last.day}日）"
    return f"{first.year}年{first.month}月{until}"


def value_words(figure: Figure) -> str:
    """12, 97.5%, 3.4 个工作日, 91.5 分; — where there is nothing to share."""
    if figure.value is None:
        return "—"
    if figure.unit == "percent":
        return f"{figure.value:.1%}"
    return f"{figure.value:,.0f}" if figure.unit == "count" else f"{figure.value:.1f} {UNITS[figure.unit]}"


def figure_words(figure: Figure) -> str:
    """97.5%（39/40）: the value with the two numbers it is made of."""
    if figure.denominator is None:
        return value_words(figure)
    return f"{value_words(figure)}（{figure.numerator:,}/{figure.denominator:,}）"


def change_words(compared: Compared, change: float | None) -> str:
    """+1.2 个百分点 of shares, −12.5% of counts and means; — where there is nothing to compare."""
    if change is None:
        return "—"
    tenths = round(change * 1000)
    if not tenths:
        return "持平"
    words = f"{'−' if tenths < 0 else '+'}{abs(tenths) / 10:.1f}"
    return f"{words} 个百分点" if compared.figure.unit == "percent" else f"{words}%"


def balance_words(balance: Balance) -> tuple[str, ...]:
    """The identities with their numbers, and whether each holds."""
    went = (
        ("办结", balance.done),
        ("不予受理", balance.refused),
        ("撤回", balance.withdrawn),
        ("终止", balance.terminated),
        ("在办未到期", balance.in_time),
        ("在办已超期", balance.overdue),
        ("等待补正", balance.supplementing),
        ("暂停", balance.paused),
    )
    sums = "＋".join(f"{name} {number}" for name, number in went)
    inflow = f"处理 {balance.dealt_with} ＝ 结转 {balance.carried}＋新收 {balance.new}"
    lines = [
        inflow + _verdict(balance.inflow_difference),
        f"处理 {balance.dealt_with} ＝ {sums}" + _verdict(balance.outflow_difference),
    ]
    if balance.brought is not None:
        lines.append(f"结转 {balance.carried} ＝ 上期期末未结 {balance.brought}" + _verdict(balance.carry_difference))
    return tuple(lines)


def _verdict(difference: int) -> str:
    return "，平衡" if not difference else f"，差 {difference}，请核对登记"


def refusal_words(limb: str) -> str:
    """The limb on which acceptance was refused."""
    return REFUSAL_LIMBS.get(limb, "未写明")


def matter_table(report: MonthReport) -> SheetTable:
    """The published layout: a line a matter."""
    table = _group_table("按事项", "事项", report.matters, report.statistics.total)
    return replace(table, chart=SheetChart("各事项受理和办结", ("受理", "办结"), len(report.matters)))


def department_table(report: MonthReport) -> SheetTable:
    """A line a department, with its rank and its score."""
    table = _group_table("按科室", "科室", report.departments, report.statistics.total)
    further = [(each.rank, *_score_cells(each)) for each in report.departments]
    rows = tuple((*row, *more) for row, more in zip(table.rows, (*further, (None,) * 5), strict=True))
    return SheetTable(table.title, (*table.columns, "名次", "蓝色督办单", "黄牌", "红牌", "月度得分"), rows)


def figure_table(report: MonthReport) -> SheetTable:
    """Every figure with what it is made of and what it was before."""
    return SheetTable("指标", _FIGURE_COLUMNS, tuple(_figure_row(each) for each in report.statistics.figures))


def report_tables(report: MonthReport) -> tuple[SheetTable, ...]:
    """All tables of the report."""
    return (
        matter_table(report),
        department_table(report),
        figure_table(report),
        _balance_table(report),
        year_table(report.year),
        _refusal_table(report),
        work_table(report),
        _penalty_table(report),
        _meanings(report),
    )


def _refusal_table(report: MonthReport) -> SheetTable:
    rows = tuple((refusal_words(limb), count) for limb, count in report.statistics.refusals.items())
    return SheetTable("不予受理情形", ("情形", "件数"), rows)


def _penalty_table(report: MonthReport) -> SheetTable:
    rows = tuple((PENALTY_COUNTS[key], number) for key, number in asdict(report.penalties).items())
    return SheetTable("处罚减免与公示", ("项目", "件数"), rows)


def work_table(report: MonthReport) -> SheetTable:
    """Everything the hall does, a line each, as the report to the district government tells it."""
    rows = tuple(
        (section.title, line.name, line.value, line.number, line.of, line.of_what)
        for section in report.work
        for line in section.lines
    )
    return SheetTable("各项工作", ("类别", "项目", "数值", "分子或数量", "分母", "总体（分母）"), rows)


def year_table(year: tuple[OnTimeMonth, ...]) -> SheetTable:
    """The twelve months of the chart."""
    rows = tuple(
        (f"{each.first:%Y-%m}", each.in_time, each.decided, _share(each.in_time, each.decided)) for each in year
    )
    chart = SheetChart("承诺件按时办结率(%)", (_ON_TIME[-1],), len(rows))
    return SheetTable("近12个月", ("月份", *_ON_TIME), rows, chart)


def report_values(report: MonthReport) -> dict[str, object]:
    """The report as JSON has it."""
    balance, period = report.statistics.balance, report.period
    return {
        "hall": report.hall,
        "month": f"{period.first:%Y-%m}",
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "complete": period.whole_month,
        "as_of": report.as_of.isoformat(),
        "population": POPULATION,
        "balance": {**_balance_values(balance), "holds": balance.holds},
        "figures": [_figure_values(each) for each in report.statistics.figures],
        "by_matter": [{"name": each.name, **_group_values(each.figures)} for each in report.matters],
        "by_department": [
            {"name": each.name, "rank": each.rank, **_score_values(each), **_group_values(each.figures)}
            for each in report.departments
        ],
        "total": _group_values(report.statistics.total),
        "without_business": list(report.idle),
        "refusals": dict(report.statistics.refusals),
        "undatable": report.statistics.undatable,
        "year": [
            {"month": f"{each.first:%Y-%m}", "in_time": each.in_time, "decided": each.decided} for each in report.year
        ],
        "tickets": report.visitors.tickets,
        "enquiries": report.visitors.enquiries,
        "penalties": asdict(report.penalties),
        "work": [
            {
                "title": each.title,
                "lines": [{"name": line.name, "count": line.number, "of": line.of} for line in each.lines],
            }
            for each in report.work
        ],
    }


def _group_table(title: str, kind: str, groups: tuple[NamedFigures, ...], total: GroupFigures) -> SheetTable:
    named = (*((each.name, each.figures) for each in groups), (TOTAL, total))
    return SheetTable(title, (kind, *_GROUP_COLUMNS, *_ON_TIME), tuple((name, *_cells(each)) for name, each in named))


def _cells(figures: GroupFigures) -> tuple[Cell, ...]:
    on_time, of = figures.on_time.numerator, figures.on_time.denominator or 0
    return (
        figures.received,
        figures.accepted,
        figures.visits,
        figures.done,
        figures.overdue,
        figures.in_hand,
        figures.overdue_in_hand,
        on_time,
        of,
        _share(on_time, of),
    )


def _score_cells(each: NamedFigures) -> tuple[Cell, ...]:
    score = each.score
    return (None,) * 4 if score is None else (score.blue, score.yellow, score.red, score.points)


def _score_values(each: NamedFigures) -> dict[str, Cell]:
    return dict(zip(("blue_cards", "yellow_cards", "red_cards", "score"), _score_cells(each), strict=True))


def _share(numerator: int, denominator: int) -> float | None:
    """In percent, to a tenth."""
    return round(numerator / denominator * 100, 1) if denominator else None


def _figure_row(compared: Compared) -> tuple[Cell, ...]:
    figure = compared.figure
    return (
        SECTIONS[figure.section],
        figure.name,
        _value(figure),
        UNITS[figure.unit],
        figure.numerator,
        figure.denominator,
        figure.counted,
        figure.population,
        None if compared.month_before is None else _value(compared.month_before),
        change_words(compared, compared.month_change),
        None if compared.year_before is None else _value(compared.year_before),
        change_words(compared, compared.year_change),
    )


def _value(figure: Figure) -> float | None:
    if figure.value is None:
        return None
    return round(figure.value * 100, 1) if figure.unit == "percent" else round(figure.value, 2)


def _balance_table(report: MonthReport) -> SheetTable:
    balance = report.statistics.balance
    rows = tuple((_BALANCE[key], number) for key, number in _balance_values(balance).items())
    checks = tuple((words, None) for words in balance_words(balance))
    return SheetTable("平衡关系", ("项目", "件数"), (*rows, *checks))


_BALANCE = {
    "carried": "结转",
    "new": "新收",
    "dealt_with": "处理",
    "done": "办结",
    "refused": "不予受理",
    "withdrawn": "撤回",
    "terminated": "终止",
    "in_time": "在办未到期",
    "overdue": "在办已超期",
    "supplementing": "等待补正",
    "paused": "暂停",
    "brought": "上期期末未结",
}


def _balance_values(balance: Balance) -> dict[str, int | None]:
    return {key: getattr(balance, key) for key in _BALANCE}


def _figure_values(compared: Compared) -> dict[str, object]:
    figure = compared.figure
    before, year = compared.month_before, compared.year_before
    return {
        "key": figure.key,
        "section": figure.section,
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "counted": figure.counted,
        "population": figure.population,
        "month_before": None if before is None else before.value,
        "month_change": compared.month_change,
        "year_before": None if year is None else year.value,
        "year_change": compared.year_change,
    }


def _group_values(figures: GroupFigures) -> dict[str, int | None]:
    return {
        "received": figures.received,
        "accepted": figures.accepted,
        "visits": figures.visits,
        "done": figures.done,
        "overdue": figures.overdue,
        "in_hand": figures.in_hand,
        "overdue_in_hand": figures.overdue_in_hand,
        "on_time": figures.on_time.numerator,
        "on_time_of": figures.on_time.denominator,
    }


def _meanings(report: MonthReport) -> SheetTable:
    about: tuple[tuple[Cell, ...], ...] = (
        ("大厅", report.hall),
        ("月份", title_of(report)),
        ("统计时刻", f"{hall_time(report.as_of):%Y-%m-%d %H:%M}"),
        ("总体", POPULATION),
        ("到期日待定", f"{report.statistics.undatable} 件因放假安排未录入没有到期日，不计入时效"),
        ("本期取号", report.visitors.tickets),
        ("本期咨询", report.visitors.enquiries),
        ("无业务事项", "、".join(report.idle) or "无"),
        ("月度得分", "由督办单扣分而来（monthly_score.toml），申辩成立的不扣；公开、收费、态度等由人评的不在内"),
        ("环比、同比", "与上月、上年同月的同一段日期相比；百分率比较差值（百分点），件数和天数比较增减幅度"),
    )
    return SheetTable("口径", ("项目", "说明"), about)
