"""What the bytes on the lines of reader, scanner and evaluator mean; nothing of a card or a code is kept."""

from hall.devices import counter_frames, frames
from hall.devices.scans import ScanParser
from hall.rules.line_log import Direction, Said
from hall.words import COUNTER_COMMANDS, READER_COMMANDS, READER_STATUSES

# An answer with more data than this holds text of a card; a SAM's own number has 16 bytes.
_HARMLESS = 16
_TEXT_AND_PHOTO = 4


class ReaderListener:
    """Frames of the ID-card reader. As in the driver, what came before a command is forgotten with it."""

    def __init__(self) -> None:
        self._answers = frames.FrameParser()
        self._told = 0

    def hear(self, direction: Direction, portion: bytes) -> list[Said]:
        """Whole frames, and bytes that are none: those are counted and not shown, for they may be a torn card."""
        if direction == "out":
            torn = self._noise(self._answers.received - self._told)
            self._answers, self._told = frames.FrameParser(), 0
            return torn + [_reader_said("out", body) for body in frames.FrameParser().feed(portion)]
        bodies = self._answers.feed(portion)
        noise = self._answers.received - self._answers.waiting - self._told - sum(map(_length, bodies))
        self._told = self._answers.received - self._answers.waiting
        return self._noise(noise) + [_reader_said("in", body) for body in bodies]

    def _noise(self, size: int) -> list[Said]:
        return [Said("in", size, b"", "不成帧的字节")] if size else []


def _length(body: bytes) -> int:
    """Of the whole frame: preamble, length and check besides its body."""
    return len(body) + 8


def _reader_said(direction: Direction, body: bytes) -> Said:
    frame = frames.build_frame(body)
    if direction == "out" or len(body) < 3:
        command = READER_COMMANDS.get(body[:2].hex(" ").upper(), "其他命令")
        words = command if direction == "out" else f"{command}（回声）"
        return Said(direction, len(frame), frame, words)
    status, payload = body[2], body[3:]
    words = READER_STATUSES.get(f"{status:02X}", f"状态 {status:02X}")
    if len(payload) <= _HARMLESS:
        return Said(direction, len(frame), frame, words)
    head = frame[: len(frame) - len(payload) - 1]
    return Said(direction, len(frame), head, f"{words}：{_payload_words(payload)}")


def _payload_words(payload: bytes) -> str:
    """The lengths of what a card said."""
    text, photo = int.from_bytes(payload[:2], "big"), int.from_bytes(payload[2:4], "big")
    if len(payload) == _TEXT_AND_PHOTO + text + photo:
        return f"证件文字 {text} 字节、照片 {photo} 字节"
    return f"证件信息 {len(payload)} 字节"


class CounterListener:
    """Frames of evaluator and counter display: ticket codes and sentences, nothing personal."""

    def __init__(self) -> None:
        self._parsers = {"out": counter_frames.FrameParser(), "in": counter_frames.FrameParser()}

    def hear(self, direction: Direction, portion: bytes) -> list[Said]:
        """Whole frames."""
        return [_counter_said(direction, frame) for frame in self._parsers[direction].feed(portion)]


def _counter_said(direction: Direction, frame: counter_frames.Frame) -> Said:
    words = COUNTER_COMMANDS.get(frame.command.decode("latin-1"), "其他")
    return Said(direction, len(frame.encoded), frame.encoded, words)


class ScannerListener:
    """What a code scanner sent: how long a scan was, not what it said."""

    def __init__(self) -> None:
        self._parser = ScanParser()

    def hear(self, direction: Direction, portion: bytes) -> list[Said]:
        """Scans that ended with this portion; bytes alone while none has."""
        garbled = self._parser.garbled
        said = [Said(direction, len(scan), b"", f"扫到 {len(scan)} 个字符") for scan in self._parser.feed(portion)]
        if self._parser.garbled > garbled:
            said.append(Said(direction, len(portion), b"", "不是文字的字节，请核对波特率"))
        return said or [Said(direction, len(portion), b"", "收到字节")]
