"""The line of a simulated device: a pseudo-terminal under a stable name that can be plugged in and unplugged."""

import os
import select
import threading
import tty
from contextlib import suppress
from pathlib import Path

from hall.devices.serial_port import Stop
from hall.devices.simulated.guard import require_simulation

_SLICE_SECONDS = 0.02


class SimulatedLine:
    """A device's end, under the stable name `link`; somebody else runs `serve`. `mode` is Settings.mode.

    Raises SimulationForbidden in production. Devices say in `hear` what they do with bytes that came, and in `reset`
    what they forget without power.
    """

    def __init__(self, link: Path, *, mode: str) -> None:
        require_simulation(mode)
        self.port = str(link)
        self._link = link
        self._lock = threading.RLock()
        self._ends: tuple[int, int] | None = None
        self.plug()

    def plug(self) -> None:
        """Appear under the stable name, as a device that was just plugged in."""
        with self._lock:
            self.unplug()
            master, own = os.openpty()
            tty.setraw(own)
            os.set_blocking(master, False)
            self._ends = (master, own)
            self.reset()
            self._link.symlink_to(os.ttyname(own))

    def unplug(self) -> None:
        """Vanish; an open line on the other side fails from now on."""
        with self._lock:
            self._link.unlink(missing_ok=True)
            for end in self._ends or ():
                os.close(end)
            self._ends = None

    def reset(self) -> None:
        """Forget what a device forgets when it is unplugged."""

    def hear(self, portion: bytes) -> None:
        """Bytes came from the computer."""

    def send(self, message: bytes) -> None:
        """Send to the computer, if one is there: where nobody reads, a real line loses the bytes, too."""
        with self._lock:
            if self._ends is not None:
                with suppress(BlockingIOError):
                    os.write(self._ends[0], message)

    def serve(self, stop: Stop) -> None:
        """Hear and answer until `stop`, then vanish."""
        while not stop.is_set():
            with self._lock:
                self._serve_once()
            stop.wait(0.001)  # lets another thread have the lock
        self.unplug()

    def _serve_once(self) -> None:
        if self._ends is not None and select.select([self._ends[0]], [], [], _SLICE_SECONDS)[0]:
            self.hear(os.read(self._ends[0], 4096))
