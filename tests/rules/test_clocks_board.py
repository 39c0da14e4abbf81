"""What boards compare: which limits govern, when a case stands still, how urgent it is."""

import pytest

from hall.rules.clocks_board import PAUSED_URGENCY, PENDING_URGENCY, BoardFigures, ClockState, board_figures


def figures(*clocks: ClockState, waiting: bool = False, closed: bool = False) -> BoardFigures:
    return board_figures(clocks, waiting=waiting, closed=closed)


def test_the_nearer_of_both_limits_is_the_urgency() -> None:
    both = figures(ClockState("statutory", "running", 120), ClockState("promised", "running", 105))
    assert both == BoardFigures("running", 120, 105, 105)


def test_before_acceptance_the_five_days_govern_and_after_the_decision_the_delivery() -> None:
    stopped = ClockState("statutory", "stopped", 120)
    assert figures(ClockState("acceptance", "running", 101)).statutory_ordinal == 101
    assert figures(stopped, ClockState("delivery", "running", 110)).statutory_ordinal == 110
    assert figures(ClockState("acceptance", "stopped", 101), ClockState("statutory", "running", 120)).urgency == 120


def test_what_a_department_has_for_its_part_of_a_joint_case_is_its_promise() -> None:
    part = figures(ClockState("statutory", "running", 120), ClockState("joint", "running", 103))
    assert part == BoardFigures("running", 120, 103, 103)


def test_clocks_of_steps_do_not_govern() -> None:
    assert figures(ClockState("step", "running", 90), ClockState("statutory", "running", 120)).urgency == 120


def test_a_case_is_paused_when_all_that_governs_it_stands_still() -> None:
    held = figures(ClockState("statutory", "paused", None), ClockState("promised", "paused", 130))
    assert held == BoardFigures("paused", None, 130, PAUSED_URGENCY)


def test_a_limit_that_runs_on_is_not_hidden_by_the_pause_of_the_other() -> None:
    half = figures(ClockState("statutory", "running", 120), ClockState("promised", "paused", None))
    assert half == BoardFigures("running", 120, None, 120)


@pytest.mark.parametrize("clocks", [(), (ClockState("statutory", "running", None),)])
def test_a_case_without_any_known_day_is_pending(clocks: tuple[ClockState, ...]) -> None:
    assert figures(*clocks) == BoardFigures("running", None, None, PENDING_URGENCY)


def test_a_case_that_waits_for_its_applicant_is_paused() -> None:
    assert figures(ClockState("supplement", "running", 99), waiting=True).standing == "paused"


def test_a_case_that_has_ended_is_on_no_board() -> None:
    ended = figures(ClockState("statutory", "running", 99), closed=True)
    assert ended == BoardFigures("stopped", None, None, PAUSED_URGENCY)
