"""减免 and 缴款 at the counter: the same page beside the queue, by the counter's own keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.payment_notices import NewNotice, issue_notice
from hall.services.persons import record_card
from hall.store import Store
from hall.store.schema.documents import Document
from hall.windows.counter import Counter
from hall.windows.penalty_page import PositionPage
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, CONTROL
from tests.windows.penalty.hands import Hands

FrontMaker = Callable[[Store, Actor], Front]


@pytest.fixture
def counter(office: Office, front_of: FrontMaker, cards: CardFeed, qtbot: QtBot) -> Counter:
    """The clerk's own window."""
    front = front_of(office.store, office.actor("clerk"))
    window = Counter(front, InlineTasks(), counter=3, changes=ChangeFeed(), cards=cards, lamps=LampFeed())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def at(counter: Counter, key: Qt.Key) -> Hands:
    """The hands after the key of a task."""
    QTest.keyClick(counter, key, ALT)
    page = counter.page
    assert isinstance(page, PositionPage)
    return Hands(counter, page)


def test_one_page_serves_both_tasks_and_each_puts_its_own_acts_first(office: Office, counter: Counter) -> None:
    case_id = office.served()
    clerk = at(counter, Qt.Key.Key_2)
    assert clerk.page.line.hasFocus()
    clerk.find(office.case(case_id).number)
    acts = clerk.page.shown.column.acts
    assert acts.rows[0].name == "defer"
    paying = at(counter, Qt.Key.Key_3)
    assert paying.page is clerk.page
    assert acts.rows[0].name == "notice"
    assert acts.hasFocus()
    assert counter.queue.isVisible()
    assert "Ctrl+M 登记" in clerk.page.keys


def test_escape_goes_back_step_by_step_to_the_reception(office: Office, counter: Counter) -> None:
    case_id = office.served()
    clerk = at(counter, Qt.Key.Key_3)
    clerk.find(office.case(case_id).number)
    clerk.act("notice")
    assert clerk.page.deeds.panel is not None
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.shown.column.acts.hasFocus()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.line.hasFocus()
    clerk.press(Qt.Key.Key_Escape)
    assert counter.page is counter.intake


def test_a_card_goes_to_the_task_that_is_shown(
    office: Office, counter: Counter, cards: CardFeed, make_card: Callable[..., Card]
) -> None:
    holder = make_card()
    with office.store.work("person.enter", office.actor("clerk")) as work:
        person = record_card(work, holder)
        work.audit(f"person:{person}")
    case_id = office.registered(party_id=person)
    clerk = at(counter, Qt.Key.Key_2)
    cards.card.emit(holder)
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == case_id
    assert counter.intake.is_empty
    clerk.press(Qt.Key.Key_M, CONTROL)
    cards.card.emit(holder)
    assert counter.intake.is_empty


def test_a_scanned_paper_opens_its_penalty_on_this_page(office: Office, counter: Counter) -> None:
    case_id = office.served()
    notice = NewNotice("61010026000012345678", 300_000)
    issued = issue_notice(office.store, office.actor("cashier"), case_id=case_id, notice=notice, home=office.home)
    with office.store.read() as session:
        code = session.get_one(Document, issued.document_id).code_payload
    clerk = at(counter, Qt.Key.Key_3)
    counter.paper.take_scan(code)
    assert counter.page is clerk.page
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == case_id


def test_another_task_leaves_the_position_as_it_was(office: Office, counter: Counter) -> None:
    case_id = office.served()
    clerk = at(counter, Qt.Key.Key_2)
    clerk.find(office.case(case_id).number)
    QTest.keyClick(counter, Qt.Key.Key_1, ALT)
    assert counter.page is counter.intake
    again = at(counter, Qt.Key.Key_2)
    assert again.page.shown.file is not None
    assert again.page.shown.file.case_id == case_id


def test_a_case_that_is_registered_belongs_to_the_number_at_the_counter(
    office: Office, counter: Counter, cards: CardFeed, make_card: Callable[..., Card], front_of: FrontMaker
) -> None:
    front_of(office.store, office.actor("clerk")).taking.issue("XK01-1", channel="staff", priority="ordinary")
    QTest.keyClick(counter, Qt.Key.Key_F2)
    present = counter.ticket.present
    assert present is not None
    clerk = at(counter, Qt.Key.Key_2)
    clerk.press(Qt.Key.Key_M, CONTROL)
    cards.card.emit(make_card())
    clerk.write("案由", "CFT01")
    clerk.write("违法行为", "未经批准占用人行道堆放建筑材料")
    clerk.write("地点", "莲城区向阳路9号门前")
    for _ in range(20):
        if "LC-" in clerk.focus.accessibleName():
            break
        clerk.enter()
    for _ in range(2):
        clerk.press(Qt.Key.Key_Space)
        clerk.enter()
    clerk.send()
    assert "案件已经登记" in clerk.said
    file = clerk.page.shown.file
    assert file is not None
    assert office.case(file.case_id).ticket_id == present.ticket_id
    assert counter.ticket.present is not None


def test_what_waits_for_the_clerk_stands_under_the_search_field_of_both_tasks(office: Office, counter: Counter) -> None:
    case_id = office.decided()
    clerk = at(counter, Qt.Key.Key_2)
    assert [row.act for row in clerk.page.waiting.table.rows] == ["serve"]
    paying = at(counter, Qt.Key.Key_3)
    paying.press(Qt.Key.Key_Down)
    paying.enter()
    assert paying.page.shown.file is not None
    assert paying.page.shown.file.case_id == case_id
    row = paying.page.shown.column.acts.current_row
    assert row is not None
    assert row.name == "serve"
