"""Processes of a script that do things at once: forked after one import, which takes longer than what they race for."""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from hall.store.failures import StoreBusy
from tests.children import child, hear, say

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 90
BUSY_TRIES = 8

T = TypeVar("T")

Told = Callable[[str], list[Any]]
Doer = Callable[[str], object]


@contextmanager
def crowd_of(module: str, *words: str) -> Iterator[Told]:
    """Start a script that calls `run_crowd`: what it is told, all its processes do at once; their answers come back."""
    with child(sys.executable, "-m", module, *words, cwd=ROOT) as script:

        def told(what: str) -> list[Any]:
            say(script, what)
            answers: list[Any] = json.loads(hear(script))
            return answers

        yield told
        script.communicate(timeout=PATIENCE_S)
        assert script.returncode == 0


def run_crowd(numbers: range, make: Callable[[int], Doer]) -> None:
    """In the script: a process for each number, which is made before anybody begins. Returns when stdin ends."""
    forks = multiprocessing.get_context("fork")
    ends = []
    for number in numbers:
        here, there = forks.Pipe()
        process = forks.Process(target=_live, args=(number, make, here, there), daemon=True)
        process.start()
        there.close()
        ends.append((process, here))
    for _, here in ends:
        here.recv()
    for line in sys.stdin:
        for _, here in ends:
            here.send(line.strip())
        sys.stdout.write(json.dumps([here.recv() for _, here in ends], ensure_ascii=False) + "\n")
        sys.stdout.flush()
    for process, here in reversed(ends):  # a later one holds the ends of those before it
        here.close()
        process.join(PATIENCE_S)
        assert process.exitcode == 0


def patiently(deed: Callable[[], T]) -> T:
    """What the database was too busy for is done again, as its sentence asks: nothing of it was saved.

    How long somebody waits for a lock hangs on the computer: all processes share its cores with other tests.
    """
    for _ in range(BUSY_TRIES - 1):
        with suppress(StoreBusy):
            return deed()
    return deed()


def _live(number: int, make: Callable[[int], Doer], far: Connection, parent: Connection) -> None:
    far.close()  # else the end of the parent would not be seen
    do = make(number)
    parent.send("ready")
    while True:
        try:
            what = parent.recv()
        except EOFError:
            return
        parent.send(do(what))
