"""Draws 综合屏 and 窗口屏 in every state: python tests/windows/display_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from hall.clock import FixedClock
from hall.demo.house import OPENING, PASSWORD, build_house
from hall.rules.authority import station_actor
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.signing_in import sign_in
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.counter_display import CounterDisplay
from hall.windows.display import Display
from hall.windows.evaluation import Evaluation
from hall.windows.kit.application import create_application
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

TAKEN = (
    ("XK05", "ordinary"),
    ("XK01-1", "elder"),
    ("XK06", "ordinary"),
    ("XK12", "soldier"),
    ("XK16", "ordinary"),
    ("XK05", "disabled"),
    ("XK06", "pregnant"),
    ("XK12", "ordinary"),
    ("XK02", "ordinary"),
)


def play(clerk: Front, clock: FixedClock) -> None:
    """Counter 1 calls, 2 serves, 3 has called out of order, 4 is free, 5 has ended a visit, 6 is paused."""
    for number in (1, 2, 4, 5):
        clerk.calling.finish(number)
    for matter, priority in TAKEN:
        clock.instant += timedelta(seconds=40)
        clerk.taking.issue(matter, channel="staff", priority=priority)
    for number in (5, 1, 2):
        clerk.calling.call_next(number)
    clerk.calling.start(2)
    clerk.calling.open_counter(6)
    clerk.calling.pause(6, "就餐轮换")
    clock.instant += timedelta(seconds=10)
    clerk.calling.call_given(3, "M001", "走不动")
    clerk.calling.finish(5)


def draw(window: QWidget, path: Path, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.show()
    QApplication.processEvents()
    window.grab().save(str(path))


def main(folder: Path, size: tuple[int, int]) -> None:
    application = create_application(["gallery"])
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp()) / "home"
    house, clock = build_house(home), FixedClock(OPENING)
    engine = open_engine(house.settings.database_url)
    store = Store(engine, clock=clock, station="屏", hall_code="demo", key_ring=house.key_ring)

    def front(actor: Actor) -> Front:
        return Front(store, actor, home, queue_policy(home), False)

    play(front(sign_in(store, "chuangkou", password=PASSWORD).actor), clock)
    public, tasks, changes = (
        front(station_actor("display", name="屏", hall_id=store.hall_id)),
        InlineTasks(),
        ChangeFeed(),
    )
    display = Display(public, tasks, changes=changes)
    draw(display, folder / "display.png", size)
    clock.instant += timedelta(seconds=1)
    for number in range(1, 7):
        evaluation = Evaluation(
            public.ratings, tasks, counter=number, channel="counter", changes=changes, owner=application
        )
        counter = CounterDisplay(public, tasks, counter=number, changes=changes, evaluation=evaluation)
        draw(counter, folder / f"counter-{number}.png", size)
        if counter.asks:
            counter.rating.thank()
            draw(counter, folder / f"counter-{number}-thanks.png", size)
    clock.instant += timedelta(seconds=20)
    display.age.show_age(OPENING, clock.now())
    draw(display, folder / "display-old.png", size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3])))
