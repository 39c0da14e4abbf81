"""Draws the window of the registers: python tests/windows/registers_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.registers import NewEntry
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.kit.application import create_application
from hall.windows.pages_window import PagesWindow
from hall.windows.registers import PAGES, EntriesPage
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.penalties.office import Office

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
SHOPS = ("示例小吃店", "样本水果店", "虚构市样本餐饮有限公司", "测试文具店", "示例修车铺")


class Story:
    """Entries of several registers, some due, one closed, corrected or voided."""

    def __init__(self, office: Office, home: Path) -> None:
        self.office, self._home = office, home

    def front(self, login: str) -> Front:
        return Front(self.office.store, self.office.actor(login), self._home, queue_policy(self._home), slip=False)

    def tell(self) -> None:
        clerk, head, boss = (self.front(login).registers for login in ("clerk", "head", "boss"))
        today = date(2026, 11, 23)
        made = [
            clerk.enter(self._duties(name, today + timedelta(days=200 - 40 * each))) for each, name in enumerate(SHOPS)
        ]
        clerk.correct(made[1].entry_id, self._duties(SHOPS[1], today + timedelta(days=300)), "有效期写错")
        clerk.close(made[2].entry_id, "续签", "门头更换后重新签订", today)
        head.void(made[3].entry_id, "重复登记")
        case = self.office.case(self.office.registered()).number
        for days, problem in ((-2, "店外堆放货物"), (0, "油烟直排"), (2, "占道摆放桌椅"), (20, "店招松动")):
            values = {"problem": problem, "place": "莲城区向阳路18号", "case": case, "demand": "清理并恢复原状"}
            until = (today + timedelta(days=days)).isoformat()
            person = self.office.resident(name="李示例")
            head.enter(NewEntry("corrections", today - timedelta(days=5), {**values, "correct_by": until}, person))
        broken = {"problem": "人行道破损", "place": "解放路口", "unit": "示例街道办", "solve_by": "2026-11-25"}
        clerk.enter(NewEntry("problems", today, broken))
        opinion = {"matter": "网传早市占道", "channel": "网络", "content": "早市收摊后垃圾没有清理", "unit": "城东中队"}
        boss.enter(NewEntry("public_opinion", today, opinion))

    def _duties(self, unit: str, until: date) -> NewEntry:
        values = {
            "unit": unit,
            "place": "莲城区向阳路18号门前",
            "scope": "东至路灯杆，西至邮筒，门前人行道至路缘石",
            "inspector": "施保管",
            "until": until.isoformat(),
        }
        return NewEntry("front_duties", date(2026, 11, 23), {**values, "inspector": "周玉兰"}, self.office.resident())


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
        story.tell()
        for login in ("clerk", "head"):
            draw(story.front(login), folder, login, (width, height))
        application.processEvents()
        store.close()


def draw(front: Front, folder: Path, login: str, size: tuple[int, int]) -> None:
    window = PagesWindow(PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(*size)
    window.show()

    def grab(name: str) -> None:
        QApplication.processEvents()
        window.grab().save(str(folder / f"{login}-{name}-{size[0]}.png"))

    page = window.pages[0]
    assert isinstance(page, EntriesPage)
    assert page.choice is not None
    assert page.closed_button is not None
    page.closed_button.click()
    grab("entries")
    for code in ("front_duties", "minor_warning", "joint_actions", "follow_up_visit"):
        page.choice.setCurrentIndex(page.choice.findData(code))
        page.open_new_panel("enter")
        grab(code)
        page.side.close_panel()
    page.choice.setCurrentIndex(page.choice.findData("front_duties"))
    for name, button in page.list.buttons.items():
        row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
        if row is not None and name != "print":
            page.list.table.select(row.entry_id)
            button.click()
            grab(name)
            page.side.close_panel()
    page.choice.setCurrentIndex(page.choice.findData(""))
    grab("all")
    page.choice.setFocus()
    page.choice.showPopup()
    QApplication.processEvents()
    page.choice.view().window().grab().save(str(folder / f"{login}-choice-{size[0]}.png"))
    page.choice.hidePopup()
    window.show_page(1)
    grab("waiting")
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
