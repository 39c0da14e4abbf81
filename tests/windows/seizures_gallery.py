"""Draws the pages of seized goods and of publicity: python -m tests.windows.seizures_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime, timedelta

from hall.clock import HALL_ZONE
from hall.rules.seizures import ExcludedTest, parse_list
from hall.services import publicity
from hall.services.emergencies import NewEmergency
from hall.services.papers_seizure import Receiver
from hall.services.penalty_records import decisions_of
from hall.services.seizures import NewSeizure, SeizureEnd
from hall.store.schema.penalties import PenaltyCase, PenaltyDecision
from hall.windows.pages_window import PagesWindow
from hall.windows.penalty import PAGES
from hall.windows.publicity import PublicityPage
from hall.windows.seizures import SeizuresPage
from tests.services.penalties.office import Office
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
GOODS = (
    "折叠桌 2 张 完好\n塑料凳 8 只 一只缺腿\n液化气瓶 1 个",
    "三轮车 1 辆 前轮变形",
    "流动餐车 1 辆\n保温箱 2 个",
    "广告牌 1 块",
    "遮阳伞 3 把 完好\n服装 26 件",
)


class Story:
    """Goods in every state, decisions of every standing."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._number = 0

    def seize(self, days: int, goods: str, *, of_case: bool = True, kind: str = "seize") -> int:
        self._number += 1
        new = NewSeizure(
            number=f"莲城管扣〔2026〕{self._number}号",
            kind=kind,  # type: ignore[arg-type]
            seized_on=self.office.today - timedelta(days=days),
            reason="占用人行道经营，工具和货物需要查清来源",
            basis="《示例省城市管理条例》第三十条",
            place=f"莲城区向阳路{self._number}8号门前",
            keeper="执法大队一号库，施保管",
            items=parse_list(goods),
            case_id=self.office.registered() if of_case else None,
            party=None if of_case else self.office.resident(name="李示例"),
        )
        return self.office.front("reviewer").seizures.enter(new)

    def tell_goods(self) -> None:
        held = [self.seize(days, goods) for days, goods in zip((33, 30, 26, 9), GOODS, strict=False)]
        self.seize(12, GOODS[4], of_case=False, kind="seal")
        today = self.office.today
        test = ExcludedTest(today - timedelta(days=3), today - timedelta(days=3), today + timedelta(days=6))
        self.office.front("other").seizures.add_test(held[3], "appraise", "示例市价格认证中心", test)
        self.office.front("approver").seizures.extend(held[2], "当事人在外地，货物来源需要向供货商核实")
        released = self.seize(5, "手推车 1 辆\n铁锅 2 口")
        self.office.front("approver").seizures.end(
            released, SeizureEnd("released", "手推车与占道经营无关", "unrelated")
        )
        self.office.front("clerk").seizures.give_back(released, Receiver("张测明"), (2,))
        officers = tuple(self.office.certificates[each] for each in ("reviewer", "other"))
        new = NewEmergency(
            measure="当场扣押三轮车一辆",
            place="莲城区解放路路口",
            reason="当事人正在驾车离开，不当场扣押将无法查清",
            began_at=NOW - timedelta(hours=17),
            certificates=officers,
            seizure_id=held[3],
        )
        self.office.front("reviewer").seizures.enter_emergency(new)

    def tell_decisions(self) -> None:
        for day in (6, 13, 16, 17, 20, 12):
            self.decided(date(2026, 11, day))
        self.decided(date(2026, 11, 18), birth=date(2009, 5, 4))
        front = self.office.front("boss").publicity
        rows = {row.decided_on.day: row for row in front.listed("all")}
        front.publish(rows[12].publication_id, date(2026, 11, 19), "局门户网站行政处罚公示栏")
        with self.office.store.work("penalty.correct", self.office.actor("approver")) as work:
            decision = decisions_of(work.session, rows[12].told.case_id)[0]
            publicity.overturned(work, decision, "莲城复决字〔2026〕3号行政复议决定撤销")
            work.audit(f"penalty:{decision.case_id}")

    def decided(self, day: date, birth: date = date(1990, 3, 7)) -> None:
        case_id = self.office.decided(on=day, party_id=self.office.person(self.office.resident(birth=birth)))
        with self.office.store.work("penalty.decide", self.office.actor("approver")) as work:
            decision = work.session.get_one(PenaltyDecision, self.office.decision_of(case_id).id)
            publicity.begin(work, work.session.get_one(PenaltyCase, case_id), decision)
            work.audit(f"penalty:{case_id}")


def draw(place: Place, pictures: Pictures) -> None:
    """Both pages, each with its panels."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    story = Story(office)
    story.tell_goods()
    story.tell_decisions()
    for login in ("reviewer", "approver", "clerk", "boss"):
        window = pictures.open(PAGES, office.front(login))
        for number, page in enumerate(window.pages):
            if isinstance(page, SeizuresPage):
                window.show_page(number)
                draw_seizures(window, page, pictures, login)
            elif isinstance(page, PublicityPage):
                window.show_page(number)
                draw_publicity(window, page, pictures, login)
        window.close()


def draw_seizures(window: PagesWindow, page: SeizuresPage, pictures: Pictures, login: str) -> None:
    """The list, what can be done with goods, what can be entered anew."""
    pictures.draw(window, login, "seizures")
    for act, button in page.list.buttons.items():
        line = next((each for each in page.list.table.rows if act in each.acts), None)
        if line is not None and act != "open":
            page.list.table.select(line.key)
            button.click()
            pictures.draw(window, login, act)
            page.side.close_panel()
    for name, enter in (("seize", page.seize_button), ("emergency", page.emergency_button)):
        if enter.isVisible():
            enter.click()
            pictures.draw(window, login, name)
            page.side.close_panel()


def draw_publicity(window: PagesWindow, page: PublicityPage, pictures: Pictures, login: str) -> None:
    """The list, and for who publishes its panels and everything."""
    pictures.draw(window, login, "publicity")
    if login != "boss":
        return
    for act in page.panels:
        row = next(each for each in page.list.table.rows if act == "withdraw_publicity" or each.light)
        page.panels[act].ask(row)
        page.side.open(page.panels[act])
        pictures.draw(window, login, act)
        page.side.close_panel()
    page.closed_button.click()
    pictures.draw(window, login, "publicity-all")


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
