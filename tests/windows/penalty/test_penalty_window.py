"""The penalty window by its keys: whom it finds, what it shows, what it registers, its lists."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

import hall.services
from hall.rules.cards import Card
from hall.services.payment_notices import NewNotice, issue_notice
from hall.services.persons import record_card
from hall.store.schema.documents import Document
from hall.store.schema.penalties import PenaltyCase, PenaltyOfficer
from hall.windows.kit.window_keys import WINDOWS
from hall.windows.penalty import Penalty
from hall.windows.penalty_acts_column import ACT_PAPERS, RESULT_PAPERS
from hall.windows.penalty_clocks import ClocksPage
from hall.windows.penalty_panels import PANELS
from hall.windows.penalty_words import CASE_EVENTS
from hall.words import DOCUMENT_KINDS, PENALTY_ACTS, PENALTY_RESULTS
from hall.workers.card_reader import CardFeed
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT, CONTROL
from tests.windows.penalty.conftest import SitDown
from tests.windows.penalty.hands import Hands

HAPPENS = {"pay", "reverse", "leniency_review", "leniency_answer"}
"""What is told of a case's history without being an act on it."""


def window_of(hands: Hands) -> Penalty:
    assert isinstance(hands.window, Penalty)
    return hands.window


def overdue(office: Office, **columns: object) -> int:
    days = {"on": date(2026, 11, 2), "served_on": date(2026, 11, 3), "due_on": date(2026, 11, 18)}
    return office.served(**days, **columns)  # type: ignore[arg-type]  # dates and columns


def test_every_act_has_a_panel_or_is_done_on_a_list_and_every_paper_a_name() -> None:
    assert set(PANELS) <= set(PENALTY_ACTS)
    assert set(PENALTY_ACTS) - set(PANELS) <= HAPPENS
    assert set(ACT_PAPERS) <= set(PENALTY_ACTS)
    assert {kind for kinds in ACT_PAPERS.values() for kind in kinds} | set(RESULT_PAPERS.values()) <= set(
        DOCUMENT_KINDS
    )
    assert set(RESULT_PAPERS) == set(PENALTY_RESULTS)


def test_everything_that_happens_to_a_case_has_its_words() -> None:
    services = Path(hall.services.__file__).parent.glob("*.py")
    call = re.compile(r"add_penalty_event\(\s*work,\s*case,\s*\"(\w+)\"")
    kinds = {kind for path in services for kind in call.findall(path.read_text(encoding="utf-8"))}
    assert {"register", "decide", "serve", "notice"} <= kinds
    assert kinds <= set(PENALTY_ACTS) | set(CASE_EVENTS)


@pytest.mark.parametrize("name", ["penalty", "counter"])
def test_no_two_keys_of_a_window_are_the_same(name: str) -> None:
    own = [hotkey.keys for hotkey in WINDOWS[name]]
    shared = {"F2", "F3", "F4", "F6", "F7", "F8", "F9"}  # each list has its own deeds on the keys of functions
    double = {keys for keys in own if own.count(keys) > 1}
    assert double <= (shared if name == "penalty" else set())


def test_one_search_shows_the_whole_position_and_the_arrows_open_an_act(office: Office, sit_down: SitDown) -> None:
    details = office.resident(name="许测试")
    person = office.person(details)
    late = overdue(office, party_id=person)
    filed = office.registered(party_id=person)
    clerk = sit_down("clerk")
    clerk.find(details.id_number)
    shown = clerk.page.shown
    assert shown.party_words.startswith("许*试")
    assert "处罚案件 2 件，未结 2 件" in shown.party_words
    assert details.id_number not in shown.party_words
    assert clerk.page.line.text() == ""
    assert [row.case_id for row in shown.lines.rows] == [filed, late]
    assert len(shown.column.road_words) == 4
    shown.lines.setFocus()
    clerk.press(Qt.Key.Key_Down)
    assert shown.file is not None
    assert (shown.file.case_id, shown.file.fine is not None) == (late, True)
    clerk.enter()
    clerk.act("notice")
    assert clerk.page.deeds.panel is not None
    assert clerk.page.deeds.panel.act == "notice"
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.side.panel is None
    assert shown.column.acts.hasFocus()


