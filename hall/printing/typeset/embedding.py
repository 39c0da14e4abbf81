"""Font files as the PDF library wants them, with a right way back from glyphs to characters.

reportlab 5.1 writes the ToUnicode entry of a character above U+FFFF as five hexadecimal digits, where the PDF
standard (ISO 32000-1, 9.10.3) wants UTF-16: 张𬭚 would be extracted as 张ⲵ‖. The entries are rewritten here.
"""

import hashlib
import zlib
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream, PDFStreamFilterZCompress
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFace

rl_config.useA85 = 0  # streams as they are: written as text they are a quarter longer and take as long as the fonts

_ENTRIES_PER_BLOCK = 100
"""The most entries one `beginbfchar` may have."""


class _Outlines:
    """A font's outlines, of which a subset takes single glyphs: the whole, up to 14 MB, is not copied for that."""

    def __init__(self, file: bytes, start: int) -> None:
        self._file, self._start = file, start

    def __getitem__(self, glyph: slice) -> bytes:
        return self._file[self._start + glyph.start : self._start + glyph.stop]


class _Face(TTFontFace):
    """A font file that gives its outlines glyph by glyph."""

    def get_table(self, tag: str) -> bytes | _Outlines:
        if tag == "glyf":
            return _Outlines(self._ttf_data, self.get_table_pos(tag)[0])  # type: ignore[attr-defined]  # not in the stubs
        table: bytes = super().get_table(tag)  # type: ignore[no-untyped-call]
        return table


class _QuickCompress(PDFStreamFilterZCompress):
    """Outlines are packed already: more effort takes three times as long and saves a twentieth."""

    def encode(self, text: bytes) -> bytes:
        return zlib.compress(text, 1)


_QUICK = _QuickCompress()


class EmbeddedFont(TTFont):
    """A font whose embedded subsets extract as the text they show."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        self.face.__class__ = _Face

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # the library's name
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            prefix = SUBSETN(number) + b"+"
            name = (prefix + self.face.name + self.face.subfontNameX).decode("pdfdoc")
            stream = doc.idToObject[f"toUnicodeCMap:{name}"]
            if isinstance(stream, PDFStream):
                stream.content = unicode_map(name, subset)
            outlines = doc.idToObject[f"fontFile:{self.face.filename}({name})"]
            if isinstance(outlines, PDFStream):
                outlines.filters = [_QUICK]


def unicode_map(name: str, subset: list[int]) -> str:
    """The ToUnicode stream of a subset whose codes are positions in a list of code points."""
    codes = [(code, point) for code, point in enumerate(subset) if point]
    blocks = [codes[i : i + _ENTRIES_PER_BLOCK] for i in range(0, len(codes), _ENTRIES_PER_BLOCK)]
    entries = [
        line
        for block in blocks
        for line in (
            f"{len(block)} beginbfchar",
            *(f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in block),
            "endbfchar",
        )
    ]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    tail = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join([*head, *entries, *tail])


def registered(path: Path) -> str:
    """The library's name for a font file, which is read when it is first asked for."""
    name = f"{path.stem}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(EmbeddedFont(name, str(path)))
    return name
