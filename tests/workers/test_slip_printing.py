"""Tickets, the print loop and a printer that fails at every byte: what lives is printed, what is printed lives."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from queue import Queue

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.slip_machine import READY, PrinterCondition
from hall.errors import Unavailable
from hall.printing import ports
from hall.printing.printer import print_slip
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.spool import JobView
from hall.services.taking import TicketIssued
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket
from hall.workers import slip_printers
from hall.workers.slip_printers import slip_paper, slip_printer_fault, slip_ways
from hall.workers.spooler import Spooler
from hall.workers.station_queue import StationQueue
from hall.workers.ways import PrintResult, Way, Ways

PATIENCE = 20.0
PAPER_OUT = PrinterCondition(paper_out=True)
SILENT = PrinterCondition(answers=False)
UNPLUGGED = PrinterCondition(plugged=False)
STUCK = PrinterCondition(reads=False)


class Kiosk:
    """A station with a printer: what can be done there, how a slip is printed, and the printer itself."""

    def __init__(self, front: Front, printer: SimulatedPrinter) -> None:
        self.front = front
        self.printer = printer
        self.settings = SlipPrinterSettings(port=printer.port, width_mm=58, rom="gb2312")
        self.print_job = slip_ways(front.store, self.settings).print_job

    @property
    def store(self) -> Store:
        return self.front.store

    def take(self) -> TicketIssued:
        return self.front.taking.issue("XK05", channel="kiosk")

    def print_next(self) -> PrintResult:
        """One turn of the print loop, in this thread."""
        queue = StationQueue(self.store, "slip")
        job = queue.claim()
        assert job is not None
        result = self.print_job(job)
        queue.settle(job, result)
        return result

    def state(self, ticket: TicketIssued) -> str:
        with self.store.read() as session:
            return session.get_one(Ticket, ticket.ticket_id).state

    def spooler(self, print_job: Callable[[JobView], PrintResult], states: Callable[[str], None]) -> Spooler:
        return Spooler(
            StationQueue(self.store, "slip"),
            Ways(Way(self.printer.port, print_job, slip_printer_fault(self.printer.port, self.settings.baud))),
            paper=slip_paper(self.store),
            on_state=states,
        )


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fraction of their real length."""
    monkeypatch.setattr(ports, "WRITE_SECONDS", 0.2)
    monkeypatch.setattr(slip_printers, "print_slip", partial(print_slip, online_seconds=0.05))


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
def kiosk(front: Front, printer: SimulatedPrinter) -> Kiosk:
    return Kiosk(front, printer)


