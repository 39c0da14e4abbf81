"""The one intake of the counter: each kind by keyboard, what it asks for, what is refused, what stands beside."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from sqlalchemy import select

from hall.rules.cards import Card
from hall.store import Store
from hall.store.schema.permits import Enquiry
from hall.store.schema.requests import Request
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit.dialogs import Question
from tests.windows.keyboard import ALT, CONTROL, fill, focused, give, press, write
from tests.windows.requests.bureau import QUESTION as ASKED
from tests.windows.requests.bureau import STALLS, Bureau
from tests.windows.requests.seats import Seats

ENTER = Qt.Key.Key_Return
QUESTION = ASKED.content
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def only(store: Store) -> Request:
    with store.read() as session:
        return session.scalars(select(Request)).one()


def test_a_question_is_entered_and_answered_at_once(seats: Seats, store: Store) -> None:
    page = seats.at_counter().requests
    fill("占道经营", "XK05", QUESTION, "", "", "", "占用盲道以外的道路要办", "")
    assert page.register_button.hasFocus()
    press(ENTER)
    assert "已登记并答复" in seats.said
    request = only(store)
    assert (request.kind, request.state, request.subject) == ("consultation", "closed", QUESTION)
    with store.read() as session:
        enquiry = session.scalars(select(Enquiry)).one()
    assert enquiry.matter_id is not None
    assert enquiry.answer == "占用盲道以外的道路要办"


def test_a_question_is_handed_over_and_answered_from_the_list(seats: Seats, store: Store) -> None:
    page = seats.at_counter().requests
    fill("占道经营", "", QUESTION, "", "李试芳", "13900001234", "", "秦小秋")
    press(ENTER)
    assert "由秦小秋在 2026-11-24 周二 前答复" in seats.said
    assert "等答复的咨询（1）" in page.waiting_button.text()
    waiting = seats.at_counter("other").requests
    press(Qt.Key.Key_7, CONTROL)
    assert waiting.enquiries.question.text() == f"{QUESTION}\n李*芳　139****1234"
    press(ENTER)
    write("要办")
    press(Qt.Key.Key_B, CONTROL)
    assert "已答复" in seats.said
    assert waiting.enquiries.waiting.rows == ()
    assert only(store).state == "closed"
    press(Qt.Key.Key_Escape)
    assert waiting.form.what.isVisible()
    press(Qt.Key.Key_Escape)
    assert not waiting.isVisible()


def test_a_question_of_somebody_else_is_answered_after_it_is_handed_over(seats: Seats, bureau: Bureau) -> None:
    bureau.register(ASKED)
    page = seats.at_counter("other").requests
    press(Qt.Key.Key_7, CONTROL)
    assert page.enquiries.question.text() == f"{QUESTION}\n临时占用城市道路许可　李*芳　139****1234"
    press(ENTER)
    write("要办")
    press(ENTER)
    assert "由周玉兰答复" in seats.said
    seats.at_counter()
    press(Qt.Key.Key_7, CONTROL)
    press(Qt.Key.Key_Tab, times=3)
    give("秦小秋")
    press(Qt.Key.Key_Q, CONTROL)
    assert "已转给秦小秋" in seats.said
    assert [each.holder_name for each in bureau.front("boss").enquiries.open()] == ["秦小秋"]


def test_each_kind_asks_for_its_own_fields(seats: Seats) -> None:
    form = seats.at_counter().requests.form
    shown = {}
    for key, kind in enumerate(form.kind_buttons, Qt.Key.Key_1):
        press(Qt.Key(key), CONTROL)
        fields = (child for each in (form.what, form.who) for child in each.findChildren(QWidget, options=DIRECT))
        shown[kind] = {child.accessibleName() for child in fields if child.accessibleName() and child.isVisible()}
    assert shown["application"] == {"申请事项", "怎么称呼", "电话"}
    assert shown["consultation"] == {"类别", "事项", "问题", "来源", "怎么称呼", "电话", "当场答复", "由谁答复"}
    assert shown["complaint"] == shown["report"] == shown["help"] | {"反映对象"}
    assert shown["help"] == {"类别", "标题", "内容", "地点", "街道", "网格", "来源", "反映人", "怎么称呼", "电话"}


def test_what_is_lacking_or_holds_a_number_is_told_at_its_field(seats: Seats) -> None:
    form = seats.at_counter().requests.form
    press(Qt.Key.Key_4, CONTROL)
    press(ENTER, CONTROL)
    assert form.what.wrong("subject") == "请填写标题。"
    fill("下水道堵了", "请回电13900001234")
    press(ENTER, CONTROL)
    assert form.what.wrong("category") == "请选择类别。"
    give("市政设施")
    press(ENTER, CONTROL)
    assert "请读卡（F6）或者填写怎么称呼" in form.who.wrong("name")
    give("李试芳")
    press(ENTER)
    give("12")
    press(ENTER, CONTROL)
    assert "电话号码不对" in form.who.wrong("phone")
    give("13900001234")
    press(ENTER, CONTROL)
    assert "不要写电话或证件号码" in seats.said
    assert form.what.text("subject") == "下水道堵了"


def test_a_card_names_the_person_masked(seats: Seats, store: Store, make_card: Callable[..., Card]) -> None:
    page, card = seats.at_counter().requests, make_card()
    press(Qt.Key.Key_4, CONTROL)
    press(Qt.Key.Key_F6)
    assert "请放证件" in seats.said
    seats.cards.card.emit(card)
    assert page.form.holder.text() == f"✓ 已读卡　张*明　999999********{card.id_number[-4:]}"
    fill("市政设施", "路灯不亮", "整条巷子没有灯", "东仓巷", "", "", "", "")
    press(ENTER)
    assert page.register_button.hasFocus()
    press(ENTER)
    assert "求助" in seats.said
    assert only(store).person_id is not None
    assert page.is_empty


def test_another_systems_number_is_taken_down(seats: Seats, store: Store) -> None:
    seats.at_counter()
    press(Qt.Key.Key_3, CONTROL)
    fill("建筑垃圾和渣土", "渣土车沿路抛洒", "莲湖路北段路面有土", "莲湖路北段", "莲湖街道", "LH-03-12", "")
    fill("网格系统", "WG2026-0001", "匿名")
    press(ENTER, CONTROL)
    request = only(store)
    assert (request.channel, request.outside_number, request.grid_code) == ("grid", "WG2026-0001", "LH-03-12")
    assert request.anonymous


def test_photos_and_recordings_are_kept_with_the_request(seats: Seats, bureau: Bureau, tmp_path: Path) -> None:
    page = seats.at_counter().requests
    press(Qt.Key.Key_2, CONTROL)
    photo, sound = tmp_path / "a.png", tmp_path / "b.mp3"
    photo.write_bytes(PNG)
    sound.write_bytes(b"ID3" + bytes(64))
    press(Qt.Key.Key_D, CONTROL)
    assert page.dialog is not None
    page.dialog.close()
    page.attach([str(photo), str(sound)])
    assert page.attached.text() == "附 2 份：a.png、b.mp3"
    fill("占道经营", "占道", "夜市占道", "向阳路口东侧", "", "", "", "", "匿名")
    press(ENTER, CONTROL)
    front = bureau.front("boss").requests
    (row,) = front.listed("to_dispatch")
    assert [(file.title, file.purpose) for file in front.one(row.request_id).files] == [
        ("现场照片1", "photo"),
        ("录音2", "recording"),
    ]
    assert page.attached.text() == ""


def test_an_application_goes_on_in_the_intake_of_applications(seats: Seats, make_card: Callable[..., Card]) -> None:
    window = seats.at_counter()
    press(Qt.Key.Key_6, CONTROL)
    press(ENTER, CONTROL)
    assert window.requests.form.what.wrong("applied") == "请选择申请的事项。"
    give("XK05")
    seats.cards.card.emit(make_card())
    press(ENTER, CONTROL)
    assert window.page is window.intake
    assert window.intake.matter.code == "XK05"
    assert window.intake.applicant.has_card
    press(Qt.Key.Key_4, ALT)
    assert window.requests.is_empty
    give("XK01-1")
    press(ENTER, CONTROL)
    assert "已有没办完的申请" in seats.said
    assert window.intake.matter.code == "XK05"


def test_ctrl_p_shows_the_paper_before_and_after(seats: Seats, bureau: Bureau) -> None:
    window = seats.at_counter()
    press(Qt.Key.Key_R, CONTROL)
    assert "没有可补打的受理单" in seats.said
    press(Qt.Key.Key_2, CONTROL)
    fill("占道经营", "占道", "夜市占道", "向阳路口东侧", "", "", "", "", "匿名")
    press(Qt.Key.Key_P, CONTROL)
    draft = window.papers.dialog
    assert isinstance(draft, DocumentPreview)
    draft.close()
    assert bureau.front("boss").requests.listed("open") == ()
    press(ENTER, CONTROL)
    press(Qt.Key.Key_P, CONTROL)
    shown = window.papers.dialog
    assert isinstance(shown, DocumentPreview)
    assert "投诉举报受理单" in shown.windowTitle()
    shown.close()


def test_what_is_half_entered_is_not_lost_without_a_question(seats: Seats, bureau: Bureau) -> None:
    window = seats.at_counter()
    bureau.front("clerk").taking.issue("XK05", channel="staff")
    bureau.front("clerk").taking.issue("XK05", channel="staff")
    window.ticket.reload()
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_4, ALT)
    press(Qt.Key.Key_2, CONTROL)
    fill("占道经营", "占道")
    press(Qt.Key.Key_F8)
    question = window.findChild(Question)
    assert question is not None
    press(Qt.Key.Key_Escape)
    assert window.requests.form.what.text("subject") == "占道"
    press(Qt.Key.Key_F8)
    next(each for each in window.findChildren(QPushButton) if each.text().startswith("清空并办结")).click()
    assert window.requests.is_empty


@pytest.mark.parametrize("where", ["place", "grid", "person"])
def test_what_is_alike_appears_beside_while_typing(
    seats: Seats, bureau: Bureau, make_card: Callable[..., Card], where: str
) -> None:
    card = make_card()
    known = bureau.register(replace(STALLS, person=card, area="", grid_code="XY-01"))
    page = seats.at_counter().requests
    press(Qt.Key.Key_2, CONTROL)
    give("占道经营")
    press(ENTER)
    assert page.same.table.rows == ()
    if where == "person":
        seats.cards.card.emit(card)
    else:
        page.form.what.focus(where)
        write("向阳路口" if where == "place" else "XY-01")
    seats.qtbot.waitUntil(lambda: [row.number for row in page.same.table.rows] == [known.number])
    seats.qtbot.waitUntil(lambda: page.suggested.text() == "按责任区将派给市容科")
    press(Qt.Key.Key_J, CONTROL)
    assert focused() is page.same.table
    press(ENTER)
    assert page.same.join_to is not None
    press(Qt.Key.Key_J, CONTROL)
    press(ENTER)
    assert page.same.join_to is None
