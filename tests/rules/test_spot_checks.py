"""Spot checks: how one stands, and who may do what with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.spot_checks import (
    BadSpotCheck,
    CannotOnCheck,
    CheckAct,
    CheckerVerifies,
    CheckerVoids,
    CheckFacts,
    NotTheChecked,
    OwnCheck,
    acts_for,
    faults_of,
    require_act,
    state_of,
)

TODAY = date(2026, 11, 23)
CHECKED, CHECKER, OTHER = 1, 2, 3
OPEN = CheckFacts(CHECKED, CHECKER, met=False, correct_by=TODAY, corrected_on=None, verified_on=None)
CORRECTED = replace(OPEN, corrected_on=TODAY)
DONE = replace(CORRECTED, verified_on=TODAY)
MET = replace(OPEN, met=True, correct_by=None)
VOIDED = replace(OPEN, voided=True)


def test_a_fault_is_late_from_the_day_after_its_day_on() -> None:
    assert state_of(OPEN, today=TODAY) == "to_correct"
    assert state_of(OPEN, today=TODAY + timedelta(days=1)) == "late"
    assert state_of(CORRECTED, today=TODAY + timedelta(days=9)) == "corrected"
    assert state_of(DONE, today=TODAY) == "verified"
    assert state_of(MET, today=TODAY) == "met"
    assert state_of(VOIDED, today=TODAY + timedelta(days=1)) == "voided"


@pytest.mark.parametrize(
    ("facts", "account", "acts"),
    [
        (OPEN, CHECKED, ("correct", "state")),
        (OPEN, CHECKER, ()),
        (OPEN, OTHER, ("void",)),
        (CORRECTED, CHECKED, ("state",)),
        (CORRECTED, CHECKER, ()),
        (CORRECTED, OTHER, ("verify", "void")),
        (DONE, CHECKED, ()),
        (DONE, OTHER, ("void",)),
        (MET, CHECKED, ("state",)),
        (MET, OTHER, ("void",)),
        (VOIDED, CHECKED, ()),
        (VOIDED, OTHER, ()),
    ],
)
def test_each_does_his_part_and_no_other(facts: CheckFacts, account: int, acts: tuple[str, ...]) -> None:
    assert acts_for(facts, account_id=account, today=TODAY) == acts


@pytest.mark.parametrize(
    ("act", "facts", "account", "refusal", "words"),
    [
        ("verify", CORRECTED, CHECKED, OwnCheck, "不能抽查或者核验自己的工作"),
        ("verify", CORRECTED, CHECKER, CheckerVerifies, "请由另一位负责人核验"),
        ("verify", OPEN, OTHER, CannotOnCheck, "还没有登记整改"),
        ("correct", OPEN, OTHER, NotTheChecked, "抽查的对象是李四"),
        ("correct", MET, CHECKED, CannotOnCheck, "没有等待整改的问题"),
        ("state", DONE, CHECKED, CannotOnCheck, "请向大厅主任反映"),
        ("void", OPEN, CHECKED, OwnCheck, "不能作废对自己的抽查"),
        ("void", OPEN, CHECKER, CheckerVoids, "由另一位有权限的人员作废"),
        ("void", VOIDED, OTHER, CannotOnCheck, "已经作废"),
        ("correct", VOIDED, CHECKED, CannotOnCheck, "已经作废"),
    ],
)
def test_who_does_not_do_it_is_told_who_does(
    act: CheckAct, facts: CheckFacts, account: int, refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        require_act(act, facts, account_id=account, name="李四", today=TODAY)


@given(
    st.builds(
        CheckFacts,
        about=st.integers(1, 3),
        checked_by=st.integers(1, 3),
        met=st.booleans(),
        correct_by=st.none() | st.dates(),
        corrected_on=st.none() | st.dates(),
        verified_on=st.none() | st.dates(),
        voided=st.booleans(),
    ),
    st.integers(1, 3),
)
def test_nobody_verifies_his_own_work_or_his_own_finding(facts: CheckFacts, account: int) -> None:
    acts = acts_for(facts, account_id=account, today=TODAY)
    if account in {facts.about, facts.checked_by}:
        assert {"verify", "void"}.isdisjoint(acts)
    for act in acts:
        require_act(act, facts, account_id=account, name="李四", today=TODAY)


def faults(**told: object) -> tuple[str, ...]:
    """Of a check today of a step of this year unless told."""
    step = {"checked_on": TODAY, "step_from": date(2026, 1, 1), "step_to": None, "today": TODAY}
    return faults_of(**{**step, **told})  # type: ignore[arg-type]  # the arguments of faults_of


def test_everything_that_is_wrong_with_a_check_is_told_at_once() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert faults(met=False, finding=" ", checked_on=tomorrow, correct_by=None) == (
        "抽查日期还没有到",
        "不合格的要写明查出的问题",
        "不合格的要写明整改期限",
    )
    past = TODAY - timedelta(days=1)
    assert faults(met=True, finding="", correct_by=past) == (
        "合格的没有整改期限",
        "整改期限已经过去",
    )
    assert faults(met=False, finding="没有一次告知", correct_by=TODAY) == ()
    assert faults(met=True, finding="", correct_by=None) == ()
    for step_from, step_to in ((TODAY + timedelta(days=1), None), (date(2020, 1, 1), past)):
        assert faults(met=True, finding="", correct_by=None, step_from=step_from, step_to=step_to) == (
            "这一步的标准在抽查当日没有生效，请选当日有效的标准",
        )
    assert str(BadSpotCheck(("一", "二"))) == "抽查还不能登记：一；二。请补正后再登记。"
