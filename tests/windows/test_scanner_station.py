"""A whole station with a code scanner on its line: a scan reaches the screen in front, and the public keys are kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.program import Program
from hall.app.station import Station
from hall.devices.simulated.line import SimulatedLine
from hall.rules.cards import Card
from hall.rules.catalogue import Matter
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.halls import hall_view
from hall.services.receipt_keys import KEPT_FILE, kept
from hall.services.receipts import rotate_signing_key
from hall.settings import ScannerSettings, Settings, StationSettings
from hall.store import Store

PATIENCE_MS = 20_000


@pytest.fixture
def line(tmp_path: Path) -> Iterator[SimulatedLine]:
    line = SimulatedLine(tmp_path / "scanner", mode="development")
    line.plug()
    yield line
    line.unplug()


@pytest.fixture
def station(
    line: SimulatedLine, open_store: Callable[..., Store], sqlite_url: str, home: Path, tmp_path: Path
) -> Iterator[Station]:
    """The station of counter 3, not yet started."""
    settings = Settings(
        home=home,
        mode="development",
        station=StationSettings(name="窗口-3", counter=3),
        scanner=ScannerSettings(port=str(tmp_path / "scanner")),
    )
    running = Station(settings, open_store(sqlite_url, station="窗口-3"))
    yield running
    running.stop()


@pytest.fixture
def program(station: Station, qapp: QApplication) -> Program:
    actor = Actor(7, "王某某", station.store.hall_id, frozenset({"clerk"}))
    return Program(qapp, station, hall_view(station.store, actor))


@pytest.fixture
def payload(
    store: Store,
    actor: Actor,
    front_of: Callable[[Store, Actor], Front],
    make_card: Callable[..., Card],
    complete: Callable[[Matter], tuple[HandedIn, ...]],
) -> str:
    """The code of a receipt that another station has given."""
    front = front_of(store, actor)
    handed = complete(front.intake.look("XK05", ()).matter)
    return front.intake.accept(Application("XK05", make_card(), "", handed)).receipt_payload


def test_a_scan_reaches_the_screen_in_front_and_the_keys_are_kept(
    program: Program, station: Station, line: SimulatedLine, payload: str, qtbot: QtBot
) -> None:
    store = station.store
    actor, administrator = (Actor(7, "王某某", store.hall_id, frozenset({role})) for role in ("clerk", "administrator"))
    counter = program.open_counter(actor, "lisi", number=3)
    qtbot.addWidget(counter)
    qtbot.waitActive(counter)
    station.start()
    qtbot.waitUntil(lambda: station.lamps.last.get("扫码枪", ("", ""))[0] == "ok", timeout=PATIENCE_MS)
    line.send(f"{payload}\r\n".encode())
    qtbot.waitUntil(lambda: counter.page is counter.case_page, timeout=PATIENCE_MS)
    assert counter.message.words.startswith("✓ 真凭证：收件凭证")
    qtbot.waitUntil((station.settings.home / KEPT_FILE).exists, timeout=PATIENCE_MS)
    rotate_signing_key(store, administrator)
    qtbot.waitUntil(lambda: [key.key_id for key in kept(station.settings.home)] == ["k1", "k2"], timeout=PATIENCE_MS)
