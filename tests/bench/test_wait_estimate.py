"""The simulated day and its judge: the same day again, nobody lost, errors as defined."""

from pathlib import Path

import pytest

from hall.bench.hall_day import DEPARTMENTS, Guess, layout
from hall.bench.wait_estimate import KINDS, judge, played
from hall.services.queue_policy import queue_policy


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("counters", [3, 5, 12])
def test_every_hall_serves_every_matter(counters: int, kind: str) -> None:
    places = layout(counters, kind)
    assert [place.number for place in places] == list(range(1, counters + 1))
    assert all(any(place.serves(matter) for place in places) for matter in range(2 * len(DEPARTMENTS)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_is_the_same_for_the_same_seed_and_another_for_another(tmp_path: Path, kind: str) -> None:
    policy = queue_policy(tmp_path)
    day = played(3, kind, policy=policy, seed=1)
    assert day == played(3, kind, policy=policy, seed=1)
    assert day != played(3, kind, policy=policy, seed=2)
    assert len(day) > 60
    assert all(each.wait >= 0 and 0 <= each.low < each.high and each.formula >= 0 for each in day)
    assert max(each.wait for each in day) > 10  # it has peaks


def test_the_span_of_a_day_in_departments_errs_less_than_half_of_the_formula(tmp_path: Path) -> None:
    policy = queue_policy(tmp_path)
    measured = judge("departments", played(5, "departments", policy=policy, seed=520))
    assert measured.good
    assert measured.line["ratio"] <= 0.5  # type: ignore[operator]  # a figure of the line


def test_errors_are_those_of_the_span_of_its_middle_and_of_the_formula() -> None:
    inside, early, late = (Guess(10, 20, formula=30.0, wait=wait) for wait in (12.0, 6.0, 26.0))
    assert [each.outside for each in (inside, early, late)] == [0, 4, 6]
    assert [each.formula_outside for each in (inside, early, late)] == [13, 19, 0]
    line = judge("case", [inside, early, late]).line
    assert line["value"] == pytest.approx(10 / 3, abs=1e-6)
    assert line["middle"] == pytest.approx(23 / 3, abs=1e-6)
    assert line["reference"] == pytest.approx(46 / 3, abs=1e-6)
    assert line["same_width_ratio"] == pytest.approx(10 / 32, abs=1e-6)
    assert (line["inside"], line["width"], line["tickets"]) == (0.333, 10, 3)


def test_a_span_that_errs_more_than_half_of_the_formula_breaks_the_promise() -> None:
    assert not judge("case", [Guess(10, 11, formula=14.0, wait=20.0)]).good
