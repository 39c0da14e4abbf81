"""督办 on the screen: cards with their countdown, answered and judged by key; anomalies, accountability, messages."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock, business_date
from hall.services.anomalies import inspect
from hall.services.case_records import add_event, case_locked
from hall.services.front import Front
from hall.services.supervision import reply
from hall.services.supervision_rules import supervision_policy
from hall.store import Store
from hall.windows.kit.dialogs import Question
from hall.windows.supervision import Supervision
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.services.supervision.bureau import APPROVER, MANAGER, REVIEWER, Bureau
from tests.windows.keyboard import ALT, CONTROL, press

SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[[int], Supervision]


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    """With a yellow card since Tuesday 1 December for the reviewer."""
    found = Bureau(store, clock, supervision_policy(home), home)
    found.employ()
    found.open_case()
    found.noon("12-01")
    found.fire_all()
    return found


@pytest.fixture
def open_window(bureau: Bureau, front_of: Callable[..., Front], link: Tasks, changes: ChangeFeed, qtbot: QtBot) -> Open:
    """The screen of somebody of the staff."""

    def build(account_id: int) -> Supervision:
        front = front_of(bureau.store, bureau.as_role(account_id))
        window = Supervision(front, link, changes=changes, lamps=LampFeed())
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return build


def write(words: str) -> None:
    """Into the text that has the focus, and Enter."""
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.insertPlainText(words)  # type: ignore[attr-defined]  # a QPlainTextEdit
    press(Qt.Key.Key_Return)


def shown(window: Supervision) -> list[str]:
    """The deeds of the page that can be done now."""
    page = window.pages[[tab.isChecked() for tab in window.tabs].index(True)]
    buttons = getattr(page, "buttons", {})
    return [act for act, button in buttons.items() if button.isVisible()]


def text(window: Supervision, row: int, column: int) -> str:
    model = window.orders.table.model()
    return str(model.data(model.index(row, column)))


def test_a_card_shows_who_answers_until_when_and_what_can_be_done(open_window: Open) -> None:
    window = open_window(MANAGER)
    assert [text(window, 0, column) for column in range(5)] == [
        "黄牌",
        "剩 3 日",
        "待回复",
        "测受〔2026〕00001",
        "陈一凡",
    ]
    assert "陈一凡（承办人）在手 6 个工作日" in window.orders.facts.words
    assert "超过承诺时限，应于11月30日前完成" in window.orders.facts.words
    assert shown(window) == ["escalate", "withdraw", "account", "preview"]
    assert window.tabs[0].text() == "督办单（1）  Alt+1"


def test_a_subject_answers_and_the_manager_settles(open_window: Open, bureau: Bureau) -> None:
    mine = open_window(REVIEWER)
    assert shown(mine) == ["reply", "plead", "preview"]
    assert not mine.tabs[1].isVisible()
    press(Qt.Key.Key_Return)  # Enter does the first thing that can be done
    write("今日办结")
    assert mine.side.panel is None
    assert text(mine, 0, 2) == "已回复，待核销"
    mine.close()
    window = open_window(MANAGER)
    assert "今日办结" in window.orders.facts.words
    assert shown(window) == ["settle", "return", "withdraw", "account", "preview"]
    press(Qt.Key.Key_F8)
    question = window.findChild(Question)
    assert question is not None
    question.yes_button.click()
    assert window.orders.table.rows == ()
    window.ended_button.click()
    assert text(window, 0, 2) == "已核销"
    assert shown(window) == ["account", "preview"]


def test_a_reply_without_words_is_not_sent(open_window: Open, bureau: Bureau) -> None:
    window = open_window(REVIEWER)
    press(Qt.Key.Key_F2)
    window.deeds.reply.main_button.click()
    assert window.deeds.reply.form.wrong("text") == "请填写办理情况。"
    assert bureau.orders()[0].state == "issued"
    press(Qt.Key.Key_Escape)
    assert window.side.panel is None
    assert window.orders.table.hasFocus()


def test_a_refusal_leaves_the_panel_and_what_was_written(open_window: Open) -> None:
    window = open_window(REVIEWER)
    press(Qt.Key.Key_F2)
    write("请打13900001234")
    assert window.side.panel is window.deeds.reply
    assert window.deeds.reply.text == "请打13900001234"
    assert "号码" in window.message.words


def test_a_plea_is_heard_returned_or_escalated_by_key(open_window: Open, bureau: Bureau) -> None:
    mine = open_window(REVIEWER)
    press(Qt.Key.Key_F3)
    write("材料刚到")
    mine.close()
    window = open_window(MANAGER)
    press(Qt.Key.Key_F4)
    window.deeds.find.form.set_text("finding", "rejected")
    window.deeds.find.form.focus("text")
    write("已到三天")
    assert text(window, 0, 2) == "申辩不成立，待回复"
    press(Qt.Key.Key_F9)
    write("态度敷衍")
    assert [each.colour for each in bureau.orders()] == ["yellow", "red"]
    assert text(window, 0, 0) == "红牌"


def test_a_reply_is_returned_by_key(open_window: Open, bureau: Bureau) -> None:
    mine = open_window(REVIEWER)
    press(Qt.Key.Key_F2)
    write("知道了")
    mine.close()
    window = open_window(MANAGER)
    press(Qt.Key.Key_F6)
    write("没有说明原因")
    assert text(window, 0, 2) == "待回复"


def test_an_order_is_withdrawn_by_key(open_window: Open, bureau: Bureau) -> None:
    window = open_window(MANAGER)
    press(Qt.Key.Key_F11)
    write("系统故障误发")
    assert window.orders.table.rows == ()
    assert bureau.orders()[0].state == "withdrawn"


def test_somebody_is_held_to_account_from_registration_to_the_end(open_window: Open, bureau: Bureau) -> None:
    window = open_window(MANAGER)
    press(Qt.Key.Key_F10)
    panel = window.deeds.open_record
    assert panel.form.text("facts") == "超过承诺时限，应于11月30日前完成"
    panel.main_button.click()
    press(Qt.Key.Key_3, ALT)
    assert "一年内第 1 次：书面检查，当年不得评优，扣 5 分" in window.records.facts.words
    assert "承诺时限 5工作日，已用 6，扣除 0，2026-11-30 到期，超 1 个工作日" in window.records.facts.words
    assert "陈一凡（市政科）6 日" in window.records.facts.words
    window.close()
    mine = open_window(REVIEWER)
    mine.show_page(2)
    press(Qt.Key.Key_F3, SHIFT)
    write("当日系统升级")
    mine.close()
    judge = open_window(APPROVER)
    judge.show_page(2)
    press(Qt.Key.Key_F4, SHIFT)
    assert judge.deeds.decide.form.text("points") == "5"
    judge.deeds.decide.form._fields["correction"].editor.setChecked(True)  # type: ignore[union-attr]
    judge.deeds.decide.main_button.click()
    assert "成立（一般）" in judge.records.facts.words
    judge.close()
    window = open_window(MANAGER)
    window.show_page(2)
    press(Qt.Key.Key_F6, SHIFT)
    window.deeds.deliver.main_button.click()
    press(Qt.Key.Key_F9, SHIFT)
    write("已重新培训")
    press(Qt.Key.Key_F8, SHIFT)
    window.deeds.close.main_button.click()
    assert window.records.table.rows == ()
    window.ended_button.click()
    assert "已重新培训" in window.records.facts.words


def test_an_appeal_is_made_and_reviewed_by_key(open_window: Open, bureau: Bureau) -> None:
    manager, approver = (open_window(each) for each in (MANAGER, APPROVER))
    manager.deeds.order_deed("account", manager.orders.table.rows[0])
    manager.deeds.open_record.main_button.click()
    manager.close()
    bureau.noon("12-08")
    approver.reload()
    approver.deeds.record_deed("decide", approver.records.table.rows[0])
    approver.deeds.decide.main_button.click()
    approver.close()
    manager = open_window(MANAGER)
    manager.deeds.record_deed("deliver", manager.records.table.rows[0])
    manager.deeds.deliver.main_button.click()
    manager.close()
    mine = open_window(REVIEWER)
    mine.show_page(2)
    press(Qt.Key.Key_F2, SHIFT)
    write("另一人替岗")
    mine.close()
    judge = open_window(25)
    judge.show_page(2)
    press(Qt.Key.Key_F7, SHIFT)
    judge.deeds.review_appeal.form.set_text("finding", "upheld")
    judge.deeds.review_appeal.main_button.click()
    assert "另一人替岗（成立，已撤销）" in judge.records.facts.words


def test_an_anomaly_is_judged_by_key(open_window: Open, bureau: Bureau) -> None:
    case_id = bureau.orders()[0].case_id
    with bureau.store.work("test.visit", bureau.as_role(REVIEWER)) as work:
        add_event(work, case_locked(work, case_id), "visit", day=business_date(work.now) - timedelta(days=5))
        work.audit("test")
    inspect(bureau.store, case_id=case_id, policy=bureau.policy)
    window = open_window(MANAGER)
    press(Qt.Key.Key_2, ALT)
    assert "12月1日补录11月26日的现场勘查" in window.anomalies.facts.words
    press(Qt.Key.Key_F7)
    window.deeds.verdict.form.focus("text")
    write("雨天推迟，记录属实")
    assert window.anomalies.table.rows == ()
    window.ended_button.click()
    assert "情况正常" in window.anomalies.facts.words


def test_messages_are_put_away_and_counted(open_window: Open, bureau: Bureau) -> None:
    window = open_window(REVIEWER)
    assert window.tabs[3].text() == "提醒（1）  Alt+4"
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_D, CONTROL)
    assert window.tabs[3].text() == "提醒  Alt+4"
    assert not window.notices.see_all_button.isEnabled()


def test_what_others_do_is_shown(open_window: Open, bureau: Bureau, changed: Callable[[str], None]) -> None:
    window = open_window(MANAGER)
    reply(bureau.store, bureau.as_role(REVIEWER), order_id=bureau.orders()[0].id, text="已办")
    changed("supervision")
    assert text(window, 0, 2) == "已回复，待核销"


def test_the_paper_of_a_card_is_looked_at(open_window: Open) -> None:
    window = open_window(MANAGER)
    press(Qt.Key.Key_P, CONTROL)
    (dialog,) = window.findChildren(QDialog)
    assert "督办通知单（黄牌）" in dialog.windowTitle()


def test_a_list_is_exported(open_window: Open, tmp_path: Path) -> None:
    window = open_window(MANAGER)
    window.export(str(tmp_path / "督办"))
    sheet = load_workbook(tmp_path / "督办.xlsx").active
    assert sheet is not None
    assert sheet["A2"].value == "黄牌"


@pytest.mark.parametrize("size", [(1180, 680), (1366, 768), (1920, 1080)])
def test_the_screen_fits(open_window: Open, size: tuple[int, int]) -> None:
    window = open_window(MANAGER)
    window.resize(*size)
    assert window.size().toTuple() == size
    for number in range(4):
        window.show_page(number)
        cut = [each.text() for each in window.findChildren(QPushButton) if each.isVisible() and _cut(each)]
        assert cut == []


def _cut(button: QPushButton) -> bool:
    return button.width() < button.sizeHint().width()
