"""Each lawful road from the window to its paper, by the keyboard alone, each step by whom it belongs to."""

from datetime import date

from PySide6.QtCore import Qt

from hall.services.publicity import begin
from hall.store.schema.penalties import PenaltyCase
from hall.windows.penalty_tools import PenaltyForm
from tests.services.penalties.office import Office
from tests.windows.penalty.conftest import SitDown
from tests.windows.penalty.hands import Hands

FINISHED = (
    "违法行为轻微，接到责令改正通知书当日清理完毕，没有造成危害后果，符合行政处罚法第三十三条第一款，应当不予处罚。"
)


def ask_for_leniency(clerk: Hands, number: str) -> None:
    """The party says that its act was slight."""
    clerk.find(number)
    assert clerk.page.shown.column.road_words[0].startswith("决定前：不予、减轻、从轻处罚　可以走")
    clerk.act("leniency_apply")
    clerk.go_to("申请结果")
    for _ in range(20):
        if clerk.focus.accessibleName().startswith("违法行为轻微"):
            break
        clerk.enter()
    clerk.press(Qt.Key.Key_Space)
    clerk.write("事实理由", "当天就清理了，没有影响通行")
    clerk.write("改正情况", "11月3日清理完毕")
    clerk.write("证据", "改正后照片 2")
    clerk.send()
    assert "已收，申请表正在打印" in clerk.said
    assert clerk.papers == ["leniency_application"]


def examine(officer: Hands, number: str, limb: str, *evidence: str) -> None:
    """Every element of a limb is shown by its evidence."""
    officer.find(number)
    officer.act("examine")
    officer.pick("情形", limb)
    officer.enter()
    for each in evidence:
        officer.choose("satisfied")
        officer.enter()
        officer.type(each)
        officer.enter()
    officer.type("各项要件都有证据证明，建议依法处理")
    officer.send()
    assert "审查已登记：符合" in officer.said


