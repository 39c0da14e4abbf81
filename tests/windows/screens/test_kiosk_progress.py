"""查进度 at the kiosk: by finger, by keyboard, by scanner; nothing of one person stays for the next."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.intake import proposed_lines
from hall.rules.relief_cases import parse_household
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.issuing import Issued
from hall.services.persons import PersonDetails
from hall.services.relief import Applied, NewRelief
from hall.services.stall_applications import NewStallApplication
from hall.services.stall_sites import NewSite
from hall.store import Store
from hall.store.schema.documents import Document
from hall.windows.kiosk import Kiosk
from hall.windows.kiosk_progress import ASK
from hall.windows.kiosk_progress_ask import ProgressAsk
from hall.windows.kit import tokens
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks, Pending
from hall.workers.watcher import ChangeFeed

T = TypeVar("T")


class LateAnswers(InlineTasks):
    """Does everything at once; while `late`, tells what came of it only when asked to."""

    def __init__(self) -> None:
        self.late = False
        self._untold: list[Callable[[], None]] = []

    def write(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        """Kept back, right or wrong."""
        return super().write(
            function,
            lambda answer: self._keep(lambda: on_done(answer)),
            on_failed=lambda failure: self._keep(lambda: on_failed(failure)),
            owner=owner,
        )

    def tell(self) -> None:
        """The one answer that was kept back."""
        self.late = False
        self._untold.pop()()
        assert not self._untold

    def _keep(self, told: Callable[[], None]) -> None:
        if self.late:
            self._untold.append(told)
        else:
            told()


@pytest.fixture
def card(make_card: Callable[..., Card]) -> Card:
    return make_card()


@pytest.fixture
def told(clerk: Front, card: Card) -> Card:
    """A case that lacks everything: the hall's first of the year. Gives its applicant."""
    lines = proposed_lines(clerk.intake.look("XK05", ()).matter, ())
    clerk.intake.supplement(Application("XK05", card, "", ()), lines)
    return card


@pytest.fixture
def kiosk(front_as: Callable[[str], Front], open_kiosk: Callable[[Front], Kiosk], qtbot: QtBot) -> Kiosk:
    """At the question."""
    return at_question(open_kiosk(front_as("kiosk")), qtbot)


@pytest.fixture
def late() -> LateAnswers:
    return LateAnswers()


@pytest.fixture
def open_late(
    front_as: Callable[[str], Front], late: LateAnswers, cards: CardFeed, lamps: LampFeed, qtbot: QtBot
) -> Callable[[], Kiosk]:
    """Opens a kiosk whose answers are late, at the question."""
    return lambda: at_question(Kiosk(front_as("kiosk"), late, changes=ChangeFeed(), cards=cards, lamps=lamps), qtbot)


@pytest.fixture
def ask(kiosk: Kiosk) -> ProgressAsk:
    return kiosk.progress.ask


@pytest.fixture
def relief(clerk: Front, card: Card) -> Applied:
    """The year's first application for relief, of the same person."""
    new = NewRelief(
        applicant=card,
        household=parse_household("张三明 本人 45 900"),
        kind="capital",
        asked_fen=300_000,
        reason="早餐车损坏，收入中断",
        evidence="诊断证明一份",
        consents=True,
        phone="13900001234",
    )
    return clerk.relief.apply(new)


@pytest.fixture
def stall(front_as: Callable[[str], Front], tmp_path: Path) -> Issued:
    """The year's first application for a stall, of somebody with a telephone."""
    layout = tmp_path / "stalls.csv"
    layout.write_text("摊位号,左,上,宽,高,经营类别,自产自销\nA1,0,0,100,100,,\n", encoding="utf-8")
    sites = front_as("manager").stalls
    site_id = sites.open_site(
        NewSite(
            code="D1",
            name="向阳路便民疏导点",
            kind="guidance",
            place="向阳路与团结街交叉口",
            hours="06:00-09:00",
            categories=("food",),
            term_months=12,
        )
    )
    sites.place_stalls(site_id, layout)
    holder = PersonDetails("resident", "李试明", id_number="999999199003070012", phone="13900005678")
    new = NewStallApplication(site_id=site_id, person=holder, category="food")
    return front_as("clerk").stalls.apply(new)


