"""Every document has as many pages as LibreOffice gives it, with the same text on each, short and long.

LibreOffice is asked in tests only; at a counter nobody has it. What it is asked to lay out is the filled .docx, with
our own fonts, so that only the layout can differ.
"""

import io
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from hall.printing.fonts import FontSet
from tests.services.papers.filled import NAMES, filled
from tests.services.papers.libreoffice import typeset

Pages = list[Counter[str]]

_HYPHENS = "-\x02\ufffe"


def _pages(pdf: bytes) -> Pages:
    """The characters of every page; in forms the order in which cells are read is free.

    White space does not count, nor do hyphens: readers take one at a line's end for a divided word.
    """
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    texts = (page.get_textpage().get_text_bounded() for page in document)
    return [
        Counter(character for character in text if not character.isspace() and character not in _HYPHENS)
        for text in texts
    ]


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Pages, Pages]]:
    """The pages of every document: ours, and LibreOffice's."""
    fonts = FontSet.shipped()
    made = {name: filled(name, fonts) for name in NAMES}
    measured = typeset({name: each.docx for name, each in made.items()}, Path(tmp_path_factory.mktemp("office")))
    return {name: (_pages(made[name].pdf), _pages(measured[name])) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_the_pages_libreoffice_gives_it(name: str, layouts: dict[str, tuple[Pages, Pages]]) -> None:
    ours, measured = layouts[name]
    assert len(ours) == len(measured)
    for number, (page, other) in enumerate(zip(ours, measured, strict=True), start=1):
        assert page == other, f"page {number}: only here {page - other}, only there {other - page}"