def test_before_the_decision_what_is_slight_is_not_punished(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered(corrected_on=date(2026, 11, 3), harm="none")
    number = office.case(case_id).number
    ask_for_leniency(sit_down("clerk"), number)

    officer = sit_down("reviewer")
    examine(officer, number, "slight", "现场检查笔录", "复查照片", "现场走访笔录")
    officer.act("educate")
    officer.send()
    assert "教育记录" in officer.said
    officer.act("propose")
    officer.write("证据", "现场检查笔录一份、照片四张")
    officer.write("理由", FINISHED)
    officer.send()
    assert "处罚意见已拟定：不予处罚" in officer.said

    approver = sit_down("approver")
    approver.find(number)
    approver.act("decide")
    approver.send()
    assert "已作出决定" in approver.said
    assert {"no_penalty", "leniency_review", "leniency_answer", "education_record"} <= set(approver.papers)
    file = approver.page.shown.file
    assert file is not None
    assert [each.kind for each in file.decisions] == ["none"]
    assert [each.state for each in file.requests] == ["granted"]


def test_before_the_decision_a_fine_may_be_reduced_below_the_minimum(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered(corrected_on=date(2026, 11, 3))
    number = office.case(case_id).number

    officer = sit_down("reviewer")
    examine(officer, number, "removed", "当事人陈述", "复查照片")
    officer.act("propose")
    officer.pick("结果", "reduced")
    officer.pick("法定情形", "removed")
    officer.write("罚款（元）", "300")
    officer.write("计算方法", "法定最低五百元，主动消除全部后果，减按三百元")
    officer.write("证据", "现场检查笔录一份、照片四张")
    officer.write("理由", "当事人接到通知前已主动清理并修复路面，消除了危害后果，依法应当减轻处罚。")
    officer.send()
    assert "处罚意见已拟定：减轻处罚" in officer.said
    officer.act("tell")
    officer.send()
    assert "告知书" in officer.said

    officer.act("defend")
    officer.go_to("明确放弃陈述申辩")
    officer.press(Qt.Key.Key_Space)
    officer.send()
    assert "放弃陈述申辩" in officer.said
    lawyer = sit_down("lawyer")
    lawyer.find(number)
    lawyer.act("legal")
    lawyer.write("审核意见", "情形有证据证明，同意减轻")
    lawyer.send()
    assert "法制审核已完成" in lawyer.said
    approver = sit_down("approver")
    approver.find(number)
    approver.act("decide")
    approver.send()
    assert "已作出决定" in approver.said
    assert "mitigated_penalty" in approver.papers
    file = approver.page.shown.file
    assert file is not None
    assert (file.decisions[0].fine_fen, file.decisions[0].result) == (30_000, "reduced")


def test_after_the_decision_a_fine_may_be_paid_in_parts(office: Office, sit_down: SitDown) -> None:
    case_id = office.served()
    number = office.decision_of(case_id).number

    clerk = sit_down("clerk")
    clerk.find(number)
    clerk.act("defer")
    clerk.write("经济困难", "家中有人重病住院，本月没有收入")
    clerk.write("困难证明", "社区居民委员会证明")
    clerk.send()
    assert "已收下" in clerk.said
    assert "defer" not in clerk.can

    approver = sit_down("approver")
    approver.find(number)
    approver.act("defer_decide")
    assert approver.draft() == ["暂缓（分期）缴纳罚款批准书"]
    approver.send()
    assert "已批准" in approver.said
    assert approver.papers == ["deferral"]
    file = approver.page.shown.file
    assert file is not None
    assert file.fine is not None
    assert (file.fine.balance_fen, file.fine.plan, len(file.fine.parts)) == (300_000, "deferral", 3)
    assert sum(part.fen for part in file.fine.parts) == 300_000


def test_what_was_added_may_be_waived_by_an_agreement_the_fine_itself_never(office: Office, sit_down: SitDown) -> None:
    case_id = office.served(on=date(2026, 10, 12), served_on=date(2026, 10, 14), due_on=date(2026, 10, 29))
    number = office.decision_of(case_id).number

    officer = sit_down("reviewer")
    officer.find(number)
    added = officer.page.shown.file
    assert added is not None
    assert added.fine is not None
    assert added.fine.added_fen > 0
    officer.act("agree")
    officer.write("补救措施", "已清理现场并修复路面")
    officer.write("减免数额", "9999")
    officer.send()
    panel = officer.page.deeds.panel
    assert isinstance(panel, PenaltyForm)
    assert "本金不减" in panel.form.wrong("waived")
    officer.write("减免数额", "500")
    officer.send()
    assert "执行协议已拟定" in officer.said

    approver = sit_down("approver")
    approver.find(number)
    approver.act("agree_decide")
    approver.send()
    assert "已批准" in approver.said
    assert approver.papers[0] == "execution_agreement"
    file = approver.page.shown.file
    assert file is not None
    assert file.fine is not None
    assert (file.fine.principal_fen, file.fine.waived_fen, file.fine.plan) == (300_000, 50_000, "agreement")


def test_a_wrong_decision_is_revoked_and_its_publication_comes_down(office: Office, sit_down: SitDown) -> None:
    case_id = office.served()
    decision = office.decision_of(case_id)
    with office.store.work("penalty.decide", office.actor("approver")) as work:
        begin(work, work.session.get_one(PenaltyCase, case_id), decision)
        work.audit(f"penalty:{case_id}")

    approver = sit_down("approver")
    approver.find(decision.number)
    approver.act("revoke")
    approver.write("理由", "复核发现占道行为已经城管部门批准，认定事实不清、主要证据不足")
    approver.send()
    assert "处罚决定已撤销" in approver.said
    assert approver.papers == ["penalty_revocation"]
    file = approver.page.shown.file
    assert file is not None
    assert (file.state, file.decisions[-1].kind) == ("revoked", "revoke")
    assert file.fine is not None
    assert file.fine.balance_fen == 0
    assert [each.overturned_on for each in file.publications] == [office.today]


def test_paying_goes_by_a_notice_with_the_treasury_s_code_and_nobody_takes_money(
    office: Office, sit_down: SitDown
) -> None:
    case_id = office.served()
    clerk = sit_down("clerk")
    clerk.find(office.decision_of(case_id).number)
    clerk.act("notice")
    clerk.write("缴款识别码", "61010026000012345678")
    clerk.send()
    assert "payment_notice" in clerk.papers
    clerk.find("61010026000012345678")
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == case_id
    assert "cash" not in clerk.can
