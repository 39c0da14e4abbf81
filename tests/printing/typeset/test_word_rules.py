"""What Word does that is seen only at line ends, at page ends and beside rules."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from hall.printing.typeset.placed import Layout, Page, PlacedLine, PlacedRule

Typeset = Callable[[WordDocument], Layout]
PdfOf = Callable[[WordDocument], bytes]
Extract = Callable[..., str]

LEFT = 90.0
"""Left margin of the library's empty document, in points."""


@pytest.fixture
def narrow(word: WordDocument) -> WordDocument:
    """A column of ten characters of 16 pt."""
    section = word.sections[0]
    section.page_width, section.left_margin, section.right_margin = Pt(2 * LEFT + 160), Pt(LEFT), Pt(LEFT)
    return word


def _lines(page: Page) -> list[PlacedLine]:
    return [item for item in page.items if isinstance(item, PlacedLine)]


def _text(line: PlacedLine) -> str:
    return "".join(run.text for run in line.runs)


def _texts(layout: Layout) -> list[list[str]]:
    return [[_text(line) for line in _lines(page)] for page in layout.pages]


def _level(page: Page) -> Iterator[PlacedRule]:
    return (item for item in page.items if isinstance(item, PlacedRule) and item.y1 == item.y2)


def _end(line: PlacedLine) -> float:
    """Where a line of 16 pt ends; digits are half as wide as Chinese."""
    width = sum(run.size * (0.5 if c.isdigit() else 1) + run.spread for run in line.runs for c in run.text)
    return line.x + width


def _set(paragraph: Paragraph, xml: str) -> Paragraph:
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:{xml} {nsdecls('w')}/>"))
    return paragraph


def test_digits_stand_apart_from_chinese_unless_the_paragraph_says_no(word: WordDocument, typeset: Typeset) -> None:
    word.add_paragraph("于2026年")
    _set(word.add_paragraph("于2026年"), 'autoSpaceDN w:val="0"')
    loose, tight = _lines(typeset(word).pages[0])
    assert _end(tight) - tight.x == pytest.approx(4 * 16)
    assert _end(loose) - loose.x == pytest.approx(4 * 16 + 2 * 4)


def test_letters_stand_apart_from_chinese_unless_the_paragraph_says_no(word: WordDocument, typeset: Typeset) -> None:
    word.add_paragraph("甲A乙")
    _set(word.add_paragraph("甲A乙"), 'autoSpaceDE w:val="0"')
    loose, tight = _lines(typeset(word).pages[0])
    assert [round(run.spread) for run in loose.runs] == [4, 0]
    assert sum(run.spread for run in tight.runs) == 0


def test_gaps_are_not_extracted_as_spaces(word: WordDocument, pdf_of: PdfOf, extract: Extract) -> None:
    word.add_paragraph("于2026年11月20日收到A类申请")
    assert extract(pdf_of(word)).strip() == "于2026年11月20日收到A类申请"


def test_a_closing_mark_hangs_past_the_line_s_end_unless_the_paragraph_says_no(
    narrow: WordDocument, typeset: Typeset
) -> None:
    narrow.add_paragraph("一二三四五六七八九十，甲乙")
    _set(narrow.add_paragraph("一二三四五六七八九十，甲乙"), 'overflowPunct w:val="0"')
    hung, rest, pulled, more = _lines(typeset(narrow).pages[0])
    assert (_text(hung), _text(rest)) == ("一二三四五六七八九十，", "甲乙")
    assert hung.x == LEFT
    assert (_text(pulled), _text(more)) == ("一二三四五六七八九", "十，甲乙")


def test_only_one_mark_hangs_and_none_before_a_closing_quote(narrow: WordDocument, typeset: Typeset) -> None:
    narrow.add_paragraph("一二三四五六七八九十。”甲乙")
    assert _texts(typeset(narrow)) == [["一二三四五六七八九", "十。”甲乙"]]


def test_a_hung_mark_before_a_forced_end_leaves_no_empty_line(narrow: WordDocument, typeset: Typeset) -> None:
    narrow.add_paragraph().add_run("一二三四五六七八九十。\n甲")
    assert _texts(typeset(narrow)) == [["一二三四五六七八九十。", "甲"]]


def _centred_at(paragraph: Paragraph, position: float) -> None:
    tabs = f'<w:tabs {nsdecls("w")}><w:tab w:val="center" w:pos="{round(position * 20)}"/></w:tabs>'
    paragraph._p.get_or_add_pPr().append(parse_xml(tabs))


def test_text_at_a_centred_stop_stays_within_the_line(narrow: WordDocument, typeset: Typeset) -> None:
    _centred_at(narrow.add_paragraph("\t四个汉字"), 100)
    _centred_at(narrow.add_paragraph("\t一二三四五六七八九"), 100)
    short, long = _lines(typeset(narrow).pages[0])
    assert (short.x + _end(short)) / 2 == pytest.approx(LEFT + 100)
    assert _end(long) == pytest.approx(LEFT + 160)


