"""Every document, short and long: its pages as LibreOffice lays them out, and fit for an archive.

LibreOffice is asked in tests only; at a counter nobody has it. What it is asked to lay out is the filled .docx, with
our own fonts, so that only the layout can differ.
"""

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from hall.printing.documents import ProducedDocument
from hall.printing.fonts import FontSet
from tests.services.papers.archive_rules import violations
from tests.services.papers.filled import NAMES, filled
from tests.services.papers.libreoffice import typeset

pytestmark = pytest.mark.timeout(300)  # LibreOffice lays out all of them in two runs

Pages = list[Counter[str]]

_HYPHENS = "-\x02\ufffe"


def _pages(pdf: bytes) -> Pages:
    """The characters of every page; in forms the order in which cells are read is free.

    White space does not count, nor do hyphens: readers take one at a line's end for a divided word.
    """
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    texts = (page.get_textpage().get_text_bounded() for page in document)
    return [Counter(each for each in text if not each.isspace() and each not in _HYPHENS) for text in texts]


@pytest.fixture(scope="module")
def made() -> dict[str, ProducedDocument]:
    """Every document of ours."""
    fonts = FontSet.shipped()
    return {name: filled(name, fonts) for name in NAMES}


@pytest.fixture(scope="module")
def measured(made: dict[str, ProducedDocument], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pages]:
    """The pages LibreOffice gives them."""
    folder = Path(tmp_path_factory.mktemp("office"))
    pdfs = typeset({name: each.docx for name, each in made.items()}, folder)
    return {name: _pages(pdf) for name, pdf in pdfs.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_the_pages_libreoffice_gives_it(
    name: str, made: dict[str, ProducedDocument], measured: dict[str, Pages]
) -> None:
    ours, theirs = _pages(made[name].pdf), measured[name]
    assert len(ours) == len(theirs)
    for number, (page, other) in enumerate(zip(ours, theirs, strict=True), start=1):
        assert page == other, f"page {number}: only here {page - other}, only there {other - page}"


@pytest.mark.parametrize("name", NAMES)
def test_a_document_breaks_no_rule_of_the_archive_s_format(name: str, made: dict[str, ProducedDocument]) -> None:
    assert violations(made[name].pdf) == []


def _without(name: str) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        del writer.root_object[NameObject(name)]

    return spoil


def _first_font(writer: PdfWriter) -> DictionaryObject:
    resources = writer.pages[0]["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"].get_object()
    assert isinstance(fonts, DictionaryObject)
    font = next(iter(fonts.values())).get_object()
    assert isinstance(font, DictionaryObject)
    return font


def _encoded(writer: PdfWriter) -> None:
    _first_font(writer)[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")


def _too_wide(writer: PdfWriter) -> None:
    font = _first_font(writer)
    widths = font["/Widths"].get_object()
    assert isinstance(widths, ArrayObject)
    font[NameObject("/Widths")] = ArrayObject(NumberObject(int(width) + 9) for width in widths)


def _not_embedded(writer: PdfWriter) -> None:
    described = _first_font(writer)["/FontDescriptor"].get_object()
    assert isinstance(described, DictionaryObject)
    del described[NameObject("/FontFile2")]


def _meaningless(writer: PdfWriter) -> None:
    del _first_font(writer)[NameObject("/ToUnicode")]


def _acting(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/Print")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def _retitled(writer: PdfWriter) -> None:
    writer.add_metadata({"/Title": TextStringObject("别的标题")})


@pytest.mark.parametrize(
    ("spoil", "clause"),
    [
        (_without("/Metadata"), "6.6.2"),
        (_without("/OutputIntents"), "6.2.3"),
        (_without("/Lang"), "6.7"),
        (_encoded, "6.2.11"),
        (_too_wide, "6.2.11"),
        (_not_embedded, "6.2.11"),
        (_meaningless, "6.2.11"),
        (_retitled, "6.6.3"),
        (_acting, "6.4"),
        (lambda writer: writer.encrypt("secret", ""), "6.1.3"),
    ],
)
def test_a_file_spoilt_for_the_archive_is_found_out(
    spoil: Callable[[PdfWriter], None], clause: str, made: dict[str, ProducedDocument]
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made["denial short"].pdf)))
    spoil(writer)
    spoilt = io.BytesIO()
    writer.write(spoilt)
    assert any(found.startswith(clause) for found in violations(spoilt.getvalue()))
