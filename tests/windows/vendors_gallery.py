"""Draws the window of vendors' credit: python -m tests.windows.vendors_gallery FOLDER WIDTH HEIGHT"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from hall.clock import HALL_ZONE
from hall.services import vendor_events, vendor_export, vendors
from hall.services.vendor_events import NewFact
from hall.windows.vendors import PAGES
from tests.services.vendors.market import HELPED, LENT, Market
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 10, 12, 9, 42, tzinfo=HALL_ZONE)
SLOTH = NewFact("K05", date(2026, 10, 8), "九月二十日至十月八日没有到摊经营，没有请假", "三次巡查记录", "解放路夜市")


def tell(market: Market, folder: Path) -> None:
    """Vendors of every level, facts in every state, a file for the platform."""
    store, home, office = market.store, market.home, market.office
    first = market.enter(office.resident(name="张测明")).vendor_id
    second = market.enter(office.resident(name="李样例"), farmer=True).vendor_id
    third = market.enter(office.resident(name="欧阳示例")).vendor_id
    for vendor_id in (first, third):
        market.told(vendor_id, replace(LENT, happened_on=date(2026, 10, 9)))
    old = market.told(third, SLOTH)
    for new in (HELPED, replace(HELPED, rule="J03", facts="拾到钱包一只交还失主")):
        market.confirmed(second, replace(new, happened_on=date(2026, 10, 10)))
    market.told(third, replace(LENT, happened_on=date(2026, 10, 10)))
    office.on(date(2026, 11, 20))
    vendor_export.export(store, office.actor("boss"), path=folder / "platform.xlsx", home=home)
    vendor_events.void(store, office.actor("lawyer"), event_id=old, reason="请过假，巡查记录有误")
    case_id = office.served(party_id=market.vendor(first).person.id)
    by_decision = NewFact("K01", date(2026, 11, 2), "在禁止路段占道经营", "处罚决定书", "向阳路小学门口")
    market.told(first, replace(by_decision, penalty_number=office.case(case_id).number))
    fourth = market.enter(office.resident(name="王试试")).vendor_id
    market.objected(fourth)
    posted = market.confirmed(fourth, replace(SLOTH, happened_on=date(2026, 11, 15)))
    vendor_events.notify(store, office.actor("clerk"), event_id=posted, way="posted", home=home)
    market.confirmed(second, SLOTH)
    market.noted(second, HELPED)
    vendors.give_record(store, office.actor("clerk"), vendor_id=first, home=home)


def draw(place: Place, pictures: Pictures) -> None:
    """Who does everything, and the manager."""
    market = Market.opened(place.store, place.clock, place.home)
    tell(market, place.home)
    for login in ("everything", "boss"):
        pictures.draw_pages(PAGES, market.office.front(login), login)


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
