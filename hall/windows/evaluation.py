"""Asks for a rating after each visit at a counter, and keeps the answer. Silence leaves nothing."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hall.errors import HallError, Unavailable
from hall.services.rating_front import RatingFront
from hall.services.ratings import INVITED_FOR, CounterFace, Visit
from hall.windows.kit.shown import Shown
from hall.workers.evaluator import EvaluatorFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

REFRESH_MS = 5000
# The invitation is over when the services say so; they are asked just after its end.
INVITED_MS = int(INVITED_FOR.total_seconds() * 1000) + 50
_TOPICS = {"queue", "counter", "rating", "*"}


class Evaluation(QObject):
    """One counter. `shown` carries what an evaluator shows now, each invitation once; `kept` an answer that counts."""

    shown = Signal(str)
    kept = Signal()

    def __init__(
        self, ratings: RatingFront, tasks: Tasks, *, counter: int, channel: str, changes: ChangeFeed, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._ratings = ratings
        self._tasks = tasks
        self._counter = counter
        self._channel = channel
        self._face: CounterFace | None = None
        self._answering: Visit | None = None
        self._reading = False
        self._said = ""
        self._told = Shown("evaluation")
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(INVITED_MS)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        for timer in (self._end, self._refresh):
            timer.timeout.connect(self.reload)
        self._refresh.start()
        changes.changed.connect(self._changed)

    @property
    def visit(self) -> Visit | None:
        """Whose rating is asked for now."""
        return self._face.visit if self._face else None

    @Slot()
    def reload(self) -> None:
        """One question at a time: a database that hangs must not be asked ever more."""
        if not self._reading:
            self._reading = True
            face = partial(self._ratings.face, self._counter)
            self._tasks.read(face, self._show, on_failed=self._away, owner=self)

    @Slot(int)
    def answer(self, level: int) -> None:
        """A level was pressed; it counts once, and only while somebody is invited."""
        visit = self.visit
        if visit is None or self._answering == visit:
            return
        self._answering = visit
        rate = partial(self._ratings.rate, visit.ticket_id, self._counter, level, channel=self._channel)
        self._tasks.write(rate, self._rated, on_failed=self._not_rated, owner=self)

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & _TOPICS:
            self.reload()

    def _show(self, face: CounterFace) -> None:
        self._reading = False
        before, self._face = self._face, face
        if face == before:
            return
        if face.visit is not None:
            self._end.start()
        self._told.tell(counter=self._counter, show=face.show, code=face.visit.code if face.visit else "")
        self._say(face.show)

    def _say(self, show: str) -> None:
        """Each invitation, and every other state once."""
        if show == "rate" or show != self._said:
            self._said = show
            self.shown.emit(show)

    def _rated(self, _rating_id: int) -> None:
        self.kept.emit()
        self.reload()

    def _not_rated(self, failure: HallError) -> None:
        """Where the database was away the same visit is invited anew; what was refused stays refused."""
        self._answering = None
        if isinstance(failure, Unavailable):
            self._face = None
        self.reload()

    def _away(self, _failure: HallError) -> None:
        """An answer could not be kept, so nobody is asked for one."""
        self._reading = False
        self._face = None
        self._say("idle")


def serve_evaluator(evaluation: Evaluation, evaluator: EvaluatorFeed) -> None:
    """Let the device on the counter follow, and answer."""
    evaluation.shown.connect(evaluator.show)
    evaluator.level.connect(evaluation.answer)
    evaluation.reload()
