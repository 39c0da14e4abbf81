"""The screens of requests under strain: somebody was faster, Enter twice, the longest texts, nothing there, a look."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hall.services.persons import PersonDetails
from hall.services.requests import NewRequest
from tests.windows.keyboard import ALT, CONTROL, fill, focused, give, press
from tests.windows.requests.bureau import STALLS, Bureau
from tests.windows.requests.seats import Seats

ENTER = Qt.Key.Key_Return
LONGEST = NewRequest(
    kind="complaint",
    category="stall",
    subject="题" * 100,
    content="长" * 1000,
    person=PersonDetails("resident", "张测明", phone="13900001234"),
    place="号" * 100,
    area="街" * 40,
    grid_code="9" * 40,
)
PAGES = ("待派单", "我办的", "在办", "回访", "责任区", "统计")


def test_who_was_slower_is_told_and_keeps_what_was_typed(seats: Seats, bureau: Bureau) -> None:
    key = bureau.register().request_id
    seats.sit("clerk", "待派单")
    press(ENTER)
    panel = seats.requests.side.panel
    assert panel is not None
    bureau.front("other").requests.dispatch(key)
    press(Qt.Key.Key_F5)
    fill("", "", "今晚到场")
    assert "不能派单" in seats.said
    assert seats.requests.side.panel is panel
    assert panel.form.text("order") == "今晚到场"  # type: ignore[attr-defined]  # a form
    assert len(bureau.front("clerk").requests.one(key).dispatches) == 1


def test_ctrl_enter_twice_registers_once(seats: Seats, bureau: Bureau) -> None:
    seats.at_counter()
    press(Qt.Key.Key_2, CONTROL)
    fill("占道经营", "夜市占道", "每晚占道。")
    form = seats.shown.requests.form  # type: ignore[attr-defined]  # the counter
    form.who.focus("name")
    give("张测明")
    press(ENTER, CONTROL)
    press(ENTER, CONTROL)
    assert len(bureau.front("clerk").requests.listed("open")) == 1


@pytest.mark.parametrize("task", [Qt.Key.Key_1, Qt.Key.Key_2])
def test_what_is_half_entered_is_there_after_another_task(seats: Seats, task: Qt.Key) -> None:
    counter = seats.at_counter()
    press(Qt.Key.Key_2, CONTROL)
    counter.requests.form.who.focus("phone")
    give("13900001234")
    assert not counter.requests.is_empty
    press(task, ALT)
    press(Qt.Key.Key_4, ALT)
    assert counter.requests.form.who.text("phone") == "13900001234"


def test_tab_reaches_every_field_and_the_button(seats: Seats) -> None:
    counter = seats.at_counter()
    press(Qt.Key.Key_2, CONTROL)
    form, reached, wanted = counter.requests.form, set(), set()
    for of, keys in (
        (form.what, "category subject content place area grid about"),
        (form.who, "channel who name phone"),
    ):
        for key in keys.split():
            of.focus(key)
            wanted.add(focused())
    for _ in range(40):
        reached.add(focused())
        press(Qt.Key.Key_Tab)
    assert wanted <= reached
    assert counter.requests.register_button in reached


def test_the_longest_texts_and_the_smallest_screen(seats: Seats, bureau: Bureau) -> None:
    bureau.register(LONGEST)
    bureau.register(replace(STALLS, person=None))
    seats.sit("clerk", "待派单")
    seats.shown.resize(1366, 768)
    QApplication.processEvents()
    assert (seats.shown.width(), seats.shown.height()) == (1366, 768)
    counter = seats.at_counter()
    press(Qt.Key.Key_2, CONTROL)
    counter.resize(1366, 768)
    QApplication.processEvents()
    assert (counter.width(), counter.height()) == (1366, 768)


@pytest.mark.parametrize("login", ["clerk", "squad", "approver", "guide", "boss"])
def test_every_page_opens_with_nothing_there(seats: Seats, login: str) -> None:
    seats.sit(login)
    for page in PAGES:
        seats.turn(page)
        press(ENTER)
    assert seats.shown.isVisible()


def test_who_may_only_look_is_offered_a_look_only(seats: Seats, bureau: Bureau) -> None:
    bureau.register(replace(STALLS, kind="help"))
    seats.sit("approver", "在办")
    assert seats.offered == ["unmask"]
