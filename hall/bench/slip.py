"""From the call that takes a number or accepts a case to the first byte of its slip at the printer's port.

The print loop is the station's own; the printer is another process behind a pseudo-terminal. Beside it, in turn, the
same bytes written to the same port by nobody's hand but this one's.
"""

import multiprocessing
import os
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from hall import settings
from hall.bench.ground import Ground, ground_in_use, open_store
from hall.bench.measured import Measured, compared
from hall.bench.slip_end import serve
from hall.devices.simulated.cards import LI_RARE
from hall.errors import Unavailable
from hall.rules.authority import CLERK, station_actor
from hall.rules.identity import id_check_digit
from hall.rules.materials import HandedIn
from hall.rules.waiting_time import Expected
from hall.services import accepting, receiving
from hall.services.applications import Application
from hall.services.queue_policy import queue_policy
from hall.services.taking import issue_ticket
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.workers.slip_printers import slip_paper, slip_ways
from hall.workers.spooler import Spooler
from hall.workers.station_queue import StationQueue

TICKETS, RECEIPTS = 100, 40
FIRST_SLIPS = 3
"""The first of a morning open the connection and load what renders; they are not timed."""
PAUSE_SECONDS = 0.05
PATIENCE_SECONDS = 20.0
SHOWN = Expected(ahead=3, minutes=(5, 9))
ASKED_MS = 20.0
ASKED_BYTES = 2000


class NothingPrinted(Unavailable):
    """A slip did not come to the printer."""

    def __init__(self) -> None:
        super().__init__("小票没有送到打印机，请重新运行一次。")


@dataclass(frozen=True, slots=True)
class FarEnd:
    """The printer of another process: its port, and what it says of each slip."""

    port: str
    line: Connection

    def slip(self) -> tuple[float, bytes]:
        """The next slip and the instant its first byte came; raises NothingPrinted."""
        if not self.line.poll(PATIENCE_SECONDS):
            raise NothingPrinted
        told: tuple[float, bytes] = self.line.recv()
        return told


@dataclass(frozen=True, slots=True)
class Slips:
    """Milliseconds to the first byte, from the call and from the moment the work is saved; by hand; and the slips."""

    called: list[float]
    saved: list[float]
    bare: list[float]
    slips: list[bytes]


def measure() -> Iterator[Measured]:
    """The p95 of tickets and receipts, and how long their slips are."""
    code = f"bench-slip-{uuid.uuid4().hex[:12]}"
    with ground_in_use(settings.load(), hall_code=code, counters=4) as ground, _far_end() as end:
        store = open_store(ground, "bench-kiosk")
        store.key_ring = ground.key_ring  # receipts are signed
        with _printing(store, end.port) as saved:
            tickets = _in_turn(end, _taking(store, ground), saved, count=TICKETS)
            receipts = _in_turn(end, _accepting(store, ground), saved, count=RECEIPTS)
        store.close()
    yield _judged(f"取号到首字节，{ground.kind}", tickets.called, tickets.bare)
    yield _judged(f"号票保存到首字节，{ground.kind}", tickets.saved, tickets.bare)
    yield _judged(f"凭证保存到首字节，{ground.kind}", receipts.saved, receipts.bare)
    yield _length("号票长度", tickets.slips)
    yield _length("凭证长度", receipts.slips)


def _taking(store: Store, ground: Ground) -> Callable[[int], None]:
    """Takes a number, as at the kiosk: what the visitor may expect has been shown before."""
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    policy = queue_policy(ground.home)

    def take(turn: int) -> None:
        matter = ground.matters[turn % len(ground.matters)]
        issue_ticket(store, clerk, matter_code=matter, channel="staff", policy=policy, expected=SHOWN)

    return take


def _accepting(store: Store, ground: Ground) -> Callable[[int], None]:
    """Accepts a case with its receipt on a slip, each of somebody else."""
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    code = ground.matters[0]
    matter = receiving.look(store, clerk, matter_code=code, materials=(), home=ground.home).matter
    handed = tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials)

    def accept(turn: int) -> None:
        digits = f"{LI_RARE.id_number[:14]}{turn:03d}"
        card = replace(LI_RARE, id_number=digits + id_check_digit(digits))
        application = Application(matter_code=code, applicant=card, phone="", materials=handed, subject="测速路1号")
        accepting.accept(store, clerk, submission=application, home=ground.home, slip=True)

    return accept


def _in_turn(end: FarEnd, deed: Callable[[int], None], saved: list[float], *, count: int) -> Slips:
    """Each deed with its slip, then the same bytes by hand; `saved` holds the instants at which works were saved."""
    slips = Slips([], [], [], [])
    for turn in range(FIRST_SLIPS + count):
        time.sleep(PAUSE_SECONDS)
        saved.clear()
        began = time.monotonic()
        deed(turn)
        at, slip = end.slip()
        slips.called.append((at - began) * 1000)
        slips.saved.append((at - saved[0]) * 1000)
        slips.slips.append(slip)
        slips.bare.append(_bare(end, slip))
    for measured in (slips.called, slips.saved, slips.bare):
        del measured[:FIRST_SLIPS]
    return slips


def _bare(end: FarEnd, slip: bytes) -> float:
    time.sleep(PAUSE_SECONDS)
    began = time.monotonic()
    line = os.open(end.port, os.O_WRONLY | os.O_NOCTTY)
    os.write(line, slip)
    os.close(line)
    return (end.slip()[0] - began) * 1000


def _judged(case: str, took: list[float], bare: list[float]) -> Measured:
    value = _p95(took)
    more: dict[str, object] = {"asked": ASKED_MS, "median": round(statistics.median(took), 3), "slips": len(took)}
    measured = compared("slip", case, value=value, reference=_p95(bare), unit="ms p95", **more)
    return Measured(measured.line, good=value < ASKED_MS)


def _length(case: str, slips: list[bytes]) -> Measured:
    longest = max(map(len, slips))
    line = {"bench": "slip", "case": case, "value": longest, "unit": "bytes", "asked": ASKED_BYTES}
    return Measured(line, good=longest < ASKED_BYTES)


def _p95(took: list[float]) -> float:
    return sorted(took)[max(0, int(len(took) * 0.95) - 1)]


@contextmanager
def _far_end() -> Iterator[FarEnd]:
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    stop = context.Event()
    printer = context.Process(target=serve, args=(theirs, stop), name="bench-printer")
    printer.start()
    theirs.close()
    try:
        if not mine.poll(PATIENCE_SECONDS):
            raise NothingPrinted
        yield FarEnd(mine.recv(), mine)
    finally:
        stop.set()
        printer.join()


@contextmanager
def _printing(store: Store, port: str) -> Iterator[list[float]]:
    """The print loop as the station has it, woken by the station's own works; gives when each was saved that prints."""
    ways = slip_ways(store, SlipPrinterSettings(port=port))
    loop = Spooler(StationQueue(store, "slip"), ways, paper=slip_paper(store), on_state=lambda _: None)

    saved: list[float] = []

    def wake(topics: frozenset[str]) -> None:
        if "spool" in topics:
            saved.append(time.monotonic())
            loop.wake.set()

    store.own_changes = wake
    stop = threading.Event()
    thread = threading.Thread(target=loop.run, args=(stop,), name="bench-slip-printer")
    thread.start()
    try:
        yield saved
    finally:
        stop.set()
        loop.wake.set()
        thread.join()
