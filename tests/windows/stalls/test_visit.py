"""便民服务点 by the keyboard: from the card on the reader to the certificate; a stall taken back; the plan walked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hall.resources import resource
from hall.rules.cards import Card
from hall.services.persons import PersonDetails
from hall.windows.stall_plan import NO_SITE, neighbour
from hall.windows.stalls import SitesPage
from tests.services.stalls.street import Street
from tests.windows.keyboard import ALT, CONTROL, LEAVE, TICK, fill, focused, overwrite, press
from tests.windows.stalls.stool import Stool


@pytest.fixture
def card(make_card: Callable[..., Card]) -> Card:
    """What the applicant lays on the reader."""
    return make_card(name="钱样例")


def test_somebody_applies_wins_by_lot_and_gets_a_certificate(stool: Stool, street: Street, card: Card) -> None:
    stool.sit("clerk", "申请")
    stool.cards.card.emit(card)
    fill("13900001234", LEAVE, LEAVE, "food", "煎饼果子", LEAVE, LEAVE)
    assert stool.draft() == ["摊位申请登记表"]
    fill(LEAVE)
    assert "登记表正在打印" in stool.said
    assert "钱样例" not in stool.page.list.facts.words
    assert stool.offered == ["withdraw"]

    stool.sit("head", "申请")
    assert stool.window.tabs[1].text().startswith("申请（1）")
    press(Qt.Key.Key_Return)
    assert "准予进入，等待抽签" in stool.said

    stool.sit("boss", "抽签")
    press(Qt.Key.Key_F2)
    fill(LEAVE, LEAVE)
    press(Qt.Key.Key_Return)
    assert "请填写种子来源" in stool.page.side.panel.form.wrong("seed_source")  # type: ignore[union-attr]  # a form
    fill("当天三位申请人代表各掷一次骰子的点数")
    assert "抽签公告 莲城管摊签〔2026〕第0001号 正在打印" in stool.said
    assert stool.offered == ["void"]

    street.office.on(date(2026, 11, 26))
    stool.sit("lawyer", "抽签")
    press(Qt.Key.Key_Return)
    fill("3 5 2", "社区李主任")
    assert "抽签结果" in stool.said

    stool.sit("clerk", "申请")
    press(Qt.Key.Key_Return)
    assert "已接受" in stool.said
    stool.sit("approver", "申请")
    press(Qt.Key.Key_Return)
    assert "摊位证 莲城管摊证〔2026〕1号 正在打印" in stool.said
    stool.turn("摊位证")
    assert "钱*例" in stool.page.list.facts.words
    stool.turn("点位图")
    assert stool.plan.row is not None
    assert (stool.plan.row.stall.state, stool.offered) == ("held", [])


def test_a_stall_is_taken_back_with_every_step_and_its_paper(stool: Stool, street: Street) -> None:
    street.holder()
    stool.sit("reviewer", "点位图")
    press(Qt.Key.Key_Return)
    assert focused().accessibleName() == "情形"
    fill(LEAVE, "十月二十日起一直空置", "照片六张")
    assert "请填写情形" in stool.page.side.panel.form.wrong("ground")  # type: ignore[union-attr]  # a form
    fill("idle", LEAVE, LEAVE)
    assert "下一步：在“收回”页书面告知摊主" in stool.said
    assert stool.plan.row is not None
    assert stool.plan.row.stall.state == "telling"
    stool.turn("收回")
    press(Qt.Key.Key_Return)
    assert "告知书 莲城管摊听〔2026〕1号 正在打印" in stool.said

    stool.sit("clerk", "收回")
    press(Qt.Key.Key_Return)
    fill("家里老人住院")
    assert "陈述申辩已登记" in stool.said
    press(Qt.Key.Key_F9)
    fill(LEAVE)
    assert "听证申请已登记" in stool.said

    stool.sit("lawyer", "收回")
    press(Qt.Key.Key_Return)
    fill(LEAVE, "大厅二层听证室")
    assert "听证通知书" in stool.said
    street.office.on(date(2026, 12, 10))
    stool.sit("lawyer", "收回")
    press(Qt.Key.Key_Return)
    fill("摊主说明住院经过，出示病历")

    stool.sit("approver", "收回")
    press(Qt.Key.Key_Return)
    fill("withdrawn")
    fill("理由不足，候补的人正在等候")
    assert "决定书 莲城管摊撤〔2026〕1号 正在打印" in stool.said
    stool.turn("点位图")
    assert stool.plan.row is not None
    assert stool.plan.row.stall.state == "free"


def test_the_arrows_walk_over_the_plan_and_the_list_follows(stool: Stool) -> None:
    stool.sit("boss", "点位图")
    view = stool.plan.plan
    assert view.hasFocus()
    press(Qt.Key.Key_Right)
    assert stool.plan.row is not None
    assert stool.plan.row.stall.number == "A2"
    press(Qt.Key.Key_Right, times=2)
    assert stool.plan.row.stall.number == "N1"
    assert "N1 空闲" in view.accessibleDescription()
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Home)
    assert stool.plan.row.stall.number == "A1"
    press(Qt.Key.Key_End)
    assert stool.plan.row.stall.number == "N1"
    place = view.where(stool.plan.row.stall.stall_id).center().toPoint()
    press(Qt.Key.Key_Home)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert stool.plan.row.stall.number == "N1"
    press(Qt.Key.Key_Return)
    fill("管道施工")
    assert "摊位 N1 已停用" in stool.said
    assert stool.offered == ["reopen"]
    press(Qt.Key.Key_Return)
    assert "已恢复使用" in stool.said
    assert neighbour((), None, (1, 0)) is None


def test_a_site_is_laid_down_with_picture_and_stalls(stool: Stool, tmp_path: Path) -> None:
    stool.sit("boss", "点位")
    press(Qt.Key.Key_F2)
    fill("D9", "示例夜市", "night", "示例街", LEAVE, "17:00-23:00", "05-01", "10-31")
    fill(TICK, TICK, TICK, LEAVE, LEAVE, "12", "6", "垃圾不落地")
    assert "点位 示例夜市 已设置" in stool.said
    press(Qt.Key.Key_Down)
    page = stool.window.page
    assert isinstance(page, SitesPage)
    assert "每 6 个月" in page.list.facts.words
    press(Qt.Key.Key_Return)
    assert page.dialog is not None
    page.dialog.reject()
    row = page.row
    assert row is not None
    page.take_file("plan", row, [])
    page.take_file("plan", row, [str(resource("stalls/sample-plan.png"))])
    assert "平面图已更换" in stool.said
    page.take_file("stalls", row, [str(resource("stalls/sample.csv"))])
    assert "现有 16 个摊位" in stool.said
    page.take_file("stalls", row, [str(tmp_path / "没有.csv")])
    assert "读不到" in stool.said
    stool.turn("点位图")
    choice = stool.plan.choice
    assert choice is not None
    choice.setCurrentIndex(1)
    assert stool.plan.row is not None
    assert stool.plan.row.plan.counts == {"free": 16}
    stool.window.export(str(tmp_path / "点位图.xlsx"))
    sheet = load_workbook(tmp_path / "点位图.xlsx").worksheets[0]
    assert sheet.max_row >= 17


def test_who_was_elected_is_entered_and_leaves(stool: Stool, street: Street) -> None:
    street.holder()
    stool.sit("clerk", "自治")
    press(Qt.Key.Key_F2)
    fill(LEAVE, "chair", LEAVE, "1", "1")
    assert "选举结果已登记" in stool.said
    assert "同意 1 票" in stool.page.list.facts.words
    press(Qt.Key.Key_Return)
    fill("换届")
    assert stool.page.list.table.rows == ()
    press(Qt.Key.Key_0, ALT)
    assert "换届" in stool.page.list.facts.words
    stool.turn("点位图")
    stall = stool.plan.row
    assert stall is not None
    press(Qt.Key.Key_Return)
    fill("given_up", "回老家")
    assert "已登记退出" in stool.said


def test_refusing_voiding_declining_and_withdrawing(stool: Stool, street: Street) -> None:
    street.applied("produce", farmer=True)
    stool.sit("head", "申请")
    press(Qt.Key.Key_F4)
    assert stool.draft() == ["不予进入便民服务点决定书"]
    press(Qt.Key.Key_Return)
    assert "决定书 莲城管摊不入" in stool.said
    street.admitted()
    street.announced()
    stool.sit("boss", "抽签")
    press(Qt.Key.Key_Return)
    fill("公告印错")
    assert "抽签已作废" in stool.said
    press(Qt.Key.Key_F2)
    street.drawn(street.announced())
    stool.sit("clerk", "申请")
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Return, times=3)
    assert stool.offered == ["accept", "decline", "withdraw"]
    fill("家里有事")
    assert "已放弃" in stool.said
    press(Qt.Key.Key_0, ALT)
    assert "本人放弃所得摊位：家里有事" in stool.page.list.facts.words
    street.admitted()
    stool.sit("clerk", "申请")
    press(Qt.Key.Key_Return, times=4)
    assert stool.offered == ["withdraw"]
    fill("另找了地方")
    assert "已撤回" in stool.said
    stool.sit("boss", "抽签")
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Return, times=3)
    assert "请填写抽签" in stool.page.side.panel.form.wrong("lot")  # type: ignore[union-attr]  # a form


def test_a_hall_without_sites_says_what_to_do(stool: Stool, street: Street) -> None:
    stool.sit("boss", "点位图")
    stool.plan.plan.show_plan(None, None)
    assert stool.plan.plan.accessibleDescription() == NO_SITE
    assert not stool.plan.plan.grab().isNull()


def listed(stool: Stool) -> int:
    return len(stool.page.list.table.rows)


def test_somebody_is_found_by_number_name_or_card_among_applications_and_certificates(
    stool: Stool, street: Street, make_card: Callable[..., Card]
) -> None:
    card = make_card(birth=date(1980, 5, 1), name="吴范例")
    known = PersonDetails("resident", card.name, id_number=card.id_number, phone="13900001234", address="向阳路18号")
    grant_id = street.holder(person=known)
    street.applied()
    stool.sit("head", "申请")
    press(Qt.Key.Key_0, ALT)
    assert listed(stool) == 2
    stool.cards.card.emit(card)
    assert listed(stool) == 1
    assert "吴*例" in stool.page.list.facts.words
    stool.turn("摊位证")
    for looked_for, found in (("张测明", 0), (street.certificate(grant_id).number, 1)):
        press(Qt.Key.Key_K, CONTROL)
        overwrite(looked_for)
        press(Qt.Key.Key_F5)
        assert listed(stool) == found
    stool.cards.card.emit(card)
    assert "吴*例" in stool.page.list.facts.words
