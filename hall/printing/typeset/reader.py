"""Reads a .docx into the model; everything that would be lost on paper is refused with its place."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import docx
from docx.document import Document as WordDocument
from docx.opc.part import Part
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection

from hall.printing.fonts import FontSet
from hall.printing.typeset.borders import joined, joined_paragraphs
from hall.printing.typeset.inlines import InlineReader
from hall.printing.typeset.interpret import Interpreter, chinese_name, is_neutral, twips
from hall.printing.typeset.model import (
    Block,
    Document,
    Furniture,
    PageShape,
    Paragraph,
    Section,
    UnsupportedFormatting,
)
from hall.printing.typeset.properties import attribute, children, local_name, qn, read_style_sheet, switched_on
from hall.printing.typeset.tables import TableReader

_MARKS = frozenset(
    {
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "permStart",
        "permEnd",
        "commentRangeStart",
        "commentRangeEnd",
    }
)
_SECTION_READ = frozenset({"headerReference", "footerReference", "pgSz", "pgMar", "docGrid", "titlePg", "type", "cols"})
_SECTION_HARMLESS = frozenset({"formProt", "noEndnote", "vAlign", "footnotePr", "endnotePr", "paperSrc", "pgNumType"})


def read_document(content: bytes, fonts: FontSet) -> Document:
    """The model of a .docx file; raises UnsupportedFormatting."""
    word = docx.Document(io.BytesIO(content))
    interpreter = Interpreter(read_style_sheet(word), fonts)
    return _DocumentReader(word, interpreter).read()


def refusals(content: bytes, fonts: FontSet) -> list[UnsupportedFormatting]:
    """All that keeps a .docx file from being read; of one paragraph or table the first."""
    word = docx.Document(io.BytesIO(content))
    return list(_DocumentReader(word, Interpreter(read_style_sheet(word), fonts)).refusals())


@dataclass(frozen=True, slots=True)
class _DocumentReader:
    word: WordDocument
    interpreter: Interpreter

    def read(self) -> Document:
        settings = self.word.settings.element
        _refuse_settings(settings)
        tab = attribute(settings.find(qn("w:defaultTabStop")), "val")
        bodies = list(self._bodies())
        sections = zip(self.word.sections, bodies, strict=True)
        return Document(
            title=self.word.core_properties.title,
            sections=tuple(self._section(section, blocks) for section, blocks in sections),
            default_tab=twips(tab, 36.0),
        )

    def refusals(self) -> Iterator[UnsupportedFormatting]:
        """What `read` would raise, one after the other."""
        parts: list[Callable[[], object]] = [partial(_refuse_settings, self.word.settings.element)]
        parts += [read for _, read in self._parts(self.word.element.body)]
        parts += [partial(self._section, section, ()) for section in self.word.sections]
        for read in parts:
            try:
                read()
            except UnsupportedFormatting as refusal:
                yield refusal

    def _bodies(self) -> Iterator[tuple[Block, ...]]:
        """The blocks of each section: a section ends with the paragraph that carries its shape."""
        blocks: list[Block] = []
        for element, block in self._blocks(self.word.element.body):
            blocks.append(block)
            if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                yield tuple(joined(blocks))
                blocks = []
        yield tuple(joined(blocks))

    def _blocks(self, body: BaseOxmlElement) -> Iterator[tuple[BaseOxmlElement, Block]]:
        for element, read in self._parts(body):
            block = read()
            if block is not None:
                yield element, block

    def _parts(self, body: BaseOxmlElement) -> Iterator[tuple[BaseOxmlElement, Callable[[], Block | None]]]:
        """The elements of the body, each with what reads it."""
        paragraphs = InlineReader(self.interpreter, self.word.part)
        tables = TableReader(self.interpreter, paragraphs)
        counts = {"p": 0, "tbl": 0}
        for element in children(body):
            name = local_name(element)
            if name in counts:
                counts[name] += 1
            if name == "p":
                yield element, partial(paragraphs.paragraph, element, f"正文第{counts['p']}段")
            elif name == "tbl":
                yield element, partial(tables.table, element, f"第{counts['tbl']}个表格")
            elif name not in _MARKS | {"sectPr"}:
                yield element, partial(_refuse_block, f"正文第{counts['p']}段之后", name)

    def _section(self, section: WordSection, blocks: tuple[Block, ...]) -> Section:
        shape = section._sectPr  # python-docx has no public name for the element
        _refuse_section(shape)
        return Section(
            shape=_page_shape(section),
            blocks=blocks,
            headers=self._furniture(section, "页眉"),
            footers=self._furniture(section, "页脚"),
        )

    def _furniture(self, section: WordSection, kind: str) -> Mapping[Furniture, tuple[Paragraph, ...]]:
        head = kind == "页眉"
        found = {Furniture.DEFAULT: section.header if head else section.footer}
        if section.different_first_page_header_footer:
            found[Furniture.FIRST] = section.first_page_header if head else section.first_page_footer
        if self.word.settings.odd_and_even_pages_header_footer:
            found[Furniture.EVEN] = section.even_page_header if head else section.even_page_footer
        return {
            page: joined_paragraphs(self._furniture_paragraphs(item.part, item._element, kind))
            for page, item in found.items()
            if not item.is_linked_to_previous or self._inherits(section)
        }

    def _inherits(self, section: WordSection) -> bool:
        """Whether a header may come from an earlier section; python-docx would create one for the first."""
        return section._sectPr is not self.word.sections[0]._sectPr

    def _furniture_paragraphs(self, part: Part, root: BaseOxmlElement, kind: str) -> Iterable[Paragraph]:
        reader = InlineReader(self.interpreter, part)
        for number, element in enumerate(children(root), start=1):
            name = local_name(element)
            if name == "p":
                yield reader.paragraph(element, f"{kind}第{number}段")
            elif name not in _MARKS:
                raise UnsupportedFormatting(f"{kind}第{number}段", _BLOCK_NAMES.get(name, name))


_BLOCK_NAMES = {
    "sdt": "内容控件",
    "tbl": "页眉页脚中的表格",
    "altChunk": "嵌入的文档",
    "customXml": "自定义 XML",
    "ins": "未接受的修订",
    "del": "未接受的修订",
    "oMathPara": "公式",
}


def _refuse_block(place: str, name: str) -> None:
    raise UnsupportedFormatting(place, _BLOCK_NAMES.get(name, name))


_SETTINGS = {
    "mirrorMargins": "对称页边距",
    "gutterAtTop": "上方装订线",
    "bookFoldPrinting": "书籍折页",
    "bookFoldRevPrinting": "书籍折页",
    "printTwoOnOne": "拼页",
    "autoHyphenation": "自动断字",
    "strictFirstAndLastChars": "严格的首尾字符",
    "noLineBreaksAfter": "自定的后置标点",
    "noLineBreaksBefore": "自定的前置标点",
}
"""Settings of the whole document that lay it out otherwise."""


def _refuse_settings(settings: BaseOxmlElement) -> None:
    for element in children(settings):
        name = local_name(element)
        if name in _SETTINGS and switched_on(element):
            raise UnsupportedFormatting("文档设置", _SETTINGS[name])
    spacing = attribute(settings.find(qn("w:characterSpacingControl")), "val")
    if spacing not in {None, "doNotCompress"}:
        raise UnsupportedFormatting("文档设置", "标点压缩（请在“文件—选项—版式”的“字符间距控制”选“不压缩”）")


def _refuse_section(shape: BaseOxmlElement) -> None:
    for element in children(shape):
        name = local_name(element)
        if name not in _SECTION_READ | _SECTION_HARMLESS and not is_neutral(name, element):
            raise UnsupportedFormatting("页面设置", chinese_name(name))
    margins = shape.find(qn("w:pgMar"))
    if any(twips(attribute(margins, side)) < 0 for side in ("top", "bottom")):
        raise UnsupportedFormatting("页面设置", "固定值的上下边距（负数）")
    columns = attribute(shape.find(qn("w:cols")), "num")
    if columns not in {None, "1"}:
        raise UnsupportedFormatting("页面设置", "分栏")
    if attribute(shape.find(qn("w:type")), "val") not in {None, "nextPage"}:
        raise UnsupportedFormatting("页面设置", "不另起一页的分节符")
    if attribute(shape.find(qn("w:vAlign")), "val") not in {None, "top"}:
        raise UnsupportedFormatting("页面设置", "页面垂直对齐方式")
    numbers = shape.find(qn("w:pgNumType"))
    if attribute(numbers, "fmt") not in {None, "decimal"} or attribute(numbers, "start") not in {None, "1"}:
        raise UnsupportedFormatting("页面设置", "页码格式或起始页码")


def _page_shape(section: WordSection) -> PageShape:
    size, margins = section._sectPr.find(qn("w:pgSz")), section._sectPr.find(qn("w:pgMar"))
    grid = section._sectPr.find(qn("w:docGrid"))
    return PageShape(
        width=twips(attribute(size, "w"), 595.3),
        height=twips(attribute(size, "h"), 841.9),
        top=twips(attribute(margins, "top"), 72),
        bottom=twips(attribute(margins, "bottom"), 72),
        left=twips(attribute(margins, "left"), 90) + twips(attribute(margins, "gutter")),
        right=twips(attribute(margins, "right"), 90),
        header=twips(attribute(margins, "header"), 42.5),
        footer=twips(attribute(margins, "footer"), 49.6),
        grid_pitch=_grid_pitch(grid),
        character_space=_character_space(grid),
    )


def _grid_pitch(grid: BaseOxmlElement | None) -> float | None:
    kind = attribute(grid, "type")
    if kind in {None, "default"}:
        return None
    if kind not in {"lines", "linesAndChars"}:
        raise UnsupportedFormatting("页面设置", "文字对齐字符网格")
    return twips(attribute(grid, "linePitch"), 15.6)


def _character_space(grid: BaseOxmlElement | None) -> float:
    """What the grid adds to every full-width character; Word stores it in 4096ths of a point."""
    if attribute(grid, "type") != "linesAndChars":
        return 0.0
    return int(attribute(grid, "charSpace") or 0) / 4096
