"""How far the estimated waiting time is from the real one, on simulated hall days, beside the usual formula.

Every ticket of a day gets an estimate when it is taken: by the product's rule, and by people ahead × mean time ÷
counters. The day goes on by the product's calling rule, with services, absences and pauses that no estimate knows.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from hall import settings
from hall.bench.hall_day import Guess, HallDay, layout
from hall.bench.measured import Measured, compared
from hall.rules.queue_policy import QueuePolicy
from hall.services.queue_policy import queue_policy

COUNTERS = range(3, 13)
KINDS = ("departments", "mixed", "shared")
DAYS_EACH = 2
MOST_OF_REFERENCE = 0.5


@dataclass(slots=True)
class _Errors:
    """Absolute errors in minutes of many estimates."""

    guesses: list[Guess]

    def line(self, case: str) -> Measured:
        """The middle of the span beside the formula; how far the wait was from the span; how often inside."""
        count = len(self.guesses)
        value = sum(abs(each.middle - each.wait) for each in self.guesses) / count
        reference = sum(abs(each.formula - each.wait) for each in self.guesses) / count
        measured = compared(
            "wait-estimate",
            case,
            value=value,
            reference=reference,
            unit="min",
            outside=round(sum(each.outside for each in self.guesses) / count, 6),
            inside=round(sum(each.outside == 0 for each in self.guesses) / count, 3),
            width=round(sum(each.high - each.low for each in self.guesses) / count, 3),
            wait=round(sum(each.wait for each in self.guesses) / count, 3),
            tickets=count,
        )
        return Measured(measured.line, good=value <= MOST_OF_REFERENCE * reference)


def measure() -> Iterator[Measured]:
    """One line per count of counters, one per kind of hall, one for all."""
    policy = queue_policy(settings.load().home)
    days = [
        (counters, kind, played(counters, kind, policy=policy, seed=100 * counters + 10 * KINDS.index(kind) + day))
        for counters in COUNTERS
        for kind in KINDS
        for day in range(DAYS_EACH)
    ]
    for counters in COUNTERS:
        yield _Errors([each for count, _, day in days if count == counters for each in day]).line(
            f"{counters} counters"
        )
    for kind in KINDS:
        yield _Errors([each for _, which, day in days if which == kind for each in day]).line(kind)
    yield _Errors([each for _, _, day in days for each in day]).line("all")


def played(counters: int, kind: str, *, policy: QueuePolicy, seed: int) -> list[Guess]:
    """All estimates of one day."""
    chance = random.Random(seed)
    return HallDay(layout(counters, kind), chance, policy).play()
