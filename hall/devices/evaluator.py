"""The loop on an evaluator's line: shows what is wished, hears what is pressed, lives through unplugging."""

import logging
import time
from collections.abc import Callable

from hall.devices.evaluator_frames import EvaluatorState, Frame, FrameParser, Wish, level_of
from hall.devices.idcard import Stop
from hall.devices.serial_port import SerialPort
from hall.errors import Unavailable
from hall.lines import PortUnavailable
from hall.rules.line_log import Tap

log = logging.getLogger(__name__)

REPEAT_SECONDS = 2.0
"""The state is said again so often: a device that was off a moment shows it, and a mute one is noticed."""
SILENCE_LIMIT = 3
"""So many states without an answer make the device silent."""
REOPEN_SECONDS = 1.0
ANSWER_SECONDS = 1.0


class EvaluatorSilent(Unavailable):
    """The line is open and nothing on it speaks the protocol."""

    def __init__(self, port: str) -> None:
        super().__init__(f"串口 {port} 上的评价器没有应答。请检查接线、波特率和评价器的协议（docs/evaluator.md）。")


def check(port: str, baud: int, *, monotonic: Callable[[], float] = time.monotonic) -> None:
    """Say idle and wait for an answer. Raises PortUnavailable, EvaluatorSilent."""
    parser = FrameParser()
    with SerialPort(port, baud=baud) as line:
        line.write(Wish().frame.encoded)
        end = monotonic() + ANSWER_SECONDS
        while monotonic() < end:
            if parser.feed(line.read()):
                return
    raise EvaluatorSilent(port)


def watch(
    port: str,
    baud: int,
    *,
    wish: Wish,
    on_level: Callable[[int], None],
    on_state: Callable[[EvaluatorState], None],
    stop: Stop,
    monotonic: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> None:
    """Show what is wished and hear what is pressed until `stop`. Runs in a worker's thread.

    `port` must be a stable name, since the line is reopened by it after an unplug; what is wished is said again
    then. `on_state` hears each change once. No failure of the device leaves this function.
    `tap` hears the line.
    """
    watcher = _Watcher(wish=wish, on_level=on_level, on_state=on_state, stop=stop, monotonic=monotonic)
    while not stop.is_set():
        try:
            with SerialPort(port, baud=baud, tap=tap) as line:
                watcher.follow(line)
        except PortUnavailable:
            watcher.tell("absent")
        stop.wait(REOPEN_SECONDS)


class _Watcher:
    """What the loop remembers: the state told, what was last said, how often without an answer."""

    def __init__(
        self,
        *,
        wish: Wish,
        on_level: Callable[[int], None],
        on_state: Callable[[EvaluatorState], None],
        stop: Stop,
        monotonic: Callable[[], float],
    ) -> None:
        self._wish = wish
        self._on_level = on_level
        self._on_state = on_state
        self._stop = stop
        self._monotonic = monotonic
        self._state: EvaluatorState | None = None
        self._answered: Frame | None = None  # the invitation whose answer was heard: a second press is no second answer

    def tell(self, state: EvaluatorState) -> None:
        """Tell a new state; nothing while the loop is being stopped."""
        if state != self._state and not self._stop.is_set():
            log.info("evaluator state: %s", state)
            self._state = state
            self._on_state(state)

    def follow(self, line: SerialPort) -> None:
        """Talk on one open line until it is gone or `stop`; reading waits a twentieth of a second at most."""
        parser, said, said_at, unanswered = FrameParser(), None, 0.0, 0
        while not self._stop.is_set():
            wish, now = self._wish.frame, self._monotonic()
            if wish != said or now - said_at >= REPEAT_SECONDS:
                line.write(wish.encoded)
                said, said_at, unanswered = wish, now, unanswered + 1
            for frame in parser.feed(line.read()):
                unanswered = 0
                self.tell("ready")
                self._hear(frame, said)
            if unanswered > SILENCE_LIMIT:
                self.tell("silent")

    def _hear(self, frame: Frame, said: Frame) -> None:
        level = level_of(frame, said)
        if level is not None and said != self._answered:
            self._answered = said
            self._on_level(level)
