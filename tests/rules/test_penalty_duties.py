"""Nobody has two duties in one penalty case, whatever roles the account holds."""

from typing import get_args

import pytest

from hall.rules.penalty_duties import Duty, DutyConflict, NotTheOfficer, OwnInterest, check_duty
from hall.words import PENALTY_DUTIES

DUTIES: tuple[Duty, ...] = get_args(Duty)


def test_every_duty_has_its_word() -> None:
    assert set(PENALTY_DUTIES) == set(DUTIES)


@pytest.mark.parametrize("held", DUTIES)
@pytest.mark.parametrize("wanted", DUTIES)
def test_one_account_keeps_the_duty_it_has_and_takes_no_other(held: Duty, wanted: Duty) -> None:
    if held == wanted:
        assert not check_duty(7, wanted, held={7: held}, conflicted=False, officers=frozenset())
        return
    with pytest.raises(DutyConflict, match=f"负责{PENALTY_DUTIES[held]}，不能再负责{PENALTY_DUTIES[wanted]}"):
        check_duty(7, wanted, held={7: held}, conflicted=False, officers=frozenset())


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_may_have_several_hands(duty: Duty) -> None:
    assert check_duty(8, duty, held={7: duty}, conflicted=False, officers=frozenset())
    assert check_duty(8, duty, held={}, conflicted=False, officers=frozenset())


def test_whoever_has_an_interest_in_the_party_takes_no_duty() -> None:
    with pytest.raises(OwnInterest, match="回避"):
        check_duty(7, "intake", held={7: "intake"}, conflicted=True, officers=frozenset())


def test_only_the_officers_of_a_case_investigate_it() -> None:
    assert check_duty(7, "investigate", held={}, conflicted=False, officers={7, 8})
    with pytest.raises(NotTheOfficer, match="不是本案的执法人员"):
        check_duty(9, "investigate", held={}, conflicted=False, officers={7, 8})


@pytest.mark.parametrize("duty", [duty for duty in DUTIES if duty != "investigate"])
def test_everything_else_is_done_by_others(duty: Duty) -> None:
    assert check_duty(9, duty, held={}, conflicted=False, officers={7, 8})


def test_where_no_officer_signs_in_any_investigator_acts() -> None:
    assert check_duty(9, "investigate", held={}, conflicted=False, officers=frozenset())
