"""A whole station and its device page: real threads, lines and settings file; the devices are simulated behind ptys."""

import dataclasses
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall import settings as files
from hall.app.program import Program
from hall.app.station import Station
from hall.devices.simulated.evaluator import SimulatedEvaluator
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.reader import SimulatedReader
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services.halls import hall_view
from hall.settings import ReaderSettings, Settings, SlipPrinterSettings, StationSettings
from hall.store import Store
from hall.windows.admin import Admin
from hall.windows.device_panels import TYPED, PortPanel
from hall.workers.device_roles import ROLES

PATIENCE_MS = 20_000
READER, SLIP, EVALUATOR = (
    next(number for number, role in enumerate(ROLES) if role.code == code) for code in ("reader", "slip", "evaluator")
)


@pytest.fixture
def serve() -> Iterator[Callable[..., None]]:
    """Has simulated devices answer until the test is over."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def start(*devices: SimulatedReader | SimulatedPrinter | SimulatedEvaluator) -> None:
        for device in devices:
            threads.append(threading.Thread(target=device.serve, args=(stop,)))
            threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(PATIENCE_MS / 1000)


@pytest.fixture
def reader(tmp_path: Path, serve: Callable[..., None]) -> SimulatedReader:
    device = SimulatedReader(tmp_path / "reader", mode="development")
    serve(device)
    return device


@pytest.fixture
def printer(tmp_path: Path, serve: Callable[..., None]) -> SimulatedPrinter:
    device = SimulatedPrinter(tmp_path / "slips", mode="development")
    serve(device)
    return device


@pytest.fixture
def station(
    reader: SimulatedReader, open_store: Callable[..., Store], sqlite_url: str, home: Path, qapp: QApplication
) -> Iterator[Station]:
    """A station with a card reader, running."""
    settings = Settings(
        home=home,
        mode="development",
        station=StationSettings(name="窗口-3", counter=3),
        reader=ReaderSettings(port=reader.port),
    )
    running = Station(settings, open_store(sqlite_url, station="窗口-3"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def admin(station: Station, administrator: Actor, qtbot: QtBot, qapp: QApplication) -> Admin:
    """The administrator's window, shown."""
    window = Program(qapp, station, hall_view(station.store, administrator)).open_admin(administrator, "wang")
    qtbot.addWidget(window)
    return window


def choose(admin: Admin, number: int) -> None:
    admin.devices.list.table.select(number)


def ready(station: Station, device: str) -> Callable[[], bool]:
    return lambda: station.lamps.last.get(device, ("", ""))[0] == "ok"


def words_of(admin: Admin) -> list[str]:
    admin.devices.log.look()
    return [line.said.words for line in admin.devices.log.table.rows]


def test_one_key_reads_a_card_while_the_loop_waits_and_shows_it_masked(
    station: Station, admin: Admin, reader: SimulatedReader, make_card: Callable[..., Card], qtbot: QtBot
) -> None:
    qtbot.waitUntil(ready(station, "读卡器"), timeout=PATIENCE_MS)
    cards: list[Card] = []
    station.cards.card.connect(cards.append)
    choose(admin, READER)
    card = make_card()
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "请放一张证件" in admin.message.words, timeout=PATIENCE_MS)
    reader.place(card)
    qtbot.waitUntil(lambda: "读到" in admin.message.words, timeout=PATIENCE_MS)
    assert card.id_number not in admin.message.words
    assert "********" in admin.message.words
    reader.lift()
    qtbot.waitUntil(lambda: words_of(admin)[-1] == "没有证件", timeout=PATIENCE_MS)
    told = admin.devices.log.text
    assert "证件文字 256 字节、照片 1024 字节" in told
    assert card.name not in told
    assert cards == []  # the trial's card is no card of a visit
    reader.place(card)
    qtbot.waitUntil(lambda: len(cards) == 1, timeout=PATIENCE_MS)  # and the loop has its reader again
    assert cards[0].id_number == card.id_number


def test_escape_ends_a_trial_that_waits_for_somebody(
    station: Station, admin: Admin, reader: SimulatedReader, qtbot: QtBot
) -> None:
    choose(admin, READER)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "请放一张证件" in admin.message.words, timeout=PATIENCE_MS)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F2)
    assert "按 Esc" in admin.message.words
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "没有放证件" in admin.message.words, timeout=PATIENCE_MS)


