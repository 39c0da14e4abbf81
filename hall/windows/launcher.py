"""The first window of a station without a fixed task: which screen should this computer show?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.windows.kit import tokens
from hall.windows.kit.card import centre
from hall.windows.kit.style import set_role

COLUMNS = {6: 2, 12: 3}
"""How many tiles at most stand in how many columns."""
MOST_COLUMNS = 4
KEYS = "1234567890-=QWERTYUIOP"
"""The keys of the first tiles, in their order."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as the launcher offers it: `code` is what `hall open` takes."""

    code: str
    title: str
    words: str


KIOSK = Screen("kiosk", "取号", "自助取号、刷身份证取号")
COUNTER = Screen("counter", "窗口", "叫号、读卡、受理、打印")
GUIDE_DESK = Screen("guide", "导办台", "代取号、签到、补打、重排、换纸")
DISPLAY = Screen("display", "综合屏", "叫号显示、等候人数、公告")
MONITOR = Screen("monitor", "排队监控", "各窗口实况、报警、调整事项、统计报表")
BOARD = Screen("board", "时限看板", "在办件、预警与超期、到期日")
DESK = Screen("desk", "办件", "签收、审查、审核、批准、制证、送达、归档")
SUPERVISION = Screen("supervision", "督办", "黄牌红牌、回复申辩、异常、责任追究、提醒")
REPORT = Screen("report", "统计月报", "每月受理、办结、时效、满意率")
ADMIN = Screen("admin", "后台", "本机设备、测试、打印任务")


class Launcher(QWidget):
    """Tiles with number keys; `chosen` carries the screen's code."""

    chosen = Signal(str)

    def __init__(self, hall: str, screens: Sequence[Screen], *, question: str = "这台电脑现在用来做什么？") -> None:
        super().__init__()
        self.setWindowTitle(hall)
        title = QLabel(hall)
        set_role(title, "title")
        words = QLabel(f"{question}按键或点选。")
        set_role(words, "muted")
        tiles = QGridLayout()
        tiles.setSpacing(tokens.SNUG)
        columns = next((columns for most, columns in COLUMNS.items() if len(screens) <= most), MOST_COLUMNS)
        crowded = columns == MOST_COLUMNS
        self._margins = (tokens.SNUG, tokens.TIGHT) if crowded else (tokens.WIDE, tokens.SNUG)
        self._least = (304, 72) if crowded else (320, 84)
        self.tiles = {screen.code: self._tile(KEYS[place : place + 1], screen) for place, screen in enumerate(screens)}
        for place, tile in enumerate(self.tiles.values()):
            tiles.addWidget(tile, place // columns, place % columns)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(tokens.BASE)
        column.addLayout(tiles)
        centre(self, body)

    def _tile(self, key: str, screen: Screen) -> QPushButton:
        tile = QPushButton()
        set_role(tile, "tile")
        tile.setAccessibleName(screen.title)
        tile.setToolTip(f"{screen.title}（{key}）" if key else screen.title)
        name, words = QLabel(f"{key}  {screen.title}".strip()), QLabel(screen.words)
        set_role(name, "heading")
        set_role(words, "muted")
        column = QVBoxLayout(tile)
        column.setContentsMargins(*self._margins, *self._margins)
        column.setSpacing(tokens.HAIR)
        for label in (name, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        width, height = self._least
        tile.setMinimumSize(max(width, column.sizeHint().width()), height)
        tile.clicked.connect(partial(self.chosen.emit, screen.code))
        if key:
            QShortcut(QKeySequence(key), tile).activated.connect(tile.click)
        return tile
