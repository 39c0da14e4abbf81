"""SAM_V frames of ID-card readers: building them, and finding them again in a noisy stream of bytes.

`AA AA AA 96 69 | length (2, big-endian) | body | check`; length counts body and check; check is the XOR of
length and body.
"""

from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
# Longest frame of the protocol is 2321 bytes (text, photo and two fingerprints).
LENGTH_CAP = 2400
_BODY_AT = len(PREAMBLE) + 2
_SHORTEST = 3


def build_frame(body: bytes) -> bytes:
    """The frame that carries a body: CMD PARA data to the reader, SW1 SW2 SW3 data from it."""
    measured = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + measured + bytes([reduce(xor, measured)])


class FrameParser:
    """Finds whole frames in a stream that comes in any portions; never keeps more than one frame's length.

    A preamble whose length is absurd or whose check fails is taken for noise, and the search goes on one byte
    later. While one candidate is incomplete the later ones are tried as well, so that a false preamble cannot
    hide the frame behind it. A frame that was torn and goes on with the next one is not believed, even if its check
    should fit by chance, which one in 256 does.
    """

    def __init__(self) -> None:
        self.received = 0
        self._buffer = b""

    @property
    def waiting(self) -> int:
        """Bytes that may be the beginning of a frame."""
        return len(self._buffer)

    def feed(self, portion: bytes) -> list[bytes]:
        """Add received bytes; gives the bodies (without check) of all frames now complete, in order."""
        self.received += len(portion)
        self._buffer += portion
        bodies = []
        while (found := self._first_complete()) is not None:
            start, end = found
            bodies.append(self._buffer[start + _BODY_AT : end - 1])
            self._buffer = self._buffer[end:]
        self._forget_noise()
        return bodies

    def _first_complete(self) -> tuple[int, int] | None:
        start = self._buffer.find(PREAMBLE)
        while start >= 0:
            end = self._end(start)
            if end is not None and end <= len(self._buffer) and self._checks(start, end):
                return start, end
            start = self._buffer.find(PREAMBLE, start + 1)
        return None

    def _end(self, start: int) -> int | None:
        """Where the frame that starts here ends, None when its length is absurd; open-ended while unknown."""
        measure = self._buffer[start + len(PREAMBLE) : start + _BODY_AT]
        if len(measure) < 2:
            return start + _BODY_AT + _SHORTEST
        length = int.from_bytes(measure, "big")
        return start + _BODY_AT + length if _SHORTEST <= length <= LENGTH_CAP else None

    def _checks(self, start: int, end: int) -> bool:
        begins_inside = self._buffer.find(PREAMBLE, start + 1, end + len(PREAMBLE) - 1) >= 0
        return not begins_inside and reduce(xor, self._buffer[start + len(PREAMBLE) : end]) == 0

    def _forget_noise(self) -> None:
        """Keep from the first candidate that may still become a frame; else a possible beginning of one."""
        start = self._buffer.find(PREAMBLE)
        while start >= 0:
            end = self._end(start)
            if end is not None and end > len(self._buffer):
                self._buffer = self._buffer[start:]
                return
            start = self._buffer.find(PREAMBLE, start + 1)
        kept = next((size for size in range(len(PREAMBLE) - 1, 0, -1) if self._buffer.endswith(PREAMBLE[:size])), 0)
        self._buffer = self._buffer[len(self._buffer) - kept :]
