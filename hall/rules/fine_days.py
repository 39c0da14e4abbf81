"""What was added to a fine, day by day: each counted day with its sum, and the ranges that did not count and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hall.rules.fines import Entry, Stretch, known, position, replayed
from hall.rules.penalty_terms import PenaltyTerms
from hall.rules.surcharge import SurchargeTerms

CAPPED = "capped"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A counted day, or a range that added nothing and why (`reason`, a key of words.FINE_PAUSES; else empty).

    `base_fen`: what was overdue; `added_fen`: by how much it grew; `total_fen`: what was added in all by then.
    """

    first: date
    last: date
    base_fen: int
    added_fen: int
    total_fen: int
    reason: str


def day_by_day(
    entries: Iterable[Entry], *, on: date, terms: PenaltyTerms, surcharge: SurchargeTerms
) -> tuple[DayLine, ...]:
    """Every day since the fine was overdue, up to `on`: the last line's total is `position(…).added_fen`."""
    held = known(entries, on)
    now = position(held, on=on, terms=terms, surcharge=surcharge)
    if now is None:
        return ()
    most = now.added_fen if now.capped else None
    lines: list[DayLine] = []
    total = 0
    for stretch in now.stretches:
        for line in _lines(stretch, held, total, most, on=on, terms=terms, surcharge=surcharge):
            lines.append(line)
            total = line.total_fen
    return tuple(lines)


def _lines(
    stretch: Stretch,
    held: Sequence[Entry],
    total: int,
    most: int | None,
    *,
    on: date,
    terms: PenaltyTerms,
    surcharge: SurchargeTerms,
) -> Iterator[DayLine]:
    if stretch.reason:
        yield DayLine(stretch.first, stretch.last, stretch.base_fen, 0, total, stretch.reason)
        return
    day = stretch.first
    while day <= stretch.last:
        if total == most:
            yield DayLine(day, stretch.last, stretch.base_fen, 0, total, CAPPED)
            return
        paid_on = day if surcharge.payment_day_counts else day + _DAY
        played = replayed(held, on=on, until=paid_on, terms=terms, surcharge=surcharge)
        sum_ = played.added() if played else total
        yield DayLine(day, day, stretch.base_fen, sum_ - total, sum_, "")
        total = sum_
        day += _DAY
