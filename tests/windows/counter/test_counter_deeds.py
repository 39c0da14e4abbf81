"""Every deed of the counter beyond call and finish, on the keyboard alone, with what it leaves in the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from hall.clock import FixedClock
from hall.rules.cards import Card
from hall.services.front import Front
from tests.windows.counter.desk import Desk, Feeds

SHIFT = Qt.KeyboardModifier.ShiftModifier
# The list of matters takes the keyboard, which the offscreen platform says it cannot give.
offscreen_list = pytest.mark.qt_log_ignore("This plugin does not support")


def more(desk: Desk, letter: Qt.Key) -> None:
    """F12 and a letter."""
    desk.press(Qt.Key.Key_F12)
    desk.press(letter)


def texts_of(widget: QWidget) -> list[str]:
    """What can be read on it."""
    return [str(each.property("text")) for each in widget.findChildren(QWidget) if each.isVisible()]


@pytest.fixture
def called(desk: Desk, take_ticket: Callable[..., str]) -> str:
    """The code of a ticket that was just called to counter 3."""
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    return code


@pytest.fixture
def skipped(called: str, front: Front, desk: Desk, clock: FixedClock) -> str:
    """A ticket whose person did not come after three calls."""
    for _ in range(2):
        clock.instant += timedelta(seconds=10)
        front.calling.recall(3)
    front.calling.skip(3)
    desk.window.ticket.reload()
    return called


def test_an_arrival_is_confirmed_before_service_starts(desk: Desk, called: str, front: Front) -> None:
    desk.press(Qt.Key.Key_F11)
    present = front.calling.present(3)
    assert present is not None
    assert present.state == "arrived"
    assert "已到窗口" in desk.window.queue.facts
    desk.press(Qt.Key.Key_F10)
    assert "办理中" in desk.window.queue.facts


def test_a_held_ticket_is_taken_up_again_from_its_list(desk: Desk, called: str, front: Front) -> None:
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_2)
    assert desk.said.startswith(f"✓ {called} 已挂起（去复印或拍照）。")
    assert desk.window.queue.code == "空闲"
    assert [each.reason for each in front.calling.held(3)] == ["去复印或拍照"]
    more(desk, Qt.Key.Key_G)
    assert [row.code for row in desk.window.deeds.aside.held_panel.table.rows] == [called]
    desk.press(Qt.Key.Key_Return)
    assert desk.window.queue.code == called
    assert "办理中" in desk.window.queue.facts
    assert desk.window.side.panel is None


def test_what_was_entered_waits_with_the_held_ticket(
    desk: Desk, called: str, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    desk.lay(card)
    desk.type("13900001234")
    intake = desk.window.intake
    intake.materials.rows[0].tick.click()
    intake.materials.rows[3].tick.click()
    entered = intake.draft
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_1)
    assert intake.is_empty
    assert card.name not in repr(entered)
    take_ticket("XK12")
    desk.press(Qt.Key.Key_F2)
    assert intake.is_empty
    desk.press(Qt.Key.Key_F8)
    more(desk, Qt.Key.Key_G)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.queue.code == called
    assert intake.draft == entered
    assert intake.matter.code == "XK05"
    assert "缺" in intake.missing_words


def test_a_hold_takes_another_reason_in_words(desk: Desk, called: str, front: Front) -> None:
    desk.press(Qt.Key.Key_F7)
    desk.window.deeds.hold_panel.form.focus("reason")
    desk.press(Qt.Key.Key_Return)
    assert desk.window.deeds.hold_panel.form.wrong("reason")
    desk.type("等翻译")
    desk.press(Qt.Key.Key_Return)
    assert [each.reason for each in front.calling.held(3)] == ["等翻译"]


def test_a_ticket_goes_back_to_the_queue(desk: Desk, called: str, front: Front) -> None:
    more(desk, Qt.Key.Key_T)
    desk.press(Qt.Key.Key_1)
    assert desk.said.startswith(f"✓ {called} 已退回排队。")
    assert [row.code for row in front.queue().waiting] == [called]


@offscreen_list
def test_a_ticket_is_transferred_to_a_matter(desk: Desk, called: str, front: Front) -> None:
    desk.press(Qt.Key.Key_F5)
    desk.type("XK12")
    for _ in ("the list of matters", "the field", "the counter's number"):
        desk.press(Qt.Key.Key_Return)
    desk.type("请核对车辆行驶证")
    desk.press(Qt.Key.Key_Return)
    assert desk.said.startswith(f"✓ {called} 已转移")
    assert [(row.code, row.matter_code) for row in front.queue().waiting] == [(called, "XK12")]
    assert desk.window.side.panel is None


def test_a_transfer_goes_nowhere_without_a_matter_or_a_counter(desk: Desk, called: str) -> None:
    desk.press(Qt.Key.Key_F5)
    for _ in range(3):
        desk.press(Qt.Key.Key_Return)
    assert desk.said == "✕ 转到哪里？请选事项，或写窗口号。"
    assert desk.window.queue.code == called
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.side.panel is None


def test_a_ticket_sent_to_a_counter_shows_its_note_there_and_comes_back(
    desk: Desk, called: str, open_desk: Callable[..., Desk], front: Front
) -> None:
    front.calling.open_counter(2)
    desk.press(Qt.Key.Key_F5)
    desk.press(Qt.Key.Key_Return)
    desk.type("2")
    desk.press(Qt.Key.Key_Tab)
    desk.type("请盖章")
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return)
    assert desk.said.startswith(f"✓ {called} 已转到 2 号窗口。")
    other = open_desk(counter=2)
    other.press(Qt.Key.Key_F2)
    assert other.window.queue.code == called
    assert other.window.errand.text() == "留言：请盖章　办完回 3 号窗口"
    other.press(Qt.Key.Key_F8)
    assert other.said.startswith(f"✓ {called} 已办结，转回 3 号窗口。")
    assert other.window.errand.isHidden()
    front.calling.call_next(3)
    present = front.calling.present(3)
    assert present is not None
    assert present.code == called


def test_a_ticket_is_sent_back_with_a_note(desk: Desk, front: Front, take_ticket: Callable[..., str]) -> None:
    code = take_ticket("XK05")
    front.calling.call_next(2)
    front.calling.transfer(2, to_counter=3, come_back=True)
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F5)
    desk.window.deeds.transfer_panel.form.focus("note")
    desk.type("材料已核对")
    desk.press(Qt.Key.Key_F5, SHIFT)
    assert desk.said.startswith(f"✓ {code} 已送回 2 号窗口。")
    assert front.calling.call_next(2).note == "材料已核对"


def test_a_refused_transfer_keeps_its_panel_open(desk: Desk, called: str) -> None:
    desk.press(Qt.Key.Key_F5)
    desk.press(Qt.Key.Key_Return)
    desk.type("4")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert "4号窗口没有开放" in desk.said
    assert desk.window.side.panel is desk.window.deeds.transfer_panel
    assert desk.window.queue.code == called
    assert desk.window.queue.transfer_button.isEnabled()


def test_skipped_tickets_are_queued_again_from_their_list(desk: Desk, skipped: str, front: Front) -> None:
    assert desk.window.queue.code == "空闲"
    more(desk, Qt.Key.Key_H)
    assert [row.words for row in desk.window.deeds.aside.skipped_panel.table.rows] == ["3 号窗口　1 次"]
    desk.press(Qt.Key.Key_Return)
    assert desk.said == f"✓ {skipped} 已重新排队，由窗口按次序再叫。"
    assert [row.code for row in front.queue().waiting] == [skipped]
    assert desk.window.deeds.aside.skipped_panel.table.rows == ()


def test_a_skipped_ticket_is_cancelled_from_its_list(desk: Desk, skipped: str, front: Front) -> None:
    more(desk, Qt.Key.Key_H)
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_1)
    assert desk.said == f"✓ {skipped} 已作废。"
    assert front.calling.skipped() == ()


def test_a_called_ticket_is_cancelled_with_its_reason(desk: Desk, called: str, front: Front) -> None:
    more(desk, Qt.Key.Key_Z)
    assert desk.window.queue.code == called
    desk.press(Qt.Key.Key_1)
    assert desk.said.startswith(f"✓ {called} 已作废。")
    assert front.calling.present(3) is None


def test_a_given_number_is_called_with_a_reason_only(desk: Desk, take_ticket: Callable[..., str], front: Front) -> None:
    take_ticket("XK05")
    second = take_ticket("XK05")
    more(desk, Qt.Key.Key_D)
    desk.type(second.lower())
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.deeds.given_panel.form.wrong("reason") == "请填写原因。"
    assert desk.window.queue.code == "空闲"
    desk.type("行动不便")
    desk.press(Qt.Key.Key_Return)
    assert desk.window.queue.code == second
    assert "行动不便" in desk.window.queue.reason
    assert "行动不便" in front.calling.why(second)


def test_a_number_that_nobody_drew_is_a_sentence(desk: Desk) -> None:
    more(desk, Qt.Key.Key_D)
    desk.type("Z999")
    desk.press(Qt.Key.Key_Return)
    desk.type("x")
    desk.press(Qt.Key.Key_Return)
    assert desk.said == "✕ 今天没有 Z999 号，请核对号码。"
    assert desk.window.side.panel is desk.window.deeds.given_panel


@offscreen_list
def test_somebody_without_a_number_is_served(desk: Desk, front: Front) -> None:
    more(desk, Qt.Key.Key_W)
    desk.press(Qt.Key.Key_Return)
    assert desk.said.startswith("✕ 请先选事项")
    desk.type("XK05")
    for _ in ("the list of matters", "the field"):
        desk.press(Qt.Key.Key_Return)
    present = front.calling.present(3)
    assert present is not None
    assert present.state == "serving"
    assert desk.window.queue.code == present.code
    assert desk.window.intake.matter.code == "XK05"


def test_why_a_number_was_first_is_told_in_one_sentence(desk: Desk, called: str) -> None:
    desk.press(Qt.Key.Key_F1)
    assert desk.window.deeds.why_panel.answer.text() == f"{called} 等得最久。"
    desk.window.deeds.why_panel.form.set_text("code", "Z999")
    desk.press(Qt.Key.Key_Return)
    assert desk.window.deeds.why_panel.answer.text() == "Z999 号今天还没有叫过，请核对号码。"
    desk.press(Qt.Key.Key_F1)
    assert desk.window.side.panel is None


def test_further_matters_follow_at_the_same_counter(desk: Desk, front: Front) -> None:
    code = front.taking.issue("XK05", channel="staff", further=("XK12",)).code
    desk.press(Qt.Key.Key_F2)
    assert desk.window.errand.text().startswith("还要办：")
    desk.press(Qt.Key.Key_F8)
    assert "接着办" in desk.said
    assert desk.window.queue.code == code
    assert desk.window.intake.matter.code == "XK12"
    desk.press(Qt.Key.Key_F8)
    assert desk.window.queue.code == "空闲"


def test_what_cannot_be_done_now_says_why(desk: Desk, called: str) -> None:
    desk.press(Qt.Key.Key_F10)
    desk.press(Qt.Key.Key_F12)
    words = texts_of(desk.window.deeds.more_panel)
    assert "W  无号办理（窗口有号未办完）" in words
    assert "Z  作废（已开始办理）" in words
    desk.press(Qt.Key.Key_W)
    assert desk.window.side.panel is desk.window.deeds.more_panel


def test_a_letter_of_more_is_text_while_a_field_has_the_focus(desk: Desk) -> None:
    more(desk, Qt.Key.Key_D)
    desk.type("G001")
    assert desk.window.deeds.given_panel.code == "G001"


def test_closing_a_panel_goes_back_to_the_field_that_was_left(desk: Desk, called: str) -> None:
    desk.window.intake.applicant.phone.setFocus()
    desk.press(Qt.Key.Key_F5)
    assert not desk.window.intake.applicant.phone.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.intake.applicant.phone.hasFocus()


def test_the_next_ticket_is_looked_at_before_it_is_announced(
    desk: Desk, front: Front, take_ticket: Callable[..., str]
) -> None:
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2, SHIFT)
    assert desk.window.queue.call_button.text() == "看下一号  F2"
    desk.press(Qt.Key.Key_F2)
    assert code in desk.window.deeds.preview_panel.words
    assert front.queue().calls == ()
    desk.press(Qt.Key.Key_Return)
    assert [call.code for call in front.queue().calls] == [code]
    assert "已呼叫" in desk.window.queue.facts
    assert desk.window.side.panel is None


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_looked_at_ticket_is_announced_by_either_key(
    desk: Desk, take_ticket: Callable[..., str], key: Qt.Key
) -> None:
    code = take_ticket("XK05")
    desk.press(Qt.Key.Key_F2, SHIFT)
    desk.press(Qt.Key.Key_F2)
    desk.press(key)
    assert desk.window.queue.code == code
    assert "已呼 1 次" in desk.window.queue.facts


def test_a_looked_at_ticket_goes_back_where_it_was(desk: Desk, front: Front, take_ticket: Callable[..., str]) -> None:
    first, second = take_ticket("XK05"), take_ticket("XK05")
    desk.press(Qt.Key.Key_F2, SHIFT)
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F12)
    assert desk.said == f"✕ {first} 号还没有呼叫：按 Enter 呼叫，或按 Esc 放回。"
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.queue.code == "空闲"
    assert [row.code for row in front.queue().waiting] == [first, second]
    assert desk.window.side.panel is None


def test_nobody_is_named_before_the_call(
    desk: Desk, feeds: Feeds, front: Front, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    code = front.taking.issue("XK05", channel="card", card=card).code
    feeds.changes.changed.emit(frozenset({("queue", code)}))
    desk.press(Qt.Key.Key_F2, SHIFT)
    desk.press(Qt.Key.Key_F2)
    desk.lay(card)
    surname, ending = card.name[0] + "*", card.id_number[-4:]
    assert not any(surname in text or ending in text for text in texts_of(desk.window))
    desk.press(Qt.Key.Key_Return)
    assert any(surname in text and ending in text for text in texts_of(desk.window.queue))
