"""Formatting that paper would lose is refused with its place, in Word's own Chinese words."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from PIL import Image

from hall.printing.typeset.model import UnsupportedFormatting
from hall.printing.typeset.placed import Layout

Typeset = Callable[[WordDocument], Layout]
Write = Callable[[WordDocument], object]


def _element(xml: str) -> BaseOxmlElement:
    """An element of Word's namespace, e.g. `i` or `highlight w:val="yellow"`."""
    return parse_xml(f"<w:{xml} {nsdecls('w')}/>")


RUN = {
    "i": "斜体",
    "strike": "删除线",
    "dstrike": "双删除线",
    'highlight w:val="yellow"': "突出显示颜色",
    'vertAlign w:val="superscript"': "上标或下标",
    'position w:val="6"': "提升或降低",
    'w w:val="80"': "字符缩放",
    'em w:val="dot"': "着重号",
    'shd w:val="clear" w:fill="FFFF00"': "底纹",
    "vanish": "隐藏文字",
    "caps": "全部大写",
    "smallCaps": "小型大写",
    'bdr w:val="single"': "字符边框",
    'fitText w:val="400"': "调整宽度",
    "eastAsianLayout": "合并字符",
    "outline": "空心",
    "shadow": "阴影",
    "imprint": "阴文",
    "emboss": "阳文",
    "rtl": "从右向左的文字",
    'effect w:val="lights"': "文字效果",
    'u w:val="wave"': "下划线线型 wave",
    'rFonts w:eastAsia="华文彩云"': "字体 华文彩云",
}

PARAGRAPH = {
    "framePr": "图文框",
    "contextualSpacing": "同样式段落间不加空格",
    "bidi": "从右向左排版",
    "mirrorIndents": "对称缩进",
    'textDirection w:val="tbRl"': "文字方向",
    'kinsoku w:val="0"': "不按中文习惯控制首尾字符",
    'wordWrap w:val="0"': "允许西文在单词中间换行",
    "topLinePunct": "允许行首标点压缩",
    'textAlignment w:val="top"': "文本对齐方式",
    'shd w:val="clear" w:fill="FFFF00"': "底纹",
    'jc w:val="thaiDistribute"': "对齐方式 thaiDistribute",
    'spacing w:beforeAutospacing="1"': "段前段后自动间距",
}

SECTION = {
    'lnNumType w:countBy="1"': "行号",
    "pgBorders": "页面边框",
    "rtlGutter": "右侧装订线",
    'textDirection w:val="tbRl"': "文字方向",
    'cols w:num="2"': "分栏",
    'type w:val="continuous"': "不另起一页的分节符",
    'vAlign w:val="center"': "页面垂直对齐方式",
    'pgNumType w:start="5"': "页码格式或起始页码",
    'docGrid w:type="snapToChars"': "文字对齐字符网格",
    'pgMar w:top="-1000"': "固定值的上下边距",
}

SETTINGS = {
    "mirrorMargins": "对称页边距",
    "gutterAtTop": "上方装订线",
    "bookFoldPrinting": "书籍折页",
    "autoHyphenation": "自动断字",
    'characterSpacingControl w:val="compressPunctuation"': "标点压缩",
}

TABLE = {
    "tblpPr": "文字环绕的表格",
    "tblCellSpacing": "单元格间距",
    "bidiVisual": "从右向左的表格",
}
ROW = {"gridBefore": "行首空出的单元格", "gridAfter": "行尾空出的单元格", "hidden": "隐藏的行"}
CELL = {
    'textDirection w:val="tbRl"': "文字方向",
    "tcFitText": "适应文字的单元格",
    'shd w:val="pct20"': "图案底纹",
}

INLINE = {
    "hyperlink": "超链接",
    "ins": "未接受的修订",
    "del": "未接受的修订",
    "moveFrom": "未接受的修订",
    "sdt": "内容控件",
}
RUN_CONTENT = {
    "pict": "旧式图形或文本框",
    "object": "嵌入对象",
    "sym": "特殊符号字体",
    "ruby": "拼音指南",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "ptab": "对齐制表位",
    'br w:type="column"': "分栏符",
}


def _refused(word: WordDocument, typeset: Typeset, place: str, what: str) -> None:
    with pytest.raises(UnsupportedFormatting) as refusal:
        typeset(word)
    assert refusal.value.place == place
    assert what in str(refusal.value)
    assert str(refusal.value).endswith("请在 Word 中打开模板改用其他格式。")


