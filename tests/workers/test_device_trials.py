"""Each device shows by one key that it works, or says why it does not, and nothing personal is told."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.devices.counter_line import DeviceSilent
from hall.devices.simulated.cards import ZHANG_SHILI
from hall.devices.simulated.counter_display import SimulatedCounterDisplay
from hall.devices.simulated.evaluator import SimulatedEvaluator
from hall.devices.simulated.loudspeaker import FileLoudspeaker
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.reader import SimulatedReader
from hall.devices.simulated.scanner import SimulatedScanner
from hall.devices.simulated.slip_machine import PrinterCondition
from hall.devices.voice import ClipVoice, load_clips
from hall.lines import PortUnavailable
from hall.printing.preview import page_sizes
from hall.resources import resource
from hall.rules.line_log import Direction
from hall.settings import (
    CounterDisplaySettings,
    EvaluatorSettings,
    PagePrinterSettings,
    ReaderSettings,
    ScannerSettings,
    Settings,
    SlipPrinterSettings,
)
from hall.workers import device_trials
from hall.workers.found_ports import find_ports
from tests.printing.private_cups import PAGES, PrivateCups, until

PATIENCE = 20.0
Devices = SimulatedReader | SimulatedPrinter | SimulatedEvaluator | SimulatedScanner | SimulatedCounterDisplay


@pytest.fixture
def serve() -> Iterator[Callable[[Devices], None]]:
    """Has a simulated device answer until the test is over."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(device: Devices) -> None:
        threads.append(threading.Thread(target=device.serve, args=(stop,)))
        threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)


class Person:
    """Somebody at the device, who does something when told to."""

    def __init__(self, do: Callable[[], object]) -> None:
        self.told: list[str] = []
        self._do = do

    def __call__(self, words: str) -> None:
        self.told.append(words)
        threading.Thread(target=self._do).start()


def not_heard(_direction: Direction, _portion: bytes) -> None:
    """Nobody listens."""


