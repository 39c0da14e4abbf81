"""Draws the relief window: python tests/windows/relief_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.relief_cases import Award, Vote
from hall.services import relief_books, relief_showing
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.deed_list import DeedListPage
from hall.windows.kit.application import create_application
from hall.windows.pages_window import PagesWindow
from hall.windows.relief import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.relief.fund import Fund

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
    fund.visit(fund.applied())
    fund.applied("tools")


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        url = f"sqlite:///{home / 'hall.db'}"
        build(url)
        store = Store(
            open_engine(url), clock=FixedClock(NOW), station="窗口1", hall_code=HALL_CODE, key_ring=KeyRing.new()
        )
        lay_foundation(store, counters=4)
        fund = Fund.founded(store, store.clock, home)  # type: ignore[arg-type]  # the clock above
        tell(fund)
        for login in ("everything", "clerk", "cashier"):
            front = Front(store, fund.office.actor(login), home, queue_policy(home), slip=False)
            draw(front, folder, login, (width, height))
        application.processEvents()
        store.close()


def draw(front: Front, folder: Path, login: str, size: tuple[int, int]) -> None:
    window = PagesWindow(PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    window.resize(*size)
    window.show()

    def grab(name: str) -> None:
        QApplication.processEvents()
        window.grab().save(str(folder / f"{login}-{name}-{size[0]}.png"))

    for number, page in enumerate(window.pages):
        assert isinstance(page, DeedListPage)
        window.show_page(number)
        grab(page.accessibleName())
        if login != "everything":
            continue
        for name in page.new_buttons:
            page.open_new_panel(name)
            grab(name)
            page.side.close_panel()
        for name in page.list.buttons:
            row = next((each for each in page.list.table.rows if name in page.acts(each)), None)
            if row is not None:
                page.list.table.select(page._listed.key(row))
                page.list.buttons[name].click()
                grab(name)
                page.side.close_panel()
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