@pytest.mark.parametrize(("xml", "what"), RUN.items())
def test_formatting_of_characters_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_paragraph("首段")
    word.add_paragraph().add_run("字")._r.get_or_add_rPr().append(_element(xml))
    _refused(word, typeset, "正文第2段", what)


@pytest.mark.parametrize(("xml", "what"), PARAGRAPH.items())
def test_formatting_of_paragraphs_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_paragraph("段落")._p.get_or_add_pPr().append(_element(xml))
    _refused(word, typeset, "正文第1段", what)


@pytest.mark.parametrize(("xml", "what"), SECTION.items())
def test_a_shape_of_pages_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    shape = word.sections[0]._sectPr
    element = _element(xml)
    for old in shape.findall(element.tag):
        shape.remove(old)
    shape.append(element)
    _refused(word, typeset, "页面设置", what)


@pytest.mark.parametrize(("xml", "what"), SETTINGS.items())
def test_settings_of_the_document_are_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    settings, element = word.settings.element, _element(xml)
    for old in settings.findall(element.tag):
        settings.remove(old)
    settings.append(element)
    _refused(word, typeset, "文档设置", what)


@pytest.mark.parametrize(("xml", "what"), TABLE.items())
def test_formatting_of_tables_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_table(1, 1)._tbl.tblPr.append(_element(xml))
    _refused(word, typeset, "第1个表格", what)


@pytest.mark.parametrize(("xml", "what"), ROW.items())
def test_formatting_of_rows_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_table(2, 1).rows[1]._tr.get_or_add_trPr().append(_element(xml))
    _refused(word, typeset, "第1个表格第2行", what)


@pytest.mark.parametrize(("xml", "what"), CELL.items())
def test_formatting_of_cells_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_table(1, 2).cell(0, 1)._tc.get_or_add_tcPr().append(_element(xml))
    _refused(word, typeset, "第1个表格第1行第2列", what)


@pytest.mark.parametrize(("xml", "what"), INLINE.items())
def test_what_stands_between_runs_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_paragraph("段落")._p.append(_element(xml))
    _refused(word, typeset, "正文第1段", what)


@pytest.mark.parametrize(("xml", "what"), RUN_CONTENT.items())
def test_what_stands_in_runs_is_refused(word: WordDocument, typeset: Typeset, xml: str, what: str) -> None:
    word.add_paragraph().add_run()._r.append(_element(xml))
    _refused(word, typeset, "正文第1段", what)


def _numbered(word: WordDocument) -> None:
    word.add_paragraph("条目", style="List Number")


def _leader(word: WordDocument) -> None:
    tabs = f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:pos="800" w:leader="dot"/></w:tabs>'
    word.add_paragraph("甲\t乙")._p.get_or_add_pPr().append(parse_xml(tabs))


def _border(side: str, kind: str) -> Write:
    def write(word: WordDocument) -> None:
        xml = f'<w:pBdr {nsdecls("w")}><w:{side} w:val="{kind}"/></w:pBdr>'
        word.add_paragraph("段落")._p.get_or_add_pPr().append(parse_xml(xml))

    return write


def _content_control(word: WordDocument) -> None:
    word.element.body.insert(0, OxmlElement("w:sdt"))


def _date_field(word: WordDocument) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " DATE ")
    word.add_paragraph()._p.append(field)


def _page_field_in_the_body(word: WordDocument) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    word.add_paragraph()._p.append(field)


def _nested_table(word: WordDocument) -> None:
    word.add_table(1, 1).cell(0, 0).add_table(1, 1)


def _diagonal(word: WordDocument) -> None:
    xml = f'<w:tcBorders {nsdecls("w")}><w:tl2br w:val="single"/></w:tcBorders>'
    word.add_table(1, 1).cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(xml))


def _page_break_in_a_table(word: WordDocument) -> None:
    word.add_table(1, 1).cell(0, 0).paragraphs[0].add_run()._r.append(_element('br w:type="page"'))


def _styled_table(word: WordDocument) -> None:
    word.add_table(1, 1, style="Light Shading")


def _tied_rows_too_high(word: WordDocument) -> None:
    table = word.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).text = "高" * 3000


def _table_in_the_header(word: WordDocument) -> None:
    word.sections[0].header.add_table(1, 1, Pt(100))


def _header_too_high(word: WordDocument) -> None:
    word.sections[0].header.paragraphs[0].text = "高" * 200


def _footer_too_high(word: WordDocument) -> None:
    word.sections[0].footer.paragraphs[0].text = "高" * 200


def _picture(mode: str, kind: str) -> io.BytesIO:
    written = io.BytesIO()
    Image.new(mode, (40, 40)).save(written, format=kind)
    written.seek(0)
    return written


