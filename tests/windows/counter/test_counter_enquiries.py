"""Questions at the counter: entered, answered and handed over without a mouse."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from hall.services.enquiries import Caller
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.people import Account
from hall.store.schema.permits import Enquiry
from tests.windows.counter.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
QUESTION = "门前摆两张桌子要不要办许可"


@pytest.fixture(autouse=True)
def staff(store: Store, front: Front) -> None:
    """The clerk and a colleague."""
    with store.work("x", front.actor) as work:
        for account_id, name in ((7, "王某某"), (17, "赵六和")):
            account = Account(
                id=account_id,
                hall_id=store.hall_id,
                login=f"clerk{account_id}",
                display_name=name,
                password_hash="-",
                created_at=work.now,
                password_changed_at=work.now,
            )
            work.session.add(account)
        work.audit("x:1")


def test_a_question_is_entered_and_answered_by_keyboard(desk: Desk, store: Store) -> None:
    desk.press(Qt.Key.Key_4, ALT)
    page = desk.window.enquiries
    assert desk.shows(page)
    desk.type(QUESTION)
    desk.press(ENTER, CONTROL)
    assert "按期答复" in desk.said
    (row,) = page.waiting.rows
    assert (row.question, page.question.text()) == (QUESTION, QUESTION)
    page.answer.setFocus()
    desk.type("占用盲道以外的道路要办")
    desk.press(Qt.Key.Key_B, CONTROL)
    assert "已答复" in desk.said
    assert page.waiting.rows == ()
    with store.read() as session:
        assert session.scalars(select(Enquiry.answer)).one() == "占用盲道以外的道路要办"
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows(desk.window.intake)


def test_a_question_without_words_or_with_a_number_is_refused(desk: Desk) -> None:
    desk.press(Qt.Key.Key_4, ALT)
    page = desk.window.enquiries
    desk.press(ENTER, CONTROL)
    assert page.form.wrong("question") == "请填写咨询问题。"
    desk.type("请回电13900001234")
    desk.press(ENTER, CONTROL)
    assert "不要写电话或证件号码" in desk.said
    page.form.set_text("question", QUESTION)
    page.form.set_text("phone", "12")
    desk.press(ENTER, CONTROL)
    assert "电话号码不对" in page.form.wrong("phone")
    page.form.set_text("phone", "13900001234")
    desk.press(ENTER, CONTROL)
    assert "怎么称呼" in page.form.wrong("name")


def test_a_question_goes_to_a_colleague_and_its_caller_stays_masked(desk: Desk, front: Front) -> None:
    front.enquiries.enter(QUESTION, matter_code="XK05", caller=Caller("李试芳", "13900001234"))
    desk.press(Qt.Key.Key_4, ALT)
    page = desk.window.enquiries
    assert page.question.text() == f"{QUESTION}\n临时占用城市道路许可　李*芳　139****1234"
    assert [page.colleague.itemText(place) for place in range(page.colleague.count())] == ["赵六和"]
    desk.press(Qt.Key.Key_Q, CONTROL)
    assert "已转给赵六和" in desk.said
    page.answer.setText("要办")
    desk.press(Qt.Key.Key_B, CONTROL)
    assert "由赵六和答复" in desk.said
    assert [each.holder_name for each in front.enquiries.open()] == ["赵六和"]
