"""`hall report`: what a hall reports about itself, as a table to read, as JSON, or as a file for Excel."""

import argparse
import json
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hall.commands.session import add_user_argument, open_session

if TYPE_CHECKING:
    from hall.commands.session import Session
    from hall.services.case_report import MonthReport
    from hall.services.statistics import DayReport
    from hall.services.tables_export import Cell, SheetTable

_MONTH = re.compile(r"([12]\d{3})-(0?[1-9]|1[0-2])", re.ASCII)
# The figures of the table on the screen; the files have all of them.
_SHOWN = ("taken", "called", "served", "waiting_mean", "waiting_longest", "service_mean", "no_show", "idle")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One report a word: `day`, `rating`, `month`."""
    reports = parser.add_subparsers(dest="report", required=True, metavar="报表")
    day = reports.add_parser("day", help="排队日报")
    day.add_argument("day", type=_day, metavar="YYYY-MM-DD", help="营业日")
    day.set_defaults(make=_make_day)
    rating = reports.add_parser("rating", help="好差评汇总")
    rating.add_argument("first", type=_day, metavar="YYYY-MM-DD", help="起始日")
    rating.add_argument("last", type=_day, metavar="YYYY-MM-DD", help="截止日")
    rating.set_defaults(make=_make_rating)
    month = reports.add_parser("month", help="办件月报")
    month.add_argument("month", type=_month, metavar="YYYY-MM", help="月份")
    month.set_defaults(make=_make_month)
    for each in (day, rating, month):
        each.add_argument("--json", action="store_true", help="输出 JSON")
        each.add_argument("--xlsx", type=Path, metavar="FILE", help="另存为 Excel 文件")
        each.add_argument("--csv", type=Path, metavar="FILE", help="另存为 CSV 文件")
        add_user_argument(each)


def execute(arguments: argparse.Namespace) -> int:
    """Sign in, make the report, print it and write the files that are wanted."""
    with open_session(arguments) as session:
        print(arguments.make(session, arguments))
    return 0


def _make_day(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.day_tables import report_tables, report_values
    from hall.services.queue_policy import queue_policy
    from hall.services.statistics import day_breaches, day_report

    policy = queue_policy(session.settings.home)
    report = day_report(session.store, session.actor, day=arguments.day, policy=policy)
    breaches = day_breaches(session.store, session.actor, day=arguments.day)
    _write(report_tables(report), (arguments.xlsx, arguments.csv))
    if arguments.json:
        return json.dumps({**report_values(report), "breaches": list(breaches)}, ensure_ascii=False)
    return day_text(report, breaches)


def _make_rating(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.rating_figures import summary
    from hall.services.rating_tables import rating_tables, rating_values

    found = summary(session.store, session.actor, first=arguments.first, last=arguments.last)
    tables = rating_tables(found)
    _write(tables, (arguments.xlsx, arguments.csv))
    if arguments.json:
        return json.dumps(rating_values(found), ensure_ascii=False)
    blocks = ["\n".join(_aligned([list(row) for row in (table.columns, *table.rows)])) for table in tables]
    return "\n\n".join((f"好差评汇总 {arguments.first} 至 {arguments.last}", *blocks))


def _make_month(session: "Session", arguments: argparse.Namespace) -> str:
    from hall.services.case_report import month_report
    from hall.services.case_report_tables import report_tables, report_values

    first: date = arguments.month
    home = session.settings.home
    report = month_report(session.store, session.actor, year=first.year, month=first.month, home=home)
    _write(report_tables(report), (arguments.xlsx, arguments.csv))
    return json.dumps(report_values(report), ensure_ascii=False) if arguments.json else month_text(report)


def _write(tables: tuple["SheetTable", ...], files: tuple[Path | None, ...]) -> None:
    from hall.services.tables_export import write_tables

    for path, suffix in zip(files, (".xlsx", ".csv"), strict=True):
        if path is not None:
            named = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
            write_tables(named, tables)
            print(f"已存 {named}", file=sys.stderr)


def day_text(report: "DayReport", breaches: tuple[str, ...]) -> str:
    """The day report as a person reads it."""
    from hall.clock import hall_time
    from hall.services.day_tables import FIGURES, GROUPS, group_table, rate_words

    titles = [figure.title for figure in FIGURES]
    wanted = [0, *(titles.index(figure.title) + 1 for figure in FIGURES if figure.key in _SHOWN)]
    total = report.total
    lines = [
        f"{report.hall} 排队日报 {report.day.isoformat()}（统计到 {hall_time(report.until):%H:%M}）",
        f"取号 {total.taken}，办结 {total.served}，作废 {total.cancelled}，未办结 {total.unfinished}，"
        f"在途 {total.open_tickets}；办结率 {rate_words(total.served_rate)}",
        f"超时等候 {rate_words(total.waiting.over_rate)}，超时办理 {rate_words(total.service.over_rate)}，"
        f"过号 {rate_words(total.no_show)}，点呼 {rate_words(total.out_of_order)}，忘记办结 {total.inaccurate}",
    ]
    for group in GROUPS:
        table = group_table(report, group)
        rows = [[row[place] for place in wanted] for row in (table.columns, *table.rows)]
        lines += ["", *_aligned(rows)]
    lines += ["", *(f"暂停 {reason} {each.count} 次" for reason, each in total.pauses.items())]
    checked = [f"核对发现：{sentence}" for sentence in breaches] or ["核对：号码、窗口和结束都对得上。"]
    return "\n".join((*lines, *checked))


def month_text(report: "MonthReport") -> str:
    """The monthly report as a person reads it: the balance, a line a matter and a department, every figure."""
    from hall.services.case_report_tables import (
        POPULATION,
        balance_words,
        change_words,
        department_table,
        figure_words,
        matter_table,
        title_of,
    )

    figures: list[list[Cell]] = [["指标", "数值（分子/分母）", "环比", "同比", "总体"]]
    for each in report.statistics.figures:
        changes = (change_words(each, each.month_change), change_words(each, each.year_change))
        figures.append([each.figure.name, figure_words(each.figure), *changes, each.figure.population])
    lines = [f"{report.hall} 统计月报 {title_of(report)}", POPULATION, *balance_words(report.statistics.balance)]
    for table in (matter_table(report), department_table(report)):
        lines += ["", *_aligned([list(row) for row in (table.columns, *table.rows)])]
    return "\n".join((*lines, "", *_aligned(figures, words=(0, 4))))


def _aligned(rows: list[list["Cell"]], *, words: tuple[int, ...] = (0,)) -> list[str]:
    """Columns as wide as their widest cell, words on the left, figures on the right."""
    cells = [["–" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(_width(row[place]) for row in cells) for place in range(len(cells[0]))]
    lines = (
        "  ".join(_padded(cell, widths[place], left=place in words) for place, cell in enumerate(row)) for row in cells
    )
    return [line.rstrip() for line in lines]


def _padded(text: str, width: int, *, left: bool) -> str:
    blank = " " * (width - _width(text))
    return text + blank if left else blank + text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2026-11-23") from None


def _month(text: str) -> date:
    """The first day of a month; a year of two digits is none: it would be read as one of antiquity, without data."""
    written = _MONTH.fullmatch(text)
    if written is None:
        raise argparse.ArgumentTypeError(f"“{text}”不是月份，应写成 2026-11")
    return date(int(written[1]), int(written[2]), 1)
