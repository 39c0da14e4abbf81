"""A supervision order: what may follow what, and who may do it."""

from datetime import date
from itertools import product
from typing import get_args

import pytest

from hall.rules.catalogue import Limit
from hall.rules.supervision import (
    CardLimits,
    Colour,
    NobodyAnswers,
    NothingAbove,
    NotSubject,
    OrderAct,
    OrderFacts,
    OrderState,
    OwnOrder,
    PleadedAlready,
    PleaFinding,
    SupervisionRule,
    WrongTime,
    acts_from,
    after,
    after_finding,
    awaits_subject,
    check_issue,
    escalated_colour,
    is_open,
)
from hall.rules.supervision_words import ORDER_ACTS, ORDER_COLOURS, ORDER_STATES, PLEA_FINDINGS

OFFICER, HEAD, MANAGER = 7, 8, 20
SUBJECTS = frozenset({OFFICER, HEAD})


def order(state: OrderState = "issued", *, colour: Colour = "yellow", plea_heard: bool = False) -> OrderFacts:
    return OrderFacts(colour, state, SUBJECTS, plea_heard)


@pytest.mark.parametrize(
    ("state", "act", "actor", "then"),
    [
        ("issued", "reply", OFFICER, "replied"),
        ("heard", "reply", HEAD, "replied"),
        ("issued", "plead", OFFICER, "pleaded"),
        ("replied", "plead", OFFICER, "pleaded"),
        ("pleaded", "find", MANAGER, "heard"),
        ("replied", "return", MANAGER, "issued"),
        ("replied", "settle", MANAGER, "settled"),
        ("issued", "escalate", MANAGER, "escalated"),
        ("heard", "escalate", MANAGER, "escalated"),
        ("pleaded", "withdraw", MANAGER, "withdrawn"),
    ],
)
def test_an_order_is_answered_pleaded_settled_or_escalated(
    state: OrderState, act: OrderAct, actor: int, then: OrderState
) -> None:
    assert after(act, order(state), actor=actor) == then


def test_whatever_is_not_in_the_table_is_refused_with_what_is_possible() -> None:
    for state, act in product(get_args(OrderState), get_args(OrderAct)):
        if act not in acts_from(state):
            with pytest.raises(WrongTime, match="不能"):
                after(act, order(state), actor=MANAGER)
    with pytest.raises(WrongTime, match="现在可以：申辩、退回重报、核销、撤销"):
        after("reply", order("replied"), actor=OFFICER)
    with pytest.raises(WrongTime, match="已经了结"):
        after("reply", order("settled"), actor=OFFICER)


def test_only_whom_it_names_answers_and_none_of_them_judges() -> None:
    for act in ("reply", "plead"):
        with pytest.raises(NotSubject):
            after(act, order(), actor=MANAGER)
    for state, act in (("pleaded", "find"), ("replied", "return"), ("replied", "settle"), ("issued", "escalate")):
        with pytest.raises(OwnOrder, match="责任人分离"):
            after(act, order(state), actor=HEAD)  # type: ignore[arg-type]  # pairs of the literals


def test_an_order_names_somebody_and_not_whoever_issues_it() -> None:
    check_issue(MANAGER, SUBJECTS)
    with pytest.raises(NobodyAnswers):
        check_issue(MANAGER, ())
    with pytest.raises(OwnOrder, match="签发督办单"):
        check_issue(OFFICER, SUBJECTS)


def test_a_plea_is_heard_once_and_settles_the_order_if_it_is_upheld() -> None:
    assert after_finding(order("pleaded"), "upheld", actor=MANAGER) == "settled"
    assert after_finding(order("pleaded"), "rejected", actor=MANAGER) == "heard"
    with pytest.raises(PleadedAlready):
        after("plead", order("replied", plea_heard=True), actor=OFFICER)
    with pytest.raises(OwnOrder):
        after_finding(order("pleaded"), "upheld", actor=OFFICER)


def test_a_reminder_becomes_a_yellow_card_a_yellow_a_red_one_and_there_it_ends() -> None:
    assert (escalated_colour("blue"), escalated_colour("yellow")) == ("yellow", "red")
    with pytest.raises(NothingAbove):
        escalated_colour("red")
    with pytest.raises(NothingAbove):
        after("escalate", order(colour="red"), actor=MANAGER)


def test_an_overdue_reply_is_theirs_only_while_the_word_is_with_them() -> None:
    assert [state for state in get_args(OrderState) if awaits_subject(state)] == ["issued", "heard"]
    assert [state for state in get_args(OrderState) if not is_open(state)] == [
        "settled",
        "escalated",
        "withdrawn",
    ]


def test_every_colour_has_its_limits() -> None:
    rule = SupervisionRule(date(2026, 1, 1), "大厅规则", CardLimits(5, 5), CardLimits(3, 4), CardLimits(1, 2))
    assert [rule.limits(colour).reply for colour in get_args(Colour)] == [5, 3, 1]
    assert (rule.yellow.to_reply, rule.yellow.to_finish) == (Limit(3, "workday"), Limit(4, "workday"))
    with pytest.raises(ValueError, match="至少 1 个工作日"):
        SupervisionRule(date(2026, 1, 1), "大厅规则", CardLimits(0, 1), CardLimits(1, 1), CardLimits(1, 1))


def test_every_code_has_its_word() -> None:
    assert set(ORDER_STATES) == set(get_args(OrderState))
    assert set(ORDER_ACTS) == {"issue", *get_args(OrderAct)}
    assert set(ORDER_COLOURS) == set(get_args(Colour))
    assert set(PLEA_FINDINGS) == set(get_args(PleaFinding))
