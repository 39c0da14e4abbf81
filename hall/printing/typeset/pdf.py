"""Draws finished pages as a PDF: fonts embedded, text extractable, the same bytes for the same pages."""

import io
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader, TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from hall.clock import hall_time
from hall.printing.missing import note_of
from hall.printing.typeset.embedding import registered
from hall.printing.typeset.placed import (
    Item,
    Layout,
    Page,
    PlacedFill,
    PlacedLine,
    PlacedPicture,
    PlacedRule,
    PlacedRun,
)

_HEAVY_STROKE = 0.03
"""Thickness of the outline that stands for a missing bold cut, in ems."""

_FILL: Final = 0
_FILL_AND_STROKE: Final = 2
"""Text rendering modes of PDF (ISO 32000-1, table 106)."""


_LIBRARY = threading.Lock()
"""The library's register of fonts and the reading position of each font file are those of the whole process."""


def draw(layout: Layout, *, title: str, author: str, made_at: datetime) -> bytes:
    """The PDF file; `made_at` (timezone-aware) is written as its date, nothing else depends on time."""
    with _LIBRARY:
        return _drawn(layout, title, author, made_at)


def _drawn(layout: Layout, title: str, author: str, made_at: datetime) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pageCompression=1,
        invariant=1,
        lang="zh-CN",
        initialFontName=next(_fonts(layout), None),  # type: ignore[arg-type]  # stubs say float
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("")
    canvas.setKeywords(note_of(layout.missing))
    canvas._doc._timeStamp = _stamp(made_at)  # type: ignore[attr-defined]  # no public way to set the date
    for page in layout.pages:
        _draw_page(canvas, page)
    canvas.save()
    return target.getvalue()


def _fonts(layout: Layout) -> Iterator[str]:
    """The library's names of the fonts in use; without one it would list a Helvetica nobody asked for."""
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, PlacedLine):
                yield from (registered(run.font) for run in item.runs)


def _stamp(made_at: datetime) -> TimeStamp:
    local = hall_time(made_at)
    stamp = TimeStamp(1)
    stamp.t = local.timestamp()
    stamp.lt = local.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]
    stamp.dhh, stamp.dmm, stamp.tzname = 8, 0, "CST"
    return stamp


def _draw_page(canvas: Canvas, page: Page) -> None:
    canvas.setPageSize((page.width, page.height))
    for item in page.items:
        _draw_item(canvas, item, page.height)
    canvas.showPage()


def _draw_item(canvas: Canvas, item: Item, height: float) -> None:
    if isinstance(item, PlacedLine):
        _draw_line(canvas, item, height)
    elif isinstance(item, PlacedRule):
        canvas.setStrokeColor(HexColor(f"#{item.colour}"))
        canvas.setLineWidth(item.width)
        canvas.setDash(list(item.dashes))
        canvas.line(item.x1, height - item.y1, item.x2, height - item.y2)
    elif isinstance(item, PlacedFill):
        canvas.setFillColor(HexColor(f"#{item.colour}"))
        canvas.rect(item.x, height - item.y - item.height, item.width, item.height, stroke=0, fill=1)
    elif isinstance(item, PlacedPicture):
        picture = ImageReader(io.BytesIO(item.content))
        y = height - item.y - item.height
        canvas.drawImage(picture, item.x, y, item.width, item.height, mask="auto")


def _draw_line(canvas: Canvas, line: PlacedLine, height: float) -> None:
    """One text object for the whole line, so that readers of the PDF do not take it apart."""
    if line.wide:
        canvas._code.append(f"/Span <</ActualText <{_utf16(line)}>>> BDC")  # type: ignore[attr-defined]
    text = canvas.beginText(line.x, height - line.baseline)
    for run in line.runs:
        _draw_run(text, run)
    canvas.drawText(text)
    if line.wide:
        canvas._code.append("EMC")  # type: ignore[attr-defined]


def _draw_run(text: PDFTextObject, run: PlacedRun) -> None:
    colour = HexColor(f"#{run.colour}")
    text.setFont(registered(run.font), run.size)
    text.setFillColor(colour)
    text.setCharSpace(run.spread)
    if run.heavy:
        text.setStrokeColor(colour)
        text._code.append(f"{run.size * _HEAVY_STROKE:.3f} w")  # type: ignore[attr-defined]
    text.setTextRenderMode(_FILL_AND_STROKE if run.heavy else _FILL)
    text.textOut(run.text)


def _utf16(line: PlacedLine) -> str:
    """What extraction shall give where wide gaps would be mistaken for spaces."""
    written = "".join(run.text for run in line.runs)
    return ("\ufeff" + written).encode("utf-16-be").hex().upper()
