"""A slip printer that is not there: behind a pseudo-terminal it takes ESC/POS, keeps each slip and can misbehave."""

import os
import select
import threading
import tty
from dataclasses import dataclass
from pathlib import Path

from hall.devices.simulated.guard import require_simulation
from hall.rules.slip_commands import CUT, SlipCommand, split_commands

_SLICE_SECONDS = 0.02
_CHUNK = 4096
_STATUS, _FEED = b"\x10\x04", b"\x1bd"
_TEAR_OFF_LINES = 5
"""Without a cutter, a feed of this many lines ends a slip."""


@dataclass(frozen=True, slots=True)
class PrinterCondition:
    """What is wrong with the printer. `reads` False: it takes no bytes; `answers` False: it never reports."""

    paper_out: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter_error: bool = False
    reads: bool = True
    answers: bool = True
    plugged: bool = True

    @property
    def stopped(self) -> bool:
        """Whether slips wait in the printer's memory."""
        return self.paper_out or self.cover_open or self.offline or self.cutter_error


READY = PrinterCondition()


def status_byte(condition: PrinterCondition, number: int) -> int:
    """The answer to DLE EOT 1 to 4, Epson's values."""
    match number:
        case 1:
            return 0x12 | 0x08 * condition.stopped
        case 2:
            causes = 0x04 * condition.cover_open | 0x20 * condition.paper_out | 0x40 * condition.cutter_error
            return 0x12 | causes
        case 3:
            return 0x12 | 0x08 * condition.cutter_error
        case _:
            return 0x12 | 0x6C * condition.paper_out | 0x0C * condition.paper_near_end


class SimulatedPrinter:
    """Keeps each slip as 001.bin, 002.bin, ... in a folder; somebody else's thread runs `serve`.

    `port` is what a driver opens; `mode` is Settings.mode. Raises SimulationForbidden in production.
    """

    def __init__(self, folder: Path, *, mode: str) -> None:
        require_simulation(mode)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._condition = READY
        self._later: tuple[int, PrinterCondition] | None = None
        self._received = b""
        self._slip = b""
        self._waiting: list[bytes] = []
        self._master, self._own = os.openpty()
        tty.setraw(self._own)
        self.port = os.ttyname(self._own)
        self._slips = len(list(folder.glob("*.bin")))

    @property
    def slips(self) -> tuple[Path, ...]:
        """The slips that came out, oldest first."""
        return tuple(sorted(self._folder.glob("*.bin")))

    def change(self, condition: PrinterCondition) -> None:
        """From now on the printer is in this condition; READY mends everything but an unplugged line."""
        with self._lock:
            self._later = None
            self._condition = condition

    def change_after(self, size: int, condition: PrinterCondition) -> None:
        """The condition after exactly so many more bytes of slips (status requests do not count)."""
        with self._lock:
            self._later = (size, condition)

    def serve(self, stop: threading.Event) -> None:
        """Take bytes and answer until `stop` is set or the printer is unplugged."""
        try:
            while not stop.is_set() and self._condition.plugged:
                self._serve_once()
        finally:
            os.close(self._master)
            os.close(self._own)

    def _serve_once(self) -> None:
        """One slice of time: print what waits if possible, take what has come."""
        if not self._condition.stopped:
            self._print_waiting()
        readers = [self._master] if self._condition.reads else []
        if not select.select(readers, [], [], _SLICE_SECONDS)[0]:
            return
        with self._lock:
            size = min(_CHUNK, self._later[0]) if self._later else _CHUNK
        if size:
            self._take(os.read(self._master, size))
        self._fall_due()

    def _take(self, chunk: bytes) -> None:
        commands, rest = split_commands(self._received + chunk)
        taken = _slip_bytes(rest) - _slip_bytes(self._received)
        self._received = rest
        for command in commands:
            if command.name == _STATUS:
                self._answer(command.body[0])
                continue
            taken += len(command.raw)
            self._slip += command.raw
            if _ends_slip(command):
                self._finish_slip()
        with self._lock:
            if self._later:
                self._later = (max(0, self._later[0] - taken), self._later[1])

    def _finish_slip(self) -> None:
        self._waiting.append(self._slip)
        self._slip = b""
        if not self._condition.stopped:
            self._print_waiting()

    def _fall_due(self) -> None:
        with self._lock:
            if self._later and self._later[0] == 0:
                self._condition, self._later = self._later[1], None

    def _answer(self, number: int) -> None:
        if self._condition.answers:
            os.write(self._master, bytes((status_byte(self._condition, number),)))

    def _print_waiting(self) -> None:
        """Written aside and renamed, so that whoever watches the folder never sees half a slip."""
        for slip in self._waiting:
            self._slips += 1
            path = self._folder / f"{self._slips:03d}.bin"
            aside = path.with_suffix(".part")
            aside.write_bytes(slip)
            aside.rename(path)
        self._waiting.clear()


def _slip_bytes(incomplete: bytes) -> int:
    """How much of an incomplete command counts as slip: not the beginning of a status request."""
    return 0 if incomplete.startswith(_STATUS[:1]) else len(incomplete)


def _ends_slip(command: SlipCommand) -> bool:
    return command.name == CUT or (command.name == _FEED and command.body[0] >= _TEAR_OFF_LINES)
