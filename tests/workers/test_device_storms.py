"""Devices that flood or hang cannot hold up the window: it answers within 100 ms, and every loop ends."""

import os
import signal
import subprocess
import threading
import time
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from hall.devices import counter_display, evaluator, idcard, scanner
from hall.workers.card_reader import CardFeed
from hall.workers.counter_display import CounterDisplayFeed
from hall.workers.evaluator import EvaluatorFeed
from hall.workers.scanner import ScannerFeed
from hall.workers.threads import Threads

LIMIT_SECONDS = 0.1
STORM_SECONDS = 0.5
TRIES = 5
"""Other programs of this computer may hold up the window, too: one undisturbed try is enough."""

FLOODS = {
    "reader": b"\xaa\xaa\xaa\x96\x69\x09\x00\xaa\xaa\xaa\x96\x69\x05\x08\x00\x00\x90",
    "scanner": b"x\r\n",
    "evaluator": b"\x02\x02L5",
    "display": b"\x02\x02A!\x62",
}


@dataclass(frozen=True)
class Storm:
    """Four lines, and the device of each: a program that writes without end, or none that reads."""

    ports: dict[str, str]


def flood_or_hang(folder: Path, *, flood: bool) -> Iterator[Storm]:
    ends: list[int] = []
    floods: list[subprocess.Popen[bytes]] = []
    ports = {}
    for name, burst in FLOODS.items():
        master, own = os.openpty()
        tty.setraw(own)
        ends += [master, own]
        ports[name] = os.ttyname(own)
        (folder / name).write_bytes(burst * 4000)
        if flood:
            command = ["sh", "-c", 'while cat "$1"; do :; done', "flood", str(folder / name)]
            floods.append(subprocess.Popen(command, stdout=master, start_new_session=True))
    yield Storm(ports)
    for process in floods:
        os.killpg(process.pid, signal.SIGKILL)  # the shell and its cat
        process.wait(20)
    for end in ends:
        os.close(end)


@pytest.fixture(params=["flood", "hang"])
def storm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storm]:
    yield from flood_or_hang(tmp_path, flood=request.param == "flood")


def longest_pause(qtbot: QtBot) -> float:
    """Seconds between two answers of the window, at the worst."""
    ticks = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(5)
    qtbot.wait(int(STORM_SECONDS * 1000))
    timer.stop()
    return max(later - earlier for earlier, later in pairwise([*ticks, time.perf_counter()]))


def test_the_window_answers_while_every_device_floods_or_hangs_and_no_thread_is_left(
    storm: Storm, qtbot: QtBot
) -> None:
    before = threading.active_count()
    cards, scans, rating, sign = CardFeed(), ScannerFeed(), EvaluatorFeed(), CounterDisplayFeed()
    read: list[object] = []
    for heard in (cards.card, scans.scanned, rating.level):
        heard.connect(read.append)
    threads = Threads()
    loops = {
        "reader": partial(cards.listen, partial(idcard.watch, storm.ports["reader"], 115200)),
        "scanner": partial(scans.listen, partial(scanner.watch, storm.ports["scanner"], 9600)),
        "evaluator": partial(rating.listen, partial(evaluator.watch, storm.ports["evaluator"], 9600)),
        "display": partial(sign.listen, partial(counter_display.watch, storm.ports["display"], 9600)),
    }
    for name, loop in loops.items():
        threads.start(name, loop)
    pauses: list[float] = []
    while len(pauses) < TRIES and min(pauses, default=1.0) >= LIMIT_SECONDS:
        pauses.append(longest_pause(qtbot))
    assert threads.stop() == ()
    assert min(pauses) < LIMIT_SECONDS, pauses
    assert read == []
    assert threading.active_count() == before
