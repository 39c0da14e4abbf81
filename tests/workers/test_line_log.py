"""The log of a device's line tells what was said and never what a card, a slip or a code holds."""

import os
import threading
import tty
from collections.abc import Callable

import pytest

from hall.clock import FixedClock
from hall.devices.counter_frames import Frame
from hall.devices.frames import build_frame
from hall.devices.listening import CounterListener, ReaderListener, ScannerListener
from hall.devices.serial_port import SerialPort
from hall.devices.simulated.text_block import encode_text_block
from hall.printing import escpos
from hall.printing.fonts import FontSet
from hall.printing.listening import SlipListener
from hall.printing.raster import LineRasteriser
from hall.printing.slip import profile_for
from hall.printing.trial_paper import trial_slip
from hall.rules.cards import Card
from hall.workers.line_log import LONGEST, LineLog

FIND, NO_CARD = build_frame(b"\x20\x01"), build_frame(b"\0\0\x80")


@pytest.fixture
def log(clock: FixedClock) -> LineLog:
    return LineLog(clock)


def read_answer(make_card: Callable[..., Card]) -> bytes:
    text = encode_text_block(make_card())
    payload = len(text).to_bytes(2, "big") + (1024).to_bytes(2, "big") + text + bytes(range(256)) * 4
    return build_frame(b"\0\0\x90" + payload)


def test_of_a_card_only_the_lengths_are_told(log: LineLog, make_card: Callable[..., Card]) -> None:
    answer = read_answer(make_card)
    tap = log.tap("reader", ReaderListener())
    tap("out", build_frame(b"\x30\x01"))
    for start in range(0, len(answer), 100):
        tap("in", answer[start : start + 100])
    asked, told = log.lines("reader")
    assert (asked.said.words, asked.said.hex) == ("读文字和照片", "AA AA AA 96 69 00 03 30 01 32")
    assert told.said.words == "操作成功：证件文字 256 字节、照片 1024 字节"
    assert (told.said.size, told.said.hex) == (1295, "AA AA AA 96 69 05 08 00 00 90 …")


@pytest.mark.parametrize("cut", range(0, 1295, 37))
def test_a_torn_card_shows_no_byte_of_it(log: LineLog, make_card: Callable[..., Card], cut: int) -> None:
    """Whatever part of an answer comes, the log holds no bytes of its data, not even as noise."""
    answer = read_answer(make_card)
    tap = log.tap("reader", ReaderListener())
    tap("in", answer[cut:] if cut % 2 else answer[:cut])
    tap("out", FIND)
    for line in log.lines("reader")[:-1]:
        assert line.said.shown in (b"", answer[:10])


def test_a_reader_without_a_card_fills_two_lines_and_not_the_log(log: LineLog, clock: FixedClock) -> None:
    tap = log.tap("reader", ReaderListener())
    for _ in range(1000):
        tap("out", FIND)
        tap("in", NO_CARD)
    assert [(line.said.words, line.times) for line in log.lines("reader")] == [("寻找证件", 1000), ("没有证件", 1000)]
    tap("out", build_frame(b"\x11\xff"))
    tap("in", build_frame(b"\0\0\x90"))
    tap("out", FIND)
    assert [line.said.words for line in log.lines("reader")][2:] == ["查询状态", "操作成功", "寻找证件"]


def test_like_answers_to_other_questions_stay_where_they_are(log: LineLog) -> None:
    tap = log.tap("slip", SlipListener())
    for number in (1, 4, 2):
        tap("out", bytes((0x10, 4, number)))
        tap("in", b"\x12")
    assert [line.said.hex for line in log.lines("slip")] == ["10 04 01", "12", "10 04 04", "12", "10 04 02", "12"]


def test_a_printer_that_reports_is_understood(log: LineLog) -> None:
    tap = log.tap("slip", SlipListener())
    for question, answer in ((b"\x10\x04\x04", b"\x7e"), (b"\x1dr\x01", b"\x00"), (b"\x1da\xff", b"\x18\x00")):
        tap("out", question)
        tap("in", answer)
    tap("in", b"\x0f\x00")
    assert [line.said.words for line in log.lines("slip")] == [
        "查询纸张状态",
        "应答：缺纸",
        "问是否打完",
        "打完标记的应答",
        "自动报告状态的开关",
        "其他",
        "打印机自动报告状态",
    ]


def test_the_log_is_bounded(log: LineLog) -> None:
    tap = log.tap("evaluator", CounterListener())
    for number in range(2 * LONGEST):
        tap("out", Frame(b"R", bytes([0x21 + number % 90])).encoded)
    lines = log.lines("evaluator")
    assert len(lines) == LONGEST
    assert lines[-1].number == 2 * LONGEST
    assert {line.said.words for line in lines} == {"显示请评价"}


def test_of_a_slip_its_commands_are_told_and_the_length_of_its_text(log: LineLog, clock: FixedClock) -> None:
    profile = profile_for(80, "gbk")
    payload = escpos.render(
        trial_slip(profile, address="x", now=clock.now()), profile, LineRasteriser(FontSet.shipped())
    )
    tap = log.tap("slip", SlipListener())
    for start in range(0, len(payload), 700):
        tap("out", payload[start : start + 700])
    lines = log.lines("slip")
    assert sum(line.said.size for line in lines) == len(payload)
    assert {line.said.shown for line in lines} == {b""}
    words = "".join(line.said.words for line in lines)
    assert "切纸" in words
    assert "二维码" in words
    assert "打印测试" not in words


def test_of_a_scan_only_its_length_is_told(log: LineLog) -> None:
    tap = log.tap("scanner", ScannerListener())
    tap("in", b"999999199003070012\r\n")
    (line,) = log.lines("scanner")
    assert (line.said.words, line.said.hex) == ("扫到 18 个字符", "")


def test_what_a_real_line_carries_is_heard_in_both_directions() -> None:
    heard: list[tuple[str, bytes]] = []
    master, own = os.openpty()
    tty.setraw(own)
    try:
        with SerialPort(os.ttyname(own), baud=9600, tap=lambda *what: heard.append(what)) as line:
            line.write(b"frage")
            assert os.read(master, 100) == b"frage"
            os.write(master, b"antwort")
            received = b""
            while received != b"antwort":
                received += line.read()
    finally:
        os.close(master)
        os.close(own)
    assert heard[0] == ("out", b"frage")
    assert b"".join(portion for direction, portion in heard if direction == "in") == b"antwort"


def test_loops_may_write_while_a_page_reads(log: LineLog) -> None:
    def write(name: str) -> None:
        tap = log.tap(name, ReaderListener())
        for _ in range(300):
            tap("out", FIND)
            tap("in", NO_CARD)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        log.lines("a")
    assert log.heard == 1200
