"""A hundred documents in one go, as a window runs them: how long, and how long its event loop waits meanwhile."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer

from hall.bench.ground import lay_ground
from hall.bench.measured import Measured, compared
from hall.clock import SystemClock
from hall.errors import HallError
from hall.rules.authority import CLERK, station_actor
from hall.rules.people import Actor
from hall.services import bulk_prints, documents, spool
from hall.services.documents import FrozenDocument
from hall.store import Store, migrate
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.workers.tasks import ThreadedTasks

MANY = 100
HALL_CODE = "bench-document"
ASKED_WAIT_MS = 100.0
BEAT_MS: Final = 5
IDLE_SECONDS = 1.0
REASON = "测速"
NOWHERE = Path("nowhere")
"""A HALL_HOME without templates of its own."""


def measured_run(
    document: FrozenDocument, convert: Callable[[list[bytes]], None], *, many: int = MANY
) -> Iterator[Measured]:
    """Made, kept sealed and given to the printer one by one, on a SQLite database of its own; `convert` is the
    reference for all at once."""
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'hall.db'}")
        migrate.initialise(engine)
        ring = KeyRing.new()
        lay_ground(engine, ring, hall_code=HALL_CODE, counters=1)
        store = Store(engine, clock=SystemClock(), station="bench-document", hall_code=HALL_CODE, key_ring=ring)
        yield from _run_on(store, document, convert, many)
        store.close()


def _run_on(
    store: Store, document: FrozenDocument, convert: Callable[[list[bytes]], None], many: int
) -> Iterator[Measured]:
    keys = _issue(store, document, many)
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    idle, _ = _in_window(lambda _: None, IDLE_SECONDS)
    longest, seconds = _in_window(partial(_run, store, clerk, keys), 0.0)
    files = [documents.produced(store, clerk, document_id=key).docx for key in keys]
    began = time.perf_counter()
    convert(files)
    reference = time.perf_counter() - began
    yield compared("document", f"{many} in one go", value=seconds, reference=reference, unit="s")
    line = compared("document", "window meanwhile", value=longest, reference=idle, unit="ms", asked=ASKED_WAIT_MS).line
    yield Measured(line, good=longest < ASKED_WAIT_MS)


def _issue(store: Store, document: FrozenDocument, many: int) -> list[int]:
    """Issued and printed once, so that they are there to be printed again."""
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    keys = []
    for number in range(1, many + 1):
        with store.work("bench.issue", clerk) as work:
            key = documents.freeze(
                work,
                case_id=None,
                kind="correction",
                number=f"{document.number}-{number}",
                issued_on=document.issued_on,
                content=document.content,
                code_payload=document.code_payload,
                home=NOWHERE,
            )
            spool.enqueue(work, printer="page", subject_kind="document", subject_id=key, title=document.number)
            work.audit(f"document:{key}")
        keys.append(key)
        job = spool.claim(store, printer="page")
        assert job is not None
        spool.settle(store, job_id=job.job_id, outcome="printed")
    return keys


@dataclass(slots=True)
class _Heart:
    """Beats in the event loop; `longest` is the longest time between two beats in milliseconds."""

    last: float = field(default_factory=time.perf_counter)
    longest: float = 0.0

    def beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self.last) * 1000)
        self.last = now


def _in_window(begin: Callable[["_Loop"], None], seconds: float) -> tuple[float, float]:
    """Let an event loop beat while something runs in it (or for so long): longest wait, seconds it took."""
    loop = _Loop()
    heart = _Heart()
    timer = QTimer(interval=BEAT_MS)
    timer.timeout.connect(heart.beat)
    timer.start()
    if seconds:
        QTimer.singleShot(int(seconds * 1000), loop.events.quit)
    began = time.perf_counter()
    begin(loop)
    loop.events.exec()
    took = time.perf_counter() - began
    loop.tasks.stop()
    if loop.failure is not None:
        raise loop.failure
    return heart.longest, took


class _Loop(QObject):
    """An event loop with the executor of a window."""

    def __init__(self) -> None:
        self._application = QCoreApplication.instance() or QCoreApplication([])
        super().__init__()
        self.events = QEventLoop()
        self.tasks = ThreadedTasks()
        self.failure: HallError | None = None

    def fail(self, failure: HallError) -> None:
        """Nothing more can be measured."""
        self.failure = failure
        self.events.quit()


def _run(store: Store, clerk: Actor, keys: list[int], loop: _Loop) -> None:
    """One after the other, as `windows.kit.many` does it."""
    left = iter(keys)

    def following(_: bool) -> None:
        key = next(left, None)
        if key is None:
            loop.events.quit()
            return
        do = partial(bulk_prints.print_one, store, clerk, document_id=key, reason=REASON)
        loop.tasks.write(do, following, on_failed=loop.fail, owner=loop)

    following(True)
