"""Turns Word's formatting elements into the model's values, and refuses those that paper would lose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from docx.oxml.xmlchemy import BaseOxmlElement

from hall.printing.fonts import FontSet
from hall.printing.typeset.model import (
    Alignment,
    Border,
    LineRule,
    LineSpacing,
    ParagraphStyle,
    TabStop,
    TextStyle,
    UnsupportedFormatting,
)
from hall.printing.typeset.properties import Properties, Signature, StyleSheet, attribute, children, qn, switched_on

_ALIGNMENTS = {
    "left": Alignment.LEFT,
    "start": Alignment.LEFT,
    "center": Alignment.CENTER,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.JUSTIFY,
    "distribute": Alignment.DISTRIBUTE,
}
_DASHES: dict[str, tuple[float, ...]] = {
    "single": (),
    "thick": (),
    "dashed": (4.0, 2.0),
    "dashSmallGap": (4.0, 1.0),
    "dotted": (1.0, 1.5),
}

_RUN_READ = frozenset({"rStyle", "rFonts", "b", "sz", "color", "u", "spacing"})
_RUN_HARMLESS = frozenset({"szCs", "bCs", "iCs", "kern", "lang", "noProof", "cs", "snapToGrid", "webHidden"})
_PARAGRAPH_READ = frozenset(
    {
        "pStyle", "jc", "ind", "spacing", "snapToGrid", "keepNext", "keepLines", "pageBreakBefore",
        "widowControl", "tabs", "pBdr", "rPr", "sectPr", "overflowPunct", "autoSpaceDE", "autoSpaceDN",
    }
)  # fmt: skip
_PARAGRAPH_HARMLESS = frozenset(
    {
        "adjustRightInd", "suppressAutoHyphens", "suppressLineNumbers", "outlineLvl", "divId", "cnfStyle",
    }
)  # fmt: skip

_NEUTRAL: Mapping[str, frozenset[str]] = {
    "highlight": frozenset({"none"}),
    "vertAlign": frozenset({"baseline"}),
    "position": frozenset({"0"}),
    "w": frozenset({"100"}),
    "em": frozenset({"none"}),
    "effect": frozenset({"none"}),
    "shd": frozenset({"clear", "nil"}),
    "textDirection": frozenset({"lrTb"}),
    "textAlignment": frozenset({"auto", "baseline"}),
}
"""Values that mean "nothing special", for elements that are otherwise refused."""

_ALWAYS_ON = frozenset({"kinsoku", "wordWrap"})
"""What the line breaking does whether it is asked to or not."""

_CHINESE = {
    "i": "斜体",
    "strike": "删除线",
    "dstrike": "双删除线",
    "highlight": "突出显示颜色",
    "vertAlign": "上标或下标",
    "position": "提升或降低",
    "w": "字符缩放",
    "em": "着重号",
    "shd": "底纹",
    "vanish": "隐藏文字",
    "caps": "全部大写",
    "smallCaps": "小型大写",
    "bdr": "字符边框",
    "fitText": "调整宽度",
    "eastAsianLayout": "合并字符",
    "outline": "空心",
    "shadow": "阴影",
    "effect": "文字效果",
    "numPr": "自动编号或项目符号",
    "framePr": "图文框",
    "contextualSpacing": "同样式段落间不加空格",
    "bidi": "从右向左排版",
    "mirrorIndents": "对称缩进",
    "textDirection": "文字方向",
    "kinsoku": "不按中文习惯控制首尾字符",
    "wordWrap": "允许西文在单词中间换行",
    "topLinePunct": "允许行首标点压缩",
    "textAlignment": "文本对齐方式",
    "imprint": "阴文",
    "emboss": "阳文",
    "rtl": "从右向左的文字",
    "pgBorders": "页面边框",
    "lnNumType": "行号",
    "rtlGutter": "右侧装订线",
    "printerSettings": "打印机设置",
    "tblpPr": "文字环绕的表格",
    "tblCellSpacing": "单元格间距",
    "bidiVisual": "从右向左的表格",
    "gridBefore": "行首空出的单元格",
    "gridAfter": "行尾空出的单元格",
    "wBefore": "行首空出的单元格",
    "wAfter": "行尾空出的单元格",
    "tcFitText": "适应文字的单元格",
    "hidden": "隐藏的行",
}


def chinese_name(tag: str) -> str:
    """What Word's Chinese menus call a formatting element, or its tag."""
    return _CHINESE.get(tag, tag)


