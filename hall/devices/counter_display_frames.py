"""Frames of the counter display (窗口屏) and what it is to show; the protocol is written in docs/counter-display.md.

One line of light: what to show, as a text, and of which kind it is. Each change has a number that the answer brings
back, so that a display that still shows the state before is not taken for one that shows this.
"""

import threading

from hall.devices.counter_frames import LONGEST, Frame, number_after
from hall.rules.call_words import SentenceKind

KINDS: dict[SentenceKind, bytes] = {"idle": b"I", "called": b"C", "busy": b"B", "pause": b"P"}
SHOW, SHOWN = b"S", b"A"
"""What the host says, and what the device answers."""
ENCODING = "gb18030"
"""None of its bytes looks like the start of a frame, and what is said fits the GB 2312 fonts of such displays."""
LONGEST_TEXT = LONGEST - 3
"""Bytes of a text."""


class Sign:
    """What the display is to show, told by one thread and read by another. Until something is told: 暂停服务."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shown: tuple[SentenceKind, str] | None = None
        self._number = b""
        self.show("pause", "暂停服务")

    def show(self, kind: SentenceKind, text: str) -> None:
        """Show this from now on. ValueError: the text is longer than a frame."""
        encoded = text.encode(ENCODING)
        if len(encoded) > LONGEST_TEXT:
            raise ValueError(f"{len(encoded)} bytes of text")
        with self._lock:
            if (kind, text) != self._shown:
                self._shown = (kind, text)
                self._number = number_after(self._number)
                self._frame = Frame(SHOW, self._number + KINDS[kind] + encoded)

    @property
    def frame(self) -> Frame:
        """The frame that says it."""
        with self._lock:
            return self._frame