def at_question(window: Kiosk, qtbot: QtBot) -> Kiosk:
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    with qtbot.waitActive(window):
        window.show()
    touch(window.offers.progress_button)
    return window


def touch(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def enter(ask: ProgressAsk, text: str) -> None:
    for sign in text:
        touch(ask.keys[sign])


def lines_of(ask: ProgressAsk) -> tuple[str, ...]:
    return tuple(line.typed.text() for line in ask.lines.values())


def words_of(window: QWidget) -> str:
    """Every word the window holds, shown or not."""
    labels = [label.text() for label in window.findChildren(QLabel)]
    return "\n".join((*labels, *(each.accessibleName() for each in window.findChildren(QWidget))))


def digits_of(card: Card) -> str:
    return card.id_number[-4:]


def test_a_finger_asks_and_is_told_in_large_words(kiosk: Kiosk, ask: ProgressAsk, told: Card) -> None:
    assert kiosk.heading.text() == ASK
    assert lines_of(ask) == ("2026", "", "")
    assert not ask.enter_button.isEnabled()
    assert not ask.keys["X"].isEnabled()
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, digits_of(told))
    assert lines_of(ask) == ("2026", "1", digits_of(told))
    touch(ask.enter_button)
    answer = kiosk.progress.answer
    assert answer.isVisible()
    assert kiosk.heading.text() == "办件进度：材料需要补正"
    assert answer.whose.text() == "临时占用城市道路许可　张*明\n莲城管许收〔2026〕1号"
    for words in ("还要补交的材料", "申请表", "补交期限：2026年12月14日", "取号到窗口补交材料"):
        assert words in answer.text.text
    touch(answer.done_button)
    assert kiosk.departments.isVisible()
    assert told.name not in words_of(kiosk)
    assert "张*明" not in words_of(kiosk)


def test_a_finger_asks_for_a_stall_by_the_end_of_the_telephone(
    kiosk: Kiosk, ask: ProgressAsk, told: Card, stall: Issued
) -> None:
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, "5678")
    touch(ask.enter_button)
    answer = kiosk.progress.answer
    assert kiosk.heading.text() == "办件进度：等待审查"
    assert answer.whose.text() == f"摊位申请（向阳路便民疏导点）　李*明\n{stall.number}"
    assert "准予进入抽签" in answer.text.text
    touch(answer.done_button)
    assert "李*明" not in words_of(kiosk)


def test_one_number_that_fits_two_applications_tells_both(
    kiosk: Kiosk, ask: ProgressAsk, told: Card, relief: Applied
) -> None:
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, digits_of(told))
    touch(ask.enter_button)
    answer = kiosk.progress.answer
    assert kiosk.heading.text() == "办件进度：查到2件"
    assert answer.whose.text() == "同一编号查到2件，逐件列在下面。"
    for words in (
        "临时占用城市道路许可　张*明",
        "材料需要补正",
        "救助申请　张*明",
        relief.issued.number,
        "等待入户核查",
    ):
        assert words in answer.text.text
    assert "3,000" not in answer.text.text
    touch(answer.done_button)
    assert "张*明" not in words_of(kiosk)
    assert answer.text.text == ""


def test_the_form_of_an_application_is_scanned(kiosk: Kiosk, store: Store, relief: Applied, stall: Issued) -> None:
    for number, headline in ((relief.issued.number, "等待入户核查"), (stall.number, "等待审查")):
        with store.read() as session:
            payload = session.scalars(select(Document.code_payload).where(Document.number == number)).one()
        kiosk.progress.take_scan(payload)
        assert kiosk.heading.text() == f"办件进度：{headline}"
        touch(kiosk.progress.answer.again_button)


