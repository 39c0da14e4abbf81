"""Garbage is collected by the thread of the windows alone, between two events.

Python collects wherever it happens to run: in a worker's thread it would destroy a window's remains from outside, and
in the middle of making a window what is not whole yet; Qt allows neither, and the process hangs or dies.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class Garbage(QObject):
    """Looks once a second, and collects what Python itself would have collected by now."""

    def __init__(self, parent: QObject) -> None:
        """What has been made until now stays for good: it is never looked at again."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        timer = QTimer(self)
        timer.timeout.connect(collect_due)
        timer.start(LOOK_MS)


def collect_due() -> None:
    """The oldest generation whose count is over its threshold, with the younger ones."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
