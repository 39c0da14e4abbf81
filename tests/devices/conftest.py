"""A simulated reader that is being served, a loop that is being watched, and time that runs faster."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

import pytest

from hall.devices.idcard import CardReader, ReaderState, watch
from hall.devices.serial_port import SerialPort
from hall.devices.simulated.reader import SimulatedReader
from hall.rules.cards import Card

PATIENCE = 20.0


class FastStop(threading.Event):
    """Sleeps a thirtieth of what it is asked to, so that a loop's second passes in 33 ms."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(None if timeout is None else timeout / 30)


class FastClock:
    """Runs twenty times as fast as the computer's, and can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() * 20 + self.ahead


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedReader]:
    """A reader under a stable name, answering."""
    reader = SimulatedReader(tmp_path / "reader", mode="development")
    stop = threading.Event()
    thread = threading.Thread(target=reader.serve, args=(stop,))
    thread.start()
    yield reader
    stop.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()


@pytest.fixture
def reader(simulated: SimulatedReader) -> Iterator[CardReader]:
    """The driver on the simulated reader's line, with fast time-outs."""
    with SerialPort(simulated.port, baud=115200) as line:
        yield CardReader(line, stop=FastStop(), monotonic=FastClock())


@dataclass
class Watched:
    """What a running loop has told so far."""

    stop: FastStop = field(default_factory=FastStop)
    clock: FastClock = field(default_factory=FastClock)
    cards: Queue[Card] = field(default_factory=Queue)
    states: Queue[ReaderState] = field(default_factory=Queue)
    history: list[ReaderState] = field(default_factory=list)

    def next_card(self) -> Card:
        return self.cards.get(timeout=PATIENCE)

    def until(self, state: ReaderState) -> None:
        """Wait until the loop tells this state."""
        while self.take() != state:
            pass

    def take(self) -> ReaderState:
        state = self.states.get(timeout=PATIENCE)
        self.history.append(state)
        return state

    def no_more_cards(self) -> bool:
        try:
            self.cards.get_nowait()
        except Empty:
            return True
        return False


@pytest.fixture
def watch_port() -> Iterator[Callable[[str], Watched]]:
    """Starts a loop on a port; it is stopped after the test and must end by itself."""
    running: list[tuple[Watched, threading.Thread]] = []

    def start(port: str) -> Watched:
        watched = Watched()

        def loop() -> None:
            watch(
                port,
                115200,
                on_card=watched.cards.put,
                on_state=watched.states.put,
                stop=watched.stop,
                monotonic=watched.clock,
            )

        thread = threading.Thread(target=loop)
        thread.start()
        running.append((watched, thread))
        return watched

    yield start
    for watched, thread in running:
        watched.stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait until a fact is true, and fail when it never is."""

    def wait(fact: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not fact():
            assert time.monotonic() < deadline, "never came true"
            time.sleep(0.002)

    return wait
