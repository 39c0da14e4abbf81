"""The four lawful roads at every stage, with every limb and every sum: open or closed, and why."""

from dataclasses import replace
from typing import get_args

import pytest

from hall.rules.leniency import allowed
from hall.rules.leniency_limbs import LIMBS, Limb
from hall.rules.penalty_roads import BEFORE, RoadFacts, Stage, StageFacts, road, roads, stage_of
from tests.rules.test_leniency import RESULTS_OF, fitting

STAGES: tuple[Stage, ...] = get_args(Stage)
GROWN = RoadFacts(stage="overdue", principal_fen=300_000, added_fen=9_000)
"""A fine whose addition has begun."""

# Stage → which of 决定前, 暂缓分期, 加处减免, 更正撤销 is open when a fine and its addition are owed.
OPEN: dict[Stage, str] = {
    "investigation": "b...",
    "announced": "b...",
    "heard": "b...",
    "decided": "..sw",
    "served": ".lsw",
    "overdue": ".lsw",
    "enforced": "...w",
    "paid": "...w",
    "unpunished": "...w",
    "dropped": "....",
    "revoked": "....",
    "closed": "...w",
}


def written(facts: RoadFacts) -> str:
    letters = {"before": "b", "later": "l", "surcharge": "s", "wrong": "w"}
    return "".join(letters[each.road] if each.open else "." for each in roads(facts))


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_has_its_roads(stage: Stage) -> None:
    found = replace(GROWN, stage=stage, results=("ordinary",))
    assert written(found) == OPEN[stage]
    for each in roads(found):
        assert each.why.endswith("）。")
        assert each.law in each.why


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("code", list(LIMBS))
def test_a_limb_opens_no_road_but_the_one_before_the_decision(stage: Stage, code: Limb) -> None:
    """Roads × stages × limbs: what fits is told while there is no decision, and changes nothing afterwards."""
    facts = replace(GROWN, stage=stage, results=allowed(fitting(code)), fits=(LIMBS[code].words,))
    assert written(facts) == OPEN[stage]
    before = road(facts, "before")
    if stage in BEFORE:
        assert LIMBS[code].words in before.why
        assert ("不予处罚" in before.why.partition("可得出：")[2]) == ("none" in RESULTS_OF[code])
    else:
        assert LIMBS[code].words not in before.why


@pytest.mark.parametrize("stage", STAGES)
def test_no_road_speaks_of_less_principal(stage: Stage) -> None:
    """The principal of a lawful decision is reduced nowhere: after it the first road says so, and none offers it."""
    told = roads(replace(GROWN, stage=stage, results=("ordinary",)))
    if stage in ("decided", "served", "overdue", "enforced", "paid"):
        assert "本金不能再减" in told[0].why
    assert not any("折" in each.why or "%" in each.why for each in told)


def test_what_was_corrected_in_time_is_dropped_and_not_asked_for() -> None:
    before = road(RoadFacts(stage="investigation", results=()), "before")
    assert not before.open
    assert "请撤案" in before.why


def test_a_road_tells_what_waits_on_it() -> None:
    assert "在审查" in road(RoadFacts(stage="heard", results=("ordinary",), asked_before=True), "before").why
    assert "等待答复" in road(replace(GROWN, asked_later=True), "later").why
    assert "等待批准" in road(replace(GROWN, asked_surcharge=True), "surcharge").why


def test_only_what_is_owed_can_be_deferred_or_waived() -> None:
    served = RoadFacts(stage="served", principal_fen=300_000)
    assert written(served) == ".l.w"
    assert "本金不能减" in road(served, "surcharge").why
    only_added = RoadFacts(stage="overdue", principal_fen=0, added_fen=9_000)
    assert written(only_added) == "..sw"
    assert "不因此免除" in road(GROWN, "later").why


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (StageFacts(state="filed"), "investigation"),
        (StageFacts(state="filed", told=True), "announced"),
        (StageFacts(state="filed", told=True, heard=True), "heard"),
        (StageFacts(state="decided"), "decided"),
        (StageFacts(state="decided", punishes=False), "unpunished"),
        (StageFacts(state="served", punishes=False), "unpunished"),
        (StageFacts(state="served", owed_fen=1), "served"),
        (StageFacts(state="served", owed_fen=1, overdue=True), "overdue"),
        (StageFacts(state="served", owed_fen=1, overdue=True, enforced=True), "enforced"),
        (StageFacts(state="served", enforced=True), "paid"),
        (StageFacts(state="dropped"), "dropped"),
        (StageFacts(state="revoked"), "revoked"),
        (StageFacts(state="closed"), "closed"),
    ],
)
def test_the_stage_is_told_by_records_and_sums(facts: StageFacts, stage: Stage) -> None:
    assert stage_of(facts) == stage