def refuse_unread(properties: Properties, place: str, *, known: frozenset[str]) -> None:
    """Raises UnsupportedFormatting for the first element that is neither read nor without effect."""
    for tag, element in properties.items():
        if tag not in known and not is_neutral(tag, element):
            raise UnsupportedFormatting(place, chinese_name(tag))


def is_neutral(tag: str, element: BaseOxmlElement) -> bool:
    """Whether an element says nothing special, so that it may be passed over."""
    value = attribute(element, "val")
    if tag in _ALWAYS_ON:
        return switched_on(element)
    if tag == "numPr":
        return attribute(element.find(qn("w:numId")), "val") == "0"
    if tag == "shd":
        return value in _NEUTRAL["shd"] and attribute(element, "fill") in {None, "auto", "FFFFFF"}
    if tag in _NEUTRAL:
        return value in _NEUTRAL[tag]
    return value in {"0", "false", "off"}


def twips(value: str | None, default: float = 0.0) -> float:
    """Twentieths of a point as points."""
    return float(value) / 20 if value is not None else default


def read_alignment(element: BaseOxmlElement | None, place: str, *, default: Alignment) -> Alignment:
    """A `jc` element."""
    value = attribute(element, "val")
    if value is None:
        return default
    if value not in _ALIGNMENTS:
        raise UnsupportedFormatting(place, f"对齐方式 {value}")
    return _ALIGNMENTS[value]


def read_border(element: BaseOxmlElement | None, place: str) -> Border | None:
    """One border element; None for none."""
    value = attribute(element, "val")
    if value in {None, "nil", "none"}:
        return None
    if value not in _DASHES:
        raise UnsupportedFormatting(place, f"边框线型 {value}")
    width = float(attribute(element, "sz") or 4) / 8
    space = float(attribute(element, "space") or 0)
    return Border(width, _colour(attribute(element, "color")), _DASHES[str(value)], space)


def _colour(value: str | None) -> str:
    return "000000" if value in {None, "auto"} else str(value).upper()


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Knows the document's styles and which typefaces there are, and what it has read before."""

    sheet: StyleSheet
    fonts: FontSet
    text_styles: dict[Signature, TextStyle] = field(default_factory=dict)
    paragraph_styles: dict[Signature, ParagraphStyle] = field(default_factory=dict)

    def text_style(self, properties: Properties, place: str) -> TextStyle:
        """A run's look; raises UnsupportedFormatting."""
        refuse_unread(properties, place, known=_RUN_READ | _RUN_HARMLESS)
        fonts = properties.get("rFonts")
        return TextStyle(
            family=self._family(fonts, ("eastAsia",), place),
            latin_family=self._family(fonts, ("ascii", "hAnsi", "eastAsia"), place),
            size=float(attribute(properties.get("sz"), "val") or 20) / 2,
            bold=switched_on(properties.get("b")),
            underline=_underlined(properties.get("u"), place),
            colour=_colour(attribute(properties.get("color"), "val")),
            spacing=twips(attribute(properties.get("spacing"), "val")),
        )

    def _family(self, fonts: BaseOxmlElement | None, slots: tuple[str, ...], place: str) -> str:
        for slot in slots:
            theme = attribute(fonts, f"{slot}Theme")
            name = self.sheet.theme_fonts.get(theme) if theme is not None else attribute(fonts, slot)
            if name is not None and not self.fonts.knows(name):
                raise UnsupportedFormatting(place, f"字体 {name}")
            if name is not None:
                return name
        return "宋体"

    def paragraph_style(self, properties: Properties, place: str, *, size: float) -> ParagraphStyle:
        """A paragraph's shape; `size` is that of its text in points, for indents given in characters."""
        refuse_unread(properties, place, known=_PARAGRAPH_READ | _PARAGRAPH_HARMLESS)
        left, right, first_line = _indents(properties.get("ind"), size)
        before, after, spacing = _spacing(properties.get("spacing"), place)
        borders = properties.get("pBdr")
        _refuse_side_borders(borders, place)
        return ParagraphStyle(
            alignment=read_alignment(properties.get("jc"), place, default=Alignment.LEFT),
            left=left,
            right=right,
            first_line=first_line,
            before=before,
            after=after,
            spacing=spacing,
            snaps_to_grid=_on_unless_said(properties, "snapToGrid"),
            keep_next=switched_on(properties.get("keepNext")),
            keep_lines=switched_on(properties.get("keepLines")),
            page_break_before=switched_on(properties.get("pageBreakBefore")),
            widow_control=_on_unless_said(properties, "widowControl"),
            tab_stops=_tab_stops(properties.get("tabs"), place),
            top_border=read_border(_child(borders, "top"), place),
            bottom_border=read_border(_child(borders, "bottom"), place),
            parts_letters=_on_unless_said(properties, "autoSpaceDE"),
            parts_digits=_on_unless_said(properties, "autoSpaceDN"),
            hangs_marks=_on_unless_said(properties, "overflowPunct"),
        )


