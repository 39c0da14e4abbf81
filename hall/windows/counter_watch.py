"""One counter as its displays follow it: read after each change, and trusted for a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from hall.errors import HallError
from hall.rules.call_words import CounterSentence, counter_sentence
from hall.services.counter_reading import CounterView
from hall.services.front import Front
from hall.services.queue_reading import CallView, QueueView
from hall.workers.counter_display import CounterDisplayFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

REFRESH_MS, TICK_MS = 5000, 1000
# A counter of which nothing was heard for so long invites nobody.
CLOSED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read last: the queue, and this counter in it."""

    queue: QueueView
    counter: CounterView | None


class CounterWatch(QObject):
    """`told` comes after each look and each second, for what is known grows old."""

    told = Signal()

    def __init__(self, front: Front, tasks: Tasks, *, counter: int, changes: ChangeFeed, owner: QObject) -> None:
        super().__init__(owner)
        self.trouble = ""
        """Why the last look failed; empty if it did not."""
        self._front = front
        self._tasks = tasks
        self._counter = counter
        self._seen: _Seen | None = None
        self._reading = self._again = False
        self._timer(REFRESH_MS).timeout.connect(self._reload)
        self._timer(TICK_MS).timeout.connect(self.told)
        changes.changed.connect(self._changed)

    @property
    def as_of(self) -> datetime | None:
        """When what is known was true; None as long as nothing was ever read."""
        return self._seen.queue.as_of if self._seen else None

    @property
    def counter(self) -> CounterView | None:
        """The counter as it was seen last."""
        return self._seen.counter if self._seen else None

    @property
    def call(self) -> CallView | None:
        """The ticket called to the counter, or served at it, when it was seen last."""
        return self._seen.queue.at_counters.get(self._counter) if self._seen else None

    @property
    def sentence(self) -> CounterSentence:
        """What stands at the counter now."""
        call, state = self.call, self.counter.state if self.counter else "closed"
        return counter_sentence(
            state if self._is_known else None,
            counter=self._counter,
            code=call.code if call else "",
            call_state=call.state if call else "",
        )

    def begin(self) -> None:
        """Tell for the first time, and look."""
        self.told.emit()
        self._reload()

    @property
    def _is_known(self) -> bool:
        return self.as_of is not None and self._front.clock.now() - self.as_of <= CLOSED_AFTER

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.start()
        return timer

    @Slot(object)
    def _changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if {topic for topic, _ in changes} & {"queue", "counter", "*"}:
            self._reload()

    @Slot()
    def _reload(self) -> None:
        """One question at a time: a database that hangs must not be asked ever more.

        What changes meanwhile is asked for once more, for the answer under way may be older.
        """
        self._again = self._reading
        if not self._reading:
            self._reading = True
            self._tasks.read(self._look, self._keep, on_failed=self._away, owner=self)

    def _look(self) -> _Seen:
        """In the reading thread."""
        counters = {each.number: each for each in self._front.calling.counters()}
        return _Seen(self._front.queue(), counters.get(self._counter))

    def _keep(self, seen: _Seen) -> None:
        self._seen = seen
        self._answered("")

    def _away(self, failure: HallError) -> None:
        """Keep the last state until it is too old."""
        self._answered(failure.sentence)

    def _answered(self, trouble: str) -> None:
        self._reading, self.trouble = False, trouble
        self.told.emit()
        if self._again:
            self._reload()


def serve_counter_display(watch: CounterWatch, device: CounterDisplayFeed) -> None:
    """Let the line of light at the counter follow."""

    def show() -> None:
        sentence = watch.sentence
        device.show(sentence.kind, sentence.line)

    watch.told.connect(show)
    watch.begin()
