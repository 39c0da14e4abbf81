"""Ends the program in order when it is told to from outside: Ctrl+C, the end of the session, a service's stop."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QSocketNotifier

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ends_on_signals(application: QCoreApplication) -> Iterator[None]:
    """While inside, SIGINT and SIGTERM leave the event loop, so that waiting writes are finished.

    Python sees a signal only when it runs; the wake-up socket has Qt run it at once.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: application.exit(0))
    before = [signal.signal(each, _let_qt_know) for each in SIGNALS]
    signal.set_wakeup_fd(writer.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        for each, handler in zip(SIGNALS, before, strict=True):
            signal.signal(each, handler)
        notifier.setEnabled(False)
        reader.close()
        writer.close()


def _let_qt_know(_number: int, _frame: object) -> None:
    """The wake-up socket already has."""
