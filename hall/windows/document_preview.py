"""A document as the page it is, before it is printed again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hall.printing.preview import page_count, page_png
from hall.windows.kit import tokens
from hall.windows.kit.style import set_role

WIDTH = 880
WIDEST = 820
"""A photo has more pixels than a page."""
DOTS_PER_INCH = 96.0


def pages_of(pdf: bytes) -> tuple[bytes, ...]:
    """Every page as a PNG file; takes its time, so not in the GUI thread."""
    return tuple(page_png(pdf, page, dots_per_inch=DOTS_PER_INCH) for page in range(page_count(pdf)))


class DocumentPreview(QDialog):
    """The pages one below the other; Esc or Enter closes."""

    def __init__(self, parent: QWidget, title: str, pages: tuple[bytes, ...]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = len(pages)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE)
        column.setSpacing(tokens.BASE)
        for png in pages:
            column.addWidget(_page(png), 0, Qt.AlignmentFlag.AlignHCenter)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        heading = QLabel(title)
        set_role(heading, "heading")
        close = QPushButton("关闭  Esc")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(heading, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.BASE, tokens.SNUG, tokens.BASE, tokens.BASE)
        layout.setSpacing(tokens.SNUG)
        layout.addLayout(foot)
        layout.addWidget(area, 1)
        self.resize(WIDTH, max(parent.window().height() - tokens.BROAD, 480))
        area.setFocus()


def _page(picture: bytes) -> QLabel:
    pixmap = QPixmap()
    pixmap.loadFromData(picture)
    if pixmap.width() > WIDEST:
        pixmap = pixmap.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
    label = QLabel()
    label.setPixmap(pixmap)
    set_role(label, "paper")
    return label
