"""取号, beyond two touches: priority, several matters, appointments, guides, limits, and the fate of the slip."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.appointment_file import BookedTime
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.rules.queue_policy import TakingWindow
from hall.services import spool
from hall.services.appointments import import_appointments
from hall.services.front import Front
from hall.store import Store
from hall.windows.kiosk import Kiosk
from hall.windows.kit import tokens
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed

OpenKiosk = Callable[[Front], Kiosk]
SIX = ("XK05", "XK06", "XK07", "XK08", "XK09", "XK12")


@pytest.fixture
def front(front_as: Callable[[str], Front]) -> Front:
    """A kiosk that prints slips."""
    return replace(front_as("kiosk"), slip=True)


@pytest.fixture
def open_shown(open_kiosk: OpenKiosk, qtbot: QtBot) -> OpenKiosk:
    """Opens a kiosk and shows it."""

    def show(front: Front) -> Kiosk:
        window = open_kiosk(front)
        qtbot.addWidget(window)
        window.resize(1080, 1920)
        with qtbot.waitActive(window):
            window.show()
        return window

    return show


@pytest.fixture
def kiosk(front: Front, open_shown: OpenKiosk) -> Kiosk:
    return open_shown(front)


@pytest.fixture
def book(store: Store) -> Callable[..., None]:
    """Books a time of the test's day for a card."""

    def enter(card: Card, starts: time = time(10), reference: str = "YY01") -> None:
        manager = Actor(8, "李四清", store.hall_id, frozenset({"manager"}))
        day = date(2026, 11, 23)
        booked = BookedTime(2, reference, card.name, card.id_number, "", "XK05", day, starts, time(16))
        import_appointments(store, manager, booked=(booked,))

    return enter


