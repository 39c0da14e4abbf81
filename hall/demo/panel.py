"""The demo's hand: lays cards on the readers, takes the paper out of the printers, presses the evaluators."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.demo.devices import DemoDevices
from hall.devices.simulated.cards import FOREIGNER_2017, LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.devices.simulated.slip_machine import READY, PrinterCondition
from hall.rules.identity import mask_name
from hall.windows.kit import tokens
from hall.words import RATING_LEVELS

CARDS = (ZHANG_SHILI, LI_RARE, WANG_LONG_TERM, FOREIGNER_2017)


class DemoPanel(QWidget):
    """One box a station: its cards, its paper, its evaluator."""

    def __init__(self, devices: Mapping[str, DemoDevices], *, words: str) -> None:
        """`words` say how to sign in."""
        super().__init__()
        self.setWindowTitle("演示设备")
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.BASE, tokens.BASE, tokens.BASE, tokens.BASE)
        hint = QLabel(words)
        hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(hint)
        for name, each in devices.items():
            column.addWidget(_box(name, each))


def _box(name: str, devices: DemoDevices) -> QGroupBox:
    box = QGroupBox(name)
    column = QVBoxLayout(box)
    for card in CARDS:
        place = QPushButton(f"放上 {mask_name(card.name)} 的证件")
        place.clicked.connect(partial(devices.reader.place, card))
        column.addWidget(place)
    lift = QPushButton("拿走证件")
    lift.clicked.connect(devices.reader.lift)
    paper = QPushButton("小票打印机缺纸")
    paper.setCheckable(True)
    paper.toggled.connect(partial(_paper, devices))
    column.addWidget(lift)
    column.addWidget(paper)
    column.addWidget(QLabel("评价器（办结后 20 秒内）"))
    for level, words in RATING_LEVELS.items():
        press = QPushButton(words)
        press.clicked.connect(partial(devices.evaluator.press, level))
        column.addWidget(press)
    return box


def _paper(devices: DemoDevices, out: bool) -> None:
    devices.printer.change(PrinterCondition(paper_out=True) if out else READY)
