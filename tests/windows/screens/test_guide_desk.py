"""导办台: a whole morning without the mouse."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from hall.rules.appointment_file import BookedTime
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services import spool
from hall.services.accepting import Accepted
from hall.services.appointments import import_appointments
from hall.services.front import Front
from hall.store import Store
from hall.windows.guide_desk import GuideDesk
from hall.windows.kit.line_box import LineBox
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import write

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
# The list of a picker and a dialog are windows of their own, which the offscreen platform cannot raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Link(Tasks, Protocol):
    away: bool


@dataclass
class Desk:
    """A guide desk and the hands of its guide."""

    window: GuideDesk
    changed: Callable[[str], None]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the focus is."""
        QTest.keyClick(self._focus, key, modifier)

    def type(self, text: str) -> None:
        """Text into the field that has the focus."""
        write(text)

    def choose(self, code: str) -> None:
        """A matter by its code."""
        self.press(Qt.Key.Key_K, CONTROL)
        self.type(code)
        self.press(Qt.Key.Key_Return)

    def dialog(self) -> LineBox:
        """The box that asks."""
        dialog = self.window.dialog
        assert dialog is not None
        return dialog

    def answer(self, text: str) -> None:
        """Into the box that asks, and Enter."""
        self.dialog().form.set_text("line", text)
        self.dialog().form.submit()

    @property
    def said(self) -> str:
        """The message line."""
        return self.window.message.words

    @property
    def words(self) -> str:
        """Every word the window holds."""
        return "\n".join(label.text() for label in self.window.findChildren(QLabel))

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window


@pytest.fixture
def front(front_as: Callable[[str], Front]) -> Front:
    """A guide at a station with a slip printer."""
    return replace(front_as("guide"), slip=True)


@pytest.fixture
def make_window(link: Tasks, changes: ChangeFeed, cards: CardFeed, lamps: LampFeed) -> Callable[[Front], GuideDesk]:
    """Makes the guide desk's window."""
    return lambda front: GuideDesk(front, link, changes=changes, cards=cards, lamps=lamps)


@pytest.fixture
def open_desk(
    make_window: Callable[[Front], GuideDesk], changed: Callable[[str], None], qtbot: QtBot
) -> Callable[[Front], Desk]:
    """Opens the window and shows it."""

    def show(front: Front) -> Desk:
        window = make_window(front)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        window.form.picker.setFocus()
        return Desk(window, changed)

    return show


@pytest.fixture
def desk(front: Front, open_desk: Callable[[Front], Desk]) -> Desk:
    return open_desk(front)


@pytest.fixture
def book(store: Store) -> Callable[..., None]:
    """Books a time of the test's day."""

    def enter(card: Card, starts: time = time(10), reference: str = "YY01") -> None:
        manager = Actor(8, "李四清", store.hall_id, frozenset({"manager"}))
        day = date(2026, 11, 23)
        booked = BookedTime(2, reference, card.name, card.id_number, "13900001234", "XK05", day, starts, time(16))
        import_appointments(store, manager, booked=(booked,))

    return enter


def settle(front: Front, outcome: spool.Outcome, error: str = "") -> str:
    """What becomes of the oldest job of the slip printer; gives its title."""
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    spool.settle(front.store, job_id=job.job_id, outcome=outcome, error=error)
    return job.title


def skip_one(front: Front) -> str:
    """A clerk calls one ticket of counter 1 and nobody comes; gives its code."""
    clerk = replace(
        front,
        actor=replace(front.actor, roles=frozenset({"clerk"})),
        policy=replace(front.policy, calling=replace(front.policy.calling, calls_before_skip=1)),
        slip=False,
    )
    clerk.taking.issue("XK05", channel="staff")
    code = clerk.calling.call_next(1).code
    clerk.calling.skip(1)
    return code


def test_a_matter_is_typed_and_a_number_taken(desk: Desk, front: Front) -> None:
    desk.choose("XK05")
    assert "等候 0 人" in desk.window.form.facts.text()
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.code.text() == "B001"
    assert "已取号 B001" in desk.said
    assert desk.window.taken.slip.text() == "正在打印号票…"
    settle(front, "printed")
    desk.changed("spool")
    assert desk.window.taken.slip.text() == "号票已打出，请交给办事人。"
    assert desk.window.form.picker.code == ""


