"""Draws 后台 with simulated devices on pseudo-terminals: python tests/windows/devices_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QApplication

from hall.app.program import Program
from hall.app.station import Station
from hall.clock import HALL_ZONE, FixedClock
from hall.devices.simulated.cards import ZHANG_SHILI
from hall.devices.simulated.evaluator import SimulatedEvaluator
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.reader import SimulatedReader
from hall.resources import resource
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services import spool
from hall.services.catalogue import import_matters
from hall.services.foundation import lay_foundation
from hall.services.halls import hall_view
from hall.settings import (
    EvaluatorSettings,
    ReaderSettings,
    Settings,
    SlipPrinterSettings,
    StationSettings,
)
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.admin import DEVICES, JOBS, Admin
from hall.windows.kit.application import create_application
from tests.conftest import HALL_CODE, build

PATIENCE_MS = 20_000


def main(folder: Path, width: int, height: int) -> None:
    start, folder = Path.cwd(), folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name, devices(Path(name)) as (reader, settings):
        clock = FixedClock(datetime(2026, 11, 23, 9, 45, tzinfo=HALL_ZONE))
        store = furnished(f"sqlite:///{Path(name) / 'hall.db'}", clock)
        station = Station(settings, store)
        administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
        clerk = Actor(7, "张三明", store.hall_id, frozenset({"clerk"}))
        station.start()
        window = Program(application, station, hall_view(store, administrator)).open_admin(administrator, "wang")
        window.resize(width, height)
        until(lambda: station.lamps.last.get("读卡器", ("", ""))[0] == "ok")
        draw_devices(window, reader, folder, width)
        fill(station, clerk)
        draw_jobs(window, folder, width)
        window.close()
        station.stop()
        os.chdir(start)


@contextmanager
def devices(home: Path) -> Iterator[tuple[SimulatedReader, Settings]]:
    """A reader, a printer and an evaluator, answering."""
    os.chdir(home)  # short names in the pictures
    links = Path("serial/by-id")
    links.mkdir(parents=True)
    reader = SimulatedReader(links / "usb-1a86_USB_Serial-if00-port0", mode="development")
    printer = SimulatedPrinter(home / "slips", mode="development")
    (links / "usb-067b_Prolific-if00-port0").symlink_to(printer.port)
    evaluator = SimulatedEvaluator(links / "usb-10c4_CP2102-if00", mode="development")
    stop = threading.Event()
    threads = [threading.Thread(target=each.serve, args=(stop,)) for each in (reader, printer, evaluator)]
    for thread in threads:
        thread.start()
    try:
        yield (
            reader,
            Settings(
                home=home,
                mode="development",
                station=StationSettings(name="窗口-3", counter=3),
                reader=ReaderSettings(port=reader.port),
                slip_printer=SlipPrinterSettings(
                    port=f"{links}/usb-067b_Prolific-if00-port0", failover="tcp://192.168.1.50:9100"
                ),
                evaluator=EvaluatorSettings(port=evaluator.port),
            ),
        )
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def furnished(url: str, clock: FixedClock) -> Store:
    """A hall with the shipped catalogue, without accounts."""
    build(url)
    store = Store(open_engine(url), clock=clock, station="窗口-3", hall_code=HALL_CODE, key_ring=KeyRing.new())
    lay_foundation(store, counters=4)
    administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    import_matters(store, administrator, matters=parse_catalogue(text))
    return store


def fill(station: Station, clerk: Actor) -> None:
    """Jobs that wait, ask and are out."""
    front = station.front(clerk)
    settled: tuple[tuple[spool.Outcome, str], ...] = (
        ("printed", ""),
        ("unknown", "小票打印机停止接收数据"),
        ("failed", "打印机没有这种纸"),
    )
    with station.turns["slip"].taken():
        for outcome, error in settled:
            job_id = front.print_guide("XK05")
            job = spool.claim(station.store, printer="slip")
            assert job is not None
            spool.settle(station.store, job_id=job.job_id, outcome=outcome, error=error, device="/dev/usb/lp0")
        front.reprint(job_id, "卡纸、打花")
        job = spool.claim(station.store, printer="slip")
        assert job is not None
        spool.settle(station.store, job_id=job.job_id, outcome="unknown", error="打印机缺纸，部分内容可能已打出")


def draw_devices(window: Admin, reader: SimulatedReader, folder: Path, width: int) -> None:
    """The list with its log, a trial of the reader and the printer, the panel."""
    page = window.devices
    table = page.list.table
    table.select(0)
    until(lambda: len(page.log.table.rows) >= 2)
    grab(window, folder / f"devices-{width}.png")
    reader.place(ZHANG_SHILI)
    page.list.buttons["try"].click()
    until(lambda: "读到" in window.message.words)
    until(lambda: any("照片" in line.said.words for line in page.log.table.rows))
    page.log.table.select(next(line.number for line in page.log.table.rows if "照片" in line.said.words))
    grab(window, folder / f"devices-card-{width}.png")
    table.select(1)
    page.list.buttons["try"].click()
    until(lambda: "打出" in window.message.words)
    page.log.look()
    grab(window, folder / f"devices-slip-{width}.png")
    page.list.buttons["assign"].click()
    grab(window, folder / f"devices-assign-{width}.png")
    page.back()
    table.select(3)
    page.list.buttons["assign"].click()
    grab(window, folder / f"devices-page-{width}.png")
    page.back()
    window.show_page(DEVICES)


def draw_jobs(window: Admin, folder: Path, width: int) -> None:
    """What waits and asks, then why again, then what is out."""
    window.show_page(JOBS)
    window.reload()
    until(lambda: len(window.jobs.list.table.rows) >= 2)
    grab(window, folder / f"jobs-{width}.png")
    window.ended_button.click()
    until(lambda: any(line.ended for line in window.jobs.list.table.rows))
    grab(window, folder / f"jobs-ended-{width}.png")


def until(fact: Callable[[], bool]) -> None:
    """Let the program run until something is true."""
    limit = QDeadlineTimer(PATIENCE_MS)
    while not fact():
        assert not limit.hasExpired(), "never came true"
        QApplication.processEvents()


def grab(window: Admin, path: Path) -> None:
    for _ in range(5):
        QApplication.processEvents()
    window.grab().save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
