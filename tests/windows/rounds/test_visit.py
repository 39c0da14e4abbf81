"""案卷评查 by the keyboard: from the lists to the report, and a fault from the score sheet to its verification."""

from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from tests.services.rounds.panel import Panel
from tests.windows.keyboard import ALT, CONTROL, fill, focused, overwrite, press, press_until, write
from tests.windows.rounds.chair import Chair

REVIEWERS = ("head", "approver2", "everything")


def announce(chair: Chair, panel: Panel) -> None:
    """ "boss" announces two of three penalties; everybody without a part is ticked."""
    chair.sit("boss", "评查轮次")
    press(Qt.Key.Key_F2)
    fill("2026年下半年案卷评查", "", "", "0", "2", "", "当天的开奖号码")
    names = {panel.office.actor(login).name for login in REVIEWERS}
    lines = chair.lines()
    for line in lines:
        if line.split("　")[0] in names:
            press(Qt.Key.Key_Space)
        if line != lines[-1]:
            press(Qt.Key.Key_Return)


def correct(chair: Chair, panel: Panel) -> None:
    """A fault from the notice to its verification, not passed at first."""
    chair.sit("boss", "评查案卷")
    assert chair.offered == ["notify"]
    assert "整卷不得分" in chair.facts
    press(Qt.Key.Key_F6)
    fill(str(panel.id_of("reviewer")), "")
    assert "整改通知书 莲城管评卷〔2026〕第0005号 正在打印" in chair.said
    chair.sit("reviewer", "评查案卷")
    assert chair.offered == ["correct", "state", "object"]
    press(Qt.Key.Key_F8)
    fill("适用条款写漏了款项")
    press(Qt.Key.Key_F7)
    fill("已作更正决定")
    assert "由另一位有权限的人员核验" in chair.said
    chair.sit("lawyer", "评查案卷")
    press(Qt.Key.Key_F9)
    fill("again", "没有送达更正决定", "")
    assert "前再整改" in chair.said
    chair.sit("reviewer", "评查案卷")
    press(Qt.Key.Key_Return)
    fill("已送达")
    chair.sit("lawyer", "评查案卷")
    press(Qt.Key.Key_Return)
    fill("passed", "属实")
    assert "核验通过，评查办结" in chair.said