def test_a_printer_is_assigned_by_keys_alone_takes_effect_at_once_and_prints(
    station: Station, admin: Admin, printer: SimulatedPrinter, home: Path, qtbot: QtBot
) -> None:
    choose(admin, SLIP)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F3)
    panel = admin.devices.side.panel
    assert isinstance(panel, PortPanel)
    panel.form.set_text("port", TYPED)
    panel.form.set_text("typed", printer.port)
    panel.form.set_text("width", "58")
    QTest.keyClick(panel.main_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "马上生效" in admin.message.words, timeout=PATIENCE_MS)
    assert files.load({"HALL_HOME": str(home)}).slip_printer == SlipPrinterSettings(port=printer.port, width_mm=58)
    assert station.settings.slip_printer.port == printer.port
    qtbot.waitUntil(ready(station, "小票打印机"), timeout=PATIENCE_MS)
    station.station_front("kiosk").print_guide("XK05")
    qtbot.waitUntil(lambda: len(printer.slips) == 1, timeout=PATIENCE_MS)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: len(printer.slips) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "已打出测试小票" in admin.message.words, timeout=PATIENCE_MS)
    assert "查询联机状态" in words_of(admin)
    station.station_front("kiosk").print_guide("XK05")
    qtbot.waitUntil(lambda: len(printer.slips) == 3, timeout=PATIENCE_MS)  # the loop has its printer again


def test_a_device_that_is_taken_away_is_let_go_at_once(
    station: Station, admin: Admin, reader: SimulatedReader, qtbot: QtBot
) -> None:
    qtbot.waitUntil(ready(station, "读卡器"), timeout=PATIENCE_MS)
    choose(admin, READER)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F3)
    panel = admin.devices.side.panel
    assert isinstance(panel, PortPanel)
    panel.form.set_text("port", "")
    QTest.keyClick(panel.main_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: station.lamps.last["读卡器"] == ("absent", "未接"), timeout=PATIENCE_MS)
    with station.turns["reader"].taken():
        reader.heard.clear()
    admin.devices.show_roles()
    assert admin.devices.list.table.rows[READER].address == ""
    assert not reader.heard


def test_a_port_that_cannot_be_is_said_and_nothing_is_written(
    station: Station, admin: Admin, home: Path, qtbot: QtBot
) -> None:
    choose(admin, EVALUATOR)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F3)
    panel = admin.devices.side.panel
    assert isinstance(panel, PortPanel)
    panel.form.set_text("port", TYPED)
    QTest.keyClick(panel.main_button, Qt.Key.Key_Return)
    assert panel.form.wrong("typed") == "请填写手工填写。"
    panel.form.set_text("typed", "/dev/tty USB0")
    QTest.keyClick(panel.main_button, Qt.Key.Key_Return)
    assert panel.form.wrong("typed") == "端口名里不能有空格。"
    assert not (home / "hall.toml").exists()


def test_a_missing_device_is_tried_without_harm(station: Station, admin: Admin, tmp_path: Path, qtbot: QtBot) -> None:
    station.adopt(dataclasses.replace(station.settings, slip_printer=SlipPrinterSettings(port=str(tmp_path / "no"))))
    admin.devices.show_roles()
    choose(admin, SLIP)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "打不开" in admin.message.words, timeout=PATIENCE_MS)
    assert "✕ 不正常" in admin.devices.list.facts.words


def test_a_pause_keeps_the_log_still_and_it_can_be_copied(
    station: Station, admin: Admin, reader: SimulatedReader, qtbot: QtBot
) -> None:
    choose(admin, READER)
    qtbot.waitUntil(lambda: "没有证件" in words_of(admin), timeout=PATIENCE_MS)
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F7)
    shown, heard = admin.devices.log.table.rows, station.line_log.heard
    qtbot.waitUntil(lambda: station.line_log.heard > heard, timeout=PATIENCE_MS)
    admin.devices.log.look()
    assert admin.devices.log.table.rows == shown
    QTest.keyClick(
        admin.devices.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert "寻找证件\tAA AA AA 96 69 00 03 20 01 22" in QGuiApplication.clipboard().text()
    QTest.keyClick(admin.devices.list.table, Qt.Key.Key_F7)
    assert admin.devices.log.table.rows != shown


def test_a_manager_sees_the_print_jobs_but_no_devices(
    station: Station, manager: Actor, qtbot: QtBot, qapp: QApplication
) -> None:
    window = Program(qapp, station, hall_view(station.store, manager)).open_admin(manager, "li")
    qtbot.addWidget(window)
    assert not window.tabs[0].isVisible()
    assert window.jobs.isVisible()
