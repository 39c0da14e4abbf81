"""kill −9 of a printing process at every step and at bytes of a slip: none is lost, none comes twice without 补打."""

import os
import signal
import sys
import termios
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.slip_machine import READY, PrinterCondition
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket
from tests.children import Child, child, hear, say

PATIENCE = 20.0
START, AGAIN = b"\x1b@", "补打".encode("gb2312")
STUCK = PrinterCondition(reads=False)
STEPS = ("claimed", "settles", "settled")
BYTES = (1, 2, 3, 60, 150, 250, 300, 350)


class Killed:
    """The printing process; each of its lives ends by SIGKILL."""

    def __init__(self, process: Child) -> None:
        self._process = process

    def live(self) -> None:
        """Begin a life."""
        say(self._process, "live")
        word, number = self.hear()
        assert word == "pid"
        self._pid = int(number)

    def until(self, wanted: str) -> None:
        """Wait until this is said."""
        while (word := self.hear()[0]) != wanted:
            assert word != "dead", "it died by itself"

    def die(self) -> None:
        """Now."""
        os.kill(self._pid, signal.SIGKILL)
        while (line := self.hear())[0] != "dead":
            pass
        assert line == ("dead", str(-signal.SIGKILL)), "it died by itself"

    def hear(self) -> tuple[str, str]:
        word, number = hear(self._process).split()
        return word, number


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[SimulatedPrinter]:
    made = SimulatedPrinter(tmp_path / "slips", mode="development")
    stop = threading.Event()
    thread = threading.Thread(target=made.serve, args=(stop,))
    thread.start()
    yield made
    stop.set()
    thread.join(PATIENCE)


@pytest.fixture
def front(
    store: Store,
    actor: Actor,
    front_of: Callable[..., Front],
    furnish: Callable[[str], None],
    database_url: str,
) -> Front:
    furnish(database_url)
    return front_of(store, actor, slip=True)


@pytest.fixture
def killed(front: Front, database_url: str, printer: SimulatedPrinter) -> Iterator[Killed]:
    script = str(Path(__file__).with_name("print_life.py"))
    with child(sys.executable, script, database_url, printer.port) as process:
        yield Killed(process)


def lose_what_is_on_the_line(printer: SimulatedPrinter) -> None:
    """As a USB adapter does when its port is closed."""
    line = os.open(printer.port, os.O_RDWR | os.O_NOCTTY)
    termios.tcflush(line, termios.TCIOFLUSH)
    os.close(line)


def kill_everywhere(front: Front, killed: Killed, printer: SimulatedPrinter) -> None:
    """A ticket, a life, a death: at each step, then at some bytes with and without what was on the line."""
    for step in STEPS:
        front.taking.issue("XK05", channel="kiosk")
        killed.live()
        killed.until(step)
        killed.die()
    for turn, byte in enumerate(BYTES):
        front.taking.issue("XK05", channel="kiosk")
        stuck = printer.change_after(byte, STUCK)
        killed.live()
        killed.until("claimed")
        assert stuck.wait(PATIENCE), f"no slip has {byte} bytes"
        killed.die()
        if turn % 2:
            lose_what_is_on_the_line(printer)
        printer.change(READY)


def whole_slips(printer: SimulatedPrinter) -> list[bytes]:
    """What came out, each without the torn one that may stand before it."""
    return [START + path.read_bytes().rpartition(START)[2] for path in printer.slips]


def print_all(killed: Killed) -> None:
    """One more life that is left alone until nothing waits."""
    killed.live()
    killed.until("idle")
    killed.die()


def test_no_slip_is_lost_and_none_comes_twice_without_saying_so(
    front: Front, killed: Killed, printer: SimulatedPrinter
) -> None:
    kill_everywhere(front, killed, printer)
    print_all(killed)
    asked = front.unsettled_jobs()
    assert {job.state for job in asked} == {"unknown"}
    for job in asked:
        front.reprint(job.job_id, "没有打出来")
    print_all(killed)
    assert front.unsettled_jobs() == ()
    with front.store.read() as session:
        tickets = session.execute(select(Ticket.code, Ticket.state)).tuples().all()
        jobs = session.execute(select(PrintJob.state, PrintJob.reprint)).tuples().all()
    slips = whole_slips(printer)
    assert len(tickets) == len({code for code, _ in tickets}) == len(STEPS) + len(BYTES)
    assert {state for _, state in tickets} == {"waiting"}
    assert Counter(state for state, _ in jobs)["printed"] == len(tickets)
    assert len(slips) >= len(tickets)
    for code, _ in tickets:
        of_ticket = [slip for slip in slips if code.encode() in slip]
        assert of_ticket, f"{code} was lost"
        assert sum(AGAIN not in slip for slip in of_ticket) <= 1, f"{code} came twice without 补打"
