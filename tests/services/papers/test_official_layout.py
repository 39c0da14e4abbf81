"""Decisions on paper after GB/T 9704-2012, measured in millimetres on the finished pages."""

import math
from functools import partial
from itertools import pairwise

import docx
import pytest

from hall.printing.fonts import FontSet
from hall.resources import template
from tests.services.papers.filled import DECLARED, HOME, filled
from tests.services.papers.sheet import MM, Line, Sheet, sheets

TOP, LEFT, WIDTH, HEIGHT = 37, 28, 156, 225
"""The type area (版心): 天头, 订口, its width and height."""
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
LINE = HEIGHT / 22
CHARACTER = WIDTH / 28
SEAL = 45
"""The widest seal of a bureau."""


def _has_letterhead(file: str) -> bool:
    style = docx.Document(str(template(file, HOME))).paragraphs[0].style
    return style is not None and style.name == "发文机关标志"


DECISIONS = [kind for kind, each in DECLARED.items() if _has_letterhead(each.file)]

# A report to the government has its number on the left and who signs it on the right (GB/T 9704—2012, 7.2.5, 7.2.6).
UPWARD = {"district_report"}

near = partial(pytest.approx, abs=1.0)
exactly = partial(pytest.approx, abs=0.3)


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet.shipped()


@pytest.fixture(scope="module")
def pages(fonts: FontSet) -> dict[str, list[Sheet]]:
    """Every decision's pages, with short and with long content."""
    names = [f"{kind} {length}" for kind in DECISIONS for length in ("short", "long")]
    return {name: sheets(filled(name, fonts).pdf) for name in names}


def _body(sheet: Sheet) -> list[Line]:
    """What stands in the type area."""
    return [line for line in sheet.lines if line.baseline < BOTTOM]


def _closing(sheets_: list[Sheet]) -> tuple[Line, Line, Line]:
    """The last line of the text, the authority's name and the date."""
    last = _body(sheets_[-1])
    number = next(index for index, line in enumerate(last) if line.text == "2026年12月3日")
    return last[number - 2], last[number - 1], last[number]


def test_every_decision_has_the_official_layout() -> None:
    decisions = {"refusal", "grant", "denial", "change_decision", "ending", "penalty", "no_penalty"}
    decisions |= {"mitigated_penalty", "penalty_notice", "penalty_hearing", "leniency_answer"}
    assert decisions <= set(DECISIONS)


@pytest.mark.parametrize("kind", DECISIONS)
def test_nothing_leaves_the_type_area_but_the_page_number(kind: str, pages: dict[str, list[Sheet]]) -> None:
    for sheet in pages[f"{kind} short"] + pages[f"{kind} long"]:
        assert sheet.width == exactly(210)
        assert sheet.height == exactly(297)
        marks = [mark for line in _body(sheet) for mark in line.marks]
        assert min(mark.left for mark in marks) >= LEFT - 0.3
        assert max(mark.right for mark in marks) <= RIGHT + 0.3
        assert min(mark.top for mark in marks) >= TOP
        assert max(mark.bottom for mark in marks) <= BOTTOM
        assert sum(line.baseline > BOTTOM for line in sheet.lines) == 1


@pytest.mark.parametrize("kind", DECISIONS)
def test_the_letterhead_stands_where_the_standard_wants_it(kind: str, pages: dict[str, list[Sheet]]) -> None:
    sheet = pages[f"{kind} short"][0]
    letterhead, number, title, addressee = _body(sheet)[:4]
    assert letterhead.top == near(TOP + 35)
    assert {mark.colour for mark in letterhead.marks} == {"FF0000"}
    if kind in UPWARD:
        assert number.x == near(LEFT + CHARACTER)
        assert number.text.endswith("签发人：")
    else:
        assert number.middle == near((LEFT + RIGHT) / 2)
    assert number.top - letterhead.bottom == pytest.approx(2 * LINE, abs=LINE / 2)
    (rule,) = (rule for rule in sheet.rules if rule.colour == "FF0000")
    assert rule.y - number.bottom == exactly(4)
    assert rule.left == near(LEFT)
    assert rule.right == near(RIGHT)
    assert (number.size, title.size, addressee.size) == (16, 22, 16)
    assert title.middle == near((LEFT + RIGHT) / 2)
    assert title.top - rule.y == pytest.approx(2 * LINE, abs=LINE / 2)
    assert addressee.x == exactly(LEFT)
    assert addressee.text.endswith("：") or _body(sheet)[4].text.endswith("：")


