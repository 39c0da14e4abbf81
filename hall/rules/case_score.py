"""The monthly score of a department (月度得分), as far as orders of supervision decide it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hall.rules.case_facts import CardFact
from hall.rules.versions import Versions


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """In force from a day on: what is taken off `full` for every `blue_each` blue orders, and for each card."""

    effective_from: date
    source: str
    full: int
    blue_each: int
    blue_points: int
    yellow_points: int
    red_points: int

    def __post_init__(self) -> None:
        if self.blue_each < 1:
            raise ValueError("blue_each 至少是 1")


ScoreRules = Versions[ScoreRule]


@dataclass(frozen=True, slots=True)
class Score:
    """Points, and the orders that they were taken off for."""

    points: int
    blue: int
    yellow: int
    red: int


def score(cards: Iterable[CardFact], rule: ScoreRule) -> Score:
    """Of the orders of one department in one month; one whose plea was upheld costs nothing."""
    count = Counter(card.kind for card in cards if card.plea != "upheld")
    blue, yellow, red = count["blue"], count["yellow"], count["red"]
    off = blue // rule.blue_each * rule.blue_points + yellow * rule.yellow_points + red * rule.red_points
    return Score(max(rule.full - off, 0), blue, yellow, red)
