"""The loop on the line of a small device at a counter: says what to show, hears answers, lives through unplugging."""

import time
from collections.abc import Callable
from typing import Protocol

from hall.devices.counter_frames import DeviceState, Frame, FrameParser
from hall.devices.serial_port import Line, SerialPort, Stop, Told, keep_open
from hall.errors import Unavailable
from hall.rules.line_log import Tap

REPEAT_SECONDS = 2.0
"""The state is said again so often: a device that was off a moment shows it, and a mute one is noticed."""
SILENCE_LIMIT = 3
"""So many states without an answer make the device silent."""
ANSWER_SECONDS = 1.0


class Talk(Protocol):
    """What is said to a device, and what its frames mean."""

    @property
    def frame(self) -> Frame:
        """What is to be said now; asked again and again."""

    def hear(self, frame: Frame, said: Frame) -> bool:
        """Take a frame of the device; whether it answers what was said last."""


class DeviceSilent(Unavailable):
    """The line is open and nothing on it speaks the protocol."""

    def __init__(self, port: str, *, device: str, protocol: str) -> None:
        super().__init__(f"串口 {port} 上的{device}没有应答。请检查接线、波特率和{device}的协议（{protocol}）。")


def answers(port: str, baud: int, *, talk: Talk, monotonic: Callable[[], float], tap: Tap | None = None) -> bool:
    """Say once what is to be said, and whether an answer came within a second. Raises PortUnavailable."""
    parser, said = FrameParser(), talk.frame
    with SerialPort(port, baud=baud, tap=tap) as line:
        line.write(said.encoded)
        end = monotonic() + ANSWER_SECONDS
        while monotonic() < end:
            if _hear_all(talk, parser.feed(line.read()), said):
                return True
    return False


def watch(
    port: str,
    baud: int,
    *,
    talk: Talk,
    on_state: Callable[[DeviceState], None],
    stop: Stop,
    monotonic: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> None:
    """Say what is to be said and hear the answers until `stop`. Runs in a worker's thread.

    `port` must be a stable name, since the line is reopened by it after an unplug; what is to be said is said again
    then. `on_state` hears each change once. No failure of the device leaves this function. `tap` hears the line.
    """
    told: Told[DeviceState] = Told(on_state, stop)

    def follow(line: SerialPort) -> None:
        _follow(line, talk=talk, told=told, stop=stop, monotonic=monotonic)

    keep_open(port, baud, follow, on_absent=lambda: told.tell("absent"), stop=stop, tap=tap)


def _follow(line: Line, *, talk: Talk, told: Told[DeviceState], stop: Stop, monotonic: Callable[[], float]) -> None:
    """Talk on one open line until it is gone or `stop`; reading waits a twentieth of a second at most."""
    parser, said, said_at, unanswered = FrameParser(), None, 0.0, 0
    while not stop.is_set():
        wanted, now = talk.frame, monotonic()
        if said is None or wanted != said or now - said_at >= REPEAT_SECONDS:
            line.write(wanted.encoded)
            said, said_at, unanswered = wanted, now, unanswered + 1
        if _hear_all(talk, parser.feed(line.read()), said):
            unanswered = 0
            told.tell("ready")
        if unanswered > SILENCE_LIMIT:
            told.tell("silent")


def _hear_all(talk: Talk, frames: list[Frame], said: Frame) -> bool:
    """Every frame is heard; whether one of them was an answer."""
    return any([talk.hear(frame, said) for frame in frames])  # noqa: C419 - a generator would stop at the first
