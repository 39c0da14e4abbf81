"""Where a line of Chinese may end, and how a paragraph's characters fall into lines.

Rules of GB/T 15834-2011 §5.1: no closing or pausing mark begins a line, no opening mark ends one, the two
halves of —— and …… stay together. Latin words, numbers and dates are not torn apart. Where a single unit is
wider than the line, it is cut by the character.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

NO_START = frozenset("、。，．：；？！·”’》〉）】〕〗」』〞％‰℃°々～-,.;:?!)]}%>…")
"""Marks that never begin a line."""

NO_END = frozenset("“‘《〈（【〔〖「『〝([{<￥＄¥$£№")
"""Marks that never end a line."""

HANGING = frozenset("、。，．：；！？")
"""Marks that may stand beyond a line's end, where the paragraph lets them."""

_PAIRED = frozenset("—…─")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f*]+(?:[-._/:@%+'&=#~,\u2011][0-9A-Za-z\u00c0-\u024f*]+)*")
_TOLERANCE = 0.01
"""Points by which sums of widths may exceed the line through rounding."""


@dataclass(frozen=True, slots=True)
class Span:
    """One line's characters, from `start` up to and without `end`; `forced` where the author ended it."""

    start: int
    end: int
    forced: bool = False


def may_end_after(text: str) -> list[bool]:
    """For each character whether a line may end behind it."""
    allowed = [_may_part(text, index) for index in range(len(text))]
    for word in _WORD.finditer(text):
        for index in range(word.start(), word.end() - 1):
            allowed[index] = False
    return allowed


def _may_part(text: str, index: int) -> bool:
    if index + 1 >= len(text):
        return True
    here, following = text[index], text[index + 1]
    if here in NO_END or following in NO_START or following == " ":
        return False
    return not (here == following and here in _PAIRED)


def stretches_after(text: str) -> list[bool]:
    """For each character whether justified text may widen the gap behind it: not inside Latin words."""
    stretches = [True] * len(text)
    for word in _WORD.finditer(text):
        for index in range(word.start(), word.end() - 1):
            stretches[index] = False
    return stretches


Advance = Callable[[int, float, int], float]
"""Width of the character at an index that begins at `x` points from the start of a line with a number."""


def fill_lines(text: str, advance: Advance, *, widths: Sequence[float], hanging: bool = False) -> list[Span]:
    """Cut a text into lines, each as full as the rules allow.

    `widths` are the room of the first, second, … line in points; the last one holds for all that follow.
    A line feed ends its line. Spaces at a line's end take no room, nor does a mark there with `hanging`.
    """
    allowed = may_end_after(text)
    lines: list[Span] = []
    start = 0
    while start < len(text):
        number = len(lines)
        room = widths[min(number, len(widths) - 1)]
        breaks = _Breaks(text, allowed, hanging)
        lines.append(_next_line(breaks, start, partial(_on_line, advance, number), room))
        start = lines[-1].end
    return lines


def _on_line(advance: Advance, number: int, index: int, x: float) -> float:
    return advance(index, x, number)


@dataclass(frozen=True, slots=True)
class _Breaks:
    """A text with the places where its lines may end."""

    text: str
    allowed: list[bool]
    hanging: bool

    def past_the_end(self, start: int, index: int) -> Span | None:
        """The line that ends with a mark beyond its end, where that is allowed."""
        text = self.text
        if not self.hanging or index == start or text[index] not in HANGING or text[index - 1] in HANGING:
            return None
        if text[index + 1 : index + 2] == "\n":
            return Span(start, index + 2, forced=True)
        return Span(start, index + 1) if self.allowed[index] else None


def _next_line(breaks: _Breaks, start: int, advance: Callable[[int, float], float], room: float) -> Span:
    text, allowed = breaks.text, breaks.allowed
    x = 0.0
    fitting = start
    for index in range(start, len(text)):
        if text[index] == "\n":
            return Span(start, index + 1, forced=True)
        x += advance(index, x)
        if x > room + _TOLERANCE and text[index] != " ":
            hung = breaks.past_the_end(start, index)
            return hung or Span(start, fitting if fitting > start else max(index, start + 1))
        if allowed[index]:
            fitting = index + 1
    return Span(start, len(text))