@pytest.mark.parametrize("sections", range(6, 14))
def test_a_heading_of_the_report_stands_with_its_words(sections: int, fonts: FontSet) -> None:
    rows = tuple({"title": f"{number}、示例标题", "words": "收到一件。"} for number in range(sections))
    for sheet in sheets(filled("district_report short", fonts, sections=rows).pdf):
        assert not _body(sheet)[-1].text.endswith("示例标题")


def test_a_line_has_twenty_eight_characters_and_a_page_twenty_two_lines(fonts: FontSet) -> None:
    made = sheets(filled("denial short", fonts, facts="字" * 28 * 60).pdf)
    full = [line for sheet in made for line in _body(sheet) if set(line.text) == {"字"} and line.x < LEFT + 1]
    assert {len(line.marks) for line in full[:-1]} == {28}
    assert all(line.end == exactly(RIGHT) for line in full[:-1])
    assert len(_body(made[1])) == 22
    for upper, lower in pairwise(_body(made[1])):
        assert lower.baseline - upper.baseline == pytest.approx(28.95 / MM, abs=0.05)


@pytest.mark.parametrize("kind", DECISIONS)
def test_text_is_set_in_16_points_and_begins_two_characters_in(kind: str, pages: dict[str, list[Sheet]]) -> None:
    sheet = pages[f"{kind} short"][0]
    below_rule = _body(sheet)[2:]
    addressed = next(index for index, line in enumerate(below_rule) if line.text.endswith("："))
    first, *others = below_rule[addressed + 1 :]
    assert first.x == exactly(LEFT + 2 * CHARACTER)
    assert {line.size for line in (first, *others) if line.x < LEFT + 1} <= {16}
    assert [line.size for line in others].count(16) >= 5


@pytest.mark.parametrize("kind", DECISIONS)
@pytest.mark.parametrize("length", ["short", "long"])
def test_the_date_stands_four_characters_from_the_right_on_a_page_with_text(
    kind: str, length: str, pages: dict[str, list[Sheet]]
) -> None:
    made = pages[f"{kind} {length}"]
    text, authority, date = _closing(made)
    assert date.end == near(RIGHT - 4 * CHARACTER)
    assert date.baseline - authority.baseline == exactly(LINE)
    assert authority.baseline - text.baseline == exactly(3 * LINE)
    assert authority.end <= RIGHT + 0.3


def test_a_name_that_has_room_stands_over_the_middle_of_the_date(fonts: FontSet) -> None:
    _, authority, date = _closing(sheets(filled("denial short", fonts, authority_name="示例区城市管理局").pdf))
    assert authority.text == "示例区城市管理局"
    assert authority.middle == pytest.approx(date.middle, abs=2)


@pytest.mark.parametrize("kind", DECISIONS)
@pytest.mark.parametrize("length", ["short", "long"])
def test_a_seal_presses_name_and_date_and_nothing_else(kind: str, length: str, pages: dict[str, list[Sheet]]) -> None:
    made = pages[f"{kind} {length}"]
    text, authority, date = _closing(made)
    x, y = date.middle, (authority.top + authority.bottom) / 2
    assert 0 <= y - SEAL / 2 - text.bottom <= LINE
    assert math.hypot(date.middle - x, (date.top + date.bottom) / 2 - y) < SEAL / 4
    others = [line for line in made[-1].lines if line not in (authority, date)]
    marks = [mark for line in others for mark in line.marks]
    assert min(math.hypot(mark.x - x, mark.baseline - y) for mark in marks) > SEAL / 2
    assert all(abs(rule.y - y) > SEAL / 2 for rule in made[-1].rules if rule.colour != "FF0000")
    assert all(top > y + SEAL / 2 or right < x - SEAL / 2 for _, top, right, _ in made[-1].pictures)


@pytest.mark.parametrize("kind", [*DECISIONS, "acceptance", "extension", "monthly_report"])
def test_page_numbers_stand_outside_below_the_type_area(
    kind: str, pages: dict[str, list[Sheet]], fonts: FontSet
) -> None:
    name = f"{kind} long"
    for page, sheet in enumerate(pages.get(name) or sheets(filled(name, fonts).pdf), start=1):
        number = sheet.lines[-1]
        assert number.text == f"—{page}—"
        assert number.size == 14
        dash = number.marks[0]
        assert (dash.top + dash.bottom) / 2 == pytest.approx(BOTTOM + 7, abs=0.6)
        if page % 2:
            assert RIGHT - number.marks[-1].right == pytest.approx(14 / MM, abs=0.6)
        else:
            assert number.marks[0].left - LEFT == pytest.approx(14 / MM, abs=0.6)
