"""Separation of duties in one case."""

import pytest

from hall.rules.separation import APART, Apart, SamePerson, check_separation


@pytest.mark.parametrize("apart", APART, ids=lambda each: f"{each.first}-{each.second}")
def test_what_is_kept_apart_is_refused_in_either_order(apart: Apart) -> None:
    for act, before in ((apart.first, apart.second), (apart.second, apart.first)):
        with pytest.raises(SamePerson, match="另一位"):
            check_separation(act, 7, done={before: frozenset({7})})
        check_separation(act, 7, done={before: frozenset({8})})


def test_an_act_that_nothing_is_apart_from_is_free() -> None:
    check_separation("serve", 7, done={"decide": frozenset({7}), "accept": frozenset({7})})


def test_the_refusal_names_both_acts_and_the_reason() -> None:
    with pytest.raises(SamePerson, match="已经受理，不能再作出决定：受理与审批相分离"):
        check_separation("decide", 7, done={"accept": frozenset({7})})