def touch(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def settle(front: Front, outcome: spool.Outcome, error: str = "") -> str:
    """What becomes of the oldest job of the slip printer; gives its title."""
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    spool.settle(front.store, job_id=job.job_id, outcome=outcome, error=error)
    return job.title


def test_a_soldier_chooses_the_kind_and_gets_its_prefix_and_colour(kiosk: Kiosk) -> None:
    touch(kiosk.offers.priority_button)
    assert kiosk.kinds.keys == ("soldier", "disabled", "pregnant", "honoured")
    touch(kiosk.kinds.button("soldier"))
    assert kiosk.kind_chip.text() == "军人优先"
    touch(kiosk.departments.button("市政科"))
    touch(kiosk.matters.button("XK05"))
    assert kiosk.ticket.code == "J001"
    assert kiosk.ticket.kind.property("kind") == "soldier"
    touch(kiosk.ticket.done_button)
    assert not kiosk.kind_chip.isVisible()


def test_several_matters_are_gathered_looked_over_and_taken_on_one_ticket(
    kiosk: Kiosk, front: Front, clerk: Front
) -> None:
    touch(kiosk.offers.several_button)
    touch(kiosk.departments.button("市政科"))
    touch(kiosk.matters.button("XK05"))
    touch(kiosk.choice.more_button)
    kiosk.choose_department("")
    assert not kiosk.matters.button("XK05").isEnabled()
    touch(kiosk.matters.button("XK12"))
    touch(kiosk.choice.more_button)
    assert kiosk.offers.review_button.text() == "已选 2 件，核对后取号"
    kiosk.choose_matter("XK06")
    assert kiosk.choice.codes == ("XK05", "XK12", "XK06")
    touch(kiosk.choice.remove_button("XK12"))
    touch(kiosk.choice.take_button)
    assert kiosk.ticket.code == "B001"
    settle(front, "printed")
    assert clerk.calling.call_next(1).further == ("挖掘城市道路审批",)


def test_one_ticket_holds_five_matters_and_the_list_can_become_empty(kiosk: Kiosk) -> None:
    touch(kiosk.offers.several_button)
    for code in SIX:
        kiosk.choose_matter(code)
    assert kiosk.choice.codes == SIX[:5]
    assert not kiosk.choice.more_button.isEnabled()
    for code in SIX[:5]:
        touch(kiosk.choice.remove_button(code))
    assert kiosk.departments.isVisible()
    kiosk.take()
    assert kiosk.ticket.code == ""


def test_back_keeps_what_is_gathered_until_the_start_is_left(kiosk: Kiosk) -> None:
    touch(kiosk.offers.several_button)
    kiosk.choose_matter("XK05")
    touch(kiosk.back_button)
    assert kiosk.departments.isVisible()
    assert kiosk.count_chip.text() == "已选 1 件"
    touch(kiosk.back_button)
    assert not kiosk.count_chip.isVisible()
    assert not kiosk.back_button.isVisible()


def test_a_guide_is_read_printed_and_taken_along_as_a_number(kiosk: Kiosk, front: Front) -> None:
    touch(kiosk.offers.guide_button)
    touch(kiosk.departments.button("市政科"))
    touch(kiosk.matters.button("XK05"))
    assert "申请材料" in kiosk.guide.text.text
    touch(kiosk.guide.print_button)
    assert kiosk.guide.said == "正在打印办事指南，请到出纸口取。"
    assert not kiosk.guide.print_button.isEnabled()
    assert settle(front, "printed") == "办事指南 XK05"
    touch(kiosk.back_button)
    assert kiosk.matters.isVisible()
    touch(kiosk.matters.button("XK05"))
    touch(kiosk.guide.take_button)
    assert kiosk.ticket.code == "B001"


def test_a_long_guide_is_turned_page_by_page(kiosk: Kiosk, qtbot: QtBot) -> None:
    kiosk.resize(1920, 1080)
    kiosk.large_button.click()
    touch(kiosk.offers.guide_button)
    kiosk.choose_matter("XK10-1")
    qtbot.waitUntil(kiosk.guide.text.on_button.isVisible)
    assert not kiosk.guide.text.back_button.isEnabled()
    touch(kiosk.guide.text.on_button)
    assert kiosk.guide.text.back_button.isEnabled()
    touch(kiosk.guide.text.back_button)
    assert not kiosk.guide.text.back_button.isEnabled()


def test_where_nothing_prints_no_guide_is_promised(front: Front, open_shown: OpenKiosk) -> None:
    kiosk = open_shown(replace(front, slip=False))
    touch(kiosk.offers.guide_button)
    kiosk.choose_matter("XK05")
    assert not kiosk.guide.print_button.isVisible()


def test_a_card_with_an_appointment_is_offered_the_check_in(
    kiosk: Kiosk, cards: CardFeed, make_card: Callable[..., Card], book: Callable[..., None]
) -> None:
    card = make_card()
    book(card)
    cards.card.emit(card)
    assert "预约 10:00　临时占用城市道路许可" in kiosk.booked.button("check-in").accessibleName()
    touch(kiosk.booked.button("check-in"))
    assert kiosk.ticket.code == "Y001"
    assert kiosk.ticket.kind.text() == "预约优先"


def test_whoever_has_an_appointment_may_do_something_else(
    kiosk: Kiosk, cards: CardFeed, make_card: Callable[..., Card], book: Callable[..., None]
) -> None:
    card = make_card()
    book(card)
    cards.card.emit(card)
    touch(kiosk.booked.button("other"))
    touch(kiosk.matters.button("XK01-1"))
    assert kiosk.ticket.code == "A001"


def test_a_reference_is_typed_and_checked_in(
    kiosk: Kiosk, make_card: Callable[..., Card], book: Callable[..., None]
) -> None:
    book(make_card())
    touch(kiosk.offers.check_in_button)
    assert not kiosk.keypad.enter_button.isEnabled()
    for letter in "YY012":
        touch(kiosk.keypad.keys[letter])
    touch(kiosk.keypad.enter_button)
    assert "没有编号为" in kiosk.notice.text()
    touch(kiosk.keypad.delete_button)
    touch(kiosk.keypad.enter_button)
    assert kiosk.ticket.code == "Y001"
    assert not kiosk.notice.isVisible()
    touch(kiosk.ticket.done_button)
    assert kiosk.keypad.typed == ""


def test_who_comes_too_late_is_told_on_the_ticket(
    kiosk: Kiosk,
    cards: CardFeed,
    make_card: Callable[..., Card],
    book: Callable[..., None],
    shown_words: Callable[[QWidget], list[str]],
) -> None:
    card = make_card()
    book(card, time(9))
    cards.card.emit(card)
    touch(kiosk.booked.button("check-in"))
    assert kiosk.ticket.code == "B001"
    assert any("已超过预约时间" in words for words in shown_words(kiosk))


def test_a_used_up_quota_is_said_on_the_greyed_tile(
    front: Front, open_shown: OpenKiosk, changed: Callable[[str], None]
) -> None:
    policy = replace(front.policy, taking=replace(front.policy.taking, quotas={"XK05": 2}))
    kiosk = open_shown(replace(front, policy=policy))
    kiosk.choose_department("市政科")
    assert "今日还有 2 个号" in kiosk.matters.button("XK05").accessibleName()
    for _ in range(2):
        replace(front, policy=policy).taking.issue("XK05", channel="kiosk")
    changed("queue")
    tile = kiosk.matters.button("XK05")
    assert not tile.isEnabled()
    assert "今日取号数已达上限" in tile.accessibleName()
    touch(tile)
    assert kiosk.ticket.code == ""
    touch(kiosk.offers.guide_button)
    kiosk.choose_matter("XK05")
    assert not kiosk.guide.take_button.isEnabled()


def test_outside_the_hours_departments_are_greyed_but_guides_can_be_read(
    front: Front, open_shown: OpenKiosk, clock: FixedClock
) -> None:
    windows = (TakingWindow(0, time(13, 30), time(16)),)
    policy = replace(front.policy, taking=replace(front.policy.taking, windows=windows))
    kiosk = open_shown(replace(front, policy=policy))
    tile = kiosk.departments.button("市政科")
    assert not tile.isEnabled()
    assert "现在不在取号时间内" in tile.accessibleName()
    touch(kiosk.offers.guide_button)
    assert kiosk.departments.button("市政科").isEnabled()


def test_a_refusal_stays_until_the_next_person(
    kiosk: Kiosk,
    front: Front,
    cards: CardFeed,
    make_card: Callable[..., Card],
    changed: Callable[[str], None],
) -> None:
    card = make_card()
    for _ in range(2):
        front.taking.issue("XK05", channel="card", card=card)
    cards.card.emit(card)
    touch(kiosk.matters.button("XK05"))
    assert "每人每日最多 2 个" in kiosk.notice.text()
    changed("queue")
    assert "每人每日最多 2 个" in kiosk.notice.text()
    touch(kiosk.back_button)
    assert not kiosk.notice.isVisible()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("printed", "请取走号票"), ("failed", "号票没有打出来，请到导办台"), ("unknown", "号票没有打出来，请到导办台")],
)
def test_the_page_says_what_became_of_the_slip(
    kiosk: Kiosk, front: Front, changed: Callable[[str], None], outcome: spool.Outcome, words: str
) -> None:
    kiosk.choose_matter("XK05")
    assert kiosk.ticket.slip_words == "正在打印号票…"
    settle(front, outcome, "卡纸")
    changed("spool")
    assert kiosk.ticket.slip_words == words


