"""What may be done about a fine in which state, and the sentence that says why the rest may not."""

from dataclasses import replace
from datetime import date

import pytest

from hall.rules.fine_acts import FineFacts, NotNow, check_fine_act, fine_acts_for, fine_reasons
from hall.rules.fines import Entry, FinePosition, Part
from tests.rules.fine_ledgers import DUE, GROWTH, day, imposed


def owed(*entries: Entry, on: date) -> FinePosition:
    return GROWTH.position([imposed(), *entries], on)


def facts(on: date, *entries: Entry, **known: object) -> FineFacts:
    """A served fine of 1,000 yuan on a day."""
    base = FineFacts(today=on, decided=True, revoked=False, fine_fen=100_000, position=owed(*entries, on=on))
    return replace(base, **known)  # type: ignore[arg-type]  # fields of each test


ON_TIME, LATE = facts(day(-3)), facts(day(10))
FILED = replace(ON_TIME, decided=False, fine_fen=0, position=None)
DECIDED = replace(ON_TIME, position=None)
WARNED = replace(DECIDED, fine_fen=0)
REVOKED = facts(day(10), Entry(2, "revoke", day(9)), revoked=True)
PAID = facts(day(2), Entry(2, "pay", DUE, 100_000))
ADDED_ONLY = facts(day(9), Entry(2, "pay", day(5), 100_000))
MUTE = replace(LATE, position=GROWTH.position([imposed(told=False)], day(10)))
KEPT = facts(
    day(15),
    Entry(2, "plan", day(11), cause="agreement", parts=(Part(day(20), 130_000),)),
    agreement="active",
)
BROKEN = replace(
    KEPT, position=owed(Entry(2, "plan", day(11), cause="agreement", parts=(Part(day(14), 130_000),)), on=day(15))
)
ASKED = facts(day(-3), deferral=True)
DRAWN = facts(day(10), agreement="proposed")
SUED = facts(day(10), remedy="litigation")
VARIED = facts(day(10), outcome="varied")
RIPE = facts(day(250), reminded_on=day(230), remedies_end=day(180), court_from=day(245), court_by=day(270))

OPEN = ""
TABLE = {
    "defer": [
        (FILED, "还没有作出处罚决定"),
        (DECIDED, "还没有登记送达"),
        (WARNED, "没有处以罚款"),
        (REVOKED, "已经撤销"),
        (PAID, "已经缴清"),
        (ADDED_ONLY, "只剩加处罚款"),
        (ASKED, "等待审批"),
        (KEPT, "正在履行"),
        (DRAWN, "等待审批"),
        (ON_TIME, OPEN),
        (LATE, OPEN),
        (SUED, OPEN),
    ],
    "defer_decide": [(ASKED, OPEN), (ON_TIME, "没有等待审批"), (replace(PAID, deferral=True), OPEN)],
    "agree": [
        (FILED, "还没有作出处罚决定"),
        (DECIDED, "还没有登记送达"),
        (REVOKED, "已经撤销"),
        (PAID, "已经缴清"),
        (ON_TIME, "本金依法不能减免"),
        (MUTE, "没有告知加处罚款"),
        (KEPT, "正在履行"),
        (DRAWN, "等待审批"),
        (replace(LATE, deferral=True), "暂缓、分期申请等待审批"),
        (LATE, OPEN),
        (ADDED_ONLY, OPEN),
    ],
    "agree_decide": [(DRAWN, OPEN), (LATE, "没有等待审批")],
    "breach": [
        (LATE, "没有正在履行"),
        (KEPT, "没有违约"),
        (BROKEN, OPEN),
        (replace(BROKEN, position=None), "没有正在履行"),
    ],
    "remedy_begin": [
        (FILED, "没有可以申请复议"),
        (REVOKED, "没有可以申请复议"),
        (DECIDED, "请先登记送达"),
        (SUED, "不能同时进行"),
        (ON_TIME, OPEN),
        (WARNED, OPEN),
    ],
    "remedy_end": [(SUED, OPEN), (LATE, "没有正在进行")],
    "remind": [
        (ON_TIME, "没有逾期"),
        (PAID, "已经缴清"),
        (BROKEN, "违约以后"),
        (replace(LATE, court_on=day(9)), "已经申请"),
        (LATE, OPEN),
    ],
    "court": [
        (LATE, "先登记催告"),
        (replace(RIPE, remedy="review"), "不能申请强制执行"),
        (RIPE, OPEN),
        (replace(RIPE, court_from=day(251)), "十个工作日"),
        (replace(RIPE, court_from=None), "满十个工作日后"),
        (replace(RIPE, remedies_end=day(250)), "还没有届满"),
        (replace(RIPE, remedies_end=None), "还没有届满"),
        (replace(RIPE, court_by=day(249)), "已于"),
        (replace(RIPE, court_by=None), OPEN),
        (PAID, "已经缴清"),
    ],
    "correct": [(FILED, "陈述申辩"), (REVOKED, "已经撤销"), (DECIDED, OPEN), (LATE, OPEN)],
    "vary": [
        (FILED, "还没有作出处罚决定"),
        (LATE, "复议决定或者法院判决"),
        (VARIED, OPEN),
        (replace(VARIED, position=None), "还没有送达起算"),
    ],
    "revoke": [(FILED, "还没有作出处罚决定"), (REVOKED, "已经撤销"), (LATE, OPEN), (DECIDED, OPEN)],
}


@pytest.mark.parametrize(
    ("name", "known", "words"),
    [(name, *row) for name, rows in TABLE.items() for row in rows],
)
def test_an_act_is_open_or_says_why_not(name: str, known: FineFacts, words: str) -> None:
    said = "".join(fine_reasons(name, known))  # type: ignore[arg-type]  # keys of the table
    assert words in said if words else not said


def test_reasons_are_whole_sentences() -> None:
    states = [known for rows in TABLE.values() for known, _ in rows]
    said = [reason for known in states for act in fine_acts_for(known) for reason in act.reasons]
    assert all(reason.endswith(("。", "？")) for reason in said)


@pytest.mark.parametrize("known", [FILED, DECIDED, ON_TIME, LATE, PAID, REVOKED, KEPT])
def test_the_roads_are_told_in_every_state(known: FineFacts) -> None:
    acts = fine_acts_for(known)
    roads = {act.name for act in acts if act.road}
    assert {"defer", "agree", "correct", "vary", "revoke"} <= roads
    assert all(act.law for act in acts)


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        (FILED, set()),
        (ASKED, {"defer_decide", "remedy_begin"}),
        (DRAWN, {"agree_decide", "remedy_begin", "remind", "court"}),
        (KEPT, {"breach", "remedy_begin"}),
        (SUED, {"remedy_end", "remind", "court"}),
        (replace(LATE, court_on=day(9)), {"remedy_begin"}),
        (REVOKED, set()),
        (replace(REVOKED, remedy="review"), {"remedy_end"}),
    ],
)
def test_work_is_listed_only_where_it_is_about_something(known: FineFacts, listed: set[str]) -> None:
    roads = {"defer", "agree", "correct", "vary", "revoke"}
    assert {act.name for act in fine_acts_for(known)} - roads == listed


def test_an_act_that_is_closed_is_refused_with_all_its_reasons() -> None:
    with pytest.raises(NotNow, match="复议决定"):
        check_fine_act("vary", LATE)
    check_fine_act("defer", LATE)
