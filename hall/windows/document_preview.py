"""Papers as the pages they are: before they are issued (样张), after, and before they are printed again.

Long ones open at once: a sheet is drawn when it comes into view, outside the GUI thread, for the screen's own pixels.
"""

from functools import partial

from PySide6.QtCore import QMargins, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hall.printing.missing import describe_missing
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.style import set_role
from hall.windows.kit.work import Work
from hall.windows.preview_sheets import Sheet, SheetView, draw

WIDTH, LOWEST = 1100, 480
NARROWEST_TITLE = 200
"""A longer one takes two lines: it does not widen the window."""
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
FIRST_ZOOM = 1.25
KEEP = 6
"""So many sheets before and after what is seen keep their pictures."""
DRAFT_WORDS = "样张：还没有出具，没有编号，二维码不能核验。看完按 Esc 返回，再出具。"


class DocumentPreview(QDialog):
    """The sheets one below the other; Esc or Enter closes."""

    def __init__(self, parent: QWidget, title: str, sheets: tuple[Sheet, ...], *, work: Work) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work = work
        self._drawing = False
        self.zoom = FIRST_ZOOM
        self.views = [SheetView(sheet) for sheet in sheets]
        self.heading, self.place = QLabel(title), QLabel()
        self.notices = _notices(sheets)
        self.area, self._inside = QScrollArea(), QWidget()
        self._lay_out()
        room = parent.window().size().shrunkBy(QMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE))
        self.resize(min(WIDTH, room.width()), max(room.height(), LOWEST))
        self.area.verticalScrollBar().valueChanged.connect(self._moved)
        self.area.setFocus()

    @property
    def pages(self) -> int:
        """How many sheets there are."""
        return len(self.views)

    @property
    def sheet(self) -> int:
        """The sheet that is read, counted from 0: the one in the middle of the view."""
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 2
        above = [number for number, view in enumerate(self.views) if view.y() <= middle]
        return above[-1] if above else 0

    def show_sheet(self, number: int) -> None:
        """Go to the head of a sheet; before the first is the first, after the last the last."""
        view = self.views[min(max(number, 0), len(self.views) - 1)]
        self.area.verticalScrollBar().setValue(view.y() - tokens.SNUG)

    def show_zoom(self, zoom: float) -> None:
        """Larger or smaller, with what is in the middle still there."""
        bar, port = self.area.verticalScrollBar(), self.area.viewport()
        here = (bar.value() + port.height() / 2) / max(1, self._inside.height())
        self.zoom = zoom
        for view in self.views:
            view.show_zoom(zoom)
        self._inside.resize(self._inside.sizeHint())
        bar.setValue(round(here * self._inside.height() - port.height() / 2))
        self._moved()

    @Slot()
    def fit_width(self) -> None:
        """As wide as the window."""
        widest = max(view.sheet.width for view in self.views)
        room = self.area.viewport().width() - 2 * tokens.BASE
        self.show_zoom(max(room / widest, ZOOMS[0] / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._moved)  # when the view has its new size

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        widest = max(view.sheet.width for view in self.views)
        if widest * self.zoom > self.area.viewport().width() - 2 * tokens.BASE:
            self.fit_width()
        else:
            self.show_zoom(self.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel with Ctrl zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _step(self, by: int) -> None:
        """To the next larger or smaller of the usual zooms."""
        further = [zoom for zoom in ZOOMS if (zoom - self.zoom) * by > 0.001]
        if further:
            self.show_zoom(further[0] if by > 0 else further[-1])

    @Slot()
    def _moved(self) -> None:
        self.place.setText(f"第 {self.sheet + 1} / {self.pages} 页　{self.zoom:.0%}")
        self._draw_next()

    def _draw_next(self) -> None:
        """Draw what is seen, then the sheet after it; one at a time, so that what has gone by is never drawn."""
        seen = self._seen()
        for number, view in enumerate(self.views):
            if not seen.start - KEEP <= number < seen.stop + KEEP:
                view.forget()
        wanted = self.zoom * self.devicePixelRatioF()
        for view in self.views[seen.start : seen.stop + 1]:
            if view.drawn_for != wanted and not self._drawing:
                self._drawing = True
                drawn = partial(self._drawn, view, wanted)
                self._work.quietly(partial(draw, view.sheet, wanted), drawn, owner=self)

    def _drawn(self, view: SheetView, zoom: float, picture: QImage) -> None:
        self._drawing = False
        view.show_picture(picture, zoom)
        self._draw_next()

    def _seen(self) -> range:
        """The sheets of which a part is in view."""
        top = self.area.verticalScrollBar().value()
        bottom = top + self.area.viewport().height()
        seen = [n for n, view in enumerate(self.views) if view.y() < bottom and view.y() + view.height() > top]
        return range(seen[0], seen[-1] + 1) if seen else range(0, 1)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE)
        column.setSpacing(tokens.BASE)
        for view in self.views:
            view.show_zoom(self.zoom)
            column.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.BASE)
        layout.setSpacing(tokens.SNUG)
        layout.addLayout(self._head())
        for notice in self.notices:
            layout.addWidget(notice)
        layout.addWidget(self.area, 1)
        for hotkey, number in ((hotkeys.FIRST_SHEET, 0), (hotkeys.LAST_SHEET, len(self.views))):
            hotkeys.bind(hotkey, partial(self.show_sheet, number), self)

    def _head(self) -> QHBoxLayout:
        set_role(self.heading, "heading")
        self.heading.setWordWrap(True)
        self.heading.setMinimumWidth(NARROWEST_TITLE)
        set_role(self.place, "muted")
        close = QPushButton("关闭  Esc")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setSpacing(tokens.TIGHT)
        head.addWidget(self.heading, 1)
        head.addWidget(self.place)
        for hotkey, deed in (
            (hotkeys.PREVIOUS_SHEET, lambda: self.show_sheet(self.sheet - 1)),
            (hotkeys.NEXT_SHEET, lambda: self.show_sheet(self.sheet + 1)),
            (hotkeys.SMALLER, lambda: self._step(-1)),
            (hotkeys.LARGER, lambda: self._step(1)),
            (hotkeys.FIT_WIDTH, self.fit_width),
        ):
            button = hotkeys.hotkey_button(hotkey, deed)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.addWidget(button)
        head.addWidget(close)
        return head


def _notices(sheets: tuple[Sheet, ...]) -> list[QLabel]:
    """What has to be known about the papers before they are read."""
    papers = {id(sheet.paper): sheet.paper for sheet in sheets}.values()
    missing = dict.fromkeys(char for paper in papers for char in paper.missing)
    told = [DRAFT_WORDS] if any(paper.draft for paper in papers) else []
    if missing:
        told.append(describe_missing(missing))
    notices = [QLabel(words) for words in told]
    for notice in notices:
        notice.setWordWrap(True)
        set_role(notice, "warning")
    return notices
