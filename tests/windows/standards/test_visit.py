"""服务标准 by the keyboard: a check from the step to its verification; training; a qualification that has run out."""

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from tests.services.standards_story import Story
from tests.windows.keyboard import ALT, CONTROL, fill, overwrite, press
from tests.windows.sitting import Sitting


def test_a_fault_is_found_corrected_and_verified(seat: Sitting, story: Story) -> None:
    clerk = str(story.id_of("clerk"))
    seat.sit("head", "作业标准")
    seat.choose("permit")
    press(Qt.Key.Key_Down, times=2)
    assert "一次告知，出具补正告知书" in seat.facts
    press(Qt.Key.Key_F3)
    fill(clerk, "1", "", "on_site", "not_met", "没有一次告知全部材料")
    assert seat.draft() == ["岗位抽查记录单"]
    fill("")
    assert "抽查已登记，记录单 莲城管准检〔2026〕第0001号 正在打印" in seat.said

    seat.sit("clerk", "抽查")
    assert seat.window.tabs[1].text().startswith("抽查（1）")
    assert seat.offered == ["correct", "state"]
    press(Qt.Key.Key_F6)
    fill("当时排队的人很多")
    press(Qt.Key.Key_Return)
    fill("已补发补正告知书")
    assert "由另一位负责人核验" in seat.said
    assert seat.offered == ["state"]

    seat.sit("head", "抽查")
    assert seat.offered == []
    seat.sit("boss", "抽查")
    press(Qt.Key.Key_Return)
    fill("again", "日期写错了", "")
    assert "前再整改" in seat.said
    assert "日期写错了" in seat.facts
    seat.sit("clerk", "抽查")
    press(Qt.Key.Key_Return)
    fill("已更正日期")
    seat.sit("boss", "抽查")
    press(Qt.Key.Key_Return)
    fill("passed", "属实")
    assert "核验通过，抽查办结" in seat.said
    press(Qt.Key.Key_0, ALT)
    assert "卫建平" in seat.facts


def test_a_wrong_check_is_voided_and_stays_to_be_read(seat: Sitting, story: Story) -> None:
    story.check()
    seat.sit("head", "抽查")
    assert seat.offered == []
    seat.sit("boss", "抽查")
    assert "（" not in seat.window.tabs[1].text()
    assert seat.offered == ["void"]
    press(Qt.Key.Key_F7)
    fill("查错了人")
    assert "对周玉兰的抽查已作废" in seat.said
    assert seat.count() == 0
    press(Qt.Key.Key_0, ALT)
    assert seat.offered == []
    assert "卫建平　不计入统计\n作废原因 查错了人" in seat.facts


def test_an_instruction_is_found_printed_and_exported(seat: Sitting, tmp_path: Path) -> None:
    seat.sit("clerk", "作业标准")
    press(Qt.Key.Key_K, CONTROL)
    overwrite("占道位置")
    seat.qtbot.waitUntil(lambda: seat.count() == 1)
    press(Qt.Key.Key_Return)
    assert seat.offered == ["print"]
    press(Qt.Key.Key_F4)
    assert "的作业指导书 莲城管准作〔2026〕第0001号 正在打印" in seat.said
    seat.window.export(str(tmp_path / "steps.xlsx"))
    sheet = load_workbook(tmp_path / "steps.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][2] == "核对占道位置和面积"


def test_a_post_is_trained_one_record_corrected_and_another_taken_back(seat: Sitting, story: Story) -> None:
    seat.sit("boss", "培训记录")
    press(Qt.Key.Key_F2)
    fill("", "", "行政许可法专题", "", "", "4", "签到表")
    assert "没有选人员" in seat.said
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F2)
    fill("clerk", "", "行政许可法专题", "", "", "4", "签到表")
    assert "已登记 3 人的培训" in seat.said
    press(Qt.Key.Key_F3)
    fill("", "", "", "", "180分钟", "")
    assert "培训记录已更正" in seat.said
    press(Qt.Key.Key_F4)
    fill("没有到场")
    assert "培训记录已作废" in seat.said
    assert seat.count() == 2
    press(Qt.Key.Key_0, ALT)
    assert seat.count() == 5

    seat.sit("boss", "培训情况")
    seat.page.list.table.select(story.id_of("clerk2"))
    press(Qt.Key.Key_F3)
    fill("examination", "第四季度考试", "", "", "", "85", "")
    assert "已登记 秦小秋 的培训" in seat.said
    press(Qt.Key.Key_F4)
    assert "秦小秋 的培训情况证明 莲城管准训〔2026〕第0001号 正在打印" in seat.said
    seat.sit("clerk2", "培训情况")
    assert seat.offered == ["print"]


def test_a_qualification_is_entered_and_ended(seat: Sitting, story: Story) -> None:
    seat.sit("boss", "资格")
    press(Qt.Key.Key_F2)
    fill("", "", "A20200000000001", "司法部", "", "")
    assert "没有选择人员" in seat.said
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F2)
    fill(str(story.id_of("lawyer")), "legal_exam", "A20200000000001", "司法部", "", "2026-12-01")
    assert seat.window.tabs[4].text().startswith("资格（1）")
    assert "法制审核" in seat.facts
    press(Qt.Key.Key_Return)
    fill("", "注销")
    assert "陈法正 的法律职业资格已终止" in seat.said
    assert seat.offered == []
    assert "已终止" in seat.facts
