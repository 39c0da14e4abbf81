"""What a preview shows: the sheets of papers and photos, drawn outside the GUI thread, and the widget of one sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hall.printing.preview import POINTS_PER_INCH, BrokenFile, page_picture, page_sizes
from hall.windows.kit import tokens

DOTS_PER_INCH = 96.0
"""Of the screen at 100 %."""
DRAFT_MARK = "样张　未编号"

_MARK_SHARE = 0.11
"""Height of the mark as a share of the sheet's width."""
_MARK_DEGREES = -32.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, or a photo as a picture file. `missing` are characters shown as 〓; a `draft` has not been issued."""

    title: str
    content: bytes = field(repr=False)
    missing: tuple[str, ...] = ()
    draft: bool = False

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages; else it is one photo."""
        return self.content.startswith(b"%PDF")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a paper, counted from 0, with its size in pixels at 100 %."""

    paper: Paper
    page: int
    width: float
    height: float


def sheets_of(papers: Sequence[Paper]) -> tuple[Sheet, ...]:
    """All sheets in their order; reads files, so not in the GUI thread. Raises BrokenFile."""
    return tuple(sheet for paper in papers for sheet in _sheets(paper))


def draw(sheet: Sheet, zoom: float) -> QImage:
    """The sheet's picture; `zoom` counts the screen's own pixels. Takes its time, so not in the GUI thread."""
    if not sheet.paper.is_pdf:
        size = QSize(round(sheet.width * zoom), round(sheet.height * zoom))
        whole = QImage.fromData(sheet.paper.content)
        return whole.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
    drawn = page_picture(sheet.paper.content, sheet.page, dots_per_inch=DOTS_PER_INCH * zoom)
    return QImage(drawn.dots, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()


def _sheets(paper: Paper) -> list[Sheet]:
    if not paper.is_pdf:
        photo = QImage.fromData(paper.content)
        if photo.isNull():
            raise BrokenFile(paper.title)
        return [Sheet(paper, 0, photo.width(), photo.height())]
    scale = DOTS_PER_INCH / POINTS_PER_INCH
    try:
        sizes = page_sizes(paper.content)
    except BrokenFile as broken:
        raise BrokenFile(paper.title) from broken
    return [Sheet(paper, page, size.width * scale, size.height * scale) for page, size in enumerate(sizes)]


class SheetView(QWidget):
    """One sheet on the desk of the preview: white until its picture has come."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.drawn_for = 0.0
        """The zoom in the screen's own pixels for which the picture was drawn; 0 while there is none."""
        self._picture: QImage | None = None

    def show_zoom(self, zoom: float) -> None:
        """Take the room of this zoom; a picture of another one is stretched until the right one comes."""
        self.setFixedSize(round(self.sheet.width * zoom), round(self.sheet.height * zoom))
        self.update()

    def show_picture(self, picture: QImage, drawn_for: float) -> None:
        """The picture has come."""
        self._picture, self.drawn_for = picture, drawn_for
        self.update()

    def forget(self) -> None:
        """Give the picture's memory back: the sheet is far from what is seen."""
        self._picture, self.drawn_for = None, 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.SURFACE))
        if self._picture is not None:
            ratio = self.devicePixelRatioF()
            if abs(self._picture.width() - self.width() * ratio) < 2:  # dot for dot: nothing may blur it
                self._picture.setDevicePixelRatio(ratio)
                painter.drawImage(QPointF(0, 0), self._picture)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(self.rect()), self._picture)
        if self.sheet.paper.draft:
            self._paint_mark(painter)
        painter.setPen(QColor(tokens.LINE))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_mark(self, painter: QPainter) -> None:
        """Across the sheet, light enough to read what is below."""
        painter.save()
        colour = QColor(tokens.DANGER)
        colour.setAlphaF(0.16)
        painter.setPen(colour)
        font = QFont(self.font())
        font.setPixelSize(max(1, round(self.width() * _MARK_SHARE)))
        font.setBold(True)
        painter.setFont(font)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(_MARK_DEGREES)
        side = float(self.width() + self.height())
        painter.drawText(QRectF(-side / 2, -side / 2, side, side), Qt.AlignmentFlag.AlignCenter, DRAFT_MARK)
        painter.restore()
