"""The demo's device ends: all of a counter's behind pseudo-terminals, and a loudspeaker that keeps files."""

import dataclasses
from pathlib import Path

from hall.devices.simulated.counter_display import SimulatedCounterDisplay
from hall.devices.simulated.evaluator import SimulatedEvaluator
from hall.devices.simulated.loudspeaker import FileLoudspeaker
from hall.devices.simulated.printer import SimulatedPrinter
from hall.devices.simulated.reader import SimulatedReader
from hall.devices.simulated.scanner import SimulatedScanner
from hall.settings import (
    CounterDisplaySettings,
    EvaluatorSettings,
    PagePrinterSettings,
    ReaderSettings,
    ScannerSettings,
    Settings,
    SlipPrinterSettings,
)
from hall.workers.threads import Threads

SLIP_DOTS = 576
"""Across the paper of the demo's slip printer."""


class DemoDevices:
    """Served by threads of their own; they speak the same bytes as real devices. Not in production."""

    def __init__(self, folder: Path, *, mode: str) -> None:
        self.folder = folder
        self.reader = SimulatedReader(folder / "reader", mode=mode)
        self.printer = SimulatedPrinter(folder / "slips", mode=mode)
        self.evaluator = SimulatedEvaluator(folder / "evaluator", mode=mode)
        self.counter_display = SimulatedCounterDisplay(folder / "counter-display", mode=mode)
        self.scanner = SimulatedScanner(folder / "scanner", mode=mode)
        self.loudspeaker = FileLoudspeaker(folder / "voice", mode=mode)
        self._threads = Threads()

    def start(self) -> None:
        """Begin to answer."""
        self._threads.start("simulated-reader", self.reader.serve)
        self._threads.start("simulated-printer", self.printer.serve)
        self._threads.start("simulated-evaluator", self.evaluator.serve)
        self._threads.start("simulated-display", self.counter_display.serve)
        self._threads.start("simulated-scanner", self.scanner.serve)

    def stop(self) -> None:
        """Vanish."""
        self._threads.stop()

    def attached_to(self, settings: Settings) -> Settings:
        """The settings of the station that has these devices."""
        return dataclasses.replace(
            settings,
            reader=ReaderSettings(port=self.reader.port),
            slip_printer=SlipPrinterSettings(port=self.printer.port),
            evaluator=EvaluatorSettings(port=self.evaluator.port),
            counter_display=CounterDisplaySettings(port=self.counter_display.port),
            scanner=ScannerSettings(port=self.scanner.port),
            page_printer=PagePrinterSettings(folder=str(self.folder / "printed")),
        )
