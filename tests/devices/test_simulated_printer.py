"""The simulated slip printer and the real driver, through a pseudo-terminal, with every fault a printer has."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hall.devices.simulated.guard import SimulationForbidden
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.slip_machine import READY, PrinterCondition, status_byte
from hall.printing import ports
from hall.printing import printer as talking
from hall.printing.ports import PrinterUnavailable, SlipPort, open_port
from hall.printing.printer import PrinterNotReady, print_slip, query_status
from tests.loops import PATIENCE

SLIP = b"\x1b@\x1c&\x1b3\x1eA017\n\x1dv0\x00\x04\x00\x01\x00\x1dVB\x00\x1dVB\x00"
LONG = b"\x1b@" + b"x" * 200_000 + b"\n\x1dVB\x00"


@dataclass(frozen=True)
class Bench:
    printer: SimulatedPrinter
    port: SlipPort
    thread: threading.Thread


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(ports, "WRITE_SECONDS", 0.3)
    printer = SimulatedPrinter(tmp_path / "slips", mode="development")
    stop = threading.Event()
    thread = threading.Thread(target=printer.serve, args=(stop,))
    thread.start()
    try:
        with open_port(printer.port, baud=115200) as port:
            yield Bench(printer, port, thread)
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_slips_come_out_byte_for_byte_in_order(bench: Bench) -> None:
    for slip in (SLIP, LONG, SLIP):
        assert print_slip(bench.port, slip).state == "printed"
    assert [path.name for path in bench.printer.slips] == ["001.bin", "002.bin", "003.bin"]
    assert [path.read_bytes() for path in bench.printer.slips] == [SLIP, LONG, SLIP]


def test_without_a_cutter_the_long_feed_ends_a_slip(bench: Bench) -> None:
    slip = b"\x1b@A\n\x1bd\x03B\n\x1bd\x05"
    assert print_slip(bench.port, slip).state == "printed"
    assert [path.read_bytes() for path in bench.printer.slips] == [slip]


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        (READY, "ready"),
        (PrinterCondition(paper_near_end=True), "paper_near_end"),
        (PrinterCondition(paper_out=True), "paper_out"),
        (PrinterCondition(cover_open=True), "cover_open"),
        (PrinterCondition(offline=True), "offline"),
        (PrinterCondition(cutter_error=True), "cutter_error"),
    ],
)
def test_the_driver_reads_every_condition(bench: Bench, condition: PrinterCondition, state: str) -> None:
    bench.printer.change(condition)
    assert query_status(bench.port).state == state


def test_the_answers_are_epsons_values() -> None:
    table = {
        READY: (0x12, 0x12, 0x12, 0x12),
        PrinterCondition(paper_near_end=True): (0x12, 0x12, 0x12, 0x1E),
        PrinterCondition(paper_out=True): (0x1A, 0x32, 0x12, 0x7E),
        PrinterCondition(cover_open=True): (0x1A, 0x16, 0x12, 0x12),
        PrinterCondition(offline=True): (0x1A, 0x12, 0x12, 0x12),
        PrinterCondition(cutter_error=True): (0x1A, 0x52, 0x1A, 0x12),
    }
    for condition, answers in table.items():
        assert tuple(status_byte(condition, number) for number in (1, 2, 3, 4)) == answers


def test_paper_out_before_the_slip_prints_nothing_and_may_be_tried_again(bench: Bench) -> None:
    bench.printer.change(PrinterCondition(paper_out=True))
    with pytest.raises(PrinterNotReady, match="缺纸"):
        print_slip(bench.port, SLIP)
    bench.printer.change(READY)
    assert print_slip(bench.port, SLIP).state == "printed"
    assert len(bench.printer.slips) == 1


def test_paper_out_in_the_middle_is_unconfirmed_and_prints_after_the_refill(bench: Bench) -> None:
    bench.printer.change_after(10, PrinterCondition(paper_out=True))
    outcome = print_slip(bench.port, SLIP, online_seconds=0.2)
    assert outcome.state == "unconfirmed"
    assert "缺纸" in outcome.reason
    assert not bench.printer.slips
    bench.printer.change(READY)
    assert print_slip(bench.port, SLIP).state == "printed"
    assert [path.read_bytes() for path in bench.printer.slips] == [SLIP, SLIP]


def test_paper_that_is_refilled_in_time_ends_as_printed(bench: Bench) -> None:
    bench.printer.change_after(10, PrinterCondition(paper_out=True))
    refill = threading.Timer(0.2, bench.printer.change, args=(READY,))
    refill.start()
    outcome = print_slip(bench.port, SLIP, online_seconds=20)
    refill.join(PATIENCE)
    assert outcome.state == "printed"


def test_a_printer_that_stops_reading_times_out_as_unconfirmed(bench: Bench) -> None:
    bench.printer.change_after(1000, PrinterCondition(reads=False))
    outcome = print_slip(bench.port, LONG)
    assert outcome.state == "unconfirmed"
    assert "停止接收" in outcome.reason
    assert not bench.printer.slips


def test_a_short_slip_swallowed_by_the_line_is_not_taken_for_printed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "ANSWER_SECONDS", 0.1)
    bench.printer.change_after(10, PrinterCondition(reads=False))
    assert print_slip(bench.port, SLIP, online_seconds=0.1).state == "unconfirmed"


def test_unplugging_before_the_slip_is_unavailable(bench: Bench) -> None:
    bench.printer.change(PrinterCondition(plugged=False))
    bench.thread.join(PATIENCE)
    with pytest.raises(PrinterUnavailable) as caught:
        print_slip(bench.port, SLIP)
    assert caught.value.bytes_sent == 0


def test_unplugging_in_the_middle_is_unconfirmed(bench: Bench) -> None:
    bench.printer.change_after(1000, PrinterCondition(plugged=False))
    assert print_slip(bench.port, LONG).state == "unconfirmed"


def test_a_printer_that_never_reports_gets_its_slip(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "ANSWER_SECONDS", 0.1)
    bench.printer.change(PrinterCondition(answers=False))
    assert print_slip(bench.port, SLIP).state == "sent"


def test_two_programs_cannot_share_one_printer(bench: Bench) -> None:
    with pytest.raises(PrinterUnavailable, match="被其他程序占用"):
        open_port(bench.printer.port, baud=115200)


def test_production_gets_no_simulated_printer(tmp_path: Path) -> None:
    with pytest.raises(SimulationForbidden):
        SimulatedPrinter(tmp_path / "slips", mode="production")
    assert not (tmp_path / "slips").exists()