def test_a_round_goes_from_its_lists_to_its_report(chair: Chair, panel: Panel, tmp_path: Path) -> None:
    announce(chair, panel)
    assert chair.draft() == ["案卷评查抽取公告"]
    press(Qt.Key.Key_Return)
    assert "公告 莲城管评卷〔2026〕第0001号 正在打印" in chair.said
    assert chair.offered == ["void"]
    panel.office.on(panel.office.today + timedelta(days=2))

    chair.sit("boss", "评查轮次")
    assert chair.offered == ["void"]
    chair.sit("lawyer", "评查轮次")
    assert chair.window.tabs[1].text().startswith("评查轮次（1）")
    press(Qt.Key.Key_F3)
    fill("3 5 2", "何外勤")
    assert "已抽取，结果 莲城管评卷〔2026〕第0002号 正在打印" in chair.said
    assert "3 5 2" in chair.facts

    first, second = panel.dossiers()
    chair.sit(panel.reviewer_of(first.assignment_id), "评查案卷")
    chair.page.list.table.select(first.assignment_id)
    press(Qt.Key.Key_Return)
    chair.skip_lines()
    fill("卷面整洁")
    assert "100 分，优秀。评分表 莲城管评卷〔2026〕第0003号 正在打印" in chair.said

    chair.sit(panel.reviewer_of(second.assignment_id), "评查案卷")
    chair.page.list.table.select(second.assignment_id)
    press(Qt.Key.Key_F3)
    overwrite("第3页案由不清")
    chair.skip_lines()
    assert chair.draft() == ["案卷评查评分表"]
    fill("")
    assert "0 分，不合格" in chair.said

    correct(chair, panel)
    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_Return)
    assert "情况通报 莲城管评卷〔2026〕第0006号 正在打印" in chair.said
    press(Qt.Key.Key_0, ALT)
    chair.window.export(str(tmp_path / "rounds.xlsx"))
    sheet = load_workbook(tmp_path / "rounds.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:2] == ["2026年下半年案卷评查", "已通报"]


def test_a_reviewer_gives_back_and_a_round_is_voided(chair: Chair, panel: Panel) -> None:
    (drawn, _) = panel.drawn()
    chair.sit("boss", "评查案卷")
    chair.page.list.table.select(drawn.assignment_id)
    press(Qt.Key.Key_F4)
    fill("长期病假")
    assert "接替的评查员是" in chair.said
    assert "长期病假" in chair.facts
    announced = panel.announced(penalties=1)
    chair.sit("boss", "评查轮次")
    chair.page.list.table.select(announced.round_id)
    press(Qt.Key.Key_F6)
    fill("名单漏了一个部门")
    assert "已作废" in chair.said


def objected(chair: Chair, panel: Panel) -> tuple[int, str]:
    """A dossier whose score "reviewer" objects to, and a reviewer who has nothing to do with it."""
    key = panel.notified(panel.drawn()[0].assignment_id).assignment_id
    chair.sit("reviewer", "评查案卷")
    press(Qt.Key.Key_F10)
    fill("送达时间写在第12页背面")
    assert "由另一位评查员复核" in chair.said
    assert chair.offered == []
    second = next(login for login in REVIEWERS if login != panel.reviewer_of(key))
    chair.sit(second, "评查案卷")
    chair.page.list.table.select(key)
    assert chair.offered == ["recheck"]
    assert "送达时间写在第12页背面" in chair.facts
    return key, second


def test_a_score_that_is_objected_to_is_replaced_by_another_reviewer(chair: Chair, panel: Panel) -> None:
    key, _ = objected(chair, panel)
    press(Qt.Key.Key_F11)
    fill("replace", "第12页背面写有送达时间")
    press_until(Qt.Key.Key_Return, lambda: focused().accessibleName() == "送达回证填写不全")
    press_until(Qt.Key.Key_Return, lambda: focused().accessibleName() == "卷内顺序、目录或者页码有误")
    press(Qt.Key.Key_Return)
    assert "请选“维持原评分”" in chair.said
    press_until(Qt.Key.Key_Backtab, lambda: focused().accessibleName() == "送达回证填写不全")
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_Delete)
    press_until(Qt.Key.Key_Return, lambda: "复核以后" in chair.said)
    assert "复核以后 100 分，优秀。复核表 莲城管评卷〔2026〕第0005号 正在打印" in chair.said
    press(Qt.Key.Key_0, ALT)
    chair.page.list.table.select(key)
    assert "改变原评分\n第12页背面写有送达时间\n原评分 92 分　优秀\n· 送达回证填写不全" in chair.facts


def test_a_score_that_is_objected_to_is_confirmed_and_corrected(chair: Chair, panel: Panel) -> None:
    objected(chair, panel)
    press(Qt.Key.Key_Return)
    fill("confirm")
    write("背面没有时间")
    assert chair.draft() == ["案卷评查复核表"]
    press(Qt.Key.Key_Return)
    assert "复核以后 92 分，优秀" in chair.said
    chair.sit("reviewer", "评查案卷")
    assert chair.offered == ["correct", "state"]
    assert "维持原评分\n背面没有时间" in chair.facts


def test_a_dossier_without_a_reviewer_leaves_the_round(chair: Chair, panel: Panel) -> None:
    (drawn,) = panel.drawn(penalties=1, reviewers=(panel.id_of("head"),))
    chair.sit("boss", "评查案卷")
    chair.page.list.table.select(drawn.assignment_id)
    assert chair.offered == ["replace", "release"]
    press(Qt.Key.Key_F12)
    fill("名单里没有人可以评查")
    assert "已退出本轮" in chair.said
    chair.sit("boss", "评查轮次")
    assert chair.offered == ["close"]
    assert "退出本轮 1 件" in chair.facts


def test_who_neither_reviews_nor_organises_sees_the_rounds_and_no_dossier(chair: Chair, panel: Panel) -> None:
    panel.drawn()
    chair.sit("other", "评查案卷")
    assert chair.count() == 0
    chair.sit("other", "评查轮次")
    assert chair.count() == 1
    assert chair.offered == []
    assert "校验值" in chair.facts
