"""Draws the benchmark window in every state: python -m tests.windows.violations_gallery FOLDER [WIDTH HEIGHT]"""

import os
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.demo.house import build_house
from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.rules.violations_file import FILE_TITLE, parse_violations
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.violations import import_violations
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.kit.application import create_application
from hall.windows.violations import Violations
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)


def main(folder: Path, width: int, height: int) -> None:
    """The sample, most of it published, one version changed since."""
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as home:
        house = build_house(Path(home) / "hall")
        engine = open_engine(house.settings.database_url)
        store = Store(engine, clock=FixedClock(TODAY), station="大厅", hall_code="demo", key_ring=house.key_ring)
        stock(store)
        lawyer = Actor(account_id=902, name="陈法正", hall_id=store.hall_id, roles=frozenset({"legal_reviewer"}))
        front = Front(store, lawyer, house.settings.home, queue_policy(house.settings.home), slip=False)
        window = Violations(front, InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        window.resize(width, height)
        window.show()
        draw(window, folder)
        window.close()
        application.processEvents()
        store.close()


def stock(store: Store) -> None:
    """The shipped sample; half of it published, one with an older version, one that ended."""
    entries = parse_violations(decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE))
    published = [
        replace(entry, published_on=date(2025, 12, 20), published_as="莲城管规〔2025〕9号") for entry in entries
    ]
    older = replace(published[1], valid_from=date(2024, 1, 1), tiers=entries[1].tiers[:2])
    published[3] = replace(published[3], valid_to=date(2026, 6, 30))
    admin = Actor(account_id=901, name="王五平", hall_id=store.hall_id, roles=frozenset({"administrator"}))
    import_violations(store, admin, violations=(older, *published[:11], *entries[11:]))


def draw(window: Violations, folder: Path) -> None:
    """Filters, a search, the panel, a refusal, nothing found."""
    for number, name in enumerate(("usable", "unpublished", "unusable", "all")):
        window.show_filter(number)
        picture(window, folder, name)
    window.show_filter(0)
    window.search.setText("桥梁 挂浮物")
    picture(window, folder, "found")
    window.search.setText("没有的案由")
    picture(window, folder, "nothing")
    window.search.clear()
    window.show_filter(1)
    window.table.selectAll()
    window.publish_button.click()
    picture(window, folder, "publish")
    window.panel.submit()
    picture(window, folder, "publish-refused")


def picture(window: Violations, folder: Path, name: str) -> None:
    """As it is now."""
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(size) for size in sys.argv[2:4] or ("1366", "768")))
