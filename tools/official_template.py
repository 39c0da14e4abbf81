"""Write a decision's template after GB/T 9704-2012: the layout from here, the wording from a text file.

    .venv/bin/python tools/official_template.py "templates/docs/准予许可决定书.docx" wording.txt \
        --title 准予行政许可决定书 [--to "{{ applicant_name }}"] [--copies 一式两份，申请人、存档各一份。]

Every line of the wording is a paragraph. `**…**` at its beginning is set in 黑体; a line `{%p if x %}` or
`{%p endif %}` stays as it is. Letterhead, number, separator, title, addressee, authority, date, page numbers and
the closing lines with the code are added; looks are named styles, so that staff can edit the result in Word.
The last paragraph of the wording stays on the page of authority and date.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph

LINE = 579
"""Twentieths of a point: 22 lines of 28.95 pt fill the 225 mm of the type area."""

SQUEEZE = -5
"""Twentieths of a point beside each character: 28 characters of 16 pt fill the 156 mm of a line."""

PITCH = 315
"""Width of one character with its squeeze, in twentieths of a point."""

DATE_CENTRE = 8845 - 4 * PITCH - 1040
"""Where the date's middle stands: 4 characters from the right, half of 2026年11月21日 before them."""

SEAL_FOOT = 480
"""Free room below the date: a seal of 45 mm whose middle is the authority's line ends 12.3 mm below the date's."""

_STYLES = {
    "公文正文": ("", f'<w:jc w:val="both"/><w:ind w:firstLine="{2 * PITCH}"/>', ""),
    "发文机关标志": (
        "方正小标宋简体",
        '<w:spacing w:before="1920" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>',
        '<w:color w:val="FF0000"/><w:spacing w:val="0"/><w:sz w:val="52"/>',
    ),
    "发文字号": (
        "",
        '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="5" w:color="FF0000"/></w:pBdr>'
        f'<w:spacing w:before="{2 * LINE}"/><w:jc w:val="center"/>',
        "",
    ),
    "公文标题": (
        "方正小标宋简体",
        f'<w:keepNext/><w:spacing w:before="{2 * LINE}" w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>',
        '<w:spacing w:val="0"/><w:sz w:val="44"/>',
    ),
    "主送机关": ("", f'<w:keepNext/><w:spacing w:before="{LINE}"/>', ""),
    "发文机关署名": (
        "",
        f'<w:keepNext/><w:tabs><w:tab w:val="center" w:pos="{DATE_CENTRE}"/></w:tabs>'
        f'<w:spacing w:before="{2 * LINE}"/>',
        "",
    ),
    "成文日期": (
        "",
        f'<w:keepNext/><w:spacing w:after="{SEAL_FOOT}"/><w:ind w:right="{4 * PITCH}"/><w:jc w:val="right"/>',
        "",
    ),
    "附注": (
        "",
        '<w:keepNext/><w:spacing w:line="300" w:lineRule="exact"/>',
        '<w:spacing w:val="0"/><w:sz w:val="21"/>',
    ),
}
"""Typeface, paragraph and run formatting of the named styles; what is empty comes from the document's defaults."""

_HEADING = re.compile(r"\*\*(.+?)\*\*")
_CODE_WIDTH = 1531
"""Width of the column that holds the code (twentieths of a point: 27 mm)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What one decision says: its title, whom it is addressed to, its paragraphs, who gets a copy."""

    title: str
    addressee: str
    paragraphs: Sequence[str]
    copies: str


def official(wording: Wording) -> Document:
    """The template of a decision."""
    word = docx.Document()
    _set_defaults(word)
    _set_page(word)
    _add(word, "发文机关标志", "{{ authority_name }}")
    _add(word, "发文字号", "{{ number }}")
    _add(word, "公文标题", wording.title)
    _add(word, "主送机关", f"{wording.addressee}：")
    _add_body(word, wording.paragraphs)
    _add(word, "发文机关署名", "\t{{ authority_name }}")
    _add(word, "成文日期", "{{ issued_on }}")
    _add_notes(word, wording.copies)
    word.core_properties.title = wording.title
    word.core_properties.author = ""
    word.core_properties.comments = ""
    return word


