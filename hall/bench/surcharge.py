"""A hundred thousand fines valued for today by the rule that services use, beside bare arithmetic on the same numbers.

Fines with pauses are compared with a loop that knows nothing but due day, amount and ranges, and on a sample with
`rules.surcharge`, which counts one fine alone; then the same number with payments and instalments among them.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from hall.bench.measured import Measured, compared
from hall.errors import Unavailable
from hall.rules.fine_entries import Growth
from hall.rules.fine_values import Value, values
from hall.rules.fines import DEFERRAL, Entry, Part
from hall.rules.money import yuan
from hall.rules.spans import Span
from hall.rules.surcharge import surcharge
from hall.services.calendar import shipped_limits
from hall.services.fines import SURCHARGE
from hall.services.penalty_terms import penalty_terms

MANY = 100_000
ALONE = 2_000
ASKED_S = 1.0
ROUNDS = 3
TODAY = date(2026, 11, 23)
SINCE = date(2025, 1, 1)

_DAY = timedelta(days=1)

Ledger = tuple[Entry, ...]
Bare = tuple[int, int, tuple[tuple[int, int], ...]]
"""Due day and amount, and the first and last day of each pause: what arithmetic needs, as plain numbers."""


class Differs(Unavailable):
    """Both ways must say the same."""

    def __init__(self, due: date, fen: int) -> None:
        super().__init__(f"{due}到期的罚款{yuan(fen)}元，两种算法结果不同，请先查明原因。")


def measure() -> Iterator[Measured]:
    """Fines with pauses, one of them alone, and fines of every kind."""
    yield from valued(many=MANY, alone=ALONE)


def valued(*, many: int, alone: int) -> Iterator[Measured]:
    """So many at once, so many one by one; raises Differs."""
    growth = Growth(penalty_terms(Path(), TODAY), shipped_limits().surcharge(SURCHARGE, TODAY))
    draw = random.Random(42)
    ledgers = [_paused(draw) for _ in range(many)]
    bare = [_numbers(ledger) for ledger in ledgers]
    check_same(ledgers, _values(ledgers, growth), _arithmetic(bare))
    check_same(ledgers[:alone], _values(ledgers[:alone], growth), _one_by_one(ledgers[:alone], growth))
    took = _best(lambda: _values(ledgers, growth))
    reference = _best(lambda: _arithmetic(bare))
    yield _asked(compared("surcharge", "pauses", value=took, reference=reference, unit="s", asked=ASKED_S, count=many))
    alone_took = _best(lambda: _one_by_one(ledgers[:alone], growth)) / alone * 1e6
    yield compared("surcharge", "one alone", value=took / many * 1e6, reference=alone_took, unit="µs", count=alone)
    mixed = [_mixed(draw) for _ in range(many)]
    took = _best(lambda: _values(mixed, growth))
    yield compared("surcharge", "payments and plans", value=took, reference=reference, unit="s", count=many)


def check_same(ledgers: Sequence[Ledger], found: Sequence[Value], others: Sequence[int]) -> None:
    """Raise Differs where the other way adds anything else."""
    for ledger, value, other in zip(ledgers, found, others, strict=True):
        if value.added_left_fen != other:
            raise Differs(ledger[0].day, ledger[0].fen)


def _values(ledgers: Sequence[Ledger], growth: Growth) -> list[Value]:
    return values(ledgers, on=TODAY, terms=growth.terms, surcharge=growth.surcharge)


def _arithmetic(fines: Sequence[Bare]) -> list[int]:
    """3 % a day, half up, the fine at most; the day of payment counts: as law and the shipped terms say today."""
    today = TODAY.toordinal()
    sums: list[int] = []
    for due, fen, pauses in fines:
        days = max(today - due, 0)
        for first, last in pauses:
            days -= max(0, min(last, today) - max(first, due + 1) + 1)
        sums.append(min((fen * days * 6 + 100) // 200, fen))
    return sums


def _one_by_one(ledgers: Sequence[Ledger], growth: Growth) -> list[int]:
    return [
        int(
            surcharge(
                yuan(ledger[0].fen), ledger[0].day, paid_on=TODAY, paused=_spans(ledger), terms=growth.surcharge
            ).amount
            * 100
        )
        for ledger in ledgers
    ]


def _spans(ledger: Ledger) -> list[Span]:
    rest = ledger[1:]
    return [(begin.day, end.day - _DAY) for begin, end in zip(rest[::2], rest[1::2], strict=True)]


def _numbers(ledger: Ledger) -> Bare:
    spans = tuple((first.toordinal(), last.toordinal()) for first, last in _spans(ledger))
    return ledger[0].day.toordinal(), ledger[0].fen, spans


def _paused(draw: random.Random) -> Ledger:
    """A fine with one to three reviews or lawsuits, each over before the next."""
    due = SINCE + draw.randrange((TODAY - SINCE).days) * _DAY
    entries = [Entry(1, "impose", due, draw.randrange(5_000, 5_000_000, 100))]
    day = due
    for _ in range(draw.randint(1, 3)):
        cause = draw.choice(("review", "litigation"))
        day += draw.randint(1, 20) * _DAY
        entries.append(Entry(len(entries) + 1, "pause", day, cause=cause))
        day += draw.randint(1, 60) * _DAY
        entries.append(Entry(len(entries) + 1, "resume", day, cause=cause))
    return tuple(entries)


def _mixed(draw: random.Random) -> Ledger:
    """A fine with pauses; of three one is paid in part, of ten one is paid in instalments."""
    entries = list(_paused(draw))
    due, fen = entries[0].day, entries[0].fen
    if draw.random() < 1 / 3:
        entries.append(Entry(len(entries) + 1, "pay", entries[-1].day + 5 * _DAY, fen // 3, cause="bank"))
    elif draw.random() < 1 / 10:
        half = fen // 2
        parts = Part(due + 30 * _DAY, half), Part(due + 60 * _DAY, fen - half)
        plan = Entry(len(entries) + 1, "plan", entries[-1].day + _DAY, fen, cause=DEFERRAL, parts=parts)
        entries += [plan, Entry(len(entries) + 2, "pay", plan.day + 30 * _DAY, half, cause="bank")]
    return tuple(entries)


def _asked(measured: Measured) -> Measured:
    took = measured.line["value"]
    return Measured(measured.line, good=isinstance(took, float) and took < ASKED_S)


def _best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of a few rounds: what else the computer does is nobody's."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)
