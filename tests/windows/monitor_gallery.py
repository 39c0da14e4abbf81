"""Draws the monitor on a busy morning: python tests/windows/monitor_gallery.py FOLDER WIDTH HEIGHT"""

import os
import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hall.clock import HALL_ZONE, FixedClock
from hall.demo.house import PASSWORD, build_house
from hall.errors import HallError
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.signing_in import sign_in
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.kit.application import create_application
from hall.windows.monitor import Monitor
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

MORNING = datetime(2026, 11, 23, 9, 45, tzinfo=HALL_ZONE)
MATTERS = ("XK05", "XK06", "XK01-1", "XK12", "XK16", "XK02")


def play(clerk: Front, desk: Front, clock: FixedClock) -> None:
    """Three hours with more people than the counters can serve."""
    chance = random.Random(6)
    desk.calling.set_matters(1, {"XK05": 10, "XK06": 0})
    desk.calling.set_matters(2, {"XK01-1": 10, "XK02": 0, "XK12": 0})
    desk.calling.set_matters(6, {"XK16": 0})
    clock.instant = MORNING
    counters = (1, 2, 3, 4)
    for step in range(360):
        clock.instant += timedelta(seconds=30)
        if chance.random() < 0.19:
            attempt(lambda: clerk.taking.issue(chance.choice(MATTERS), channel="staff"))
        for number in counters:
            if chance.random() < 0.25:
                deed = chance.choice(("call", "start", "start", "finish", "finish", "skip"))
                attempt(lambda number=number, deed=deed: act(clerk, deed, number))
        if step == 300:
            attempt(lambda: clerk.calling.finish(4))
            attempt(lambda: clerk.calling.pause(4, "就餐轮换"))
    for number in counters:
        attempt(lambda number=number: clerk.calling.call_next(number))
    attempt(lambda: clerk.calling.hold(3, "去复印"))
    attempt(lambda: clerk.calling.call_next(3))
    clock.instant += timedelta(minutes=3)
    desk.calling.set_matters(3, {"XK16": 5})
    clerk.calling.emergency(3)


def act(clerk: Front, deed: str, number: int) -> None:
    calling = clerk.calling
    {
        "call": calling.call_next,
        "start": calling.start,
        "finish": calling.finish,
        "skip": calling.skip,
    }[deed](number)


def attempt(deed) -> None:  # type: ignore[no-untyped-def]  # any deed
    try:
        deed()
    except HallError:
        return


def picture(window: QWidget, folder: Path, name: str) -> None:
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}.png"))


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as home:
        house = build_house(Path(home) / "hall")
        clock = FixedClock(MORNING)
        engine = open_engine(house.settings.database_url)
        store = Store(engine, clock=clock, station="大厅", hall_code="demo", key_ring=house.key_ring)
        policy = queue_policy(house.settings.home)
        clerk, desk = (
            Front(store, sign_in(store, login, password=PASSWORD).actor, house.settings.home, policy, False)
            for login in ("chuangkou", "zhuren")
        )
        play(clerk, desk, clock)
        monitor = Monitor(desk, InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        monitor.resize(width, height)
        monitor.show()
        draw(monitor, folder)
        monitor.close()
        application.processEvents()
        store.close()


def draw(monitor: Monitor, folder: Path) -> None:
    for number, name in enumerate(("now", "day", "follow-ups")):
        monitor.show_page(number)
        picture(monitor, folder, name)
    monitor.show_page(1)
    monitor.day_page.groups["matter"].click()
    picture(monitor, folder, "day-matters")
    monitor.show_page(0)
    monitor.now_page.counters.select(3)
    for button, name in ((monitor.now_page.change_button, "matters"), (monitor.now_page.release_button, "release")):
        button.click()
        dialog = monitor.findChild(QDialog)
        assert dialog is not None
        picture(dialog, folder, name)
        dialog.reject()
        QApplication.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
