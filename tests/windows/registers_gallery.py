"""Draws the window of the registers: python -m tests.windows.registers_gallery FOLDER WIDTH HEIGHT"""

from datetime import date, datetime, timedelta

from hall.clock import HALL_ZONE
from hall.services.registers import NewEntry
from hall.windows.pages_window import PagesWindow
from hall.windows.registers import PAGES, EntriesPage
from tests.services.penalties.office import Office
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
SHOPS = ("示例小吃店", "样本水果店", "虚构市样本餐饮有限公司", "测试文具店", "示例修车铺")


class Story:
    """Entries of several registers, some due, one closed, corrected or voided."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def tell(self) -> None:
        clerk, head, boss = (self.office.front(login).registers for login in ("clerk", "head", "boss"))
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


def draw(place: Place, pictures: Pictures) -> None:
    """The counter and a head."""
    office = Office(place.store, place.clock, place.home)
    office.open()
    Story(office).tell()
    for login in ("clerk", "head"):
        window = pictures.open(PAGES, office.front(login))
        draw_entries(window, pictures, login)
        window.show_page(1)
        pictures.draw(window, login, "waiting")
        window.close()


def draw_entries(window: PagesWindow, pictures: Pictures, login: str) -> None:
    """Some registers with their forms, each panel of one of them, all at once, the choice."""
    page = window.pages[0]
    assert isinstance(page, EntriesPage)
    assert page.choice is not None
    assert page.closed_button is not None
    page.closed_button.click()
    pictures.draw(window, login, "entries")
    for code in ("front_duties", "minor_warning", "joint_actions", "follow_up_visit"):
        page.choice.setCurrentIndex(page.choice.findData(code))
        page.open_new_panel("enter")
        pictures.draw(window, login, code)
        page.side.close_panel()
    page.choice.setCurrentIndex(page.choice.findData("front_duties"))
    draw_rows(window, page, pictures, login)
    page.choice.setCurrentIndex(page.choice.findData(""))
    pictures.draw(window, login, "all")
    page.choice.setFocus()
    page.choice.showPopup()
    pictures.draw(page.choice.view().window(), login, "choice")
    page.choice.hidePopup()


def draw_rows(window: PagesWindow, page: EntriesPage, pictures: Pictures, login: str) -> None:
    """What can be done with an entry, printing left out."""
    for name, button in page.list.buttons.items():
        row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
        if row is not None and name != "print":
            page.list.table.select(row.entry_id)
            button.click()
            pictures.draw(window, login, name)
            page.side.close_panel()


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
