"""Draws the window of vendors' credit: python -m tests.windows.vendors_gallery FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.services import vendor_events, vendor_export, vendors
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.vendor_events import NewFact
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.deed_list import DeedListPage
from hall.windows.kit.application import create_application
from hall.windows.pages_window import PagesWindow
from hall.windows.vendors import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.vendors.market import HELPED, LENT, Market

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
        market = Market.opened(store, clock, home)
        tell(market, home)
        for login in ("everything", "boss"):
            draw(
                Front(store, market.office.actor(login), home, queue_policy(home), slip=False),
                folder,
                login,
                width,
                height,
            )
        application.processEvents()
        store.close()


def draw(front: Front, folder: Path, login: str, width: int, height: int) -> None:
    window = PagesWindow(PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(width, height)
    window.show()

    def grab(name: str) -> None:
        QApplication.processEvents()
        window.grab().save(str(folder / f"{login}-{name}-{width}.png"))

    for number, page in enumerate(window.pages):
        assert isinstance(page, DeedListPage)
        window.show_page(number)
        grab(page.accessibleName())
        if login != "everything":
            continue
        for name in page.new_buttons:
            if name != "export":
                page.open_new_panel(name)
                grab(name)
                page.side.close_panel()
        for name in page.list.buttons:
            row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
            if row is not None and name not in {"record", "look", "keep"}:
                page.list.table.select(page._listed.key(row))
                page.list.buttons[name].click()
                grab(name)
                page.side.close_panel()
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
