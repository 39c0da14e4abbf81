"""Draws the window of the service standards: python tests/windows/standards_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.training_reading import StaffStanding
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.deed_list import DeedListPage
from hall.windows.kit.application import create_application
from hall.windows.pages_window import PagesWindow
from hall.windows.standards import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.penalties.office import Office
from tests.services.standards_story import Story

NOW = datetime(2026, 1, 5, 9, 42, tzinfo=HALL_ZONE)
NAMES = ("instructions", "checks", "standings", "records", "qualifications")


def tell(story: Story) -> None:
    """A year of it: the office opens in January, today is in November."""
    office = story.office
    story.publish()
    story.instruct()
    story.badges()
    office.on(date(2026, 9, 25))
    story.train("clerk", "lawyer", "reviewer", kind="examination", title="第三季度考试", hours="", score=86)
    story.train(
        "clerk", kind="camp", title="年度轮训", held_on=date(2026, 6, 1), until_day=date(2026, 6, 7), hours="42"
    )
    for month in range(2, 10):
        story.train("clerk", "lawyer", kind="friday", title="案例研讨", held_on=date(2026, month, 6), hours="2")
    story.check(place=1, met=True, finding="", correct_by=None, counter_number=1)
    story.check(place=2, finding="要求提交目录以外的材料", correct_by=date(2026, 9, 30), way="dossier")
    office.on(date(2026, 11, 20))
    story.check(counter_number=1)
    story.check(by="boss", place=4, finding="没有说明承诺的办结日期", correct_by=date(2026, 12, 1))
    last = story.front("clerk").checks()[-1]
    story.front("clerk").state(last.id, "当日系统升级，承诺日期没有显示出来，已口头说明。")
    story.front("clerk").correct_check(last.id, "补发受理通知书并向申请人说明，窗口张贴承诺时限表。")
    story.qualify("lawyer")
    story.qualify("approver", kind="post", number="GW-2023-0012", issued_by="莲城区城管局", valid_to=date(2026, 12, 31))
    story.qualify("approver2", kind="post", number="GW-2021-0007", issued_by="莲城区城管局", valid_to=date(2026, 6, 30))
    office.on(date(2026, 11, 23))


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        url = f"sqlite:///{home / 'hall.db'}"
        build(url)
        clock = FixedClock(NOW)
        store = Store(open_engine(url), clock=clock, station="窗口1", hall_code=HALL_CODE, key_ring=KeyRing.new())
        lay_foundation(store, counters=4)
        office = Office(store, clock, home)
        office.open()
        story = Story(office, home)
        tell(story)
        for login in ("boss", "head", "clerk"):
            draw(story.whole_front(login), folder, login, (width, height))
        application.processEvents()
        store.close()


def draw(front: Front, folder: Path, login: str, size: tuple[int, int]) -> None:
    window = PagesWindow(PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(*size)
    window.show()
    for number, page in enumerate(window.pages):
        assert isinstance(page, DeedListPage)
        window.show_page(number)
        if page.closed_button is not None:
            page.closed_button.click()
        _grab(window, folder / f"{login}-{NAMES[number]}-{size[0]}.png")
        for name in page.new_buttons:
            page.open_new_panel(name)
            _grab(window, folder / f"{login}-{NAMES[number]}-{name}-{size[0]}.png")
            page.side.close_panel()
        for name, button in page.list.buttons.items():
            row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
            if row is not None and name != "print":
                page.list.table.select(_key(row))
                button.click()
                _grab(window, folder / f"{login}-{NAMES[number]}-{name}-{size[0]}.png")
                page.side.close_panel()
    window.close()


def _key(row: object) -> object:
    return row.member.account_id if isinstance(row, StaffStanding) else row.id  # type: ignore[attr-defined]  # of all others


def _grab(window: PagesWindow, path: Path) -> None:
    QApplication.processEvents()
    window.grab().save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
