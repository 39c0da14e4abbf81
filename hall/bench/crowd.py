"""A crowd: processes that begin at one moment and tell what they lived."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import TypeVar

T = TypeVar("T")

READY_SECONDS = 60.0

Life = Callable[[int, Callable[[], object]], T]
"""Gets its number (from 1) and what to call when it is ready: that waits for all others. Must be picklable."""


def crowd(count: int, life: Life[T]) -> list[T | None]:
    """What each of the processes told; None of one that ended before."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(count)
    lines, processes = [], []
    for number in range(1, count + 1):
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_live, args=(life, number, start, theirs), name=f"bench-{number}")
        process.start()
        theirs.close()  # else a process that dies would leave its line open
        lines.append(mine)
        processes.append(process)
    lives: list[T | None] = [_told(line) for line in lines]
    for process in processes:
        process.join()
    return lives


def _live(life: Life[T], number: int, start: Barrier, line: Connection) -> None:
    line.send(life(number, lambda: start.wait(READY_SECONDS)))


def _told(line: Connection) -> T | None:
    try:
        told: T = line.recv()
    except EOFError:
        return None
    return told
