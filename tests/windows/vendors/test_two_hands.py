"""Two clerks at one fact, and one clerk twice at the same key: the fact is settled once, and the sentence says so."""

from dataclasses import replace

from PySide6.QtCore import Qt

from hall.services import vendor_events
from hall.services.subject_records import history
from hall.windows.pages_window import PagesWindow
from hall.windows.vendor_fact_panels import DropPanel
from hall.windows.vendors import PAGES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.watcher import ChangeFeed
from tests.services.vendors.market import LENT, Market
from tests.windows.keyboard import fill, press
from tests.windows.sitting import Sitting
from tests.windows.slow_tasks import SlowWrites


def test_a_panel_of_a_fact_that_somebody_else_settled_is_refused_and_keeps_its_words(
    table: Sitting, market: Market
) -> None:
    event_id = market.noted(market.enter().vendor_id)
    table.sit("head", "征信事项")
    press(Qt.Key.Key_F10)
    vendor_events.confirm(market.store, market.office.actor("head"), event_id=event_id)
    press(Qt.Key.Key_F5)
    fill("证据不全")
    assert "已经复核" in table.said
    panel = table.page.side.panel
    assert isinstance(panel, DropPanel)
    assert panel.form.text("reason") == "证据不全"


def test_enter_pressed_twice_enters_one_fact(table: Sitting, market: Market) -> None:
    vendor_id = market.enter().vendor_id
    event_id = market.confirmed(vendor_id, replace(LENT, facts="长" * 1000))
    tasks = SlowWrites()
    window = PagesWindow(
        PAGES, table.front("clerk"), tasks=tasks, changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed()
    )
    table.show(window)
    table.turn("征信事项")
    assert "长" * 1000 in table.facts.replace("\u200b", "")
    tasks.slow = True
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert len(tasks.waiting) == 1
    tasks.answer()
    assert "告知书" in table.said
    with market.store.read() as session:
        assert [each.kind for each in history(session, "vendor_event", event_id)] == ["note", "confirm", "notify"]