def _printing_colours(word: WordDocument) -> None:
    word.add_paragraph().add_run().add_picture(_picture("L", "PNG"))
    (part,) = (each for each in word.part.package.iter_parts() if each.partname.endswith(".png"))
    part._blob = _picture("CMYK", "JPEG").getvalue()  # Word takes such files, the library that writes this one does not


def _sixteen_bits(word: WordDocument) -> None:
    word.add_paragraph().add_run().add_picture(_picture("I;16", "PNG"))


def _moving_picture(word: WordDocument) -> None:
    word.add_paragraph().add_run().add_picture(_picture("P", "GIF"))


def _cropped(word: WordDocument) -> None:
    word.add_paragraph().add_run().add_picture(_picture("L", "PNG"))
    fill = next(word.element.body.iter(qn("pic:blipFill")))
    crop = parse_xml(f'<a:srcRect {nsdecls("a")} l="10000"/>')
    fill.insert(1, crop)


def _floating(word: WordDocument) -> None:
    word.add_paragraph().add_run()._r.append(parse_xml(f"<w:drawing {nsdecls('w', 'wp')}><wp:anchor/></w:drawing>"))


def _cut_by_its_line(word: WordDocument) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(20)
    paragraph.add_run().add_picture(_picture("L", "PNG"), width=Pt(40))


def _formula(word: WordDocument) -> None:
    word.add_paragraph()._p.append(parse_xml(f"<m:oMath {nsdecls('m')}/>"))


def _drawn_shape(word: WordDocument) -> None:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    word.add_paragraph().add_run()._r.append(parse_xml(f'<mc:AlternateContent xmlns:mc="{space}"/>'))


@pytest.mark.parametrize(
    ("write", "place", "what"),
    [
        (_numbered, "正文第1段", "自动编号或项目符号"),
        (_leader, "正文第1段", "带前导符或小数点的制表位"),
        (_border("left", "single"), "正文第1段", "段落左右边框"),
        (_border("between", "single"), "正文第1段", "段落左右边框"),
        (_border("bottom", "wave"), "正文第1段", "边框线型 wave"),
        (_content_control, "正文第0段之后", "内容控件"),
        (_date_field, "正文第1段", "域 DATE"),
        (_page_field_in_the_body, "正文", "页眉页脚以外的页码域"),
        (_nested_table, "第1个表格第1行第1列", "表格中的表格"),
        (_diagonal, "第1个表格第1行第1列", "斜线表头"),
        (_page_break_in_a_table, "第1个表格", "表格中的分页符"),
        (_styled_table, "第1个表格", "带条件格式的表格样式"),
        (_tied_rows_too_high, "第1个表格", "高于一页的合并单元格"),
        (_table_in_the_header, "页眉第2段", "页眉页脚中的表格"),
        (_header_too_high, "页眉", "高出页边距的页眉"),
        (_footer_too_high, "页脚", "高出页边距的页脚"),
        (_printing_colours, "正文第1段", "CMYK"),
        (_sixteen_bits, "正文第1段", "16 位的图片"),
        (_moving_picture, "正文第1段", "PNG、JPEG 以外的图片"),
        (_cropped, "正文第1段", "裁剪过的图片"),
        (_floating, "正文第1段", "浮动图片"),
        (_cut_by_its_line, "正文第1段", "固定值行距里的图片"),
        (_formula, "正文第1段", "公式"),
        (_drawn_shape, "正文第1段", "图形或文本框"),
    ],
)
def test_what_cannot_be_set_is_refused_by_name_and_place(
    word: WordDocument, typeset: Typeset, write: Write, place: str, what: str
) -> None:
    write(word)
    _refused(word, typeset, place, what)


def test_a_plain_document_is_not_refused(word: WordDocument, typeset: Typeset) -> None:
    word.add_paragraph("平文")
    assert len(typeset(word).pages) == 1


def test_formatting_that_says_nothing_special_is_passed_over(word: WordDocument, typeset: Typeset) -> None:
    run = word.add_paragraph().add_run("平文")
    for xml in ('i w:val="0"', 'highlight w:val="none"', 'vertAlign w:val="baseline"', 'w w:val="100"'):
        run._r.get_or_add_rPr().append(_element(xml))
    word.sections[0]._sectPr.append(_element('textDirection w:val="lrTb"'))
    assert len(typeset(word).pages) == 1


def test_a_document_made_by_word_itself_is_read(typeset: Typeset) -> None:
    word = docx.Document()
    word.add_paragraph("Word 自己的默认样式")
    assert len(typeset(word).pages) == 1