def test_a_keyboard_asks_without_a_touch(kiosk: Kiosk, ask: ProgressAsk, told: Card) -> None:
    QTest.keyClicks(ask, "a17-")
    QTest.keyClick(ask, Qt.Key.Key_Backspace)
    QTest.keyClick(ask, Qt.Key.Key_Return)
    QTest.keyClicks(ask, f"{digits_of(told)}9")
    assert lines_of(ask) == ("2026", "1", digits_of(told))
    QTest.keyClick(ask, Qt.Key.Key_Enter)
    assert kiosk.heading.text() == "办件进度：材料需要补正"
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    assert kiosk.departments.isVisible()


def test_the_lines_are_gone_through_by_arrows_and_the_first_sign_replaces(ask: ProgressAsk) -> None:
    QTest.keyClick(ask, Qt.Key.Key_Up)
    QTest.keyClicks(ask, "2025")
    QTest.keyClick(ask, Qt.Key.Key_Return)
    QTest.keyClicks(ask, "118")
    touch(ask.lines["digits"])
    QTest.keyClicks(ask, "12")
    assert not ask.enter_button.isEnabled()
    QTest.keyClick(ask, Qt.Key.Key_Down)
    QTest.keyClick(ask, Qt.Key.Key_Return)
    assert lines_of(ask) == ("2025", "118", "12")
    assert ask.enter_button.text() == "查询"
    QTest.keyClick(ask, Qt.Key.Key_Up)
    QTest.keyClick(ask, Qt.Key.Key_Tab)
    enter(ask, "7")
    touch(ask.delete_button)
    assert not ask.enter_button.isEnabled()
    QTest.keyClick(ask, Qt.Key.Key_Return)
    touch(ask.clear_button)
    assert lines_of(ask) == ("2026", "", "")


def test_all_lines_filled_go_on_to_the_last(ask: ProgressAsk) -> None:
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, "0000")
    touch(ask.lines["year"])
    touch(ask.enter_button)
    assert ask.enter_button.text() == "查询"


@pytest.mark.parametrize("digits", [False, True])
def test_a_scanner_reads_the_receipt_wherever_the_cursor_stands(
    kiosk: Kiosk, ask: ProgressAsk, clerk: Front, accept_case: Callable[..., Accepted], digits: bool
) -> None:
    accepted = accept_case("XK05", datetime(2026, 11, 23, tzinfo=HALL_ZONE).date())
    enter(ask, "2")
    if digits:
        touch(ask.enter_button)
        QTest.keyClicks(ask, "H1")  # typed by hand, and no code yet
    before = lines_of(ask)
    kiosk.progress.take_scan(accepted.receipt_payload)
    assert lines_of(ask) == before
    assert kiosk.heading.text() == "办件进度：已受理"
    assert "承诺期限" in kiosk.progress.answer.text.text


def test_a_scan_answers_only_to_somebody_who_asks(kiosk: Kiosk, accept_case: Callable[..., Accepted]) -> None:
    accepted = accept_case("XK05", datetime(2026, 11, 23, tzinfo=HALL_ZONE).date())
    kiosk.start_over()
    before = kiosk.heading.text()
    kiosk.progress.take_scan(accepted.receipt_payload)
    assert kiosk.heading.text() == before


def test_a_code_that_is_none_is_refused_and_may_be_scanned_again(kiosk: Kiosk, ask: ProgressAsk) -> None:
    kiosk.progress.take_scan("H1.abc")
    assert "不是有效的收件凭证二维码" in ask.said.text()
    enter(ask, "1")
    assert not ask.said.isVisible()


def test_a_credit_code_may_end_in_letters(kiosk: Kiosk, ask: ProgressAsk) -> None:
    assert not ask.letters_button.isEnabled()
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, "0")
    touch(ask.letters_button)
    enter(ask, "Y")
    touch(ask.letters_button)
    enter(ask, "43")
    assert lines_of(ask)[2] == "0Y43"
    touch(ask.letters_button)
    touch(ask.lines["serial"])
    assert ask.keys["1"].isVisible()


