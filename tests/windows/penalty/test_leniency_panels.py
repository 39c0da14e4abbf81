"""Leniency before a decision through the window's own panels, by the keyboard: each by whom it belongs to."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox
from sqlalchemy import select

from hall.services.leniency import NewLeniency
from hall.services.leniency_front import LeniencyFront
from hall.services.papers_leniency import Evidence
from hall.store.schema.leniency import LeniencyEvidence, LeniencyRequest
from hall.windows.penalty_examine_panel import ExaminePanel
from hall.windows.penalty_leniency_panels import ApplyPanel, evidence_fault, evidence_of
from tests.services.penalties.office import Office
from tests.windows.keyboard import commit, focused, press, press_until
from tests.windows.penalty.desk import Desk

CORRECTED = {"corrected_on": date(2026, 11, 5)}
ASKED = NewLeniency(
    wanted="none", limbs=("first_time",), facts="当日即收回全部材料并清理地面", first_time=True, evidence=()
)


def request_of(office: Office, case_id: int) -> LeniencyRequest:
    query = select(LeniencyRequest).where(LeniencyRequest.case_id == case_id).order_by(LeniencyRequest.id.desc())
    with office.store.read() as session:
        return session.scalars(query.limit(1)).one()


def test_a_request_is_taken_by_the_keyboard_alone(office: Office, desk: Desk) -> None:
    case_id = office.registered(**CORRECTED)
    panel = desk.open("clerk", case_id, "leniency_apply")
    assert isinstance(panel, ApplyPanel)
    assert "没有查到同一种违法" in panel.told.text()
    press(Qt.Key.Key_Return)
    assert isinstance(focused(), QCheckBox)
    press_until(Qt.Key.Key_Return, lambda: "初次违法" in focused().accessibleName())
    press(Qt.Key.Key_Space)
    assert "初次违法：记录具备，没有查到以往违法" in panel.wanting.text()
    assert "危害后果轻微：应有现场照片" in panel.wanting.text()
    press_until(Qt.Key.Key_Return, lambda: not isinstance(focused(), QCheckBox))
    commit("当日即收回全部材料")
    press(Qt.Key.Key_Return)
    assert panel.form.text("correction") == "2026-11-05 已改正"
    press(Qt.Key.Key_Return)
    commit("整改照片 2")
    press(Qt.Key.Key_Return, times=2)
    assert panel.form.wrong("first_time") == "选了初次违法的，请当事人声明后勾选。"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert "减免申请 莲城管罚免申〔2026〕第0001号 已收" in desk.said
    assert request_of(office, case_id).correction == "2026-11-05 已改正"
    with office.store.read() as session:
        assert [(row.name, row.pages) for row in session.scalars(select(LeniencyEvidence))] == [("整改照片", 2)]


def test_what_the_record_rules_out_is_not_offered(office: Office, desk: Desk) -> None:
    panel = desk.open("clerk", office.registered(**CORRECTED), "leniency_apply")
    assert isinstance(panel, ApplyPanel)
    offered = {tick.accessibleName() for tick in panel.limbs.findChildren(QCheckBox) if tick.isVisible()}
    assert not any("十四周岁" in each or "二年" in each for each in offered)
    panel.choosing.set_text("wanted", "reduced")
    QApplication.processEvents()
    offered = {tick.accessibleName() for tick in panel.limbs.findChildren(QCheckBox) if tick.isVisible()}
    assert any("第三十二条第一项" in each for each in offered)
    assert not any("第三十三条" in each for each in offered)


def test_nothing_ticked_is_no_request(office: Office, desk: Desk) -> None:
    panel = desk.open("clerk", office.registered(**CORRECTED), "leniency_apply")
    panel.form.set_text("facts", "当日即收回全部材料")
    panel.submit()
    assert isinstance(panel, ApplyPanel)
    assert "至少勾选" in panel.told.text()
    assert desk.said == ""


def test_limbs_are_examined_element_by_element(office: Office, desk: Desk) -> None:
    case_id = office.registered(**CORRECTED)
    LeniencyFront(office.store, office.actor("clerk"), office.home).apply(case_id, ASKED)
    panel = desk.open("reviewer", case_id, "examine")
    assert isinstance(panel, ExaminePanel)
    assert panel.choosing.text("limb") == "first_time"
    assert "申请不予处罚" in panel.told.text()
    assert "可以不予处罚" in panel.listed.text()
    assert [block.code for block in panel.elements.blocks] == ["slight_harm", "corrected", "not_excluded"]
    press(Qt.Key.Key_Return)
    for _ in range(3):
        assert isinstance(focused(), QComboBox)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        commit("现场照片")
        press(Qt.Key.Key_Return)
    commit("情形成立，证据充分")
    press(Qt.Key.Key_Return)
    assert "符合“初次违法且危害后果轻微并及时改正”" in desk.said
    assert request_of(office, case_id).limb == "first_time"


def test_what_was_found_of_one_limb_stays_while_another_is_looked_at(office: Office, desk: Desk) -> None:
    case_id = office.registered(**CORRECTED)
    panel = desk.open("reviewer", case_id, "examine")
    assert isinstance(panel, ExaminePanel)
    assert "依职权审查" in panel.told.text()
    for limb in ("removed", "slight"):
        panel.choosing.set_text("limb", limb)
        for block in panel.elements.blocks:
            block.form.set_text("finding", "satisfied")
            block.form.set_text("evidence", "复查记录")
    panel.choosing.set_text("limb", "first_time")
    found = {block.code: block.finding.status for block in panel.elements.blocks}
    assert found == {"slight_harm": "unknown", "corrected": "satisfied", "not_excluded": "unknown"}
    panel.form.set_text("opinion", "情形成立，证据充分")
    panel.submit()
    assert "符合“违法行为轻微并及时改正，没有造成危害后果”、“主动消除或者减轻违法行为危害后果”" in desk.said


def test_a_finding_without_evidence_is_asked_for_it(office: Office, desk: Desk) -> None:
    panel = desk.open("reviewer", office.registered(**CORRECTED), "examine")
    assert isinstance(panel, ExaminePanel)
    panel.choosing.set_text("limb", "coerced")
    block = panel.elements.blocks[0]
    block.form.set_text("finding", "not")
    panel.form.set_text("opinion", "没有这种情形")
    panel.submit()
    assert block.form.wrong("evidence") == "请写明依据的证据。"
    assert desk.said == ""


def test_what_the_record_settles_is_told_and_not_asked(office: Office, desk: Desk) -> None:
    panel = desk.open("reviewer", office.registered(), "examine")
    assert isinstance(panel, ExaminePanel)
    panel.choosing.set_text("limb", "slight")
    assert [block.code for block in panel.elements.blocks] == ["slight", "no_harm"]
    panel.choosing.set_text("limb", "under_fourteen")
    assert panel.elements.blocks == ()
    panel.begin()
    press(Qt.Key.Key_Return)
    assert focused().accessibleName() == "审查意见"


def test_a_refusal_begins_with_a_draft_and_is_finished_by_a_person(office: Office, desk: Desk) -> None:
    case_id = office.registered(**CORRECTED)
    LeniencyFront(office.store, office.actor("clerk"), office.home).apply(case_id, ASKED)
    panel = desk.open("reviewer", case_id, "examine")
    assert isinstance(panel, ExaminePanel)
    panel.elements.blocks[0].form.set_text("finding", "not")
    panel.elements.blocks[0].form.set_text("evidence", "询问笔录")
    panel.form.set_text("opinion", "危害后果不轻微")
    panel.submit()
    assert "没有具备全部条件的情形" in desk.said
    panel = desk.open("approver", case_id, "leniency_refuse")
    draft = panel.form.text("reasons")
    assert "“危害后果轻微”不具备" in draft
    panel.submit()
    assert panel.form.wrong("reasons") == "请把【】换成结合本案的理由。"
    commit("占用盲道三日，行人绕行机动车道，危害后果不轻微")
    assert panel.form.text("reasons") == f"{draft.partition('【')[0]}占用盲道三日，行人绕行机动车道，危害后果不轻微。"
    press(Qt.Key.Key_Return)
    assert "已答复不予减免" in desk.said
    assert request_of(office, case_id).state == "refused"


def test_a_request_is_withdrawn_with_a_reason(office: Office, desk: Desk) -> None:
    case_id = office.registered(**CORRECTED)
    LeniencyFront(office.store, office.actor("clerk"), office.home).apply(case_id, ASKED)
    desk.open("clerk", case_id, "leniency_withdraw")
    commit("改为申请从轻处罚")
    press(Qt.Key.Key_Return)
    assert desk.said.endswith("减免申请已撤回。")
    assert request_of(office, case_id).state == "withdrawn"


def test_a_case_of_the_simple_procedure_is_turned_into_a_general_one(office: Office, desk: Desk) -> None:
    case_id = office.registered(procedure="simple", filed_on=None)
    desk.open("reviewer", case_id, "to_general")
    commit("有从轻情形")
    press(Qt.Key.Key_Return)
    assert "已转为普通程序并立案" in desk.said
    assert office.case(case_id).filed_on == office.today


def test_education_is_recorded_line_by_line(office: Office, desk: Desk) -> None:
    case_id = office.registered(**CORRECTED)
    panel = desk.open("reviewer", case_id, "educate")
    assert "“擅自占用城市道路”的法律规定" in panel.form.text("explained")
    press(Qt.Key.Key_Return)
    commit("不再占用人行道")
    press(Qt.Key.Key_Return, times=2)
    assert "教育记录 莲城管罚教〔2026〕第0001号 正在打印" in desk.said
    assert office.events(case_id)[-1].note.endswith("当事人作出书面承诺")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("整改照片 2\n\n复查记录", (Evidence("整改照片", 2), Evidence("复查记录", 1))),
        ("11月5日 照片 3", (Evidence("11月5日 照片", 3),)),
        ("2", (Evidence("2", 1),)),
        ("", ()),
    ],
)
def test_a_piece_of_evidence_a_line(text: str, pieces: tuple[Evidence, ...]) -> None:
    assert evidence_of(text) == pieces
    assert evidence_fault(text) == ""


def test_no_piece_has_no_page() -> None:
    assert evidence_fault("照片 0") == "页数至少是 1。"