@contextmanager
def running(*loops: Spooler) -> Iterator[None]:
    """The loops, each in a thread of its own."""
    stop = threading.Event()
    threads = [threading.Thread(target=loop.run, args=(stop,)) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for loop in loops:
            loop.wake.set()
        for thread in threads:
            thread.join(PATIENCE)


def length_of_a_slip(kiosk: Kiosk) -> int:
    """The bytes of a slip, which comes out."""
    kiosk.take()
    assert kiosk.print_next().outcome == "printed"
    return kiosk.printer.slips[-1].stat().st_size


def check_agreement(kiosk: Kiosk) -> None:
    """A ticket lives if and only if its slip is said to be printed, and as many slips are out as are said to be."""
    with kiosk.store.read() as session:
        rows = session.execute(select(Ticket.state, PrintJob.state).join(PrintJob, PrintJob.subject_id == Ticket.id))
        pairs = {(ticket, job) for ticket, job in rows}
        printed = len(session.scalars(select(PrintJob.id).where(PrintJob.state == "printed")).all())
    assert pairs <= {
        ("waiting", "printed"),
        ("unprinted", "unknown"),
        ("reserved", "queued"),
        ("cancelled", "cancelled"),
    }
    assert len(kiosk.printer.slips) >= printed


@pytest.mark.parametrize("condition", [PAPER_OUT, PrinterCondition(cover_open=True)])
def test_a_printer_that_stops_at_any_byte_makes_no_ghost_number(kiosk: Kiosk, condition: PrinterCondition) -> None:
    length = length_of_a_slip(kiosk)
    for byte in (1, length // 2, length - 1):  # every byte: tests/printing/test_slip_faults.py
        ticket = kiosk.take()
        kiosk.printer.change_after(byte, condition)
        assert (kiosk.print_next().outcome, kiosk.state(ticket)) == ("unknown", "unprinted"), byte
        kiosk.printer.change(READY)
        check_agreement(kiosk)
    assert len(kiosk.front.slips.unprinted()) == 3


def test_a_printer_that_stops_before_the_first_byte_prints_later(kiosk: Kiosk) -> None:
    ticket = kiosk.take()
    kiosk.printer.change(PAPER_OUT)
    result = kiosk.print_next()
    assert (result.outcome, kiosk.state(ticket)) == ("queued", "reserved")
    assert "缺纸" in result.error
    kiosk.printer.change(READY)
    kiosk.print_next()
    assert kiosk.state(ticket) == "waiting"
    check_agreement(kiosk)


def test_an_unplugged_printer_loses_no_number(kiosk: Kiosk) -> None:
    length = length_of_a_slip(kiosk)
    cut_off, waiting = kiosk.take(), kiosk.take()
    kiosk.printer.change_after(length // 2, UNPLUGGED)
    assert kiosk.print_next().outcome in {"unknown", "queued"}
    assert kiosk.print_next().outcome == "queued"
    assert kiosk.state(cut_off) in {"unprinted", "reserved"}
    assert kiosk.state(waiting) == "reserved"
    check_agreement(kiosk)


def test_a_printer_that_never_reports_counts_as_printing(kiosk: Kiosk) -> None:
    kiosk.printer.change(SILENT)
    ticket = kiosk.take()
    result = kiosk.print_next()
    assert (result.outcome, kiosk.state(ticket)) == ("printed", "waiting")
    assert "请查看小票是否打出" in result.error


@pytest.mark.parametrize("condition", [SILENT, STUCK])
def test_a_printer_that_has_reported_and_hangs_gets_no_slip_until_it_answers(
    kiosk: Kiosk, condition: PrinterCondition
) -> None:
    length_of_a_slip(kiosk)
    kiosk.printer.change(condition)
    ticket = kiosk.take()
    assert (kiosk.print_next().outcome, kiosk.state(ticket)) == ("queued", "reserved")
    kiosk.printer.change(READY)
    assert (kiosk.print_next().outcome, kiosk.state(ticket)) == ("printed", "waiting")
    assert len(kiosk.printer.slips) == 2


def test_after_a_long_paper_out_nothing_is_printed_and_all_are_shown(kiosk: Kiosk, clock: FixedClock) -> None:
    """The whole loop in its thread: five numbers without paper, a refill half an hour later."""
    states: Queue[str] = Queue()
    kiosk.printer.change(PAPER_OUT)
    tickets = [kiosk.take() for _ in range(5)]
    loop = kiosk.spooler(kiosk.print_job, states.put)
    with running(loop):
        assert "缺纸" in states.get(timeout=PATIENCE)
        clock.instant += timedelta(minutes=31)
        kiosk.printer.change(READY)
        loop.wake.set()
        while states.get(timeout=PATIENCE):
            pass
        assert kiosk.printer.slips == ()
        assert {kiosk.state(ticket) for ticket in tickets} == {"unprinted"}
        assert [each.why for each in kiosk.front.slips.unprinted()] == ["过期未打印"] * 5
        fresh = kiosk.take()
        kiosk.front.slips.reprint(tickets[0].ticket_id, "当事人还在")
        loop.wake.set()
        assert [states.get(timeout=PATIENCE), states.get(timeout=PATIENCE)] == ["", ""]
    assert (kiosk.state(fresh), kiosk.state(tickets[0])) == ("waiting", "waiting")
    assert len(kiosk.printer.slips) == 2


def test_a_database_that_is_away_when_the_slip_is_out_learns_it_later_and_nothing_is_printed_twice(
    kiosk: Kiosk,
) -> None:
    class Away:
        """The station's queue, whose first settlements find no database."""

        def __init__(self) -> None:
            self.queue = StationQueue(kiosk.store, "slip")
            self.failures = 3

        def claim(self) -> JobView | None:
            return self.queue.claim()

        def settle(self, job: JobView, result: PrintResult) -> None:
            if self.failures:
                self.failures -= 1
                raise Unavailable("连不上数据库。")
            self.queue.settle(job, result)

        def followed(self) -> tuple[JobView, ...]:
            return ()

    told: Queue[str] = Queue()
    ticket = kiosk.take()
    loop = Spooler(Away(), Ways(Way("slip", kiosk.print_job, str)), paper=str, on_state=told.put)
    with running(loop):
        for _ in range(3):
            assert told.get(timeout=PATIENCE) == "连不上数据库。"
            assert kiosk.state(ticket) == "reserved"
            loop.wake.set()
        assert told.get(timeout=PATIENCE) == ""
    assert (kiosk.state(ticket), len(kiosk.printer.slips)) == ("waiting", 1)


def test_two_print_loops_of_one_station_print_every_slip_once(kiosk: Kiosk) -> None:
    kiosk.front.slips.refill(100)
    tickets = [kiosk.take() for _ in range(8)]
    told: Queue[str] = Queue()
    port = threading.Lock()  # whoever has the port prints

    def print_job(job: JobView) -> PrintResult:
        with port:
            return kiosk.print_job(job)

    with running(*(kiosk.spooler(print_job, told.put) for _ in range(2))):
        assert [told.get(timeout=PATIENCE) for _ in tickets] == [""] * 8
    assert {kiosk.state(ticket) for ticket in tickets} == {"waiting"}
    assert len(kiosk.printer.slips) == len(tickets)
    level = kiosk.front.slips.level()
    assert level is not None
    assert level.left == 100 - len(tickets)


def test_the_last_slips_of_a_roll_light_the_lamp(kiosk: Kiosk) -> None:
    kiosk.front.slips.refill(3)
    told: Queue[str] = Queue()
    with running(kiosk.spooler(kiosk.print_job, told.put)) as _:
        kiosk.take()
        assert told.get(timeout=PATIENCE) == "纸将用完，约剩 2 张。"