def test_a_typed_code_counts_without_enter(desk: Desk) -> None:
    desk.press(Qt.Key.Key_K, CONTROL)
    desk.type("XK06")
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.code.text() == "B001"


def test_part_of_a_name_finds_the_matter(desk: Desk) -> None:
    desk.type("古树名木")
    desk.press(Qt.Key.Key_F2)
    assert "古树名木" in desk.words
    assert desk.window.taken.code.text().startswith("D")


def test_without_a_matter_it_says_what_to_do(desk: Desk) -> None:
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F9):
        desk.press(key)
        assert "请先选" in desk.said
    assert not desk.window.taken.isVisible()


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        (Qt.Key.Key_1, "L001", "老年优先"),
        (Qt.Key.Key_2, "J001", "军人优先"),
        (Qt.Key.Key_3, "K001", "残疾优先"),
        (Qt.Key.Key_4, "M001", "孕妇优先"),
        (Qt.Key.Key_5, "U001", "优抚优先"),
    ],
)
def test_every_kind_of_priority_has_its_key(desk: Desk, key: Qt.Key, code: str, words: str) -> None:
    desk.choose("XK05")
    desk.press(key, CONTROL)
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.code.text() == code
    assert desk.window.taken.kind.text() == words
    desk.choose("XK05")
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.code.text() == "B001"


def test_ordinary_takes_a_chosen_kind_back(desk: Desk) -> None:
    desk.choose("XK05")
    desk.press(Qt.Key.Key_2, CONTROL)
    desk.press(Qt.Key.Key_0, CONTROL)
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.code.text() == "B001"


def test_several_matters_go_on_one_ticket(desk: Desk, front: Front, clerk: Front) -> None:
    for code in ("XK05", "XK06", "XK12"):
        desk.choose(code)
        desk.press(Qt.Key.Key_F3)
    desk.press(Qt.Key.Key_F3, SHIFT)
    assert desk.window.form.list.text() == "1. 临时占用城市道路许可\n2. 挖掘城市道路审批"
    desk.press(Qt.Key.Key_F2)
    settle(front, "printed")
    assert clerk.calling.call_next(1).further == ("挖掘城市道路审批",)


def test_a_sixth_matter_is_refused(desk: Desk) -> None:
    for code in ("XK05", "XK06", "XK07", "XK08", "XK09", "XK12"):
        desk.choose(code)
        desk.press(Qt.Key.Key_F3)
    assert "最多 5 件" in desk.said
    assert desk.window.form.list.text().count("\n") == 4


def test_a_card_is_used_masked_and_can_be_put_aside(
    desk: Desk, front: Front, clerk: Front, cards: CardFeed, make_card: Callable[..., Card]
) -> None:
    card = make_card()
    cards.card.emit(card)
    assert "张*明" in desk.window.form.card.text()
    desk.choose("XK05")
    desk.press(Qt.Key.Key_F2)
    settle(front, "printed")
    applicant = clerk.calling.call_next(1).applicant
    assert applicant is not None
    assert card.name not in desk.words
    assert card.id_number not in desk.words
    cards.card.emit(make_card())
    desk.press(Qt.Key.Key_F6)
    assert "没有证件" in desk.window.form.card.text()


def test_the_guide_is_shown_follows_the_matter_and_is_printed(desk: Desk, front: Front) -> None:
    desk.choose("XK05")
    desk.press(Qt.Key.Key_G, CONTROL)
    assert "临时占用城市道路许可" in desk.window.guide.text
    desk.choose("XK06")
    assert "挖掘城市道路审批" in desk.window.guide.text
    desk.press(Qt.Key.Key_F9)
    assert settle(front, "printed") == "办事指南 XK06"
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.guide.isVisible()


def test_where_nothing_prints_the_number_is_told(front: Front, open_desk: Callable[[Front], Desk]) -> None:
    desk = open_desk(replace(front, slip=False))
    assert not desk.window.form.print_button.isEnabled()
    desk.choose("XK05")
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.slip.text() == "本机不打印号票，请告知号码。"


