"""Draws finished pages as a PDF: fonts embedded, text extractable, the same bytes for the same pages."""

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader, TimeStamp
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from hall.clock import hall_time
from hall.printing.missing import note_of
from hall.printing.typeset.archival import LANGUAGE, PRODUCER, Description, make_archival
from hall.printing.typeset.embedding import registered
from hall.printing.typeset.placed import (
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
        pdfVersion=(1, 7),
        lang=LANGUAGE,
        initialFontName=next(_fonts(layout), None),  # type: ignore[arg-type]  # stubs say float
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("")
    canvas.setSubject("")
    canvas.setProducer(PRODUCER)
    canvas.setKeywords(note_of(layout.missing))
    canvas._doc._timeStamp = _stamp(made_at)  # type: ignore[attr-defined]  # no public way to set the date
    make_archival(canvas._doc, Description(title, author, note_of(layout.missing), made_at))  # type: ignore[attr-defined]
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
    """Borders that two cells share are drawn once."""
    canvas.setPageSize((page.width, page.height))
    pen = _Pen(canvas)
    rules: set[PlacedRule] = set()
    for item in page.items:
        if not isinstance(item, PlacedRule):
            _draw_item(canvas, item, page.height, pen)
        elif item not in rules:
            rules.add(item)
            pen.rule(item, page.height)
    canvas.showPage()


@dataclass(slots=True)
class _Pen:
    """What was set last on a page: it is written when it changes, for a table has thousands of lines and texts."""

    canvas: Canvas
    look: tuple[object, ...] = ()
    fill: str = ""
    spread: float | None = None
    heavy: bool | None = None

    def rule(self, rule: PlacedRule, height: float) -> None:
        look = rule.colour, rule.width, rule.dashes
        if look != self.look:
            self.look = look
            self.canvas.setStrokeColor(_colour(rule.colour))
            self.canvas.setLineWidth(rule.width)
            self.canvas.setDash(list(rule.dashes))
        ends = f"{rule.x1:.2f} {height - rule.y1:.2f} m {rule.x2:.2f} {height - rule.y2:.2f} l"
        self.canvas._code.append(f"n {ends} S")  # type: ignore[attr-defined]

    def text(self, text: PDFTextObject, run: PlacedRun) -> None:
        colour = _colour(run.colour)
        text.setFont(registered(run.font), run.size)
        if run.colour != self.fill:
            self.fill = run.colour
            text.setFillColor(colour)
        if run.spread != self.spread:
            self.spread = run.spread
            text.setCharSpace(run.spread)
        if run.heavy:
            self.look = ()
            text.setStrokeColor(colour)
            text._code.append(f"{run.size * _HEAVY_STROKE:.3f} w")  # type: ignore[attr-defined]
        if run.heavy != self.heavy:
            self.heavy = run.heavy
            text.setTextRenderMode(_FILL_AND_STROKE if run.heavy else _FILL)
        text.textOut(run.text)


@lru_cache(maxsize=64)
def _colour(digits: str) -> Color:
    return HexColor(f"#{digits}")


def _draw_item(canvas: Canvas, item: PlacedLine | PlacedFill | PlacedPicture, height: float, pen: _Pen) -> None:
    if isinstance(item, PlacedLine):
        _draw_line(canvas, item, height, pen)
    elif isinstance(item, PlacedFill):
        pen.fill = item.colour
        canvas.setFillColor(_colour(item.colour))
        canvas.rect(item.x, height - item.y - item.height, item.width, item.height, stroke=0, fill=1)
    else:
        picture = _picture(item.content)
        y = height - item.y - item.height
        canvas.drawImage(picture, item.x, y, item.width, item.height, mask="auto")


def _picture(content: bytes) -> ImageReader:
    """The library draws black and white in three colours, which takes three times as long."""
    image = Image.open(io.BytesIO(content))
    return ImageReader(image.convert("L") if image.mode == "1" else io.BytesIO(content))


def _draw_line(canvas: Canvas, line: PlacedLine, height: float, pen: _Pen) -> None:
    """One text object for the whole line, so that readers of the PDF do not take it apart."""
    if line.wide:
        canvas._code.append(f"/Span <</ActualText <{_utf16(line)}>>> BDC")  # type: ignore[attr-defined]
    text = canvas.beginText(line.x, height - line.baseline)
    for run in line.runs:
        pen.text(text, run)
    canvas.drawText(text)
    if line.wide:
        canvas._code.append("EMC")  # type: ignore[attr-defined]


def _utf16(line: PlacedLine) -> str:
    """What extraction shall give where wide gaps would be mistaken for spaces."""
    written = "".join(run.text for run in line.runs)
    return ("\ufeff" + written).encode("utf-16-be").hex().upper()
