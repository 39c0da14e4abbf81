"""The inside of a simulated slip printer: takes ESC/POS bytes, answers, lets slips out, and can misbehave."""

from collections.abc import Callable
from dataclasses import dataclass

from hall.rules.slip_commands import CUT, SlipCommand, split_commands

_STATUS, _FEED, _MARK = b"\x10\x04", b"\x1bd", b"\x1dr"
_TEAR_OFF_LINES = 5
"""Without a cutter, a feed of this many lines ends a slip."""


@dataclass(frozen=True, slots=True)
class PrinterCondition:
    """What is wrong with the printer.

    `reads` False: it takes no bytes. `answers` False: it never reports. `powered` False: what it had in its memory is
    lost, and what comes too. `late`: each answer comes only with the next question. `babble` comes before every
    answer. `automatic`: it says by itself (ASB) how it is, before every answer.
    """

    paper_out: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter_error: bool = False
    reads: bool = True
    answers: bool = True
    plugged: bool = True
    powered: bool = True
    late: bool = False
    automatic: bool = False
    babble: bytes = b""

    @property
    def stopped(self) -> bool:
        """Whether slips wait in the printer's memory."""
        return self.paper_out or self.cover_open or self.offline or self.cutter_error


READY = PrinterCondition()


@dataclass(frozen=True, slots=True)
class PrinterModel:
    """What the printer knows to do: questions (DLE EOT) it answers, and whether it answers GS r."""

    questions: tuple[int, ...] = (1, 2, 3, 4)
    marks: bool = True


EPSON, CLONE = PrinterModel(), PrinterModel(questions=(1, 4), marks=False)


def status_byte(condition: PrinterCondition, number: int) -> int:
    """The answer to DLE EOT 1 to 4, Epson's values."""
    match number:
        case 1:
            return 0x12 | 0x08 * condition.stopped
        case 2:
            causes = 0x04 * condition.cover_open | 0x20 * condition.paper_out | 0x40 * condition.cutter_error
            return 0x12 | causes
        case 3:
            return 0x12 | 0x08 * condition.cutter_error
        case _:
            return 0x12 | 0x6C * condition.paper_out | 0x0C * condition.paper_near_end


def automatic_status(condition: PrinterCondition) -> bytes:
    """What it says by itself (ASB), Epson's values."""
    first = 0x10 | 0x08 * condition.stopped | 0x20 * condition.cover_open
    paper = 0x0F * condition.paper_out | 0x03 * condition.paper_near_end
    return bytes((first, 0x08 * condition.cutter_error, paper, 0))


class SlipMachine:
    """`let_out` gets each slip that comes out. Not for several threads at once."""

    def __init__(self, let_out: Callable[[bytes], None], *, model: PrinterModel) -> None:
        self.condition = READY
        self._let_out = let_out
        self._model = model
        self._later: tuple[int, PrinterCondition] | None = None
        self._received = b""
        self._slip = b""
        self._waiting: list[bytes] = []
        self._held_back = b""

    @property
    def room(self) -> int | None:
        """How many bytes may be taken before the condition changes; None for any number."""
        return self._later[0] if self._later else None

    def change(self, condition: PrinterCondition) -> bytes:
        """From now on it is in this condition; gives what it says to that."""
        self._later = None
        self.condition = condition
        if not condition.powered:
            self._received = self._slip = self._held_back = b""
            self._waiting.clear()
        return self._print_waiting()

    def change_after(self, size: int, condition: PrinterCondition) -> None:
        """The condition after exactly so many more bytes of slips (questions do not count)."""
        self._later = (size, condition)

    def take(self, chunk: bytes) -> bytes:
        """Take bytes in; gives what it answers."""
        if not self.condition.powered:
            return b""
        commands, rest = split_commands(self._received + chunk)
        taken = _slip_bytes(rest) - _slip_bytes(self._received)
        self._received = rest
        said = b""
        for command in commands:
            if command.name == _STATUS:
                said += self._answer(command.body[0])
                continue
            taken += len(command.raw)
            said += self._obey(command)
        if self._later:
            self._later = (max(0, self._later[0] - taken), self._later[1])
        return said + self._fall_due()

    def _obey(self, command: SlipCommand) -> bytes:
        if command.name == _MARK:
            self._waiting.append(_MARK)
        else:
            self._slip += command.raw
            if not _ends_slip(command):
                return b""
            self._waiting.append(self._slip)
            self._slip = b""
        return self._print_waiting()

    def _print_waiting(self) -> bytes:
        """What waits in the memory comes out, unless something is wrong; gives the marks that stood among it."""
        if self.condition.stopped:
            return b""
        said = b""
        for slip in self._waiting:
            if slip != _MARK:
                self._let_out(slip)
            elif self._model.marks and self.condition.answers:
                said += b"\x00"
        self._waiting.clear()
        return said

    def _fall_due(self) -> bytes:
        if self._later is None or self._later[0]:
            return b""
        return self.change(self._later[1])

    def _answer(self, number: int) -> bytes:
        if not self.condition.answers:
            return b""
        said = bytes((status_byte(self.condition, number),)) if number in self._model.questions else b""
        if self.condition.late:
            said, self._held_back = self._held_back, said
        unasked = automatic_status(self.condition) if self.condition.automatic else b""
        return self.condition.babble + unasked + said


def _slip_bytes(incomplete: bytes) -> int:
    """How much of an incomplete command counts as slip: not the beginning of a status request."""
    return 0 if incomplete.startswith(_STATUS[:1]) else len(incomplete)


def _ends_slip(command: SlipCommand) -> bool:
    return command.name == CUT or (command.name == _FEED and command.body[0] >= _TEAR_OFF_LINES)