def _framed(paragraph: Paragraph) -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="5"/>' for side in ("top", "bottom"))
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))


def test_rules_keep_their_distance_and_take_room(word: WordDocument, typeset: Typeset) -> None:
    word.add_paragraph("上")
    _framed(word.add_paragraph("中"))
    word.add_paragraph("下")
    page = typeset(word).pages[0]
    upper, middle, lower = _lines(page)
    above, below = _level(page)
    assert middle.baseline - upper.baseline == pytest.approx(16 * 1.3 + 5 + 1)
    assert lower.baseline - upper.baseline == pytest.approx(2 * 16 * 1.3 + 2 * (5 + 1))
    assert below.y1 - above.y1 == pytest.approx(16 * 1.3 + 2 * 5 + 1)


def test_neighbours_with_the_same_rules_stand_in_one_frame(word: WordDocument, typeset: Typeset) -> None:
    for text in ("甲", "乙", "丙"):
        _framed(word.add_paragraph(text))
    page = typeset(word).pages[0]
    above, below = _level(page)
    first, *_, last = _lines(page)
    assert above.y1 < first.baseline
    assert below.y1 > last.baseline


def test_marks_without_a_shape_are_not_drawn_and_not_missed(word: WordDocument, typeset: Typeset) -> None:
    word.add_paragraph("甲\u200b乙\ufeff丙\U000e0100丁\u00ad")
    layout = typeset(word)
    assert _texts(layout) == [["甲乙丙丁"]]
    assert layout.missing == ()


def _table(word: WordDocument, rows: int, *, text: str = "行") -> list[_Row]:
    table = word.add_table(rows, 1, style="Table Grid")
    for row in table.rows:
        row.cells[0].text = text
    return list(table.rows)


def _filled_to(word: WordDocument, points: float) -> None:
    """Takes so much of the first page."""
    paragraph = word.add_paragraph("满")
    paragraph.paragraph_format.line_spacing = Pt(points)


@pytest.fixture
def short_page(word: WordDocument) -> WordDocument:
    """A type area of 300 points."""
    section = word.sections[0]
    section.page_height, section.top_margin, section.bottom_margin = Pt(400), Pt(50), Pt(50)
    section.header_distance = section.footer_distance = Pt(0)
    return word


def _rule(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def test_a_row_begins_on_one_page_and_ends_on_the_next(short_page: WordDocument, typeset: Typeset) -> None:
    _filled_to(short_page, 230)
    _table(short_page, 1, text="字" * 26 * 5)
    assert [len(lines) for lines in _texts(typeset(short_page))] == [1 + 3, 2]


def test_a_row_that_may_not_break_goes_whole_to_the_next_page(short_page: WordDocument, typeset: Typeset) -> None:
    _filled_to(short_page, 230)
    _rule(_table(short_page, 1, text="字" * 26 * 5)[0], "cantSplit")
    assert [len(lines) for lines in _texts(typeset(short_page))] == [1, 5]


def test_a_row_whose_height_alone_does_not_fit_goes_whole(short_page: WordDocument, typeset: Typeset) -> None:
    _filled_to(short_page, 230)
    _table(short_page, 1, text="一\n二")[0].height = Pt(100)
    assert _texts(typeset(short_page)) == [["满"], ["一", "二"]]


def test_a_heading_is_not_left_without_a_row(short_page: WordDocument, typeset: Typeset) -> None:
    _filled_to(short_page, 270)
    _rule(_table(short_page, 3)[0], "tblHeader")
    assert _texts(typeset(short_page)) == [["满"], ["行", "行", "行"]]


def test_rows_that_keep_with_the_next_go_together(short_page: WordDocument, typeset: Typeset) -> None:
    _filled_to(short_page, 250)
    rows = _table(short_page, 3)
    for row in rows[:2]:
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    assert _texts(typeset(short_page)) == [["满"], ["行", "行", "行"]]


def test_the_rule_above_a_row_takes_room_but_not_from_a_height_that_is_asked_for(
    word: WordDocument, typeset: Typeset
) -> None:
    plain = _table(word, 3)
    high = _table(word, 3)
    for row in high:
        row.height = Pt(40)
    baselines = [line.baseline for line in _lines(typeset(word).pages[0])]
    steps = [round(lower - upper, 2) for upper, lower in pairwise(baselines)]
    assert len(plain) == len(high)
    assert steps[:2] == [pytest.approx(16 * 1.3 + 0.5)] * 2
    assert steps[3:] == [40.0, 40.0]


def test_the_numbers_of_pages_may_differ_on_the_first_page(word: WordDocument, typeset: Typeset) -> None:
    section = word.sections[0]
    section.different_first_page_header_footer = True
    section.page_height = Mm(100)
    section.first_page_footer.paragraphs[0].text = "首页"
    section.footer.paragraphs[0].text = "他页"
    for _ in range(20):
        word.add_paragraph("行")
    assert [lines[-1] for lines in _texts(typeset(word))][:2] == ["首页", "他页"]
    assert qn("w:titlePg") in {child.tag for child in section._sectPr}
