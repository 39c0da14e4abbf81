"""The monthly score: points off for orders, none for one whose plea was upheld, never under zero."""

from datetime import date

import pytest

from hall.rules.case_facts import CardFact, CardKind
from hall.rules.case_score import Score, ScoreRule, score

RULE = ScoreRule(date(2026, 1, 1), "测试", full=100, blue_each=3, blue_points=3, yellow_points=5, red_points=10)
DAY = date(2026, 11, 5)


def cards(**counts: int) -> list[CardFact]:
    kinds: dict[str, CardKind] = {"blue": "blue", "yellow": "yellow", "red": "red"}
    return [CardFact(kinds[kind], DAY) for kind, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("orders", "points"),
    [
        (cards(), 100),
        (cards(blue=2), 100),
        (cards(blue=3), 97),
        (cards(blue=7), 94),
        (cards(yellow=2), 90),
        (cards(red=1), 90),
        (cards(blue=3, yellow=1, red=1), 82),
        (cards(red=11), 0),
    ],
)
def test_points_are_taken_off_for_orders_and_end_at_zero(orders: list[CardFact], points: int) -> None:
    assert score(orders, RULE).points == points


def test_an_order_whose_plea_was_upheld_costs_nothing() -> None:
    orders = [CardFact("red", DAY, plea="upheld"), CardFact("yellow", DAY, plea="rejected")]
    assert score(orders, RULE) == Score(95, blue=0, yellow=1, red=0)


def test_a_rule_that_divides_by_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="blue_each"):
        ScoreRule(date(2026, 1, 1), "测试", full=100, blue_each=0, blue_points=3, yellow_points=5, red_points=10)