def keep_trying(act: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not act() and time.monotonic() < end:
        time.sleep(0.005)


def test_a_reader_reads_a_card_and_tells_it_masked(tmp_path: Path, serve: Callable[[Devices], None]) -> None:
    reader = SimulatedReader(tmp_path / "reader", mode="development")
    serve(reader)
    person = Person(lambda: reader.place(ZHANG_SHILI))
    own = ReaderSettings(reader.port)
    trial = device_trials.try_reader(own, tap=not_heard, stop=threading.Event(), say=person)
    assert trial.verdict == "ok"
    assert "请放一张证件" in person.told[0]
    assert ZHANG_SHILI.id_number not in trial.words
    assert f"{ZHANG_SHILI.id_number[:6]}********{ZHANG_SHILI.id_number[-4:]}" in trial.words


def test_a_printer_out_of_paper_is_told_and_not_printed_on(
    tmp_path: Path, serve: Callable[[Devices], None], clock: FixedClock
) -> None:
    printer = SimulatedPrinter(tmp_path / "slips", mode="development")
    serve(printer)
    own = SlipPrinterSettings(printer.port)
    trial = device_trials.try_slip_printer(own, printer.port, tap=not_heard, now=clock.now())
    assert (trial.verdict, len(printer.slips)) == ("ok", 1)
    printer.change(PrinterCondition(paper_out=True))
    trial = device_trials.try_slip_printer(own, printer.port, tap=not_heard, now=clock.now())
    assert (trial.verdict, len(printer.slips)) == ("trouble", 1)
    assert "缺纸" in trial.words


def test_a_printer_that_never_reports_asks_a_person_to_look(tmp_path: Path, clock: FixedClock) -> None:
    address = f"file:{tmp_path}/slip.bin"
    trial = device_trials.try_slip_printer(SlipPrinterSettings(address), address, tap=not_heard, now=clock.now())
    assert trial.verdict == "look"
    assert (tmp_path / "slip.bin").stat().st_size > 1000


def test_an_evaluator_is_pressed(tmp_path: Path, serve: Callable[[Devices], None]) -> None:
    device = SimulatedEvaluator(tmp_path / "evaluator", mode="development")
    serve(device)
    person = Person(lambda: keep_trying(lambda: device.press(4)))
    trial = device_trials.try_evaluator(
        EvaluatorSettings(device.port), tap=not_heard, stop=threading.Event(), say=person
    )
    assert trial == device_trials.Trial("ok", "按了“满意”，评价器正常。")
    assert device.shows == "idle"


def test_a_silent_evaluator_is_a_failure(tmp_path: Path, serve: Callable[[Devices], None]) -> None:
    device = SimulatedEvaluator(tmp_path / "evaluator", mode="development")
    serve(device)
    device.misbehave("silent")
    with pytest.raises(DeviceSilent):
        device_trials.try_evaluator(
            EvaluatorSettings(device.port), tap=not_heard, stop=threading.Event(), say=Person(lambda: None)
        )


def test_a_counter_display_shows_a_text_until_somebody_has_looked(
    tmp_path: Path, serve: Callable[[Devices], None]
) -> None:
    device = SimulatedCounterDisplay(tmp_path / "display", mode="development")
    serve(device)
    looked = threading.Event()

    def look() -> None:
        keep_trying(lambda: device.shows == ("called", device_trials.DISPLAYED))
        looked.set()

    trial = device_trials.try_counter_display(
        CounterDisplaySettings(device.port), tap=not_heard, stop=looked, say=Person(look)
    )
    assert trial.verdict == "look"
    assert device.shows == ("called", device_trials.DISPLAYED)


@pytest.mark.parametrize(("scanned", "told"), [("H1.2026.ABCDEF", "H1.2…（共 14 个字符）"), ("12", "短码")])
def test_a_scan_is_told_by_its_beginning(
    tmp_path: Path, serve: Callable[[Devices], None], scanned: str, told: str
) -> None:
    device = SimulatedScanner(tmp_path / "scanner", mode="development")
    serve(device)
    trial = device_trials.try_scanner(
        ScannerSettings(device.port), tap=not_heard, stop=threading.Event(), say=Person(lambda: device.scan(scanned))
    )
    assert trial == device_trials.Trial("ok", f"扫到 {told}。")


def test_a_scanner_with_another_speed_is_told_from_a_silent_one(
    tmp_path: Path, serve: Callable[[Devices], None]
) -> None:
    device = SimulatedScanner(tmp_path / "scanner", mode="development")
    serve(device)
    own = ScannerSettings(device.port)
    noise = Person(lambda: device.send(b"\xf8\x00\x80\xff"))
    assert "波特率" in device_trials.try_scanner(own, tap=not_heard, stop=threading.Event(), say=noise).words
    stop = threading.Event()
    silence = device_trials.try_scanner(own, tap=not_heard, stop=stop, say=Person(stop.set))
    assert silence.verdict == "look"


def test_a_port_that_is_not_there_is_said_by_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(PortUnavailable, match="打不开"):
        device_trials.try_reader(
            ReaderSettings(str(tmp_path / "no")), tap=not_heard, stop=threading.Event(), say=Person(lambda: None)
        )


def test_a_loudspeaker_says_a_number(tmp_path: Path) -> None:
    loudspeaker = FileLoudspeaker(tmp_path, mode="development")
    trial = device_trials.try_loudspeaker(ClipVoice(loudspeaker, load_clips(resource("voice"))))
    assert trial.verdict == "look"
    assert (tmp_path / "call-0001.wav").exists()


def test_without_a_printer_the_page_is_kept(tmp_path: Path, clock: FixedClock) -> None:
    trial = device_trials.try_page_printer(Settings(tmp_path), "", now=clock.now())
    assert trial.verdict == "ok"
    (page,) = page_sizes((tmp_path / "printed" / "打印测试.pdf").read_bytes())
    assert (round(page.width), round(page.height)) == (595, 842)


def test_a_page_goes_through_a_real_print_queue_that_is_found(
    tmp_path: Path, clock: FixedClock, printing: PrivateCups
) -> None:
    found = {port.address: port.kind for port in find_ports().ports}
    assert found[PAGES] == "queue"
    settings = replace(Settings(tmp_path), page_printer=PagePrinterSettings(queue="other"))
    trial = device_trials.try_page_printer(settings, PAGES, now=clock.now())
    assert trial.verdict == "look"
    until(lambda: len(printing.printed()) == 1)
