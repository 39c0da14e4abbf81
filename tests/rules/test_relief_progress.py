"""What somebody is told at the kiosk of an application for relief: every state, the days it is shown, no amount."""

from datetime import date
from typing import get_args

import pytest

from hall.rules.relief_cases import ReliefState
from hall.rules.relief_progress import told_of_relief

TODAY = date(2026, 12, 3)


@pytest.mark.parametrize("state", get_args(ReliefState))
def test_every_state_has_its_words_and_only_what_is_shown_a_day(state: ReliefState) -> None:
    told = told_of_relief(state, today=TODAY, shown_until=TODAY)
    assert told.headline
    assert told.words.endswith("。")
    assert bool(told.dues) == (state == "shown")
    assert bool(told.where) == (state == "refused")
    assert bool(told.next_steps) == (state not in {"refused", "withdrawn"})


def test_the_last_day_of_being_shown_is_told_and_the_day_after_it_waits_to_be_given() -> None:
    told = told_of_relief("shown", today=TODAY, shown_until=TODAY)
    assert (told.headline, told.dues) == ("正在公示", (("公示期", "到2026年12月3日"),))
    over = told_of_relief("shown", today=date(2026, 12, 4), shown_until=TODAY)
    assert (over.headline, over.where) == ("公示期满，等待发放", "请带身份证件，取号到窗口领取。")


def test_without_a_last_day_none_is_told() -> None:
    assert told_of_relief("shown", today=TODAY, shown_until=None).dues == ()
