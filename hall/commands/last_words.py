"""What a command says when it meets our own mistake: a number for the user, the place of it in the log."""

import logging
import os
import sys
from pathlib import Path
from types import TracebackType


def last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For sys.excepthook: no traceback reaches the user; the interpreter leaves with status 1."""
    if not isinstance(error, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    from hall.settings import home_from
    from hall.workers.bugs import report_bug

    path = home_from(os.environ) / "log" / "command.log"
    logging.basicConfig(handlers=[_handler(path)])
    number = report_bug(error, "command").number
    print(
        f"程序出错（编号 {number}），这一步没有保存。请运行 hall doctor 检查本机；"
        f"查不出时把编号和日志 {path} 交给维护人员。",
        file=sys.stderr,
    )


def _handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return logging.NullHandler()
