"""States of a request, who may do what, when two of them are the same matter."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.requests import (
    MOVES,
    OPEN,
    UNDER_WAY,
    CannotOnRequest,
    ComplainedOf,
    DispatchState,
    Matter,
    OwnFeedback,
    RequestAct,
    RequestFacts,
    RequestRule,
    RequestState,
    after,
    alike,
    check_act,
    open_acts,
    why_not,
)
from hall.words import DISPATCH_STATES, REQUEST_ACTS, REQUEST_STATES

TODAY = date(2026, 11, 23)
REGISTERED = RequestFacts(state="registered", told_by=date(2026, 12, 8), finish_by=date(2027, 1, 22))
SENT = replace(REGISTERED, state="dispatched", dispatch="sent")
FED_BACK = replace(REGISTERED, state="fed_back", dispatch="fed_back", fed_back_by=5, handler_ids=frozenset({5}))
VERIFIED = replace(FED_BACK, state="verified", dispatch=None)
CLOSED = replace(VERIFIED, state="closed")


def rule(**given: object) -> RequestRule:
    plain: dict[str, object] = {
        "effective_from": date(2026, 1, 1),
        "source": "测试",
        "categories": {"stall": "占道经营"},
        "petition_kinds": frozenset({"complaint"}),
        "feedback_workdays": 5,
        "warning_days": 2,
        "same_days": 30,
        "call_back_days": 7,
        "targets": {"service": 70, "guidance": 20, "penalty": 10},
    }
    return RequestRule(**{**plain, **given})  # type: ignore[arg-type]  # the fields of a rule


def test_every_state_and_act_has_its_words() -> None:
    states = {state for move in MOVES.values() for state in (*move.before, move.after) if state}
    assert states <= set(REQUEST_STATES)
    assert set(MOVES) <= set(REQUEST_ACTS)
    assert {each for move in MOVES.values() for each in move.dispatched} <= set(DISPATCH_STATES)


@pytest.mark.parametrize(
    ("facts", "open_to"),
    [
        (REGISTERED, {"join", "tell", "dispatch", "extend", "refuse", "redirect", "withdraw"}),
        (SENT, {"tell", "take", "return", "extend", "withdraw"}),
        (replace(SENT, dispatch="taken"), {"tell", "return", "feed_back", "extend", "withdraw"}),
        (replace(SENT, dispatch="sent_back"), {"tell", "feed_back", "extend", "withdraw"}),
        (FED_BACK, {"tell", "send_back", "accept", "extend", "withdraw"}),
        (VERIFIED, {"tell", "reply", "extend", "withdraw"}),
        (CLOSED, {"call_back"}),
        (replace(REGISTERED, state="joined"), {"tell", "withdraw"}),
        (replace(REGISTERED, state="asked"), set()),
        (replace(REGISTERED, state="withdrawn"), set()),
    ],
)
def test_what_a_state_leaves_open_to_somebody_who_had_no_part(facts: RequestFacts, open_to: set[str]) -> None:
    assert set(open_acts(facts, 9, today=TODAY)) == open_to


def test_what_runs_is_never_dispatched_again() -> None:
    for facts in (SENT, FED_BACK, VERIFIED, CLOSED, replace(REGISTERED, state="joined")):
        assert why_not("dispatch", facts, today=TODAY)


def test_nothing_is_closed_without_accepted_feedback() -> None:
    closing = [act for act, move in MOVES.items() if move.after == "closed"]
    assert closing == ["reply"]
    leading = [act for act, move in MOVES.items() if move.after in MOVES["reply"].before]
    assert leading == ["accept"]


def test_whoever_is_complained_of_does_nothing_with_it() -> None:
    about = replace(SENT, about_ids=frozenset({9}))
    with pytest.raises(ComplainedOf, match="回避"):
        check_act("take", about, 9, today=TODAY)
    check_act("take", about, 8, today=TODAY)
    assert open_acts(about, 9, today=TODAY) == ()


@pytest.mark.parametrize("act", ["accept", "send_back"])
def test_feedback_is_judged_by_another(act: RequestAct) -> None:
    with pytest.raises(OwnFeedback, match="审核反馈"):
        check_act(act, FED_BACK, 5, today=TODAY)
    check_act(act, FED_BACK, 6, today=TODAY)


def test_who_handled_it_neither_calls_back_nor_approves_more_time() -> None:
    with pytest.raises(OwnFeedback, match="回访"):
        check_act("call_back", CLOSED, 5, today=TODAY)
    with pytest.raises(OwnFeedback, match="延期"):
        check_act("extend", VERIFIED, 5, today=TODAY)


def test_the_reasons_say_what_to_do() -> None:
    assert "待派单" in why_not("accept", REGISTERED, today=TODAY)[0]
    assert "先接单" in why_not("feed_back", SENT, today=TODAY)[0]
    assert "接过" in why_not("take", replace(SENT, dispatch="taken"), today=TODAY)[0]
    assert "进度已经变了" in why_not("return", replace(SENT, dispatch="sent_back"), today=TODAY)[0]
    with pytest.raises(CannotOnRequest, match="待派单") as refused:
        check_act("reply", REGISTERED, 9, today=TODAY)
    assert len(refused.value.why) == 1


def test_one_is_told_once_and_only_where_something_is_due() -> None:
    assert "已于2026-11-20" in why_not("tell", replace(REGISTERED, told_on=date(2026, 11, 20)), today=TODAY)[0]
    assert "匿名" in why_not("tell", replace(REGISTERED, told_by=None), today=TODAY)[0]


def test_an_extension_is_one_and_comes_before_the_end() -> None:
    assert why_not("extend", REGISTERED, today=date(2027, 1, 22)) == ()
    assert "期满前" in why_not("extend", REGISTERED, today=date(2027, 1, 23))[0]
    assert "一次" in why_not("extend", replace(REGISTERED, extended_on=TODAY), today=TODAY)[0]
    assert "不按信访" in why_not("extend", replace(REGISTERED, finish_by=None), today=TODAY)[0]


def test_a_unit_gives_it_back_within_its_days_and_after_them_the_manager_takes_it_back() -> None:
    until = replace(SENT, dispatch="taken", return_by=TODAY)
    assert why_not("return", until, today=TODAY) == ()
    assert f"{TODAY}以前由承办单位自己退单" in why_not("recall", until, today=TODAY)[0]
    late = replace(until, return_by=date(2026, 11, 22))
    assert "已过" in why_not("return", late, today=TODAY)[0]
    assert why_not("recall", late, today=TODAY) == ()
    assert after("recall", late) == ("registered", "recalled")
    assert "放假安排没有公布" in why_not("recall", SENT, today=TODAY)[0]
    with pytest.raises(OwnFeedback, match="收回重派"):
        check_act("recall", replace(late, handler_ids=frozenset({5})), 5, today=TODAY)


def test_a_dispatch_that_the_request_leaves_behind_is_recalled() -> None:
    assert after("withdraw", SENT) == ("withdrawn", "recalled")
    assert after("withdraw", REGISTERED) == ("withdrawn", None)
    assert after("return", SENT) == ("registered", "returned")
    assert after("tell", SENT) == ("dispatched", "sent")


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=30))
def test_no_walk_of_open_acts_leads_to_two_dispatches_at_once(walk: list[RequestAct]) -> None:
    state: RequestState = "registered"
    dispatch: DispatchState | None = None
    running = 0
    for act in walk:
        facts = RequestFacts(state=state, dispatch=dispatch if dispatch in UNDER_WAY else None, told_by=TODAY)
        if why_not(act, facts, today=TODAY):
            continue
        running += act == "dispatch"
        state, dispatch = after(act, facts)
        running -= dispatch is not None and dispatch not in UNDER_WAY and facts.dispatch is not None
        assert running == int(dispatch in UNDER_WAY)
        assert running == 0 or state in OPEN


def test_the_same_matter_is_of_one_category_and_one_person_place_or_grid_cell() -> None:
    one = Matter("stall", frozenset({1}), "向阳路口 东侧", "LH-03")
    assert alike(one, Matter("stall", frozenset({1}), "别处那里")) == ("同一反映人",)
    assert alike(one, Matter("stall", frozenset(), "向阳路口东侧报刊亭")) == ("同一地点",)
    assert alike(one, Matter("stall", frozenset(), "", "LH-03")) == ("同一网格",)
    assert alike(one, Matter("stall", frozenset({1}), "向阳路口东侧", "LH-03")) == (
        "同一反映人",
        "同一地点",
        "同一网格",
    )
    assert alike(one, Matter("noise", frozenset({1}), "向阳路口东侧")) == ()
    assert alike(one, Matter("stall", frozenset({2}), "莲湖路北段")) == ()


def test_two_characters_name_no_place() -> None:
    assert alike(Matter("stall", frozenset(), "路口"), Matter("stall", frozenset(), "向阳路口")) == ()
    assert alike(Matter("stall", frozenset(), ""), Matter("stall", frozenset(), "")) == ()


@pytest.mark.parametrize(
    "given", [{"categories": {}}, {"feedback_workdays": 0}, {"targets": {"service": 70, "guidance": 20}}]
)
def test_a_rule_that_lacks_something_is_no_rule(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="合计"):
        rule(**given)


def test_a_rule_that_lacks_nothing_is_one() -> None:
    assert rule().targets["service"] == 70
