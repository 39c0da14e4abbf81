"""A simulated reader that is being served, and time that runs faster."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hall.devices.idcard import CardReader
from hall.devices.serial_port import SerialPort
from hall.devices.simulated.reader import SimulatedReader
from tests.loops import PATIENCE, RunLoop, running_loops


class FastStop(threading.Event):
    """Sleeps a thirtieth of what it is asked to, so that a loop's second passes in 33 ms."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(None if timeout is None else timeout / 30)


@pytest.fixture
def run_loop() -> Iterator[RunLoop]:
    """Runs a loop until the test is over."""
    with running_loops() as run:
        yield run


@pytest.fixture
def simulated(tmp_path: Path, run_loop: RunLoop) -> SimulatedReader:
    """A reader under a stable name, answering."""
    reader = SimulatedReader(tmp_path / "reader", mode="development")
    run_loop(reader.serve)
    return reader


@pytest.fixture
def reader(simulated: SimulatedReader, fast_clock: Callable[[], float]) -> Iterator[CardReader]:
    """The driver on the simulated reader's line, with fast time-outs."""
    with SerialPort(simulated.port, baud=115200) as line:
        yield CardReader(line, stop=FastStop(), monotonic=fast_clock)


@pytest.fixture
def make_stop() -> Callable[[], threading.Event]:
    """Makes events whose sleeps are short."""
    return FastStop


@pytest.fixture
def fast_clock() -> Callable[[], float]:
    """Seconds that pass quickly."""
    return lambda: time.monotonic() * 8


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait until a fact is true, and fail when it never is."""

    def wait(fact: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not fact():
            assert time.monotonic() < deadline, "never came true"
            time.sleep(0.002)

    return wait
