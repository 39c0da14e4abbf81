"""From commit to another station's screen, beside the bare news of a commit on another connection."""

import multiprocessing
import time
import uuid
from collections.abc import Iterator
from multiprocessing.connection import Connection

from hall import settings
from hall.bench.bare_news import bare_news
from hall.bench.call import fill
from hall.bench.ground import Ground, ground_in_use, open_store
from hall.bench.measured import Measured, compared
from hall.bench.watching_window import watch
from hall.errors import Unavailable
from hall.rules.authority import CLERK, station_actor
from hall.services.queue_policy import queue_policy
from hall.services.queueing import take_next

CALLS = 100
WAITING = 300
PAUSE_SECONDS = 0.15
PATIENCE_SECONDS = 60.0
ASKED_MS = {"postgresql": 50.0, "sqlite": 400.0}


class NothingShown(Unavailable):
    """The other station's screen stays as it was."""

    def __init__(self) -> None:
        super().__init__("另一台工作站的屏幕没有更新，请检查显示环境后再试。")


def measure() -> Iterator[Measured]:
    """The p99 of a hundred calls, each at a counter of its own, seen on a display in another process."""
    code = f"bench-push-{uuid.uuid4().hex[:12]}"
    with ground_in_use(settings.load(), hall_code=code, counters=CALLS) as ground:
        fill(ground, WAITING)
        reference = _p99(bare_news(ground.url, count=CALLS, pause=PAUSE_SECONDS))
        value = _p99(_pushed(ground))
    measured = compared(
        "push", ground.kind, value=value, reference=reference, unit="ms p99", asked=ASKED_MS[ground.kind], calls=CALLS
    )
    yield Measured(measured.line, good=value < ASKED_MS[ground.kind])


def _pushed(ground: Ground) -> list[float]:
    """Milliseconds from each commit until the display shows the call."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    stop = context.Event()
    window = context.Process(target=watch, args=(ground, theirs, stop), name="bench-display")
    window.start()
    theirs.close()
    try:
        _told(mine)
        return _call_all(ground, mine)
    finally:
        stop.set()
        window.join()


def _call_all(ground: Ground, line: Connection) -> list[float]:
    store = open_store(ground, "bench-caller")
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    policy = queue_policy(ground.home)
    took = []
    for counter in range(1, CALLS + 1):
        time.sleep(PAUSE_SECONDS)
        take_next(store, clerk, counter=counter, policy=policy)
        committed = time.monotonic()
        shown, at = "", committed
        while not shown.endswith(f"→ {counter}号窗口"):
            shown, at = _told(line)
        took.append((at - committed) * 1000)
    store.close()
    return took


def _told(line: Connection) -> tuple[str, float]:
    if not line.poll(PATIENCE_SECONDS):
        raise NothingShown
    told: tuple[str, float] = line.recv()
    return told


def _p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99) - 1]
