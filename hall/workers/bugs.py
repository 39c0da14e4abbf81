"""An unexpected exception becomes a numbered, logged bug that the program survives."""

import hashlib
import logging
import traceback
from pathlib import PurePath

from hall.errors import HallError

log = logging.getLogger(__name__)

NUMBER_LENGTH = 6


class Bug(HallError):
    """Our own mistake: `number` is the same each time the same line fails, `details` are for 复制详情."""

    def __init__(self, number: str, details: str) -> None:
        super().__init__(f"程序出错（编号 {number}），这一步没有保存，程序可以继续用。请把编号告诉管理员。")
        self.number = number
        self.details = details


def report_bug(error: BaseException, place: str) -> Bug:
    """Log an unexpected exception and give it a number; `place` says which task or loop failed.

    Only types, files and lines are kept: an exception's own text may quote a person's ID number or phone.
    """
    details = "\n".join(_lines(error))
    number = hashlib.sha256(details.encode()).hexdigest()[:NUMBER_LENGTH].upper()
    log.error("bug %s in %s\n%s", number, place, details)
    return Bug(number, f"编号 {number}\n位置 {place}\n{details}")


def _lines(error: BaseException) -> list[str]:
    lines = [type(error).__qualname__]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}")
    if error.__cause__ is not None:
        lines += ["原因", *_lines(error.__cause__)]
    return lines
