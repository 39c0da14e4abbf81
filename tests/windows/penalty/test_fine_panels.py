"""A fine after its decision through the window's own panels: parts, what was added, a decision that was wrong."""

from datetime import date

import pytest

from hall.services import agreements, penalty_corrections
from hall.services.penalty_remedies import RemedyEnd
from hall.windows.penalty_fine_days import FineDays
from hall.windows.penalty_fine_panels import AgreePanel, DeferPanel
from hall.windows.penalty_plan_fields import adding_up, count_fault, plan_fault
from tests.services.penalties.office import FINE, Office
from tests.services.penalties.test_fines import owed
from tests.services.penalties.test_remedies_of_party import begin, end
from tests.windows.penalty.desk import Desk, enter, fill, leave


def test_instalments_are_asked_for_and_granted_by_the_keyboard(office: Office, desk: Desk) -> None:
    case_id = office.served()
    panel = desk.open("clerk", case_id, "defer")
    assert isinstance(panel, DeferPanel)
    assert "未缴的罚款 ¥3,000.00。从今天到答复之日不加处罚款。" in panel.about.text()
    fill(panel, hardship="家里有重病病人，收入只够生活", proof="社区居民委员会的证明")
    assert panel.form.text("plan").splitlines() == ["2026-12-23 1000.00", "2027-01-23 1000.00", "2027-02-23 1000.00"]
    fill(panel, plan="2026-12-23 1000\n2027-01-25 1500")
    panel.submit()
    assert "比应缴的 ¥3,000.00 少 ¥500.00" in panel.form.wrong("plan")
    fill(panel, plan="2026-12-23 1000\n2027-01-25 2000")
    enter(panel)
    assert "已收下分期缴纳申请" in desk.said
    decided = desk.open("approver", case_id, "defer_decide")
    assert "第 2 期　2027-01-25 周一　¥2,000.00" in decided.request.text()  # type: ignore[attr-defined]
    enter(decided)
    assert "已批准" in desk.said
    assert owed(office, case_id).plan_ends_on == date(2027, 1, 25)


def test_one_day_for_all_is_a_deferral_and_its_refusal_needs_reasons(office: Office, desk: Desk) -> None:
    case_id = office.served()
    panel = desk.open("clerk", case_id, "defer")
    fill(panel, kind="deferral", hardship="困难", proof="证明")
    assert panel.form.text("plan") == "2026-12-23 3000.00"
    enter(panel)
    decided = desk.open("approver", case_id, "defer_decide")
    fill(decided, answer="refuse")
    decided.submit()
    assert decided.form.wrong("reasons") == "请填写理由。"
    fill(decided, reasons="经核对收入正常")
    decided.submit()
    assert "已不予批准" in desk.said
    assert owed(office, case_id).plan == ""


def test_an_agreement_waives_of_the_addition_alone(office: Office, desk: Desk) -> None:
    case_id = office.served()
    office.on(date(2026, 12, 14))
    panel = desk.open("reviewer", case_id, "agree")
    assert isinstance(panel, AgreePanel)
    assert "未缴罚款本金 ¥3,000.00，不减免。到昨天为止加处 ¥900.00" in panel.about.text()
    fill(panel, remedies="已恢复人行道原状", waived="901")
    panel.submit()
    assert panel.form.wrong("waived") == "最多减免 ¥900.00，本金不减。"
    fill(panel, waived="900")
    assert panel.form.text("plan").splitlines() == ["2027-01-13 1500.00", "2027-02-13 1500.00"]
    leave(panel, "plan")
    assert "执行协议已拟定" in desk.said
    agreements.approve(office.store, office.actor("approver"), case_id=case_id, home=office.home)
    now = owed(office, case_id)
    assert (now.principal_left_fen, now.added_left_fen) == (FINE, 0)
    office.on(date(2027, 1, 14))
    broken = desk.open("reviewer", case_id, "breach")
    fill(broken, note="第1期未缴")
    enter(broken)
    assert "恢复计算加处罚款" in desk.said


