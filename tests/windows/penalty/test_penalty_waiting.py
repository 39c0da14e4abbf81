"""等您办的 on the penalty window's first page: seen at once, opened by the keyboard, kept up to date."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from hall.windows.penalty import Penalty
from hall.workers.watcher import ChangeFeed
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office
from tests.windows.keyboard import ALT
from tests.windows.penalty.conftest import SitDown
from tests.windows.penalty.hands import Hands


def window_of(hands: Hands) -> Penalty:
    assert isinstance(hands.window, Penalty)
    return hands.window


def reviewed(office: Office, deciding: Deciding) -> int:
    """A case that waits for its legal review."""
    case_id = office.registered()
    deciding.propose_grave(case_id)
    deciding.tell(case_id)
    deciding.waive(case_id)
    deciding.pass_days(10)
    return case_id


def test_a_legal_reviewer_opens_the_case_that_waits_at_its_act(
    office: Office, deciding: Deciding, sit_down: SitDown
) -> None:
    case_id = reviewed(office, deciding)
    lawyer = sit_down("lawyer")
    waiting = lawyer.page.waiting
    assert waiting.title == "等您办的（1）"
    assert window_of(lawyer).tabs[0].text().startswith("减免与缴款（1）")
    assert "↓ 等您办的" in lawyer.page.keys
    assert lawyer.page.line.hasFocus()
    lawyer.press(Qt.Key.Key_Down)
    assert waiting.table.hasFocus()
    lawyer.enter()
    file, row = lawyer.page.shown.file, lawyer.page.shown.column.acts.current_row
    assert file is not None
    assert row is not None
    assert (file.case_id, row.name) == (case_id, "legal")
    lawyer.enter()
    assert lawyer.page.deeds.panel is not None
    assert lawyer.page.deeds.panel.act == "legal"


def test_arrows_choose_among_what_waits_the_late_ones_first(office: Office, sit_down: SitDown) -> None:
    fresh = office.decided(on=date(2026, 11, 20))
    late = office.decided(on=date(2026, 11, 2))
    clerk = sit_down("clerk2")
    assert [row.case_id for row in clerk.page.waiting.table.rows] == [late, fresh]
    clerk.press(Qt.Key.Key_Down, times=2)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.line.hasFocus()
    clerk.press(Qt.Key.Key_Down)
    clerk.enter()
    assert clerk.page.shown.file is not None
    assert clerk.page.shown.file.case_id == fresh


def test_who_was_found_takes_the_place_of_what_waits_until_escape(office: Office, sit_down: SitDown) -> None:
    for _ in range(2):
        office.decided(party_id=office.person(office.resident(name="许测试")))
    clerk = sit_down("clerk")
    clerk.find("许测试")
    assert clerk.page.found.isVisible()
    assert not clerk.page.waiting.isVisible()
    assert not window_of(clerk).export_button.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.waiting.isVisible()
    assert not clerk.page.found.isVisible()
    assert clerk.page.line.hasFocus()


def test_what_another_station_did_shows_in_the_list_and_on_the_tab(
    office: Office, deciding: Deciding, sit_down: SitDown, changes: ChangeFeed
) -> None:
    case_id = reviewed(office, deciding)
    approver = sit_down("approver")
    tab = window_of(approver).tabs[0]
    assert approver.page.waiting.title == "等您办的"
    assert tab.text().startswith("减免与缴款  ")
    approver.press(Qt.Key.Key_Down)
    assert approver.page.line.hasFocus()
    deciding.review(case_id)
    changes.changed.emit(frozenset({("penalty", str(case_id))}))
    assert [row.act for row in approver.page.waiting.table.rows] == ["discuss"]
    assert tab.text().startswith("减免与缴款（1）")


def test_what_waits_is_exported_and_a_position_is_not(office: Office, sit_down: SitDown, tmp_path: Path) -> None:
    case_id = office.decided(on=date(2026, 11, 2))
    clerk = sit_down("clerk")
    window = window_of(clerk)
    assert window.export_button.isVisible()
    window.export(str(tmp_path / "等您办的"))
    sheet = load_workbook(tmp_path / "等您办的.xlsx").worksheets[0]
    assert (sheet.title, sheet.max_row) == ("等您办的", 2)
    values = [cell.value for cell in sheet[2]]
    assert values[:2] == ["已超期", "登记送达"]
    assert office.case(case_id).number in values
    clerk.press(Qt.Key.Key_Down)
    clerk.enter()
    assert not window.export_button.isVisible()
    clerk.press(Qt.Key.Key_2, ALT)
    assert window.export_button.isVisible()
