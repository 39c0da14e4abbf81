"""Draws the relief window: python -m tests.windows.relief_gallery FOLDER WIDTH HEIGHT"""

from datetime import datetime

from hall.clock import HALL_ZONE
from hall.resources import resource
from hall.rules.relief_cases import Award, Vote
from hall.services import relief_books, relief_files, relief_showing
from hall.services.subject_files import NewSubjectFile
from hall.windows.relief import PAGES, ApplicationsPage
from tests.services.relief.fund import Fund
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 2, 9, 42, tzinfo=HALL_ZONE)


def tell(fund: Fund) -> None:
    """Applications in every state, every kind of posting."""
    store = fund.office.store
    fund.give_to_fund(money_fen=2_000_000, purpose="用于困难商贩恢复经营")
    fund.give_to_fund(money_fen=50_000, wish="hidden")
    fund.give_to_fund(goods_fen=320_000, organisation=True, purpose="保温餐车两辆")
    fund.buy(250_000)
    fund.give(fund.shown())
    fund.give(fund.shown(Award(250_000, "三轮餐车一辆"), "tools"))
    award = fund.books()[0].posting_id
    relief_books.reverse(store, fund.office.actor("cashier"), posting_id=award, reason="领取人当日未到，餐车未交付")
    refused = fund.opined("support")
    fund.vote(refused, vote=Vote(2, 5, 0))
    objected = fund.shown(Award(150_000), "support")
    relief_showing.object_to(
        store, fund.office.actor("clerk"), application_id=objected, objection="反映其家中另有门面出租"
    )
    fund.shown()
    fresh = fund.opined()
    fund.vote(fresh, Award(300_000))
    fund.show(fresh)
    fund.vote(fund.opined("tools"), Award(180_000, "保温餐车一辆"))
    fund.opined()
    checked = fund.applied()
    fund.visit(checked)
    fund.applied("tools")
    files = [
        NewSubjectFile(title, "material", resource("stalls/sample-plan.png").read_bytes())
        for title in ("低保边缘家庭证明", "诊断证明")
    ]
    for key in (checked, objected):
        relief_files.keep(store, fund.office.actor("clerk"), application_id=key, files=files, home=fund.office.home)


def draw(place: Place, pictures: Pictures) -> None:
    """Who does everything, the counter, the cashier."""
    fund = Fund.founded(place.store, place.clock, place.home)
    tell(fund)
    for login in ("everything", "clerk", "cashier"):
        pictures.draw_pages(PAGES, fund.office.front(login), login)
    draw_files(fund, pictures)


def draw_files(fund: Fund, pictures: Pictures) -> None:
    """What chosen files show is asked; what is kept is looked at."""
    window = pictures.open(PAGES, fund.office.front("clerk"))
    page = window.pages[0]
    assert isinstance(page, ApplicationsPage)
    row = next(each for each in page.list.table.rows if each.files)
    page.list.table.select(row.application_id)
    page.files.take(row, ["/扫描/收入证明.pdf", "/扫描/收入证明背面.pdf"])
    pictures.draw(window, "clerk", "存材料")
    page.side.close_panel()
    page.open_row("look", row)
    if page.files.dialog is not None:
        pictures.draw(page.files.dialog, "clerk", "看材料")
        page.files.dialog.close()
    window.close()


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
