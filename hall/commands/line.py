"""The command line's frame: parser, dispatch, exit statuses. No traceback ever reaches the user."""

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TextIO

from hall.commands.usage import Parser
from hall.errors import HallError, Unavailable, cause_of

# Every command is a module of hall.commands with `add_arguments(parser)` and `execute(arguments) -> int`.
COMMANDS: dict[str, str] = {
    "open": "打开一个界面，不写哪一个就先选",
    "demo": "演示：一次来访、一天或者一个月，用临时的数据库",
    "db": "数据库：建立、更新、检查、备份、恢复",
    "account": "账号：建立、停用、岗位、科室、密码",
    "import": "从文件导入事项目录、裁量基准、放假安排、名单等",
    "doctor": "检查本机：程序、数据库、设备，说明怎么办",
    "due": "从标准输入逐行计算期限（JSON Lines）",
    "ticket": "取号、预约签到、叫号、看排队",
    "report": "报表：排队日报、好差评汇总、办件月报",
    "bench": "测速",
    "card": "读证件",
    "print": "打印号票、凭证、文书",
    "printer": "小票打印机：登记换纸、还剩多少张",
    "keys": "密钥：列出、更换",
    "clock": "本机时间：曾经走快、已经校准时确认",
    "verify": "核查凭证、操作记录、数据",
}


class FileAway(Unavailable):
    """A file or the output cannot be read or written, and nobody nearer to it has said so."""

    def __init__(self, error: OSError) -> None:
        name = f"文件 {error.filename}" if error.filename else "输出或者设备"
        super().__init__(f"{name}不能读写（{cause_of(error)}）。请检查磁盘空间、路径和权限后再试。")


def module_name(command: str) -> str:
    """The module of a command: a Python keyword gets an underscore, as in `import_`."""
    return f"hall.commands.{command}_" if command == "import" else f"hall.commands.{command}"


def run(argv: Sequence[str] | None = None) -> int:
    """Parse, import the one module that is needed, execute; returns the exit status of contracts.md."""
    _ready_streams()
    words = list(sys.argv[1:] if argv is None else argv) or ["open"]
    parser = build_parser(words[0])
    _refuse_stray_bytes(parser, words)
    arguments = parser.parse_args(words)
    try:
        status = int(arguments.execute(arguments))
        sys.stdout.flush()
        return status
    except HallError as error:
        print(str(error), file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        print(str(FileAway(error)), file=sys.stderr)
        return FileAway.exit_status


def _ready_streams() -> None:
    """UTF-8 everywhere. A stream that the caller has closed reads nothing and says nothing."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _refuse_stray_bytes(parser: Parser, words: list[str]) -> None:
    """What is no UTF-8 could be neither stored nor shown again."""
    own = {name: value for name, value in os.environ.items() if name.startswith("HALL_")}
    for name, text in [*own.items(), *((word, word) for word in words)]:
        if any("\ud800" <= char <= "\udfff" for char in text):
            parser.error(f"{name!a} 不是 UTF-8 文字，请检查终端的编码")


def _discard_output() -> None:
    """What waits in the buffer cannot be written; at exit the interpreter would try once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def build_parser(command: str) -> Parser:
    """The parser with the arguments of one command; the others only have their names."""
    parser = Parser(prog="hall", description="一站式服务大厅窗口系统")
    subparsers = parser.add_subparsers(dest="command", metavar="命令", parser_class=Parser)
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == command:
            module = importlib.import_module(module_name(name))
            module.add_arguments(subparser)
            subparser.set_defaults(execute=module.execute)
    return parser
