"""The clocks of a penalty case: which run in which stage, since when, until when, and what ends them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.penalty_clocks import ClockFacts, PenaltyClock, Shown, Taken, Told, penalty_clocks
from hall.services.calendar import shipped_calendar, shipped_limits

CALENDAR, LIMITS = shipped_calendar(), shipped_limits()
FILED = ClockFacts(filed_on=date(2026, 9, 1))
DECIDED = replace(FILED, decided_on=date(2026, 11, 16))
SERVED = replace(DECIDED, served_on=date(2026, 11, 18), done_on=date(2026, 11, 18), parts=(date(2026, 12, 3),))


def clocks(facts: ClockFacts) -> dict[str, PenaltyClock]:
    return {clock.kind: clock for clock in penalty_clocks(facts, calendar=CALENDAR, limits=LIMITS)}


def dues(facts: ClockFacts) -> dict[str, date | None]:
    return {kind: clock.due for kind, clock in clocks(facts).items() if clock.ended_on is None}


def test_ninety_days_run_from_filing_and_their_red_line_is_the_strict_day() -> None:
    found = clocks(ClockFacts(filed_on=date(2026, 9, 1)))["closing"]
    assert (found.due, found.strict_due, found.act_by) == (date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30))
    assert found.side == "authority"
    sunday = clocks(ClockFacts(filed_on=date(2026, 8, 31)))["closing"]
    assert (sunday.strict_due, sunday.act_by) == (date(2026, 11, 29), date(2026, 11, 27))
    assert len(sunday.why()) >= 90


def test_the_decision_ends_the_case_clock_and_so_does_an_end_without_one() -> None:
    assert clocks(DECIDED)["closing"].ended_on == date(2026, 11, 16)
    assert clocks(replace(FILED, over_on=date(2026, 10, 1)))["closing"].ended_on == date(2026, 10, 1)


def test_a_penalty_on_the_spot_is_reported_within_two_workdays() -> None:
    imposed = ClockFacts(simple=True, on_spot_on=date(2026, 11, 20))
    assert clocks(imposed)["filing"].due == date(2026, 11, 24)
    assert clocks(imposed)["filing"].side == "authority"
    reported = replace(imposed, reported_on=date(2026, 11, 23))
    assert clocks(reported)["filing"].ended_on == date(2026, 11, 23)


def test_a_simple_case_was_never_filed_and_has_no_case_clock() -> None:
    assert dues(ClockFacts(simple=True)) == {}


def test_orders_to_correct_and_kept_evidence_have_their_days() -> None:
    ordered = ClockFacts(ordered_on=date(2026, 11, 2), correct_by=date(2026, 11, 9), evidence_on=date(2026, 11, 2))
    assert dues(ordered) == {"correction": date(2026, 11, 9), "evidence": date(2026, 11, 11)}
    over = replace(ordered, corrected_on=date(2026, 11, 8), evidence_ended_on=date(2026, 11, 10))
    assert dues(over) == {}
    assert dues(replace(ordered, correct_by=None)) == {"evidence": date(2026, 11, 11)}


def test_what_was_told_may_be_answered_until_its_day_and_a_hearing_asked_for_in_five_workdays() -> None:
    told = Told(date(2026, 11, 2), date(2026, 11, 9), hearing_due=True)
    assert dues(ClockFacts(told=told)) == {"defence": date(2026, 11, 9), "hearing_request": date(2026, 11, 9)}
    answered = replace(told, defended_on=date(2026, 11, 4), hearing_asked_on=date(2026, 11, 5))
    assert dues(ClockFacts(told=answered)) == {}
    assert dues(ClockFacts(told=replace(told, hearing_due=False))) == {"defence": date(2026, 11, 9)}


def test_a_decision_is_served_in_seven_workdays_and_public_in_seven() -> None:
    decided = replace(DECIDED, shown=(Shown(date(2026, 11, 16)),))
    assert dues(decided) == {"service": date(2026, 11, 25), "publicity": date(2026, 11, 25)}
    shown = replace(decided, shown=(Shown(date(2026, 11, 16), published_on=date(2026, 11, 18)),))
    assert dues(shown) == {"service": date(2026, 11, 25)}


def test_what_is_overturned_is_taken_down_in_three_workdays_or_never_put_up() -> None:
    up = Shown(date(2026, 11, 16), published_on=date(2026, 11, 17), overturned_on=date(2026, 11, 20))
    assert dues(ClockFacts(shown=(up,))) == {"withdrawal": date(2026, 11, 25)}
    assert dues(ClockFacts(shown=(replace(up, withdrawn_on=date(2026, 11, 23)),))) == {}
    assert dues(ClockFacts(shown=(replace(up, published_on=None),))) == {}


def test_from_service_on_the_party_pays_in_fifteen_days_and_has_both_remedies() -> None:
    assert dues(SERVED) == {
        "payment": date(2026, 12, 3),
        "review": None,
        "litigation": None,
    }
    earlier = replace(SERVED, decided_on=date(2026, 3, 2), served_on=date(2026, 3, 3), parts=(date(2026, 3, 18),))
    assert dues(earlier) == {
        "payment": date(2026, 3, 18),
        "review": date(2026, 5, 6),
        "litigation": date(2026, 9, 3),
    }


def test_a_schedule_that_is_lacking_is_named_but_hides_no_red_line() -> None:
    assert "2027" in (clocks(SERVED)["review"].pending or "")
    closing = clocks(ClockFacts(filed_on=date(2026, 11, 3)))["closing"]
    assert (closing.due, closing.pending) == (date(2027, 2, 1), None)


@pytest.mark.parametrize(
    ("plan", "words", "law"),
    [
        ("deferral", ("批准的计划里没有缴清的第1期", "批准的计划里没有缴清的第2期"), "行政处罚法66(2)"),
        ("agreement", ("执行协议里没有缴清的第1期", "执行协议里没有缴清的第2期"), "行政强制法42"),
        ("", ("违反执行协议后恢复执行", "违反执行协议后恢复执行"), "行政强制法42(2)"),
    ],
)
def test_a_plan_takes_the_place_of_the_fifteen_days(plan: str, words: tuple[str, str], law: str) -> None:
    planned = replace(SERVED, plan=plan, parts=(date(2026, 12, 10), date(2026, 12, 28)))
    found = [clock for clock in penalty_clocks(planned, calendar=CALENDAR, limits=LIMITS) if clock.kind == "payment"]
    assert [(clock.due, clock.note, clock.law) for clock in found] == [
        (date(2026, 12, 10), words[0], law),
        (date(2026, 12, 28), words[1], law),
    ]


def test_what_is_overdue_comes_near_enforcement_and_pauses_push_it() -> None:
    late = replace(SERVED, overdue_from=date(2026, 10, 9))
    assert clocks(late)["enforcement"].due == date(2026, 11, 8)
    paused = replace(late, pauses=((date(2026, 10, 20), date(2026, 10, 29)),))
    assert clocks(paused)["enforcement"].due == date(2026, 11, 18)


def test_after_a_reminder_the_court_is_asked_in_its_three_months() -> None:
    late = replace(SERVED, reminded_on=date(2026, 6, 1), court_from=date(2026, 6, 10))
    assert clocks(late)["reminder"].due == date(2026, 6, 15)
    assert clocks(late)["court"].due == date(2026, 9, 10)
    asked = replace(late, court_on=date(2026, 7, 1))
    assert clocks(asked)["court"].ended_on == clocks(asked)["reminder"].ended_on == date(2026, 7, 1)
    assert {"reminder", "court"}.isdisjoint(clocks(replace(late, parts=())))


def test_a_review_ends_its_clock_and_leaves_fifteen_days_to_sue_afterwards() -> None:
    asked = replace(SERVED, review_on=date(2026, 11, 20))
    assert clocks(asked)["review"].ended_on == date(2026, 11, 20)
    assert "litigation" not in clocks(asked)
    answered = replace(asked, review_ended_on=date(2026, 12, 10))
    assert clocks(answered)["litigation"].due == date(2026, 12, 25)
    assert clocks(replace(answered, suit_on=date(2026, 12, 20)))["litigation"].ended_on == date(2026, 12, 20)


def test_who_sues_at_once_has_used_both_remedies() -> None:
    sued = clocks(replace(SERVED, suit_on=date(2026, 11, 20)))
    assert sued["review"].ended_on == sued["litigation"].ended_on == date(2026, 11, 20)


def test_against_an_on_the_spot_penalty_review_comes_first() -> None:
    assert "litigation" not in clocks(replace(SERVED, simple=True))


def test_cash_goes_to_the_office_in_two_workdays_and_to_the_bank_in_two_more() -> None:
    assert dues(ClockFacts(cash=(Taken(date(2026, 11, 20)),))) == {"cash_office": date(2026, 11, 24)}
    handed = Taken(date(2026, 11, 20), date(2026, 11, 23))
    assert dues(ClockFacts(cash=(handed,))) == {"cash_bank": date(2026, 11, 25)}
    assert dues(ClockFacts(cash=(replace(handed, banked_on=date(2026, 11, 24)),))) == {}


def test_before_service_nothing_of_the_party_runs() -> None:
    assert set(clocks(replace(DECIDED, parts=(date(2026, 12, 3),)))) == {"closing", "service"}


@given(st.dates(date(2026, 1, 5), date(2026, 8, 1)), st.integers(0, 30), st.integers(0, 30))
def test_running_clocks_come_first_and_in_the_order_of_their_days(start: date, decided: int, served: int) -> None:
    decided_on = date.fromordinal(start.toordinal() + decided)
    served_on = date.fromordinal(decided_on.toordinal() + served)
    facts = ClockFacts(filed_on=start, decided_on=decided_on, served_on=served_on, parts=(served_on,))
    found = penalty_clocks(facts, calendar=CALENDAR, limits=LIMITS)
    order = [(clock.ended_on is not None, clock.due or date.max) for clock in found]
    assert order == sorted(order)
