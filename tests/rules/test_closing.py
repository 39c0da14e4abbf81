"""Ends of a case without a decision: the limb, and the day that has to have passed."""

from datetime import date

import pytest

from hall.rules.closing import ClosingRule, EndLimb, NoSuchEnd, StillTime, check_termination

DEATH, SILENT = EndLimb("death", "申请人死亡", ""), EndLimb("supplement", "没有补正", "supplement")
RULE = ClosingRule(date(2026, 1, 1), "测试", (DEATH, SILENT))
DAY = date(2026, 11, 23)


def test_limbs_are_found_by_their_code() -> None:
    assert RULE.limb("death") is DEATH
    with pytest.raises(NoSuchEnd, match="boredom"):
        RULE.limb("boredom")


def test_a_fact_outside_the_records_needs_no_day() -> None:
    check_termination(DEATH, last_days=(), today=DAY)


def test_silence_ends_a_case_only_after_its_day() -> None:
    check_termination(SILENT, last_days=(date(2026, 11, 22),), today=DAY)
    with pytest.raises(StillTime, match="2026-11-23"):
        check_termination(SILENT, last_days=(date(2026, 11, 2), DAY), today=DAY)


@pytest.mark.parametrize("last_days", [(), (None,), (None, date(2026, 11, 2))])
def test_without_a_day_that_passed_nothing_ends(last_days: tuple[date | None, ...]) -> None:
    with pytest.raises(StillTime):
        check_termination(SILENT, last_days=last_days, today=DAY)


@pytest.mark.parametrize(("code", "words", "needs"), [("", "x", ""), ("x", "", ""), ("x", "y", "mood")])
def test_a_limb_that_cannot_be_is_refused(code: str, words: str, needs: str) -> None:
    with pytest.raises(ValueError, match="写得不全"):
        EndLimb(code, words, needs)  # type: ignore[arg-type]  # on purpose
