"""Draws the desk to look at: python tests/windows/desk_gallery.py FOLDER [LOGIN] [WIDTH HEIGHT]."""

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hall.clock import FixedClock
from hall.demo.house import HALL, PASSWORD, build_house
from hall.services import signing_in
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.desk import Desk
from hall.windows.desk_panels import PANELS
from hall.windows.kit.application import create_application
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

MORNING = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


def main() -> None:
    """One picture of the desk, and one of each panel that the case allows."""
    folder = Path(sys.argv[1])
    login = sys.argv[2] if len(sys.argv) > 2 else "shizheng"
    size = (int(sys.argv[3]), int(sys.argv[4])) if len(sys.argv) > 4 else (1366, 768)
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    house = build_house(Path(tempfile.mkdtemp()))
    home = house.settings.home
    store = Store(
        open_engine(house.settings.database_url),
        clock=FixedClock(MORNING),
        station="办公室",
        hall_code=HALL.code,
        key_ring=house.key_ring,
    )
    actor = signing_in.sign_in(store, login, password=PASSWORD).actor
    front = Front(store, actor, home, queue_policy(home), slip=False)
    lamps = LampFeed()
    lamps.heard("数据库", "ok", "")
    desk = Desk(front, InlineTasks(), changes=ChangeFeed(), lamps=lamps)
    desk.resize(*size)
    desk.show()
    application.processEvents()
    keep(desk, folder / f"{login}-desk.png")
    file = desk.page.file
    for act in file.acts if file else ():
        if act.name in PANELS:
            desk.begin_act(act.name)
            application.processEvents()
            keep(desk, folder / f"{login}-{act.name}.png")
    store.close()


def keep(desk: Desk, path: Path) -> None:
    QApplication.processEvents()
    desk.grab().save(str(path))


if __name__ == "__main__":
    main()
