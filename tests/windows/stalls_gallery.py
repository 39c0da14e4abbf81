"""Draws the window of the stall sites: python -m tests.windows.stalls_gallery FOLDER WIDTH HEIGHT"""

from dataclasses import replace
from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.resources import resource
from hall.rules.identity import id_check_digit
from hall.services import stall_committee, stall_grants, stall_sites, stall_withdrawals
from hall.services.persons import PersonDetails
from hall.services.stall_committee import Election
from hall.windows.deed_list import DeedListPage
from hall.windows.stalls import PAGES
from tests.services.stalls.street import SITE, Street
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
NAMES = (
    "赵示例",
    "钱测试",
    "孙样本",
    "李演示",
    "周试验",
    "吴范例",
    "郑样例",
    "王测算",
    "冯模拟",
    "陈虚构",
    "褚例子",
    "卫试用",
)


def person(number: int) -> PersonDetails:
    digits = f"9999991985{number % 12 + 1:02d}10{number:03d}"
    return PersonDetails("resident", NAMES[number % len(NAMES)], id_number=digits + id_check_digit(digits))


def tell(street: Street) -> None:
    """A site with stalls in every state; applications, draws and withdrawals in theirs."""
    store, boss = street.store, street.actor("boss")
    street.site_id = street.site(
        replace(
            SITE,
            code="D2",
            name="团结街便民疏导点",
            season_from="04-01",
            season_to="11-30",
            categories=("food", "produce", "goods"),
        ),
        resource("stalls/sample.csv").read_text(encoding="utf-8"),
    )
    stall_sites.set_plan(
        store, boss, site_id=street.site_id, content=resource("stalls/sample-plan.png").read_bytes(), home=street.home
    )
    ids = [street.admitted("food", person=person(number)) for number in range(10)]
    street.drawn(street.announced())
    grants: list[int] = []
    for each in ids:
        if street.application(each).state == "offered" and len(grants) < 5:
            grants.append(street.granted(each))
    stall_sites.close_stall(store, boss, stall_id=street.stall("N4").stall_id, reason="管道施工")
    for grant_id, office in zip(grants[:2], ("chair", "member"), strict=True):
        election = Election(
            grant_id=grant_id, office=office, until_day=date(2027, 11, 25), votes_for=4, votes_present=5
        )
        stall_committee.elect(store, street.actor("clerk"), election=election, home=street.home)
    key = stall_withdrawals.propose(
        store,
        street.actor("reviewer"),
        grant_id=grants[2],
        ground="idle",
        facts="自十月二十日起摊位一直空置，两次书面通知后仍未恢复",
        evidence="巡查照片六张、通知两份",
        home=street.home,
    )
    stall_withdrawals.tell(store, street.actor("reviewer"), withdrawal_id=key, home=street.home)
    stall_grants.leave(
        store, street.actor("clerk"), grant_id=grants[4], ending="given_up", reason="回老家", home=street.home
    )
    street.office.on(date(2026, 11, 27), hour=9)
    for number in range(20, 23):
        street.admitted("produce", person=person(number))
    street.announced()
    street.applied("produce", person=person(30), farmer=True)
    street.applied("food", person=person(31), hardship=True, goods="煎饼果子")


def draw(place: Place, pictures: Pictures) -> None:
    """Who does everything, and the counter."""
    street = Street.opened(place.store, place.clock, place.home)
    tell(street)
    for login in ("everything", "clerk"):
        pictures.draw_pages(PAGES, street.office.front(login), login, turn=choose_site)


def choose_site(page: DeedListPage[object]) -> None:
    """The site with stalls in every state."""
    if page.accessibleName() == "点位图" and page.choice is not None:
        page.choice.setCurrentIndex(1)


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
