"""Figures of a month: each with numerator, denominator and the population it is taken of; never a bare percentage."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from hall.rules.case_facts import CaseFact, MonthFacts
from hall.rules.case_populations import Populations
from hall.rules.permits import Handling

Unit = Literal["count", "percent", "days", "points"]
Section = Literal["intake", "work", "timeliness", "quality", "supervision", "rating", "request"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count (`denominator` None), or a share or mean of a population, with the two numbers it is made of."""

    key: str
    section: Section
    name: str
    numerator: int
    denominator: int | None
    counted: str
    population: str
    unit: Unit

    @property
    def value(self) -> float | None:
        """The count, the share (1 is all) or the mean; None of nothing. Never rounded, never an integer division."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


Number = Callable[[MonthFacts, Populations], int]


@dataclass(frozen=True, slots=True)
class Indicator:
    """How a figure is worked out: what its numerator counts, and of which population."""

    key: str
    section: Section
    name: str
    counted: str
    numerator: Number
    population: str
    denominator: Number | None = None
    unit: Unit = "percent"

    def figure(self, month: MonthFacts, found: Populations) -> Figure:
        below = None if self.denominator is None else self.denominator(month, found)
        above = self.numerator(month, found)
        return Figure(self.key, self.section, self.name, above, below, self.counted, self.population, self.unit)


Holds = Callable[[CaseFact], bool]


def count_if(cases: Iterable[CaseFact], holds: Holds) -> int:
    """How many cases it holds for."""
    return sum(holds(case) for case in cases)


def simple_count(key: str, section: Section, name: str, numerator: Number, *, population: str) -> Indicator:
    """An indicator without a denominator."""
    return Indicator(key, section, name, name, numerator, population, unit="count")


def of_new(holds: Holds) -> Number:
    """Of the cases received in the period."""
    return lambda _, found: count_if(found.new, holds)


def of_done(holds: Holds) -> Number:
    """Of the cases decided in the period."""
    return lambda _, found: count_if(found.done, holds)


def of_kinds(handlings: tuple[Handling, ...], holds: Holds) -> Number:
    """Of the cases decided in the period, of some kinds of handling."""
    return lambda _, found: count_if(found.done_of(*handlings), holds)


def all_new(_: MonthFacts, found: Populations) -> int:
    """All received in the period."""
    return len(found.new)


def all_accepted(_: MonthFacts, found: Populations) -> int:
    """All accepted in the period."""
    return len(found.accepted)


def all_done(_: MonthFacts, found: Populations) -> int:
    """All decided in the period."""
    return len(found.done)


def all_due_work(_: MonthFacts, found: Populations) -> int:
    """All accepted cases in hand on one of the period's days."""
    return len(found.due_work)
