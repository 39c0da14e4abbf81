"""The reader's driver against a simulated reader: every fault, every status, unplugging."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hall.devices.frames import build_frame
from hall.devices.idcard import (
    CardReader,
    LineTrouble,
    NoAnswer,
    NoCard,
    PlaceAgain,
    ReaderFault,
    UnsupportedCard,
    read_one,
)
from hall.devices.idcard_text import UnreadableText
from hall.devices.serial_port import SerialPort
from hall.devices.simulated.cards import ALL_CARDS, LI_RARE, ZHANG_SHILI
from hall.devices.simulated.guard import SimulationForbidden
from hall.devices.simulated.reader import Fault, SimulatedReader
from hall.errors import HallError, Refused, Unavailable
from hall.lines import PortUnavailable
from hall.rules.cards import Card
from tests.children import child, hear

HOLDER = """
import sys, time
from hall.devices.frames import build_frame
from hall.devices.serial_port import SerialPort
with SerialPort(sys.argv[1], baud=115200) as line:
    for command in (b"\\x20\\x01", b"\\x20\\x02", b"\\x30\\x01"):
        line.write(build_frame(command))
    print("held", flush=True)
    time.sleep(60)
"""
"""Asks for a card and is killed before it has read the answers."""

FIND, SELECT, READ, STATUS = b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x11\xff"


@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda card: card.id_number[:6])
def test_every_kind_of_card_is_read_whole(simulated: SimulatedReader, reader: CardReader, card: Card) -> None:
    simulated.place(card)
    assert reader.find()
    assert reader.select_and_read() == card
    assert not reader.find()


@pytest.mark.parametrize("fault", ["stale", "pregarbage", "echo", "double", "hugelen", "noise", "nul"])
def test_a_disturbed_line_does_not_spoil_the_reading(
    simulated: SimulatedReader, reader: CardReader, fault: Fault
) -> None:
    simulated.misbehave(fault)
    reader.check()
    assert not reader.find()
    simulated.place(LI_RARE)
    assert reader.find()
    assert reader.select_and_read() == LI_RARE
    assert not reader.find()


@pytest.mark.parametrize("fault", ["late", "badsum", "half", "silent"])
def test_an_answer_that_never_fits_is_told_and_the_next_card_is_read(
    simulated: SimulatedReader, reader: CardReader, fault: Fault
) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.misbehave(fault)
    with pytest.raises(NoAnswer, match="收到"):
        reader.find()
    assert simulated.heard[-1] == STATUS
    simulated.misbehave(None)
    assert reader.find()
    assert reader.select_and_read() == ZHANG_SHILI


def test_the_late_answer_to_find_is_not_taken_for_the_answer_to_select(
    simulated: SimulatedReader, reader: CardReader
) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.misbehave("late")
    with pytest.raises(NoAnswer):
        reader.find()
    with pytest.raises(NoAnswer, match="1 帧都与命令不符"):
        reader.select_and_read()


@pytest.mark.parametrize(("fault", "why"), [("notext", "收到 0 字节"), ("zerotext", "文字信息为空")])
def test_a_card_without_text_is_told_in_words(
    simulated: SimulatedReader, reader: CardReader, fault: Fault, why: str
) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.misbehave(fault)
    assert reader.find()
    with pytest.raises(UnreadableText, match=why):
        reader.select_and_read()


def test_a_card_lifted_while_it_is_read_asks_to_place_it_again(simulated: SimulatedReader, reader: CardReader) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.misbehave("lifted")
    assert reader.find()
    with pytest.raises(PlaceAgain, match="41"):
        reader.select_and_read()
    simulated.misbehave(None)
    assert not reader.find()


def test_a_reader_gone_while_it_sends_the_text_is_unavailable(simulated: SimulatedReader, reader: CardReader) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.break_off(647)
    assert reader.find()
    with pytest.raises(PortUnavailable, match="连接中断"):
        reader.select_and_read()
    with pytest.raises(PortUnavailable):
        reader.find()


@pytest.mark.parametrize("status", [0x10, 0x11, 0x21])
def test_a_garbled_command_is_sent_once_more_and_only_once(
    simulated: SimulatedReader, reader: CardReader, status: int
) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.answer_next(status)
    assert reader.find()
    assert list(simulated.heard) == [FIND, FIND]
    simulated.answer_next(status, status)
    with pytest.raises(LineTrouble, match=f"{status:02X}"):
        reader.select_and_read()
    assert list(simulated.heard) == [FIND, FIND, SELECT, SELECT]


@pytest.mark.parametrize(
    ("status", "error", "family"),
    [
        (0x31, PlaceAgain, Refused),
        (0x32, PlaceAgain, Refused),
        (0x33, PlaceAgain, Refused),
        (0x41, PlaceAgain, Refused),
        (0x47, PlaceAgain, Refused),
        (0x81, PlaceAgain, Refused),
        (0x80, NoCard, Refused),
        (0x40, UnsupportedCard, Refused),
        (0x60, ReaderFault, Unavailable),
        (0x66, ReaderFault, Unavailable),
        (0x24, LineTrouble, Unavailable),
        (0xEE, LineTrouble, Unavailable),
    ],
)
def test_each_status_says_what_to_do(
    simulated: SimulatedReader,
    reader: CardReader,
    status: int,
    error: type[HallError],
    family: type[HallError],
) -> None:
    simulated.place(ZHANG_SHILI)
    assert reader.find()
    simulated.answer_next(status)
    with pytest.raises(error, match="请") as caught:
        reader.select_and_read()
    assert isinstance(caught.value, family)


def test_an_empty_item_on_the_card_is_no_card_text(simulated: SimulatedReader, reader: CardReader) -> None:
    simulated.place(ZHANG_SHILI)
    assert reader.find()
    simulated.answer_next(0x90, 0x91)
    # The plain 90 does not fit select: it carries no data.
    with pytest.raises(NoAnswer):
        reader.select_and_read()
    with pytest.raises(UnreadableText, match="无文字信息"):
        reader.read()


def test_a_reader_that_does_not_know_the_newest_address_still_reads(
    simulated: SimulatedReader, reader: CardReader
) -> None:
    simulated.misbehave("oldmodule")
    simulated.place(LI_RARE)
    assert reader.find()
    assert reader.select_and_read() == replace(LI_RARE, newest_address=None)
    simulated.misbehave(None)
    assert reader.read() == LI_RARE


def test_a_stopped_reader_returns_at_once(simulated: SimulatedReader) -> None:
    stop = threading.Event()
    stop.set()
    with SerialPort(simulated.port, baud=115200) as line, pytest.raises(NoAnswer):
        CardReader(line, stop=stop).find()


def test_one_card_is_waited_for_and_read_even_when_it_was_read_before(
    simulated: SimulatedReader, reader: CardReader, make_stop: Callable[[], threading.Event]
) -> None:
    simulated.place(ZHANG_SHILI)
    for _ in range(2):
        assert read_one(reader, seconds=1, stop=make_stop()) == ZHANG_SHILI


@pytest.mark.parametrize(
    ("fault", "error"),
    [("lifted", PlaceAgain), ("zerotext", UnreadableText), ("silent", NoAnswer), ("half", NoAnswer)],
)
def test_when_the_time_is_up_the_last_trouble_is_told(
    simulated: SimulatedReader,
    reader: CardReader,
    make_stop: Callable[[], threading.Event],
    fault: Fault,
    error: type[HallError],
) -> None:
    simulated.place(ZHANG_SHILI)
    simulated.misbehave(fault)
    with pytest.raises(error):
        read_one(reader, seconds=0.2, stop=make_stop())


def test_what_was_seen_is_told_even_if_the_reader_fell_silent_afterwards(
    simulated: SimulatedReader, reader: CardReader
) -> None:
    class SilenceAtFirstSleep(threading.Event):
        """Between the first miss and the second, the reader falls silent altogether."""

        def wait(self, timeout: float | None = None) -> bool:
            simulated.misbehave("silent")
            return False

    simulated.misbehave("half")
    with pytest.raises(NoAnswer, match="收到 5 字节，无有效帧"):
        read_one(reader, seconds=0.5, stop=SilenceAtFirstSleep())


def test_no_card_in_time_is_a_refusal(reader: CardReader, make_stop: Callable[[], threading.Event]) -> None:
    with pytest.raises(NoCard):
        read_one(reader, seconds=0.2, stop=make_stop())


# The line


def test_a_missing_port_says_which_and_what_to_check(tmp_path: Path) -> None:
    port = str(tmp_path / "nothing")
    with pytest.raises(PortUnavailable, match="打不开") as caught:
        SerialPort(port, baud=115200)
    assert port in str(caught.value)


@pytest.mark.parametrize("port", ["/dev/null", "nonsense://x", "socket://nonsense"])
def test_what_is_no_serial_port_is_unavailable(port: str) -> None:
    with pytest.raises(PortUnavailable):
        SerialPort(port, baud=115200)


def test_a_port_in_use_is_not_opened_twice(simulated: SimulatedReader) -> None:
    with SerialPort(simulated.port, baud=115200), pytest.raises(PortUnavailable):
        SerialPort(simulated.port, baud=115200)


def test_a_port_whose_holder_was_killed_is_free_at_once_and_what_it_had_asked_is_forgotten(
    simulated: SimulatedReader,
) -> None:
    simulated.place(LI_RARE)
    stop = threading.Event()
    with child(sys.executable, "-c", HOLDER, simulated.port) as holder:
        assert hear(holder) == "held"
        with pytest.raises(PortUnavailable):
            SerialPort(simulated.port, baud=115200)
    with SerialPort(simulated.port, baud=115200) as line:
        assert read_one(CardReader(line, stop=stop), seconds=5, stop=stop) == LI_RARE


def test_an_unplugged_port_fails_in_every_call_and_still_closes(simulated: SimulatedReader) -> None:
    with SerialPort(simulated.port, baud=115200) as line:
        simulated.unplug()
        for call in (line.read, line.flush_input, lambda: line.write(b"x")):
            with pytest.raises(PortUnavailable):
                call()
    line.close()


def test_a_network_line_whose_other_end_closed_is_told_as_silence_or_unavailable(
    make_stop: Callable[[], threading.Event], fast_clock: Callable[[], float]
) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        SerialPort(f"socket://127.0.0.1:{server.getsockname()[1]}", baud=115200) as line,
        server.accept()[0] as other_end,
    ):
        other_end.shutdown(socket.SHUT_WR)
        with pytest.raises((NoAnswer, PortUnavailable)):
            CardReader(line, stop=make_stop(), monotonic=fast_clock).find()
        line.close()  # while the other end is there: otherwise pyserial leaves the socket open


# The simulated end


def test_nothing_is_simulated_in_production(tmp_path: Path) -> None:
    with pytest.raises(SimulationForbidden, match="production"):
        SimulatedReader(tmp_path / "reader", mode="production")
    assert not os.path.lexists(tmp_path / "reader")


def test_the_simulated_reader_refuses_what_no_reader_knows(simulated: SimulatedReader) -> None:
    with SerialPort(simulated.port, baud=115200) as line:
        line.write(build_frame(b"\x77\x77"))
        answer = b""
        while len(answer) < 11:
            answer += line.read()
    assert answer == build_frame(b"\0\0\x21")
