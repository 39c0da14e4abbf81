"""The station's log: one rotating file in HALL_HOME/log, a JSON object a line. No personal data is ever given to it."""

import json
import logging
import logging.handlers
import os
import sys
from datetime import UTC, datetime

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from hall.clock import hall_time
from hall.errors import Unavailable, cause_of
from hall.settings import Settings


class JsonLines(logging.Formatter):
    """at (on the hall's wall clock), level, thread, name, message; and the `fact` of a record that has one."""

    def format(self, record: logging.LogRecord) -> str:
        """An exception is named by its type only: its text may quote a person."""
        at = hall_time(datetime.fromtimestamp(record.created, UTC))
        line: dict[str, object] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "thread": record.threadName,
            "name": record.name,
            "message": record.getMessage(),
        }
        if (fact := getattr(record, "fact", None)) is not None:
            line["fact"] = fact
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__qualname__
        return json.dumps(line, ensure_ascii=False, default=str)


def start_log(settings: Settings) -> None:
    """Write to HALL_HOME/log/<station>.log from now on; raises Unavailable where nothing can be written."""
    folder = settings.home / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / f"{settings.station.name}.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8"
        )
    except OSError as error:
        raise Unavailable(f"写不了日志文件夹 {folder}（{cause_of(error)}），请检查磁盘空间和权限。") from error
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    qInstallMessageHandler(_qt_message)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """What Qt has to say belongs into the log, not on a clerk's terminal."""
    logging.getLogger("qt").log(_LEVELS[kind], "%s", message)
    if kind == QtMsgType.QtFatalMsg:
        _leave_without_screen()


def _leave_without_screen() -> None:
    """Qt would abort the process now: it found no screen, or lost it."""
    sys.stderr.write("打不开图形界面。请在桌面会话里运行，或检查 DISPLAY 后再试；详情在日志里。\n")
    sys.stderr.flush()
    os._exit(Unavailable.exit_status)
