"""Tiles for a touch screen: large targets in a grid, a name and a line of words on each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.fonts import sized
from hall.windows.kit.style import set_role


@dataclass(frozen=True, slots=True)
class Tile:
    """What one tile says, and what a touch does."""

    key: str
    title: str
    words: str
    on_touched: Callable[[], None]


class _TileButton(QPushButton):
    """A button with two lines that wrap."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "touch-tile")
        self._title = QLabel()
        self._words = QLabel()
        set_role(self._words, "muted")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(tokens.WIDE, tokens.BASE, tokens.WIDE, tokens.BASE)
        column.setSpacing(tokens.HAIR)
        for label in (self._title, self._words):
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        self._on_touched: Callable[[], None] = _nothing
        self.clicked.connect(self._touched)

    def show_tile(self, tile: Tile, points: float) -> None:
        """Show another tile in place, so that nothing jumps."""
        self._title.setText(tile.title)
        self._title.setFont(sized(self.font(), points, bold=True))
        self._words.setText(tile.words)
        self._words.setFont(sized(self.font(), points * 0.75))
        self._on_touched = tile.on_touched
        self.setAccessibleName(f"{tile.title}，{tile.words}")
        self.setMinimumHeight(max(tokens.TOUCH_TARGET, self._column.sizeHint().height()))

    def _touched(self) -> None:
        self._on_touched()


class TileGrid(QScrollArea):
    """As many tiles as wanted, in columns; a changed count changes words in place."""

    def __init__(self, *, columns: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self._columns = columns
        self._points = tokens.PUBLIC_BODY
        self._tiles: list[Tile] = []
        self._buttons: list[_TileButton] = []
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.BASE)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these."""
        self._tiles = list(tiles)
        while len(self._buttons) < len(self._tiles):
            place = len(self._buttons)
            button = _TileButton()
            self._buttons.append(button)
            self._grid.addWidget(button, place // self._columns, place % self._columns)
        for button in self._buttons[len(self._tiles) :]:
            button.hide()
        for button, tile in zip(self._buttons, self._tiles, strict=False):
            button.show_tile(tile, self._points)
            button.show()

    def set_points(self, points: float) -> None:
        """Another type size."""
        self._points = points
        self.show_tiles(self._tiles)

    def button(self, key: str) -> QPushButton:
        """The button of a tile."""
        return self._buttons[[tile.key for tile in self._tiles].index(key)]


def _nothing() -> None:
    """What an empty tile does."""
