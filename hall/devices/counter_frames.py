"""Frames on the lines of the small devices at a counter: evaluator and counter display speak in the same ones."""

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Literal

DeviceState = Literal["absent", "ready", "silent"]

STX = 0x02
LONGEST = 64
"""The most bytes of command and data a frame may hold."""

_FIRST_NUMBER, _LAST_NUMBER = 0x21, 0x7E
"""Numbers are printing characters: no data looks like the start of a frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One command byte with its data, none of which is STX."""

    command: bytes
    data: bytes = b""

    @property
    def encoded(self) -> bytes:
        """STX LEN CMD DATA BCC: LEN counts CMD and DATA, BCC is the exclusive or of all from LEN on."""
        body = bytes([len(self.command) + len(self.data)]) + self.command + self.data
        return bytes([STX]) + body + bytes([reduce(xor, body)])


class FrameParser:
    """Finds frames in what a line brings, in whatever portions; noise and broken frames are passed over.

    A frame that was torn and goes on with the next one is not believed, even if its check should fit by chance.
    """

    def __init__(self) -> None:
        self.buffered = b""

    def feed(self, portion: bytes) -> list[Frame]:
        """Add received bytes; gives the frames now complete, in order."""
        self.buffered += portion
        frames = []
        begin = 0
        while (found := self._first_complete(begin)) is not None:
            start, end = found
            frames.append(Frame(self.buffered[start + 2 : start + 3], self.buffered[start + 3 : end - 1]))
            begin = end
        self.buffered = self.buffered[begin:][-(LONGEST + 2) :]  # more than an unfinished frame can be is noise
        return frames

    def _first_complete(self, begin: int) -> tuple[int, int] | None:
        """Where the first sound frame starts and ends, also behind a header that promises what never comes."""
        start = self.buffered.find(STX, begin)
        while start >= 0:
            length = self.buffered[start + 1] if start + 1 < len(self.buffered) else 0
            end = start + length + 3
            whole = 1 <= length <= LONGEST and end <= len(self.buffered)
            if whole and self._is_sound(start, end):
                return start, end
            start = self.buffered.find(STX, start + 1)
        return None

    def _is_sound(self, start: int, end: int) -> bool:
        torn = self.buffered.find(STX, start + 2, end - 1) >= 0
        return not torn and reduce(xor, self.buffered[start + 1 : end]) == 0


def number_after(number: bytes) -> bytes:
    """The number that follows this one; after the last, or after none, the first."""
    last = number[0] if number else _LAST_NUMBER
    return bytes([_FIRST_NUMBER if last == _LAST_NUMBER else last + 1])
