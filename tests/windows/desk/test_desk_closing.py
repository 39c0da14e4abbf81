"""Certificates and ends at the desk by keyboard: proposed from the decision, refused in words, followed by service."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from hall.services.deciding import Decision
from hall.windows.desk_closing_panels import CertifyPanel, EndPanel
from hall.windows.desk_service_panels import ServePanel
from tests.services.after.aftermath import Aftermath
from tests.windows.desk.hands import Hands
from tests.windows.keyboard import CONTROL

AtDesk = Callable[[str], Hands]
FOR_HALF_A_YEAR = Decision(
    "granted", "同意", conditions="不超过划定范围", valid_from=date(2026, 11, 23), valid_until=date(2027, 5, 31)
)


def certifying(hands: Hands) -> CertifyPanel:
    hands.press(Qt.Key.Key_F2)
    panel = hands.desk.panel
    assert isinstance(panel, CertifyPanel)
    return panel


def test_a_certificate_is_made_as_it_was_decided(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.decided(bureau.licence(), decision=FOR_HALF_A_YEAR)
    hands = at_desk("clerk")
    assert "证件还没有制作" in hands.desk.foot.why_not
    panel = certifying(hands)
    proposed = {key: panel.form.text(key) for key in ("scope", "conditions", "valid_from", "valid_to")}
    assert proposed == {
        "scope": "向阳路18号门前",
        "conditions": "不超过划定范围。",
        "valid_from": "2026-11-23",
        "valid_to": "2027-05-31",
    }
    assert "最长到 2027-11-23" in panel.told.text()
    hands.enter(4)
    hands.type("12平方米")
    hands.confirm()
    assert "有效期至 2027-05-31。请连同决定书送达" in hands.said
    (made,) = bureau.certificates().of_case(case_id)
    assert made.valid_to == date(2027, 5, 31)


def test_a_term_that_is_too_long_is_refused_and_can_be_mended(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.decided(bureau.licence())
    hands = at_desk("clerk")
    panel = certifying(hands)
    panel.form.focus("valid_to")
    hands.type("2028-01-01")
    hands.confirm()
    assert "2027-11-23" in hands.said
    assert hands.desk.panel is panel
    panel.form.focus("valid_to")
    hands.type("2027-06-30")
    hands.confirm()
    assert bureau.certificates().of_case(case_id)[0].valid_to == date(2027, 6, 30)


def test_without_a_term_its_end_or_none_is_said(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.decided(bureau.licence(validity_months=None, validity="批准文件载明"))
    hands = at_desk("clerk")
    panel = certifying(hands)
    hands.confirm()
    assert "或勾选长期有效" in panel.form.wrong("valid_to")
    panel.form.focus("unlimited")
    hands.press(Qt.Key.Key_Space)
    hands.confirm()
    assert "长期有效" in hands.said
    assert bureau.certificates().of_case(case_id)[0].valid_to is None


def test_a_matter_without_certificate_says_so(bureau: Aftermath, at_desk: AtDesk) -> None:
    bureau.decided(bureau.publish("K9", certificate_name=""))
    hands = at_desk("clerk")
    panel = certifying(hands)
    assert "不发证件" in panel.told.text()
    hands.confirm()
    assert hands.desk.panel is panel, "nothing was sent"


def test_an_application_is_withdrawn_served_and_waits_for_the_archive(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.under_review(bureau.publish("W1"))
    hands = at_desk("reviewer")
    assert hands.shows(case_id)
    hands.press(Qt.Key.Key_8, CONTROL)
    assert isinstance(hands.desk.panel, EndPanel)
    hands.type("申请人来函，活动取消")
    hands.confirm()
    assert "请送达申请人后归档" in hands.said
    assert (bureau.case(case_id).state, hands.desk.foot.buttons["archive"].isEnabled()) == ("withdrawn", False)
    assert all(clock.state == "stopped" for clock in bureau.clocks(case_id))
    hands.press(Qt.Key.Key_F3)
    assert isinstance(hands.desk.panel, ServePanel)
    hands.enter(2)
    hands.type("张测明")
    hands.confirm()
    assert "全部送达，可以归档" in hands.said


def test_a_case_is_terminated_only_on_a_limb_that_the_records_show(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.under_review(bureau.publish("T1"))
    hands = at_desk("head")
    hands.desk.open_case(case_id)
    hands.press(Qt.Key.Key_9, CONTROL)
    panel = hands.desk.panel
    assert isinstance(panel, EndPanel)
    hands.press(Qt.Key.Key_Down, times=2)
    assert "补正期限过了才能终止" in panel.limb_words.text()
    hands.enter()
    hands.type("多次通知未补正")
    hands.confirm()
    assert "没有在等的期限" in hands.said
    assert panel.form.text("reason") == "多次通知未补正"
    panel.form.focus("limb")
    hands.press(Qt.Key.Key_Down, times=2)
    hands.confirm()
    assert "通知书" in hands.said
    assert bureau.case(case_id).state == "terminated"


def test_a_case_is_taken_up_again_and_its_days_are_not_left_out(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.under_review(bureau.publish("R1"))
    due = bureau.running(case_id)["statutory"].due_on
    bureau.closing().withdraw(case_id, "误点")
    bureau.days_on(2)
    hands = at_desk("boss")
    hands.desk.open_case(case_id)
    hands.press(Qt.Key.Key_0, CONTROL)
    hands.confirm()
    assert bureau.case(case_id).state == "withdrawn", "the reason is asked for"
    hands.type("申请人没有撤回")
    hands.confirm()
    assert "回到审查中" in hands.said
    assert f"法定时限 {due}" in hands.said
    assert hands.shows(case_id)


def test_false_materials_bar_the_applicant_where_safety_is_touched(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.denied(bureau.licence(safety=True))
    hands = at_desk("approver")
    hands.desk.open_case(case_id)
    hands.press(Qt.Key.Key_F8)
    hands.type("产权证明系伪造")
    hands.confirm()
    assert "2027-11-23 以前不再受理" in hands.said
    button = hands.desk.foot.buttons["bar"]
    assert not button.isEnabled()
    assert "已经登记禁止申请期间" in button.toolTip()


@pytest.mark.parametrize("login", ["clerk", "reviewer"])
def test_what_the_role_may_not_do_is_not_offered(bureau: Aftermath, at_desk: AtDesk, login: str) -> None:
    bureau.decided(bureau.licence())
    hands = at_desk(login)
    assert not {"terminate", "reopen", "bar"} & hands.desk.foot.buttons.keys()
    assert {"certify", "serve", "tell", "finish"} <= hands.desk.foot.buttons.keys()
