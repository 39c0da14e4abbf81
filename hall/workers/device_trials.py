"""One key, one device: what each device of a station does to show that it works. Called while nobody else has it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from hall.devices import counter_display, evaluator
from hall.devices.counter_display_frames import Sign
from hall.devices.counter_frames import DeviceState
from hall.devices.evaluator_frames import Wish
from hall.devices.idcard import CardReader, NoCard, read_one
from hall.devices.scans import ScanParser
from hall.devices.serial_port import SerialPort
from hall.devices.voice import Voice, spoken_words
from hall.printing.fonts import FontSet
from hall.printing.pages import page_printer
from hall.printing.ports import open_port
from hall.printing.printer import print_slip, query_status
from hall.printing.queues import PageJob
from hall.printing.slip import profile_for
from hall.printing.trial_paper import trial_page, trial_slip
from hall.rules.cards import Card
from hall.rules.identity import mask_id_number, mask_name
from hall.rules.line_log import Tap
from hall.settings import (
    CounterDisplaySettings,
    EvaluatorSettings,
    ReaderSettings,
    ScannerSettings,
    Settings,
    SlipPrinterSettings,
)
from hall.words import CARD_KINDS, RATING_LEVELS

CARD_SECONDS = SCAN_SECONDS = PRESS_SECONDS = 15.0
LOOK_SECONDS = 4.0
DISPLAYED = "测试 A001 123"
SHOWN_OF_A_SCAN = 4
TEST_CODE, TEST_COUNTER = "A001", 1

Say = Callable[[str], None]
"""Tells what the person at the device should do now."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: `ok`, `look` (only a person can see whether it worked), `trouble`."""

    verdict: Literal["ok", "look", "trouble"]
    words: str


def try_reader(own: ReaderSettings, *, tap: Tap, stop: threading.Event, say: Say) -> Trial:
    """Status, then a card if one is laid down. Raises what the driver raises."""
    with SerialPort(own.port, baud=own.baud, tap=tap) as line:
        reader = CardReader(line, stop=stop)
        reader.check()
        say(f"读卡器应答正常。请放一张证件（{CARD_SECONDS:g} 秒内），不放就按 Esc。")
        try:
            card = read_one(reader, seconds=CARD_SECONDS, stop=stop)
        except NoCard:
            return Trial("ok", "读卡器应答正常，没有放证件。")
    return Trial("ok", f"读到{_masked(card)}。")


def _masked(card: Card) -> str:
    return f"{CARD_KINDS[card.kind]}：{mask_name(card.name)}，{mask_id_number(card.id_number)}"


def try_slip_printer(own: SlipPrinterSettings, address: str, *, tap: Tap, now: datetime) -> Trial:
    """A slip with every kind of character, a code and the cut."""
    from hall.printing import escpos
    from hall.printing.raster import LineRasteriser

    profile = profile_for(own.width_mm, own.rom, own.qr)
    slip = trial_slip(profile, address=address, now=now)
    payload = escpos.render(slip, profile, LineRasteriser(FontSet.shipped()))
    with open_port(address, baud=own.baud, tap=tap) as port:
        before = query_status(port)
        if before.stopped:
            return Trial("trouble", f"打印机{before.word}，没有打印。请检查纸张、上盖和联机键。")
        done = print_slip(port, payload)
    if done.state == "printed":
        return Trial("ok", "打印机报告已打出测试小票，请看字、宽度和切纸。")
    return Trial("look", done.reason or "测试小票已送出，打印机不报告结果，请看是否打出。")


def try_page_printer(settings: Settings, queue: str, *, now: datetime) -> Trial:
    """A page with every typeface, through the queue or into the folder."""
    printer = page_printer(replace(settings.page_printer, queue=queue), home=settings.home)
    pdf = trial_page(printer=printer.name, now=now)
    printer.submit(pdf, PageJob("打印测试 #trial"))
    if queue:
        return Trial("look", f"测试页已交打印队列 {queue}，请看是否打出。")
    return Trial("ok", f"没有配置打印队列：测试页存为 {printer.name} 里的 打印测试.pdf。")


