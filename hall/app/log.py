"""The station's log: one rotating file in HALL_HOME/log. No personal data is ever given to it."""

import logging
import logging.handlers

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from hall.errors import Unavailable
from hall.settings import Settings


def start_log(settings: Settings) -> None:
    """Write to HALL_HOME/log/<station>.log from now on; raises Unavailable where nothing can be written."""
    folder = settings.home / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / f"{settings.station.name}.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8"
        )
    except OSError as error:
        raise Unavailable(f"写不了日志文件夹 {folder}（{error.strerror}），请检查磁盘空间和权限。") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
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