def test_what_cannot_be_done_stands_in_the_list_with_its_reason(office: Office, sit_down: SitDown) -> None:
    case_id = office.registered()
    approver = sit_down("approver")
    approver.find(office.case(case_id).number)
    column = approver.page.shown.column
    row = next(each for each in column.acts.rows if each.reasons)
    assert "现在不能办" in {cells[1] for cells in column.acts.as_sheet("可以办的").rows}
    approver.act(row.name)
    assert approver.page.side.panel is None
    assert row.reasons[0] in approver.said
    assert row.reasons[0] in column.why


def test_several_persons_are_listed_and_enter_opens_one(office: Office, sit_down: SitDown) -> None:
    first, second = (office.registered(party_id=office.person(office.resident(name="钱同名"))) for _ in range(2))
    clerk = sit_down("clerk")
    clerk.find("钱同名")
    assert "找到 2 位当事人" in clerk.said
    assert [row.name_masked for row in clerk.page.found.rows] == ["钱*名", "钱*名"]
    clerk.press(Qt.Key.Key_Down)
    clerk.enter()
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == first
    assert second != first


def test_nobody_found_is_said_above_the_list_and_the_field_keeps_the_keyboard(sit_down: SitDown) -> None:
    clerk = sit_down("clerk")
    clerk.find("无此人")
    assert "没有找到这个姓名" in clerk.page.refusal
    assert clerk.page.line.hasFocus()
    clerk.type("x")
    assert clerk.page.refusal == ""


def test_a_card_finds_its_holder_and_a_code_its_case(
    office: Office, sit_down: SitDown, cards: CardFeed, make_card: Callable[..., Card]
) -> None:
    holder = make_card()
    with office.store.work("person.enter", office.actor("clerk")) as work:
        person = record_card(work, holder)
        work.audit(f"person:{person}")
    case_id = office.served(party_id=person)
    notice = NewNotice("61010026000012345678", 300_000)
    issued = issue_notice(office.store, office.actor("cashier"), case_id=case_id, notice=notice, home=office.home)
    clerk = sit_down("clerk")
    cards.card.emit(holder)
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == case_id
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.line.hasFocus()
    with office.store.read() as session:
        code = session.get_one(Document, issued.document_id).code_payload
    window_of(clerk).take_scan(code)
    assert clerk.page.is_open
    clerk.press(Qt.Key.Key_M, CONTROL)
    window_of(clerk).take_scan(code)
    assert "先办完" in clerk.said


def test_why_tells_the_addition_and_the_periods_day_by_day(office: Office, sit_down: SitDown) -> None:
    case_id = overdue(office)
    clerk = sit_down("clerk")
    clerk.find(office.case(case_id).number)
    clerk.press(Qt.Key.Key_Y, CONTROL)
    shown = clerk.page.shown
    assert shown.why.isVisible()
    assert "共计算 5 日，加处 ¥450.00" in shown.why.added
    assert "罚款本金不变" in shown.why.added
    assert not shown.column.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert shown.column.acts.hasFocus()


def test_a_case_is_registered_by_keyboard_with_two_officers(office: Office, sit_down: SitDown) -> None:
    details = office.resident(name="何新案")
    clerk = sit_down("clerk")
    clerk.press(Qt.Key.Key_M, CONTROL)
    clerk.write("姓名、名称", details.name)
    clerk.write("证件号码", details.id_number)
    clerk.write("案由", "占用城市")
    clerk.write("违法行为", "未经批准占用人行道堆放建筑材料")
    clerk.write("地点", "莲城区向阳路9号门前")
    clerk.write("责令改正", "2026-11-23")
    clerk.write("改正期限", "2026-11-30")
    for _ in range(20):
        if "LC-" in clerk.focus.accessibleName():
            break
        clerk.enter()
    clerk.send()
    assert "两名以上" in clerk.page.deeds.registering.wrong
    clerk.press(Qt.Key.Key_Space)
    clerk.enter()
    clerk.press(Qt.Key.Key_Space)
    clerk.send()
    assert "案件已经登记" in clerk.said
    file = clerk.page.shown.file
    assert file is not None
    assert (file.party.name_masked, file.violation_code, file.state) == ("何*案", "CFT01", "filed")
    assert (file.correction_ordered_on, file.correct_by) == (date(2026, 11, 23), date(2026, 11, 30))
    assert len(file.officers) == 2
    with office.store.read() as session:
        assert session.query(PenaltyOfficer).filter_by(case_id=file.case_id).count() == 2
        assert session.get_one(PenaltyCase, file.case_id).account_id == office.actor("clerk").account_id


