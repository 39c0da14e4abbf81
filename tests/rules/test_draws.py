"""A draw follows from the published lists and the seed alone, and treats nobody better than another."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.draws import Drawn, NothingToDraw, TwiceInTheDraw, digest, draw, order, rank

numbers = st.lists(st.text("ABC123〔〕", min_size=1, max_size=6), min_size=1, max_size=12, unique=True)


@given(numbers, numbers, st.text(max_size=10))
def test_a_draw_replays_and_loses_nobody(entrants: list[str], prizes: list[str], seed: str) -> None:
    drawn = draw(entrants, prizes, seed=seed)
    assert drawn == draw(tuple(entrants), tuple(prizes), seed=f" {seed} ")
    assert sorted([each for each, _ in drawn.won] + list(drawn.waiting)) == sorted(entrants)
    assert [prize for _, prize in drawn.won] == prizes[: len(entrants)]


def test_the_order_can_be_checked_with_sha256sum() -> None:
    frozen = digest(["摊1", "摊2"], ["3号"])
    assert frozen == hashlib.sha256("摊1\n摊2\n\n3号".encode()).hexdigest()
    by_hand = sorted(["摊1", "摊2"], key=lambda each: hashlib.sha256(f"{frozen}\n4 2 6\n{each}".encode()).hexdigest())
    assert draw(["摊1", "摊2"], ["3号"], seed="4 2 6") == Drawn(((by_hand[0], "3号"),), (by_hand[1],))
    assert order(["摊1", "摊2"], seed="4 2 6", frozen=frozen) == tuple(by_hand)
    assert rank(by_hand[0], seed="4 2 6", frozen=frozen) < rank(by_hand[1], seed="4 2 6", frozen=frozen)


def test_everybody_wins_about_as_often() -> None:
    entrants = [f"申{number}" for number in range(8)]
    wins = dict.fromkeys(entrants, 0)
    for seed in range(2000):
        wins[draw(entrants, ["1号", "2号"], seed=str(seed)).won[0][0]] += 1
    assert all(180 < count < 330 for count in wins.values()), wins


def test_a_list_with_somebody_twice_or_nobody_is_refused() -> None:
    with pytest.raises(TwiceInTheDraw, match="申1"):
        draw(["申1", "申2", "申1"], ["1号"], seed="1")
    with pytest.raises(TwiceInTheDraw):
        digest(["申1"], ["1号", "1号"])
    for entrants, prizes in (([], ["1号"]), (["申1"], [])):
        with pytest.raises(NothingToDraw):
            digest(entrants, prizes)