def try_evaluator(own: EvaluatorSettings, *, tap: Tap, stop: threading.Event, say: Say) -> Trial:
    """Invite a rating and wait for a key. Raises PortUnavailable, EvaluatorSilent."""
    evaluator.check(own.port, own.baud)
    say(f"评价器应答正常，应显示“请评价”。请按任一键（{PRESS_SECONDS:g} 秒内）。")
    pressed: list[int] = []
    until, wish = _Until(stop, seconds=PRESS_SECONDS), Wish()
    wish.show("rate")

    def level(number: int) -> None:
        pressed.append(number)
        until.done = True

    def heard(state: DeviceState) -> None:
        until.done = until.done or state != "ready"

    evaluator.watch(own.port, own.baud, wish=wish, on_level=level, on_state=heard, stop=until, tap=tap)
    evaluator.check(own.port, own.baud)  # nobody is to rate any more
    if pressed:
        return Trial("ok", f"按了“{RATING_LEVELS[pressed[0]]}”，评价器正常。")
    return Trial("ok", "评价器应答正常，没有人按键。")


def try_counter_display(own: CounterDisplaySettings, *, tap: Tap, stop: threading.Event, say: Say) -> Trial:
    """A text for some seconds. Raises PortUnavailable, DeviceSilent."""
    counter_display.check(own.port, own.baud)
    say(f"窗口屏应答正常，应显示“{DISPLAYED}”（{LOOK_SECONDS:g} 秒）。")
    until, sign = _Until(stop, seconds=LOOK_SECONDS), Sign()
    sign.show("called", DISPLAYED)
    counter_display.watch(own.port, own.baud, sign=sign, on_state=lambda _state: None, stop=until, tap=tap)
    return Trial("look", f"窗口屏应答正常：应显示过“{DISPLAYED}”。")


def try_scanner(own: ScannerSettings, *, tap: Tap, stop: threading.Event, say: Say) -> Trial:
    """What is scanned now, by its beginning and length."""
    done, parser = _Until(stop, seconds=SCAN_SECONDS), ScanParser()
    with SerialPort(own.port, baud=own.baud, tap=tap) as line:
        line.flush_input()
        say(f"端口已打开。请扫任意一个码（{SCAN_SECONDS:g} 秒内）。")
        while not done.is_set():
            portion = line.read()
            scans = parser.feed(portion) if portion else parser.hear_silence()
            if scans:
                return Trial("ok", f"扫到 {masked_scan(scans[0])}。")
            if parser.garbled:
                return Trial("trouble", "收到的不是文字，请核对扫码枪的波特率。")
    return Trial("look", "没有扫到码，请核对端口，或看扫码枪是否设为串口方式。")


def masked_scan(text: str) -> str:
    """The beginning of a scan and its length: it may be somebody's number."""
    return f"{text[:SHOWN_OF_A_SCAN]}…（共 {len(text)} 个字符）" if len(text) > SHOWN_OF_A_SCAN else "短码"


def try_loudspeaker(voice: Voice) -> Trial:
    """One announcement."""
    voice.say(spoken_words(TEST_CODE, TEST_COUNTER))
    return Trial("look", f"播放完毕：应听到“请 {TEST_CODE} 号，到一号窗口办理”两遍。")


class _Until:
    """A stop that comes after so many seconds, with another stop, or when it is `done`."""

    def __init__(self, other: threading.Event, *, seconds: float) -> None:
        self.done = False
        self._other = other
        self._end = time.monotonic() + seconds

    def is_set(self) -> bool:
        """As threading.Event."""
        return self.done or self._other.is_set() or time.monotonic() >= self._end

    def wait(self, timeout: float | None = None) -> bool:
        """As threading.Event."""
        left = 0.0 if self.is_set() else self._end - time.monotonic()
        self._other.wait(max(0.0, left if timeout is None else min(left, timeout)))
        return self.is_set()
