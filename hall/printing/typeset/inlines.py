"""Reads paragraphs: their runs, pictures, breaks and page fields."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.opc.part import Part
from docx.oxml.xmlchemy import BaseOxmlElement
from PIL import Image

from hall.printing.typeset.interpret import Interpreter
from hall.printing.typeset.model import (
    Inline,
    LineBreak,
    LineRule,
    PageBreak,
    PageField,
    PageFieldKind,
    Paragraph,
    ParagraphStyle,
    Picture,
    Tab,
    Text,
    TextStyle,
    UnsupportedFormatting,
)
from hall.printing.typeset.properties import attribute, children, local_name, qn, signature

_EMU_PER_POINT = 12700
_MARKS = frozenset(
    {
        "pPr",
        "rPr",
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "permStart",
        "permEnd",
        "lastRenderedPageBreak",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "annotationRef",
        "softHyphen",
    }
)
_NAMES = {
    "hyperlink": "超链接",
    "ins": "未接受的修订",
    "del": "未接受的修订",
    "moveFrom": "未接受的修订",
    "moveTo": "未接受的修订",
    "sdt": "内容控件",
    "oMath": "公式",
    "oMathPara": "公式",
    "ruby": "拼音指南",
    "pict": "旧式图形或文本框",
    "object": "嵌入对象",
    "sym": "特殊符号字体",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "AlternateContent": "图形或文本框",
    "ptab": "对齐制表位",
}
_FIELDS = {"PAGE": PageFieldKind.NUMBER, "NUMPAGES": PageFieldKind.COUNT}
_COLOURS = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Modes of pictures whose colours an archive's PDF can tell without a profile of their own."""

_IMAGE_TYPES = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where we are and what the paragraph gives its runs."""

    name: str
    paragraph_style: str | None


@dataclass(frozen=True, slots=True)
class InlineReader:
    """Reads the paragraphs of one part (body, header or footer) of a document."""

    interpreter: Interpreter
    part: Part

    def paragraph(self, element: BaseOxmlElement, place: str) -> Paragraph:
        """One paragraph; raises UnsupportedFormatting with the place."""
        own = element.find(qn("w:pPr"))
        style_id = attribute(own.find(qn("w:pStyle")), "val") if own is not None else None
        here = _Place(place, style_id)
        inlines = tuple(self._inlines(element, here))
        mark = self._style(own.find(qn("w:rPr")) if own is not None else None, here)
        size = next((inline.style.size for inline in inlines if isinstance(inline, Text | Tab)), mark.size)
        read = self.interpreter.paragraph_styles
        look = style_id, size, signature(own)
        if look not in read:
            merged = self.interpreter.sheet.paragraph(style_id, own)
            read[look] = self.interpreter.paragraph_style(merged, place, size=size)
        _refuse_cut_pictures(inlines, read[look], place)
        return Paragraph(inlines, read[look], mark)

    def _style(self, direct: BaseOxmlElement | None, here: _Place) -> TextStyle:
        read = self.interpreter.text_styles
        look = here.paragraph_style, signature(direct)
        if look not in read:
            named = attribute(direct.find(qn("w:rStyle")), "val") if direct is not None else None
            merged = self.interpreter.sheet.run(here.paragraph_style, named, direct)
            read[look] = self.interpreter.text_style(merged, here.name)
        return read[look]

    def _inlines(self, paragraph: BaseOxmlElement, here: _Place) -> Iterator[Inline]:
        field = _ComplexField()
        for element in children(paragraph):
            name = local_name(element)
            if name == "r":
                yield from self._run(element, here, field)
            elif name == "fldSimple":
                run = element.find(qn("w:r"))
                style = self._style(run.find(qn("w:rPr")) if run is not None else None, here)
                yield PageField(_field_kind(attribute(element, "instr") or "", here.name), style)
            elif name not in _MARKS:
                raise UnsupportedFormatting(here.name, _NAMES.get(name, name))

    def _run(self, run: BaseOxmlElement, here: _Place, field: "_ComplexField") -> Iterator[Inline]:
        style = self._style(run.find(qn("w:rPr")), here)
        for element in children(run):
            name = local_name(element)
            if name == "fldChar":
                if (kind := field.turn(attribute(element, "fldCharType"), here.name)) is not None:
                    yield PageField(kind, style)
            elif name == "instrText":
                field.instruction += element.text or ""
            elif not field.shows_result and name not in _MARKS:
                yield self._inline(element, style, here)

    def _inline(self, element: BaseOxmlElement, style: TextStyle, here: _Place) -> Inline:
        name = local_name(element)
        if name == "t":
            return Text(element.text or "", style)
        if name == "noBreakHyphen":
            return Text("\u2011", style)
        if name == "tab":
            return Tab(style)
        if name in {"br", "cr"}:
            return _break(attribute(element, "type"), here.name)
        if name == "drawing":
            return self._picture(element, here.name)
        raise UnsupportedFormatting(here.name, _NAMES.get(name, name))

    def _picture(self, drawing: BaseOxmlElement, place: str) -> Picture:
        inline = drawing.find(qn("wp:inline"))
        if inline is None:
            raise UnsupportedFormatting(place, "浮动图片（请设为“嵌入型”）")
        blips = list(inline.iter(qn("a:blip")))
        crops = [crop for crop in inline.iter(qn("a:srcRect")) if crop.attrib]
        if len(blips) != 1 or crops:
            raise UnsupportedFormatting(place, "裁剪过的图片或图形")
        target = self.part.related_parts[blips[0].get(qn("r:embed"))]
        if target.content_type not in _IMAGE_TYPES:
            raise UnsupportedFormatting(place, "PNG、JPEG 以外的图片")
        with Image.open(io.BytesIO(target.blob)) as picture:
            if picture.mode not in _COLOURS:
                raise UnsupportedFormatting(place, "印刷色（CMYK）或 16 位的图片，请另存为 RGB 图片")
        extent = inline.find(qn("wp:extent"))
        width, height = (int(extent.get(side)) / _EMU_PER_POINT for side in ("cx", "cy"))
        return Picture(target.blob, width, height)


def _refuse_cut_pictures(inlines: Iterable[Inline], style: ParagraphStyle, place: str) -> None:
    """Word shows of a picture only what fits into an exact line."""
    spacing = style.spacing
    for inline in inlines:
        if isinstance(inline, Picture) and spacing.rule is LineRule.EXACT and inline.height > spacing.value:
            raise UnsupportedFormatting(place, "固定值行距里的图片（请把这一段改为单倍行距）")


@dataclass(slots=True)
class _ComplexField:
    """A field spread over several runs: begin, instruction, separate, shown result, end."""

    instruction: str = ""
    open: bool = False
    shows_result: bool = False

    def turn(self, kind: str | None, place: str) -> PageFieldKind | None:
        """Take one field character; the field's kind when it ends."""
        if kind == "begin":
            self.instruction, self.open, self.shows_result = "", True, False
        elif kind == "separate":
            self.shows_result = True
        elif kind == "end":
            self.open = self.shows_result = False
            return _field_kind(self.instruction, place)
        return None


def _field_kind(instruction: str, place: str) -> PageFieldKind:
    words = instruction.split()
    name = words[0].upper() if words else ""
    if name not in _FIELDS:
        raise UnsupportedFormatting(place, f"域 {name}")
    return _FIELDS[name]


def _break(kind: str | None, place: str) -> Inline:
    if kind == "page":
        return PageBreak()
    if kind == "column":
        raise UnsupportedFormatting(place, "分栏符")
    return LineBreak()
