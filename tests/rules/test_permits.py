"""The table of acts on a permit case: where each starts, where it leads, what it waits for."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.permits import (
    ACTS,
    BEFORE_ACCEPTANCE,
    CLOSED,
    IN_REVIEW,
    CaseFacts,
    CaseState,
    NotNow,
    check_act,
    possible_acts,
)
from hall.words import CASE_ACTS, CASE_STATES

STATES: tuple[CaseState, ...] = get_args(CaseState)


def in_state(state: CaseState, **known: object) -> CaseFacts:
    return replace(CaseFacts(state=state), **known)  # type: ignore[arg-type]


def reasons_of(act: str, facts: CaseFacts) -> tuple[str, ...]:
    with pytest.raises(NotNow) as refused:
        check_act(act, facts)
    return refused.value.reasons


def test_every_state_and_every_act_has_its_word() -> None:
    assert set(STATES) == set(CASE_STATES)
    assert set(ACTS) | {"receive", "chair", "recount", "publish", "withhold", "take_down"} == set(CASE_ACTS)


def test_every_state_is_reached_and_none_but_the_archive_is_a_dead_end() -> None:
    reached: set[str] = {"received"}
    for act in ACTS.values():
        if isinstance(act.target, str):
            reached.add(act.target)
    reached |= {check_act("send_back", in_state(state)) for state in ACTS["send_back"].sources}
    reached |= {check_act("examine", in_state("examining", legal_review_needed=needed)) for needed in (True, False)}
    assert reached == set(STATES)
    for state in STATES:
        assert any(state in act.sources for act in ACTS.values()), state


@pytest.mark.parametrize(
    ("act", "facts", "state"),
    [
        ("correct", in_state("received"), "received"),
        ("supplement", in_state("received"), "supplementing"),
        ("resubmit", in_state("supplementing", supplement_open=True), "received"),
        ("refuse", in_state("received"), "refused"),
        ("accept", in_state("received"), "accepted"),
        ("accept_lacking", in_state("received", missing_materials=("照片",)), "accepted"),
        ("accept_deemed", in_state("received", missing_materials=("照片",)), "accepted"),
        ("take", in_state("accepted", handed_over=True), "reviewing"),
        ("suspend", in_state("reviewing"), "suspended"),
        ("resume", in_state("suspended", procedures_open=("hearing",)), "reviewing"),
        ("resume", in_state("suspended", procedures_open=("hearing", "testing")), "suspended"),
        ("propose", in_state("reviewing"), "examining"),
        ("examine", in_state("examining"), "approving"),
        ("examine", in_state("examining", legal_review_needed=True), "legal_review"),
        ("examine", in_state("examining", legal_review_needed=True, legal_review_done=True), "approving"),
        ("legal", in_state("legal_review"), "approving"),
        ("decide", in_state("approving", proposal="granted"), "decided"),
        ("decide", in_state("accepted", handling="immediate"), "decided"),
        ("decide", in_state("accepted", accepted_how="informed"), "decided"),
        ("default", in_state("reviewing", default_allowed=True, promised_over=True), "decided"),
        ("finish", in_state("decided", outcome="denied"), "finished"),
        ("archive", in_state("finished"), "archived"),
        ("withdraw", in_state("suspended", procedures_open=("hearing",)), "withdrawn"),
        ("terminate", in_state("supplementing"), "terminated"),
        ("reopen", in_state("withdrawn", state_before="reviewing"), "reviewing"),
        ("send_back", in_state("reviewing"), "accepted"),
        ("send_back", in_state("approving"), "examining"),
    ],
)
def test_an_act_leads_from_its_state_to_the_next(act: str, facts: CaseFacts, state: str) -> None:
    assert check_act(act, facts) == state


@pytest.mark.parametrize(
    ("act", "facts", "said"),
    [
        ("accept", in_state("received", missing_materials=("申请表（原件1份）",)), "申请表"),
        ("accept_lacking", in_state("received"), "没有可以容缺的"),
        ("supplement", in_state("received", supplement_told=True), "不能再告知"),
        ("resubmit", in_state("supplementing"), "没有等待中的补正"),
        ("hand_over", in_state("accepted", handed_over=True), "等科室签收"),
        ("take", in_state("accepted"), "没有移交"),
        ("send_back", in_state("reviewing", procedures_open=("testing",)), "检测"),
        ("resume", in_state("suspended"), "没有进行中"),
        ("ask", in_state("reviewing", supplement_open=True), "补正"),
        ("consult_answer", in_state("reviewing"), "没有等待答复"),
        ("propose", in_state("reviewing", visit_needed=True), "还没有勘查记录"),
        ("propose", in_state("reviewing", visit_needed=True, visits_made=1, visits_open=1), "没有记录结果"),
        ("propose", in_state("reviewing", hearings_open=1), "听证还没有结束"),
        ("propose", in_state("reviewing", consultations_open=2), "2个单位"),
        ("propose", in_state("reviewing", parts_open=1), "分办件"),
        ("report", in_state("approving", proposal="granted"), "拟不予"),
        ("extend", in_state("reviewing", extended=True), "延期过一次"),
        ("extend", in_state("reviewing", statutory_over=True), "期满后不能再延期"),
        ("decide", in_state("accepted"), "即办件"),
        ("decide", in_state("approving"), "拟办意见"),
        ("decide", in_state("approving", proposal="granted", legal_review_needed=True), "法制审核"),
        ("decide", in_state("approving", proposal="denied", refusal_report_needed=True), "否定报备"),
        ("default", in_state("reviewing", promised_over=True), "公共安全"),
        ("default", in_state("reviewing", default_allowed=True), "还没有过"),
        ("certify", in_state("decided", outcome="denied"), "没有准予"),
        ("certify", in_state("decided", outcome="granted", lacking_materials=("照片",)), "照片"),
        ("certify", in_state("decided", outcome="granted", certificate_made=True), "已经制作"),
        ("finish", in_state("decided", outcome="granted", certificate_needed=True), "还没有制作"),
        ("finish", in_state("decided", unserved=("决定书 1号",)), "决定书 1号"),
        ("archive", in_state("finished", dossier_missing=("送达回证",)), "送达回证"),
        ("archive", in_state("finished", orders_open=1), "督办单"),
        ("reopen", in_state("withdrawn"), "不能重开"),
    ],
)
def test_what_is_missing_is_named(act: str, facts: CaseFacts, said: str) -> None:
    assert said in "；".join(reasons_of(act, facts))
    refused = {each.name: each.reasons for each in possible_acts(facts)}
    assert said in "；".join(refused[act])


def test_everything_that_is_missing_is_named_at_once() -> None:
    facts = in_state("approving", procedures_open=("hearing",), supplement_open=True, legal_review_needed=True)
    assert len(reasons_of("decide", facts)) == 4


def test_a_refusal_says_in_which_states_the_act_is_possible() -> None:
    with pytest.raises(NotNow, match=r"现在不能办结（办件审查中）：只有已决定的办件可以。"):
        check_act("finish", in_state("reviewing"))


@given(st.sampled_from(STATES), st.sampled_from(sorted(ACTS)))
def test_a_decision_is_never_made_before_acceptance_nor_twice(state: CaseState, act: str) -> None:
    facts = in_state(
        state, handling="immediate", proposal="granted", state_before="reviewing", default_allowed=True,
        promised_over=True, supplement_open=False, handed_over=True, procedures_open=(),
    )  # fmt: skip
    try:
        after = check_act(act, facts)
    except NotNow:
        return
    if after == "decided" and state != "decided":
        assert state in IN_REVIEW
    if state in BEFORE_ACCEPTANCE:
        assert after not in {"decided", "finished"}
    if state in CLOSED and act not in {"reopen", "serve"}:
        assert (act, after) == ("archive", "archived")


def test_only_what_has_ended_can_be_archived_and_only_that_reopens() -> None:
    assert ACTS["archive"].sources == CLOSED - {"archived"}
    assert ACTS["reopen"].sources == CLOSED
