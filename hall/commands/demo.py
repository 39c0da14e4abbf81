"""`hall demo`: a scripted visit, a whole day or a month on a throw-away database, or the launcher to try by hand."""

import argparse
import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.demo.day import DayOutcome
    from hall.demo.month import MonthOutcome


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Without a script and with a screen the launcher opens; without a screen the visit is played."""
    parser.add_argument(
        "script", nargs="?", choices=("visit", "day", "month"), help="按脚本演示一次来访，快放一天或一个月"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="把截图、文书、小票和 summary.json 留在这里")
    parser.add_argument(
        "--tickets", type=_number_from(10), default=600, metavar="N", help="day：取号的人数（默认 600）"
    )
    parser.add_argument("--counters", type=_number_from(3), default=8, metavar="N", help="day：窗口数（默认 8）")
    parser.add_argument(
        "--seconds", type=_number_from(10), default=150, metavar="N", help="day：一天放多少秒（默认 150）"
    )
    parser.add_argument("--cases", type=_number_from(10), default=2000, metavar="N", help="month：办件数（默认 2000）")


def execute(arguments: argparse.Namespace) -> int:
    """Play, or open; the throw-away database is gone afterwards."""
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or os.name == "nt"
    if not has_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if arguments.out is not None:
        arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hall-demo-") as folder:
        if arguments.script == "day":
            return _play_day(arguments, Path(folder))
        if arguments.script == "month":
            return _play_month(arguments, Path(folder))
        if has_screen and arguments.script is None and arguments.out is None:
            from hall.demo.launcher import open_demo

            return open_demo(Path(folder))
        from hall.demo.visit import play_visit

        summary = play_visit(Path(folder), arguments.out)
    for line in summary.lines:
        print(line)
    if arguments.out:
        print(f"截图、文书和小票在 {arguments.out.resolve()}")
    return 0


def _play_day(arguments: argparse.Namespace, folder: Path) -> int:
    """The day, its report and the verdict; exit status 1 if something does not hold."""
    from hall.commands.report import day_text
    from hall.demo.day import play_day
    from hall.demo.day_clock import DayPlan

    plan = DayPlan(arguments.tickets, arguments.counters, arguments.seconds)
    print(f"{plan.tickets} 个号、{plan.counters} 个窗口的一天，约 {plan.seconds:.0f} 秒放完。", flush=True)
    outcome = play_day(folder, arguments.out, plan)
    text = day_text(outcome.report, outcome.breaches)
    verdict = "结论：全部成立。" if outcome.good else "结论：有不成立的，见上。"
    told = "\n".join((text, "", *outcome.lines, verdict))
    print(told)
    if arguments.out:
        _keep_day(arguments.out, outcome, text=f"{told}\n")
        print(f"截图、日报和 summary.json 在 {arguments.out.resolve()}")
    return 0 if outcome.good else 1


def _play_month(arguments: argparse.Namespace, folder: Path) -> int:
    """The month, its report and the verdict; exit status 1 if something does not hold."""
    from hall.commands.report import month_text
    from hall.demo.month import play_month
    from hall.demo.month_plan import MonthPlan

    plan = MonthPlan(arguments.cases)
    print(f"{plan.cases} 件办件的一个月，逐件经真实的服务办理。", flush=True)
    outcome = play_month(folder, plan, told=_tell_evening)
    text = month_text(outcome.report)
    lines = [check.line for check in outcome.checks]
    verdict = "结论：全部成立。" if outcome.good else "结论：有不成立的，见上。"
    print("\n".join((text, "", *lines, verdict)))
    if arguments.out:
        _keep_month(arguments.out, outcome, text="\n".join((text, "", *lines, verdict, "")))
        print(f"月报、页面、截图和 summary.json 在 {arguments.out.resolve()}")
    return 0 if outcome.good else 1


def _tell_evening(day: date, acts: int) -> None:
    print(f"{day.month}月{day.day}日下班，已办 {acts} 步", flush=True)


def _keep_month(out: Path, outcome: "MonthOutcome", *, text: str) -> None:
    from hall.demo.month_pictures import take_pictures
    from hall.demo.stage import write_summary
    from hall.services.case_report_tables import report_tables, report_values
    from hall.services.tables_export import write_tables

    (out / "report.txt").write_text(text, encoding="utf-8")
    (out / "report.pdf").write_bytes(outcome.pdf)
    for name in ("report.xlsx", "report.csv"):
        write_tables(out / name, report_tables(outcome.report))
    take_pictures(outcome.report, out)
    checks = [{"what": check.what, "good": check.good, "against": check.against} for check in outcome.checks]
    write_summary(
        out / "summary.json",
        {**outcome.facts, "refused": outcome.refused, "checks": checks, "report": report_values(outcome.report)},
    )


def _keep_day(out: Path, outcome: "DayOutcome", *, text: str) -> None:
    from hall.demo.stage import write_summary
    from hall.services.day_tables import report_tables, report_values
    from hall.services.tables_export import write_tables

    (out / "report.txt").write_text(text, encoding="utf-8")
    for name in ("report.xlsx", "report.csv"):
        write_tables(out / name, report_tables(outcome.report))
    checks = [{"what": check.what, "good": check.good, "against": check.against} for check in outcome.checks]
    values = report_values(outcome.report)
    write_summary(out / "summary.json", {**outcome.facts, "checks": checks, "report": values})


def _number_from(least: int) -> Callable[[str], int]:
    """Reads a number of at least so many."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"“{text}”不行，应是不小于 {least} 的整数")
        return int(text)

    return number
