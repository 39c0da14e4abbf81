"""Looks at papers before they are issued: the deed is rehearsed, its documents are typeset, and nothing is kept.

What is shown is what the deed would make of the same data, with every check of the deed; only the number and the
signed code are not there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hall.errors import Refused
from hall.services import documents
from hall.services.documents import FrozenDocument
from hall.store import Store, Work
from hall.words import DOCUMENT_KINDS

UNNUMBERED = "（未编号）"
NO_CODE = "样张"
"""What the code of a draft says: no counter takes it for a receipt."""


class NothingToPreview(Refused):
    """The deed makes no document."""

    def __init__(self) -> None:
        super().__init__("这一步不出具文书，没有可预览的。")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it would be issued, without number and code; `missing` are characters the PDF shows as 〓."""

    kind: str
    title: str
    pdf: bytes = field(repr=False)
    missing: tuple[str, ...] = field(repr=False)


def rehearse(store: Store, deed: Callable[[], object]) -> tuple[Draft, ...]:
    """The documents that a use case of this store would issue, in their order; it is done and undone.

    Raises what the use case refuses, and NothingToPreview.
    """
    found: list[FrozenDocument] = []

    def look(work: Work) -> None:
        found.extend(documents.frozen_in(work))

    with store.rehearsing(look):
        deed()
    if not found:
        raise NothingToPreview
    numbers = tuple(each.number for each in found)
    return tuple(_draft(each, numbers) for each in found)


def _draft(document: FrozenDocument, numbers: tuple[str, ...]) -> Draft:
    """Every number drawn in the rehearsal is given back: no paper may show one, not even in its text."""
    text = json.dumps(document.content, ensure_ascii=False)
    for number in sorted(numbers, key=len, reverse=True):
        text = text.replace(number, UNNUMBERED)
    made = documents.typeset(replace(document, number=UNNUMBERED, content=json.loads(text), code_payload=NO_CODE))
    return Draft(document.kind, DOCUMENT_KINDS[document.kind], made.pdf, made.missing)
