"""Draws the window of the service standards: python -m tests.windows.standards_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.windows.deed_list import DeedListPage
from hall.windows.standards import PAGES
from tests.services.penalties.office import Office
from tests.services.standards_story import Story
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 1, 5, 9, 42, tzinfo=HALL_ZONE)


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
    story.check(about="clerk2", place=2, finding="没有核对身份证件", correct_by=date(2026, 12, 1))
    story.front("boss").void_check(story.front("clerk2").checks()[0].id, "当日由别的窗口办理，查错了人")
    story.qualify("lawyer")
    story.qualify("approver", kind="post", number="GW-2023-0012", issued_by="莲城区城管局", valid_to=date(2026, 12, 31))
    story.qualify("approver2", kind="post", number="GW-2021-0007", issued_by="莲城区城管局", valid_to=date(2026, 6, 30))
    office.on(date(2026, 11, 23))


def draw(place: Place, pictures: Pictures) -> None:
    """The manager, a head, the counter."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    story = Story(office, place.home)
    tell(story)
    for login in ("boss", "head", "clerk"):
        pictures.draw_pages(PAGES, office.front(login), login, turn=show_closed)


def show_closed(page: DeedListPage[object]) -> None:
    """With what is done with."""
    if page.closed_button is not None:
        page.closed_button.click()


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
