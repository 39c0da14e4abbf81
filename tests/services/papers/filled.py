"""Every declared document filled with short and long fictitious content, for tests that look at all of them."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hall.printing.content import DocumentContent, FieldValue, PictureContent
from hall.printing.declarations import Declaration, read_declarations
from hall.printing.documents import ProducedDocument, produce
from hall.printing.fonts import FontSet
from hall.printing.qr import qr_png
from hall.resources import template
from hall.rules.numbering import document_number
from tests.printing.documents.conftest import FIELDS, materials
from tests.services.papers.conftest import LONG, papers

HOME = Path("nowhere")
DECLARED = read_declarations(template("fields.toml", HOME))
NAMES = [f"{kind} {length}" for kind in DECLARED for length in ("short", "long")]

_AUTHORITY = "示例市示例区城市管理和综合执法局"
_REMEDIES = {"review_government": "示例市示例区人民政府", "court_name": "示例市示例区人民法院"}
_SIGNED = "HALL1|示城管许准〔2026〕1号|2026-12-03|k1|" + "A" * 86


def filled(name: str, fonts: FontSet, **changes: FieldValue) -> ProducedDocument:
    """One of `NAMES`, with some fields changed."""
    kind, _, length = name.partition(" ")
    declared = DECLARED[kind]
    content = DocumentContent(
        title=declared.title,
        author=_AUTHORITY,
        made_at=datetime(2026, 12, 3, tzinfo=UTC),
        fields={**_fields(kind, long=length == "long"), **_issued(declared), **changes},
        pictures={"qr": PictureContent(qr_png(_SIGNED), 25.0)},
    )
    return produce(template(declared.file, HOME), content, fonts=fonts)


def _fields(kind: str, *, long: bool) -> dict[str, FieldValue]:
    if kind in {"receipt", "acceptance"}:
        basis = LONG * 4 if long else FIELDS["legal_basis"]
        return {**FIELDS, "legal_basis": basis, "materials": materials(24 if long else 3)}
    built = _papers(long=long)[kind]
    return {name: value if isinstance(value, str) else tuple(value) for name, value in built.items()}


_papers = cache(papers)


def _issued(declared: Declaration) -> dict[str, str]:
    number = document_number("示城管", declared.series, year=2026, serial=1, style=declared.style)
    return {"number": number, "issued_on": "2026年12月3日", **_REMEDIES}