def _set_defaults(word: Document) -> None:
    """仿宋 of 16 pt, exact lines, no room that Word adds by itself between Chinese and digits or past the margin."""
    root = word.styles.element
    defaults = root.find(qn("w:docDefaults"))
    root.replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts('仿宋_GB2312')}"
            f'<w:spacing w:val="{SQUEEZE}"/><w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
            "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    for style in [
        each for each in word.styles if each.name not in {"Normal", "Default Paragraph Font", "Normal Table"}
    ]:
        style.element.getparent().remove(style.element)
    normal = word.styles["Normal"].element
    for part in normal.findall(qn("w:rPr")) + normal.findall(qn("w:pPr")):
        normal.remove(part)
    normal.append(
        parse_xml(
            f'<w:pPr {nsdecls("w")}><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
            f'<w:spacing w:line="{LINE}" w:lineRule="exact"/></w:pPr>'
        )
    )
    for name, (font, paragraph, run) in _STYLES.items():
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        style.quick_style = True
        style.element.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraph}</w:pPr>"))
        style.element.append(parse_xml(f"<w:rPr {nsdecls('w')}>{_fonts(font) if font else ''}{run}</w:rPr>"))


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _set_page(word: Document) -> None:
    """A4, 天头 37 mm, 订口 28 mm, type area 156 × 225 mm; page numbers on the outer side."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(10), Twips(1408)
    settings = word.settings.element
    word.settings.odd_and_even_pages_header_footer = True
    for name in ("zoom", "characterSpacingControl", "defaultTabStop"):
        for old in settings.findall(qn(f"w:{name}")):
            settings.remove(old)
    anchor = settings.find(qn("w:evenAndOddHeaders"))
    anchor.addprevious(parse_xml(f'<w:defaultTabStop {nsdecls("w")} w:val="420"/>'))
    anchor.addnext(parse_xml(f'<w:characterSpacingControl {nsdecls("w")} w:val="doNotCompress"/>'))
    _page_number(section.footer.paragraphs[0], "right")
    _page_number(section.even_page_footer.paragraphs[0], "left")


def _page_number(paragraph: Paragraph, side: str) -> None:
    """— 1 — of 14 pt, one character from the outer edge, the dashes 7 mm below the type area."""
    element = paragraph._p
    for child in list(element):
        element.remove(child)
    look = f'<w:rPr>{_fonts("宋体")}<w:spacing w:val="0"/><w:sz w:val="28"/></w:rPr>'
    element.append(
        parse_xml(
            f'<w:pPr {nsdecls("w")}><w:spacing w:line="360" w:lineRule="exact"/>'
            f'<w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
        )
    )
    field = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    dash = '<w:t xml:space="preserve">{}</w:t>'
    for inner in (dash.format("— "), *field, dash.format(" —")):
        element.append(parse_xml(f"<w:r {nsdecls('w')}>{look}{inner}</w:r>"))


def _add(word: Document, style: str, text: str) -> Paragraph:
    return word.add_paragraph(text, style=style)


def _add_body(word: Document, paragraphs: Sequence[str]) -> None:
    last = max(number for number, text in enumerate(paragraphs) if not text.startswith("{%p"))
    for number, text in enumerate(paragraphs):
        paragraph = word.add_paragraph(style="公文正文")
        paragraph.paragraph_format.keep_with_next = True if number == last else None
        heading = _HEADING.match(text)
        if heading is not None:
            run = paragraph.add_run(heading.group(1))
            run._r.get_or_add_rPr().append(parse_xml(_fonts("黑体").replace("<w:rFonts", f"<w:rFonts {nsdecls('w')}")))
        paragraph.add_run(text[heading.end() :] if heading is not None else text)


def _add_notes(word: Document, copies: str) -> None:
    """Between two rules at the end: where to ask, who has a copy, and the code."""
    table = word.add_table(rows=1, cols=2)
    table.autofit = False
    widths = (8845 - _CODE_WIDTH, _CODE_WIDTH)
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Twips(width)
        _rule(cell)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    left, right = table.rows[0].cells
    lines = (
        "{{ hall_name }}",
        "地址：{{ hall_address }}",
        "咨询电话：{{ hall_phone }}　监督投诉电话：{{ complaint_phone }}",
        "凭右侧的码到窗口查询：{{ enquiry_code }}",
        copies,
    )
    left.paragraphs[0].style = "附注"
    left.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        left.add_paragraph(line, style="附注")
    code = right.paragraphs[0]
    code.style = "附注"
    code._p.get_or_add_pPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:line="240" w:lineRule="auto"/>'))
    code._p.get_or_add_pPr().append(parse_xml(f'<w:jc {nsdecls("w")} w:val="right"/>'))
    code.add_run("{{ qr }}")
    end = word.add_paragraph(style="附注")  # Word wants a paragraph behind a table
    end.paragraph_format.keep_with_next = False
    end.paragraph_format.line_spacing = Twips(20)


def _rule(cell: _Cell) -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>' for side in ("top", "bottom"))
    margins = '<w:tcMar><w:top w:w="85" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    margins += '<w:bottom w:w="85" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    properties = cell._tc.get_or_add_tcPr()
    properties.append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>"))
    properties.append(parse_xml(margins.replace("<w:tcMar>", f"<w:tcMar {nsdecls('w')}>")))
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))


def main() -> None:
    """Write the template named on the command line."""
    parser = argparse.ArgumentParser(description="Write a decision's template after GB/T 9704-2012.")
    parser.add_argument("target", type=Path)
    parser.add_argument("wording", type=Path)
    parser.add_argument("--title", required=True)
    parser.add_argument("--to", default="{{ applicant_name }}")
    parser.add_argument("--copies", default="一式两份，申请人、存档各一份。")
    given = parser.parse_args()
    lines = given.wording.read_text(encoding="utf-8").splitlines()
    paragraphs = [line.strip() for line in lines if line.strip()]
    official(Wording(given.title, given.to, paragraphs, given.copies)).save(str(given.target))


if __name__ == "__main__":
    main()
