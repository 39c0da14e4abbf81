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
from hall.rules.authority import station_actor
from hall.rules.scores_file import parse_scores
from hall.services.front import Front
from hall.services.outside_scores import import_scores
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
SCORES = (
    "来源,类别,月份,指标,得分,满分,调查人数,报告",
    "示例咨询公司,第三方评价,2026-10,服务态度,92.5,100,380,示评〔2026〕10号",
    "示例咨询公司,第三方评价,2026-10,办事效率,88,100,380,示评〔2026〕10号",
    "区人大代表联络站,两代表一委员,2026-10,总体满意度,4.6,5,22,",
    "向阳社区居委会,群众评议,2026-10,窗口秩序,9,10,,",
    "示例咨询公司,第三方评价,2026-09,服务态度,90,100,365,示评〔2026〕9号",
)
MATTERS = ("XK05", "XK06", "XK01-1", "XK12", "XK16", "XK02")


def play(clerk: Front, desk: Front, device: Front, clock: FixedClock) -> None:
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
            if chance.random() < 0.6:
                attempt(lambda number=number: rate(device, chance.choice((5, 5, 5, 4, 4, 3, 2, 1)), number))
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


def rate(device: Front, level: int, number: int) -> None:
    visit = device.ratings.face(number).visit
    if visit is not None:
        device.ratings.rate(visit.ticket_id, number, level, channel="evaluator")


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


def follow_up(desk: Front) -> None:
    """The most urgent one is half done."""
    for row in desk.ratings.follow_ups()[:1]:
        desk.ratings.call_back(row.follow_up_id, "反映高峰时等候时间长，希望加开窗口", reached=True)
        desk.ratings.correct(row.follow_up_id, "高峰时段加开 5 号窗口", proof="11月排班表、窗口照片")


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
        evaluator = station_actor("display", name="大厅", hall_id=store.hall_id)
        play(clerk, desk, Front(store, evaluator, house.settings.home, policy, slip=False), clock)
        import_scores(store, desk.actor, scores=parse_scores("\n".join(SCORES)))
        follow_up(desk)
        monitor = Monitor(desk, InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        monitor.resize(width, height)
        monitor.show()
        draw(monitor, folder)
        monitor.close()
        application.processEvents()
        store.close()


def draw(monitor: Monitor, folder: Path) -> None:
    for number, name in enumerate(("now", "day", "follow-ups", "ranking", "scores")):
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
