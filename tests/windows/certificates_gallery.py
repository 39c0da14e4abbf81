"""Draws the certificates screen in every state: python -m tests.windows.certificates_gallery FOLDER [WIDTH HEIGHT]"""

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.demo.house import build_house
from hall.services import certificates
from hall.services.certificate_endings import Ending
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.certificates import Certificates
from hall.windows.kit.application import create_application
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import Aftermath


def main(folder: Path, width: int, height: int) -> None:
    """Certificates of one month to two years, three weeks later."""
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as home:
        house = build_house(Path(home) / "hall")
        clock = FixedClock(datetime(2026, 11, 24, 9, 0, tzinfo=HALL_ZONE))
        engine = open_engine(house.settings.database_url)
        store = Store(engine, clock=clock, station="大厅", hall_code="demo", key_ring=house.key_ring)
        bureau = Aftermath(store, clock, house.settings.home)
        grant(bureau)
        front = Front(store, bureau.people["approver"], bureau.home, queue_policy(bureau.home), slip=False)
        window = Certificates(front, InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        window.resize(width, height)
        window.show()
        draw(window, folder)
        window.close()
        application.processEvents()
        store.close()


def grant(bureau: Aftermath) -> None:
    """Different matters and lengths; one is revoked, one expires."""
    bureau.employ()
    for code, months, name in (
        ("K1", 12, "临时占道许可证"),
        ("K2", 24, "户外广告及门头牌匾设置许可证"),
        ("K3", 2, "临时占道许可证"),
        ("K4", 3, "建筑垃圾处置核准证"),
        ("K5", 1, "夜间建筑施工证明"),
    ):
        bureau.licence(code, validity_months=months, certificate_name=name)
    made = [bureau.certified(code)[1] for code in ("K1", "K2", "K3", "K4", "K5", "K3", "K1")]
    bureau.certificates("approver").end(made[1].certificate_id, Ending("fraud", "营业执照系伪造", bureau.today))
    bureau.on_day(date(2026, 12, 25))
    certificates.expire(bureau.store, home=bureau.home)
    certificates.remind(bureau.store, home=bureau.home)


def draw(window: Certificates, folder: Path) -> None:
    """Filters, panels, a refusal, nothing found."""
    for number, name in enumerate(("valid", "due", "ended", "all")):
        window.show_filter(number)
        picture(window, folder, name)
    window.show_filter(0)
    for act in ("renew", "recall", "revoke", "cancel"):
        window.page.buttons[act].click()
        picture(window, folder, act)
        window.side.close_panel()
    window.page.buttons["revoke"].click()
    window.panels["revoke"].submit()
    picture(window, folder, "revoke-refused")
    window.side.close_panel()
    window.search.setText("没有的证件")
    window.reload()
    picture(window, folder, "nothing")


def picture(window: Certificates, folder: Path, name: str) -> None:
    """As it is now."""
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(size) for size in sys.argv[2:4] or ("1366", "768")))
