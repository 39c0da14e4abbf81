"""Draws the counter's intake and the dispatch window: python -m tests.windows.requests_gallery FOLDER WIDTH HEIGHT"""

from dataclasses import replace
from datetime import datetime, timedelta

from hall.clock import HALL_ZONE
from hall.devices.simulated.cards import ZHANG_SHILI
from hall.resources import resource
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services.call_backs import CallBackMade
from hall.services.catalogue import import_matters
from hall.services.dispatching import Feedback
from hall.services.persons import PersonDetails
from hall.services.request_replies import Answer
from hall.windows.counter import Counter
from hall.windows.guide_desk import GuideDesk
from hall.windows.requests import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery
from tests.windows.requests.bureau import QUESTION, STALLS, Bureau

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
FEEDBACK = Feedback("到场时有六个摊位占用人行道，已拍照取证", "劝离并约定固定点位，次日复查没有反弹", "service")


class Story:
    """Requests in every state."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau

    def tell(self) -> None:
        clock = self.bureau.clock
        clock.instant = NOW - timedelta(days=12)
        closed, rated = (
            self._registered("店外经营堵住消防通道", "解放路8号"),
            self._registered("早市垃圾没有清运", "东仓巷"),
        )
        for request_id in (closed, rated):
            self._close(request_id)
        call = CallBackMade(reached=True, level=4, words="第二天就清走了，希望长期保持")
        self.bureau.front("clerk").requests.call_back(rated, call)
        clock.instant = NOW - timedelta(days=5)
        self._dispatched("烧烤摊油烟扰民", "人民路夜市", category="smoke")
        fed_back = self._dispatched("广告牌松动", "南大街11号", category="sign", area="")
        self._feed_back(fed_back, "office")
        accepted = self._dispatched("人行道堆放建材", "北关路3号")
        self._feed_back(accepted, "squad")
        self.bureau.front("other").requests.accept(accepted)
        returned = self._dispatched("流动摊贩占用盲道", "西门外公交站")
        self.bureau.front("squad").requests.return_(returned, "该路段属莲湖街道，不在本中队辖区")
        clock.instant = NOW
        self.bureau.register()
        self._registered("楼下停满电动车", "示例小区3号楼", category="parking", area="")
        self.bureau.register(
            replace(STALLS, kind="suggestion", person=None, subject="建议增设便民摊点", place="城东市场")
        )
        self.bureau.register(replace(QUESTION, content="门前摆两张桌子要不要办临时占道许可"))
        self.bureau.register(replace(QUESTION, content="装修垃圾清运证在哪里办，要带哪些材料"))

    def _registered(self, subject: str, place: str, *, category: str = "stall", area: str = "向阳街道") -> int:
        new = replace(
            STALLS,
            subject=subject,
            place=place,
            category=category,
            area=area,
            content=f"{place}{subject}，请派人处理。",
            person=PersonDetails("resident", "李示例", phone="13900005678"),
            apart_why="另一处地点",
        )
        return self.bureau.register(new).request_id

    def _dispatched(self, subject: str, place: str, *, category: str = "stall", area: str = "向阳街道") -> int:
        request_id = self._registered(subject, place, category=category, area=area)
        self.bureau.front("clerk").requests.dispatch(request_id, order="请先到现场核实，两日内电话联系反映人")
        return request_id

    def _feed_back(self, request_id: int, login: str) -> None:
        front = self.bureau.front(login).requests
        front.take(request_id)
        front.feed_back(request_id, FEEDBACK)

    def _close(self, request_id: int) -> None:
        self.bureau.front("clerk").requests.dispatch(request_id)
        self._feed_back(request_id, "squad")
        other = self.bureau.front("other").requests
        other.accept(request_id)
        other.reply(
            request_id, Answer("已劝离占道摊位并安排专人值守，欢迎继续监督。", "《示例省城市管理条例》第三十条")
        )


def show_counter(bureau: Bureau, pictures: Pictures) -> None:
    """Each kind of the intake."""
    feeds = (ChangeFeed(), CardFeed(), LampFeed())
    window = Counter(bureau.front("clerk"), InlineTasks(), counter=3, changes=feeds[0], cards=feeds[1], lamps=feeds[2])
    pictures.show(window)
    window.show_requests()
    page = window.requests
    for kind, button in page.form.kind_buttons.items():
        button.click()
        pictures.draw(window, f"counter-{kind}")
    page.form.choose("complaint")
    for key, text in (("category", "stall"), ("subject", "路口摆摊"), ("place", "向阳路口"), ("area", "向阳街道")):
        page.form.what.set_text(key, text)
    page.form.what.set_text("content", "每晚七点到十一点，占用整条人行道，婴儿车过不去。")
    page.form.who.set_text("name", "王测评")
    page.form.who.set_text("phone", "13900007777")
    page.reload()
    pictures.draw(window, "counter-same")
    page.submit()
    pictures.draw(window, "counter-same-refused")
    page.same.table.chosen.emit(page.same.table.current_row)
    pictures.draw(window, "counter-joined")
    page.submit()
    pictures.draw(window, "counter-registered")
    page.form.choose("help")
    page.take_card(ZHANG_SHILI)
    pictures.draw(window, "counter-card")
    page.clear()
    page.show_enquiries()
    pictures.draw(window, "counter-enquiries")
    window.close()


def show_guide(bureau: Bureau, pictures: Pictures) -> None:
    """The guide desk, and the same form there."""
    window = GuideDesk(bureau.front("guide"), InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    pictures.show(window)
    pictures.draw(window, "guide")
    window.requests.show()
    pictures.draw(window, "guide-requests")
    window.close()


def draw(place: Place, pictures: Pictures) -> None:
    """The dispatch window of everybody, the counter, the guide desk."""
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    administrator = Actor(9, "王五平", place.store.hall_id, frozenset({"administrator"}))
    import_matters(place.store, administrator, matters=parse_catalogue(text))
    bureau = Bureau(place.store, place.clock, place.home)
    bureau.open()
    Story(bureau).tell()
    for login in ("clerk", "squad", "boss", "approver"):
        pictures.draw_pages(PAGES, bureau.front(login), login)
    show_counter(bureau, pictures)
    show_guide(bureau, pictures)


if __name__ == "__main__":
    draw_gallery(draw, now=NOW - timedelta(days=12))
