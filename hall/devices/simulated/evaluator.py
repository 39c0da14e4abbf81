"""A simulated evaluator: speaks the protocol's bytes behind a pseudo-terminal, can be pressed, and can misbehave."""

from collections import deque
from pathlib import Path

from hall.devices.counter_frames import Frame
from hall.devices.evaluator_frames import COMMANDS, HELLO, LEVEL, Show
from hall.devices.simulated.counter_device import CounterDevice

_SHOWS: dict[bytes, Show] = {command: show for show, command in COMMANDS.items()}
MODEL = b"SIM-1"


class SimulatedEvaluator(CounterDevice):
    """Five buttons and a small screen."""

    def __init__(self, link: Path, *, mode: str) -> None:
        self.shown: deque[Show] = deque(maxlen=1000)
        self._invitation = b""
        super().__init__(link, mode=mode)

    @property
    def shows(self) -> Show | None:
        """What stands on its screen; None before the host has said anything."""
        with self._lock:
            return self.shown[-1] if self.shown else None

    def reset(self) -> None:
        """Dark."""
        super().reset()
        self._invitation = b""
        self.shown.clear()

    def press(self, level: int) -> bool:
        """Press a level; without an invitation the buttons are dead, which False says."""
        with self._lock:
            if self.shows != "rate":
                return False
            self.say(Frame(LEVEL, b"%d" % level + self._invitation))
            return True

    def take(self, frame: Frame) -> Frame:
        """Show it, and say that it is there."""
        self._invitation = frame.data
        if self.shows != _SHOWS[frame.command]:
            self.shown.append(_SHOWS[frame.command])
        return Frame(HELLO, MODEL)
