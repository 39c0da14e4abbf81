"""The list of powers and duties (权责清单): lines with dated versions, and what changed between two days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PowerKind = Literal[
    "licence",
    "penalty",
    "compulsion",
    "inspection",
    "payment",
    "ruling",
    "confirmation",
    "reward",
    "levy",
    "other",
]
PowerChange = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerLine:
    """A line of the list from one day on; `removed`: from that day on it is off the list. `basis`: law and article."""

    code: str
    name: str
    kind: PowerKind
    basis: str
    duty: str
    liability: str = ""
    unit: str = ""
    matter_code: str = ""
    violation_code: str = ""
    valid_from: date
    source: str
    removed: bool = False
    line: int = field(default=0, compare=False)
    """Where it stands in its file."""


@dataclass(frozen=True, slots=True)
class PowerDifference:
    """What became of one line between two days; `before` or `after` is None where it was not on the list."""

    change: PowerChange
    before: PowerLine | None
    after: PowerLine | None

    @property
    def line(self) -> PowerLine:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None
        return found


def in_force(versions: Sequence[PowerLine], on: date) -> PowerLine | None:
    """Of the versions of one code: the one of a day; None before the first, or where it was taken off."""
    begun = [each for each in versions if each.valid_from <= on]
    newest = max(begun, key=lambda each: each.valid_from, default=None)
    return None if newest is None or newest.removed else newest


def differences(versions: Mapping[str, Sequence[PowerLine]], *, before: date, after: date) -> list[PowerDifference]:
    """What changed on the list from one day to another, by code (动态调整要公布)."""
    return [found for code in sorted(versions) for found in _difference(versions[code], before, after)]


def _difference(versions: Sequence[PowerLine], before: date, after: date) -> Iterable[PowerDifference]:
    old, new = in_force(versions, before), in_force(versions, after)
    if old is None and new is not None:
        yield PowerDifference("added", None, new)
    elif old is not None and new is None:
        yield PowerDifference("removed", old, None)
    elif old != new:
        yield PowerDifference("changed", old, new)