def _on_unless_said(properties: Properties, name: str) -> bool:
    """The value of an element that counts as on where it is missing."""
    return name not in properties or switched_on(properties[name])


def _child(element: BaseOxmlElement | None, name: str) -> BaseOxmlElement | None:
    return element.find(qn(f"w:{name}")) if element is not None else None


def _underlined(element: BaseOxmlElement | None, place: str) -> bool:
    value = attribute(element, "val")
    if value not in {None, "none", "single"}:
        raise UnsupportedFormatting(place, f"下划线线型 {value}")
    return value == "single"


def _indents(element: BaseOxmlElement | None, size: float) -> tuple[float, float, float]:
    """Left, right and first line; Word prefers measures in hundredths of a character where both stand."""

    def measure(*names: str) -> float:
        for name in names:
            characters = attribute(element, f"{name}Chars")
            if characters not in {None, "0"}:
                return float(str(characters)) / 100 * size
            if attribute(element, name) is not None:
                return twips(attribute(element, name))
        return 0.0

    hanging = measure("hanging")
    return measure("left", "start"), measure("right", "end"), -hanging if hanging else measure("firstLine")


def _spacing(element: BaseOxmlElement | None, place: str) -> tuple[float, float, LineSpacing]:
    for name in ("beforeAutospacing", "afterAutospacing"):
        if attribute(element, name) in {"1", "true"}:
            raise UnsupportedFormatting(place, "段前段后自动间距")
    line, rule = attribute(element, "line"), attribute(element, "lineRule") or "auto"
    spaces = (_lines_or_points(element, "before"), _lines_or_points(element, "after"))
    if line is None:
        return *spaces, LineSpacing()
    readings: dict[str, Callable[[str], LineSpacing]] = {
        "auto": lambda text: LineSpacing(LineRule.MULTIPLE, float(text) / 240),
        "exact": lambda text: LineSpacing(LineRule.EXACT, twips(text)),
        "atLeast": lambda text: LineSpacing(LineRule.AT_LEAST, twips(text)),
    }
    return *spaces, readings[rule](line)


_LINE_OF_SPACE = 15.6
"""Points of one "line" (行) of space before or after: Word's default grid pitch of 312 twentieths."""


def _lines_or_points(element: BaseOxmlElement | None, name: str) -> float:
    lines = attribute(element, f"{name}Lines")
    if lines not in {None, "0"}:
        return float(str(lines)) / 100 * _LINE_OF_SPACE
    return twips(attribute(element, name))


def _tab_stops(element: BaseOxmlElement | None, place: str) -> tuple[TabStop, ...]:
    stops = []
    for stop in children(element):
        kind = attribute(stop, "val")
        if kind == "clear":
            continue
        if kind not in {"left", "center", "right"} or attribute(stop, "leader") not in {None, "none"}:
            raise UnsupportedFormatting(place, "带前导符或小数点的制表位")
        stops.append(TabStop(twips(attribute(stop, "pos")), _ALIGNMENTS[str(kind)]))
    return tuple(sorted(stops, key=lambda stop: stop.position))


def _refuse_side_borders(borders: BaseOxmlElement | None, place: str) -> None:
    for name in ("left", "right", "between", "bar"):
        if read_border(_child(borders, name), place) is not None:
            raise UnsupportedFormatting(place, "段落左右边框")
