"""A broken PySide6 loses a reference to True per emit and aborts the program after a few hundred."""

import sys

from PySide6.QtCore import QObject, Signal, Slot

EMITS = 50


class Bell(QObject):
    """Rings with a truth value, as many of Qt's own signals do."""

    rung = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0
        self.rung.connect(self._hear)

    @Slot(bool)
    def _hear(self, loud: bool) -> None:
        self.heard += int(loud)


def test_emitting_signals_costs_no_reference_to_true() -> None:
    bell = Bell()
    bell.rung.emit(True)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        bell.rung.emit(True)
    lost = before - sys.getrefcount(True)
    assert bell.heard == EMITS + 1
    assert lost < EMITS // 2, f"{lost} references to True lost: this PySide6 aborts the program"
