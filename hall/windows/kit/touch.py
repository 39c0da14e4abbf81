"""Tiles for a touch screen: large targets in a grid, turned page by page, a name and a line of words on each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_look, set_role

# A tile's title against its words.
TITLE, ROOMY_TITLE = 1.1, 1.4
ROOMY_HEIGHT, FEW_HEIGHT, UNLIMITED = 280, 200, 16_777_215


@dataclass(frozen=True, slots=True)
class Tile:
    """What one tile says, and what a touch does; `badge` is the letter the numbers begin with.

    `off`: greyed, because its words say why not; `kind`: the kind of priority whose colour the badge has.
    """

    key: str
    badge: str
    title: str
    words: str
    on_touched: Callable[[], None]
    off: bool = False
    kind: str = ""


def touch_button(words: str, on_touched: Callable[[], None], *, role: str = "touch") -> QPushButton:
    """A button for a finger; its look `large` makes its type large."""
    button = QPushButton(words)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a ring around what nobody has touched would look chosen
    set_role(button, role)
    button.clicked.connect(on_touched)
    return button


class _TileButton(QPushButton):
    """A button with a letter and two texts that wrap."""

    def __init__(self, title_scale: float) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self, "touch-tile")
        self._title_scale = title_scale
        self._badge, self._title, self._words = QLabel(), QLabel(), QLabel()
        set_role(self._badge, "badge")
        self._badge.setFixedSize(tokens.BADGE, tokens.BADGE)
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout()
        column.setSpacing(tokens.HAIR)
        column.addStretch(1)
        for label in (self._title, self._words):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.WIDE, tokens.BASE, tokens.BASE, tokens.BASE)
        self._row.setSpacing(tokens.BASE)
        self._row.addWidget(self._badge)
        self._row.addLayout(column, 1)
        for label in (self._badge, self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._on_touched: Callable[[], None] = _nothing
        self.clicked.connect(self._touched)

    def show_tile(self, tile: Tile, points: float) -> None:
        """Show another tile in place, so that nothing jumps."""
        self._badge.setText(tile.badge)
        set_look(self._badge, "kind", tile.kind)
        set_look(self._badge, "off", tile.off)
        self._title.setText(tile.title)
        self._title.setFont(sized(self.font(), points * self._title_scale, bold=True))
        self._words.setText(tile.words)
        self._words.setFont(sized(self.font(), points))
        self._words.setVisible(bool(tile.words))
        self._on_touched = tile.on_touched
        self.setEnabled(not tile.off)
        self.setAccessibleName(f"{tile.title}，{tile.words}")
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """High enough for the words as they wrap."""
        return max(tokens.TOUCH_TARGET, self._row.totalHeightForWidth(width))

    def sizeHint(self) -> QSize:
        width = self._row.totalSizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.TOUCH_TARGET * 2, tokens.TOUCH_TARGET)

    def _touched(self) -> None:
        self._on_touched()


class Paged(QWidget):
    """What may be longer than the screen, turned page by page with two large buttons; they show only where it is.

    `turned` tells that somebody is here.
    """

    turned = Signal()

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._bar = self._scroll.verticalScrollBar()
        self.back_button = touch_button("上一页", self._turn_back)
        self.on_button = touch_button("下一页", self._turn_on)
        self._pager = QWidget()
        pager = QHBoxLayout(self._pager)
        pager.setContentsMargins(0, 0, 0, 0)
        pager.setSpacing(tokens.BASE)
        pager.addWidget(self.back_button, 1)
        pager.addWidget(self.on_button, 1)
        self._pager.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.BASE)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._pager)
        self._bar.rangeChanged.connect(self._range_changed)
        self._bar.valueChanged.connect(self._show_place)

    def show_top(self) -> None:
        """Back to the first page."""
        self._bar.setValue(0)

    def overlap(self) -> int:
        """How much of a page stands on the next one, too."""
        return 0

    def place_on(self, page: int) -> int:
        """Where the next page begins; `page` is the height of one."""
        return self._bar.value() + max(page - self.overlap(), self.overlap())

    def place_back(self, page: int) -> int:
        """Where the page before begins."""
        return self._bar.value() - max(page - self.overlap(), self.overlap())

    @Slot()
    def _turn_on(self) -> None:
        self._bar.setValue(self.place_on(self._scroll.viewport().height()))
        self.turned.emit()

    @Slot()
    def _turn_back(self) -> None:
        self._bar.setValue(self.place_back(self._scroll.viewport().height()))
        self.turned.emit()

    @Slot(int, int)
    def _range_changed(self, _low: int, high: int) -> None:
        if self._pager.isHidden() == (high > 0):
            self._pager.setVisible(high > 0)
            QTimer.singleShot(0, self, self._lay_out_again)
        self._show_place()

    @Slot()
    def _lay_out_again(self) -> None:
        """The range mostly changes while the column is being laid out: then what has just come would get no room."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()

    @Slot()
    def _show_place(self) -> None:
        self.back_button.setEnabled(self._bar.value() > 0)
        self.on_button.setEnabled(self._bar.value() < self._bar.maximum())


