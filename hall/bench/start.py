"""Cold start: from starting the process to a counter window that shows the queue, beside an empty PySide6 window."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from hall.bench.ground import lay_ground
from hall.bench.measured import Measured, compared
from hall.clock import SystemClock
from hall.errors import Unavailable
from hall.rules.authority import CLERK, station_actor
from hall.services.queue_policy import queue_policy
from hall.services.taking import issue_ticket
from hall.settings import Settings
from hall.store import Store, migrate
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

RUNS = 7
WAITING = 30
PATIENCE_SECONDS = 60.0
HALL_CODE = "main"


class WindowFailed(Unavailable):
    """A window did not come up."""

    def __init__(self, module: str, said: str) -> None:
        super().__init__(f"{module} 没有打开窗口：{said.strip()[-300:] or '没有说明'}。请检查显示环境后再试。")


def measure() -> Iterator[Measured]:
    """Medians of fresh processes, one kind after the other in turn; the first pair only warms the disk."""
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        home = Path(folder)
        _lay_demo(home)
        environment = _environment(home)
        pairs = [
            (_seconds("hall.bench.counter_window", environment), _seconds("hall.bench.empty_window", environment))
            for _ in range(RUNS + 1)
        ][1:]
    counter, empty = (statistics.median(each) for each in zip(*pairs, strict=True))
    yield compared("start", "counter", value=counter, reference=empty, unit="s", runs=RUNS)


def _lay_demo(home: Path) -> None:
    """A hall on SQLite as it is in the morning: somebody waits."""
    ring = KeyRing.create(home)
    engine = open_engine(Settings(home=home).database_url)
    migrate.initialise(engine)
    matters = lay_ground(engine, ring, hall_code=HALL_CODE, counters=6)
    store = Store(engine, clock=SystemClock(), station="kiosk", hall_code=HALL_CODE, key_ring=ring)
    clerk = station_actor(CLERK, name="kiosk", hall_id=store.hall_id)
    for turn in range(WAITING):
        code = matters[turn % len(matters)]
        issue_ticket(store, clerk, matter_code=code, channel="kiosk", policy=queue_policy(home), slip=False)
    store.close()


def _environment(home: Path) -> dict[str, str]:
    """Without a screen: Qt's offscreen platform. Byte code is kept, as an installed program's is."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment.update(HALL_HOME=str(home), HALL_DATABASE_URL="", HALL_STATION="counter-1", HALL_KEY="")
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def _seconds(module: str, environment: dict[str, str]) -> float:
    """From before the process is started until its window says it is there."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", module],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    try:
        return float(done.stdout.split()[0]) - began
    except (IndexError, ValueError) as error:
        raise WindowFailed(module, done.stderr) from error
