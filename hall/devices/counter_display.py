"""The counter display (窗口屏) on its line: shows what the sign says, and an answer must be to what was said last."""

import time
from collections.abc import Callable

from hall.devices import counter_line
from hall.devices.counter_display_frames import SHOWN, Sign
from hall.devices.counter_frames import DeviceState, Frame
from hall.devices.counter_line import DeviceSilent
from hall.devices.serial_port import Stop
from hall.rules.line_log import Tap


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
