"""What every topic of the kiosk with pages of its own has: the way to ask, and what it tells the kiosk."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from hall.services.front import Front
from hall.workers.tasks import Tasks


class TopicPages(QStackedWidget):
    """Asks and answers by itself. `headed` carries what stands above; `done` ends; `touched`: somebody is here."""

    headed = Signal(str)
    done = Signal()
    touched = Signal()

    def __init__(self, front: Front, tasks: Tasks) -> None:
        super().__init__()
        self.setMinimumSize(1, 1)  # no page stretches the screen it is shown on
        self._front = front
        self._tasks = tasks
