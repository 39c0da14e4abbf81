"""Pages of a PDF as pictures for the screen, by the same library that reads what a PDF says of itself."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hall.errors import Refused

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72

_ONE_AT_A_TIME = threading.Lock()
"""PDFium may be in use by one thread of the process only."""


class BrokenFile(Refused):
    """A scan or photo that cannot be shown; `title` says which."""

    def __init__(self, title: str = "") -> None:
        which = f"“{title}”" if title else "这个文件"
        super().__init__(f"{which}打不开，可能没有传完、已经损坏或者加了密码。请重新扫描或者拍照后再存。")


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height in points of 1/72 inch."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page: four bytes per dot (blue, green, red, unused), `stride` bytes per row."""

    width: int
    height: int
    stride: int
    dots: bytes = field(repr=False)


@contextmanager
def opened(pdf: bytes) -> Iterator["PdfDocument"]:
    """The PDF, while no other thread of the process reads one; raises BrokenFile."""
    import pypdfium2  # with the first preview: no start waits for it

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise BrokenFile from error
        try:
            yield document
        finally:
            document.close()


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """How large every page is; fast also for long documents. Raises BrokenFile."""
    with opened(pdf) as document:
        return tuple(PageSize(*document.get_page_size(page)) for page in range(len(document)))


def page_picture(pdf: bytes, page: int, *, dots_per_inch: float) -> PagePicture:
    """One page (counted from 0), drawn."""
    with opened(pdf) as document:
        bitmap = document[page].render(scale=dots_per_inch / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True)
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
