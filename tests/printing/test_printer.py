"""Talking to a slip printer: its state is believed only where it is certain, and nothing is printed twice."""

import os
import select
import socket
import stat
import threading
from collections import deque
from pathlib import Path
from typing import Literal

import cups
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.printing import printer as talking
from hall.printing.ports import BadPrinterAddress, PrinterUnavailable, SlipPort, open_port
from hall.printing.printer import (
    PrinterNotReady,
    PrinterStatus,
    PrintOutcome,
    interpret,
    print_slip,
    query_status,
    read_status,
)

READY = {1: b"\x12", 2: b"\x12", 3: b"\x12", 4: b"\x12"}
PAPER_OUT = {1: b"\x1a", 2: b"\x32", 3: b"\x12", 4: b"\x7e"}


class ScriptedPort(SlipPort):
    """Answers status requests from a table and gives no marks; `tables` moves on after each slip."""

    def __init__(self, *tables: dict[int, bytes], broken_at: int | None = None) -> None:
        self.address = "scripted"
        self.answers = True
        self.slips: list[bytes] = []
        self._tables = deque(tables)
        self._broken_at = broken_at
        self._incoming = b""

    def send(self, payload: bytes) -> None:
        if payload.startswith(b"\x10\x04"):
            self._incoming += self._tables[0].get(payload[2], b"")
            return
        if payload == b"\x1dr\x01":
            return
        if self._broken_at is not None:
            raise PrinterUnavailable(self.address, "停止接收数据", bytes_sent=self._broken_at)
        self.slips.append(payload)
        if len(self._tables) > 1:
            self._tables.popleft()

    def receive(self, seconds: float) -> bytes:
        incoming, self._incoming = self._incoming, b""
        return incoming

    def close(self) -> None:
        return


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "ANSWER_SECONDS", 0.02)
    monkeypatch.setattr(talking, "PAUSE_SECONDS", 0.0)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (READY, "ready"),
        (READY | {4: b"\x1e"}, "paper_near_end"),
        (PAPER_OUT, "paper_out"),
        ({1: b"\x1a", 4: b"\x7e"}, "paper_out"),
        (READY | {1: b"\x1a", 2: b"\x16"}, "cover_open"),
        (READY | {1: b"\x1a"}, "offline"),
        (READY | {1: b"\x1a", 2: b"\x52", 3: b"\x1a"}, "cutter_error"),
        (READY | {1: b"\x1a", 2: b"\x52"}, "offline"),
        ({1: b"\x12", 4: b"\x12"}, "ready"),
        ({1: b"\x12"}, "unknown"),
        ({1: b"\x1a"}, "offline"),
        ({}, "unknown"),
        ({4: b"\x12"}, "unknown"),
        ({1: b"\xff", 2: b"\x00", 4: b"\x11"}, "unknown"),
        (READY | {1: b"\x18\x00\x0f\x00\x12"}, "ready"),
        (dict.fromkeys(range(1, 5), b"\x10\x00\x00\x00"), "unknown"),
    ],
)
def test_the_state_follows_from_valid_answers_only(answers: dict[int, bytes], state: str) -> None:
    assert query_status(ScriptedPort(answers)).state == state


@given(st.binary(max_size=12))
def test_bytes_without_the_fixed_bits_are_never_an_answer(received: bytes) -> None:
    answer = read_status(received)
    assert answer is None or (answer in received and answer & 0x93 == 0x12)


@given(st.integers(0, 0xF), st.integers(0, 0x7F), st.integers(0, 0xF), st.integers(0, 0xF), st.integers(0, 0x7F))
def test_automatic_status_is_never_taken_for_an_answer(a: int, b: int, c: int, d: int, mask: int) -> None:
    first = 0x10 | (mask & 0x6C)
    assert read_status(bytes((first, b & 0x6F, c & 0x6F, d & 0x6F))) is None


def test_silence_about_the_paper_is_not_paper() -> None:
    assert interpret(printer=0x12, paper=None, cause=None, error=None) == PrinterStatus("unknown")


def test_after_a_silence_nothing_more_is_asked() -> None:
    port = ScriptedPort({2: b"\x16", 4: b"\x7e"})
    assert query_status(port).state == "unknown"


def test_a_slip_is_printed_when_the_printer_is_online_afterwards() -> None:
    port = ScriptedPort(READY)
    assert print_slip(port, b"slip") == PrintOutcome("printed")
    assert port.slips == [b"slip"]


def test_a_printer_that_says_no_gets_no_byte() -> None:
    port = ScriptedPort(PAPER_OUT)
    with pytest.raises(PrinterNotReady, match="缺纸") as caught:
        print_slip(port, b"slip")
    assert caught.value.bytes_sent == 0
    assert caught.value.status.state == "paper_out"
    assert port.slips == []


