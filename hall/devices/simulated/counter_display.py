"""A simulated counter display: speaks the protocol's bytes behind a pseudo-terminal, and can misbehave."""

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from hall.devices.counter_display_frames import ENCODING, KINDS, SHOW, SHOWN
from hall.devices.counter_frames import Frame
from hall.devices.simulated.counter_device import CounterDevice
from hall.rules.call_words import SentenceKind

ALONE_SECONDS = 10.0
"""After so long without a frame a display shows 暂停服务 by itself: the computer is off, or died."""

_KINDS: dict[bytes, SentenceKind] = {code: kind for kind, code in KINDS.items()}


class SimulatedCounterDisplay(CounterDevice):
    """One line of light. `shown` holds what it has shown, each change once."""

    def __init__(self, link: Path, *, mode: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.shown: deque[tuple[SentenceKind, str]] = deque(maxlen=1000)
        self._monotonic = monotonic
        self._number = b""
        self._heard_at = 0.0
        super().__init__(link, mode=mode)

    @property
    def shows(self) -> tuple[SentenceKind, str] | None:
        """What stands on it; None while it is dark: nothing was said since it was plugged in."""
        with self._lock:
            if self.shown and self._monotonic() - self._heard_at >= ALONE_SECONDS:
                return "pause", "暂停服务"
            return self.shown[-1] if self.shown else None

    def reset(self) -> None:
        """Dark."""
        super().reset()
        self.shown.clear()
        self._number = b""

    def take(self, frame: Frame) -> Frame:
        """A number that was shown already is only answered: its text does not begin anew."""
        number, kind, text = frame.data[:1], frame.data[1:2], frame.data[2:]
        self._heard_at = self._monotonic()
        if frame.command == SHOW and number != self._number:
            self._number = number
            self.shown.append((_KINDS[kind], text.decode(ENCODING)))
        return Frame(SHOWN, number)
