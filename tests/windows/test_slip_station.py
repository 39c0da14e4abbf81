"""A whole station with two slip printers: the window answers whatever they do, and the spare one takes over."""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import cycle, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from hall.app.program import Program
from hall.app.station import Station
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.slip_machine import READY, PrinterCondition
from hall.services.front import Front
from hall.services.halls import hall_view
from hall.settings import Settings, SlipPrinterSettings, StationSettings
from hall.store import Store
from hall.store.schema.printing import PrintJob
from hall.workers import ways
from tests.loops import RunLoop

PATIENCE_MS = 20_000
LIMIT_SECONDS = 0.1
STORM_SECONDS = 0.7
TRIES = 5
"""Other programs of this computer may hold up the window, too: one undisturbed try is enough."""
PAPER_OUT = PrinterCondition(paper_out=True)
FAULTS = (
    PAPER_OUT,
    READY,
    PrinterCondition(answers=False),
    READY,
    PrinterCondition(reads=False),
    PrinterCondition(cover_open=True, babble=b"\x13\xff\x00"),
    READY,
    PrinterCondition(powered=False),
    PrinterCondition(late=True),
    READY,
)
LAMP = "小票打印机"


@pytest.fixture
def printers(tmp_path: Path, run_loop: RunLoop) -> tuple[SimulatedPrinter, SimulatedPrinter]:
    """One on the network, one on a serial line."""
    made = tuple(
        SimulatedPrinter(tmp_path / name, mode="development", network=network)
        for name, network in (("first", True), ("spare", False))
    )
    for each in made:
        run_loop(each.serve)
    return made[0], made[1]


@pytest.fixture
def station(
    printers: tuple[SimulatedPrinter, SimulatedPrinter],
    open_store: Callable[..., Store],
    sqlite_url: str,
    home: Path,
    qapp: QApplication,
) -> Iterator[Station]:
    """A kiosk's, not yet started."""
    first, spare = printers
    settings = Settings(
        home=home,
        mode="development",
        station=StationSettings(name="取号机-1"),
        slip_printer=SlipPrinterSettings(port=first.port, failover=spare.port, width_mm=58, rom="gb2312"),
    )
    running = Station(settings, open_store(sqlite_url, station="取号机-1"))
    yield running
    running.stop()


@pytest.fixture
def kiosk(store: Store, station: Station, qapp: QApplication, qtbot: QtBot) -> Front:
    """What somebody can do at it; its window is open. `store` has furnished the hall."""
    program = Program(qapp, station, hall_view(station.store, station.station_front("kiosk").actor))
    window = program.open_kiosk()
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    station.start()
    return station.station_front("kiosk")


def jobs(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        return [(job.state, job.device) for job in session.scalars(select(PrintJob).order_by(PrintJob.id))]


def lamp(station: Station) -> str:
    return station.lamps.last.get(LAMP, ("", ""))[1]


def longest_pause(qtbot: QtBot, printer: SimulatedPrinter, kiosk: Front) -> float:
    """Seconds between two answers of the window, at the worst, while tickets are taken and the printer fails."""
    stop = threading.Event()

    def trouble() -> None:
        for condition in cycle(FAULTS):
            if stop.wait(0.05):
                return
            printer.change(condition)
            kiosk.taking.issue("XK05", channel="kiosk")

    thread = threading.Thread(target=trouble)
    ticks = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(5)
    thread.start()
    qtbot.wait(int(STORM_SECONDS * 1000))
    timer.stop()
    ticks.append(time.perf_counter())
    stop.set()
    thread.join(PATIENCE_MS / 1000)
    assert not thread.is_alive()
    return max(later - earlier for earlier, later in pairwise(ticks))


def test_the_window_answers_while_slips_are_printed_and_the_printer_fails(
    kiosk: Front, station: Station, printers: tuple[SimulatedPrinter, SimulatedPrinter], qtbot: QtBot
) -> None:
    pauses: list[float] = []
    while len(pauses) < TRIES and min(pauses, default=1.0) >= LIMIT_SECONDS:
        pauses.append(longest_pause(qtbot, printers[0], kiosk))
    assert min(pauses) < LIMIT_SECONDS, pauses
    printers[0].change(READY)
    qtbot.waitUntil(lambda: {state for state, _ in jobs(station.store)} <= {"printed", "unknown"}, timeout=PATIENCE_MS)


def test_the_spare_printer_takes_over_says_so_and_gives_back(
    monkeypatch: pytest.MonkeyPatch,
    kiosk: Front,
    station: Station,
    printers: tuple[SimulatedPrinter, SimulatedPrinter],
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(ways, "FAILOVER_SECONDS", 0.2)
    first, spare = printers
    first.change(PAPER_OUT)
    kiosk.taking.issue("XK05", channel="kiosk")
    qtbot.waitUntil(lambda: jobs(station.store) == [("printed", spare.port)], timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: lamp(station).endswith(
            f"缺纸。请检查打印机电源、连线和纸张，稍后会再试。已改用备用打印机 {spare.port}。"
        )
    )
    assert (len(first.slips), len(spare.slips)) == (0, 1)
    first.change(READY)
    qtbot.waitUntil(lambda: lamp(station) == "正常", timeout=PATIENCE_MS)
    kiosk.taking.issue("XK05", channel="kiosk")
    qtbot.waitUntil(lambda: jobs(station.store)[1:] == [("printed", first.port)], timeout=PATIENCE_MS)
