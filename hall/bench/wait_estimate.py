"""How far the estimated waiting time is from the real one, on simulated hall days, beside the usual formula.

Every ticket of a day gets an estimate when it is taken: by the product's rule, and by people ahead × mean time ÷
counters. The day goes on by the product's calling rule, with services, absences and pauses that no estimate knows.

Two errors are told. `value` is that of the span, what people are told: 0 for a wait inside it, else the distance to
its nearer end. `middle` is how far the wait was from the middle of the span, as if one figure had been told; `inside`
and `width` say what the span costs. `reference` is the formula's error, one figure; `same_width_ratio` compares the
span with the formula told as a span of the same width.
"""

from collections.abc import Iterator
from random import Random
from statistics import fmean

from hall import settings
from hall.bench.hall_day import Guess, HallDay, layout
from hall.bench.measured import Measured, compared
from hall.rules.queue_policy import QueuePolicy
from hall.services.queue_policy import queue_policy

COUNTERS = range(3, 13)
KINDS = ("departments", "mixed", "shared")
DAYS_EACH = 2
# What of the formula's error the span's may be at most.
MOST_OF_REFERENCE = 0.5


def measure() -> Iterator[Measured]:
    """One line per number of counters, one per kind of hall, one for all."""
    policy = queue_policy(settings.load().home)
    by_kind: dict[str, list[Guess]] = {kind: [] for kind in KINDS}
    for counters in COUNTERS:
        found: list[Guess] = []
        for number, kind in enumerate(KINDS):
            for day in range(DAYS_EACH):
                guesses = played(counters, kind, policy=policy, seed=100 * counters + 10 * number + day)
                by_kind[kind] += guesses
                found += guesses
        yield judge(f"{counters} counters", found)
    for kind, found in by_kind.items():
        yield judge(kind, found)
    yield judge("all", [guess for found in by_kind.values() for guess in found])


def played(counters: int, kind: str, *, policy: QueuePolicy, seed: int) -> list[Guess]:
    """All estimates of one day; the same for the same seed."""
    return HallDay(layout(counters, kind), Random(seed), policy).play()


def judge(case: str, guesses: list[Guess]) -> Measured:
    """The mean absolute errors in minutes, beside the formula's."""
    reference = fmean(abs(each.formula - each.wait) for each in guesses)
    middle = fmean(abs(each.middle - each.wait) for each in guesses)
    span = fmean(each.outside for each in guesses)
    line = compared(
        "wait-estimate",
        case,
        value=span,
        reference=reference,
        unit="min",
        middle=round(middle, 6),
        middle_ratio=round(middle / reference, 6),
        same_width_ratio=round(span / fmean(each.formula_outside for each in guesses), 6),
        inside=round(fmean(each.outside == 0 for each in guesses), 3),
        width=round(fmean(each.high - each.low for each in guesses), 3),
        wait=round(fmean(each.wait for each in guesses), 3),
        tickets=len(guesses),
    ).line
    return Measured(line, good=span <= MOST_OF_REFERENCE * reference)
