"""Small Word documents for the typesetter's tests."""

import io
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from hall.printing.fonts import FontSet
from hall.printing.typeset.layout import compose
from hall.printing.typeset.pdf import draw
from hall.printing.typeset.placed import Layout
from hall.printing.typeset.reader import read_document

Typeset = Callable[[WordDocument], Layout]
Extract = Callable[..., str]


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return FontSet.shipped()


@pytest.fixture
def word() -> WordDocument:
    """An empty document in 16 pt 仿宋 without spaces between paragraphs."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    names = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("ascii", "hAnsi", "eastAsia"):
        names.set(qn(f"w:{slot}"), "仿宋")
    return document


@pytest.fixture
def typeset(fonts: FontSet) -> Typeset:
    def _typeset(document: WordDocument) -> Layout:
        content = io.BytesIO()
        document.save(content)
        return compose(read_document(content.getvalue(), fonts), fonts)

    return _typeset


@pytest.fixture
def pdf_of(typeset: Typeset) -> Callable[[WordDocument], bytes]:
    def _pdf(document: WordDocument) -> bytes:
        made_at = datetime(2026, 11, 21, tzinfo=UTC)
        return draw(typeset(document), title="试验", author="大厅", made_at=made_at)

    return _pdf


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """What `pdftotext` reads from a PDF."""

    def _extract(pdf: bytes, *options: str) -> str:
        path = tmp_path / "document.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True, timeout=60)
        return done.stdout.decode()

    return _extract
