"""查询: every number opens its case, a scanned receipt is verified, a forged one is refused."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from hall.rules.cards import Card
from hall.services.accepting import Accepted
from hall.services.front import Front
from hall.windows.kit.line_box import LineBox
from tests.windows.counter.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def look_for(desk: Desk, text: str) -> None:
    """Ctrl+K, the text, Enter: by hand or by a scanner."""
    desk.press(Qt.Key.Key_K, CONTROL)
    desk.type(text)
    desk.press(Qt.Key.Key_Return)


@pytest.fixture
def accepted(accept_case: Callable[..., Accepted]) -> Accepted:
    return accept_case()


@pytest.mark.parametrize("number", ["1", "莲城管许收〔2026〕1号", "莲城管许受〔2026〕1号", "b001"])
def test_a_number_opens_its_case(desk: Desk, accepted: Accepted, number: str) -> None:
    look_for(desk, number)
    assert desk.shows(desk.window.case_page)
    assert accepted.receipt_number in desk.window.case_page.numbers
    assert desk.window.case_page.light_words == "正常　已受理"


def test_an_id_number_lists_the_persons_cases(
    desk: Desk, accept_case: Callable[..., Accepted], make_card: Callable[..., Card]
) -> None:
    card = make_card()
    accept_case(card)
    newest = accept_case(card)
    look_for(desk, card.id_number)
    assert next(row.case_id for row in desk.window.search.found.rows) == newest.case_id
    desk.press(Qt.Key.Key_Return)
    assert desk.shows(desk.window.case_page)
    assert newest.acceptance_number in desk.window.case_page.numbers


def test_a_card_on_the_search_page_lists_its_holders_cases(
    desk: Desk, accept_case: Callable[..., Accepted], make_card: Callable[..., Card]
) -> None:
    card, stranger = make_card(), make_card(name="赵试和")
    accepted = accept_case(card)
    desk.press(Qt.Key.Key_K, CONTROL)
    desk.lay(card)
    assert [row.case_id for row in desk.window.search.found.rows] == [accepted.case_id]
    desk.lay(stranger)
    assert desk.said == "赵*和 没有历史办件。"
    assert not desk.window.search.line.text()


def test_why_explains_the_clocks_of_a_case(desk: Desk, accepted: Accepted) -> None:
    look_for(desk, "1")
    page = desk.window.case_page
    desk.press(Qt.Key.Key_Y, CONTROL)
    assert page.explanation.isVisible()
    assert [days.days[-1].day for days in page.explanation.calendars] == [each.due_on for each in accepted.clocks]
    desk.press(Qt.Key.Key_Escape)
    assert not page.explanation.isVisible()
    assert desk.shows(page)


def test_a_scanned_receipt_is_verified_and_opened(desk: Desk, accepted: Accepted) -> None:
    look_for(desk, accepted.receipt_payload)
    assert desk.shows(desk.window.case_page)
    assert desk.said == f"✓ 真凭证：收件凭证 {accepted.receipt_number}，2026-11-23 由本大厅签发，签名有效。"


def test_a_changed_receipt_is_refused(desk: Desk, accepted: Accepted) -> None:
    start, signature = accepted.receipt_payload.rsplit(".", 1)
    look_for(desk, f"{start}.{signature[1:2]}{signature[0:1]}{signature[2:]}")
    assert desk.shows(desk.window.search)
    assert desk.window.search.refusal.startswith("伪凭证：签名不符")
    assert desk.window.search.line.hasFocus()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("7", "没有找到"),
        ("B099", "没有找到"),
        ("莲城管许受〔2026〕7号", "没有找到编号"),
        ("?!", "看不懂"),
        ("李", "看不懂"),
        ("what", "没有找到"),
    ],
)
def test_what_is_not_there_is_said_below_the_line(desk: Desk, accepted: Accepted, text: str, sentence: str) -> None:
    look_for(desk, text)
    assert desk.window.search.refusal.startswith(sentence)


def test_escape_goes_back_step_by_step_to_what_was_entered(desk: Desk, accepted: Accepted) -> None:
    desk.type("Li")
    look_for(desk, "1")
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows(desk.window.search)
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows(desk.window.intake)
    assert desk.window.intake.applicant.name.text() == "Li"


def test_a_case_page_shows_facts_materials_and_papers(desk: Desk, accepted: Accepted, front: Front) -> None:
    look_for(desk, "1")
    page = desk.window.case_page
    assert page.fact("住址") == "莲城区****"
    assert [row.name for row in page.materials.rows] == [
        rule.name for rule in front.intake.look("XK05", ()).matter.materials if rule.required
    ]
    assert [row.kind for row in page.documents.rows] == ["receipt", "acceptance"]


def test_a_case_is_urged_on_and_counted(desk: Desk, accepted: Accepted, front: Front) -> None:
    look_for(desk, accepted.receipt_number)
    page = desk.window.case_page
    for count in (1, 2):
        desk.press(Qt.Key.Key_I, CONTROL)
        (box,) = [each for each in page.window().findChildren(LineBox) if each.isVisible()]
        box.yes_button.click()
        assert page.urge_button.text() == f"催办（{count}）  Ctrl+I"
    assert front.case(accepted.case_id).urgings == 2
