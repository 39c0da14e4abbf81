"""What makes a PDF fit for an archive, PDF/A-2b (ISO 19005-2): its description as XMP, and what its colours mean."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFString,
)

from hall.clock import hall_time
from hall.resources import resource

LANGUAGE = "zh-CN"
PRODUCER = "hall"
"""Stands in the file as its producer; a version of the program would give a reprint other bytes."""

_COLOURS = "sRGB IEC61966-2.1"

_NAMESPACES = (
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a PDF says of itself; `made_at` is timezone-aware."""

    title: str
    author: str
    keywords: str
    made_at: datetime


def make_archival(document: PDFDocument, description: Description) -> None:
    """Adds the description and the output intent to a document that is about to be written."""
    metadata = PDFStream(
        dictionary=PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
        content=_xmp(description).encode(),
        filters=None,
    )
    profile = PDFStream(
        dictionary=PDFDictionary({"N": 3, "Alternate": PDFName("DeviceRGB")}),
        content=_profile(),
        filters=[PDFStreamFilterZCompress()],
    )
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString(_COLOURS),
            "Info": PDFString(_COLOURS),
            "DestOutputProfile": document.Reference(profile),  # type: ignore[no-untyped-call]
        }
    )
    catalog = document.Catalog  # type: ignore[attr-defined]  # not in the stubs
    catalog.Metadata = metadata
    catalog.OutputIntents = PDFArray([intent])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


@cache
def _profile() -> bytes:
    """The profile of sRGB; what colours mean must not depend on the computer."""
    return resource("srgb.icc").read_bytes()


def _xmp(description: Description) -> str:
    """The XMP packet; it says the same as the file's information dictionary."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES)
    moment = hall_time(description.made_at).isoformat(timespec="seconds")
    keywords = f"<pdf:Keywords>{escape(description.keywords)}</pdf:Keywords>" if description.keywords else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}><rdf:Description rdf:about="">\n'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
        "<dc:format>application/pdf</dc:format>\n"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_text(description.title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:creator><rdf:Seq><rdf:li>{_text(description.author)}</rdf:li></rdf:Seq></dc:creator>\n"
        f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>{keywords}\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


def _text(text: str) -> str:
    """As XML, which has no control characters."""
    return escape("".join(character for character in text if character.isprintable()))