def test_anothers_slip_changes_nothing_on_the_page(kiosk: Kiosk, front: Front, changed: Callable[[str], None]) -> None:
    front.taking.issue("XK05", channel="kiosk")
    kiosk.choose_matter("XK06")
    settle(front, "printed")
    changed("spool")
    assert kiosk.ticket.slip_words == "正在打印号票…"


def test_without_paper_what_needs_none_is_left(kiosk: Kiosk, lamps: LampFeed) -> None:
    lamps.lamp.emit("读卡器", "ok", "就绪")
    assert kiosk.card_panel.isVisible()
    lamps.lamp.emit("小票打印机", "trouble", "缺纸：取号纸已用完，请换纸后登记。")
    assert kiosk.notice.text() == "小票打印机缺纸，请到导办台取号。"
    assert not kiosk.card_panel.isVisible()
    assert not kiosk.offers.priority_button.isVisible()
    touch(kiosk.offers.guide_button)
    kiosk.choose_matter("XK05")
    assert not kiosk.guide.take_button.isEnabled()


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (720, 1280)])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("page", ["departments", "kinds", "choice", "keypad", "guide"])
def test_every_page_has_room_and_targets_for_a_finger(
    kiosk: Kiosk, size: tuple[int, int], large: bool, page: str
) -> None:
    kiosk.resize(*size)
    if large:
        kiosk.large_button.click()
    if page == "choice":
        touch(kiosk.offers.several_button)
        for code in SIX:
            kiosk.choose_matter(code)
    elif page == "guide":
        touch(kiosk.offers.guide_button)
        kiosk.choose_matter("XK05")
    elif page != "departments":
        touch(kiosk.offers.priority_button if page == "kinds" else kiosk.offers.check_in_button)
    QTest.qWait(0)
    assert kiosk.size().toTuple() == size
    assert getattr(kiosk, page).isVisible()
    for button in kiosk.findChildren(QPushButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= tokens.TOUCH_TARGET
            assert page in {"departments", "kinds"} or not button.visibleRegion().isEmpty()  # tiles are turned
    sizes = {label.font().pointSizeF() for label in kiosk.findChildren(QLabel) if label.isVisible() and label.text()}
    assert min(sizes) >= tokens.PUBLIC_BODY
