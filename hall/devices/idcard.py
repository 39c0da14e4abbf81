"""The ID-card reader on its line: one exchange at a time, find, select, read, and the loop a worker runs."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from hall.devices.frames import FrameParser, build_frame
from hall.devices.idcard_text import UnreadableText, decode_address, parse_text_block
from hall.devices.serial_port import Line, SerialPort, Stop, Told, keep_open
from hall.errors import HallError, Refused, Unavailable
from hall.lines import PortUnavailable
from hall.rules.cards import Card
from hall.rules.line_log import Tap

log = logging.getLogger(__name__)

ReaderState = Literal[
    "absent", "ready", "place", "reading", "done", "again", "unsupported", "fault", "line"
]  # Chinese: hall.words.READER_STATES

FIND_INTERVAL = 0.3
SETTLE_SECONDS = 0.05
# The same card within this time is the same placement, even if the reader lost sight of it for a moment.
DEBOUNCE_SECONDS = 2.5
# So many commands in a row without an answer: the line is opened afresh.
SILENCE_LIMIT = 3
# A module that leaves the newest address unanswered so often does not know it: each question would take two seconds.
NEWEST_SILENCES = 2

OK, FOUND, EMPTY, NO_CARD = 0x90, 0x9F, 0x91, 0x80
_GARBLED = frozenset({0x10, 0x11, 0x21})  # the reader could not understand the command: worth one more try
_PLACE_AGAIN = frozenset({0x31, 0x32, 0x33, 0x41, 0x47, 0x81})
_UNSUPPORTED = 0x40
_FAULT = frozenset({0x60, 0x66})


class NoCard(Refused):
    """No card lies on the reader."""

    def __init__(self) -> None:
        super().__init__("没有读到证件，请把证件平放在读卡器上再试。")


class PlaceAgain(Refused):
    """The card was lifted too early, lies badly, or does not answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"证件没有读成功（状态 {status:02X}），请拿开后重新放置证件。")


class UnsupportedCard(Refused):
    """Some other card, or one this reader is too old for."""

    def __init__(self) -> None:
        super().__init__("不是居民身份证类证件，或读卡器不支持这种证件，请更换证件或人工录入。")


class ReaderFault(Unavailable):
    """The reader's security module failed its self-test or is not authorised."""

    def __init__(self, status: int) -> None:
        super().__init__(f"读卡器故障（状态 {status:02X}），请联系管理员。")


class LineTrouble(Unavailable):
    """The reader says it did not understand, twice; or gives a status nobody knows."""

    def __init__(self, status: int) -> None:
        super().__init__(f"与读卡器通信错误（状态 {status:02X}），请检查连接线和波特率后再试。")


class NoAnswer(Unavailable):
    """No frame that fits the command came in time; tells what was seen instead."""

    def __init__(self, seconds: float, *, received: int, frames: int) -> None:
        self.received = received
        seen = f"收到 {received} 字节，" + (f"{frames} 帧都与命令不符" if frames else "无有效帧")
        super().__init__(f"读卡器 {seconds:g} 秒内没有正确应答（{seen}），请检查端口、波特率和连接线。")


@dataclass(frozen=True, slots=True)
class Command:
    """A command to the reader, how long its answer may take, and what data a status 90 then carries."""

    body: bytes
    seconds: float
    fits: Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reader's status (SW3) and the data behind it."""

    status: int
    payload: bytes = field(repr=False)


def _holds_text(payload: bytes) -> bool:
    """Lengths of text and photo, then both: whatever the lengths are, they must fit the frame."""
    return len(payload) >= 4 and len(payload) == 4 + _length(payload, 0) + _length(payload, 2)


def _length(payload: bytes, offset: int) -> int:
    return int.from_bytes(payload[offset : offset + 2], "big")


STATUS = Command(b"\x11\xff", 1.0, lambda payload: not payload)
FIND = Command(b"\x20\x01", 1.0, lambda payload: False)
SELECT = Command(b"\x20\x02", 1.0, lambda payload: 0 < len(payload) <= 16)
READ = Command(b"\x30\x01", 3.0, _holds_text)
NEWEST_ADDRESS = Command(b"\x30\x03", 1.0, lambda payload: len(payload) in (70, 140, 210, 280))