def test_where_the_page_printer_prints_the_number_the_guide_hands_out_a_sheet(
    front: Front, open_desk: Callable[[Front], Desk]
) -> None:
    desk = open_desk(replace(front, slip=False, sheets=True))
    desk.choose("XK05")
    desk.press(Qt.Key.Key_F2)
    assert desk.window.taken.slip.text() == "号单在文书打印机上打印，请交给办事人。"


def test_the_list_of_matters_tells_who_waits_and_fills_the_form(desk: Desk, front: Front) -> None:
    replace(front, slip=False).taking.issue("XK01-1", channel="staff")
    desk.changed("queue")
    rows = desk.window.lists.waiting.rows
    assert (rows[0].code, rows[0].waiting) == ("XK01-1", 1)
    desk.press(Qt.Key.Key_1, ALT)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.form.picker.code == "XK01-1"


def test_a_quota_is_told_before_the_number_is_refused(front: Front, open_desk: Callable[[Front], Desk]) -> None:
    policy = replace(front.policy, taking=replace(front.policy.taking, quotas={"XK05": 1}))
    desk = open_desk(replace(front, policy=policy))
    desk.choose("XK05")
    assert "今日还有 1 个号" in desk.window.form.facts.text()
    desk.press(Qt.Key.Key_F2)
    desk.changed("queue")
    desk.choose("XK05")
    assert "已达上限" in desk.window.form.facts.text()
    desk.press(Qt.Key.Key_F2)
    assert "已达上限" in desk.said


def test_an_appointment_is_checked_in_from_the_list(
    desk: Desk, book: Callable[..., None], make_card: Callable[..., Card]
) -> None:
    book(make_card())
    desk.changed("appointment")
    desk.press(Qt.Key.Key_2, ALT)
    row = desk.window.lists.booked.rows[0]
    assert (row.name_masked, row.phone_masked) == ("张*明", "139****1234")
    desk.press(Qt.Key.Key_F8)
    assert desk.window.taken.code.text() == "Y001"
    assert desk.window.lists.booked.rows[0].ticket_code == "Y001"
    desk.press(Qt.Key.Key_F8)
    assert "该预约已签到，号码是 Y001" in desk.said


def test_a_slip_that_did_not_come_out_is_printed_again(desk: Desk, front: Front) -> None:
    desk.choose("XK05")
    desk.press(Qt.Key.Key_F2)
    settle(front, "failed", "卡纸")
    desk.changed("spool")
    assert desk.window.warnings.text() == "⚠ 1 个号没有打出小票（Alt+3）"
    assert "见 Alt+3" in desk.window.taken.slip.text()
    desk.press(Qt.Key.Key_3, ALT)
    assert [row.code for row in desk.window.lists.unprinted.rows] == ["B001"]
    desk.press(Qt.Key.Key_R, CONTROL)
    desk.answer("卡纸，已换纸")
    settle(front, "printed")
    desk.changed("spool")
    assert desk.window.lists.unprinted.rows == ()
    assert not desk.window.warnings.isVisible()
    assert [row.code for row in front.queue().waiting] == ["B001"]


def test_a_slip_in_the_persons_hand_lets_the_number_live(desk: Desk, front: Front) -> None:
    front.taking.issue("XK05", channel="staff")
    settle(front, "unknown", "打印中断")
    desk.changed("spool")
    desk.press(Qt.Key.Key_3, ALT)
    desk.press(Qt.Key.Key_F11)
    assert [row.code for row in front.queue().waiting] == ["B001"]


def test_a_number_nobody_wants_is_voided_with_a_reason(desk: Desk, front: Front) -> None:
    front.taking.issue("XK05", channel="staff")
    settle(front, "failed", "卡纸")
    desk.changed("spool")
    desk.press(Qt.Key.Key_3, ALT)
    desk.press(Qt.Key.Key_F4)
    desk.answer("")
    assert desk.dialog().form.wrong("line")
    desk.answer("当事人已离开")
    desk.changed("spool")
    assert desk.window.lists.unprinted.rows == ()
    assert "已作废" in desk.said


