"""What a benchmark says: one JSON line per measurement, and whether it is as it must be."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of output; `good` is False where a promise is broken (exit status 1)."""

    line: Mapping[str, object]
    good: bool = True


def compared(bench: str, case: str, *, value: float, reference: float, unit: str, **more: object) -> Measured:
    """A figure beside what it is compared with, measured in the same run in the same unit."""
    ratio = value / reference
    line = {"bench": bench, "case": case, "value": value, "unit": unit, "reference": reference, "ratio": ratio}
    rounded = {key: round(each, 6) if isinstance(each, float) else each for key, each in line.items()}
    return Measured({**rounded, **more})
