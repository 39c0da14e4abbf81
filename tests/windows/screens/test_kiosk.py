"""取号: two touches, or card and one touch; honest about paper; nothing personal stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hall.rules.cards import Card
from hall.services.front import Front
from hall.windows.kiosk import Kiosk
from hall.windows.kiosk_pages import place_words
from hall.windows.kit import tokens
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks

PAPER_OUT = "小票打印机 /dev/ttyUSB1 不能打印：缺纸。请检查打印机电源、连线和纸张，稍后会再试。"
NO_STATUS = "内容已全部送出，但打印机不报告状态，请查看小票是否打出。"


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def kiosk_front(front_as: Callable[[str], Front]) -> Front:
    return front_as("kiosk")


@pytest.fixture
def kiosk(kiosk_front: Front, open_kiosk: Callable[[Front], Kiosk], qtbot: QtBot) -> Kiosk:
    window = open_kiosk(kiosk_front)
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    with qtbot.waitActive(window):
        window.show()
    return window


def touch(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def all_words(window: QWidget) -> str:
    """Every word the window holds, shown or not: labels, names for screen readers, tooltips."""
    labels = [label.text() for label in window.findChildren(QLabel)]
    named = [f"{each.accessibleName()} {each.toolTip()}" for each in window.findChildren(QWidget)]
    return "\n".join((*labels, *named))


def test_two_touches_give_a_number(
    kiosk: Kiosk,
    kiosk_front: Front,
    shown_words: Callable[[QWidget], list[str]],
    changed: Callable[[str], None],
) -> None:
    kiosk_front.taking.issue("XK01-1", channel="kiosk")
    changed("queue")
    low, high = kiosk_front.queue().minutes_of("XK05")
    touch(kiosk.departments.button("市政科"))
    touch(kiosk.matters.button("XK05"))
    words = shown_words(kiosk)
    assert "B001" in words
    assert "临时占用城市道路许可" in words
    assert any("前方 1 人" in each and f"约 {low}–{high} 分钟" in each for each in words)
    assert "请在等候区等候，叫到号后去 1–4 号窗口" in words
    assert [ticket.code for ticket in kiosk_front.queue().waiting] == ["A001", "B001"]


def test_tiles_tell_who_waits_and_how_long(kiosk: Kiosk, kiosk_front: Front, changed: Callable[[str], None]) -> None:
    for _ in range(5):
        kiosk_front.taking.issue("XK05", channel="kiosk")
    changed("queue")
    low, high = kiosk_front.queue().minutes_of("XK05")
    assert "等候 5 人" in kiosk.departments.button("市政科").accessibleName()
    assert "等候 0 人" in kiosk.departments.button("市容科").accessibleName()
    kiosk.choose_department("市政科")
    assert f"等候 5 人　约 {low}–{high} 分钟" in kiosk.matters.button("XK05").accessibleName()


def test_a_card_is_greeted_with_a_masked_name_and_takes_a_number_in_one_touch(
    kiosk: Kiosk, kiosk_front: Front, cards: CardFeed, clerk: Front, make_card: Callable[..., Card]
) -> None:
    cards.card.emit(make_card())
    assert kiosk.card_panel.title == "张*明，您好"
    touch(kiosk.matters.button("XK05"))
    assert kiosk.ticket.code == "B001"
    applicant = clerk.calling.call_next(1).applicant
    assert applicant is not None
    assert applicant.name_masked == "张*明"


def test_an_elders_card_gives_a_priority_number(
    kiosk: Kiosk, cards: CardFeed, make_card: Callable[..., Card], shown_words: Callable[[QWidget], list[str]]
) -> None:
    cards.card.emit(make_card(birth=date(1950, 1, 1)))
    touch(kiosk.matters.button("XK05"))
    words = shown_words(kiosk)
    assert "L001" in words
    assert "老年优先" in words
    assert kiosk.ticket.kind.property("kind") == "elder"


def test_neither_name_nor_id_number_is_ever_in_the_window(
    kiosk: Kiosk, cards: CardFeed, make_card: Callable[..., Card], qtbot: QtBot
) -> None:
    card = make_card()
    seen = []
    cards.card.emit(card)
    seen.append(all_words(kiosk))
    touch(kiosk.matters.button("XK05"))
    seen.append(all_words(kiosk))
    touch(kiosk.ticket.done_button)
    seen.append(all_words(kiosk))
    assert "张*明" in seen[0]
    assert not any("张*明" in words for words in seen[1:])
    for words in seen:
        assert card.id_number not in words
        assert card.name not in words
        assert card.address is not None
        assert card.address not in words


def test_without_paper_the_kiosk_says_so_and_refuses(
    kiosk: Kiosk, kiosk_front: Front, lamps: LampFeed, qtbot: QtBot
) -> None:
    lamps.heard("小票打印机", "trouble", PAPER_OUT)
    qtbot.waitUntil(kiosk.notice.isVisible)
    assert kiosk.notice.text() == "小票打印机缺纸，请到导办台取号。"
    kiosk.choose_department("市政科")
    touch(kiosk.matters.button("XK05"))
    kiosk.choose_matter("XK05")
    assert kiosk_front.queue().waiting == ()
    lamps.heard("小票打印机", "ok", "正常")
    qtbot.waitUntil(lambda: not kiosk.notice.isVisible())
    touch(kiosk.matters.button("XK05"))
    assert kiosk.ticket.code == "B001"


def test_a_printer_that_never_reports_does_not_stop_the_kiosk(
    kiosk: Kiosk, kiosk_front: Front, lamps: LampFeed
) -> None:
    lamps.lamp.emit("小票打印机", "trouble", NO_STATUS)
    kiosk.choose_department("市政科")
    touch(kiosk.matters.button("XK05"))
    assert len(kiosk_front.queue().waiting) == 1


def test_a_kiosk_opened_after_the_paper_ran_out_knows_it(
    kiosk_front: Front, open_kiosk: Callable[[Front], Kiosk], lamps: LampFeed, qtbot: QtBot
) -> None:
    lamps.last["小票打印机"] = ("trouble", PAPER_OUT)
    window = open_kiosk(kiosk_front)
    qtbot.addWidget(window)
    assert "缺纸" in window.notice.text()


def test_it_goes_back_by_itself_and_forgets_who_was_there(
    kiosk: Kiosk, cards: CardFeed, clerk: Front, make_card: Callable[..., Card], qtbot: QtBot
) -> None:
    assert kiosk.back_timer.interval() == 20_000
    kiosk.back_timer.setInterval(10)
    kiosk.large_button.click()
    cards.card.emit(make_card())
    with qtbot.waitSignal(kiosk.back_timer.timeout):
        pass
    assert kiosk.departments.isVisible()
    assert not kiosk.large_button.isChecked()
    assert kiosk.card_panel.title == "刷身份证取号"
    kiosk.back_timer.setInterval(20_000)
    kiosk.choose_department("市政科")
    touch(kiosk.matters.button("XK05"))
    assert clerk.calling.call_next(1).applicant is None


@pytest.mark.parametrize("by_key", [True, False])
def test_back_and_escape_return_to_the_start(kiosk: Kiosk, by_key: bool) -> None:
    kiosk.choose_department("市政科")
    assert not kiosk.departments.isVisible()
    if by_key:
        QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    else:
        touch(kiosk.back_button)
    assert kiosk.departments.isVisible()
    assert not kiosk.back_timer.isActive()


def test_where_the_page_printer_prints_the_number_its_sheet_is_to_be_taken(
    kiosk_front: Front,
    open_kiosk: Callable[[Front], Kiosk],
    shown_words: Callable[[QWidget], list[str]],
    qtbot: QtBot,
) -> None:
    window = open_kiosk(replace(kiosk_front, slip=False, sheets=True))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.choose_matter("XK05")
    assert "正在打印号单，请取走" in shown_words(window)


def test_where_no_slip_is_printed_nobody_is_told_to_take_one(
    kiosk_front: Front,
    open_kiosk: Callable[[Front], Kiosk],
    shown_words: Callable[[QWidget], list[str]],
    qtbot: QtBot,
) -> None:
    window = open_kiosk(replace(kiosk_front, slip=False))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.choose_matter("XK05")
    assert "请记住号码，留意屏幕和广播" in shown_words(window)
    assert not any("取走号票" in words for words in shown_words(window))


def test_the_next_card_ends_the_last_visit(kiosk: Kiosk, cards: CardFeed, make_card: Callable[..., Card]) -> None:
    cards.card.emit(make_card())
    touch(kiosk.matters.button("XK05"))
    cards.card.emit(make_card(name="李试清"))
    assert kiosk.card_panel.title == "李*清，您好"
    assert kiosk.ticket.code == ""


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("large", [False, True])
def test_every_target_is_large_enough_for_a_finger(kiosk: Kiosk, size: tuple[int, int], large: bool) -> None:
    kiosk.resize(*size)
    kiosk.choose_department("市容科")
    if large:
        kiosk.large_button.click()
    QTest.qWait(0)
    shown = [button for button in kiosk.findChildren(QPushButton) if button.isVisible()]
    assert kiosk.size().toTuple() == size
    assert len(shown) >= 11
    for button in shown:
        assert min(button.width(), button.height()) >= tokens.TOUCH_TARGET
    sizes = {label.font().pointSizeF() for label in kiosk.findChildren(QLabel) if label.isVisible() and label.text()}
    assert min(sizes) >= tokens.PUBLIC_BODY


def test_large_type_is_large(kiosk: Kiosk) -> None:
    before = kiosk.large_button.font().pointSizeF()
    kiosk.large_button.click()
    assert before == tokens.PUBLIC_BODY
    assert kiosk.large_button.font().pointSizeF() == tokens.PUBLIC_LARGE


def test_what_does_not_fit_is_turned_by_buttons(
    kiosk: Kiosk, cards: CardFeed, make_card: Callable[..., Card], qtbot: QtBot
) -> None:
    kiosk.resize(1920, 1080)
    cards.card.emit(make_card())
    qtbot.waitUntil(kiosk.matters.on_button.isVisible)
    last = kiosk.matters.button(kiosk.matters.keys[-1])
    assert last.visibleRegion().isEmpty()
    turns = 0
    while kiosk.matters.on_button.isEnabled() and turns < 10:
        touch(kiosk.matters.on_button)
        turns += 1
    assert not last.visibleRegion().isEmpty()
    while kiosk.matters.back_button.isEnabled() and turns < 20:
        touch(kiosk.matters.back_button)
        turns += 1
    assert not kiosk.matters.button(kiosk.matters.keys[0]).visibleRegion().isEmpty()


def test_a_database_that_is_away_is_told_and_forgotten_when_it_is_back(
    kiosk: Kiosk, link: Link, changed: Callable[[str], None]
) -> None:
    link.away = True
    changed("queue")
    assert kiosk.notice.text() == "数据库连不上，请检查网络。"
    link.away = False
    changed("*")
    assert not kiosk.notice.isVisible()


def test_the_invitation_to_lay_down_a_card_is_shown_only_with_a_reader(kiosk: Kiosk, lamps: LampFeed) -> None:
    assert not kiosk.card_panel.isVisible()
    lamps.lamp.emit("读卡器", "ok", "就绪")
    assert kiosk.card_panel.isVisible()
    lamps.lamp.emit("读卡器", "trouble", "请重新放置证件")
    assert kiosk.card_panel.title == "请重新放置证件"
    lamps.lamp.emit("读卡器", "absent", "无读卡器")
    assert not kiosk.card_panel.isVisible()


@pytest.mark.parametrize(
    ("counters", "words"),
    [((1, 2, 3), "1–3 号"), ((1, 3), "1、3 号"), ((5,), "去 5 号"), ((), "请在等候区等候")],
)
def test_the_place_names_the_counters(counters: tuple[int, ...], words: str) -> None:
    assert words in place_words(counters)
