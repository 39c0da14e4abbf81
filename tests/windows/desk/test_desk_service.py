"""送达 at the desk by keyboard: each way with what proves it, what is under way, what the clerk is told."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from hall.services.case_files import NewFile
from hall.services.clock_front import ClockFront
from hall.services.closing_front import ClosingFront
from hall.windows.desk_service_panels import ServePanel
from hall.words import SERVICE_WAYS
from tests.services.after.aftermath import PNG, Aftermath
from tests.windows.desk.hands import Hands
from tests.windows.keyboard import CONTROL, press_until

AtDesk = Callable[[str], Hands]
WAYS = list(SERVICE_WAYS)


@pytest.fixture
def certified(bureau: Aftermath) -> int:
    """A case whose decision and certificate wait to be served."""
    return bureau.certified(bureau.licence())[0]


def begin(hands: Hands, way: str = "direct") -> ServePanel:
    """F3, and down to a way."""
    hands.press(Qt.Key.Key_F3)
    panel = hands.desk.panel
    assert isinstance(panel, ServePanel)
    hands.press(Qt.Key.Key_Down, times=WAYS.index(way))
    assert panel.form.text("step") == way
    return panel


def fill(hands: Hands, panel: ServePanel, key: str, text: str) -> None:
    """Go back to a field and type over what it holds."""
    panel.form.focus(key)
    hands.type(text)


def test_papers_are_handed_over_and_the_case_is_finished(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    assert hands.shows(certified)
    panel = begin(hands)
    assert "送达时限已用 0 / 10 工作日" in panel.told.text()
    assert len(panel.ticks.chosen) == 2
    hands.enter(2)
    hands.type("张测明")
    hands.confirm()
    assert "送达回证正在打印。全部送达，可以办结。" in hands.said
    assert {record.way for record in bureau.services(certified)} == {"direct"}
    assert hands.desk.panel is None
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.enter()
    assert bureau.case(certified).state == "finished"


def test_what_is_missing_is_told_and_what_was_typed_stays(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    panel = begin(hands)
    hands.confirm()
    assert "没有填签收人" in hands.said
    assert hands.desk.panel is panel
    assert not bureau.services(certified)
    fill(hands, panel, "served_on", "2026-11-20")
    fill(hands, panel, "recipient", "张测明")
    hands.confirm()
    assert "早于" in hands.said
    assert (panel.form.text("recipient"), panel.form.text("served_on")) == ("张测明", "2026-11-20")
    fill(hands, panel, "served_on", "11月20日")
    hands.confirm()
    assert "2026-12-01 这样" in panel.form.wrong("served_on")


def test_one_of_two_papers_can_be_served_alone(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    panel = begin(hands)
    panel.ticks.focus()
    hands.press(Qt.Key.Key_Space)
    hands.enter(2)
    fill(hands, panel, "recipient", "张测明")
    hands.confirm()
    assert "还没有送达：准予行政许可决定书" in hands.said
    assert len(bureau.services(certified)) == 1
    panel = begin(hands)
    assert len(panel.ticks.chosen) == 1
    panel.ticks.focus()
    hands.press(Qt.Key.Key_Space)
    panel.submit()
    assert "请勾选要送达的文书" in panel.form.wrong("step")


def test_posting_stops_the_limit_and_the_arrival_is_registered_later(
    bureau: Aftermath, certified: int, at_desk: AtDesk
) -> None:
    hands = at_desk("clerk")
    panel = begin(hands, "post")
    assert "交邮之日止住送达时限" in panel.told.text()
    hands.enter()
    hands.type("XA1234567")
    hands.confirm()
    assert "正在路上" in hands.said
    bureau.days_on(3)
    hands.desk.reload()
    hands.press(Qt.Key.Key_F3)
    assert panel.form.text("step") == "arrived:post"
    hands.enter(2)
    hands.type("张测明")
    hands.confirm()
    assert "已送达（2026-11-26 周四）" in hands.said
    assert [record.served_on for record in bureau.services(certified)] == [date(2026, 11, 26)] * 2
    delivery = bureau.running(certified)["delivery"]
    assert (delivery.state, delivery.stopped_on) == ("stopped", date(2026, 11, 23))


def test_what_came_back_is_registered_and_goes_another_way(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    begin(hands, "post")
    hands.enter()
    hands.type("XA1234567")
    hands.confirm()
    bureau.days_on(4)
    hands.press(Qt.Key.Key_F3)
    hands.press(Qt.Key.Key_Down)
    hands.enter(2)
    hands.type("查无此人")
    hands.confirm()
    assert "换一种方式" in hands.said
    bureau.files().add(certified, NewFile("公告照片", "service", PNG))
    hands.desk.reload()
    begin(hands, "public")
    hands.confirm()
    assert "期满视为送达" in hands.said
    assert bureau.services(certified)[-1].proof_file_id is not None
    hands.press(Qt.Key.Key_F3)
    panel = hands.desk.panel
    assert isinstance(panel, ServePanel)
    assert panel.told.text() == "公告期还没有满，期满视为送达。"
    hands.confirm()
    assert "没有等待送达的文书" in panel.form.wrong("step")


def test_leaving_papers_behind_needs_a_second_server_and_a_witness(
    bureau: Aftermath, certified: int, at_desk: AtDesk
) -> None:
    hands = at_desk("clerk")
    panel = begin(hands, "left")
    fill(hands, panel, "refusal", "当事人拒绝签收")
    hands.confirm()
    assert "第二" not in hands.said
    assert "两名送达人" in panel.form.wrong("second")
    panel.form.focus("second")
    press_until(Qt.Key.Key_Down, lambda: panel.form.text("second") == str(bureau.id_of("other")))
    hands.confirm()
    assert "没有见证人" in hands.said
    fill(hands, panel, "witness", "居委会刘某")
    hands.confirm()
    assert "全部送达" in hands.said
    assert {record.second_server_id for record in bureau.services(certified)} == {bureau.id_of("other")}


def test_electronic_service_needs_the_signed_consent(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    panel = begin(hands, "electronic")
    hands.confirm()
    assert "电子送达同意书" in hands.said
    hands.press(Qt.Key.Key_Escape)
    bureau.files().add(certified, NewFile("电子送达同意书", "consent", PNG))
    hands.desk.reload()
    begin(hands, "electronic")
    panel.form.focus("arrived")
    hands.press(Qt.Key.Key_Space)
    hands.confirm()
    assert "已送达（2026-11-23 周一）" in hands.said
    assert all(record.consent_file_id for record in bureau.services(certified))


def test_passing_on_is_under_way_until_it_is_signed_for(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    begin(hands, "transfer")
    hands.confirm()
    assert "正在路上" in hands.said
    assert [record.served_on for record in bureau.services(certified)] == [None, None]


def test_who_was_told_to_collect_stops_the_limit(bureau: Aftermath, certified: int, at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    hands.press(Qt.Key.Key_F4)
    hands.confirm()
    assert hands.desk.panel is not None, "how is asked for"
    hands.type("电话告知本人")
    hands.confirm()
    assert "送达时限停止" in hands.said
    assert bureau.running(certified)["delivery"].stopped_how == "told"
    closing: ClosingFront = bureau.closing()
    assert not any(paper.served for paper in closing.papers(certified))


def test_an_extension_is_served_while_the_review_goes_on(bureau: Aftermath, at_desk: AtDesk) -> None:
    case_id = bureau.under_review(bureau.publish("EX1"))
    hands = at_desk("reviewer")
    assert "没有等待送达的文书" in hands.desk.foot.buttons["serve"].toolTip()
    hands.press(Qt.Key.Key_F3)
    assert hands.desk.panel is None
    ClockFront(bureau.store, bureau.people["approver"], bureau.home).extend(case_id, {"statutory": 1}, "需要现场比对")
    hands.desk.reload()
    begin(hands)
    hands.enter(2)
    hands.type("张测明")
    hands.confirm()
    assert hands.said.endswith("全部送达。")


@pytest.mark.usefixtures("certified")
def test_what_enter_goes_to_is_brought_into_view(at_desk: AtDesk) -> None:
    hands = at_desk("clerk")
    hands.desk.resize(hands.desk.minimumSize())
    panel = begin(hands, "left")
    seen = []
    for _ in panel.fields("left"):
        hands.enter()
        QApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.visibleRegion().boundingRect().height() == focus.height())
    assert all(seen)
