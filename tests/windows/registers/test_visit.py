"""Visits at the registers by the keyboard: a letter, a form of guidance, a call-back, what is due, files, cards."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from hall.rules.cards import Card
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, CONTROL, SHIFT, fill, focused, overwrite, press, write
from tests.windows.registers.desk import Desk


def test_a_letter_of_three_duties_is_signed_prolonged_and_found_again(desk: Desk, office: Office) -> None:
    desk.sit("clerk")
    number = office.resident().id_number
    press(Qt.Key.Key_F2)
    fill(
        "示例小吃店",
        "莲城区向阳路18号",
        "门前至路缘石",
        "张测明",
        "",
        number,
        "13900001234",
        "",
        "王立新",
        "2026-11-25",
    )
    press(Qt.Key.Key_Return)  # the day is today's
    assert (
        desk.said == "✓ 莲城管三包〔2026〕1号 已登记，期限 2026-11-25 周三，登记单 莲城管登〔2026〕第0001号 正在打印。"
    )
    assert desk.entries.row is not None
    assert desk.entries.row.person is not None
    assert desk.entries.row.person.name_masked == "张*明"
    assert "张*明　999999********" in desk.page.list.facts.words
    desk.turn("到期事项")
    assert desk.titles == ["示例小吃店"]
    assert desk.window.tabs[1].text() == "到期事项（1）  Alt+2"
    press(Qt.Key.Key_Return)
    fill("续签", "", "换了门头")
    assert desk.said == "✓ 莲城管三包〔2026〕1号 已办结：续签。"
    assert desk.titles == []
    desk.turn("登记簿")
    assert desk.titles == []
    press(Qt.Key.Key_0, ALT)
    assert desk.titles == ["示例小吃店"]
    assert desk.offered == ["correct", "print", "unmask"]
    press(Qt.Key.Key_F6)
    assert desk.said == "✓ 登记单 莲城管登〔2026〕第0002号 正在打印。"


def test_a_form_of_guidance_is_filled_from_the_card_and_printed(
    desk: Desk, office: Office, make_card: Callable[..., Card]
) -> None:
    desk.sit("reviewer")
    desk.choose("minor_warning")
    press(Qt.Key.Key_F2)
    fill("店外堆放货物")
    desk.cards.card.emit(make_card(name="李示例"))
    fill("", "", "", "", "向阳路18号", "示例市市容条例第九条", "讲解了条例，当场表示清理", "2026-11-24")
    press(Qt.Key.Key_Return)
    assert desk.said.startswith("✓ 莲城管警示〔2026〕1号 已登记，期限 2026-11-24 周二，登记单")
    row = desk.entries.row
    assert row is not None
    assert row.person is not None
    assert (row.person.name_masked, row.document is not None) == ("李*例", True)
    content = office.content(row.document.document_id if row.document else None)
    assert content["sheet_title"] == "轻微违法行为警示书"
    assert "不是行政处罚中的警告" in str(content["says"])


def test_a_call_back_is_planned_and_its_result_entered_by_who_had_no_part(desk: Desk, office: Office) -> None:
    case_id = office.decided()
    decision = office.decision_of(case_id).number
    desk.sit("clerk2")
    desk.choose("follow_up_visit")
    press(Qt.Key.Key_F2)
    fill(decision, "", "", "", "", "重大案件", "2026-11-23", "王立新", "")
    press(Qt.Key.Key_Return)
    assert desk.titles == [decision]
    desk.sit("reviewer", "到期事项")
    press(Qt.Key.Key_Return)
    fill("满意", "", "电话回访")
    assert "您承办过这个案件" in desk.said
    desk.sit("head", "到期事项")
    press(Qt.Key.Key_Return)
    fill("满意", "", "电话回访")
    assert desk.said == "✓ 莲城管回访〔2026〕1号 已办结：满意。"


def test_what_was_wrong_is_corrected_with_what_stands_there(desk: Desk) -> None:
    desk.sit("head")
    desk.choose("problems")
    press(Qt.Key.Key_F2)
    fill("人行道破损", "解放路口", "", "示例街道", "", "2026-11-30")
    press(Qt.Key.Key_Return)
    assert desk.offered == ["correct", "print", "void"]  # another one strikes it off
    press(Qt.Key.Key_F4)
    overwrite("人行道塌陷")
    fill("", "", "", "", "", "", "", "说得不准")
    assert desk.titles == ["人行道塌陷"]
    row = desk.entries.row
    assert row is not None
    assert (row.values["place"], row.corrects) == ("解放路口", "莲城管问题〔2026〕1号")
    press(Qt.Key.Key_F7)
    fill("重复登记")
    assert desk.said == "✓ 莲城管问题〔2026〕2号 已作废。"


def test_a_refusal_is_told_and_what_was_entered_stays(desk: Desk) -> None:
    desk.sit("clerk")
    desk.choose("public_opinion")
    press(Qt.Key.Key_F2)
    fill("早市占道", "", "收摊后没有清理", "城东中队")
    press(Qt.Key.Key_Return)
    assert desk.said == "✕ 没有填写来源。请改正后再试。"
    panel = desk.page.side.panel
    assert panel is not None
    press(Qt.Key.Key_Return, SHIFT)
    assert desk.page.side.panel is panel
    press(Qt.Key.Key_Escape)
    assert desk.titles == []


def test_a_new_entry_is_offered_in_one_register_that_is_left_to_the_role(desk: Desk) -> None:
    desk.sit("clerk")
    for code in ("equipment", ""):
        desk.choose(code)
        press(Qt.Key.Key_F2)
        assert desk.page.side.panel is None
    desk.sit("head")
    desk.choose("equipment")
    press(Qt.Key.Key_F2)
    assert desk.page.side.panel is not None


def test_a_register_is_exported_with_its_own_columns(desk: Desk, tmp_path: Path) -> None:
    desk.sit("clerk")
    desk.choose("joint_actions")
    press(Qt.Key.Key_F2)
    fill("夜市联合整治", "解放路", "莲城区城管局", "公安分局、市场监管局", "26", "4", "劝离 12 处")
    press(Qt.Key.Key_Return)
    desk.window.export(str(tmp_path / "联合行动"))
    sheet = load_workbook(tmp_path / "联合行动.xlsx").active
    assert sheet is not None
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head[:4] == ["编号", "日期", "行动事项", "地点"]
    assert row[2:4] == ["夜市联合整治", "解放路"]
    assert "期限" not in head


def test_a_person_is_found_by_number_and_seen_in_full_with_a_reason(desk: Desk, office: Office) -> None:
    person = office.resident(name="李示例")
    desk.sit("head")
    desk.choose("volunteers")
    press(Qt.Key.Key_F2)
    fill("李示例", "", person.id_number, "13900001234", "文明劝导", "", "2.5")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert desk.titles == ["李*例"]
    desk.choose("")
    press(Qt.Key.Key_K, CONTROL)
    overwrite(person.id_number)
    desk.qtbot.waitUntil(lambda: desk.titles == ["李*例"])
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F8)
    write("联系培训时间")
    press(Qt.Key.Key_Return)
    shown = desk.entries.unmasking.shown
    assert "13900001234" in " ".join(label.property("text") or "" for label in shown.children() if label.isWidgetType())
    press(Qt.Key.Key_Escape)
    assert focused() is desk.page.list.table
