"""The monthly ranking of counters and matters: by ratings that somebody gave, by a published rule, nobody by name.

GB/T 39734-2020 4.1: rating is voluntary. Silence is no rating and moves nobody up or down; too few are not ranked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hall.rules.ratings import BAD_LEVELS


@dataclass(frozen=True, slots=True)
class RankingTerms:
    """The rule from a day on (`resources/ranking.toml`): with fewer ratings than `least_ratings` nothing is ranked.

    Whoever gave a bad rating and is known is called until reached, or `least_calls` times.
    """

    effective_from: date
    source: str
    least_ratings: int
    least_calls: int


@dataclass(frozen=True, slots=True)
class Rated:
    """A counter or a matter in a month: how many visits ended, and how many gave 1, 2, 3, 4 and 5."""

    name: str
    visits: int
    levels: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many gave a rating."""
        return sum(self.levels)

    @property
    def satisfied(self) -> int:
        """How many of them were at least 基本满意."""
        return sum(each for level, each in enumerate(self.levels, start=1) if level not in BAD_LEVELS)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Its place; None with `why_not` where it is not ranked. Equal shares have equal places (1, 1, 3)."""

    rated: Rated
    place: int | None
    why_not: str = ""


def rank(groups: Iterable[Rated], terms: RankingTerms) -> tuple[Ranked, ...]:
    """By the share of those satisfied, then by the mean level; what is not ranked stands behind, by name."""
    found = tuple(groups)
    enough = sorted((each for each in found if each.count >= terms.least_ratings), key=lambda each: each.name)
    ordered = sorted(enough, key=_standing, reverse=True)
    places: list[Ranked] = []
    for position, each in enumerate(ordered, start=1):
        equal = bool(places) and _standing(places[-1].rated) == _standing(each)
        places.append(Ranked(each, places[-1].place if equal else position))
    few = sorted((each for each in found if each.count < terms.least_ratings), key=lambda each: each.name)
    return (*places, *(Ranked(each, None, _why_not(each, terms)) for each in few))


def _standing(each: Rated) -> tuple[Fraction, Fraction]:
    total = sum(level * count for level, count in enumerate(each.levels, start=1))
    return Fraction(each.satisfied, each.count), Fraction(total, each.count)


def _why_not(each: Rated, terms: RankingTerms) -> str:
    if not each.count:
        return "没有人评价"
    return f"只有 {each.count} 个评价，不足 {terms.least_ratings} 个"
