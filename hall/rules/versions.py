"""Dated versions of a parameter: the one whose day has come last is in force."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What has a first day."""

    @property
    def effective_from(self) -> date: ...


T = TypeVar("T", bound=Dated)


@dataclass(frozen=True, slots=True)
class Versions(Generic[T]):
    """All versions, the oldest first, one a day."""

    rows: tuple[T, ...]

    def __post_init__(self) -> None:
        days = [row.effective_from for row in self.rows]
        if not days or days != sorted(set(days)):
            raise ValueError("各版本应按 effective_from 由早到晚排列，一天只有一个版本")

    def in_force(self, day: date) -> T:
        """The version of a day; for a day before all of them the oldest."""
        begun = [row for row in self.rows if row.effective_from <= day]
        return begun[-1] if begun else self.rows[0]
