"""A penalty case before its decision: what is refused, what is asked again, and from when an act is too old."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.identity import NotYetBorn, id_check_digit
from hall.rules.penalties import (
    ActFacts,
    BadPenaltyFacts,
    CannotEnd,
    EndFacts,
    FinedTwice,
    KnownAct,
    MaybeFinedTwice,
    TimeBarred,
    age_group,
    bar_day,
    birth_in,
    check_facts,
    check_one_act,
    check_time_bar,
    closing_reasons,
    corrected_in_time,
    correction_reasons,
    drop_reasons,
    evidence_reasons,
    officers_reasons,
    own_case_number,
    simple_allowed,
)
from hall.services.penalty_terms import penalty_terms
from hall.words import PENALTY_STATES

TODAY = date(2026, 11, 23)
TERMS = penalty_terms(Path(__file__).parent, TODAY)
"""As shipped: nothing lies beside the tests."""
ACT = ActFacts(acted_on=date(2026, 11, 2), found_on=date(2026, 11, 3), filed_on=date(2026, 11, 4))


def test_days_in_their_order_are_accepted() -> None:
    whole = replace(
        ACT,
        acted_until=date(2026, 11, 3),
        correction_ordered_on=date(2026, 11, 3),
        correct_by=date(2026, 11, 10),
        corrected_on=date(2026, 11, 9),
    )
    check_facts(whole, today=TODAY)
    check_facts(replace(ACT, procedure="simple", filed_on=None), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"acted_until": date(2026, 11, 1)}, "终了日期早于开始日期"),
        ({"found_on": date(2026, 11, 1)}, "发现日期早于违法行为的日期"),
        ({"filed_on": date(2026, 11, 2)}, "立案日期早于发现日期"),
        ({"filed_on": None}, "普通程序没有填立案日期"),
        ({"procedure": "simple"}, "简易程序不立案"),
        ({"correction_ordered_on": date(2026, 11, 2)}, "责令改正的日期早于发现日期"),
        ({"correct_by": date(2026, 11, 9)}, "没有填责令改正的日期"),
        (
            {"correction_ordered_on": date(2026, 11, 5), "correct_by": date(2026, 11, 4)},
            "改正期限早于责令改正的日期",
        ),
        ({"corrected_on": date(2026, 11, 1)}, "改正日期早于违法行为的日期"),
        ({"life_or_health": True, "harm": "none"}, "危害后果就不能是没有"),
        ({"filed_on": date(2026, 11, 24)}, "在今天之后"),
        ({"corrected_on": date(2026, 11, 24)}, "在今天之后"),
    ],
)
def test_days_that_cannot_be_are_named(changes: dict[str, object], told: str) -> None:
    with pytest.raises(BadPenaltyFacts) as refused:
        check_facts(replace(ACT, **changes), today=TODAY)  # type: ignore[arg-type]  # fields of the facts
    assert [told in reason for reason in refused.value.reasons] == [True]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = replace(ACT, found_on=date(2026, 11, 1), filed_on=None, acted_until=date(2026, 12, 1))
    with pytest.raises(BadPenaltyFacts) as refused:
        check_facts(wrong, today=TODAY)
    assert len(refused.value.reasons) == 3


def test_an_act_is_punished_if_it_was_found_on_the_last_day_of_two_years_and_not_a_day_later() -> None:
    act = ActFacts(acted_on=date(2024, 2, 29), found_on=date(2026, 2, 28))
    assert bar_day(act, TERMS) == date(2026, 2, 28)
    check_time_bar(act, TERMS)
    with pytest.raises(TimeBarred, match=r"满2年.*2026-02-28"):
        check_time_bar(replace(act, found_on=date(2026, 3, 1)), TERMS)


def test_an_act_that_went_on_counts_from_its_end() -> None:
    act = ActFacts(acted_on=date(2020, 1, 1), acted_until=date(2025, 6, 1), found_on=TODAY)
    assert bar_day(act, TERMS) == date(2027, 6, 1)
    check_time_bar(act, TERMS)


@pytest.mark.parametrize(
    ("life", "harm", "years"),
    [(True, "grave", 5), (True, "slight", 5), (True, "unknown", 2), (False, "grave", 2)],
)
def test_five_years_need_life_or_health_and_harm_that_was_found(life: bool, harm: str, years: int) -> None:
    act = replace(ACT, life_or_health=life, harm=harm)  # type: ignore[arg-type]  # one of the words
    assert bar_day(act, TERMS) == date(2026 + years, 11, 2)


@pytest.mark.parametrize(
    ("birth", "group"),
    [
        (date(2026, 11, 2), "child"),
        (date(2012, 11, 2), "child"),
        (date(2012, 11, 1), "minor"),
        (date(2008, 11, 2), "minor"),
        (date(2008, 11, 1), "adult"),
        (None, "unknown"),
    ],
)
def test_an_age_is_full_from_the_day_after_the_birthday(birth: date | None, group: str) -> None:
    assert age_group(birth, date(2026, 11, 2)) == group


@pytest.mark.parametrize(("acted_on", "group"), [(date(2026, 3, 1), "child"), (date(2026, 3, 2), "minor")])
def test_who_was_born_on_29_february_is_fourteen_after_1_march(acted_on: date, group: str) -> None:
    assert age_group(date(2012, 2, 29), acted_on) == group


def test_nobody_acts_before_birth() -> None:
    with pytest.raises(NotYetBorn):
        age_group(date(2026, 11, 3), date(2026, 11, 2))


def test_a_number_tells_the_birth() -> None:
    digits = "99999920100501001"
    assert birth_in(digits + id_check_digit(digits)) == date(2010, 5, 1)
    assert birth_in("") is None


def known(**changes: object) -> KnownAct:
    usual = KnownAct(
        number="一号", violation_id=1, place="向阳路 1号", acted_on=date(2026, 11, 1), ended_on=date(2026, 11, 2)
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # fields of the act


def test_the_same_violation_at_the_same_place_and_time_is_refused_whatever_is_said() -> None:
    with pytest.raises(FinedTwice, match="一号"):
        check_one_act(ACT, violation_id=1, place="向阳路1 号", known=[known()], reason="另一处")


@pytest.mark.parametrize("other", [known(violation_id=2), known(place="解放路2号")])
def test_what_comes_close_to_another_case_wants_a_reason(other: KnownAct) -> None:
    with pytest.raises(MaybeFinedTwice, match="一号"):
        check_one_act(ACT, violation_id=1, place="向阳路1号", known=[other], reason="")
    check_one_act(ACT, violation_id=1, place="向阳路1号", known=[other], reason="另一处")


@pytest.mark.parametrize(
    "other",
    [
        known(violation_id=2, place="解放路2号"),
        known(acted_on=date(2026, 10, 1), ended_on=date(2026, 11, 1)),
        known(acted_on=date(2026, 11, 3), ended_on=date(2026, 11, 3)),
    ],
)
def test_another_act_is_no_second_fine(other: KnownAct) -> None:
    check_one_act(ACT, violation_id=1, place="向阳路1号", known=[other], reason="")


def test_two_cases_without_a_place_are_close_only_by_their_violation() -> None:
    check_one_act(ACT, violation_id=1, place="", known=[known(violation_id=2, place="")], reason="")


def test_the_simple_procedure_ends_at_its_limit() -> None:
    assert simple_allowed(20_000, kind="citizen", terms=TERMS)
    assert not simple_allowed(20_001, kind="citizen", terms=TERMS)
    assert simple_allowed(0, kind="organisation", terms=TERMS)
    assert simple_allowed(300_000, kind="organisation", terms=TERMS)
    assert not simple_allowed(300_001, kind="organisation", terms=TERMS)
    assert not simple_allowed(-1, kind="organisation", terms=TERMS)


@pytest.mark.parametrize(
    ("correct_by", "corrected_on", "in_time"),
    [
        (date(2026, 11, 9), date(2026, 11, 9), True),
        (date(2026, 11, 9), date(2026, 11, 10), False),
        (date(2026, 11, 9), None, False),
        (None, date(2026, 11, 10), True),
    ],
)
def test_who_corrects_by_the_day_named_does_so_in_time(
    correct_by: date | None, corrected_on: date | None, in_time: bool
) -> None:
    assert corrected_in_time(replace(ACT, correct_by=correct_by, corrected_on=corrected_on)) is in_time


def test_a_case_is_closed_when_nothing_is_open() -> None:
    assert closing_reasons(EndFacts(state="served")) == ()
    assert "没有送达" in closing_reasons(EndFacts(state="decided", owed_fen=1))[0]
    everything = EndFacts(state="served", owed_fen=1, excess_fen=1, goods=1, cash=1, remedy=True)
    assert len(closing_reasons(everything)) == 5
    assert "罚款没有缴清" in str(CannotEnd(closing_reasons(everything)))


def test_what_is_decided_is_not_dropped() -> None:
    assert drop_reasons("filed", goods=0) == ()
    assert "更正、变更或者撤销" in drop_reasons("decided", goods=0)[0]
    assert "解除查封" in drop_reasons("filed", goods=1)[0]


def test_orders_and_kept_evidence_belong_to_a_case_that_is_not_decided() -> None:
    assert correction_reasons("filed") == ()
    assert correction_reasons("decided")
    day = date(2026, 11, 3)
    assert evidence_reasons("filed", held_on=None, ended_on=None) == ()
    assert evidence_reasons("filed", held_on=day, ended_on=day) == ()
    assert "处理以后" in evidence_reasons("filed", held_on=day, ended_on=None)[0]
    assert "撤案" in evidence_reasons("dropped", held_on=None, ended_on=None)[0]


def test_a_case_of_our_own_is_numbered_like_the_others() -> None:
    assert own_case_number("莲城管", year=2026, serial=18) == "莲城管罚立〔2026〕18号"


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 3000), st.integers(0, 4000))
def test_a_later_end_of_the_act_never_bars_it_earlier(start: date, on: int, found: int) -> None:
    short = ActFacts(acted_on=start, found_on=date.fromordinal(start.toordinal() + found))
    long = replace(short, acted_until=date.fromordinal(start.toordinal() + on))
    assert bar_day(long, TERMS) >= bar_day(short, TERMS)


@pytest.mark.parametrize("state", list(PENALTY_STATES))
def test_officers_are_changed_until_a_case_has_ended(state: str) -> None:
    ended = state in ("closed", "dropped", "revoked")
    assert bool(officers_reasons(state)) == ended
