"""The command line's frame: parser, dispatch, exit statuses. No traceback ever reaches the user."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from hall.errors import HallError

# Every command is a module of hall.commands with `add_arguments(parser)` and `execute(arguments) -> int`.
COMMANDS: dict[str, str] = {
    "open": "打开界面：kiosk、counter、display、board；不写则先选",
    "demo": "演示：一次完整的来访",
    "db": "数据库：db init|upgrade|check|backup|restore",
    "account": "账号：account password|create",
    "import": "导入事项目录、放假安排",
    "doctor": "检查本机：程序、数据库、设备，说明怎么办",
    "due": "从标准输入逐行计算期限（JSON Lines）",
    "ticket": "取号、叫号、看排队",
    "bench": "测速：bench NAME",
    "card": "读证件：card read",
    "print": "打印号票、凭证、文书",
    "verify": "核查：verify receipt|audit|data",
}


class _Parser(argparse.ArgumentParser):
    """Usage errors in Chinese, exit status 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"用法不对：{message}", file=sys.stderr)
        raise SystemExit(2)


def module_name(command: str) -> str:
    """The module of a command: a Python keyword gets an underscore, as in `import_`."""
    return f"hall.commands.{command}_" if command == "import" else f"hall.commands.{command}"


def run(argv: Sequence[str] | None = None) -> int:
    """Parse, import the one module that is needed, execute; returns the exit status of contracts.md."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    words = list(sys.argv[1:] if argv is None else argv) or ["open"]
    parser = build_parser(words[0])
    arguments = parser.parse_args(words)
    try:
        return int(arguments.execute(arguments))
    except HallError as error:
        print(str(error), file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser(command: str) -> argparse.ArgumentParser:
    """The parser with the arguments of one command; the others only have their names."""
    parser = _Parser(prog="hall", description="一站式服务大厅窗口系统")
    subparsers = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == command:
            module = importlib.import_module(module_name(name))
            module.add_arguments(subparser)
            subparser.set_defaults(execute=module.execute)
    return parser
