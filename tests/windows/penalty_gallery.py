"""Draws every stage and panel of the penalty window: python -m tests.windows.penalty_gallery FOLDER WIDTH HEIGHT"""

from dataclasses import dataclass
from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.rules.fines import Part
from hall.services.deferrals import NewDeferral
from hall.services.front import Front
from hall.services.leniency import NewLeniency
from hall.services.papers_leniency import Evidence
from hall.services.payment_notices import NewNotice
from hall.windows.counter import Counter
from hall.windows.penalty import PAGES, Penalty
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
LOGINS = ("clerk", "reviewer", "lawyer", "approver", "cashier", "boss")


@dataclass
class Story:
    """One person with a case in each stage; names say the stage."""

    office: Office
    cases: dict[str, int]

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
        self.office.front("clerk").leniency.apply(asked, request)
        deciding.propose(told)
        deciding.tell(told)
        deciding.propose_grave(grave)
        plan = NewDeferral(
            "instalments",
            "家中有人重病住院，本月没有收入",
            "向阳社区居民委员会证明",
            tuple(Part(date(2026 + month // 13, (month - 1) % 12 + 1, 23), 100_000) for month in (12, 13, 14)),
        )
        self.office.front("clerk").fines.defer(self.cases["deferring"], plan)
        self.office.front("cashier").payments.issue_notice(
            self.cases["served"], NewNotice("61010026000012345678", 300_000)
        )

    def _overdue(self, person: int) -> int:
        return self.office.served(
            party_id=person,
            on=date(2026, 10, 12),
            served_on=date(2026, 10, 14),
            due_on=date(2026, 10, 29),
            place="莲城区钟楼南侧",
        )


def opened(pictures: Pictures, front: Front) -> Penalty:
    """The window of somebody."""
    window = pictures.open(PAGES, front)
    assert isinstance(window, Penalty)
    return window


def show_stages(story: Story, pictures: Pictures) -> None:
    """Every stage for everybody, with every panel that can be opened."""
    for login in LOGINS:
        window = opened(pictures, story.office.front(login))
        pictures.draw(window, login, "empty")
        for stage, case_id in story.cases.items():
            window.open_case(case_id)
            pictures.draw(window, login, stage)
            for act in [each.name for each in window.position.shown.column.acts.rows if not each.reasons]:
                window.position.begin_act(act)
                pictures.draw(window, login, stage, act)
                window.position.side.close_panel()
        window.show_page(1)
        pictures.draw(window, login, "clocks")
        window.close()


def show_beside(story: Story, pictures: Pictures) -> None:
    """What stands beside the position, the list of persons, a refusal."""
    window = opened(pictures, story.office.front("clerk"))
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


def show_counter(story: Story, pictures: Pictures) -> None:
    """The same page at the counter."""
    front = story.office.front("clerk")
    counter = Counter(front, InlineTasks(), counter=1, changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    pictures.show(counter)
    counter.penalty.show_leniency()
    assert counter.penalty.page is not None
    pictures.draw(counter, "counter-waiting")
    counter.penalty.page.open_case(story.cases["overdue"])
    pictures.draw(counter, "counter")
    counter.penalty.page.begin_act("notice")
    pictures.draw(counter, "counter-notice")


def draw(place: Place, pictures: Pictures) -> None:
    """The window, what stands beside, the counter."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    story = Story(office, {})
    story.tell()
    show_stages(story, pictures)
    show_beside(story, pictures)
    show_counter(story, pictures)


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
