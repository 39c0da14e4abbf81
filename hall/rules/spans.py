"""Ranges of days, first and last included: time that a period leaves out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from hall.errors import Refused

Span = tuple[date, date]

_DAY = timedelta(days=1)


class ReversedSpan(Refused):
    """A range whose last day is before its first."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"时间段{first}至{last}的起止颠倒，请核对先后")


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as ascending ranges that neither overlap nor touch. Raises ReversedSpan."""
    result: list[Span] = []
    for first, last in sorted(spans):
        if last < first:
            raise ReversedSpan(first, last)
        if result and first - result[-1][1] <= _DAY:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def contains(spans: Iterable[Span], day: date) -> bool:
    """Whether one of the ranges holds the day."""
    return any(first <= day <= last for first, last in spans)


def days_within(spans: Iterable[Span], first: date, last: date) -> int:
    """Days of merged ranges that lie in first..last."""
    return sum(max(0, (min(last, span_last) - max(first, span_first)).days + 1) for span_first, span_last in spans)


def days_outside(spans: Sequence[Span], after: date, last: date) -> Iterator[date]:
    """Each day after `after`, up to and including `last`, that no range holds; leaps over long ranges."""
    day = after
    while day < last:
        day += _DAY
        inside = next((span for span in spans if span[0] <= day <= span[1]), None)
        if inside:
            day = inside[1]
        else:
            yield day