def test_paper_that_ends_during_the_slip_leaves_it_unconfirmed() -> None:
    outcome = print_slip(ScriptedPort(READY, PAPER_OUT), b"slip", online_seconds=0.05)
    assert outcome.state == "unconfirmed"
    assert "缺纸" in outcome.reason


def test_a_printer_that_falls_silent_after_the_slip_leaves_it_unconfirmed() -> None:
    assert print_slip(ScriptedPort(READY, {}), b"slip", online_seconds=0.05).state == "unconfirmed"


def test_a_printer_that_never_reports_is_sent_to_but_not_believed() -> None:
    outcome = print_slip(ScriptedPort({}), b"slip")
    assert outcome.state == "sent"
    assert "不报告状态" in outcome.reason


@pytest.mark.parametrize(("sent", "result"), [(0, None), (1, "unconfirmed")])
def test_failing_before_the_first_byte_may_be_repeated_and_after_it_not(sent: int, result: str | None) -> None:
    port = ScriptedPort(READY, broken_at=sent)
    if result is None:
        with pytest.raises(PrinterUnavailable, match="稍后会再试"):
            print_slip(port, b"slip")
    else:
        assert print_slip(port, b"slip").state == result


@pytest.mark.parametrize(
    "address", ["", " /dev/ttyS9", "tcp://", "tcp://host/path", "tcp://h:99x", "queue:", "queue:-o", "queue:a b"]
)
def test_a_malformed_address_is_refused_with_the_known_forms(address: str) -> None:
    with pytest.raises(BadPrinterAddress, match="queue:队列名"):
        open_port(address, baud=115200)


@pytest.mark.parametrize("address", ["/dev/ttyHALL99", "file:/dev/hall-lp9", "/dev/usb/lp99", "file:/", "nonsense"])
def test_a_port_that_is_not_there_is_unavailable(address: str) -> None:
    with pytest.raises(PrinterUnavailable) as caught:
        open_port(address, baud=115200)
    assert caught.value.bytes_sent == 0


def test_a_file_holds_exactly_the_last_slip(tmp_path: Path) -> None:
    file = tmp_path / "slip.bin"
    for slip in (b"first slip" * 1000, b"second"):
        with open_port(f"file:{file}", baud=115200) as port:
            assert print_slip(port, slip).state == "sent"
    assert file.read_bytes() == b"second"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_device_file_that_takes_nothing_times_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hall.printing.ports.WRITE_SECONDS", 0.05)
    pipe = tmp_path / "lp"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with open_port(f"file:{pipe}", baud=115200) as port:
            outcome = print_slip(port, b"x" * 1_000_000)
            assert outcome.state == "unconfirmed"
            os.close(reader)
            reader = -1
            with pytest.raises(PrinterUnavailable) as caught:
                port.send(b"x")
            assert caught.value.bytes_sent == 0
    finally:
        if reader >= 0:
            os.close(reader)


def test_without_a_print_system_a_queue_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        cups.setServer(f"127.0.0.1:{server.getsockname()[1]}")
    with open_port("queue:slips", baud=115200) as port, pytest.raises(PrinterUnavailable, match="打印系统") as caught:
        print_slip(port, b"slip")
    assert caught.value.bytes_sent == 0


class NetworkPrinter:
    """One connection on the loopback interface: answers status requests as the table says, keeps the rest."""

    def __init__(self, answers: dict[int, bytes], hangs_up: Literal["never", "at once"] = "never") -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(20)
        self.address = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self.received = b""
        self._answers = answers
        self._hangs_up = hangs_up
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with self._listener, self._listener.accept()[0] as line:
            while self._hangs_up == "never" and select.select([line], [], [], 10)[0]:
                chunk = line.recv(4096)
                if not chunk:
                    return
                if chunk.startswith(b"\x10\x04"):
                    line.sendall(self._answers.get(chunk[2], b""))
                else:
                    self.received += chunk

    def finish(self) -> None:
        self._thread.join(20)
        assert not self._thread.is_alive()


def test_a_network_printer_reports_and_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "ANSWER_SECONDS", 2.0)
    printer = NetworkPrinter(PAPER_OUT)
    with open_port(printer.address, baud=115200) as port:
        assert query_status(port).state == "paper_out"
        port.send(b"slip")
    printer.finish()
    assert printer.received == b"slip"


def test_a_network_printer_that_hangs_up_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "ANSWER_SECONDS", 2.0)
    printer = NetworkPrinter(READY, hangs_up="at once")
    with open_port(printer.address, baud=115200) as port, pytest.raises(PrinterUnavailable) as caught:
        print_slip(port, b"slip")
    printer.finish()
    assert caught.value.bytes_sent == 0


def test_a_closed_network_port_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(PrinterUnavailable, match="网络连接不上"):
        open_port(address, baud=115200)
