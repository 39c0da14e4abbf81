"""The monthly ranking: only ratings that somebody gave, equal shares at equal places, too few not ranked."""

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hall.rules.service_ranking import RankingTerms, Rated, rank

TERMS = RankingTerms(date(2026, 1, 1), "样例", least_ratings=5, least_calls=3)
levels = st.tuples(*(st.integers(min_value=0, max_value=6) for _ in range(5)))
months = st.lists(levels, min_size=1, max_size=6).map(
    lambda found: [Rated(f"{place}号窗口", sum(each) + 3, each) for place, each in enumerate(found, start=1)]
)


def test_a_place_follows_from_the_share_of_those_satisfied_then_from_the_mean() -> None:
    first = Rated("1号窗口", 20, (0, 0, 0, 0, 5))
    equal = Rated("2号窗口", 20, (0, 0, 0, 0, 10))
    milder = Rated("3号窗口", 20, (0, 0, 0, 5, 5))
    worse = Rated("4号窗口", 20, (1, 0, 0, 0, 9))
    few = Rated("5号窗口", 90, (0, 0, 0, 0, 4))
    silent = Rated("6号窗口", 90, (0, 0, 0, 0, 0))
    found = rank([worse, silent, milder, few, equal, first], TERMS)
    assert [(each.rated.name, each.place, each.why_not) for each in found] == [
        ("1号窗口", 1, ""),
        ("2号窗口", 1, ""),
        ("3号窗口", 3, ""),
        ("4号窗口", 4, ""),
        ("5号窗口", None, "只有 4 个评价，不足 5 个"),
        ("6号窗口", None, "没有人评价"),
    ]


@given(months, st.integers(min_value=0, max_value=500))
def test_whoever_stays_silent_moves_nobody(month: list[Rated], silent: int) -> None:
    louder = [Rated(each.name, each.visits + silent, each.levels) for each in month]
    assert [(each.rated.name, each.place) for each in rank(month, TERMS)] == [
        (each.rated.name, each.place) for each in rank(louder, TERMS)
    ]


@given(months, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_told_is_nothing(month: list[Rated], random: Random) -> None:
    mixed = list(month)
    random.shuffle(mixed)
    assert rank(mixed, TERMS) == rank(month, TERMS)


@given(months)
def test_a_better_place_is_never_a_smaller_share(month: list[Rated]) -> None:
    placed = [each for each in rank(month, TERMS) if each.place is not None]
    shares = [each.rated.satisfied / each.rated.count for each in placed]
    assert shares == sorted(shares, reverse=True)
    assert all(each.place <= place for place, each in enumerate(placed, start=1) if each.place is not None)