def test_a_card_fills_the_registration_and_an_unknown_violation_is_said_at_its_field(
    office: Office, sit_down: SitDown, cards: CardFeed, make_card: Callable[..., Card]
) -> None:
    clerk = sit_down("clerk")
    clerk.press(Qt.Key.Key_M, CONTROL)
    cards.card.emit(make_card())
    panel = clerk.page.deeds.registering
    assert panel.isVisible()
    clerk.write("案由", "没有这种")
    clerk.write("违法行为", "占道")
    clerk.write("地点", "向阳路")
    for _ in range(20):
        if "LC-" in clerk.focus.accessibleName():
            break
        clerk.enter()
    assert panel.form.wrong("violation") == "没有这个案由，请写代码或名称里的字。"
    assert panel.form.wrong("name") == ""  # the card tells the name


def test_whoever_does_not_register_has_no_key_for_it(sit_down: SitDown) -> None:
    officer = sit_down("reviewer")
    assert not officer.page.register_button.isVisible()
    officer.press(Qt.Key.Key_M, CONTROL)
    assert officer.page.side.panel is None


@pytest.mark.parametrize(
    ("login", "pages"),
    [
        ("clerk", ["减免与缴款", "时限", "查封扣押", "公示"]),
        ("cashier", ["减免与缴款", "时限", "对账", "查封扣押", "公示"]),
        ("boss", ["减免与缴款", "时限", "查封扣押", "公示", "执法人员"]),
    ],
)
def test_everybody_sees_the_lists_of_its_roles_by_the_same_keys(
    sit_down: SitDown, login: str, pages: list[str]
) -> None:
    hands = sit_down(login)
    assert [tab.accessibleName() for tab in window_of(hands).tabs] == pages
    for key, name in zip("123456", ("减免与缴款", "时限", "对账", "查封扣押", "公示", "执法人员"), strict=True):
        if name in pages:
            hands.press(getattr(Qt.Key, f"Key_{key}"), ALT)
            pressed = [tab.accessibleName() for tab in window_of(hands).tabs if tab.isChecked()]
            assert pressed == [name]


def test_the_list_of_periods_begins_with_what_is_late_and_opens_the_case(
    office: Office, sit_down: SitDown, tmp_path: Path
) -> None:
    office.registered()
    late = office.decided(on=date(2026, 11, 2))
    boss = sit_down("boss")
    boss.press(Qt.Key.Key_2, ALT)
    window = window_of(boss)
    assert "（" in window.tabs[1].text()
    boss.press(Qt.Key.Key_Home, CONTROL)
    window.export(str(tmp_path / "clocks.xlsx"))
    rows = list(load_workbook(tmp_path / "clocks.xlsx").active.values)  # type: ignore[union-attr]  # there is a sheet
    assert rows[1][:2] == ("已超期", "决定书送达")
    boss.enter()
    assert window.page is window.position
    assert boss.page.shown.file is not None
    assert boss.page.shown.file.case_id == late


def test_a_change_elsewhere_is_shown_and_keeps_the_open_panel(office: Office, sit_down: SitDown) -> None:
    case_id = overdue(office)
    clerk = sit_down("clerk")
    clerk.find(office.case(case_id).number)
    clerk.act("notice")
    other = office.registered(party_id=office.case(case_id).party_id)
    window_of(clerk).reload()
    assert [row.case_id for row in clerk.page.shown.lines.rows] == [other, case_id]
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == case_id
    assert clerk.page.deeds.panel is not None


def test_a_list_that_is_not_shown_is_read_when_it_is(office: Office, sit_down: SitDown, changes: ChangeFeed) -> None:
    boss = sit_down("boss")
    window = window_of(boss)
    assert "（" not in window.tabs[1].text()
    office.decided(on=date(2026, 11, 2))
    changes.changed.emit(frozenset({("penalty", "1")}))
    assert "（" not in window.tabs[1].text()
    boss.press(Qt.Key.Key_2, ALT)
    assert "（" in window.tabs[1].text()
    late = office.decided(on=date(2026, 11, 3))
    changes.changed.emit(frozenset({("penalty", str(late))}))
    page = window.page
    assert isinstance(page, ClocksPage)
    assert late in {row.case_id for row in page.list.table.rows}


def test_a_party_in_clear_needs_a_reason(office: Office, sit_down: SitDown) -> None:
    case_id = overdue(office)
    clerk = sit_down("clerk")
    clerk.find(office.case(case_id).number)
    clerk.press(Qt.Key.Key_U, CONTROL)
    assert clerk.page.deeds.unmasking.isVisible()
    assert clerk.page.deeds.panel is None
