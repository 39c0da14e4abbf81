"""What somebody is told at the kiosk of his request: every state in words, days while it runs."""

from datetime import date
from typing import get_args

import pytest

from hall.rules.request_progress import RequestProgressFacts, told_of_request
from hall.rules.requests import OPEN, RequestState

TODAY = date(2026, 12, 3)


@pytest.mark.parametrize("state", get_args(RequestState))
def test_every_state_has_its_words_and_days_only_while_it_runs(state: RequestState) -> None:
    told = told_of_request(RequestProgressFacts(state, TODAY, promised_by=TODAY, finish_by=date(2027, 1, 22)))
    assert told.headline
    assert told.words
    assert bool(told.dues) == (state in OPEN)
    assert bool(told.where) == (state in {"closed", "refused", "redirected"})


def test_a_unit_is_named_while_it_works_and_a_passed_day_says_whom_to_ask() -> None:
    told = told_of_request(RequestProgressFacts("dispatched", TODAY, unit="向阳中队", promised_by=date(2026, 12, 2)))
    assert told.words == "向阳中队正在查明情况、依法处理。"
    assert told.dues == (("承诺答复", "2026年12月2日（已超过，可以请导办台催办）"),)
    assert told_of_request(RequestProgressFacts("dispatched", TODAY)).words.startswith("承办单位")


def test_a_consultation_has_no_paper_to_collect() -> None:
    assert told_of_request(RequestProgressFacts("closed", TODAY, consultation=True)).where == ""
