"""Pages: geometry, alignment, tables over several pages, furniture."""

import io
from collections.abc import Callable, Iterator

import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from hall.printing.typeset.placed import Layout, Page, PlacedLine, PlacedPicture, PlacedRule

Typeset = Callable[[WordDocument], Layout]
PdfOf = Callable[[WordDocument], bytes]
Extract = Callable[..., str]

_LONG = "申请人应当对其申请材料实质内容的真实性负责，不得提供虚假材料；" * 6


def _lines(page: Page) -> list[PlacedLine]:
    return [item for item in page.items if isinstance(item, PlacedLine)]


def _text(line: PlacedLine) -> str:
    return "".join(run.text for run in line.runs)


def _rules(page: Page) -> Iterator[PlacedRule]:
    return (item for item in page.items if isinstance(item, PlacedRule))


def _margins(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(26), Mm(35)


def test_text_begins_at_the_margins_and_stays_in_the_type_area(word: WordDocument, typeset: Typeset) -> None:
    _margins(word)
    for _ in range(12):
        word.add_paragraph(_LONG)
    layout = typeset(word)
    assert len(layout.pages) > 1
    for page in layout.pages:
        lines = _lines(page)
        assert lines[0].x == pytest.approx(28 / 25.4 * 72, abs=0.1)
        assert lines[0].baseline == pytest.approx(37 / 25.4 * 72 + 0.15 * 16 + 0.88 * 16, abs=0.2)
        assert lines[-1].baseline <= (297 - 35) / 25.4 * 72


def test_justified_lines_reach_the_right_margin_except_the_last(word: WordDocument, typeset: Typeset) -> None:
    _margins(word)
    word.add_paragraph("自2026年11月21日起施行，" + _LONG).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    lines = _lines(typeset(word).pages[0])
    face = {run.font for line in lines for run in line.runs}
    assert len(face) == 1
    spreads = [max(run.spread for run in line.runs) for line in lines]
    assert any(spread > 0 for spread in spreads[:-1])
    assert spreads[-1] == 0


def test_first_line_and_hanging_indents_are_kept(word: WordDocument, typeset: Typeset) -> None:
    first = word.add_paragraph(_LONG)
    first.paragraph_format.first_line_indent = Pt(32)
    hanging = word.add_paragraph(_LONG)
    hanging.paragraph_format.left_indent = Pt(48)
    hanging.paragraph_format.first_line_indent = Pt(-16)
    lines = _lines(typeset(word).pages[0])
    margin = 90.0
    assert [round(lines[0].x - margin), round(lines[1].x - margin)] == [32, 0]
    half = next(
        i for i in range(1, len(lines)) if _text(lines[i]).startswith("申请人应当对") and lines[i].x > margin + 1
    )
    assert [round(lines[half].x - margin), round(lines[half + 1].x - margin)] == [32, 48]


def test_exact_line_spacing_gives_twenty_two_lines_on_an_official_page(word: WordDocument, typeset: Typeset) -> None:
    _margins(word)
    for number in range(23):
        paragraph = word.add_paragraph(f"第{number}行")
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(28.95)
    assert [len(_lines(page)) for page in typeset(word).pages] == [22, 1]


def test_a_heading_stays_with_the_paragraph_after_it(word: WordDocument, typeset: Typeset) -> None:
    for _ in range(100):
        paragraph = word.add_paragraph("标题")
        paragraph.paragraph_format.keep_with_next = True
        word.add_paragraph("正文")
    for page in typeset(word).pages:
        assert _text(_lines(page)[-1]) == "正文"


def test_a_single_line_of_a_paragraph_is_never_left_alone(word: WordDocument, typeset: Typeset) -> None:
    for count in range(1, 30):
        word.add_paragraph("短。")
        word.add_paragraph("长" * (60 + count))
    pages = [[_text(line) for line in _lines(page)] for page in typeset(word).pages]
    assert len(pages) > 1
    for page in pages[:-1]:
        assert not (page[-1].startswith("长") and not page[-2].startswith("长"))


def test_a_table_over_several_pages_repeats_its_heading(word: WordDocument, typeset: Typeset) -> None:
    table = word.add_table(80, 2, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(table.rows):
        row.cells[0].text = "序号" if number == 0 else str(number)
        row.cells[1].text = "材料名称" if number == 0 else f"材料{number}"
    pages = typeset(word).pages
    assert len(pages) == 3
    for page in pages:
        assert [_text(line) for line in _lines(page)[:2]] == ["序号", "材料名称"]
    numbers = [_text(line) for page in pages for line in _lines(page) if _text(line).isdigit()]
    assert numbers == [str(number) for number in range(1, 80)]


def test_a_row_taller_than_a_page_is_cut_between_lines(word: WordDocument, typeset: Typeset) -> None:
    table = word.add_table(1, 1, style="Table Grid")
    table.rows[0].cells[0].text = _LONG * 12
    pages = typeset(word).pages
    assert len(pages) > 1
    assert "".join(_text(line) for page in pages for line in _lines(page)) == _LONG * 12


def test_merged_cells_span_rows_and_columns(word: WordDocument, typeset: Typeset) -> None:
    table = word.add_table(2, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "纵"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
    table.cell(1, 1).text, table.cell(1, 2).text = "左", "右"
    page = typeset(word).pages[0]
    assert [_text(line) for line in _lines(page)] == ["纵", "横", "左", "右"]
    verticals = {(round(r.x1), round(r.y2 - r.y1)) for r in _rules(page) if r.x1 == r.x2}
    heights = {height for _, height in verticals}
    assert max(heights) == pytest.approx(2 * min(heights), abs=1)


def test_a_picture_keeps_its_size_and_pushes_the_next_line_down(word: WordDocument, typeset: Typeset) -> None:
    png = io.BytesIO()
    Image.new("1", (10, 10)).save(png, format="PNG")
    word.add_paragraph().add_run().add_picture(io.BytesIO(png.getvalue()), width=Mm(20))
    word.add_paragraph("下文")
    page = typeset(word).pages[0]
    picture = next(item for item in page.items if isinstance(item, PlacedPicture))
    assert picture.width == pytest.approx(20 / 25.4 * 72, abs=0.1)
    assert _lines(page)[0].baseline > picture.y + picture.height


def test_page_numbers_stand_in_the_footer_on_alternating_sides(word: WordDocument, typeset: Typeset) -> None:
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        field = OxmlElement("w:fldSimple")
        field.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr", " PAGE ")
        paragraph._p.append(field)
    word.add_paragraph("一").add_run().add_break(WD_BREAK.PAGE)
    word.add_paragraph("二")
    pages = typeset(word).pages
    numbers = [_lines(page)[-1] for page in pages]
    assert [_text(line) for line in numbers] == ["1", "2"]
    assert numbers[0].x > 400
    assert numbers[1].x < 100


def test_a_tab_stop_on_the_right_aligns_the_text_s_end(word: WordDocument, typeset: Typeset) -> None:
    paragraph = word.add_paragraph("左\t右边")
    stops = OxmlElement("w:tabs")
    stop = OxmlElement("w:tab")
    for name, value in (("val", "right"), ("pos", "6000")):
        stop.set(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}", value)
    stops.append(stop)
    paragraph._p.get_or_add_pPr().append(stops)
    left, right = _lines(typeset(word).pages[0])
    assert right.x + 32 - left.x == pytest.approx(300, abs=0.1)


def test_bold_colour_and_underline_reach_the_page(word: WordDocument, typeset: Typeset) -> None:
    run = word.add_paragraph().add_run("红字")
    run.bold, run.underline, run.font.color.rgb = True, True, RGBColor(0xC0, 0, 0)
    page = typeset(word).pages[0]
    drawn = _lines(page)[0].runs[0]
    assert (drawn.heavy, drawn.colour) == (True, "C00000")
    assert [round(rule.x2 - rule.x1) for rule in _rules(page)] == [32]


@pytest.mark.parametrize("alignment", [WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.DISTRIBUTE])
def test_spread_text_is_extracted_without_spaces(
    word: WordDocument, pdf_of: PdfOf, extract: Extract, alignment: WD_ALIGN_PARAGRAPH
) -> None:
    text = "统一社会信用代码为91350100M000100Y43，" + "联系电话及电子邮箱shili@shili.example.org，" * 3
    word.add_paragraph(text).alignment = alignment
    word.add_paragraph("姓名").alignment = alignment
    assert extract(pdf_of(word)).replace("\n", "").strip("\f") == text + "姓名"


def test_equal_documents_give_equal_bytes(word: WordDocument, pdf_of: PdfOf) -> None:
    word.add_paragraph(_LONG)
    assert pdf_of(word) == pdf_of(word)


def test_a_merged_cell_goes_on_on_the_next_page(word: WordDocument, typeset: Typeset) -> None:
    table = word.add_table(30, 2, style="Table Grid")
    table.cell(0, 0).merge(table.cell(29, 0)).text = _LONG * 12
    for number in range(30):
        table.cell(number, 1).text = f"{number}"
    pages = typeset(word).pages
    assert len(pages) > 2
    lines = [_text(line) for page in pages for line in _lines(page)]
    assert "".join(line for line in lines if not line.isdigit()) == _LONG * 12
    assert [line for line in lines if line.isdigit()] == [str(number) for number in range(30)]
