"""A simulated evaluator: speaks the protocol's bytes behind a pseudo-terminal, can be pressed, and can misbehave."""

import os
import select
import threading
import tty
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from hall.devices.counter_frames import Frame, FrameParser
from hall.devices.evaluator_frames import COMMANDS, HELLO, LEVEL, Show
from hall.devices.serial_port import Stop
from hall.devices.simulated.guard import require_simulation

Fault = Literal[
    "noise",  # random bytes and the beginning of a frame before every frame
    "badsum",  # wrong check byte
    "split",  # every byte by itself
    "silent",  # no answer
]

_SHOWS: dict[bytes, Show] = {command: show for show, command in COMMANDS.items()}
_SLICE_SECONDS = 0.02
MODEL = b"SIM-1"


class SimulatedEvaluator:
    """An evaluator with a stable name `link`; somebody else runs `serve`. `mode` is Settings.mode."""

    def __init__(self, link: Path, *, mode: str) -> None:
        require_simulation(mode)
        self.port = str(link)
        self.shown: deque[Show] = deque(maxlen=1000)
        self._link = link
        self._lock = threading.RLock()
        self._ends: tuple[int, int] | None = None
        self._invitation = b""
        self._fault: Fault | None = None
        self._parser = FrameParser()
        self.plug()

    @property
    def shows(self) -> Show | None:
        """What stands on its screen; None before the host has said anything."""
        with self._lock:
            return self.shown[-1] if self.shown else None

    def plug(self) -> None:
        """Appear under the stable name, as a device that was just plugged in: dark."""
        with self._lock:
            self.unplug()
            master, own = os.openpty()
            tty.setraw(own)
            os.set_blocking(master, False)
            self._ends, self._parser, self._invitation = (master, own), FrameParser(), b""
            self.shown.clear()
            self._link.symlink_to(os.ttyname(own))

    def unplug(self) -> None:
        """Vanish; an open line on the other side fails from now on."""
        with self._lock:
            self._link.unlink(missing_ok=True)
            for end in self._ends or ():
                os.close(end)
            self._ends = None

    def press(self, level: int) -> bool:
        """Press a level; without an invitation the buttons are dead, which False says."""
        with self._lock:
            if self.shows != "rate":
                return False
            self._send(Frame(LEVEL, b"%d" % level + self._invitation))
            return True

    def misbehave(self, fault: Fault | None) -> None:
        """Show a fault with every frame from now on; None ends it."""
        with self._lock:
            self._fault = fault

    def serve(self, stop: Stop) -> None:
        """Answer until `stop`, then vanish."""
        while not stop.is_set():
            with self._lock:
                self._serve_once()
            stop.wait(0.001)  # lets another thread have the lock
        self.unplug()

    def _serve_once(self) -> None:
        if self._ends is None:
            return
        master = self._ends[0]
        if not select.select([master], [], [], _SLICE_SECONDS)[0]:
            return
        for frame in self._parser.feed(os.read(master, 4096)):
            self._invitation = frame.data
            if self.shows != _SHOWS[frame.command]:
                self.shown.append(_SHOWS[frame.command])
            self._send(Frame(HELLO, MODEL))

    def _send(self, frame: Frame) -> None:
        if self._ends is None:
            return
        for portion in _SPOILS[self._fault](frame.encoded) if self._fault else (frame.encoded,):
            with suppress(BlockingIOError):  # nobody reads: a real line loses the bytes, too
                os.write(self._ends[0], portion)


_SPOILS: dict[Fault, Callable[[bytes], tuple[bytes, ...]]] = {
    "noise": lambda frame: (bytes(range(256)) + b"\x02\x1f" + frame[:3] + frame,),
    "badsum": lambda frame: (frame[:-1] + bytes([frame[-1] ^ 0x5A]),),
    "split": lambda frame: tuple(bytes([byte]) for byte in frame),
    "silent": lambda frame: (),
}
