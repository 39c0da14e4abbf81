"""Every fault of a slip printer at every byte of a slip, over a real pseudo-terminal and a real socket.

No time passes: where the driver would wait, the printer takes its turn, and if it then has said nothing it is silent.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.slip_machine import CLONE, EPSON, READY, PrinterCondition, PrinterModel
from hall.printing.escpos import render
from hall.printing.ports import PrinterUnavailable, SlipPort, open_port
from hall.printing.printer import Habits, print_slip, query_status
from hall.printing.raster import LineRasteriser
from hall.printing.slip import profile_for
from hall.printing.tickets import ticket_slip
from tests.printing.test_tickets import TICKET

SOON = 10.0
"""Seconds for what is on its way already; nothing ever waits that long."""
Ending = Literal["printed", "sent", "unconfirmed", "queued"]

STOPS = {
    "paper out": PrinterCondition(paper_out=True),
    "cover": PrinterCondition(cover_open=True),
    "offline": PrinterCondition(offline=True),
    "cutter": PrinterCondition(cutter_error=True, offline=True),
}
NO_POWER = PrinterCondition(powered=False)
MUTE = {
    "silent": PrinterCondition(answers=False),
    "stuck": PrinterCondition(reads=False),
    "gone": PrinterCondition(plugged=False),
    "no power": NO_POWER,
    "late": PrinterCondition(late=True),
}
HARMLESS = {
    "near end": PrinterCondition(paper_near_end=True),
    "xoff": PrinterCondition(babble=b"\x13\x11"),
    "noise": PrinterCondition(babble=b"\xff\xfe\x81\xaa"),
    "automatic": PrinterCondition(automatic=True),
}
LINES = pytest.mark.parametrize(("network", "model"), [(False, EPSON), (True, CLONE)])


class Turns(SlipPort):
    """A port whose printer works only while the driver looks; `seconds` is how long the driver would have waited."""

    def __init__(self, port: SlipPort, bench: "Bench") -> None:
        self.address, self.answers = port.address, port.answers
        self.seconds = 0.0
        self._port = port
        self._bench = bench
        if not bench.prefix:
            bench.heard = bench.printer.said  # what was said to nobody is dropped at the opening

    def send(self, payload: bytes) -> None:
        self._port.send(payload)
        self._bench.sent += len(payload)
        self._bench.work()

    def receive(self, seconds: float) -> bytes:
        self._bench.work()
        printer, received = self._bench.printer, b""
        if not printer.condition.plugged or printer.said > self._bench.heard:
            received = self._port.receive(SOON)  # what was said comes, or it shows that the plug is out
            self._bench.heard += len(received)
        self.seconds += 0 if received else seconds
        return received

    def close(self) -> None:
        """Hear what was said, so that nothing of it comes into the next conversation; who opened the port closes it."""
        if self._bench.printer.condition.plugged:
            while self.receive(0):
                pass


class Bench:
    """A printer, replaced when its plug was pulled, and what became of each slip."""

    def __init__(self, folder: Path, slip: bytes, *, network: bool, model: PrinterModel) -> None:
        self.prefix = ""
        self.slip = slip
        self.model = model
        self._folder = folder
        self._network = network
        self.printer = self._new()

    def _new(self) -> SimulatedPrinter:
        self.sent = self.heard = 0
        return SimulatedPrinter(self._folder, mode="development", model=self.model, network=self._network)

    def work(self) -> None:
        """The printer takes all that was sent, unless it takes nothing any more, and answers."""
        printer = self.printer
        while printer.condition.plugged:
            condition = printer.condition
            printer.serve_once(SOON if condition.reads and printer.taken < self.sent else 0)
            if printer.condition == condition and (printer.taken == self.sent or not condition.reads):
                return
        printer.close()

    @contextmanager
    def opened(self) -> Iterator[Turns]:
        with open_port(self.prefix + self.printer.port, baud=115200) as port:
            turns = Turns(port, self)
            yield turns
            turns.close()

    def print(self, habits: Habits | None = None) -> Ending:
        """One slip to a printer that is known for what it does."""
        known = Habits(reports=True, marks=self.model.marks)
        try:
            with self.opened() as port:
                done = print_slip(
                    port, self.slip, habits=habits or known, online_seconds=0.05, now=lambda: port.seconds
                )
                return done.state
        except PrinterUnavailable:
            return "queued"

    def out(self) -> int:
        """How many slips have come out since the last look; each is whole."""
        slips = self.printer.slips
        assert all(path.read_bytes() == self.slip for path in slips)
        for path in slips:
            path.unlink()
        return len(slips)

    def mend(self) -> None:
        """Somebody puts it right; what it still had in its memory comes out, and the next slip begins anew."""
        if self.printer.condition.plugged:
            for condition in (READY, NO_POWER, READY):
                self.printer.change(condition)
                self.work()
        else:
            self.printer = self._new()

    def end(self) -> None:
        self.printer.close()


@pytest.fixture
def slip(raster: LineRasteriser) -> bytes:
    """A short ticket, so that every byte of it can be tried."""
    ticket = replace(TICKET, hall="城管大厅", matters=("占道许可",), place="3 号窗口", priority="", hints=())
    return render(ticket_slip(ticket), profile_for(58, "gb2312"), raster)


@pytest.fixture
def make_bench(tmp_path: Path, slip: bytes) -> Iterator[Callable[[bool, PrinterModel], Bench]]:
    made: list[Bench] = []

    def make(network: bool, model: PrinterModel) -> Bench:
        made.append(Bench(tmp_path / f"slips{len(made)}", slip, network=network, model=model))
        return made[-1]

    yield make
    for each in made:
        each.end()


def campaign(bench: Bench, condition: PrinterCondition) -> Counter[Ending]:
    """The fault after each byte of a slip: what is said to be printed is out, what may be tried again never was."""
    endings: Counter[Ending] = Counter()
    for byte in range(1, len(bench.slip) + 1):
        bench.printer.change_after(byte, condition)
        ending = bench.print()
        out_at_once = bench.out()
        bench.mend()
        out_in_the_end = out_at_once + bench.out()
        endings[ending] += 1
        assert out_in_the_end <= 1, (byte, ending)
        assert ending != "sent", byte
        if ending == "printed":
            assert out_at_once == 1, byte
        if ending == "queued":
            assert out_in_the_end == 0, byte
    return endings


@LINES
@pytest.mark.parametrize("fault", STOPS)
def test_a_printer_that_stops_is_never_believed_to_have_printed(
    make_bench: Callable[[bool, PrinterModel], Bench], network: bool, model: PrinterModel, fault: str
) -> None:
    bench = make_bench(network, model)
    endings = campaign(bench, STOPS[fault])
    assert endings["unconfirmed"] >= len(bench.slip) - 1
    assert endings["printed"] <= 1  # stopped behind the last byte, when all had come out


@LINES
@pytest.mark.parametrize("fault", MUTE)
def test_a_printer_that_falls_silent_is_never_believed_to_have_printed(
    make_bench: Callable[[bool, PrinterModel], Bench], network: bool, model: PrinterModel, fault: str
) -> None:
    bench = make_bench(network, model)
    endings = campaign(bench, MUTE[fault])
    assert endings["printed"] == 0
    assert endings["unconfirmed"] >= len(bench.slip) - 1


@LINES
@pytest.mark.parametrize("fault", HARMLESS)
def test_what_stands_among_the_answers_disturbs_nothing(
    make_bench: Callable[[bool, PrinterModel], Bench], network: bool, model: PrinterModel, fault: str
) -> None:
    bench = make_bench(network, model)
    assert campaign(bench, HARMLESS[fault]) == {"printed": len(bench.slip)}


@LINES
@pytest.mark.parametrize("fault", [*STOPS, *MUTE])
def test_a_printer_that_fails_before_the_first_byte_gets_none(
    make_bench: Callable[[bool, PrinterModel], Bench], network: bool, model: PrinterModel, fault: str
) -> None:
    bench = make_bench(network, model)
    bench.printer.change((STOPS | MUTE)[fault])
    bench.work()
    assert bench.print() == "queued"
    bench.mend()
    assert bench.out() == 0
    assert (bench.print(), bench.out()) == ("printed", 1)


@pytest.mark.parametrize(
    ("fault", "ending"), [("paper out", "unconfirmed"), ("gone", "unconfirmed"), ("xoff", "printed")]
)
def test_a_device_file_is_listened_to_as_a_line_is(
    make_bench: Callable[[bool, PrinterModel], Bench], fault: str, ending: Ending
) -> None:
    bench = make_bench(False, EPSON)
    bench.prefix = "file:"  # a pseudo-terminal is a character device, as /dev/usb/lp0 is
    assert campaign(bench, (STOPS | MUTE | HARMLESS)[fault])[ending] >= len(bench.slip) - 1


@LINES
def test_a_printer_that_is_not_known_yet_shows_whether_it_gives_marks(
    make_bench: Callable[[bool, PrinterModel], Bench], network: bool, model: PrinterModel
) -> None:
    bench, habits = make_bench(network, model), Habits()
    assert (bench.print(habits), bench.out()) == ("printed", 1)
    assert habits == Habits(reports=True, marks=model.marks)


def test_a_printer_that_is_filled_again_in_time_has_printed(
    make_bench: Callable[[bool, PrinterModel], Bench],
) -> None:
    """The mark stands behind the slip: it comes when the slip is out, however long that took."""
    bench = make_bench(False, EPSON)
    bench.printer.change_after(len(bench.slip) // 2, STOPS["paper out"])

    with bench.opened() as port:

        def now() -> float:
            if port.seconds > 1:
                bench.printer.change(READY)
            return port.seconds

        outcome = print_slip(port, bench.slip, habits=Habits(reports=True, marks=True), now=now)
    assert (outcome.state, bench.out()) == ("printed", 1)


def test_an_answer_without_the_mark_is_no_evidence_of_a_printer_that_gives_marks(
    make_bench: Callable[[bool, PrinterModel], Bench],
) -> None:
    bench = make_bench(False, CLONE)  # somebody has put another printer on the line
    assert bench.print(Habits(reports=True, marks=True)) == "unconfirmed"


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        (PrinterCondition(paper_out=True), "paper_out"),
        (PrinterCondition(cover_open=True), "cover_open"),
        (PrinterCondition(offline=True), "offline"),
        (PrinterCondition(cutter_error=True), "cutter_error"),
        (PrinterCondition(paper_near_end=True), "unknown"),
        (READY, "unknown"),
    ],
)
def test_trouble_said_unasked_is_believed_and_that_all_is_well_is_not(
    make_bench: Callable[[bool, PrinterModel], Bench], condition: PrinterCondition, state: str
) -> None:
    bench = make_bench(False, PrinterModel(questions=()))
    bench.printer.change(replace(condition, automatic=True))
    with bench.opened() as port:
        assert query_status(port).state == state