def _is_due(answer: Answer, command: Command) -> bool:
    """Whether the answer can belong to the command; another one's is stale and must not be believed."""
    if answer.status == OK:
        return command.fits(answer.payload)
    if answer.status == FOUND:
        return command is FIND
    return True


def _trouble(status: int) -> HallError:
    if status == NO_CARD:
        return NoCard()
    if status in _PLACE_AGAIN:
        return PlaceAgain(status)
    if status == _UNSUPPORTED:
        return UnsupportedCard()
    return ReaderFault(status) if status in _FAULT else LineTrouble(status)


class CardReader:
    """Speaks with a reader. `stop` ends a wait early; `monotonic` gives seconds."""

    def __init__(self, line: Line, *, stop: Stop, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._newest_silences = 0
        self._stop = stop
        self._monotonic = monotonic

    def check(self) -> None:
        """Ask for the reader's status. Raises NoAnswer, ReaderFault or LineTrouble."""
        self._ask(STATUS)

    def find(self) -> bool:
        """Whether a card was newly found; one that was read already is not found again until it is lifted."""
        try:
            self._ask(FIND)
        except NoCard:
            return False
        return True

    def select_and_read(self) -> Card:
        """Read the card just found. Raises PlaceAgain, UnsupportedCard, UnreadableText and line errors."""
        self._ask(SELECT)
        return self.read()

    def read(self) -> Card:
        """Read the selected card and its newest address."""
        answer = self._ask(READ)
        if answer.status == EMPTY:
            raise UnreadableText("证件内无文字信息")
        card = parse_text_block(answer.payload[4 : 4 + _length(answer.payload, 0)])
        asks = card.kind != "foreigner" and self._newest_silences < NEWEST_SILENCES
        return replace(card, newest_address=self._newest_address()) if asks else card

    def _newest_address(self) -> str | None:
        """Few cards have one and some readers do not know the command: its absence spoils nothing."""
        try:
            answer = self._ask(NEWEST_ADDRESS)
        except PortUnavailable:
            raise
        except NoAnswer:
            self._newest_silences += 1
            return None
        except (Refused, Unavailable):
            return None
        self._newest_silences = 0
        addresses = [decode_address(answer.payload[at : at + 70]) for at in range(0, len(answer.payload), 70)]
        return next((address for address in reversed(addresses) if address), None)

    def _ask(self, command: Command) -> Answer:
        answer = self._exchange(command)
        if answer.status in _GARBLED:
            answer = self._exchange(command)
        if answer.status not in (OK, FOUND, EMPTY):
            raise _trouble(answer.status)
        return answer

    def _exchange(self, command: Command) -> Answer:
        try:
            return self._send_and_wait(command)
        except NoAnswer:
            self._settle()
            raise

    def _send_and_wait(self, command: Command) -> Answer:
        self._line.flush_input()
        self._line.write(build_frame(command.body))
        parser, frames = FrameParser(), 0
        deadline = self._monotonic() + command.seconds
        while self._monotonic() < deadline and not self._stop.is_set():
            for body in parser.feed(self._line.read()):
                frames += 1
                # Shorter than three status bytes: the echo of a command.
                if len(body) >= 3 and _is_due(answer := Answer(body[2], body[3:]), command):
                    return answer
        raise NoAnswer(command.seconds, received=parser.received, frames=frames)

    def _settle(self) -> None:
        """After a time-out: let late bytes come, forget them, and see whether the reader answers at all."""
        if self._stop.wait(SETTLE_SECONDS):
            return
        try:
            self._send_and_wait(STATUS)
        except NoAnswer as silence:
            log.warning("reader does not answer a status request (%d bytes seen)", silence.received)


def read_one(
    reader: CardReader, *, seconds: float, stop: Stop, monotonic: Callable[[], float] = time.monotonic
) -> Card:
    """Wait for a card and read it. Raises, when time is up, what went wrong last: NoCard if nothing did.

    A card that was read before and still lies there is not found again, so the first miss tries to read it.
    """
    deadline = monotonic() + seconds
    failure: HallError | None = None
    tried_blindly = False
    while True:
        try:
            if reader.find():
                return reader.select_and_read()
            failure = None if isinstance(failure, NoAnswer) else failure
            if not tried_blindly:
                tried_blindly = True
                if (card := _read_blindly(reader)) is not None:
                    return card
        except (PlaceAgain, UnreadableText, NoAnswer, LineTrouble, NoCard) as trouble:
            failure = _more_telling(failure, trouble)
        if monotonic() >= deadline or stop.wait(FIND_INTERVAL):
            raise failure or NoCard()


def _read_blindly(reader: CardReader) -> Card | None:
    try:
        return reader.read()
    except (PlaceAgain, UnreadableText, NoAnswer, LineTrouble, NoCard):
        return None


def _more_telling(old: HallError | None, new: HallError) -> HallError:
    if isinstance(old, NoAnswer) and isinstance(new, NoAnswer) and old.received > new.received:
        return old
    return new


def watch(
    port: str,
    baud: int,
    *,
    on_card: Callable[[Card], None],
    on_state: Callable[[ReaderState], None],
    stop: Stop,
    monotonic: Callable[[], float] = time.monotonic,
    tap: Tap | None = None,
) -> None:
    """Read every card placed until `stop`: one placement, one `on_card`. Runs in a worker's thread.

    `port` must be a stable name (/dev/serial/by-id/…), since the line is reopened by it after an unplug.
    `on_state` hears each change of state once. No failure of the device leaves this function.
    `tap` hears the line.
    """
    watcher = _Watcher(on_card=on_card, on_state=on_state, stop=stop, monotonic=monotonic)

    def follow(line: SerialPort) -> None:
        try:
            watcher.follow(CardReader(line, stop=stop, monotonic=monotonic))
        except (NoAnswer, LineTrouble, ReaderFault) as trouble:
            watcher.show(_STATE_AFTER[type(trouble)])

    keep_open(port, baud, follow, on_absent=lambda: watcher.show("absent"), stop=stop, tap=tap)


_STATE_AFTER: dict[type[HallError], ReaderState] = {
    NoAnswer: "line",
    LineTrouble: "line",
    ReaderFault: "fault",
    PlaceAgain: "again",
    NoCard: "again",
    UnreadableText: "again",
    UnsupportedCard: "unsupported",
}


class _Watcher:
    """What the loop remembers: the state shown, and which placement has been reported."""

    def __init__(
        self,
        *,
        on_card: Callable[[Card], None],
        on_state: Callable[[ReaderState], None],
        stop: Stop,
        monotonic: Callable[[], float],
    ) -> None:
        self._on_card = on_card
        self._told: Told[ReaderState] = Told(on_state, stop)
        self._stop = stop
        self._monotonic = monotonic
        self._last: tuple[str, date] | None = None
        self._last_at = 0.0
        self._missed = False  # the reader found no card since the last reading on this line
        self._lying = False  # the card last read is still being found

    def show(self, state: ReaderState) -> None:
        """Tell a new state."""
        self._told.tell(state)

    def follow(self, reader: CardReader) -> None:
        """Poll one open line until it is gone, silent for too long, or `stop`."""
        self._missed = self._lying = False
        reader.check()
        self.show("ready")
        silences = 0
        while not self._stop.is_set():
            try:
                self._poll(reader)
                silences = 0
            except NoAnswer:
                silences += 1
                self.show("line")
                if silences >= SILENCE_LIMIT:
                    raise
            except (Refused, UnreadableText, LineTrouble, ReaderFault) as trouble:
                self.show(_STATE_AFTER[type(trouble)])
            self._stop.wait(FIND_INTERVAL)

    def _poll(self, reader: CardReader) -> None:
        if not reader.find():
            self._missed, self._lying = True, False
            self._show_empty()
        elif not self._lying:
            self.show("reading")
            card = reader.select_and_read()
            self._report(card)

    def _show_empty(self) -> None:
        """A card that was read, or failed, is not found again while it lies there: keep saying what to do."""
        just_read = self._told.state == "done" and self._monotonic() - self._last_at < DEBOUNCE_SECONDS
        if not just_read and self._told.state not in ("again", "unsupported"):
            self.show("place")

    def _report(self, card: Card) -> None:
        identity, now = (card.id_number, card.valid_from), self._monotonic()
        replaced = self._missed and now - self._last_at >= DEBOUNCE_SECONDS
        is_new = identity != self._last or replaced
        self._last, self._last_at, self._missed, self._lying = identity, now, False, True
        self.show("done")
        if is_new and not self._stop.is_set():
            self._on_card(card)
