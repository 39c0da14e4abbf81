"""The clauses of ISO 19005-2 (PDF/A-2b) that a file of ours could break, looked up in the file itself.

No validator is to be had from the package sources this project installs from; these checks read the finished bytes
and not what the program meant to write. Numbers in the findings are the standard's clauses.
"""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, PdfObject, StreamObject

_HEADER = re.compile(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}")
_FORBIDDEN_IN_CATALOG = ("/AcroForm", "/AA", "/OpenAction", "/OCProperties", "/Requirements", "/Names", "/Collection")
_FORBIDDEN_IN_STREAMS = ("/F", "/FFilter", "/FDecodeParms")
_COLOUR_SPACES = {"/DeviceRGB", "/DeviceGray"}
_OTHER_COLOURS = {b"k", b"K", b"cs", b"CS", b"sc", b"scn", b"SC", b"SCN", b"sh", b"ri"}
_SPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}
_SYMBOLIC = 4


def violations(pdf: bytes) -> list[str]:
    """What an archive would refuse the file for; empty if nothing was found."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    if "/Encrypt" in reader.trailer:
        return ["6.1.3: encrypted"]
    return [*_file(pdf, reader), *_streams(reader), *_meaning(reader), *_metadata(reader), *_pages(reader)]


def _file(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    if not _HEADER.match(pdf):
        yield "6.1.2: header"
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: bytes behind the end"
    if "/ID" not in reader.trailer:
        yield "6.1.3: no file identifier"
    for name in _FORBIDDEN_IN_CATALOG:
        if name in reader.root_object:
            yield f"6.4, 6.5, 6.8, 6.9: {name}"


def _streams(reader: PdfReader) -> Iterator[str]:
    for number in reader.xref[0]:
        item = reader.get_object(number)
        if not isinstance(item, StreamObject):
            continue
        filters = item.get("/Filter", ArrayObject())
        names = filters if isinstance(filters, ArrayObject) else [filters]
        if {"/LZWDecode", "/Crypt"} & set(names) or any(name in item for name in _FORBIDDEN_IN_STREAMS):
            yield f"6.1.7: stream {number}"


def _meaning(reader: PdfReader) -> Iterator[str]:
    """What the colours mean."""
    intents = [each.get_object() for each in reader.root_object.get("/OutputIntents", [])]
    profiles = [each["/DestOutputProfile"].get_object() for each in intents if each.get("/S") == "/GTS_PDFA1"]
    if len(profiles) != 1:
        yield "6.2.3: output intent"
        return
    profile = profiles[0].get_data()
    sound = profile[36:40] == b"acsp" and profile[12:16] in {b"mntr", b"prtr"} and profile[16:20] == b"RGB "
    if not sound or profile[8] > 4 or profiles[0]["/N"] != 3 or len(profile) != int.from_bytes(profile[:4], "big"):
        yield "6.2.3: profile"


def _metadata(reader: PdfReader) -> Iterator[str]:
    if "/Metadata" not in reader.root_object:
        yield "6.6.2: no metadata"
        return
    stream = reader.root_object["/Metadata"].get_object()
    packet = stream.get_data().decode("utf-8") if isinstance(stream, StreamObject) else ""
    root = ElementTree.fromstring(packet)

    def said(path: str) -> str | None:
        return root.findtext(f".//{path}", namespaces=_SPACES)

    if (said("pdfaid:part"), said("pdfaid:conformance")) != ("2", "B"):
        yield "6.6.4: identification"
    info = reader.metadata
    if info is None or said("dc:title/rdf:Alt/rdf:li") != info.title or not info.title:
        yield "6.6.3: title"
    if info is None or said("dc:creator/rdf:Seq/rdf:li") != info.author or said("pdf:Producer") != info.producer:
        yield "6.6.3: author or producer"
    created = info.creation_date.isoformat() if info is not None and info.creation_date is not None else ""
    if created != said("xmp:CreateDate"):
        yield "6.6.3: date"
    if said("dc:language/rdf:Bag/rdf:li") != reader.root_object.get("/Lang"):
        yield "6.7: language"


def _pages(reader: PdfReader) -> Iterator[str]:
    fonts: dict[str, DictionaryObject] = {}
    used: dict[str, set[int]] = {}
    for page in reader.pages:
        if "/Annots" in page or "/AA" in page:
            yield "6.3: annotation or action"
        resources = _dictionary(page["/Resources"])
        yield from _pictures(resources)
        named = {name: _dictionary(each) for name, each in _entries(resources, "/Font")}
        fonts.update(named)
        contents = page.get_contents()
        yield from _drawn(ContentStream(contents, reader), named, used) if contents is not None else ()
    for name, codes in used.items():
        yield from (f"6.2.11: {fonts[name]['/BaseFont']}: {fault}" for fault in _font(fonts[name], codes))


def _dictionary(item: PdfObject) -> DictionaryObject:
    found = item.get_object()
    assert isinstance(found, DictionaryObject)
    return found


def _entries(resources: DictionaryObject, kind: str) -> Iterator[tuple[str, PdfObject]]:
    yield from _dictionary(resources[kind]).items() if kind in resources else ()


def _pictures(resources: DictionaryObject) -> Iterator[str]:
    for name, each in _entries(resources, "/XObject"):
        picture = each.get_object()
        assert isinstance(picture, StreamObject)
        space = picture.get("/ColorSpace")
        if isinstance(space, ArrayObject):
            space = space[1] if space[0] == "/Indexed" else space[0]
        if space not in _COLOUR_SPACES:
            yield f"6.2.4: colours of {name}"
        if {"/Alternates", "/OPI"} & set(picture) or picture.get("/Interpolate"):
            yield f"6.2.8: {name}"


def _drawn(content: ContentStream, fonts: dict[str, DictionaryObject], used: dict[str, set[int]]) -> Iterator[str]:
    """Faults of a page's content; notes which codes of which fonts it shows."""
    font = ""
    for operands, operator in content.operations:
        if operator in _OTHER_COLOURS:
            yield f"6.2.4: {operator.decode()}"
        elif operator == b"Tf":
            font = str(operands[0])
            if font not in fonts:
                yield f"6.2.2: no font {font}"
        elif operator == b"Tj":
            shown = operands[0]
            codes = shown.original_bytes if hasattr(shown, "original_bytes") else bytes(shown)
            used.setdefault(font, set()).update(codes)


