"""The code scanner: one scan is one event, whatever ends it, and what is no scan is none."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.devices.scanner import ScannerState, watch
from hall.devices.scans import LONGEST_SCAN, ScanParser
from hall.devices.simulated.scanner import SimulatedScanner
from hall.errors import Refused
from hall.words import SCANNER_STATES
from tests.loops import PATIENCE, RunLoop

CODE = "H1.UmVjZWlwdA.20260302.k1.abc-DEF_0"
codes = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=LONGEST_SCAN)


@given(st.lists(codes), st.sampled_from(["\r", "\n", "\r\n", "\r\r\n"]), st.data())
def test_scans_come_whole_and_in_order_however_the_line_cuts_them(
    sent: list[str], ending: str, data: st.DataObject
) -> None:
    stream = b"".join((code + ending).encode() for code in sent)
    parser, heard = ScanParser(), []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        heard += parser.feed(stream[:cut])
        stream = stream[cut:]
    assert heard == sent
    assert parser.garbled == 0


def test_at_every_boundary_a_silence_ends_the_scan_of_a_scanner_without_line_ends() -> None:
    for cut in range(1, len(CODE)):
        parser = ScanParser()
        assert parser.feed(CODE[:cut].encode()) == []
        assert parser.feed(CODE[cut:].encode()) == []
        assert parser.hear_silence() == [CODE]
        assert parser.hear_silence() == []


def test_at_every_boundary_a_torn_scan_of_a_scanner_with_line_ends_is_none_and_the_next_one_is_whole() -> None:
    for cut in range(1, len(CODE)):
        parser = ScanParser()
        assert parser.feed(f"{CODE}\r\n{CODE[:cut]}".encode()) == [CODE]
        assert parser.hear_silence() == []
        assert parser.garbled == 1
        assert parser.feed(f"{CODE}\r\n".encode()) == [CODE]


@pytest.mark.parametrize("byte", [0x00, 0x07, 0x1F, 0x7F, 0x80, 0xFF])
def test_at_every_boundary_a_byte_that_is_no_text_spoils_its_own_scan_only(byte: int) -> None:
    for cut in range(len(CODE) + 1):
        parser = ScanParser()
        spoilt = CODE[:cut].encode() + bytes([byte]) + CODE[cut:].encode()
        assert parser.feed(spoilt + f"\r{CODE}\r".encode()) == [CODE]
        assert parser.garbled == 1


def test_a_scan_is_three_hundred_characters_at_most_and_a_longer_one_is_none() -> None:
    parser = ScanParser()
    assert parser.feed(b"x" * LONGEST_SCAN + b"\r") == ["x" * LONGEST_SCAN]
    assert parser.feed(b"x" * (LONGEST_SCAN + 1) + b"\r") == []
    assert parser.feed(b"y" * 100_000) == []
    assert parser.feed(b"\rnext\r") == ["next"]
    assert parser.garbled == 2


def test_line_ends_and_blanks_alone_are_no_scan() -> None:
    parser = ScanParser()
    assert parser.feed(b"\r\n\n   \r\n") == []
    assert parser.hear_silence() == []
    assert parser.garbled == 0


@dataclass
class Desk:
    """A scanner, its loop, and what the loop has told."""

    scanner: SimulatedScanner
    scans: Queue[str] = field(default_factory=Queue)
    states: Queue[ScannerState] = field(default_factory=Queue)

    def until(self, state: ScannerState) -> None:
        while self.states.get(timeout=PATIENCE) != state:
            pass


@pytest.fixture
def desk(tmp_path: Path, run_loop: RunLoop, make_stop: Callable[[], threading.Event]) -> Desk:
    desk = Desk(SimulatedScanner(tmp_path / "scanner", mode="development"))
    desk.scanner.send(b"before")
    port, on_scan, on_state = desk.scanner.port, desk.scans.put, desk.states.put
    run_loop(desk.scanner.serve)
    run_loop(lambda stop: watch(port, 9600, on_scan=on_scan, on_state=on_state, stop=stop), make_stop())
    desk.until("ready")
    return desk


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n", ""])
def test_one_scan_is_one_event(desk: Desk, ending: str) -> None:
    for code in (CODE, "second"):
        desk.scanner.scan(code, ending=ending)
        assert desk.scans.get(timeout=PATIENCE) == code
    assert desk.scans.empty()


def test_a_scanner_gone_in_the_middle_of_a_scan_loses_that_scan_only(desk: Desk) -> None:
    desk.scanner.scan("first")
    desk.scanner.scan(CODE[:20], ending="")
    assert desk.scans.get(timeout=PATIENCE) == "first"
    desk.scanner.unplug()
    desk.until("absent")
    desk.scanner.plug()
    desk.until("ready")
    desk.scanner.scan(CODE)
    assert desk.scans.get(timeout=PATIENCE) == CODE


def test_noise_is_told_and_the_next_scan_heals_it(desk: Desk) -> None:
    desk.scanner.send(bytes(range(128, 256)) + b"\r")
    desk.until("garbled")
    desk.scanner.scan(CODE)
    desk.until("ready")
    assert desk.scans.get(timeout=PATIENCE) == CODE


def test_every_state_has_words() -> None:
    assert set(get_args(ScannerState)) == SCANNER_STATES.keys()


def test_the_simulated_scanner_refuses_production(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        SimulatedScanner(tmp_path / "scanner", mode="production")
