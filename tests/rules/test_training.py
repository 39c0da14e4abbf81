"""Training: what is asked of somebody in a year, what counts, what is lacking and by when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.training import (
    TRAINING_KINDS,
    BadTraining,
    Trained,
    TrainingRule,
    Wants,
    faults_of,
    half_hours_of,
    hours_words,
    in_force,
    standing,
)

TODAY = date(2026, 11, 23)
LONG_AGO = date(2020, 5, 1)
WANTS = Wants(half_hours=120, camp_days=7, fridays_a_month=1, exchanges_a_month=1, examinations_a_quarter=1)
GUIDE = Wants(half_hours=80, camp_days=0, fridays_a_month=2, exchanges_a_month=0, examinations_a_quarter=0)
RULE = TrainingRule(date(2026, 1, 1), "样例", 45, 8, 60, 15, WANTS, {"guide": GUIDE})
COURSE = Trained(1, "course", date(2026, 3, 2), None, 8)


def wanted(records: Sequence[Trained], kind: str, *, on: date = TODAY, since: date = LONG_AGO) -> list[tuple[int, int]]:
    found = standing(records, WANTS, on=on, since=since, most_hours_a_day=8)
    return [(each.wanted, each.had) for each in found.wants if each.kind == kind]


def test_of_several_roles_the_most_is_asked() -> None:
    assert RULE.wants_of({"clerk"}) == WANTS
    assert RULE.wants_of({"guide"}) == GUIDE
    assert RULE.wants_of({"guide", "clerk"}) == replace(WANTS, fridays_a_month=2)
    assert RULE.wants_of(()) == WANTS


def test_the_hours_of_a_year_count_in_that_year_alone() -> None:
    last_year = replace(COURSE, id=2, held_on=date(2025, 12, 31))
    assert wanted([COURSE, last_year], "hours") == [(120, 8)]
    assert standing([COURSE], WANTS, on=TODAY, since=LONG_AGO, most_hours_a_day=8).half_hours == 8
    assert wanted([COURSE], "hours", on=date(2026, 3, 1)) == [(120, 0)]  # not yet held


def test_of_one_day_no_more_hours_count_than_the_most_however_often_it_was_entered() -> None:
    other = replace(COURSE, id=2, half_hours=14)
    assert wanted([COURSE, other], "hours") == [(120, 16)]
    camp = Trained(3, "camp", date(2026, 3, 1), date(2026, 3, 2), 30)
    assert wanted([COURSE, other, camp], "hours") == [(120, 31)]


def test_the_hours_of_a_camp_over_the_new_year_count_in_both_years_by_their_days() -> None:
    camp = Trained(1, "camp", date(2025, 12, 31), date(2026, 1, 3), 40)
    assert wanted([camp], "hours") == [(120, 30)]
    assert wanted([camp], "hours", on=date(2025, 12, 31)) == [(120, 10)]


def test_days_of_the_camp_count_once_each() -> None:
    camp = Trained(1, "camp", date(2026, 6, 1), date(2026, 6, 5), 80)
    again = Trained(2, "camp", date(2026, 6, 4), date(2026, 6, 8), 80)
    assert wanted([camp, again], "camp") == [(7, 8)]
    assert wanted([replace(camp, held_on=date(2025, 12, 30), until_day=date(2026, 1, 2))], "camp") == [(7, 2)]


def test_study_days_are_asked_month_by_month_until_the_present_one() -> None:
    fridays = [Trained(month, "friday", date(2026, month, 6), None, 4) for month in (1, 2, 11)]
    assert wanted(fridays, "friday") == [(1, 1), (1, 1), *[(1, 0)] * 8, (1, 1)]
    lacking = standing(fridays, WANTS, on=TODAY, since=LONG_AGO, most_hours_a_day=8).lacking
    assert lacking[0].by == date(2026, 1, 31)
    assert lacking[0].kind == "exchange"


def test_only_an_examination_that_was_passed_counts_for_its_quarter() -> None:
    failed = Trained(1, "examination", date(2026, 3, 20), None, 0, passed=False)
    passed = replace(failed, id=2, held_on=date(2026, 5, 20), passed=True)
    assert wanted([failed, passed], "examination") == [(1, 0), (1, 1), (1, 0), (1, 0)]


def test_what_is_lacking_after_its_day_is_late_and_before_it_is_not() -> None:
    stands = standing([], WANTS, on=date(2026, 4, 1), since=LONG_AGO, most_hours_a_day=8)
    assert {(each.kind, each.by) for each in stands.late} == {
        *(
            (kind, date(2026, month, last))
            for kind in ("friday", "exchange")
            for month, last in ((1, 31), (2, 28), (3, 31))
        ),
        ("examination", date(2026, 3, 31)),
    }
    assert {each.kind for each in stands.lacking} == {"hours", "camp", "friday", "exchange", "examination"}


@pytest.mark.parametrize(
    ("since", "hours", "camp", "months", "quarters"),
    [
        (date(2026, 1, 1), 120, 7, 11, 4),
        (date(2026, 1, 2), 110, 6, 10, 3),
        (date(2026, 7, 1), 60, 3, 5, 2),
        (date(2026, 7, 2), 50, 2, 4, 1),
        (date(2026, 12, 2), 0, 0, 0, 0),
        (date(2027, 2, 1), 0, 0, 0, 0),
    ],
)
def test_whoever_comes_within_the_year_is_asked_for_the_months_after(
    since: date, hours: int, camp: int, months: int, quarters: int
) -> None:
    assert wanted([], "hours", since=since) == [(hours, 0)]
    assert wanted([], "camp", since=since) == ([(camp, 0)] if camp else [])
    assert len(wanted([], "friday", since=since)) == months
    assert len(wanted([], "examination", since=since)) == quarters


def test_a_correction_counts_in_place_of_what_it_corrects_and_a_voiding_row_takes_it_back() -> None:
    right = replace(COURSE, id=2, half_hours=4, corrects=1)
    assert in_force([COURSE, right]) == (right,)
    assert in_force([COURSE, right, replace(COURSE, id=3, corrects=2, voids=True, half_hours=0)]) == ()
    assert standing([], WANTS, on=TODAY, since=LONG_AGO, most_hours_a_day=8) == standing(
        [COURSE, replace(COURSE, id=9, corrects=1, voids=True, half_hours=0)],
        WANTS,
        on=TODAY,
        since=LONG_AGO,
        most_hours_a_day=8,
    )


records = st.lists(
    st.builds(
        Trained,
        id=st.integers(1, 10**6),
        kind=st.sampled_from(TRAINING_KINDS),
        held_on=st.dates(date(2025, 6, 1), date(2026, 12, 31)),
        until_day=st.none(),
        half_hours=st.integers(0, 16),
        passed=st.sampled_from([None, True, False]),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)
since_days = st.dates(date(2024, 1, 1), date(2027, 6, 1))


@given(records, st.randoms(use_true_random=False), since_days)
def test_the_order_of_the_records_does_not_matter(own: list[Trained], random: object, since: date) -> None:
    turned = own.copy()
    random.shuffle(turned)  # type: ignore[attr-defined]  # random.Random
    assert standing(turned, WANTS, on=TODAY, since=since, most_hours_a_day=8) == standing(
        own, WANTS, on=TODAY, since=since, most_hours_a_day=8
    )


@given(records, since_days)
def test_one_record_more_never_makes_more_lacking(own: list[Trained], since: date) -> None:
    def lacking(some: list[Trained]) -> int:
        return sum(each.lacking for each in standing(some, WANTS, on=TODAY, since=since, most_hours_a_day=8).wants)

    assert lacking(own) <= lacking(own[:-1])


@pytest.mark.parametrize(
    ("text", "half_hours"),
    [
        *(("4", 8), ("4.5", 9), ("4.0", 8), ("4学时", 8), ("180分钟", 8), ("44分钟", 1), ("0", 0)),
        *((text, None) for text in ("", "4.3", "四", "-1", "半分钟", "99999")),
    ],
)
def test_hours_are_read_as_staff_write_them(text: str, half_hours: int | None) -> None:
    assert half_hours_of(text, 45) == half_hours


def test_hours_are_written_with_a_half_where_there_is_one() -> None:
    assert [hours_words(each) for each in (0, 8, 9)] == ["0", "4", "4.5"]


@pytest.mark.parametrize(
    ("record", "score", "fault"),
    [
        (COURSE, None, ()),
        (replace(COURSE, held_on=TODAY + timedelta(days=1)), None, ("培训还没有结束，结束后再登记",)),
        (replace(COURSE, until_day=date(2026, 3, 1)), None, ("止日早于起日",)),
        (replace(COURSE, until_day=date(2026, 5, 1)), None, ("一次培训最长登记 31 天",)),
        (replace(COURSE, half_hours=17), None, ("每天最多计 8 学时",)),
        (replace(COURSE, half_hours=0), None, ("没有学时",)),
        (replace(COURSE, kind="examination", half_hours=0), None, ("季考要写分数",)),
        (replace(COURSE, kind="examination", half_hours=0), 101, ("分数应在 0 至 100 之间",)),
        (replace(COURSE, kind="examination", half_hours=0), 60, ()),
    ],
)
def test_what_cannot_be_entered_is_told(record: Trained, score: int | None, fault: tuple[str, ...]) -> None:
    assert faults_of(record, RULE, score=score, today=TODAY) == fault
    assert "；".join(fault) in str(BadTraining(fault))


@pytest.mark.parametrize("wrong", [{"minutes_an_hour": 0}, {"most_hours_a_day": 0}, {"pass_score": 101}])
def test_a_rule_that_says_nonsense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="应"):
        replace(RULE, **wrong)  # type: ignore[arg-type]  # of whole numbers
