"""Processes with pipes that tests start: each ends with all that it has started, and none is waited for without end."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

LIFE_S: Final = 90.0
PATIENCE_S: Final = 20.0

Child = subprocess.Popen[str]


@contextmanager
def child(*words: str, cwd: Path | None = None) -> Iterator[Child]:
    """A process in a group of its own; after `LIFE_S` it is killed, and whoever waits for its words hears their end."""
    process = subprocess.Popen(
        words, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    limit = threading.Timer(LIFE_S, kill, (process,))
    limit.start()
    try:
        yield process
    finally:
        limit.cancel()
        limit.join(PATIENCE_S)
        kill(process)
        process.communicate(timeout=PATIENCE_S)


def kill(process: Child) -> None:
    """As kill -9 does it, and what it has started with it: that would hold its pipes open."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def hear(process: Child) -> str:
    """Its next line, without the break; none is the end of it."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "it said nothing more"
    return line.rstrip("\n")


def say(process: Child, line: str) -> None:
    """A line to it."""
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
