"""Frames of the evaluator (评价器) on a counter and what they mean; the protocol is written in docs/evaluator.md.

The host says what to show; the device says which level was pressed. An invitation has a number that the answer
brings back, so that a press meant for one visit is never taken for the next.
"""

import threading
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Literal

STX = 0x02
LONGEST = 32
"""The most bytes of command and data a frame may hold."""

_FIRST_INVITATION, _LAST_INVITATION = 0x21, 0x7E
"""Numbers of invitations are printing characters, and so are levels: no data looks like the start of a frame."""

Show = Literal["idle", "welcome", "busy", "rate", "pause"]
EvaluatorState = Literal["absent", "ready", "silent"]

COMMANDS: dict[Show, bytes] = {"idle": b"I", "welcome": b"W", "busy": b"B", "rate": b"R", "pause": b"P"}
"""What the host tells the device to show."""
LEVELS = (b"1", b"2", b"3", b"4", b"5")
HELLO, LEVEL = b"H", b"L"
"""What the device tells: that it is there, and the level pressed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One command byte with its data."""

    command: bytes
    data: bytes = b""

    @property
    def encoded(self) -> bytes:
        """STX LEN CMD DATA BCC: LEN counts CMD and DATA, BCC is the exclusive or of all from LEN on."""
        body = bytes([len(self.command) + len(self.data)]) + self.command + self.data
        return bytes([STX]) + body + bytes([reduce(xor, body)])


class FrameParser:
    """Finds frames in what a line brings, in whatever portions; noise and broken frames are passed over."""

    def __init__(self) -> None:
        self.buffered = b""

    def feed(self, portion: bytes) -> list[Frame]:
        """Add received bytes; gives the frames now complete, in order."""
        self.buffered += portion
        frames = []
        while (found := self._first_complete()) is not None:
            start, end = found
            frames.append(Frame(self.buffered[start + 2 : start + 3], self.buffered[start + 3 : end - 1]))
            self.buffered = self.buffered[end:]
        self.buffered = self.buffered[-(LONGEST + 2) :]  # more than an unfinished frame can be is noise
        return frames

    def _first_complete(self) -> tuple[int, int] | None:
        """Where the first sound frame starts and ends, also behind a header that promises what never comes."""
        start = self.buffered.find(STX)
        while start >= 0:
            length = self.buffered[start + 1] if start + 1 < len(self.buffered) else 0
            end = start + length + 3
            whole = 1 <= length <= LONGEST and end <= len(self.buffered)
            if whole and reduce(xor, self.buffered[start + 1 : end]) == 0:
                return start, end
            start = self.buffered.find(STX, start + 1)
        return None


class Wish:
    """What the device is to show, told by one thread and read by another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frame = Frame(COMMANDS["idle"])
        self._invitation = _LAST_INVITATION

    def show(self, what: Show) -> None:
        """Show this from now on; each 'rate' is a new invitation."""
        with self._lock:
            if what == "rate":
                last = self._invitation == _LAST_INVITATION
                self._invitation = _FIRST_INVITATION if last else self._invitation + 1
                self._frame = Frame(COMMANDS[what], bytes([self._invitation]))
            else:
                self._frame = Frame(COMMANDS[what])

    @property
    def frame(self) -> Frame:
        """The frame that says it."""
        with self._lock:
            return self._frame


def level_of(answer: Frame, wish: Frame) -> int | None:
    """The level of an answer to the invitation that is open; None for any other frame."""
    if wish.command != COMMANDS["rate"] or answer.command != LEVEL or len(answer.data) != 2:
        return None
    level, invitation = answer.data[:1], answer.data[1:]
    return int(level) if level in LEVELS and invitation == wish.data else None
