"""Pages of the dispatch window beside the way of a request: lists, files, questions, the map, figures, exchange."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hall.resources import resource
from hall.services.call_backs import CallBackMade
from hall.services.dispatching import Feedback
from hall.services.request_replies import Answer
from hall.windows.request_map import ResponsibilityPage
from hall.windows.request_rates import RatesPage
from tests.windows.keyboard import ALT, CONTROL, SHIFT, fill, give, press, write
from tests.windows.requests.bureau import PEOPLE, QUESTION, STALLS, Bureau
from tests.windows.requests.seats import Seats

ENTER = Qt.Key.Key_Return
LETTER = replace(STALLS, channel="letter")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def close(bureau: Bureau) -> None:
    """A request from the counter to its answer."""
    request_id = bureau.register().request_id
    bureau.front("clerk").requests.dispatch(request_id)
    squad = bureau.front("squad").requests
    squad.take(request_id)
    squad.feed_back(request_id, Feedback("六个摊位", "劝离", "service"))
    clerk = bureau.front("clerk").requests
    clerk.accept(request_id)
    clerk.reply(request_id, Answer("已劝离"))


def test_what_came_by_letter_is_told_and_extended_once(seats: Seats, bureau: Bureau) -> None:
    bureau.register(LETTER)
    seats.sit("clerk", "待派单")
    assert "告知受理 2026-12-08 周二" in seats.requests.list.facts.words
    press(Qt.Key.Key_F12)
    fill("当日电话告知本人")
    assert "已登记告知受理" in seats.said
    assert "已于2026-11-23告知" in seats.requests.list.facts.words
    seats.sit("approver", "在办")
    press(Qt.Key.Key_F8, SHIFT)
    fill("三十")
    press(ENTER)
    assert seats.requests.side.panel is not None
    fill("30", "需要现场测绘")
    assert "已延期，2027-02-21 前办结" in seats.said
    assert "extend" not in seats.offered


def test_one_request_is_joined_to_another_by_its_number(seats: Seats, bureau: Bureau) -> None:
    lead = bureau.register().number
    bureau.register(replace(STALLS, subject="摊位太吵", apart_why="晚上的另一批"))
    seats.sit("clerk", "待派单")
    press(Qt.Key.Key_Down)
    assert f"{lead}　夜市占道影响通行（同一地点）" in seats.requests.story.words
    press(Qt.Key.Key_F3, SHIFT)
    press(ENTER)
    assert f"已并入 {lead}" in seats.said
    assert [row.joined for row in seats.requests.list.table.rows] == [1]


def test_photos_are_kept_with_what_is_under_way(seats: Seats, bureau: Bureau, tmp_path: Path) -> None:
    request_id = bureau.register().request_id
    paths = [tmp_path / "1.png", tmp_path / "2.png"]
    for number, path in enumerate(paths):
        path.write_bytes(PNG + bytes([number]))
    seats.sit("clerk", "待派单")
    press(Qt.Key.Key_F9, SHIFT)
    page, dialog = seats.requests, seats.requests.dialog
    assert dialog is not None
    dialog.close()
    assert page.row is not None
    page.keep(page.row, [str(path) for path in paths])
    fill("现场照片", "")
    assert "已存入 2 份文件" in seats.said
    titles = [file.title for file in bureau.front("boss").requests.one(request_id).files]
    assert titles == ["现场照片", "现场照片2"]


def test_what_a_unit_can_no_longer_give_back_is_taken_back_by_the_manager(seats: Seats, bureau: Bureau) -> None:
    request_id = bureau.register().request_id
    bureau.front("clerk").requests.dispatch(request_id)
    seats.sit("squad", "我办的")
    assert "单位退单 2026-11-30 周一，以后由主任决定" in seats.requests.list.facts.words
    bureau.clock.instant += timedelta(days=8)
    seats.sit("squad", "我办的")
    assert "return" not in seats.offered
    seats.sit("boss", "在办")
    press(Qt.Key.Key_F12, SHIFT)
    fill("路段已划归环卫科")
    assert "已从向阳中队收回，等重新派单" in seats.said
    assert "收回原因：路段已划归环卫科" in seats.requests.story.words


def test_a_question_that_was_handed_over_is_answered_by_whoever_has_it(seats: Seats, bureau: Bureau) -> None:
    bureau.register(replace(QUESTION, hand_to=bureau.people["squad"].account_id))
    seats.sit("clerk", "在办")
    assert seats.offered == ["unmask"]
    seats.sit("squad", "我办的")
    assert seats.offered == ["answer", "unmask"]
    press(ENTER)
    fill("占用盲道以外的道路要办")
    assert "已答复" in seats.said
    assert seats.requests.list.table.rows == ()
    assert bureau.front("boss").requests.listed("closed")[0].way == "service"


def test_who_calls_back_sees_the_number_with_a_reason(seats: Seats, bureau: Bureau) -> None:
    close(bureau)
    seats.sit("boss", "回访")
    assert "13900001234" not in seats.requests.list.facts.words
    press(Qt.Key.Key_F11, SHIFT)
    fill("电话回访")
    shown = seats.requests.unmasking.shown.findChildren(QLabel)
    assert "13900001234" in {label.text() for label in shown}
    press(Qt.Key.Key_Escape)
    assert not seats.requests.unmasking.shown.findChildren(QLabel)


def test_lists_are_chosen_searched_and_counted(seats: Seats, bureau: Bureau) -> None:
    close(bureau)
    bureau.register(replace(STALLS, place="莲湖路北段", area="莲湖街道", subject="摊贩占道"))
    window = seats.sit("boss", "在办")
    assert [row.subject for row in seats.requests.list.table.rows] == ["摊贩占道"]
    assert window.tabs[0].text().startswith("待派单（1）")
    press(Qt.Key.Key_F, CONTROL)
    give("已办结")
    assert [row.subject for row in seats.requests.list.table.rows] == [STALLS.subject]
    press(Qt.Key.Key_K, CONTROL)
    write("莲湖路")
    seats.qtbot.waitUntil(lambda: seats.requests.list.table.rows == ())
    bureau.clock.instant += timedelta(days=10)
    press(Qt.Key.Key_F, CONTROL)
    give("在办")
    press(Qt.Key.Key_F5)
    assert window.tabs[2].text().startswith("在办（1）")
    assert seats.requests.list.table.rows[0].light == "over_promised"


def test_a_scanned_sheet_finds_its_request(seats: Seats, bureau: Bureau) -> None:
    bureau.register(replace(STALLS, place="莲湖路北段", area="莲湖街道", person=None))
    wanted = bureau.register()
    assert wanted.document_id is not None
    code = bureau.code_of(wanted.document_id)
    window = seats.sit("clerk", "待派单")
    window.take_scan(code)
    assert "真凭证：投诉举报受理单" in seats.said
    seats.qtbot.waitUntil(lambda: [row.number for row in seats.requests.list.table.rows] == [wanted.number])
    window.take_scan("6901234567892")
    assert [row.number for row in seats.requests.list.table.rows] == [wanted.number]


def test_long_stories_turn_by_keys(seats: Seats, bureau: Bureau) -> None:
    close(bureau)
    bureau.front("boss").requests.call_back(
        bureau.front("boss").requests.listed("closed")[0].request_id, CallBackMade(reached=False)
    )
    seats.sit("boss", "回访")
    bar = seats.requests.story.bar
    assert bar.maximum() > 0
    press(Qt.Key.Key_PageDown, CONTROL)
    assert bar.value() > 0
    press(Qt.Key.Key_PageUp, CONTROL)
    assert bar.value() == 0
    assert "没有接通" in seats.requests.story.words


def test_requests_of_other_systems_come_in_and_are_reported_back(seats: Seats, bureau: Bureau, tmp_path: Path) -> None:
    window = seats.sit("boss", "待派单")
    press(Qt.Key.Key_F2)
    assert seats.requests.dialog is not None
    seats.requests.dialog.close()
    seats.requests.take_file([str(resource("requests/sample.csv"))])
    assert "已导入 2 件诉求，0 件以前已经登记" in seats.said
    assert {row.channel for row in seats.requests.list.table.rows} == {"hotline", "grid"}
    press(Qt.Key.Key_6, ALT)
    rates = window.page
    assert isinstance(rates, RatesPage)
    press(Qt.Key.Key_F, CONTROL)
    give("本年")
    figures = {row.title: (row.value, row.made_of) for row in rates.list.table.rows}
    assert figures["办结率"] == ("0.0%", "0 / 2")
    assert figures["满意率"] == ("—", "0 / 0")
    assert figures["投诉"] == ("1 件", "")
    press(Qt.Key.Key_F2)
    assert rates.dialog is not None
    rates.dialog.close()
    rates.export_receipts(str(tmp_path / "回执"))
    sheet = load_workbook(tmp_path / "回执.xlsx").active
    assert sheet is not None
    assert {"RX2026-0001", "WG2026-0001"} <= {row[1].value for row in sheet.iter_rows()}


def test_aims_are_shown_as_those_of_the_whole_hall(seats: Seats, bureau: Bureau) -> None:
    close(bureau)
    window = seats.sit("squad")
    press(Qt.Key.Key_6, ALT)
    rates = window.page
    assert isinstance(rates, RatesPage)
    assert not rates.new_buttons
    service = next(row for row in rates.list.table.rows if row.title == "服务")
    assert (service.value, service.made_of) == ("100.0%", "1 / 1")
    rates.list.table.select((service.group, service.title))
    assert "全大厅的目标 70%，不分到单位和个人" in rates.list.facts.words
    staff = {name for name, _, _ in PEOPLE.values()}
    assert not staff & {row.title for row in rates.list.table.rows}


def test_the_map_is_read_searched_and_replaced_by_a_file(seats: Seats, tmp_path: Path) -> None:
    window = seats.sit("boss")
    press(Qt.Key.Key_5, ALT)
    page = window.page
    assert isinstance(page, ResponsibilityPage)
    press(Qt.Key.Key_K, CONTROL)
    write("向阳街道")
    seats.qtbot.waitUntil(lambda: {row.area for row in page.list.table.rows} == {"向阳街道"})
    press(Qt.Key.Key_F2)
    assert page.dialog is not None
    page.dialog.close()
    page.take_file([str(resource("requests/responsibilities.csv"))])
    assert "已导入责任区 0 条" in seats.said
    broken = tmp_path / "责任区.csv"
    broken.write_text("类别,区域\n占道经营,全区\n", encoding="utf-8")
    page.take_file([str(broken)])
    assert seats.said.startswith("✕")
