"""Word's layers of formatting merged into one: defaults, the chain of styles, then direct formatting."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import ns
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

Properties = dict[str, BaseOxmlElement]
"""Formatting elements by tag without namespace, e.g. `jc`; the last layer wins."""

_MERGED = frozenset({"rFonts", "ind", "spacing", "tblBorders", "tblCellMar"})
"""Elements whose attributes (or children) add up over the layers instead of replacing each other."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


Signature = tuple[object, ...]
"""All that a formatting element says; equal ones format alike."""

qn = cache(ns.qn)
"""A tag with its namespace in full: asked for thousands of times a document."""


def signature(element: BaseOxmlElement | None) -> Signature:
    """To know again what was read before: the cells of a table differ in their text only."""
    if element is None:
        return ()
    return tuple([(child.tag, *child.attrib.items(), *([signature(child)] if len(child) else ())) for child in element])


def local_name(element: BaseOxmlElement) -> str:
    """The tag without its namespace; comments give an empty name."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: BaseOxmlElement | None) -> Iterator[BaseOxmlElement]:
    """The child elements, without comments; none for None."""
    if element is not None:
        yield from (child for child in element if isinstance(child.tag, str))


def attribute(element: BaseOxmlElement | None, name: str) -> str | None:
    """A `w:` attribute, or None."""
    if element is None:
        return None
    value = element.get(qn(f"w:{name}"))
    return str(value) if value is not None else None


def switched_on(element: BaseOxmlElement | None) -> bool:
    """The value of an on/off element: present without a value means on."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off"}


def merge(layers: list[BaseOxmlElement | None]) -> Properties:
    """Formatting elements of all layers, later ones winning."""
    merged: Properties = {}
    for layer in layers:
        for element in children(layer):
            name = local_name(element)
            if name in _MERGED and name in merged:
                merged[name] = _added(merged[name], element)
            else:
                merged[name] = element
    return merged


def _added(below: BaseOxmlElement, above: BaseOxmlElement) -> BaseOxmlElement:
    """A copy of `below` with the attributes and children of `above` laid over it."""
    both = deepcopy(below)
    if local_name(above) == "rFonts":
        _forget_replaced_fonts(both, above)
    for key, value in above.attrib.items():
        both.set(key, value)
    for child in children(above):
        for old in both.findall(child.tag):
            both.remove(old)
        both.append(deepcopy(child))
    return both


def _forget_replaced_fonts(below: BaseOxmlElement, above: BaseOxmlElement) -> None:
    """A font named directly replaces a theme's font of a lower layer, which would win otherwise."""
    for slot in ("ascii", "eastAsia", "hAnsi"):
        theme = qn(f"w:{slot}Theme")
        if above.get(qn(f"w:{slot}")) is not None and below.get(theme) is not None:
            del below.attrib[theme]


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A document's styles: what a paragraph, run or table inherits."""

    by_id: Mapping[str, BaseOxmlElement]
    defaults: Mapping[str, str | None]
    run_defaults: BaseOxmlElement | None = field(repr=False)
    paragraph_defaults: BaseOxmlElement | None = field(repr=False)
    theme_fonts: Mapping[str, str]

    def chain(self, style_id: str | None, kind: str) -> list[BaseOxmlElement]:
        """The style and those it is based on, the lowest first; without id the default of its kind."""
        found: list[BaseOxmlElement] = []
        current = style_id if style_id in self.by_id else self.defaults.get(kind)
        while current is not None and current in self.by_id and len(found) < len(self.by_id):
            style = self.by_id[current]
            found.insert(0, style)
            current = attribute(style.find(qn("w:basedOn")), "val")
        return found

    def layers(self, style_id: str | None, kind: str, part: str) -> list[BaseOxmlElement | None]:
        """The `part` (pPr, rPr, tblPr) of every style in a chain, the lowest first."""
        return [style.find(qn(f"w:{part}")) for style in self.chain(style_id, kind)]

    def paragraph(self, style_id: str | None, direct: BaseOxmlElement | None) -> Properties:
        """A paragraph's formatting."""
        return merge([self.paragraph_defaults, *self.layers(style_id, "paragraph", "pPr"), direct])

    def run(self, paragraph_style: str | None, run_style: str | None, direct: BaseOxmlElement | None) -> Properties:
        """A run's formatting inside a paragraph of a style."""
        character = self.layers(run_style, "character", "rPr") if run_style is not None else []
        below = self.layers(paragraph_style, "paragraph", "rPr")
        return merge([self.run_defaults, *below, *character, direct])


def read_style_sheet(document: WordDocument) -> StyleSheet:
    """The styles of an opened document, with its theme's typefaces."""
    root = document.styles.element
    styles = {str(style.get(qn("w:styleId"))): style for style in root.findall(qn("w:style"))}
    defaults = {
        str(attribute(style, "type")): name
        for name, style in styles.items()
        if attribute(style, "default") in {"1", "true"}
    }
    return StyleSheet(
        by_id=styles,
        defaults=defaults,
        run_defaults=root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"),
        paragraph_defaults=root.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr"),
        theme_fonts=_theme_fonts(document),
    )


def _theme_fonts(document: WordDocument) -> dict[str, str]:
    """Typefaces by the names runs use for them: minorEastAsia, majorHAnsi, …"""
    for relation in document.part.rels.values():
        if relation.reltype != RELATIONSHIP_TYPE.THEME:
            continue
        scheme = parse_xml(relation.target_part.blob).find(f"{_A}themeElements/{_A}fontScheme")
        return dict(_scheme_fonts(scheme))
    return {}


def _scheme_fonts(scheme: BaseOxmlElement) -> Iterator[tuple[str, str]]:
    for size in ("major", "minor"):
        fonts = scheme.find(f"{_A}{size}Font")
        latin = str(fonts.find(f"{_A}latin").get("typeface"))
        scripts = {font.get("script"): str(font.get("typeface")) for font in fonts.findall(f"{_A}font")}
        east = str(fonts.find(f"{_A}ea").get("typeface") or scripts.get("Hans", latin))
        yield from ((f"{size}Ascii", latin), (f"{size}HAnsi", latin), (f"{size}EastAsia", east))
