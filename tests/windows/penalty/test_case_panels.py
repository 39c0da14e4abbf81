"""A case as such at the penalty window, by the keyboard: correction, evidence, service, its end; the staff page."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from hall.services.penalty_records import officer_accounts
from hall.services.penalty_serving import PenaltyDelivery, serve
from hall.services.penalty_staff import list_certificates, list_conflicts
from hall.windows.penalty import Penalty
from hall.windows.penalty_staff import StaffPage
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, press_until
from tests.windows.penalty.hands import Hands

SitDown = Callable[[str], Hands]


def at_case(sit_down: SitDown, office: Office, login: str, case_id: int) -> Hands:
    hands = sit_down(login)
    hands.find(office.case(case_id).number)
    return hands


def test_a_late_correction_is_entered_and_the_case_goes_on(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered()
    hands = at_case(sit_down, office, "reviewer", case_id)
    hands.act("note_correction")
    press_until(Qt.Key.Key_Tab, lambda: isinstance(hands.focus, QCheckBox))
    hands.press(Qt.Key.Key_Space)
    hands.send()
    assert "改正日期晚于期限" in hands.said
    assert office.case(case_id).corrected_on == office.today


def test_evidence_is_kept_and_dealt_with(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered()
    hands = at_case(sit_down, office, "reviewer", case_id)
    hands.act("hold_evidence")
    hands.write("保存了什么", "铁架三副，队长批准")
    hands.send()
    assert "七个工作日" in hands.said
    assert "end_evidence" in hands.can
    hands.act("end_evidence")
    hands.write("怎样处理", "退还当事人")
    hands.send()
    assert office.case(case_id).evidence_ended_on == office.today


def test_a_case_is_dropped_on_a_ground_only(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered()
    hands = at_case(sit_down, office, "approver", case_id)
    hands.act("drop")
    hands.write("说明", "现场不符，证据不足")
    hands.press(Qt.Key.Key_Return)
    assert office.case(case_id).state == "filed"
    hands.pick("理由", "not_established")
    hands.send()
    assert (office.case(case_id).state, hands.said) == ("dropped", "✓ 已撤案：违法事实不能成立。")


def test_a_decision_is_handed_over_with_its_proof(office: Office, sit_down: SitDown) -> None:
    case_id = office.decided()
    hands = at_case(sit_down, office, "clerk", case_id)
    hands.act("serve")
    hands.write("签收人", "张测明")
    assert hands.draft() == ["行政处罚文书送达回证"]
    hands.go_to("签收人")
    hands.send()
    assert "缴款期限至 2026-12-08" in hands.said
    assert office.case(case_id).state == "served"
    assert "serve" not in hands.can


@pytest.mark.parametrize(("act", "field"), [("serve_arrive", "签收人"), ("serve_fail", "没有送到的原因")])
def test_a_letter_arrives_or_comes_back(office: Office, sit_down: SitDown, act: str, field: str) -> None:
    case_id = office.decided()
    hands = at_case(sit_down, office, "clerk", case_id)
    hands.act("serve")
    hands.pick("送达方式", "post")
    hands.write("邮件号码", "EX000000001CN")
    hands.send()
    assert "正在路上" in hands.said
    hands.act(act)
    hands.write(field, "张测明")
    hands.send()
    assert office.case(case_id).state == ("decided" if act == "serve_fail" else "served")
    assert ("serve" in hands.can) is (act == "serve_fail")


def test_a_paper_that_is_left_behind_takes_two(office: Office, sit_down: SitDown) -> None:
    case_id = office.decided()
    hands = at_case(sit_down, office, "reviewer", case_id)
    hands.act("serve")
    hands.pick("送达方式", "left")
    hands.write("拒收的事由", "当事人拒绝签收")
    hands.write("见证人", "社区工作人员赵见证")
    hands.send()
    assert office.case(case_id).state == "decided"
    hands.pick("第二送达人", str(office.actor("other").account_id))
    hands.send()
    assert office.case(case_id).state == "served"


def test_a_case_that_was_carried_out_is_closed(office: Office, sit_down: SitDown) -> None:
    case_id = office.decided(fine_fen=0)
    today = office.today
    delivery = PenaltyDelivery(way="direct", sent_on=today, served_on=today, recipient="本人", capacity="本人")
    serve(office.store, office.actor("clerk"), case_id=case_id, delivery=delivery, home=office.home)
    hands = at_case(sit_down, office, "reviewer", case_id)
    hands.act("close")
    hands.enter()
    assert (office.case(case_id).state, hands.said) == ("closed", "✓ 已结案。")


def staff_page(hands: Hands) -> StaffPage:
    hands.press(Qt.Key.Key_6, ALT)
    assert isinstance(hands.window, Penalty)
    page = hands.window.page
    assert isinstance(page, StaffPage)
    return page


def fill(hands: Hands, page: StaffPage) -> None:
    """Enter through the rest of the open panel."""
    for _ in range(12):
        if page.side.panel is None:
            return
        hands.enter()


def test_a_certificate_is_entered_and_its_validity_changed(office: Office, sit_down: SitDown) -> None:
    hands = sit_down("boss")
    page = staff_page(hands)
    hands.press(Qt.Key.Key_F3)
    hands.type("LC-0100")
    hands.write("姓名", "冯新证")
    fill(hands, page)
    assert "有效期至 2031-11-23" in hands.said
    lines = page.list.table.rows
    assert (lines[0].standing, lines[0].light) == ("已失效", "over_statutory")
    page.list.table.select(lines[0].key)
    hands.press(Qt.Key.Key_F6)
    hands.write("原因", "换发")
    fill(hands, page)
    numbers = [each.number for each in list_certificates(office.store, office.actor("boss"))]
    assert "LC-0100" in numbers
    assert "有效期已改至" in hands.said


def test_who_stays_away_is_entered_masked_and_ends(office: Office, sit_down: SitDown) -> None:
    hands = sit_down("boss")
    page = staff_page(hands)
    party = office.resident()
    hands.press(Qt.Key.Key_F4)
    hands.choose(str(office.actor("clerk").account_id))
    hands.write("姓名或名称", party.name)
    hands.write("证件号码", party.id_number)
    hands.write("关系", "近亲属")
    fill(hands, page)
    assert "已登记回避" in hands.said
    line = next(each for each in page.list.table.rows if each.conflict is not None)
    assert (line.standing, line.acts) == ("回避", ("end",))
    page.list.table.select(line.key)
    hands.press(Qt.Key.Key_F7)
    fill(hands, page)
    (conflict,) = list_conflicts(office.store, office.actor("boss"))
    assert (conflict.until_day, conflict.party_masked) == (office.today, "张*明")


def test_somebody_has_to_be_chosen_who_stays_away(office: Office, sit_down: SitDown) -> None:
    hands = sit_down("boss")
    page = staff_page(hands)
    hands.press(Qt.Key.Key_F4)
    party = office.resident()
    hands.write("姓名或名称", party.name)
    hands.write("证件号码", party.id_number)
    hands.write("关系", "近亲属")
    hands.press(Qt.Key.Key_Return, times=3)
    assert page.side.panel is page.conflict
    assert "请选择" in page.conflict.form.wrong("account")


def test_certificates_near_their_end_are_counted_on_the_tab(office: Office, sit_down: SitDown) -> None:
    hands = sit_down("boss")
    assert isinstance(hands.window, Penalty)
    office.on(date(2028, 11, 20))
    hands.window.reload()
    page = staff_page(hands)
    assert [line.light for line in page.list.table.rows].count("warning") == 5
    assert "执法人员（6）" in hands.window.tabs[-1].text()


def test_officers_are_changed_by_ticks_and_a_reason(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered()
    hands = at_case(sit_down, office, "boss", case_id)
    hands.act("officers")
    ticks = {tick.text(): tick for tick in hands.window.findChildren(QCheckBox) if tick.isVisible()}
    names = {words.split("（")[0]: tick.isChecked() for words, tick in ticks.items()}
    assert names == {"吴文正": True, "郑小川": True, "王立新": False, "蒋万能": False, "何外勤": False}
    for tick in ticks.values():
        if tick.text().startswith(("郑小川", "王立新")):
            tick.setFocus()
            hands.press(Qt.Key.Key_Space)
    hands.write("原因", "调离执法岗位")
    hands.send()
    assert "已调整本案的执法人员" in hands.said
    with office.store.read() as session:
        wanted = {office.actor("reviewer").account_id, office.actor("head").account_id}
        assert officer_accounts(session, case_id) == wanted
