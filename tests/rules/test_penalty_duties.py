"""Nobody has two duties in one penalty case, whatever roles the account holds."""

from typing import get_args

import pytest

from hall.rules.penalty_duties import Duty, DutyConflict, OwnInterest, check_duty
from hall.words import PENALTY_DUTIES

DUTIES: tuple[Duty, ...] = get_args(Duty)


def test_every_duty_has_its_word() -> None:
    assert set(PENALTY_DUTIES) == set(DUTIES)


@pytest.mark.parametrize("held", DUTIES)
@pytest.mark.parametrize("wanted", DUTIES)
def test_one_account_keeps_the_duty_it_has_and_takes_no_other(held: Duty, wanted: Duty) -> None:
    if held == wanted:
        assert not check_duty(7, wanted, held={7: held}, conflicted=False)
        return
    with pytest.raises(DutyConflict, match=f"负责{PENALTY_DUTIES[held]}，不能再负责{PENALTY_DUTIES[wanted]}"):
        check_duty(7, wanted, held={7: held}, conflicted=False)


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_may_have_several_hands(duty: Duty) -> None:
    assert check_duty(8, duty, held={7: duty}, conflicted=False)
    assert check_duty(8, duty, held={}, conflicted=False)


def test_whoever_has_an_interest_in_the_party_takes_no_duty() -> None:
    with pytest.raises(OwnInterest, match="回避"):
        check_duty(7, "intake", held={7: "intake"}, conflicted=True)