class TileGrid(Paged):
    """As many tiles as wanted, in columns; more than the screen holds are turned by two large buttons.

    A changed count changes words in place. Roomy tiles have larger titles and
    share the whole height; where `few` they stand at the top, each as high as a few tiles may be.
    """

    def __init__(self, *, columns: int, roomy: bool = False, few: bool = False) -> None:
        inside = QWidget()
        super().__init__(inside)
        self._columns = columns
        self._roomy = roomy or few
        self._few = few
        self._points = tokens.PUBLIC_BODY
        self._tiles: list[Tile] = []
        self._buttons: list[_TileButton] = []
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.BASE)

    @property
    def keys(self) -> tuple[str, ...]:
        """Which tiles are shown."""
        return tuple(tile.key for tile in self._tiles)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; other tiles than before begin at the top."""
        others = tuple(tile.key for tile in tiles) != self.keys
        self._tiles = list(tiles)
        while len(self._buttons) < len(self._tiles):
            button = _TileButton(ROOMY_TITLE if self._roomy else TITLE)
            self._place(button, len(self._buttons))
            self._buttons.append(button)
        for button in self._buttons[len(self._tiles) :]:
            button.hide()
        for button, tile in zip(self._buttons, self._tiles, strict=False):
            button.show_tile(tile, self._points)
            button.show()
        self._share_height()
        if others:
            self.show_top()

    def set_columns(self, columns: int) -> None:
        """As many as the screen's width has room for."""
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons):
            self._place(button, number)
        for column in range(columns, self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._share_height()

    def set_points(self, points: float) -> None:
        """Another type size."""
        self._points = points
        self.show_tiles(self._tiles)

    def button(self, key: str) -> QPushButton:
        """The button of a tile."""
        return self._buttons[self.keys.index(key)]

    def _place(self, button: QPushButton, number: int) -> None:
        row, column = divmod(number, self._columns)
        self._grid.addWidget(button, row, column)
        self._grid.setColumnStretch(column, 1)

    def _share_height(self) -> None:
        """Roomy tiles take all of it, up to a limit; others stand at the top."""
        used = -(-len(self._tiles) // self._columns)
        for row in range(self._grid.rowCount() + 1):
            self._grid.setRowStretch(row, int(row < used if self._roomy and not self._few else row == used))
        for button in self._buttons:
            button.setMaximumHeight(ROOMY_HEIGHT if self._roomy and not self._few else UNLIMITED)
            button.setMinimumHeight(FEW_HEIGHT if self._few else 0)

    def place_on(self, page: int) -> int:
        """The first row that was cut off becomes the top one."""
        cut = [top for top, bottom in self._rows() if bottom > self._bar.value() + page and top > self._bar.value()]
        return min(cut, default=self._bar.maximum())

    def place_back(self, page: int) -> int:
        """The first row that a page has room for becomes the top one."""
        return min((top for top, _ in self._rows() if top >= self._bar.value() - page), default=0)

    def _rows(self) -> list[tuple[int, int]]:
        """Top and bottom of every tile shown."""
        return [(each.y(), each.geometry().bottom()) for each in self._buttons[: len(self._tiles)]]


def _nothing() -> None:
    """What an empty tile does."""
