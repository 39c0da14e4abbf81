"""The evaluator (评价器) on its line: shows what is wished, and a press answers an invitation once."""

import time
from collections.abc import Callable

from hall.devices import counter_line
from hall.devices.counter_frames import DeviceState, Frame
from hall.devices.counter_line import DeviceSilent
from hall.devices.evaluator_frames import Wish, level_of
from hall.devices.serial_port import Stop
from hall.rules.line_log import Tap


def check(port: str, baud: int, *, monotonic: Callable[[], float] = time.monotonic, tap: Tap | None = None) -> None:
    """Say idle and wait for an answer. Raises PortUnavailable, DeviceSilent."""
    talk = _Talk(Wish(), lambda level: None)
    if not counter_line.answers(port, baud, talk=talk, monotonic=monotonic, tap=tap):
        raise DeviceSilent(port, device="评价器", protocol="docs/evaluator.md")


def watch(
    port: str,
    baud: int,
    *,
    wish: Wish,
    on_level: Callable[[int], None],
    on_state: Callable[[DeviceState], None],
    stop: Stop,
    monotonic: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> None:
    """Show what is wished and hear what is pressed until `stop`, as `counter_line.watch` does."""
    talk = _Talk(wish, on_level)
    counter_line.watch(port, baud, talk=talk, on_state=on_state, stop=stop, monotonic=monotonic, tap=tap)


class _Talk:
    """Every sound frame of an evaluator is an answer; a level counts once for one invitation."""

    def __init__(self, wish: Wish, on_level: Callable[[int], None]) -> None:
        self._wish = wish
        self._on_level = on_level
        self._answered: Frame | None = None  # the invitation whose answer was heard: a second press is no second answer

    @property
    def frame(self) -> Frame:
        return self._wish.frame

    def hear(self, frame: Frame, said: Frame) -> bool:
        level = level_of(frame, said)
        if level is not None and said != self._answered:
            self._answered = said
            self._on_level(level)
        return True
