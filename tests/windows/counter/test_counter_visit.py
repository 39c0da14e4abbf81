"""A whole visit at the counter, on the keyboard alone."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hall.rules.cards import Card
from hall.rules.identity import id_check_digit
from hall.services.front import Front
from hall.windows.kit.dialogs import Question
from tests.windows.counter.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def tick_all(desk: Desk) -> None:
    """From the telephone field: to the matter, to the first material, and Space on every row."""
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    for _ in desk.window.intake.materials.rows:
        desk.press(Qt.Key.Key_Space)
        desk.press(Qt.Key.Key_Return)


def digits_with_check(serial: int) -> str:
    """The number of a fictitious resident."""
    digits = f"99999919880506{serial:03d}"
    return digits + id_check_digit(digits)


def test_a_whole_visit_by_keyboard(
    desk: Desk, front: Front, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    window, card = desk.window, make_card()
    code = take_ticket()
    desk.press(Qt.Key.Key_F2)
    assert window.queue.code == code
    assert "已呼叫" in window.queue.facts
    assert window.intake.matter.code == "XK01-1"
    desk.lay(card)
    assert "办理中" in window.queue.facts
    assert card.id_number not in window.intake.applicant.words
    assert "✓" in window.intake.applicant.words
    tick_all(desk)
    assert window.intake.missing_words == "✓ 材料齐全，可以受理。"
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.said.startswith("✓ 已受理 莲城管许受〔2026〕1号")
    assert desk.shows(window.accepted)
    assert "莲城管许收〔2026〕1号" in window.accepted.numbers
    desk.press(Qt.Key.Key_F8)
    assert window.queue.code == "空闲"
    assert desk.shows(window.intake)
    assert window.intake.is_empty
    assert front.calling.present(3) is None
    (case,) = front.history(card.id_number)
    assert case.state == "accepted"


def test_a_visit_without_a_reader(desk: Desk, front: Front, take_ticket: Callable[..., str]) -> None:
    window, number = desk.window, digits_with_check(22)
    take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.type("李试芳")
    desk.press(Qt.Key.Key_Return)
    desk.type(number[:-1] + ("1" if number[-1] != "1" else "2"))
    desk.press(Qt.Key.Key_Return)
    assert "校验不符" in window.intake.applicant.wrong
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert "校验不符" in desk.said
    assert window.intake.applicant.number.hasFocus()
    desk.type(number)
    assert window.intake.applicant.wrong == ""
    assert window.intake.applicant.history_words == "没有历史办件"
    desk.press(Qt.Key.Key_Return)
    desk.type("139000")
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert "电话" in desk.said
    assert window.intake.applicant.phone.hasFocus()
    desk.type("13900001234")
    desk.press(Qt.Key.Key_Return)
    tick_all(desk)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.shows(window.accepted)
    assert window.accepted.fact("申请人").startswith("李*芳  女  999999********")
    (case,) = front.history(number)
    assert case.applicant.phone_masked == "139****1234"


def test_nothing_on_the_screen_holds_the_number_of_a_card(
    desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.lay(card)
    tick_all(desk)
    desk.press(Qt.Key.Key_Return, CONTROL)
    every = desk.window.findChildren(QWidget)
    texts = [str(widget.property("text")) + widget.toolTip() + widget.accessibleName() for widget in every]
    assert any("莲城管许收" in text for text in texts)
    assert not any(card.id_number in text or card.name in text for text in [*texts, desk.window.windowTitle()])


def test_missing_materials_are_refused_and_the_first_one_has_the_focus(
    desk: Desk, front: Front, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.lay(card)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert desk.said.startswith("✕ 还缺 4 项材料")
    assert desk.window.intake.materials.rows[1].tick.hasFocus()
    assert front.history(card.id_number) == ()


def test_digits_say_how_many_there_are(desk: Desk, take_ticket: Callable[..., str]) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    form = desk.window.intake
    drawing = form.materials.rows[2]
    drawing.tick.setFocus()
    desk.press(Qt.Key.Key_1)
    assert "设置效果图（原件1份）" in form.missing_words
    desk.press(Qt.Key.Key_2)
    assert "设置效果图" not in form.missing_words
    assert [(each.position, each.originals) for each in form.materials.handed_in] == [(3, 2)]
    desk.press(Qt.Key.Key_Space)
    assert form.materials.handed_in == ()


def test_an_expired_card_is_said_to_be_expired(desk: Desk, make_card: Callable[..., Card]) -> None:
    desk.lay(make_card(valid_to=date(2026, 11, 22)))
    assert "✕ 证件已过有效期 2026-11-22" in desk.window.intake.applicant.words


def test_another_card_is_taken_only_when_it_was_asked_for(desk: Desk, make_card: Callable[..., Card]) -> None:
    first, second = make_card(name="张测明"), make_card(name="赵试和")
    desk.lay(first)
    desk.lay(second)
    assert "已有申请人" in desk.said
    assert desk.window.intake.applicant.who == first
    desk.press(Qt.Key.Key_F6)
    assert "请放证件" in desk.said
    desk.lay(second)
    assert desk.window.intake.applicant.who == second


def test_what_was_entered_is_not_lost_without_a_question(
    desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    code = take_ticket()
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.lay(make_card())
    desk.press(Qt.Key.Key_F8)
    (question,) = desk.window.findChildren(Question)
    assert desk.window.queue.code == code
    question.yes_button.click()
    assert desk.window.queue.code == "空闲"
    assert desk.window.intake.is_empty


def test_the_history_of_a_person_is_named_and_listed(
    desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    for matter in ("XK05", "XK02"):
        take_ticket(matter)
        desk.press(Qt.Key.Key_F2)
        desk.lay(card)
        tick_all(desk)
        desk.press(Qt.Key.Key_Return, CONTROL)
        desk.press(Qt.Key.Key_F8)
    desk.lay(card)
    panel = desk.window.intake.applicant
    assert panel.history_words == "历史 2 件（2 件在办）"
    panel.history_button.click()
    assert desk.shows(desk.window.search)
    assert len(desk.window.search.found.rows) == 2
    desk.press(Qt.Key.Key_Escape)
    assert panel.who == card


def test_escape_after_an_acceptance_begins_another_one_for_the_same_ticket(
    desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.lay(make_card())
    tick_all(desk)
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows(desk.window.intake)
    assert desk.window.queue.code == code
    assert desk.window.intake.matter.code == "XK05"
