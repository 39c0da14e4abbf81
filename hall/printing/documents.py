"""Makes a document: the template filled, kept as .docx, typeset as PDF."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from hall.printing.content import DocumentContent
from hall.printing.docx_fill import fill
from hall.printing.fonts import FontSet
from hall.printing.typeset.layout import compose
from hall.printing.typeset.pdf import draw
from hall.printing.typeset.reader import read_document


@dataclass(frozen=True, slots=True)
class ProducedDocument:
    """Both forms of a document; `missing` are characters drawn as 〓 because no font has them."""

    docx: bytes = field(repr=False)
    pdf: bytes = field(repr=False)
    pages: int
    template_digest: str
    """SHA-256 of the template file, in hexadecimal digits."""
    missing: tuple[str, ...] = ()


def produce(template: Path, content: DocumentContent, *, fonts: FontSet) -> ProducedDocument:
    """Fill and typeset; raises TemplateProblem and UnsupportedFormatting."""
    docx = fill(template, content)
    layout = compose(read_document(docx, fonts), fonts)
    return ProducedDocument(
        docx=docx,
        pdf=draw(layout, title=content.title, author=content.author, made_at=content.made_at),
        pages=len(layout.pages),
        template_digest=hashlib.sha256(template.read_bytes()).hexdigest(),
        missing=layout.missing,
    )