def _font(font: DictionaryObject, codes: set[int]) -> Iterator[str]:
    """TrueType subsets: embedded, symbolic, every code shown with a glyph, a width and a meaning."""
    described = _dictionary(font["/FontDescriptor"])
    if str(font["/Subtype"]) != "/TrueType" or "/FontFile2" not in described:
        yield "not embedded"
        return
    if described["/FontName"] != font["/BaseFont"] or not re.match(r"/[A-Z]{6}\+", str(font["/BaseFont"])):
        yield "name"
    if not int(str(described["/Flags"])) & _SYMBOLIC or "/Encoding" in font:
        yield "encoding of a symbolic font"
    stream = described["/FontFile2"].get_object()
    assert isinstance(stream, StreamObject)
    with TTFont(io.BytesIO(stream.get_data())) as program:
        tables = program["cmap"].tables
        if len(tables) != 1:
            yield "more than one character map"
        glyphs, widths = tables[0].cmap, program["hmtx"].metrics
        em = program["head"].unitsPerEm
        first, told = int(str(font["/FirstChar"])), font["/Widths"].get_object()
        assert isinstance(told, ArrayObject)
        for code in sorted(codes):
            if code not in glyphs or program.getGlyphID(glyphs[code]) == 0:
                yield f"no glyph for {code}"
            elif abs(float(told[code - first]) - widths[glyphs[code]][0] * 1000 / em) > 1:
                yield f"width of {code}"
    yield from _unmeant(font, codes)


def _unmeant(font: DictionaryObject, codes: set[int]) -> Iterator[str]:
    stream = font["/ToUnicode"].get_object() if "/ToUnicode" in font else None
    text = stream.get_data().decode("latin-1") if isinstance(stream, StreamObject) else ""
    meant = {int(code, 16): point for code, point in re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4,8})>", text)}
    for code in sorted(codes):
        if meant.get(code, "0000") in {"0000", "FEFF", "FFFE"}:
            yield f"no meaning of {code}"
