"""What must come first before a stall is taken away."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from hall.rules.stall_withdrawals import WithdrawalAct, WithdrawalFacts, why_not

TOLD = WithdrawalFacts(told_on=date(2026, 11, 23), answer_by=date(2026, 11, 30))
ASKED = replace(TOLD, hearing_asked_on=date(2026, 11, 25))
SET = replace(ASKED, hearing_on=date(2026, 12, 8))
IN_TIME, LATE = date(2026, 11, 30), date(2026, 12, 9)


@pytest.mark.parametrize("act", [act for act in get_args(WithdrawalAct) if act != "tell"])
def test_nothing_comes_before_the_holder_was_told(act: WithdrawalAct) -> None:
    assert "书面告知" in why_not(act, WithdrawalFacts(), IN_TIME)[0]


@pytest.mark.parametrize("act", get_args(WithdrawalAct))
def test_nothing_comes_after_the_decision(act: WithdrawalAct) -> None:
    assert why_not(act, replace(TOLD, decided_on=LATE), LATE) == ("这件收回已经作出决定。",)


@pytest.mark.parametrize(
    ("act", "facts", "today", "said"),
    [
        ("tell", WithdrawalFacts(), IN_TIME, ""),
        ("tell", TOLD, IN_TIME, "不重复告知"),
        ("state", TOLD, LATE, ""),
        ("ask_hearing", TOLD, IN_TIME, ""),
        ("ask_hearing", TOLD, LATE, "已经过了"),
        ("ask_hearing", replace(TOLD, answer_by=None), LATE, ""),
        ("ask_hearing", ASKED, IN_TIME, "登记过"),
        ("notice_hearing", ASKED, IN_TIME, ""),
        ("notice_hearing", TOLD, IN_TIME, "没有要举行"),
        ("hear", TOLD, IN_TIME, "没有要举行"),
        ("hear", ASKED, IN_TIME, "还没有通知"),
        ("hear", SET, IN_TIME, "2026-12-08"),
        ("hear", SET, LATE, ""),
        ("decide", TOLD, IN_TIME, "期满以后"),
        ("decide", TOLD, LATE, ""),
        ("decide", SET, LATE, "还没有举行"),
        ("decide", replace(SET, heard=True), IN_TIME, ""),
        ("decide", replace(TOLD, answer_by=None), LATE, "放假安排"),
    ],
)
def test_each_act_waits_for_what_protects_the_holder(
    act: WithdrawalAct, facts: WithdrawalFacts, today: date, said: str
) -> None:
    why = "".join(why_not(act, facts, today))
    assert said in why
    assert bool(why) == bool(said)
