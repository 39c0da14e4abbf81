"""The desk: a case goes from hand to hand by keyboard alone; what is missing is told, clocks are weighed first."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.catalogue import Limit
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.windows.desk import Desk
from hall.windows.desk_acts import ActPanel
from hall.windows.desk_clock_panels import ExtendPanel, SuspendPanel
from hall.windows.desk_steps import StepsPanel
from hall.windows.desk_supplement_panels import AskPanel
from hall.windows.kit.forms import Form
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.review.bureau import Bureau

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OpenDesk = Callable[[str], Desk]


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    """A bureau with its people and no cases."""
    found = Bureau(store, clock, home)
    found.employ()
    return found


@pytest.fixture
def open_desk(bureau: Bureau, store: Store, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> OpenDesk:
    """The desk of somebody, in front."""

    def open_one(login: str) -> Desk:
        front = front_of(store, bureau.people[login])
        desk = Desk(front, InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        qtbot.addWidget(desk)
        with qtbot.waitActive(desk):
            desk.show()
        return desk

    return open_one


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk, key, modifier)


def panel_of(desk: Desk, kind: type[ActPanel]) -> ActPanel:
    panel = desk.panel
    assert isinstance(panel, kind)
    return panel


def fill(panel: ActPanel, **values: str) -> None:
    form = panel.findChild(Form)
    assert form is not None
    for key, value in values.items():
        form.set_text(key, value)


def confirm(desk: Desk) -> None:
    """Enter on the main button."""
    assert desk.panel is not None
    desk.panel.main_button.setFocus()
    press(desk, Qt.Key.Key_Return)


def state_of(bureau: Bureau, case_id: int) -> str:
    return bureau.desk("boss").desk_file(case_id).state


def test_a_case_goes_from_the_counter_to_a_decision_by_keyboard(bureau: Bureau, open_desk: OpenDesk) -> None:
    case_id = bureau.accepted(bureau.publish("DESK1"))
    clerk = open_desk("clerk")
    clerk.open_case(case_id)
    press(clerk, Qt.Key.Key_F10)
    confirm(clerk)
    assert "交接单" in clerk.message.words
    reviewer = open_desk("reviewer")
    assert reviewer.lists.chosen is not None
    assert reviewer.lists.chosen.code == "to_take"
    assert reviewer.page.file is not None
    assert reviewer.page.file.case_id == case_id
    press(reviewer, Qt.Key.Key_F2)
    press(reviewer, Qt.Key.Key_Return)
    assert state_of(bureau, case_id) == "reviewing"
    press(reviewer, Qt.Key.Key_Return, CONTROL)
    fill(panel_of(reviewer, ActPanel), reasons="材料真实，不影响通行")
    confirm(reviewer)
    assert state_of(bureau, case_id) == "examining"
    head = open_desk("head")
    assert head.lists.chosen is not None
    assert head.lists.chosen.code == "to_examine"
    press(head, Qt.Key.Key_Return, CONTROL)
    fill(panel_of(head, ActPanel), text="同意审查意见")
    confirm(head)
    assert state_of(bureau, case_id) == "approving"
    approver = open_desk("approver")
    press(approver, Qt.Key.Key_Return, CONTROL)
    fill(panel_of(approver, ActPanel), opinion="同意")
    confirm(approver)
    assert state_of(bureau, case_id) == "decided"
    assert "准予" in approver.message.words


def test_what_stands_in_the_way_is_grey_and_told(bureau: Bureau, open_desk: OpenDesk) -> None:
    bureau.under_review(bureau.publish("DESK2", site_visit=True))
    desk = open_desk("reviewer")
    assert not desk.foot.buttons["propose"].isEnabled()
    assert "还没有勘查记录" in desk.foot.why_not
    press(desk, Qt.Key.Key_Return, CONTROL)
    assert desk.panel is None


def test_a_site_visit_is_booked_and_recorded_by_two(bureau: Bureau, open_desk: OpenDesk, clock: FixedClock) -> None:
    case_id = bureau.under_review(bureau.publish("DESK3", site_visit=True))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_1, CONTROL)
    fill(panel_of(desk, StepsPanel), at="2026-11-24 09:30", place="向阳路18号")
    confirm(desk)
    assert "已预约" in desk.message.words
    clock.instant += timedelta(days=1, hours=3)
    desk.reload()
    press(desk, Qt.Key.Key_1, CONTROL)
    panel = panel_of(desk, StepsPanel)
    fill(panel, findings="位置与申请一致", began="2026-11-24 09:30", ended="2026-11-24 10:00")
    confirm(desk)
    assert desk.panel is not None, "one officer is not enough, and nothing was sent"
    fill(panel, first=str(bureau.id_of("reviewer")), second=str(bureau.id_of("other")))
    confirm(desk)
    assert "核查记录" in desk.message.words
    assert bureau.desk("reviewer").desk_file(case_id).records.visits[0].passed


def test_both_clocks_are_shown_before_and_after_a_procedure(bureau: Bureau, open_desk: OpenDesk) -> None:
    case_id = bureau.under_review(bureau.publish("DESK4", statutory=Limit(10, "workday"), promised=Limit(5, "workday")))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_F6)
    panel = panel_of(desk, SuspendPanel)
    assert isinstance(panel, SuspendPanel)
    fill(panel, procedure="expert_review", days="10", reason="结构复杂")
    lines = {line[0]: line for line in panel.what_if.lines}
    assert lines["法定时限"][3] == lines["承诺时限"][3] == "+9 工作日", "today is day 0 of both clocks"
    assert state_of(bureau, case_id) == "reviewing", "nothing is written by weighing"
    confirm(desk)
    assert state_of(bureau, case_id) == "suspended"
    assert "告知书" in desk.message.words
    press(desk, Qt.Key.Key_F6, SHIFT)
    fill(panel_of(desk, ActPanel), result="同意方案")
    confirm(desk)
    assert state_of(bureau, case_id) == "reviewing"


def test_an_extension_is_weighed_and_beyond_its_maximum_refused(bureau: Bureau, open_desk: OpenDesk) -> None:
    case_id = bureau.under_review(bureau.publish("DESK5", statutory=Limit(10, "workday")))
    desk = open_desk("approver")
    desk.open_case(case_id)
    press(desk, Qt.Key.Key_F7)
    panel = panel_of(desk, ExtendPanel)
    assert isinstance(panel, ExtendPanel)
    fill(panel, statutory="11")
    assert not panel.what_if.lines
    assert "10" in panel.what_if.words.text()
    fill(panel, statutory="10", reason="情况复杂")
    assert panel.what_if.lines[0][3] == "+10 工作日"
    confirm(desk)
    assert "延期决定" in desk.message.words


def test_a_supplement_in_review_is_told_in_one_notice(bureau: Bureau, open_desk: OpenDesk) -> None:
    case_id = bureau.under_review(bureau.publish("DESK6"))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_F8)
    panel = panel_of(desk, AskPanel)
    assert isinstance(panel, AskPanel)
    confirm(desk)
    assert desk.panel is panel, "a notice without a line is not sent"
    for defect in ("没有签字", "比例不对"):
        panel.line.set_text("defect", defect)
        panel.line.set_text("requirement", "重新提交")
        press(desk, Qt.Key.Key_J, CONTROL)
    assert len(panel.items) == 2
    confirm(desk)
    assert "补正告知书" in desk.message.words
    press(desk, Qt.Key.Key_F8, SHIFT)
    confirm(desk)
    assert "收齐" in desk.message.words
    assert all(each.closed_on for each in bureau.desk("boss").desk_file(case_id).records.supplements)


def test_a_refusal_leaves_the_panel_with_what_was_typed(bureau: Bureau, open_desk: OpenDesk) -> None:
    case_id = bureau.under_review(bureau.publish("DESK7"))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_Return, CONTROL)
    panel = panel_of(desk, ActPanel)
    fill(panel, reasons="可以", valid_from="2026-12-31", valid_until="2026-12-01")
    confirm(desk)
    assert desk.panel is panel
    assert "早于起始日期" in desk.message.words
    assert state_of(bureau, case_id) == "reviewing"
    press(desk, Qt.Key.Key_Escape)
    assert desk.panel is None


def test_a_hearing_goes_its_steps(bureau: Bureau, open_desk: OpenDesk) -> None:
    case_id = bureau.under_review(bureau.publish("DESK8"))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_2, CONTROL)
    fill(panel_of(desk, StepsPanel), subject="占道位置")
    confirm(desk)
    press(desk, Qt.Key.Key_2, CONTROL)
    confirm(desk)
    assert "听证申请" in desk.message.words
    assert bureau.desk("boss").desk_file(case_id).records.hearings[0].state == "asked"


def test_a_reload_keeps_the_case_and_the_open_panel(bureau: Bureau, open_desk: OpenDesk) -> None:
    first, second = (bureau.under_review(bureau.publish(code)) for code in ("DESK9", "DESK10"))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_Down)
    assert desk.page.file is not None
    assert desk.page.file.case_id == second
    press(desk, Qt.Key.Key_Return, CONTROL)
    fill(panel_of(desk, ActPanel), reasons="正在写")
    desk.reload()
    assert desk.page.file.case_id == second
    form = panel_of(desk, ActPanel).findChild(Form)
    assert form is not None
    assert form.text("reasons") == "正在写"
    assert first != second


def test_a_due_date_explains_itself_at_the_desk(bureau: Bureau, open_desk: OpenDesk) -> None:
    bureau.under_review(bureau.publish("DESK11"))
    desk = open_desk("reviewer")
    press(desk, Qt.Key.Key_Y, CONTROL)
    assert desk.explanation.isVisible()
    press(desk, Qt.Key.Key_Escape)
    assert not desk.explanation.isVisible()
