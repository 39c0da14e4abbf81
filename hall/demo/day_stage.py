"""Qt in a process of the demo's day: windows live while the day goes on."""

from datetime import datetime

from PySide6.QtCore import QEventLoop, QTimer

from hall.demo.day_clock import DayClock

# A look at the clock now and then: Qt's timers are coarse.
_SLICE_MS = 200


def go_on_until(clock: DayClock, instant: datetime) -> None:
    """Run the event loop up to an instant of the day."""
    while (seconds := clock.seconds_until(instant)) > 0:
        go_on(min(int(seconds * 1000) + 1, _SLICE_MS))


def go_on(milliseconds: int) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
