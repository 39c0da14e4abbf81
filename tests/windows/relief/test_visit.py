"""救助 by the keyboard: somebody asks and is given; an objection; the fund's books. With every paper on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from hall.rules.cards import Card
from hall.rules.relief_cases import Award
from tests.services.relief.fund import Fund
from tests.windows.keyboard import ALT, CONTROL, SHIFT, TICK, fill, overwrite, press
from tests.windows.sitting import Sitting


@pytest.fixture
def card(make_card: Callable[..., Card]) -> Card:
    """What the applicant lays on the reader."""
    return make_card(name="钱样例")


def test_somebody_asks_for_relief_and_is_given_it(table: Sitting, fund: Fund, card: Card) -> None:
    table.sit("cashier", "账目")
    press(Qt.Key.Key_F2)
    fill("李捐赠", "", "", "", "20000", "用于困难商贩恢复经营", "票0001", "")
    assert table.said == "✓ 捐赠 ¥20,000.00 已记第 1 笔。"

    table.sit("clerk")
    press(Qt.Key.Key_F2)
    table.cards.card.emit(card)
    fill("13900001234", "", "钱样例 本人 41 900\n钱小例 子女 8 0", "", "3000")
    fill("早餐车损坏，收入中断", "低保边缘证明一份")
    press(Qt.Key.Key_Return)
    assert "没有同意核对家庭收入" in table.said
    fill(TICK)
    assert "申请表正在打印" in table.said
    assert "钱样例" not in table.page.list.facts.words
    assert table.offered == ["keep", "withdraw"]
    press(Qt.Key.Key_P, CONTROL)
    assert table.window.papers.dialog is not None
    press(Qt.Key.Key_Escape)

    table.sit("reviewer")
    assert table.window.tabs[0].text().startswith("申请（1）")
    press(Qt.Key.Key_Return)
    along = fund.office.actor("other").account_id
    fill(str(along), "", "450", "租房居住，没有车辆")
    assert "没有超过规定数额" in table.said
    assert table.offered == ["visit", "keep"]
    decide(table)
    fund.pass_days(8)
    table.sit("cashier")
    press(Qt.Key.Key_Return)
    fill("转0007")
    assert "领取单 莲城管救收〔2026〕第0001号 正在打印" in table.said
    assert table.page.list.table.rows == ()
    press(Qt.Key.Key_0, ALT)
    assert "已发放" in table.page.list.facts.words
    assert "登记申请　周玉兰" in table.page.happened.words  # type: ignore[attr-defined]  # this page's
    assert fund.has() == (1_800_000, 0)


def decide(table: Sitting) -> None:
    """Opinion, vote, the sheet on the board; nothing can be given yet."""
    table.sit("head")
    press(Qt.Key.Key_Return)
    fill("yes", "情况属实，建议救助")
    assert "送慈善组织表决" in table.said

    table.sit("boss")
    press(Qt.Key.Key_Return)
    fill("莲慈救〔2026〕3号", "", "五票", "", "2000", "")
    assert "依次写同意、反对、弃权" in table.page.side.panel.form.wrong("votes")  # type: ignore[union-attr]  # a form
    fill("5 1 1", "", "")
    assert table.draft() == ["救助申请审批表"]
    fill("")
    assert "下一步：公示" in table.said

    table.sit("boss", "公示")
    press(Qt.Key.Key_F2)
    fill("大厅公示栏")
    assert "（1 件）正在打印" in table.said
    table.sit("cashier")
    assert table.offered == []


def test_an_objection_holds_an_award_until_others_have_answered(table: Sitting, fund: Fund) -> None:
    fund.give_to_fund(money_fen=500_000)
    fund.shown()
    table.sit("clerk", "公示")
    press(Qt.Key.Key_Return)
    fill("反映其家中另有门面出租")
    assert "由没有参加核查和意见的人员答复" in table.said
    table.sit("cashier")
    assert table.offered == []
    table.sit("boss", "公示")
    assert table.window.tabs[2].text().startswith("公示（1）")
    press(Qt.Key.Key_Return)
    fill("yes", "门面收入没有计入，重新表决")
    assert "重新表决" in table.said
    assert table.page.list.table.rows == ()


def test_the_books_take_back_and_reverse_and_are_exported(table: Sitting, fund: Fund, tmp_path: Path) -> None:
    fund.give_to_fund(goods_fen=300_000)
    fund.give(fund.shown(Award(200_000, "三轮餐车一辆"), "tools"))
    table.sit("cashier", "账目")
    assert table.offered == ["take_back", "reverse"]
    press(Qt.Key.Key_Return)
    fill("500", "餐车配件退回", "退0001")
    assert table.said == "✓ 退回 ¥500.00 已记第 3 笔。"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_F4)
    fill("配件清点有误")
    assert table.said == "✓ 第 3 笔已由第 4 笔冲正。"
    assert "物资 ¥1,000.00" in table.page.fund.words  # type: ignore[attr-defined]  # this page's
    press(Qt.Key.Key_F2, SHIFT)
    fill("保温箱两个", "600", "发票01", "")
    assert "资金只有 ¥0.00" in table.said
    press(Qt.Key.Key_Escape)
    table.window.export(str(tmp_path / "账目.xlsx"))
    sheet = load_workbook(tmp_path / "账目.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet["C"]][1:] == ["冲正", "退回", "发放救助", "捐赠"]


def test_who_may_only_read_finds_and_does_nothing(table: Sitting, fund: Fund) -> None:
    fund.applied()
    table.sit("lawyer")
    assert table.offered == []
    assert table.page.new_buttons == {}
    press(Qt.Key.Key_K, CONTROL)
    overwrite("没有这个人")
    table.qtbot.waitUntil(lambda: table.page.list.table.rows == ())


def test_an_application_is_withdrawn_and_a_refusal_told(table: Sitting, fund: Fund) -> None:
    fund.applied()
    fund.opined()
    table.sit("clerk")
    press(Qt.Key.Key_F11)
    fill("已找到工作")
    assert "已撤回" in table.said
    table.sit("boss")
    press(Qt.Key.Key_Return)
    fill("莲慈救〔2026〕4号", "", "1 5 0", "no", "收入超过规定")
    assert "申请已办结，请告知申请人" in table.said