def test_a_skipped_number_comes_back_into_the_queue(desk: Desk, front: Front) -> None:
    code = skip_one(front)
    desk.changed("queue")
    desk.press(Qt.Key.Key_4, ALT)
    assert [row.code for row in desk.window.lists.skipped.rows] == [code]
    desk.press(Qt.Key.Key_F7)
    assert [row.code for row in front.queue().waiting] == [code]


def test_a_skipped_number_can_be_cancelled(desk: Desk, front: Front) -> None:
    skip_one(front)
    desk.changed("queue")
    desk.press(Qt.Key.Key_4, ALT)
    desk.press(Qt.Key.Key_F4)
    desk.answer("不办了")
    desk.changed("queue")
    assert desk.window.lists.skipped.rows == ()
    assert front.queue().waiting == ()


def test_paper_is_registered_and_its_end_is_announced(desk: Desk, front: Front) -> None:
    desk.press(Qt.Key.Key_5, ALT)
    desk.press(Qt.Key.Key_F12)
    desk.answer("viele")
    assert desk.dialog().form.wrong("line") == "请输入张数，只用数字。"
    desk.answer("2")
    desk.changed("paper")
    assert [row.left for row in desk.window.lists.paper.rows] == [2]
    for _ in range(2):
        front.taking.issue("XK05", channel="staff")
        settle(front, "printed")
    desk.changed("paper")
    assert "缺纸" in desk.window.warnings.text()
    desk.choose("XK05")
    desk.press(Qt.Key.Key_F2)
    assert "取号纸已用完" in desk.said
    desk.press(Qt.Key.Key_5, ALT)
    desk.press(Qt.Key.Key_F12)
    desk.answer("600")
    desk.changed("paper")
    assert not desk.window.warnings.isVisible()


def test_keys_of_a_list_sleep_while_another_is_open(desk: Desk, front: Front) -> None:
    skip_one(front)
    desk.changed("queue")
    desk.press(Qt.Key.Key_3, ALT)
    desk.press(Qt.Key.Key_F7)
    assert front.queue().waiting == ()


def test_escape_goes_back_to_the_form(desk: Desk) -> None:
    desk.press(Qt.Key.Key_4, ALT)
    assert not desk.window.form.picker.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.form.picker.hasFocus()


def test_the_catalogue_can_change_while_the_desk_is_open(desk: Desk) -> None:
    desk.choose("XK05")
    desk.press(Qt.Key.Key_G, CONTROL)
    desk.changed("catalogue")
    assert desk.window.form.picker.code == "XK05"


def test_a_counter_that_calls_for_help_is_shown(desk: Desk, clerk: Front) -> None:
    clerk.calling.open_counter(2)
    clerk.calling.emergency(2)
    desk.changed("counter")
    assert "2 号窗口" in desk.window.banner.words
    clerk.calling.calm(2)
    desk.changed("counter")
    assert not desk.window.banner.isVisible()


def test_a_database_that_is_away_is_told_and_forgotten_when_it_is_back(desk: Desk, link: Link) -> None:
    link.away = True
    desk.changed("queue")
    assert "数据库连不上" in desk.said
    link.away = False
    desk.changed("queue")
    assert desk.said == ""


@pytest.mark.parametrize("list_key", [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5])
def test_an_empty_list_does_nothing_with_its_keys(desk: Desk, list_key: Qt.Key) -> None:
    desk.press(list_key, ALT)
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F11, Qt.Key.Key_F4, Qt.Key.Key_F7):
        desk.press(key)
    assert desk.window.dialog is None


def test_a_receipt_that_is_scanned_is_told_to_be_genuine_or_not(
    desk: Desk, accept_case: Callable[..., Accepted]
) -> None:
    accepted = accept_case("XK05", date(2026, 11, 23))
    desk.window.take_scan(accepted.receipt_payload)
    genuine = f"✓ 真凭证：收件凭证 {accepted.receipt_number}，2026-11-23 由本大厅签发，签名有效。"
    assert desk.said == f"{genuine}办到哪一步，请到窗口或自助机查询。"
    desk.window.take_scan(f"{accepted.receipt_payload[:-4]}AAAA")
    assert desk.said.startswith("✕ 伪凭证：签名不符")
