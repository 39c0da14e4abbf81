"""Every way an application may go from the counter, on the keyboard alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from hall.clock import FixedClock
from hall.rules.cards import Card
from hall.rules.identity import id_check_digit
from hall.rules.people import system_actor
from hall.services.accepting import Accepted, deem_accepted
from hall.services.case_reading import CaseView
from hall.services.front import Front
from hall.store import Store
from tests.windows.counter.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
CREDIT_CODE = "91350100M000100Y43"  # published example of GB 32100


@pytest.fixture
def at_materials(desk: Desk, take_ticket: Callable[..., str], make_card: Callable[..., Card]) -> Callable[..., Card]:
    """Somebody with a card stands at the counter for a matter; the focus is at the first material."""

    def come(matter: str = "XK05", card: Card | None = None) -> Card:
        who = card or make_card()
        take_ticket(matter)
        desk.press(Qt.Key.Key_F2)
        desk.lay(who)
        desk.press(ENTER)
        desk.press(ENTER)
        return who

    return come


def take(desk: Desk, *places: int) -> None:
    """Materials in full, by their row; the focus stands at the first."""
    for place, _ in enumerate(desk.window.intake.materials.rows):
        if place in places:
            desk.press(Qt.Key.Key_Space)
        desk.press(ENTER)


def case_shown(desk: Desk) -> CaseView:
    assert desk.shows(desk.window.accepted)
    case = desk.window.accepted.case
    assert case is not None
    return case


def test_a_supplement_is_told_and_taken_in_and_the_case_accepted(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    take(desk, 0, 1)
    assert desk.window.intake.missing_words.endswith("可 补正（一次告知）　或 容缺受理（2026-11-24 周二前补齐）")
    desk.press(Qt.Key.Key_B, CONTROL)
    notice = desk.window.ways.notice
    assert desk.shows(notice)
    assert [line.position for line in notice.lines] == [4]
    assert "受理时限　2026-11-30 周一，剩 5 工作日　→　停止" in notice.clock_words
    assert "补正时限　没有　→　2026-12-14 周一，剩 15 工作日" in notice.clock_words
    desk.type("没有标尺寸")
    desk.press(ENTER)
    desk.type("重画并标明尺寸")
    desk.press(ENTER, CONTROL)
    case = case_shown(desk)
    assert (case.state, desk.window.intake.is_empty) == ("supplementing", True)
    assert "已告知补正 莲城管许补〔2026〕1号" in desk.said
    desk.press(Qt.Key.Key_J, CONTROL)
    assert desk.shows(desk.window.intake)
    assert "收补正材料" in desk.window.intake.accept_button.text()
    desk.press(Qt.Key.Key_Space)
    desk.press(ENTER, CONTROL)
    assert "已收补正材料 莲城管许收〔2026〕1号-补1" in desk.said
    assert "受理并打印" in desk.window.intake.accept_button.text()
    desk.press(ENTER, CONTROL)
    assert case_shown(desk).state == "accepted"


def test_a_shorter_time_to_come_moves_the_day_at_once(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    desk.press(Qt.Key.Key_B, CONTROL)
    notice = desk.window.ways.notice
    notice.limit.setFocus()
    notice.limit.selectAll()
    desk.type("5")
    assert "补正时限　没有　→　2026-11-30 周一，剩 5 工作日" in notice.clock_words
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows(desk.window.intake)


def test_a_material_that_is_there_but_wrong_is_ticked_by_hand(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    take(desk, 0, 1, 3)
    desk.press(Qt.Key.Key_B, CONTROL)
    notice = desk.window.ways.notice
    assert notice.lines == ()
    desk.press(Qt.Key.Key_Space)
    desk.press(ENTER)
    desk.type("没有签名")
    desk.press(ENTER, CONTROL)
    assert "“申请表”没有写清缺陷或补正要求" in desk.said
    assert desk.shows(notice)
    desk.press(ENTER)
    desk.type("本人签名")
    desk.press(ENTER, CONTROL)
    assert case_shown(desk).state == "supplementing"


def test_secondary_materials_may_follow(desk: Desk, at_materials: Callable[..., Card], front: Front) -> None:
    at_materials()
    take(desk, 0, 1)
    desk.press(Qt.Key.Key_Q, CONTROL)
    assert "补齐期限　2026-11-24 周二" in desk.window.ways.lacking.words
    desk.press(ENTER)
    case = case_shown(desk)
    assert (case.state, case.lacks) == ("accepted", True)
    assert "容缺受理承诺书" in desk.said
    desk.press(Qt.Key.Key_J, CONTROL)
    desk.press(Qt.Key.Key_Space)
    desk.press(ENTER, CONTROL)
    assert "容缺的材料已经补齐" in desk.said
    assert not front.case(case.case_id).lacks
    assert not desk.window.accepted.go_on_button.isVisible()


def test_a_way_that_is_not_open_says_why(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    desk.press(Qt.Key.Key_Q, CONTROL)
    assert "缺的申请表、申请人身份证明是主要材料" in desk.said
    assert desk.window.side.panel is None
    desk.press(Qt.Key.Key_O, CONTROL)
    ways = desk.window.ways.listing
    assert ways.reason("accept_informed") == "本事项没有公布告知承诺"
    assert not ways.buttons["accept_informed"].isEnabled()
    assert ways.reason("supplement") == ""


def test_nothing_is_accepted_below_an_open_panel(desk: Desk, at_materials: Callable[..., Card], front: Front) -> None:
    card = at_materials()
    take(desk, 0, 1, 3)
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_4)
    desk.press(ENTER, CONTROL)
    assert front.history(card.id_number) == ()
    desk.press(Qt.Key.Key_Escape)
    desk.press(ENTER, CONTROL)
    assert len(front.history(card.id_number)) == 1


def test_what_has_no_applicant_or_matter_goes_no_way(desk: Desk, take_ticket: Callable[..., str]) -> None:
    desk.press(Qt.Key.Key_O, CONTROL)
    assert "录入申请人姓名" in desk.said
    assert desk.window.side.panel is None


def test_an_applicant_may_promise(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials("XK02")
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_3)
    panel = desk.window.ways.informed
    assert panel.form.text("basis") == "城市市容和环境卫生管理条例第17条第2款"
    assert panel.form.day("check_by") == date(2027, 1, 22)
    desk.type("到期三日内自行清除")
    desk.press(ENTER)
    desk.press(ENTER)
    assert case_shown(desk).state == "accepted"
    assert "告知承诺书" in desk.said


def test_a_refusal_asks_who_is_competent_only_where_the_bureau_is_not(
    desk: Desk, at_materials: Callable[..., Card]
) -> None:
    at_materials()
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_4)
    panel = desk.window.ways.refusal
    assert panel.form.text("authority") == ""
    desk.press(Qt.Key.Key_Down)
    assert panel.limb == "not_competent"
    desk.press(ENTER)
    desk.type("占用的是公路用地")
    desk.press(ENTER)
    desk.press(ENTER)
    assert panel.form.wrong("authority") == "请填写有权机关。"
    desk.type("区交通运输局")
    desk.press(ENTER)
    case = case_shown(desk)
    assert case.state == "refused"
    assert [each.kind for each in case.documents] == ["receipt", "refusal"]


def test_an_application_is_mended_and_taken_in_to_be_decided_later(
    desk: Desk, at_materials: Callable[..., Card]
) -> None:
    at_materials()
    take(desk, 0, 1, 3)
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_5)
    desk.type("补写起止日期")
    desk.press(ENTER)
    assert case_shown(desk).state == "received"
    desk.press(Qt.Key.Key_J, CONTROL)
    desk.press(Qt.Key.Key_O, CONTROL)
    assert desk.window.ways.listing.reason("receive") == "已经收件"
    desk.press(Qt.Key.Key_Escape)
    desk.press(ENTER, CONTROL)
    assert case_shown(desk).state == "accepted"


def test_what_is_received_only_is_found_again_and_decided(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    take(desk, 0, 1)
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_6)
    assert case_shown(desk).state == "received"
    assert "2026-11-30 前答复" in desk.said
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.intake.is_empty
    desk.press(Qt.Key.Key_K, CONTROL)
    desk.type("1")
    desk.press(ENTER)
    assert desk.shows(desk.window.case_page)
    desk.press(Qt.Key.Key_J, CONTROL)
    assert desk.shows(desk.window.intake)
    assert desk.window.intake.heading.text() == "已收件，待判定　莲城管许收〔2026〕1号"
    desk.press(Qt.Key.Key_Space)
    desk.press(ENTER, CONTROL)
    assert case_shown(desk).state == "accepted"


def test_another_card_does_not_become_the_applicant_of_a_case(
    desk: Desk, at_materials: Callable[..., Card], make_card: Callable[..., Card]
) -> None:
    at_materials()
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_6)
    desk.press(Qt.Key.Key_J, CONTROL)
    words = desk.window.intake.applicant.words
    desk.lay(make_card(name="赵代理"))
    assert desk.window.intake.applicant.words == words
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.intake.case_id is None


def test_a_like_application_is_warned_of_and_asked_about(
    desk: Desk, at_materials: Callable[..., Card], accept_case: Callable[..., Accepted], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    first = accept_case(card)
    at_materials("XK05", card)
    assert desk.window.intake.doubled.text() == f"⚠ 已有相似申请 {first.receipt_number}"
    take(desk, 0, 1, 3)
    desk.press(ENTER, CONTROL)
    panel = desk.window.ways.doubled
    assert desk.window.side.panel is panel
    assert first.receipt_number in panel.words.text()
    desk.press(Qt.Key.Key_2)
    assert case_shown(desk).state == "accepted"
    assert desk.window.side.panel is None


def test_an_empty_form_shows_no_way_as_closed(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials("XK05")
    button = desk.window.intake.ways["accept_lacking"]
    assert "主要材料" in button.toolTip()
    desk.window.intake.open_for(None)
    assert (button.toolTip(), button.property("off")) == ("", "false")


def test_an_organisation_applies_with_its_code_and_its_representative(
    desk: Desk, take_ticket: Callable[..., str]
) -> None:
    take_ticket("XK05")
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_F10)
    desk.window.intake.begin()
    desk.press(Qt.Key.Key_T, CONTROL)
    desk.type("莲城区测试小吃店")
    desk.press(ENTER)
    desk.type(CREDIT_CODE)
    assert desk.window.intake.applicant.history_words == "没有历史办件"
    desk.press(ENTER, CONTROL)
    assert "法定代表人" in desk.window.intake.applicant.wrong
    desk.type("李试芳")
    for _ in range(4):
        desk.press(ENTER)
    take(desk, 0, 1, 3)
    desk.press(ENTER, CONTROL)
    applicant = case_shown(desk).applicant
    assert (applicant.name_masked, applicant.organisation_kind) == ("莲城区测试小吃店", "individual_business")


def test_an_agent_is_read_from_a_card_and_stands_masked(
    desk: Desk, at_materials: Callable[..., Card], make_card: Callable[..., Card]
) -> None:
    at_materials()
    take(desk, 0, 1, 3)
    desk.press(Qt.Key.Key_D, CONTROL)
    desk.type("向阳路18号门前")
    desk.lay(make_card(name="赵代理"))
    panel = desk.window.ways.particulars
    panel.form.focus("authority")
    desk.type("代为申请并领取证件")
    desk.press(ENTER)
    assert desk.window.side.panel is None
    assert desk.window.intake.summary.text() == "新办　窗口　代理人 赵*理　向阳路18号门前"
    desk.press(ENTER, CONTROL)
    case = case_shown(desk)
    assert (case.agent_masked, case.subject) == ("赵*理", "向阳路18号门前")


def test_a_typed_agent_wants_a_right_number_and_an_authority(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    desk.press(Qt.Key.Key_D, CONTROL)
    panel = desk.window.ways.particulars
    panel.agent.setChecked(True)
    panel.form.set_text("agent_name", "李试芳")
    panel.form.set_text("agent_number", "123")
    panel.submit()
    assert "18 位" in panel.form.wrong("agent_number")
    assert panel.form.wrong("authority") == "请填写授权事项。"
    digits = "99999919880506001"
    panel.form.set_text("agent_number", digits + id_check_digit(digits))
    panel.form.set_text("authority", "代为申请")
    panel.submit()
    assert "代理人 李*芳" in desk.window.intake.summary.text()


def test_a_renewal_asks_for_the_certificate(desk: Desk, at_materials: Callable[..., Card]) -> None:
    at_materials()
    desk.press(Qt.Key.Key_D, CONTROL)
    panel = desk.window.ways.particulars
    panel.form.set_text("purpose", "renewal")
    panel.submit()
    assert "请选择是哪一份证件" in panel.form.wrong("certificate")
    panel.form.set_text("purpose", "new")
    panel.form.set_text("channel", "post")
    panel.submit()
    assert desk.window.intake.summary.text() == "新办　邮寄　本人办理　内容未填"


def test_what_was_said_of_an_application_is_kept_while_its_ticket_is_held(
    desk: Desk, at_materials: Callable[..., Card], take_ticket: Callable[..., str]
) -> None:
    at_materials()
    desk.press(Qt.Key.Key_D, CONTROL)
    desk.type("向阳路18号门前")
    desk.window.ways.particulars.submit()
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_1)
    assert "内容未填" in desk.window.intake.summary.text()
    desk.press(Qt.Key.Key_F12)
    desk.press(Qt.Key.Key_G)
    desk.press(ENTER)
    assert "向阳路18号门前" in desk.window.intake.summary.text()


def test_a_notice_that_the_program_issued_by_itself_is_printed_without_a_reason(
    desk: Desk, at_materials: Callable[..., Card], front: Front, clock: FixedClock, store: Store
) -> None:
    at_materials()
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.press(Qt.Key.Key_6)
    case_id = case_shown(desk).case_id
    clock.instant += timedelta(days=8)
    accepted = deem_accepted(store, system_actor(store.hall_id), case_id=case_id, home=front.home)
    desk.window.cases.open(front.case(case_id), "")
    desk.window.case_page.documents.select(accepted.acceptance_document)
    desk.press(Qt.Key.Key_R, CONTROL)
    assert desk.said.endswith(f"正在打印 受理通知书 {accepted.acceptance_number}。")
    desk.press(Qt.Key.Key_R, CONTROL)
    assert desk.window.papers.dialog is not None
