"""What went over a device's line, as the device page may show it: no text of a card, a slip or a code."""

from dataclasses import dataclass
from typing import Literal, Protocol

Direction = Literal["out", "in"]
"""`out`: from this computer to the device."""

LONGEST_SHOWN = 24
"""Bytes: what is longer is shown by its beginning."""


class Tap(Protocol):
    """Hears every portion of bytes of a line, in the thread that sends or receives it; must not raise."""

    def __call__(self, direction: Direction, portion: bytes, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Said:
    """One frame or command: its whole length in bytes, what of it may be seen, and what it means."""

    direction: Direction
    size: int
    shown: bytes
    words: str

    @property
    def hex(self) -> str:
        """The bytes that may be seen, with a mark where there are more; empty where none may."""
        seen = self.shown[:LONGEST_SHOWN]
        return seen.hex(" ").upper() + (" …" if 0 < len(seen) < self.size else "")


class Listener(Protocol):
    """Makes out what portions mean; keeps the beginning of what is not complete yet."""

    def hear(self, direction: Direction, portion: bytes) -> list[Said]:
        """What is complete with this portion, in order."""
