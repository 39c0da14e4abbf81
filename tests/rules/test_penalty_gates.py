"""Each gate of the way to a decision: what it wants, with its article, and when it opens."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules import penalty_gates as gates
from hall.rules.penalty_gates import GateClosed, GateFacts, ProposalFacts

TOLD = date(2026, 11, 23)
BY = date(2026, 11, 30)
AFTER = date(2026, 12, 1)

PROPOSAL = ProposalFacts("ordinary", 300_000)
WAIVED = replace(PROPOSAL, told_on=TOLD, defend_by=BY, defended_on=TOLD)
GRAVE = replace(WAIVED, hearing_due=True, ask_by=BY, legal_due=True, collective_due=True)
HEARD = replace(
    GRAVE,
    hearing_asked_on=TOLD,
    hearing_noticed_on=TOLD,
    hearing_on=date(2026, 12, 2),
    notice_by=TOLD,
    hearing_record="笔录",
)
READY = replace(HEARD, legal_on=AFTER, legal_agrees=True, minutes_number="9")


def facts(proposal: ProposalFacts | None = PROPOSAL, **changed: object) -> GateFacts:
    base = GateFacts(today=TOLD, state="filed", procedure="general", officers=2, proposal=proposal)
    return replace(base, **changed)  # type: ignore[arg-type]  # the fields of the facts


def said(reasons: tuple[str, ...]) -> str:
    return "".join(reasons)


EVERY_GATE = (
    gates.before_proposing,
    gates.before_telling,
    gates.before_defending,
    gates.before_noticing_hearing,
    gates.before_hearing,
    gates.before_legal,
    gates.before_discussing,
    gates.before_decision,
    gates.before_on_spot,
)


@pytest.mark.parametrize("gate", EVERY_GATE)
@pytest.mark.parametrize("proposal", [None, PROPOSAL, READY])
def test_after_the_investigation_every_gate_is_closed(gate: object, proposal: ProposalFacts | None) -> None:
    assert "不在立案调查阶段" in said(gate(facts(proposal, state="decided")))  # type: ignore[operator]


@pytest.mark.parametrize("gate", EVERY_GATE[1:8])
def test_without_a_proposal_nothing_follows(gate: object) -> None:
    assert said(gate(facts(None)))  # type: ignore[operator]


def test_a_closed_gate_names_all_reasons_and_an_open_one_none() -> None:
    gates.require_open(())
    with pytest.raises(GateClosed, match="一。二。") as closed:
        gates.require_open(("一。", "二。"))
    assert closed.value.reasons == ("一。", "二。")


def test_proposing_wants_the_general_procedure_and_two_officers() -> None:
    assert gates.before_proposing(facts(None)) == ()
    assert "第五十一条" in said(gates.before_proposing(facts(procedure="simple")))
    assert "不得少于两名" in said(gates.before_proposing(facts(officers=1)))


def test_telling_comes_once_with_officers_and_a_benchmark_that_may_be_used() -> None:
    assert gates.before_telling(facts()) == ()
    assert "已于2026年11月23日告知" in said(gates.before_telling(facts(WAIVED)))
    assert gates.before_telling(facts(benchmark=("未公布。",))) == ("未公布。",)
    assert "不得少于两名" in said(gates.before_telling(facts(officers=0)))
    assert "不需要事先告知" in said(gates.before_telling(facts(replace(PROPOSAL, result="none"))))


def test_a_defence_without_words_gives_the_right_up() -> None:
    assert WAIVED.waived
    assert not replace(WAIVED, defence="说").waived
    assert not PROPOSAL.waived


def test_a_defence_follows_the_telling_and_is_heard_even_late() -> None:
    assert "第四十四条" in said(gates.before_defending(facts()))
    assert gates.before_defending(facts(WAIVED, today=AFTER)) == ()


@pytest.mark.parametrize(
    ("proposal", "asked_on", "why"),
    [
        (GRAVE, TOLD, ""),
        (GRAVE, date(2026, 11, 22), "不能早于告知日"),
        (GRAVE, date(2026, 11, 24), "不能晚于今天"),
        (replace(GRAVE, ask_by=date(2026, 11, 20), told_on=date(2026, 11, 13)), TOLD, "已经过期"),
        (replace(GRAVE, ask_by=None), TOLD, ""),
        (replace(GRAVE, hearing_asked_on=TOLD), TOLD, "已于2026年11月23日登记"),
        (WAIVED, TOLD, "不在听证范围"),
        (PROPOSAL, TOLD, "第四十四条"),
        (None, TOLD, "还没有拟定"),
    ],
)
def test_a_hearing_is_asked_for_in_time_where_it_is_due(
    proposal: ProposalFacts | None, asked_on: date, why: str
) -> None:
    reasons = said(gates.before_asking_hearing(facts(proposal), asked_on))
    assert why in reasons
    assert bool(why) == bool(reasons)


def test_a_hearing_is_fixed_when_asked_for_and_until_it_was_held() -> None:
    assert gates.before_noticing_hearing(facts(replace(GRAVE, hearing_asked_on=TOLD))) == ()
    assert "没有申请听证" in said(gates.before_noticing_hearing(facts(GRAVE)))
    assert "已经举行" in said(gates.before_noticing_hearing(facts(HEARD)))


def test_a_record_is_entered_from_the_day_of_the_hearing_on_and_once() -> None:
    fixed = replace(HEARD, hearing_record="")
    assert "还没有发出听证通知" in said(gates.before_hearing(facts(GRAVE)))
    assert "当天以后" in said(gates.before_hearing(facts(fixed)))
    assert gates.before_hearing(facts(fixed, today=date(2026, 12, 2))) == ()
    assert "已经登记" in said(gates.before_hearing(facts(HEARD, today=date(2026, 12, 2))))


def test_the_legal_review_follows_the_hearing_of_the_party_where_it_is_due() -> None:
    assert gates.before_legal(facts(HEARD)) == ()
    assert "不需要审核" in said(gates.before_legal(facts(WAIVED)))
    assert "已经完成" in said(gates.before_legal(facts(READY)))
    assert "第四十四条" in said(gates.before_legal(facts(replace(PROPOSAL, legal_due=True))))


def test_the_discussion_follows_the_legal_review_where_it_is_due() -> None:
    reviewed = replace(READY, minutes_number="")
    assert gates.before_discussing(facts(reviewed)) == ()
    assert "第五十八条" in said(gates.before_discussing(facts(HEARD)))
    assert "不属于应当集体讨论" in said(gates.before_discussing(facts(WAIVED)))
    assert "已经登记" in said(gates.before_discussing(facts(READY)))


def test_a_case_that_went_through_everything_is_decided() -> None:
    assert gates.before_decision(facts(READY)) == ()


@pytest.mark.parametrize(
    ("proposal", "today", "why"),
    [
        (PROPOSAL, TOLD, "第四十四条"),
        (replace(WAIVED, defended_on=None), BY, "期限到2026年11月30日"),
        (replace(WAIVED, defended_on=None), AFTER, ""),
        (replace(WAIVED, defended_on=None, defend_by=None), AFTER, "放假安排未录入，陈述申辩"),
        (replace(WAIVED, defence="说"), AFTER, "复核"),
        (replace(WAIVED, defence="说", defence_answer="答"), TOLD, ""),
        (replace(WAIVED, hearing_due=True, ask_by=BY), BY, "前可以申请听证"),
        (replace(WAIVED, hearing_due=True, ask_by=BY), AFTER, ""),
        (replace(WAIVED, hearing_due=True, ask_by=None), AFTER, "放假安排未录入，申请听证"),
        (replace(GRAVE, hearing_asked_on=TOLD), AFTER, "还没有通知听证"),
        (replace(READY, hearing_record=""), AFTER, "笔录还没有登记"),
        (replace(READY, notice_by=date(2026, 11, 20)), AFTER, "七个工作日前"),
        (replace(READY, notice_by=None), AFTER, "七个工作日前"),
        (replace(READY, legal_on=None), AFTER, "未经审核不得"),
        (replace(READY, legal_agrees=False), AFTER, "没有通过"),
        (replace(READY, minutes_number=""), AFTER, "集体讨论"),
    ],
)
def test_nothing_is_decided_before_what_law_wants_first(proposal: ProposalFacts, today: date, why: str) -> None:
    reasons = said(gates.before_decision(facts(proposal, today=today)))
    assert why in reasons
    assert bool(why) == bool(reasons)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"officers": 1}, "不得少于两名"),
        ({"bar": "超过追责期限。"}, "超过追责期限"),
        ({"benchmark": ("未公布。",)}, "未公布"),
        ({"locked_fen": 299_999}, "第四十五条第二款"),
        ({"locked_fen": 300_000}, ""),
    ],
)
def test_the_case_itself_may_forbid_the_decision(changed: dict[str, object], why: str) -> None:
    reasons = said(gates.before_decision(facts(READY, **changed)))
    assert why in reasons
    assert bool(why) == bool(reasons)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "还没有登记责令改正"),
        ({"correction_ordered_on": TOLD}, "还没有登记责令改正"),
        ({"correction_ordered_on": TOLD, "correct_by": TOLD}, "期限到2026年11月23日"),
        ({"correction_ordered_on": TOLD, "correct_by": TOLD, "corrected_on": TOLD}, "没有可处的罚款"),
        ({"correction_ordered_on": TOLD, "correct_by": date(2026, 11, 22)}, ""),
        ({"correction_ordered_on": TOLD, "correct_by": date(2026, 11, 22), "corrected_on": TOLD}, ""),
    ],
)
def test_where_only_disobedience_is_fined_the_time_to_correct_runs_out_first(
    changed: dict[str, object], why: str
) -> None:
    reasons = said(gates.before_decision(facts(WAIVED, correction_first=True, **changed)))
    assert why in reasons
    assert bool(why) == bool(reasons)


def test_who_is_not_punished_is_not_told_beforehand_but_is_answered() -> None:
    spared = replace(PROPOSAL, result="none", fine_fen=0)
    assert gates.before_decision(facts(spared, bar="超过追责期限。", correction_first=True)) == ()
    said_something = replace(spared, told_on=TOLD, defended_on=TOLD, defence="说")
    assert "复核" in said(gates.before_decision(facts(said_something)))
    assert gates.before_decision(facts(replace(spared, told_on=TOLD))) == ()


def test_the_spot_wants_the_simple_procedure_and_an_order_to_correct() -> None:
    simple = facts(None, procedure="simple", correction_ordered_on=TOLD)
    assert gates.before_on_spot(simple) == ()
    assert gates.before_on_spot(replace(simple, correction_ordered_on=None, corrected_on=TOLD)) == ()
    assert "不能当场处罚" in said(gates.before_on_spot(replace(simple, procedure="general")))
    assert "第二十八条" in said(gates.before_on_spot(replace(simple, correction_ordered_on=None)))
    assert "不得少于两名" in said(gates.before_on_spot(replace(simple, officers=1)))
    assert gates.before_on_spot(replace(simple, bar="超过追责期限。")) == ("超过追责期限。",)


def test_the_ninety_days_are_told_and_never_stop_a_decision() -> None:
    assert gates.alerts(facts()) == ()
    assert "还有7日" in said(gates.alerts(facts(strict_due=BY)))
    late = facts(READY, strict_due=date(2026, 11, 22))
    assert "已超过九十日" in said(gates.alerts(late))
    assert gates.before_decision(late) == ()
