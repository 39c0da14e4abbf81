"""A whole station with a line of light and a scanner: threads, change feed, serial lines, database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.program import Program
from hall.app.station import Station
from hall.devices.simulated.counter_display import SimulatedCounterDisplay
from hall.devices.simulated.scanner import SimulatedScanner
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.halls import hall_view
from hall.settings import CounterDisplaySettings, ScannerSettings, Settings, StationSettings
from hall.store import Store
from tests.loops import RunLoop

PATIENCE_MS = 20_000
COUNTER = 3


@pytest.fixture
def display(tmp_path: Path, run_loop: RunLoop) -> SimulatedCounterDisplay:
    simulated = SimulatedCounterDisplay(tmp_path / "display", mode="development")
    run_loop(simulated.serve)
    return simulated


@pytest.fixture
def scanner(tmp_path: Path, run_loop: RunLoop) -> SimulatedScanner:
    simulated = SimulatedScanner(tmp_path / "scanner", mode="development")
    run_loop(simulated.serve)
    return simulated


@pytest.fixture
def settings(display: SimulatedCounterDisplay, scanner: SimulatedScanner, home: Path) -> Settings:
    """Of the station of counter 3."""
    return Settings(
        home=home,
        mode="development",
        station=StationSettings(name="窗口-3", counter=COUNTER),
        scanner=ScannerSettings(port=scanner.port),
        counter_display=CounterDisplaySettings(port=display.port),
    )


@pytest.fixture
def station(
    settings: Settings, open_store: Callable[..., Store], sqlite_url: str, qapp: QApplication
) -> Iterator[Station]:
    running = Station(settings, open_store(sqlite_url, station="窗口-3"))
    yield running
    running.stop()


@pytest.fixture
def clerk(store: Store, actor: Actor, front_of: Callable[[Store, Actor], Front]) -> Front:
    """At another station of the same hall."""
    return front_of(store, actor)


def test_the_line_of_light_follows_the_counter_and_shows_it_again_after_a_replug(
    station: Station, display: SimulatedCounterDisplay, clerk: Front, qtbot: QtBot, qapp: QApplication
) -> None:
    program = Program(qapp, station, hall_view(clerk.store, clerk.actor))
    qtbot.addWidget(program.open_counter_display(COUNTER))
    station.start()
    qtbot.waitUntil(lambda: display.shows == ("pause", "未登录"), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: station.lamps.last.get("窗口屏") == ("ok", "就绪"), timeout=PATIENCE_MS)
    clerk.calling.open_counter(COUNTER)
    qtbot.waitUntil(lambda: display.shows == ("idle", "欢迎光临"), timeout=PATIENCE_MS)
    code = clerk.taking.issue("XK05", channel="staff").code
    clerk.calling.call_next(COUNTER)
    qtbot.waitUntil(lambda: display.shows == ("called", f"请 {code} 号"), timeout=PATIENCE_MS)
    display.unplug()
    qtbot.waitUntil(lambda: station.lamps.last["窗口屏"][0] == "absent", timeout=PATIENCE_MS)
    clerk.calling.start(COUNTER)
    display.plug()
    qtbot.waitUntil(lambda: display.shows == ("busy", f"正在办理 {code}"), timeout=PATIENCE_MS)


def test_a_scan_on_the_line_is_heard_once_by_whoever_listens(
    station: Station, scanner: SimulatedScanner, qtbot: QtBot
) -> None:
    heard: list[str] = []
    station.scans.scanned.connect(heard.append)
    station.start()
    qtbot.waitUntil(lambda: station.lamps.last.get("扫码枪", ("", ""))[0] == "ok", timeout=PATIENCE_MS)
    scanner.scan("H1.UmVjZWlwdA.20260302.k1.abc")
    qtbot.waitUntil(lambda: heard == ["H1.UmVjZWlwdA.20260302.k1.abc"], timeout=PATIENCE_MS)
    scanner.unplug()
    qtbot.waitUntil(lambda: station.lamps.last["扫码枪"][0] == "absent", timeout=PATIENCE_MS)
    scanner.plug()
    qtbot.waitUntil(lambda: station.lamps.last["扫码枪"][0] == "ok", timeout=PATIENCE_MS)
    scanner.scan("second")
    qtbot.waitUntil(lambda: heard[1:] == ["second"], timeout=PATIENCE_MS)
