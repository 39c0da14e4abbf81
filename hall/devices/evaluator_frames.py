"""Frames of the evaluator (评价器) on a counter and what they mean; the protocol is written in docs/evaluator.md.

The host says what to show; the device says which level was pressed. An invitation has a number that the answer
brings back, so that a press meant for one visit is never taken for the next.
"""

import threading
from typing import Literal

from hall.devices.counter_frames import Frame, number_after

Show = Literal["idle", "welcome", "busy", "rate", "pause"]

COMMANDS: dict[Show, bytes] = {"idle": b"I", "welcome": b"W", "busy": b"B", "rate": b"R", "pause": b"P"}
"""What the host tells the device to show."""
LEVELS = (b"1", b"2", b"3", b"4", b"5")
HELLO, LEVEL = b"H", b"L"
"""What the device tells: that it is there, and the level pressed."""


class Wish:
    """What the device is to show, told by one thread and read by another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frame = Frame(COMMANDS["idle"])
        self._invitation = b""

    def show(self, what: Show) -> None:
        """Show this from now on; each 'rate' is a new invitation."""
        with self._lock:
            if what == "rate":
                self._invitation = number_after(self._invitation)
                self._frame = Frame(COMMANDS[what], self._invitation)
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
