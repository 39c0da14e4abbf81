"""A stall and relief applied for at the counter: by Ctrl+6 as everything else, of the ticket that is served there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from sqlalchemy import select

from hall.rules.cards import Card
from hall.store.schema.queueing import Ticket
from hall.store.schema.relief import ReliefApplication
from hall.store.schema.stalls import StallApplication
from hall.windows.counter import Counter
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit.dialogs import Question
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.stalls.street import Street
from tests.windows.keyboard import ALT, CONTROL, LEAVE, TICK, fill, focused, give, press
from tests.windows.stalls.stool import Stool

ENTER = Qt.Key.Key_Return
STALL, RELIEF = "stall.apply", "relief.apply"


def at_counter(stool: Stool, login: str = "clerk") -> Counter:
    """At counter 3 with a ticket that is being served, in 诉求, 申请."""
    front = stool.front(login)
    counter = Counter(front, InlineTasks(), counter=3, changes=ChangeFeed(), cards=stool.cards, lamps=LampFeed())
    front.taking.issue("XK01-1", channel="staff")
    front.taking.issue("XK01-1", channel="staff")
    stool.show(counter)
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_6, CONTROL)
    return counter


def test_who_was_called_applies_for_a_stall_and_the_application_is_of_that_ticket(
    stool: Stool, street: Street, make_card: Callable[..., Card]
) -> None:
    window = at_counter(stool)
    assert focused().accessibleName() == "申请事项"
    give(STALL)
    stool.cards.card.emit(make_card(name="赵示例"))
    press(ENTER, CONTROL)
    panel = window.side.panel
    assert panel is not None
    assert focused().accessibleName() == "电话"
    press(Qt.Key.Key_P, CONTROL)
    draft = window.papers.dialog
    assert isinstance(draft, DocumentPreview)
    assert [view.sheet.paper.title for view in draft.views][:1] == ["摊位申请登记表"]
    draft.close()
    fill("13900001234", LEAVE, LEAVE, "food", "煎饼果子", LEAVE, LEAVE, LEAVE)
    assert "已登记，登记表正在打印" in window.message.words
    assert window.side.panel is None
    assert window.requests.is_empty
    assert window.page is window.requests
    with street.store.read() as session:
        application = session.scalars(select(StallApplication)).one()
        code = session.get_one(Ticket, application.ticket_id).code
    row = street.application(application.id)
    assert (row.ticket, row.person.name_masked) == (code, "赵*例")
    stool.sit("head", "申请")
    assert f"周玉兰 登记　{code} 号" in stool.page.list.facts.words


def test_typed_names_go_along_and_the_next_person_never_gets_what_was_half_entered(
    stool: Stool, street: Street
) -> None:
    window = at_counter(stool)
    give(RELIEF)
    press(ENTER)
    fill("钱测试", "13900001234")
    press(ENTER, CONTROL)
    panel = window.others.panel
    assert panel is not None
    assert focused().accessibleName() == "身份证号"
    assert (panel.form.text("name"), panel.form.text("phone")) == ("钱测试", "13900001234")
    press(Qt.Key.Key_F8)
    asked = window.findChild(Question)
    assert asked is not None
    asked.yes_button.click()
    assert window.side.panel is None
    assert window.requests.is_empty
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_6, CONTROL)
    give(RELIEF)
    press(ENTER, CONTROL)
    assert window.others.panel is panel
    assert panel.is_empty


def test_relief_at_the_counter_is_of_the_ticket_too(
    stool: Stool, street: Street, make_card: Callable[..., Card]
) -> None:
    window = at_counter(stool)
    give(RELIEF)
    press(ENTER, CONTROL)
    stool.cards.card.emit(make_card(name="孙样本"))
    assert focused().accessibleName() == "电话"
    fill("13900001234", LEAVE, "孙样本 本人 45 900", LEAVE, "1000", "早餐车损坏", "低保证明一份", TICK)
    assert "救助申请" in window.message.words
    with street.store.read() as session:
        application = session.scalars(select(ReliefApplication)).one()
        code = session.get_one(Ticket, application.ticket_id).code
    assert [each.ticket for each in stool.front("boss").relief.listed()] == [code]


def test_what_is_offered_is_what_whoever_sits_here_may_take_in(stool: Stool) -> None:
    window = at_counter(stool)
    assert list(window.others.offered) == [STALL, RELIEF]
    opened = []
    for chosen in (LEAVE, STALL):
        give(chosen)
        press(ENTER, CONTROL)
        opened.append(window.others.panel is not None)
    press(Qt.Key.Key_Escape)
    assert [*opened, window.others.panel is not None] == [False, True, False]
    assert window.page is window.requests


def test_ctrl_p_is_about_the_application_and_not_about_the_request_before_it(
    stool: Stool, street: Street, make_card: Callable[..., Card]
) -> None:
    window = at_counter(stool)
    press(Qt.Key.Key_2, CONTROL)
    fill("占道经营", "占道", "夜市占道", "向阳路口东侧", LEAVE, LEAVE, LEAVE, LEAVE, "匿名")
    press(ENTER, CONTROL)
    assert "已登记" in window.message.words
    press(Qt.Key.Key_6, CONTROL)
    give(STALL)
    press(ENTER, CONTROL)
    stool.cards.card.emit(make_card())
    press(Qt.Key.Key_P, CONTROL)
    draft = window.papers.dialog
    assert isinstance(draft, DocumentPreview)
    assert draft.views[0].sheet.paper.title == "摊位申请登记表"
    draft.close()


def test_without_a_ticket_the_application_is_of_nobody_s(stool: Stool, street: Street) -> None:
    application_id = street.applied()
    assert street.application(application_id).ticket == ""
    stool.sit("head", "申请")
    assert "登记　" not in stool.page.list.facts.words


def test_ctrl_enter_in_the_panel_sends_it_and_never_empties_it(
    stool: Stool, street: Street, make_card: Callable[..., Card]
) -> None:
    window = at_counter(stool)
    give(STALL)
    stool.cards.card.emit(make_card(name="赵示例"))
    press(ENTER, CONTROL)
    fill("139")
    press(ENTER, CONTROL)
    panel = window.others.panel
    assert panel is not None
    assert panel.form.wrong("phone")
    assert panel.form.text("name") == "赵示例"
    assert focused().accessibleName() == "电话"
    fill("13900001234")
    press(ENTER, CONTROL)
    assert "已登记，登记表正在打印" in window.message.words
