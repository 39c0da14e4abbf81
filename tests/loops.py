"""Loops of devices and drivers, each in a thread of its own, all ended with the test: the last one begun first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 20.0

RunLoop = Callable[..., None]
"""`run(loop)` or `run(loop, stop)`: `loop` gets the event that ends it."""


@contextmanager
def running_loops() -> Iterator[RunLoop]:
    """A loop that does not end by itself soon after its event fails the test."""
    running: list[tuple[threading.Event, threading.Thread]] = []

    def run(loop: Callable[[threading.Event], object], stop: threading.Event | None = None) -> None:
        end = stop or threading.Event()
        thread = threading.Thread(target=loop, args=(end,))
        thread.start()
        running.append((end, thread))

    yield run
    for end, thread in reversed(running):
        end.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()
