"""A simulated ID-card reader: speaks a real one's bytes behind a pseudo-terminal, and can misbehave."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from hall.devices.frames import PREAMBLE, FrameParser, build_frame
from hall.devices.simulated.line import SimulatedLine
from hall.devices.simulated.text_block import encode_text_block, pad
from hall.rules.cards import Card

Fault = Literal[
    "stale",  # an old 9F before every other answer
    "late",  # every answer comes only after the next command
    "pregarbage",  # AA bytes before the preamble
    "echo",  # the line sends the command back first
    "double",  # every answer twice
    "hugelen",  # a header with an absurd length before the answer
    "noise",  # random bytes, and a header that promises more than follows
    "nul",  # text padded with NULs
    "notext",  # a text of no bytes
    "zerotext",  # a text of zeros
    "lifted",  # the card is lifted while it is read
    "badsum",  # wrong check byte
    "half",  # only the first half of every answer
    "silent",  # no answer
    "oldmodule",  # a module that does not know the newest address
    "refind",  # a module that goes on finding a card it has read
]

_FIND, _SELECT, _READ, _NEWEST = b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x30\x03"
_PLAIN_COMMANDS = (b"\x10\xff", b"\x11\xff")
_FOUND = b"\x9f" + bytes(4)


class SimulatedReader(SimulatedLine):
    """A card reader: knows cards, and what it was asked."""

    def __init__(self, link: Path, *, mode: str) -> None:
        self.heard: deque[bytes] = deque(maxlen=1000)
        self._card: Card | None = None
        self._selected = False
        self._fault: Fault | None = None
        self._next_statuses: deque[int] = deque()
        self._held_back = b""
        self._breaks_at: int | None = None
        self._parser = FrameParser()
        super().__init__(link, mode=mode)

    def reset(self) -> None:
        """A card has to be found and selected anew."""
        self._parser, self._selected = FrameParser(), False

    def place(self, card: Card) -> None:
        """Lay a card on the reader."""
        with self._lock:
            self._card, self._selected = card, False

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card, self._selected = None, False

    def misbehave(self, fault: Fault | None) -> None:
        """Show a fault with every answer from now on; None ends it."""
        with self._lock:
            self._fault, self._held_back = fault, b""

    def break_off(self, at: int) -> None:
        """Be unplugged after so many bytes of the next card's text."""
        with self._lock:
            self._breaks_at = at

    def answer_next(self, *statuses: int) -> None:
        """Answer the next commands (status requests apart) with these status bytes and nothing else."""
        with self._lock:
            self._next_statuses.extend(statuses)

    def hear(self, portion: bytes) -> None:
        """Answer commands."""
        for command in self._parser.feed(portion):
            self.heard.append(command)
            message = self._spoiled(command, self._answer(command))
            if self._breaks_at is None or command != _READ:
                self.send(message)
            else:
                self.send(message[: self._breaks_at])
                self._breaks_at = None
                self.unplug()

    def _answer(self, command: bytes) -> bytes:
        if command in _PLAIN_COMMANDS:
            return _status(0x90)
        if self._next_statuses:
            return _status(self._next_statuses.popleft())
        if command == _FIND:
            found = self._card and (not self._selected or self._fault == "refind")
            return _reply(_FOUND) if found else _status(0x80)
        if command == _SELECT:
            self._selected = self._card is not None
            return _reply(b"\x90" + bytes(8)) if self._selected else _status(0x81)
        if command == _READ:
            return self._text()
        return self._newest_address() if command == _NEWEST else _status(0x21)

    def _text(self) -> bytes:
        if self._fault == "lifted":
            self.lift()
        if self._card is None or not self._selected:
            return _status(0x41)
        text = encode_text_block(self._card)
        if self._fault == "nul":
            text = text.replace(b" \0", b"\0\0")
        elif self._fault == "zerotext":
            text = bytes(len(text))
        elif self._fault == "notext":
            text = b""
        photo = bytes(1024)
        return _reply(b"\x90" + len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo)

    def _newest_address(self) -> bytes:
        if self._fault == "oldmodule":
            return _status(0x21)
        if self._card is None or not self._selected:
            return _status(0x41)
        if self._card.newest_address is None:
            return _status(0x91)
        return _reply(b"\x90" + pad(self._card.newest_address, 70))

    def _spoiled(self, command: bytes, answer: bytes) -> bytes:
        if self._fault == "late":
            due, self._held_back = self._held_back, answer
            return due
        spoil = SPOILS.get(self._fault) if self._fault else None
        return spoil(command, answer) if spoil else answer


def _reply(status_and_payload: bytes) -> bytes:
    return build_frame(b"\0\0" + status_and_payload)


def _status(status: int) -> bytes:
    return _reply(bytes([status]))


SPOILS: dict[Fault, Callable[[bytes, bytes], bytes]] = {
    "stale": lambda command, answer: answer if command == _FIND else _reply(_FOUND) + answer,
    "pregarbage": lambda command, answer: b"\xaa\xaa\xaa\xaa" + answer,
    "echo": lambda command, answer: build_frame(command) + answer,
    "double": lambda command, answer: answer + answer,
    "hugelen": lambda command, answer: PREAMBLE + b"\xff\xff\0\0\x90" + answer,
    "noise": lambda command, answer: bytes(range(256)) + PREAMBLE + b"\x08\0\x01" + answer + b"\xaa\x96\xaa\xaa",
    "badsum": lambda command, answer: answer[:-1] + bytes([answer[-1] ^ 0x5A]),
    "half": lambda command, answer: answer[: len(answer) // 2],
    "silent": lambda command, answer: b"",
}