def test_what_does_not_fit_is_told_and_five_times_lock_the_station(
    kiosk: Kiosk, ask: ProgressAsk, told: Card, clock: FixedClock
) -> None:
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, "0000")
    for _ in range(5):
        touch(ask.enter_button)
        assert ask.said.text().startswith("没有查到。")
        assert ask.said.isVisible()
    touch(ask.enter_button)
    assert "到 09:52 以前不能按编号查询" in ask.said.text()
    touch(ask.clear_button)
    assert not ask.said.isVisible()
    clock.instant += timedelta(minutes=10)
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, digits_of(told))
    touch(ask.enter_button)
    assert kiosk.progress.answer.isVisible()


def test_another_case_may_be_asked_and_who_is_gone_leaves_nothing(kiosk: Kiosk, ask: ProgressAsk, told: Card) -> None:
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, digits_of(told))
    touch(ask.enter_button)
    touch(kiosk.progress.answer.again_button)
    assert kiosk.heading.text() == ASK
    assert lines_of(ask) == ("2026", "", "")
    assert "张*明" not in words_of(kiosk)
    enter(ask, "1")
    kiosk.left_alone.emit()
    assert kiosk.departments.isVisible()
    assert lines_of(ask) == ("2026", "", "")
    assert not kiosk.back_timer.isActive()


def test_whoever_reads_touches_and_has_another_twenty_seconds(kiosk: Kiosk, ask: ProgressAsk, told: Card) -> None:
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, digits_of(told))
    touch(ask.enter_button)
    kiosk.back_timer.stop()
    QTest.mouseClick(kiosk.progress.answer.text, Qt.MouseButton.LeftButton)
    assert kiosk.back_timer.isActive()


def test_an_answer_that_comes_too_late_is_shown_to_nobody(
    late: LateAnswers, open_late: Callable[[], Kiosk], told: Card
) -> None:
    kiosk = open_late()
    ask = kiosk.progress.ask
    for digits in (digits_of(told), "0000"):
        enter(ask, "1")
        touch(ask.enter_button)
        enter(ask, digits)
        late.late = True
        touch(ask.enter_button)
        enter(ask, "9")
        QTest.keyClicks(ask, "H1.abc")
        QTest.keyClick(ask, Qt.Key.Key_Return)
        assert not ask.enter_button.isEnabled()
        assert lines_of(ask)[2] == digits
        touch(kiosk.back_button)
        late.tell()
        assert kiosk.departments.isVisible()
        assert "张*明" not in words_of(kiosk)
        assert ask.said.text() == ""
        touch(kiosk.offers.progress_button)


def test_without_paper_it_may_still_be_asked(kiosk: Kiosk, lamps: LampFeed) -> None:
    lamps.lamp.emit("小票打印机", "trouble", "缺纸：取号纸已用完，请换纸后登记。")
    assert kiosk.progress.ask.keys["1"].isEnabled()
    touch(kiosk.back_button)
    assert kiosk.offers.progress_button.isVisible()
    assert not kiosk.offers.check_in_button.isVisible()


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (720, 1280)])
@pytest.mark.parametrize("large", [False, True])
def test_every_page_has_room_and_targets_for_a_finger(
    kiosk: Kiosk, told: Card, size: tuple[int, int], large: bool
) -> None:
    ask = kiosk.progress.ask
    kiosk.resize(*size)
    if large:
        touch(kiosk.large_button)
    check_room(kiosk, size)
    enter(ask, "1")
    touch(ask.enter_button)
    enter(ask, "0000")
    touch(ask.enter_button)
    check_room(kiosk, size)
    touch(ask.letters_button)
    check_room(kiosk, size)
    touch(ask.lines["digits"])
    enter(ask, digits_of(told))
    touch(ask.enter_button)
    assert kiosk.progress.answer.isVisible()
    check_room(kiosk, size)


def check_room(kiosk: Kiosk, size: tuple[int, int]) -> None:
    """Nothing stretches the screen, nothing is covered, every target fits a finger, every word is large."""
    QTest.qWait(0)
    assert kiosk.size().toTuple() == size
    for button in kiosk.findChildren(QPushButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= tokens.TOUCH_TARGET
            assert not button.visibleRegion().isEmpty()
    sizes = {label.font().pointSizeF() for label in kiosk.findChildren(QLabel) if label.isVisible() and label.text()}
    assert min(sizes) >= tokens.PUBLIC_BODY
