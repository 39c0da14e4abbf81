"""Rounds of dossier reviews: what is drawn for whom, and who may do what with a reviewed dossier."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.rules.dossier_review import (
    CannotOnReview,
    NobodyLeft,
    NotTheResponsible,
    NotTheReviewer,
    RecheckedAlready,
    ReviewAct,
    ReviewFacts,
    ReviewState,
    RoundPlan,
    SameHandRechecks,
    SameHandVerifies,
    TookPart,
    acts_for,
    draw_round,
    entrant,
    next_reviewer,
    plan_faults,
    require_act,
    subject_of,
)
from hall.rules.draws import NothingToDraw

TODAY = date(2026, 11, 23)
PERMITS = tuple(entrant("permit_case", f"许卷{number}号") for number in range(1, 7))
PENALTIES = tuple(entrant("penalty_case", f"罚{number}号") for number in range(1, 5))
BOTH = (*PERMITS, *PENALTIES)
PLAN = RoundPlan(
    from_day=date(2026, 10, 1),
    until_day=date(2026, 10, 31),
    wanted={"permit_case": 2, "penalty_case": 0},
    there={"permit_case": 6, "penalty_case": 0},
    reviewers=3,
    draw_on=TODAY + timedelta(days=2),
)
FREE = frozenset[str]()


def test_a_published_line_tells_kind_and_number() -> None:
    assert entrant("permit_case", "莲城管许卷〔2026〕1号") == "许可案卷：莲城管许卷〔2026〕1号"
    assert subject_of(PENALTIES[0]) == ("penalty_case", "罚1号")
    for text in ("罚1号", "处罚案卷："):
        with pytest.raises(ValueError, match="not a dossier"):
            subject_of(text)


@given(seed=st.text(min_size=1), barred=st.dictionaries(st.sampled_from(BOTH), st.frozensets(st.sampled_from("123"))))
def test_nobody_reviews_what_he_is_barred_from_and_a_draw_replays(seed: str, barred: dict[str, frozenset[str]]) -> None:
    wanted = {"permit_case": 3, "penalty_case": 2}
    drawn = draw_round(BOTH, "123", wanted=wanted, seed=seed, barred=barred)  # type: ignore[arg-type]  # its keys
    assert drawn == draw_round(BOTH, "123", wanted=wanted, seed=seed, barred=barred)  # type: ignore[arg-type]
    assert all(reviewer not in barred.get(dossier, FREE) for dossier, reviewer in drawn.assigned)
    assert all(barred[dossier] == set("123") for dossier in drawn.passed)
    taken = [dossier for dossier, _ in drawn.assigned]
    assert len(set(taken)) == len(taken)
    for words, count in (("许可", 3), ("处罚", 2)):
        able = [each for each in BOTH if each.startswith(words) and barred.get(each, FREE) != set("123")]
        assert sum(each.startswith(words) for each in taken) == min(count, len(able))


@given(seed=st.text(min_size=1))
def test_reviewers_without_a_bar_have_equal_shares(seed: str) -> None:
    drawn = draw_round(PERMITS, "12", wanted={"permit_case": 6}, seed=seed, barred={})
    assert Counter(reviewer for _, reviewer in drawn.assigned) == {"1": 3, "2": 3}
    assert sorted(drawn.reviewers) == ["1", "2"]


def test_another_seed_draws_another_order() -> None:
    wanted = {"permit_case": 6}
    ways = {draw_round(PERMITS, "12", wanted=wanted, seed=f"{seed}", barred={}).assigned for seed in range(20)}  # type: ignore[arg-type]
    assert len(ways) > 10


def test_without_reviewers_there_is_nothing_to_draw() -> None:
    with pytest.raises(NothingToDraw):
        draw_round(PERMITS, "", wanted={"permit_case": 1}, seed="3", barred={})


def test_the_next_in_the_order_replaces() -> None:
    assert next_reviewer("312", after="1", kept_out=FREE) == "2"
    assert next_reviewer("312", after="2", kept_out=FREE) == "3"
    assert next_reviewer("312", after="1", kept_out=frozenset("2")) == "3"
    with pytest.raises(NobodyLeft):
        next_reviewer("312", after="1", kept_out=frozenset("23"))


def test_a_plan_without_a_fault_can_be_announced() -> None:
    assert plan_faults(PLAN, today=TODAY, announce_days=2) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from_day": date(2026, 11, 1)}, "颠倒"),
        ({"until_day": TODAY + timedelta(days=1)}, "还没有到"),
        ({"wanted": {"permit_case": 0, "penalty_case": 0}}, "至少要抽一件"),
        ({"wanted": {"permit_case": 3, "penalty_case": -1}}, "至少要抽一件"),
        ({"there": {"permit_case": 0, "penalty_case": 4}}, "没有可以评查的许可案卷"),
        ({"reviewers": 0}, "没有选评查员"),
        ({"draw_on": TODAY + timedelta(days=1)}, "最早 2026-11-25"),
    ],
)
def test_what_keeps_a_round_from_being_announced_is_said(change: dict[str, object], said: str) -> None:
    (fault,) = plan_faults(replace(PLAN, **change), today=TODAY, announce_days=2)  # type: ignore[arg-type]  # its fields
    assert said in fault


FOUND = ReviewFacts("drawn", reviewer=1, responsible=2, corrected_by=2)


@pytest.mark.parametrize(
    ("state", "account_id", "acts"),
    [
        ("drawn", 1, ("score", "replace", "release")),
        ("drawn", 3, ("replace", "release")),
        ("scored", 3, ("notify",)),
        ("correcting", 2, ("correct", "state", "object")),
        ("correcting", 1, ()),
        ("corrected", 1, ()),
        ("corrected", 2, ("state", "object")),
        ("corrected", 3, ("verify",)),
        ("objected", 1, ()),
        ("objected", 2, ()),
        ("objected", 3, ("recheck",)),
        ("closed", 2, ()),
        ("released", 3, ()),
    ],
)
def test_everybody_does_his_own_part(state: ReviewState, account_id: int, acts: tuple[ReviewAct, ...]) -> None:
    assert acts_for(replace(FOUND, state=state), account_id=account_id) == acts


@pytest.mark.parametrize(
    ("facts", "act", "account_id", "refusal"),
    [
        (FOUND, "notify", 1, CannotOnReview),
        (FOUND, "score", 3, NotTheReviewer),
        (replace(FOUND, part=True), "score", 1, TookPart),
        (replace(FOUND, part=True), "replace", 3, TookPart),
        (replace(FOUND, state="scored", part=True), "notify", 3, TookPart),
        (replace(FOUND, state="correcting"), "correct", 1, NotTheResponsible),
        (replace(FOUND, state="correcting"), "state", 3, NotTheResponsible),
        (replace(FOUND, state="corrected"), "object", 3, NotTheResponsible),
        (replace(FOUND, state="correcting", objected=True), "object", 2, RecheckedAlready),
        (FOUND, "recheck", 3, CannotOnReview),
        (replace(FOUND, state="objected"), "recheck", 1, SameHandRechecks),
        (replace(FOUND, state="objected"), "recheck", 2, SameHandRechecks),
        (replace(FOUND, state="objected", gave_back=frozenset({3})), "recheck", 3, SameHandRechecks),
        (replace(FOUND, state="objected", part=True), "recheck", 3, TookPart),
        (replace(FOUND, state="corrected", rechecker=3), "verify", 3, SameHandVerifies),
        (replace(FOUND, part=True), "release", 3, TookPart),
        (replace(FOUND, state="corrected"), "verify", 1, SameHandVerifies),
        (replace(FOUND, state="corrected"), "verify", 2, SameHandVerifies),
        (replace(FOUND, state="corrected", part=True), "verify", 3, TookPart),
    ],
)
def test_what_somebody_else_has_to_do_is_refused(
    facts: ReviewFacts, act: ReviewAct, account_id: int, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        require_act(act, facts, account_id=account_id, name="吴文正")


def test_the_act_of_the_right_hand_is_not_refused() -> None:
    require_act("score", FOUND, account_id=1, name="吴文正")
    require_act("verify", replace(FOUND, state="corrected"), account_id=3, name="")
