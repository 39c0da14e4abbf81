"""The counter display (窗口屏) on a serial line; the protocol is written in docs/counter-display.md.

One line of light: what to show, as a text, and of which kind it is. Each change has a number that the answer brings
back, so that a display that still shows the state before is not taken for one that shows this.
"""

import threading
import time
from collections.abc import Callable

from hall.devices import counter_line
from hall.devices.counter_frames import LONGEST, Frame, number_after
from hall.devices.counter_line import DeviceSilent, DeviceState
from hall.devices.serial_port import Stop
from hall.rules.call_words import SentenceKind
from hall.rules.line_log import Tap

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


def check(port: str, baud: int, *, monotonic: Callable[[], float] = time.monotonic, tap: Tap | None = None) -> None:
    """Say 暂停服务 and wait for the answer. Raises PortUnavailable, DeviceSilent."""
    if not counter_line.answers(port, baud, talk=_Talk(Sign()), monotonic=monotonic, tap=tap):
        raise DeviceSilent(port, device="窗口屏", protocol="docs/counter-display.md")


def watch(
    port: str,
    baud: int,
    *,
    sign: Sign,
    on_state: Callable[[DeviceState], None],
    stop: Stop,
    monotonic: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> None:
    """Show what is told until `stop`, as `counter_line.watch` does."""
    counter_line.watch(port, baud, talk=_Talk(sign), on_state=on_state, stop=stop, monotonic=monotonic, tap=tap)


class _Talk:
    """An answer counts only with the number of what was said last."""

    def __init__(self, sign: Sign) -> None:
        self._sign = sign

    @property
    def frame(self) -> Frame:
        return self._sign.frame

    def hear(self, frame: Frame, said: Frame) -> bool:
        return frame == Frame(SHOWN, said.data[:1])
