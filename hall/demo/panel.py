"""The demo's hand: lays cards on the readers, takes the paper out of the printers, presses the evaluators."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.demo.devices import SLIP_DOTS, DemoDevices
from hall.devices.simulated.cards import FOREIGNER_2017, LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.devices.simulated.slip_machine import READY, PrinterCondition
from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser
from hall.printing.slip_image import slip_paper
from hall.rules.identity import mask_name
from hall.windows.kit import tokens
from hall.words import RATING_LEVELS

LOOK_MS = 200
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
    scan = QPushButton("扫最后一张有码的小票")
    scan.clicked.connect(partial(_scan, devices))
    column.addWidget(scan)
    column.addWidget(_Light(devices))
    column.addWidget(QLabel("评价器（办结后 20 秒内）"))
    for level, words in RATING_LEVELS.items():
        press = QPushButton(words)
        press.clicked.connect(partial(devices.evaluator.press, level))
        column.addWidget(press)
    return box


class _Light(QLabel):
    """What the counter display shows."""

    def __init__(self, devices: DemoDevices) -> None:
        super().__init__()
        self._devices = devices
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(LOOK_MS)
        self._look()

    @Slot()
    def _look(self) -> None:
        shown = self._devices.counter_display.shows
        self.setText(f"窗口屏：{shown[1] if shown else '（不亮）'}")


def _scan(devices: DemoDevices) -> None:
    """The newest code that came out on paper, held before the scanner."""
    raster = LineRasteriser(FontSet.shipped())
    for slip in reversed(devices.printer.slips):
        if codes := slip_paper(slip.read_bytes(), dots=SLIP_DOTS, raster=raster).codes:
            devices.scanner.scan(codes[0])
            return


def _paper(devices: DemoDevices, out: bool) -> None:
    devices.printer.change(PrinterCondition(paper_out=True) if out else READY)
