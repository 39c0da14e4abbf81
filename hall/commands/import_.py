"""`hall import`: catalogue, schedule, appointments, payments, decisions, a register, stalls; all or nothing."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hall.commands.import_requests import load_requests, load_responsibilities
from hall.commands.import_stalls import load_stalls
from hall.commands.import_standards import load_instructions, load_training
from hall.commands.session import add_user_argument, open_session
from hall.errors import Refused, Unavailable, cause_of
from hall.words import CLOCK_KINDS

# More than any such file holds: a catalogue of a thousand matters has 2 MB.
LARGEST_FILE_BYTES = 32_000_000
SHOWN_CODES = 20

KINDS = {
    "catalogue": "事项目录（CSV）",
    "calendar": "放假安排（CSV）",
    "appointments": "预约名单（CSV）",
    "violations": "裁量基准（CSV）",
    "payments": "银行的缴款文件（CSV）",
    "decisions": "案件系统的处罚决定（CSV 或 Excel 工作簿）",
    "powers": "权责清单（CSV）",
    "instructions": "作业指导书（CSV）",
    "training": "培训记录（CSV）",
    "responsibilities": "责任区：事项和区域由哪个单位承办（CSV）",
    "requests": "12345、网格系统转来的诉求（CSV，照片放在同一文件夹）",
    "register": "一本登记簿的登记（CSV）",
    "scores": "外部评议的分数（CSV）",
    "stalls": "一个便民服务点的摊位表（CSV）",
}

_CODES = {
    "register": "登记簿的编码（registers.toml 里的 code）",
    "stalls": "点位的编号",
}
"""Of kinds of which a hall has several: which one is meant."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind, and the file."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="种类")
    for kind, summary in KINDS.items():
        each = kinds.add_parser(kind, help=summary)
        if kind in _CODES:
            each.add_argument("code", metavar="CODE", help=_CODES[kind])
        each.add_argument("file", type=Path, metavar="FILE")
        add_user_argument(each)


def execute(arguments: argparse.Namespace) -> int:
    """Parse first, so that a bad file is refused before anybody signs in; then store in one transaction."""
    content = _read(arguments.file)
    load = {
        "catalogue": _catalogue,
        "calendar": _calendar,
        "appointments": _appointments,
        "violations": _violations,
        "payments": _payments,
        "decisions": _decisions,
        "powers": _powers,
        "instructions": load_instructions,
        "training": load_training,
        "responsibilities": load_responsibilities,
        "requests": load_requests,
        "register": _register,
        "scores": _scores,
        "stalls": load_stalls,
    }[arguments.kind]
    return load(arguments, content)


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            raise Refused(f"文件 {path} 有 {size // 1_000_000} MB，不会是要导入的文件，没有读它。请核对文件。")
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(f"读不到文件 {path}：{cause_of(error)}。请核对路径和权限。") from error


