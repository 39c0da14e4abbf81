"""Formatting that paper would lose is refused with its place."""

from collections.abc import Callable

import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hall.printing.typeset.model import UnsupportedFormatting
from hall.printing.typeset.placed import Layout

Typeset = Callable[[WordDocument], Layout]


def _italic(word: WordDocument) -> None:
    word.add_paragraph("首段")
    word.add_paragraph().add_run("斜").italic = True


def _numbered(word: WordDocument) -> None:
    word.add_paragraph("条目", style="List Number")


def _highlighted(word: WordDocument) -> None:
    word.add_paragraph().add_run("亮").font.highlight_color = WD_COLOR_INDEX.YELLOW


def _wavy(word: WordDocument) -> None:
    word.add_paragraph().add_run("波").underline = WD_UNDERLINE.WAVY


def _content_control(word: WordDocument) -> None:
    word.element.body.insert(0, OxmlElement("w:sdt"))


def _revision(word: WordDocument) -> None:
    word.add_paragraph("修订")._p.append(OxmlElement("w:ins"))


def _old_picture(word: WordDocument) -> None:
    word.add_paragraph().add_run()._r.append(OxmlElement("w:pict"))


def _nested_table(word: WordDocument) -> None:
    word.add_table(1, 1).cell(0, 0).add_table(1, 1)


def _odd_font(word: WordDocument) -> None:
    run = word.add_paragraph().add_run("彩云")
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "华文彩云")


def _columns(word: WordDocument) -> None:
    columns = word.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")


def _date_field(word: WordDocument) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " DATE ")
    word.add_paragraph()._p.append(field)


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (_italic, "正文第2段.*斜体"),
        (_numbered, "正文第1段.*自动编号"),
        (_highlighted, "突出显示"),
        (_wavy, "下划线"),
        (_content_control, "内容控件"),
        (_revision, "修订"),
        (_old_picture, "图形或文本框"),
        (_nested_table, "第1个表格第1行第1列.*表格中的表格"),
        (_odd_font, "华文彩云"),
        (_columns, "页面设置.*分栏"),
        (_date_field, "域 DATE"),
    ],
)
def test_unsupported_formatting_is_refused_by_name_and_place(
    word: WordDocument, typeset: Typeset, write: Callable[[WordDocument], None], sentence: str
) -> None:
    write(word)
    with pytest.raises(UnsupportedFormatting, match=sentence):
        typeset(word)


def test_a_plain_document_is_not_refused(word: WordDocument, typeset: Typeset) -> None:
    word.add_paragraph("平文")
    assert len(typeset(word).pages) == 1
