"""Draws every stage and panel of the penalty window: python tests/windows/penalty_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.fines import Part
from hall.services.deferrals import NewDeferral
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.leniency import NewLeniency
from hall.services.papers_leniency import Evidence
from hall.services.payment_notices import NewNotice
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.counter import Counter
from hall.windows.kit.application import create_application
from hall.windows.penalty import Penalty
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
LOGINS = ("clerk", "reviewer", "lawyer", "approver", "cashier", "boss")
PASSES = 4
"""So many rounds of events until wrapped words have their height."""


@dataclass
class Pictures:
    """Draws what is shown into a folder."""

    application: QApplication
    folder: Path

    def draw(self, widget: QWidget, name: str) -> None:
        for _ in range(PASSES):
            self.application.processEvents()
        widget.grab().save(str(self.folder / f"{name}.png"))


@dataclass
class Story:
    """One person with a case in each stage; names say the stage."""

    office: Office
    cases: dict[str, int]

    def front(self, login: str) -> Front:
        office = self.office
        return Front(office.store, office.actor(login), office.home, queue_policy(office.home), slip=False)

    def tell(self) -> None:
        office, deciding = self.office, Deciding(self.office)
        person = office.person(office.resident(name="张测明"))
        grave = office.registered(party_id=person, place="莲城区人民路6号")
        asked = office.registered(party_id=person, corrected_on=date(2026, 11, 3), harm="none", place="莲城区解放路2号")
        told = office.registered(party_id=person, place="莲城区南大街11号")
        self.cases = {
            "filed": office.registered(party_id=person),
            "asked": asked,
            "told": told,
            "grave": grave,
            "decided": office.decided(party_id=person, place="莲城区西门外"),
            "served": office.served(party_id=person, place="莲城区北关路3号"),
            "overdue": self._overdue(person),
            "deferring": office.served(party_id=person, place="莲城区东仓巷"),
        }
        request = NewLeniency(
            wanted="none",
            limbs=("slight",),
            facts="接到责令改正通知书当天就清理了，没有影响通行",
            evidence=(Evidence("改正后照片", 2),),
            correction="11月3日清理完毕",
        )
        self.front("clerk").leniency.apply(asked, request)
        deciding.propose(told)
        deciding.tell(told)
        deciding.propose_grave(grave)
        plan = NewDeferral(
            "instalments",
            "家中有人重病住院，本月没有收入",
            "向阳社区居民委员会证明",
            tuple(Part(date(2026 + month // 13, (month - 1) % 12 + 1, 23), 100_000) for month in (12, 13, 14)),
        )
        self.front("clerk").fines.defer(self.cases["deferring"], plan)
        self.front("cashier").payments.issue_notice(self.cases["served"], NewNotice("61010026000012345678", 300_000))

    def _overdue(self, person: int) -> int:
        return self.office.served(
            party_id=person,
            on=date(2026, 10, 12),
            served_on=date(2026, 10, 14),
            due_on=date(2026, 10, 29),
            place="莲城区钟楼南侧",
        )


def show_stages(story: Story, pictures: Pictures, size: tuple[int, int]) -> None:
    """Every stage for everybody, with every panel that can be opened."""
    for login in LOGINS:
        window = Penalty(story.front(login), InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
        window.resize(*size)
        window.show()
        pictures.draw(window, f"{login}-empty")
        for stage, case_id in story.cases.items():
            window.open_case(case_id)
            pictures.draw(window, f"{login}-{stage}")
            for act in [each.name for each in window.position.shown.column.acts.rows if not each.reasons]:
                window.position.begin_act(act)
                pictures.draw(window, f"{login}-{stage}-{act}")
                window.position.side.close_panel()
        window.show_page(1)
        pictures.draw(window, f"{login}-clocks")
        window.close()


def show_beside(story: Story, pictures: Pictures, size: tuple[int, int]) -> None:
    """What stands beside the position, the list of persons, a refusal, and the same page at the counter."""
    window = Penalty(story.front("clerk"), InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(*size)
    window.show()
    story.office.registered(party_id=story.office.person(story.office.resident(name="张测明")))
    for text, name in (("张测明", "several"), ("无此人", "nobody")):
        window.position.line.setText(text)
        window.position.search()
        pictures.draw(window, name)
    window.open_case(story.cases["overdue"])
    window.position.shown.explain(True)
    pictures.draw(window, "why")
    window.position.shown.explain(False)
    window.position.deeds.register()
    pictures.draw(window, "register")
    window.close()
    counter = Counter(
        story.front("clerk"), InlineTasks(), counter=1, changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed()
    )
    counter.resize(*size)
    counter.show()
    counter.penalty.show_leniency()
    assert counter.penalty.page is not None
    pictures.draw(counter, "counter-waiting")
    counter.penalty.page.open_case(story.cases["overdue"])
    pictures.draw(counter, "counter")
    counter.penalty.page.begin_act("notice")
    pictures.draw(counter, "counter-notice")


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home, clock = Path(name), FixedClock(NOW)
        url = f"sqlite:///{home / 'hall.db'}"
        build(url)
        store = Store(open_engine(url), clock=clock, station="窗口1", hall_code=HALL_CODE, key_ring=KeyRing.new())
        lay_foundation(store, counters=4)
        office = Office(store, clock, home)
        office.open()
        story = Story(office, {})
        story.tell()
        pictures = Pictures(application, folder)
        show_stages(story, pictures, (width, height))
        show_beside(story, pictures, (width, height))
        application.processEvents()
        store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