def _catalogue(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
    from hall.rules.csv_table import decode
    from hall.services.catalogue import import_matters

    matters = parse_catalogue(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_matters(session.store, session.actor, matters=matters)
    print(f"事项目录已导入：新增 {len(done.added)} 项，更新 {len(done.renewed)} 项，未变 {len(done.unchanged)} 项。")
    samples = [matter.code for matter in matters if matter.sample]
    if samples:
        print(f"其中 {len(samples)} 项是样例，须经本局核定后使用：{'、'.join(samples)}")
    return 0


def _calendar(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.calendar_file import FILE_TITLE, parse_calendar
    from hall.rules.csv_table import decode
    from hall.services.schedule_import import import_schedules

    schedules = parse_calendar(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_schedules(
            session.store, session.actor, schedules=schedules, home=session.settings.home, progress=_tell_progress
        )
    for title, years in (("已录入", done.stored), ("未变", done.unchanged)):
        if years:
            print(f"{'、'.join(str(year) for year in years)} 年放假安排{title}。")
    print(f"重算在办时限，有 {len(done.moved)} 个到期日变动。")
    for each in done.moved:
        before, after = (day.isoformat() if day else "待定" for day in (each.before, each.after))
        print(f"  {each.acceptance_number}  {CLOCK_KINDS[each.kind]}  {before} → {after}")
    return 0


def _tell_progress(done: int, total: int) -> None:
    """On a terminal, one line that counts up; a file or a pipe gets only the result."""
    if sys.stderr.isatty():
        print(f"\r正在重算到期日：{done}/{total} 件", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _appointments(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.appointment_file import FILE_TITLE, parse_appointments
    from hall.rules.csv_table import decode
    from hall.services.appointments import import_appointments

    booked = parse_appointments(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_appointments(session.store, session.actor, booked=booked)
    counts = f"新增 {len(done.added)} 条，更新 {len(done.renewed)} 条，未变 {len(done.unchanged)} 条"
    print(f"预约名单已导入：{counts}。")
    if done.kept:
        print(f"其中 {len(done.kept)} 条已签到、爽约或取消，没有改动：{'、'.join(done.kept)}")
    return 0


def _violations(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.csv_table import decode
    from hall.rules.violations_file import FILE_TITLE, parse_violations
    from hall.services.violations import import_violations

    violations = parse_violations(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_violations(session.store, session.actor, violations=violations)
    counts = f"新增 {len(done.added)} 项，更新 {len(done.renewed)} 项，未变 {len(done.unchanged)} 项"
    print(f"裁量基准已导入：{counts}。公布后才能使用，由法制审核人员在“裁量基准”登记公布。")
    for each in violations:
        if each.shares_code:
            print(
                f"第{each.line}行的编码 {each.shares_code} 已是另一案由，“{each.name}”编为 {each.code}，请在原表改正。"
            )
    told = (
        ([each.code for each in violations if each.sample], "是样例，须经本局核定后使用"),
        (done.undated, "没有写生效日期，从今天起施行，不适用于此前的行为"),
        (
            [each.code for each in violations if each.tells_conflict],
            "的备注说到与上位法冲突，请在“上位法”列写明应当适用的规定",
        ),
    )
    for codes, what in told:
        if codes:
            print(f"其中 {len(codes)} 项{what}：{_some(codes)}")
    return 0


def _powers(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.csv_table import decode
    from hall.rules.powers_file import FILE_TITLE, parse_powers
    from hall.services.powers import import_powers

    lines = parse_powers(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_powers(session.store, session.actor, lines=lines)
    counts = f"新增 {len(done.added)} 项，调整 {len(done.renewed)} 项，未变 {len(done.unchanged)} 项"
    print(f"权责清单已导入：{counts}。")
    return 0


def _some(codes: Sequence[str]) -> str:
    """The first of them; the list in the window shows all."""
    return "、".join(codes[:SHOWN_CODES]) + ("……" if len(codes) > SHOWN_CODES else "")


def _payments(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.csv_table import decode
    from hall.rules.payments_file import FILE_TITLE, parse_payments
    from hall.services.payments import import_payments

    parse_payments(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_payments(session.store, session.actor, content=content, home=session.settings.home)
    print(done.words)
    if done.outcomes.get("over") or done.outcomes.get("unknown"):
        print("多缴的和未对上案件的，由财务人员在“处罚与缴款”的对账页（Alt+3）处理。")
    return 0


def _decisions(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.services.penalty_import import import_decisions

    with open_session(arguments) as session:
        done = import_decisions(session.store, session.actor, content=content, home=session.settings.home)
    print(f"处罚决定已导入：新增 {done.added} 件，已登记过的 {done.unchanged} 件没有改动。")
    if done.added:
        print("没有送达的，在“处罚与缴款”登记送达后开始计算缴款期限；没有公示的，公示期限已经开始计算。")
    return 0


def _register(arguments: argparse.Namespace, content: bytes) -> int:
    from hall import clock, settings
    from hall.rules.csv_table import decode
    from hall.rules.registers_file import parse_entries
    from hall.services.register_import import import_entries
    from hall.services.register_records import registers

    home = settings.load().home
    register = registers(home).in_force(arguments.code, clock.business_date(clock.SystemClock().now()))
    lines = parse_entries(decode(content, register.name), register)
    with open_session(arguments) as session:
        numbers = import_entries(session.store, session.actor, register=register, lines=lines, home=home)
    print(f"{register.name}已导入：新增 {len(numbers)} 条，编号从 {numbers[0]} 到 {numbers[-1]}。")
    return 0


def _scores(arguments: argparse.Namespace, content: bytes) -> int:
    from hall.rules.csv_table import decode
    from hall.rules.scores_file import FILE_TITLE, parse_scores
    from hall.services.outside_scores import import_scores

    scores = parse_scores(decode(content, FILE_TITLE))
    with open_session(arguments) as session:
        done = import_scores(session.store, session.actor, scores=scores)
    print(f"外部评议已导入：新增 {done.added} 项，更新 {done.replaced} 项，未变 {done.unchanged} 项。")
    return 0
