"""The day report as tables: titles of the figures, what each means, and their values for lists, paper and files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hall.clock import hall_time
from hall.rules.queue_statistics import Figures, Lengths, Rate
from hall.services.statistics import DayReport, GroupRow
from hall.services.tables_export import Cell, SheetTable

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of the statistics: its name in files and JSON, its title, its value, and what is counted."""

    key: str
    title: str
    value: Callable[[Figures], Cell]
    meaning: str


def _rate(key: str, titles: tuple[str, str, str], rate: Callable[[Figures], Rate], meaning: str) -> tuple[Figure, ...]:
    """A rate is three columns: numerator, denominator, share in percent."""
    return (
        Figure(key, titles[0], lambda figures: rate(figures).numerator, meaning),
        Figure(f"{key}_of", titles[1], lambda figures: rate(figures).denominator, f"{titles[2]}的分母"),
        Figure(f"{key}_percent", titles[2], lambda figures: percent(rate(figures)), f"{titles[0]} ÷ {titles[1]}"),
    )


def _lengths(key: str, title: str, lengths: Callable[[Figures], Lengths], meaning: str) -> tuple[Figure, ...]:
    return (
        Figure(f"{key}_mean", f"平均{title}(分)", lambda figures: minutes(lengths(figures).mean), f"{meaning}的平均"),
        Figure(f"{key}_longest", f"最长{title}(分)", lambda figures: _longest(lengths(figures)), f"{meaning}的最大值"),
    )


def minutes(length: timedelta | None) -> float | None:
    """To a tenth of a minute."""
    return None if length is None else round(length / _MINUTE, 1)


def percent(rate: Rate) -> float | None:
    """To a tenth of a percent."""
    return None if rate.share is None else round(rate.share * 100, 1)


def rate_words(rate: Rate) -> str:
    """3/58（5.2%）: a share with what it is made of."""
    share = percent(rate)
    return f"{rate.numerator}/{rate.denominator}" + ("" if share is None else f"（{share}%）")


def _longest(lengths: Lengths) -> float | None:
    return minutes(lengths.longest) if lengths.count else None


FIGURES: tuple[Figure, ...] = (
    Figure("taken", "取号", lambda f: f.taken, "抽出的号，含直接办理的"),
    Figure("called", "叫到", lambda f: f.called, "至少叫过一次的号；一号只计一次"),
    Figure("served", "办结", lambda f: f.served, "全部事项办完的号"),
    Figure("matters_done", "办结事项", lambda f: f.matters_done, "办完的事项；一号多事的各计一次"),
    Figure("cancelled", "作废", lambda f: f.cancelled, "作废的号"),
    Figure("unfinished", "未办结", lambda f: f.unfinished, "日终时没有办完的号"),
    Figure("open", "在途", lambda f: f.open_tickets, "取号 − 办结 − 作废 − 未办结"),
    *_lengths("waiting", "等候", lambda f: f.waiting, "从取号（预约从预约时间）到第一次呼叫，不小于 0"),
    *_rate(
        "waiting_over", ("超时等候", "叫到的号", "超时等候率(%)"), lambda f: f.waiting.over_rate, "等候超过参数的号"
    ),
    *_lengths("way", "到窗", lambda f: f.way, "从呼叫（不含重呼）到确认到窗口或开始办理"),
    *_lengths("service", "办理", lambda f: f.service, "从开始办理（没按则从到窗口、再则从呼叫）到办完或转出，不含挂起"),
    *_rate(
        "service_over", ("超时办理", "办理次数", "超时办理率(%)"), lambda f: f.service.over_rate, "办理超过参数的次数"
    ),
    Figure("inaccurate", "忘记办结", lambda f: f.inaccurate, "办理长得不合常理或到日终没有结束；时长不计入平均"),
    Figure("idle", "空闲(分)", lambda f: minutes(f.idle.total), "窗口开放、没有号，却有它能叫的人在等的时间"),
    Figure("pause", "暂停(分)", lambda f: minutes(f.pause.total), "暂停服务的时间"),
    Figure("recalled", "重呼", lambda f: f.recalled, "重呼的次数"),
    *_rate("no_show", ("过号", "呼叫次数", "过号率(%)"), lambda f: f.no_show, "过号的次数"),
    *_rate("given", ("点呼", "呼叫总数", "点呼率(%)"), lambda f: f.out_of_order, "不按次序点名呼叫的次数"),
    Figure("given_back", "预览退回", lambda f: f.given_back, "预览后没有呼叫、退回排队的次数"),
    Figure("transferred", "转移", lambda f: f.transferred, "转到别的事项或窗口的次数"),
    Figure("misprinted", "未打印", lambda f: f.misprinted, "小票没有打出的次数"),
)

GROUPS: dict[str, tuple[str, Callable[[DayReport], tuple[GroupRow, ...]]]] = {
    "hour": ("时段", lambda report: report.hours),
    "counter": ("窗口", lambda report: report.counters),
    "clerk": ("人员", lambda report: report.clerks),
    "matter": ("事项", lambda report: report.matters),
}


def group_table(report: DayReport, group: str) -> SheetTable:
    """The figures by hour, counter, clerk or matter, with the day's own below them."""
    title, rows_of = GROUPS[group]
    rows = (*rows_of(report), GroupRow("合计", report.total))
    columns = (title, *(figure.title for figure in FIGURES))
    return SheetTable(f"按{title}", columns, tuple((row.name, *_values(row.figures)) for row in rows))


def report_tables(report: DayReport) -> tuple[SheetTable, ...]:
    """All tables of the report, pauses by reason and what the figures mean."""
    return (*(group_table(report, group) for group in GROUPS), _pauses(report), _meanings(report))


def report_values(report: DayReport) -> dict[str, object]:
    """The report as JSON has it."""
    return {
        "hall": report.hall,
        "day": report.day.isoformat(),
        "until": report.until.isoformat(),
        "total": _keyed(report.total),
        **{
            f"by_{group}": [{"name": row.name, **_keyed(row.figures)} for row in rows_of(report)]
            for group, (_, rows_of) in GROUPS.items()
        },
        "pauses": [
            {"reason": reason, "count": each.count, "minutes": minutes(each.total)}
            for reason, each in report.total.pauses.items()
        ],
        "longest_queue": {f"{hour:02d}": most for hour, most in sorted(report.peaks.items())},
    }


def _keyed(figures: Figures) -> dict[str, Cell]:
    return {figure.key: figure.value(figures) for figure in FIGURES}


def _values(figures: Figures) -> tuple[Cell, ...]:
    return tuple(figure.value(figures) for figure in FIGURES)


def _pauses(report: DayReport) -> SheetTable:
    rows = [
        (row.name, reason, each.count, minutes(each.total), minutes(each.longest))
        for row in (*report.counters, GroupRow("合计", report.total))
        for reason, each in row.figures.pauses.items()
    ]
    return SheetTable("暂停原因", ("窗口", "原因", "次数", "共(分)", "最长(分)"), tuple(rows))


def _meanings(report: DayReport) -> SheetTable:
    about = (
        ("大厅", report.hall),
        ("日期", report.day.isoformat()),
        ("统计到", f"{hall_time(report.until):%Y-%m-%d %H:%M}"),
        ("归属", "每个数只归一个窗口、一名人员、一个事项、一个时段；等候归叫到的时段，办理归办完的时段"),
    )
    return SheetTable("口径", ("指标", "含义"), (*about, *((each.title, each.meaning) for each in FIGURES)))
