"""Deeds of several stations at the same moment."""

import threading
from collections.abc import Callable

from hall.errors import HallError


def at_once(*deeds: Callable[[], object]) -> list[HallError | None]:
    """What each was refused for, if it was."""
    gate, found = threading.Barrier(len(deeds)), dict[int, HallError | None]()

    def do(place: int, deed: Callable[[], object]) -> None:
        gate.wait(timeout=30)
        try:
            deed()
            found[place] = None
        except HallError as error:
            found[place] = error

    threads = [threading.Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [found[place] for place in range(len(deeds))]
