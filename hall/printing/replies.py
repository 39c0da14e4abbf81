"""What comes back from a slip printer, told apart byte by byte: answers, automatic status, marks, flow control."""

from dataclasses import dataclass

_ASB_SIZE = 4


@dataclass(frozen=True, slots=True)
class Automatic:
    """One automatic status (ASB, GS a), as Epson's bits say it."""

    offline: bool
    cover_open: bool
    cutter_error: bool
    paper_near_end: bool
    paper_out: bool


class Replies:
    """Fed with everything that is read, in order; keeps the newest of each kind.

    Answers to DLE EOT have the fixed bits 0xx1xx10. An automatic status begins with 0xx1xx00, and three bytes with
    bit 4 clear follow; answers may stand among them. The answer to GS r is 0xx0xx00. XON and XOFF differ from all.
    """

    def __init__(self) -> None:
        self.answer: int | None = None
        self.automatic: Automatic | None = None
        self.marked = False
        self._group = b""

    def feed(self, received: bytes) -> None:
        """Take in what has come."""
        for byte in received:
            self._take(byte)

    def _take(self, byte: int) -> None:
        if self._group and not byte & 0x90:
            self._group += bytes((byte,))
            if len(self._group) == _ASB_SIZE:
                self.automatic = read_automatic(self._group)
                self._group = b""
        elif byte & 0x93 == 0x12:
            self.answer = byte
        elif byte & 0x93 == 0x10:
            self._group = bytes((byte,))
        elif byte & 0x93 == 0x00:
            self.marked = True


def read_automatic(group: bytes) -> Automatic:
    """What the four bytes of an automatic status say."""
    first, errors, paper, _ = group
    return Automatic(
        offline=bool(first & 0x08),
        cover_open=bool(first & 0x20),
        cutter_error=bool(errors & 0x08),
        paper_near_end=bool(paper & 0x03),
        paper_out=bool(paper & 0x0C),
    )