def test_a_review_stops_the_count_and_what_it_varies_is_varied_by_its_number(office: Office, desk: Desk) -> None:
    case_id = office.served()
    office.on(date(2026, 12, 8))
    begun = desk.open("lawyer", case_id, "remedy_begin")
    fill(begun, body="莲城区人民政府", number="莲府复受〔2026〕7号")
    enter(begun)
    assert "已登记行政复议，2026-12-08起不计算加处罚款" in desk.said
    ended = desk.open("lawyer", case_id, "remedy_end")
    assert "莲城区人民政府　莲府复受〔2026〕7号" in ended.running.text()  # type: ignore[attr-defined]
    fill(ended, outcome="varied", title="莲府复决〔2026〕3号")
    enter(ended)
    varied = desk.open("approver", case_id, "vary")
    assert "2026-12-08 变更处罚　莲府复决〔2026〕3号" in varied.by.text()  # type: ignore[attr-defined]
    fill(varied, amount="1000", reasons="罚款变更为一千元")
    varied.submit()
    assert "已照文书变更罚款数额" in desk.said
    assert owed(office, case_id).principal_fen == 100_000


def test_a_reminder_and_a_correction_are_registered(office: Office, desk: Desk) -> None:
    case_id = office.served()
    office.on(date(2026, 12, 8))
    reminded = desk.open("reviewer", case_id, "remind")
    fill(reminded, note="催告书〔2026〕1号，直接送达")
    enter(reminded)
    assert "已登记催告" in desk.said
    corrected = desk.open("approver", case_id, "correct")
    fill(corrected, wrong="罚款3000元", right="罚款300元", reasons="笔误")
    corrected.submit()
    assert penalty_corrections.NoSlipOfThePen().sentence in desk.said
    fill(corrected, wrong="向阳路1号", right="向阳路10号")
    corrected.submit()
    assert "更正书" in desk.said


def test_a_decision_that_a_review_revoked_is_revoked_by_its_number_and_asks_for_no_ground(
    office: Office, desk: Desk
) -> None:
    case_id = office.served()
    office.on(date(2026, 12, 8))
    begin(office, case_id)
    end(office, case_id, RemedyEnd("revoked", date(2026, 12, 8), "莲府复决〔2026〕3号"))
    panel = desk.open("approver", case_id, "revoke")
    assert "撤销决定　莲府复决〔2026〕3号" in panel.by.text()  # type: ignore[attr-defined]
    fill(panel, reasons="复议机关认定没有告知听证权利")
    panel.submit()
    assert desk.said.endswith("处罚决定已撤销。")
    assert office.decision_of(case_id).title == "莲府复决〔2026〕3号"


@pytest.mark.parametrize(("text", "good"), [("3", True), ("0", False), ("37", False), ("三", False), ("²", False)])
def test_a_plan_has_between_one_and_three_years_of_parts(text: str, good: bool) -> None:
    assert (count_fault(text) == "") == good


def test_a_line_that_is_no_part_is_said_with_its_number() -> None:
    assert plan_fault("2026-12-23 1000") == ""
    assert plan_fault("明年 1000").startswith("第1行")
    assert adding_up("明年 1000", 5).startswith("第1行")


def test_the_addition_is_shown_day_by_day_with_what_was_left_out(office: Office, desk: Desk) -> None:
    case_id = office.served()
    office.on(date(2026, 12, 9))
    begin(office, case_id, on=date(2026, 12, 5))
    end(office, case_id, RemedyEnd("upheld", date(2026, 12, 7), "莲府复决〔2026〕3号"))
    desk.open("clerk", case_id, "notice")
    desk.window.position.shown.explain(True)
    shown = desk.window.findChild(FineDays)
    assert shown is not None
    assert shown.rows == (
        ("2026-12-04 周五", "1", "¥90.00", "¥90.00"),
        ("2026-12-05 至 2026-12-07　行政复议期间不计（行政处罚法第七十三条第三款）",),
        ("2026-12-08 周二", "2", "¥90.00", "¥180.00"),
        ("2026-12-09 周三", "3", "¥90.00", "¥270.00"),
    )
