"""What the simulated devices at a counter share: they answer each frame of the host, and can misbehave."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from hall.devices.counter_frames import Frame, FrameParser
from hall.devices.simulated.line import SimulatedLine

CounterFault = Literal[
    "noise",  # random bytes and the beginning of a frame before every frame
    "badsum",  # wrong check byte
    "split",  # every byte by itself
    "double",  # every frame twice
    "echo",  # the line sends back what it gets before the answer
    "torn",  # the first half of every frame
    "silent",  # no answer
]


class CounterDevice(SimulatedLine, ABC):
    """A device that takes frames; what they mean is its own, in `take`."""

    def __init__(self, link: Path, *, mode: str) -> None:
        self._fault: CounterFault | None = None
        self._parser = FrameParser()
        super().__init__(link, mode=mode)

    def reset(self) -> None:
        """What was heard half is forgotten."""
        self._parser = FrameParser()

    def misbehave(self, fault: CounterFault | None) -> None:
        """Show a fault with every frame from now on; None ends it."""
        with self._lock:
            self._fault = fault

    @abstractmethod
    def take(self, frame: Frame) -> Frame:
        """Do what a frame says; gives the answer."""

    def hear(self, portion: bytes) -> None:
        """Answer every frame."""
        for frame in self._parser.feed(portion):
            if self._fault == "echo":
                self.send(frame.encoded)
            self.say(self.take(frame))

    def say(self, frame: Frame) -> None:
        """Send a frame, as well as the fault lets it through."""
        for portion in _SPOILS[self._fault](frame.encoded) if self._fault in _SPOILS else (frame.encoded,):
            self.send(portion)


_SPOILS: dict[CounterFault | None, Callable[[bytes], tuple[bytes, ...]]] = {
    "noise": lambda frame: (bytes(range(256)) + b"\x02\x1f" + frame[:3] + frame,),
    "badsum": lambda frame: (frame[:-1] + bytes([frame[-1] ^ 0x5A]),),
    "split": lambda frame: tuple(bytes([byte]) for byte in frame),
    "double": lambda frame: (frame + frame,),
    "torn": lambda frame: (frame[: len(frame) // 2],),
    "silent": lambda frame: (),
}
