"""A slip printer that is not there: behind a pseudo-terminal or on the network it keeps each slip as a file."""

import os
import select
import socket
import threading
import tty
from pathlib import Path
from typing import Protocol

from hall.devices.simulated.guard import require_simulation
from hall.devices.simulated.slip_machine import EPSON, PrinterCondition, PrinterModel, SlipMachine

_SLICE_SECONDS = 0.02
_CHUNK = 4096


class _Line(Protocol):
    """The printer's end of the line."""

    port: str

    def take(self, size: int, seconds: float) -> bytes:
        """What has come, at most so many bytes, waiting at most so long; with no size only wait."""

    def say(self, answer: bytes) -> None: ...

    def close(self) -> None: ...


class SimulatedPrinter:
    """Keeps each slip as 001.bin, 002.bin, ... in a folder; somebody else's thread runs `serve`.

    `port` is what a driver opens; `mode` is Settings.mode; `network`: it listens on the loopback interface instead
    of behind a pseudo-terminal. Raises SimulationForbidden in production.
    """

    def __init__(self, folder: Path, *, mode: str, model: PrinterModel = EPSON, network: bool = False) -> None:
        require_simulation(mode)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._machine = SlipMachine(self._let_out, model=model)
        self._line: _Line = _Network() if network else _Terminal()
        self._unsaid = b""
        self._changed = threading.Event()
        self.taken = self.said = 0
        self.port = self._line.port
        self._slips = len(list(folder.glob("*.bin")))

    @property
    def slips(self) -> tuple[Path, ...]:
        """The slips that came out, oldest first."""
        return tuple(sorted(self._folder.glob("*.bin")))

    def change(self, condition: PrinterCondition) -> None:
        """From now on the printer is in this condition; READY mends everything but an unplugged line."""
        with self._lock:
            self._unsaid += self._machine.change(condition)

    def change_after(self, size: int, condition: PrinterCondition) -> threading.Event:
        """The condition after exactly so many more bytes of slips (status requests do not count); set when it is so."""
        with self._lock:
            self._machine.change_after(size, condition)
            self._changed = threading.Event()
            return self._changed

    @property
    def condition(self) -> PrinterCondition:
        """What is wrong with it now."""
        with self._lock:
            return self._machine.condition

    def serve(self, stop: threading.Event) -> None:
        """Take bytes and answer until `stop` is set or the printer is unplugged."""
        try:
            while not stop.is_set() and self.condition.plugged:
                self.serve_once(_SLICE_SECONDS)
        finally:
            self.close()

    def serve_once(self, seconds: float) -> None:
        """One slice of time: take what has come, and answer; `taken` and `said` count the bytes."""
        with self._lock:
            condition, room = self._machine.condition, self._machine.room
            said, self._unsaid = self._unsaid, b""
        self._say(said)
        size = min(_CHUNK, _CHUNK if room is None else room) if condition.reads else 0
        chunk = self._line.take(size, seconds)
        self.taken += len(chunk)
        with self._lock:
            answer = self._machine.take(chunk)
            if self._machine.room is None:
                self._changed.set()
        if self.condition.plugged:
            self._say(answer)

    def _say(self, answer: bytes) -> None:
        self._line.say(answer)
        self.said += len(answer)

    def close(self) -> None:
        """Pull the plug."""
        self._line.close()

    def _let_out(self, slip: bytes) -> None:
        """Written aside and renamed, so that whoever watches the folder never sees half a slip."""
        self._slips += 1
        path = self._folder / f"{self._slips:03d}.bin"
        aside = path.with_suffix(".part")
        aside.write_bytes(slip)
        aside.rename(path)


class _Terminal:
    """A pseudo-terminal; its other end is what the driver opens."""

    def __init__(self) -> None:
        self._master, self._own = os.openpty()
        tty.setraw(self._own)
        self.port = os.ttyname(self._own)
        self._open = True

    def take(self, size: int, seconds: float) -> bytes:
        readers = [self._master] if size else []
        return os.read(self._master, size) if select.select(readers, [], [], seconds)[0] else b""

    def say(self, answer: bytes) -> None:
        if answer:
            os.write(self._master, answer)

    def close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._master)
            os.close(self._own)


class _Network:
    """A port of the loopback interface; one driver at a time."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._driver: socket.socket | None = None
        self.port = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def take(self, size: int, seconds: float) -> bytes:
        waiting = self._driver or self._listener
        if not select.select([waiting] if size or self._driver is None else [], [], [], seconds)[0]:
            return b""
        if self._driver is None:
            self._driver = self._listener.accept()[0]
            self._driver.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not select.select([self._driver] if size else [], [], [], 0)[0]:
                return b""
        try:
            chunk = self._driver.recv(size)
        except OSError:
            chunk = b""
        if not chunk:
            self._hang_up()
        return chunk

    def say(self, answer: bytes) -> None:
        if answer and self._driver is not None:
            try:
                self._driver.sendall(answer)
            except OSError:
                self._hang_up()

    def close(self) -> None:
        self._hang_up()
        self._listener.close()

    def _hang_up(self) -> None:
        if self._driver is not None:
            self._driver.close()
            self._driver = None
