"""Statistics of a month of cases: hand-worked examples, populations, the balance, and how a month stood then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.case_balance import Balance, balance
from hall.rules.case_facts import (
    BadRatingFact,
    CardFact,
    CaseFact,
    ClockFact,
    MonthFacts,
    PauseFact,
    Period,
    RatingFacts,
    RequestFacts,
    StepFact,
    SupplementFact,
    as_of,
    month_period,
)
from hall.rules.case_figures import Figure
from hall.rules.case_populations import populations
from hall.rules.case_statistics import (
    INDICATORS,
    GroupFigures,
    MonthStatistics,
    concerned,
    in_hand,
    month_statistics,
    ranked,
    timeliness,
)

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def case(case_id: int, received_on: date, **given: object) -> CaseFact:
    """A case of matter 1 in department 1, a promised one."""
    base = CaseFact(case_id, 1, 1, "promised", received_on)
    return replace(base, **given)  # type: ignore[arg-type]  # fields by name


def workdays(days: int, due: date | None, used: int | None = None) -> ClockFact:
    return ClockFact(days, "workday", due, used)


def decided(case_id: int, received_on: date, decided_on: date, *, due: date, used: int, **given: object) -> CaseFact:
    """Accepted on receipt, promised 5 workdays of 20, granted."""
    values: dict[str, object] = {
        "accepted_on": received_on,
        "accepted_how": "complete",
        "decided_on": decided_on,
        "outcome": "granted",
        "standing": "done",
        "statutory": workdays(20, due + timedelta(days=21), used),
        "promised": workdays(5, due, used),
        "trips": 1,
    }
    return case(case_id, received_on, **(values | given))


# A November in a small hall. Case by case:
IN_TIME = decided(1, day(2), day(6), due=day(9), used=4, served_on=day(9), delivery_due=day(20), trips=2)
ON_DUE_DAY = decided(2, day(3), day(10), due=day(10), used=5, served_on=day(25), delivery_due=day(24), trips=0)
LATE = decided(
    3,
    day(28, 10),
    day(6),
    due=day(4),
    used=7,
    supplements=(SupplementFact(day(28, 10), day(29, 10)), SupplementFact(day(29, 10), day(30, 10))),
    steps=(StepFact(day(5), overrun=True), StepFact(day(6), overrun=False), StepFact(day(30, 10), overrun=True)),
)
ILLEGALLY_LATE = decided(
    4,
    day(20, 9),
    day(16),
    due=day(27, 9),
    used=30,
    statutory=workdays(20, day(20, 10), 30),
    outcome="denied",
    visits=(day(1, 10), day(3)),
    extended_on=day(26, 9),
)
ON_THE_SPOT = decided(
    5,
    day(12),
    day(12),
    due=day(12),
    used=0,
    handling="immediate",
    promised=workdays(0, day(12), 0),
    matter_id=2,
    served_on=day(12),
)
JOINT = decided(6, day(5), day(19), due=day(13), used=10, handling="joint", outcome="default", department_id=2)
REFUSED = case(
    7,
    day(4),
    ended_on=day(5),
    ended_how="refused",
    refusal_limb="not_authority",
    standing="done",
)
WITHDRAWN_LATE = case(
    8,
    day(2),
    accepted_on=day(2),
    accepted_how="deemed",
    ended_on=day(20),
    ended_how="withdrawn",
    standing="done",
    promised=workdays(5, day(9)),
    statutory=workdays(20, day(30)),
)
SUPPLEMENTING = case(9, day(23), standing="supplementing", supplements=(SupplementFact(day(24)),), department_id=2)
PAUSED = case(
    10,
    day(10),
    accepted_on=day(10),
    accepted_how="lacking",
    promised=workdays(5, day(17)),
    statutory=workdays(20, day(8, 12)),
    pauses=(PauseFact(day(12), due=day(15, 12)),),
)
OVERDUE = case(
    11,
    day(17),
    accepted_on=day(17),
    accepted_how="complete",
    promised=workdays(5, day(30)),
    statutory=workdays(20, day(30)),
    pauses=(PauseFact(day(18), day(20), 2, day(19)), PauseFact(day(23), day(26), 3)),
)
PENDING = case(12, day(30), accepted_on=day(30), accepted_how="informed", promised=workdays(60, None))
LONG_GONE = decided(13, day(1, 9), day(8, 9), due=day(8, 9), used=5, served_on=day(2), delivery_due=day(22, 9))
CASES = (
    IN_TIME,
    ON_DUE_DAY,
    LATE,
    ILLEGALLY_LATE,
    ON_THE_SPOT,
    JOINT,
    REFUSED,
    WITHDRAWN_LATE,
    SUPPLEMENTING,
    PAUSED,
    OVERDUE,
    PENDING,
    LONG_GONE,
)
CARDS = (
    CardFact("yellow", day(5), cleared_on=day(9), plea="upheld"),
    CardFact("yellow", day(6), plea="rejected"),
    CardFact("red", day(20), cleared_on=day(2, 12)),
    CardFact("red", day(20, 10), cleared_on=day(2), plea="upheld"),
)
RATINGS = RatingFacts(
    visits=40,
    levels=(1, 2, 3, 4, 10),
    follow_ups=(
        BadRatingFact(day(2), day(9), day(9)),
        BadRatingFact(day(3), day(10), None),
        BadRatingFact(day(27), None, None),
    ),
)
REQUESTS = RequestFacts(received=10, closed=7, closed_in_time=6, answerable=9, replied=8, joined=1, rated=4, content=3)
MONTH = MonthFacts(
    NOVEMBER, concerned(CASES, NOVEMBER), CARDS, 6, RATINGS, scores=(100, None, 85, 0), requests=REQUESTS
)


@pytest.fixture(scope="module")
def november() -> MonthStatistics:
    return month_statistics(MONTH)


# Numerator and denominator of each figure, counted by hand from the cases above.
BY_HAND: dict[str, tuple[int, int | None]] = {
    "received": (10, None),  # all but 3, 4 and 13
    "accepted": (8, None),  # 1 2 5 6 8 10 11 12
    "accepted_rate": (8, 10),  # of the ten: not 7, not 9
    "refused_rate": (1, 10),
    "lacking_rate": (1, 8),
    "informed_rate": (1, 8),
    "deemed_rate": (1, 8),
    "done": (6, None),
    "done_rate": (6, 10),  # accepted and in hand: 1–6, 8, 10, 11, 12
    "granted_rate": (4, 6),
    "denied_rate": (1, 6),
    "default_rate": (1, 6),
    "immediate_share": (1, 6),
    "one_trip_rate": (3, 4),  # of those served: 1 came twice
    "no_trip_rate": (1, 4),
    "refused": (1, None),
    "withdrawn": (1, None),
    "terminated": (0, None),
    "ended_late": (1, None),
    "on_time_immediate": (1, 1),
    "on_time_promised": (2, 4),
    "on_time_joint": (0, 1),
    "overdue_rate": (4, 9),  # 3 4 6 decided late, 11 in hand; 8 was withdrawn
    "beyond_law_rate": (2, 9),  # 4 decided, 11 in hand on its last statutory day, which is over
    "early_rate": (1, 5),
    "mean_days": (56, 5),  # 4 + 5 + 7 + 30 + 10
    "mean_days_immediate": (0, 1),
    "promise_saving": (95, 120),  # five times 20 − 5, once 20 − 0
    "actual_saving": (64, 120),  # 120 − 56
    "extended_rate": (1, 6),
    "delivery_rate": (1, 3),  # 1 in time, 2 a day late, 13 far too late; 5 has no due day
    "supplement_rate": (1, 10),
    "second_supplement_rate": (0, 10),  # the one with two was received in October
    "pause_rate": (2, 10),
    "mean_pause_days": (5, 2),
    "pause_overrun_rate": (1, 2),
    "step_overrun_rate": (1, 2),
    "visits": (1, None),
    "reviewed_rate": (3, 4),
    "dossier_points": (185, 3),
    "warnings": (6, None),
    "blue_cards": (0, None),
    "yellow_cards": (2, None),
    "red_cards": (1, None),
    "cleared_rate": (1, 3),
    "plea_rate": (1, 2),
    "rated_rate": (20, 40),
    "active_rate": (20, 20),
    "satisfied_rate": (17, 20),
    "rectified_rate": (1, 3),
    "rectified_in_time_rate": (1, 2),
    "request_done_rate": (7, 10),
    "request_in_time_rate": (6, 7),
    "request_reply_rate": (8, 9),
    "request_repeat_rate": (1, 10),
    "request_content_rate": (3, 4),
}


@pytest.mark.parametrize("key", BY_HAND)
def test_every_figure_is_as_counted_by_hand(key: str, november: MonthStatistics) -> None:
    figure = november.figure(key)
    assert (figure.numerator, figure.denominator) == BY_HAND[key]


def test_no_figure_is_left_uncounted_and_each_says_its_population(november: MonthStatistics) -> None:
    assert [each.figure.key for each in november.figures] == list(BY_HAND)
    assert all(each.figure.population and each.figure.counted and each.figure.name for each in november.figures)
    assert len({indicator.name for indicator in INDICATORS}) == len(INDICATORS)


def test_a_share_is_never_an_integer_division(november: MonthStatistics) -> None:
    assert november.figure("granted_rate").value == pytest.approx(4 / 6)
    assert november.figure("mean_days").value == pytest.approx(11.2)
    assert november.figure("received").value == 10


def test_a_share_of_nothing_has_no_value() -> None:
    empty = month_statistics(MonthFacts(NOVEMBER, ()))
    assert empty.figure("on_time_promised").value is None
    assert empty.figure("received").value == 0
    assert empty.balance.holds


def test_the_balance_places_every_case_once(november: MonthStatistics) -> None:
    assert november.balance == Balance(
        carried=2,
        new=10,
        dealt_with=12,
        done=6,
        refused=1,
        withdrawn=1,
        terminated=0,
        in_time=1,
        overdue=1,
        supplementing=1,
        paused=1,
    )
    assert (november.balance.in_hand, november.balance.gone) == (4, 8)
    assert november.balance.holds


def test_the_balance_shows_a_case_that_its_records_place_twice_or_nowhere() -> None:
    twice = replace(IN_TIME, ended_on=day(7), ended_how="withdrawn")
    nowhere = case(20, day(5), standing="done")
    assert balance(populations(MonthFacts(NOVEMBER, (twice,)))).outflow_difference == -1
    lost = balance(populations(MonthFacts(NOVEMBER, (nowhere,))))
    assert (lost.outflow_difference, lost.holds) == (1, False)


def test_the_carry_over_is_what_was_in_hand_a_month_before() -> None:
    brought = in_hand(CASES, NOVEMBER.month_before)
    both = month_statistics(MONTH, brought=brought)
    assert (brought, both.balance.carried, both.balance.carry_difference) == (2, 2, 0)
    entered_late = (*MONTH.cases, case(30, day(15, 10)))
    behind = month_statistics(replace(MONTH, cases=entered_late), brought=brought)
    assert (behind.balance.carry_difference, behind.balance.holds) == (1, False)


def test_a_month_stood_otherwise_then() -> None:
    october = concerned(CASES, OCTOBER)
    assert [each.case_id for each in october] == [3, 4]
    late, illegal = october
    gone = as_of(LONG_GONE, OCTOBER)
    assert (late.decided_on, late.standing, late.steps) == (None, "working", (LATE.steps[2],))
    assert (illegal.visits, illegal.outcome, illegal.overdue(OCTOBER)) == ((day(1, 10),), "", True)
    assert (gone.served_on, gone.standing) == (None, "done")


def test_what_was_open_when_a_month_ended_is_found_again_from_its_days() -> None:
    on_the_tenth = Period(day(1), day(10))
    later = {"accepted_on": day(3), "standing": "done", "decided_on": day(20)}
    paused = case(1, day(2), pauses=(PauseFact(day(9), day(12), 3),), **later)
    asked = case(2, day(2), supplements=(SupplementFact(day(9), day(11)), SupplementFact(day(12))), decided_on=day(20))
    in_review = case(5, day(2), pauses=(PauseFact(day(9), day(12), 1, for_material=True),), **later)
    too_late = case(6, day(2), pauses=(PauseFact(day(9), day(12), 3),), promised=workdays(2, day(6)), **later)
    overran = case(3, day(2), pauses=(PauseFact(day(3), day(12), 1, day(5)),), **later)
    refused = case(
        4,
        day(2),
        ended_on=day(20),
        ended_how="refused",
        standing="done",
    )
    assert as_of(paused, on_the_tenth).standing == "paused"
    assert as_of(asked, on_the_tenth).standing == "supplementing"
    assert as_of(asked, on_the_tenth).supplements == (SupplementFact(day(9)),)
    assert as_of(in_review, on_the_tenth).standing == "supplementing"
    assert as_of(too_late, on_the_tenth).standing == "working"
    assert as_of(overran, on_the_tenth).standing == "working"
    assert as_of(refused, on_the_tenth).ended_how == ""
    assert as_of(paused, Period(day(1), day(20))) is paused


def test_groups_add_up_and_say_who_has_no_business(november: MonthStatistics) -> None:
    for groups in (november.by_matter, november.by_department):
        for name in ("received", "accepted", "visits", "done", "overdue", "in_hand", "overdue_in_hand"):
            assert sum(getattr(each, name) for each in groups.values()) == getattr(november.total, name)
    assert november.by_matter[2] == GroupFigures(
        received=1,
        accepted=1,
        visits=0,
        done=1,
        overdue=0,
        in_hand=0,
        overdue_in_hand=0,
        on_time=replace(november.figure("on_time_promised"), numerator=0, denominator=0),
    )
    assert not november.by_matter[2].without_business
    only_served = month_statistics(MonthFacts(NOVEMBER, (LONG_GONE,)))
    assert only_served.by_matter[1].without_business


def test_departments_are_ranked_by_share_and_equals_share_a_rank(november: MonthStatistics) -> None:
    base = november.total

    def with_share(numerator: int, denominator: int) -> GroupFigures:
        return replace(base, on_time=replace(base.on_time, numerator=numerator, denominator=denominator))

    groups = {1: with_share(1, 2), 2: with_share(9, 10), 3: with_share(5, 10), 4: with_share(0, 0), 5: with_share(0, 3)}
    assert ranked(groups) == ((1, 2), (2, 1), (2, 3), (4, 5))


def test_refusals_are_counted_by_limb_and_pending_cases_for_themselves(november: MonthStatistics) -> None:
    assert november.refusals == {"not_authority": 1}
    assert november.undatable == 1


def test_figures_are_compared_with_a_month_and_a_year_before() -> None:
    fewer = MonthFacts(OCTOBER, (decided(1, day(2, 10), day(9, 10), due=day(9, 10), used=5),), warnings=0)
    both = month_statistics(MONTH, month_before=fewer, year_before=fewer)
    compared = {each.figure.key: each for each in both.figures}
    assert compared["received"].month_change == pytest.approx(9.0)
    assert compared["on_time_promised"].month_change == pytest.approx(-0.5)
    assert compared["on_time_promised"].year_change == pytest.approx(-0.5)
    assert compared["warnings"].month_change is None  # six against none is no percentage
    assert compared["on_time_joint"].month_change is None
    assert {each.year_change for each in month_statistics(MONTH).figures} == {None}


def test_the_timeliness_of_a_month_is_that_of_its_promised_cases() -> None:
    assert isinstance(timeliness(MONTH), Figure)
    assert (timeliness(MONTH).numerator, timeliness(MONTH).denominator) == (2, 4)


def test_what_is_not_measured_in_workdays_is_not_added_up() -> None:
    in_hours = decided(1, day(2), day(3), due=day(3), used=1, promised=ClockFact(24, "hour", day(3), 1))
    unlimited = decided(2, day(2), day(3), due=day(3), used=1, promised=None, statutory=None)
    found = month_statistics(MonthFacts(NOVEMBER, (in_hours, unlimited)))
    assert (found.figure("mean_days").denominator, found.figure("early_rate").denominator) == (0, 0)
    assert found.figure("promise_saving").denominator == 0
    assert found.figure("on_time_promised").denominator == 1
    assert (found.figure("actual_saving").numerator, found.figure("actual_saving").denominator) == (19, 20)


def test_without_a_promise_the_statutory_limit_is_what_counts() -> None:
    slow = decided(1, day(2), day(20), due=day(4), used=14, promised=None, statutory=workdays(5, day(9), 14))
    assert slow.decided_late
    assert month_statistics(MonthFacts(NOVEMBER, (slow,))).figure("on_time_promised").numerator == 0


def test_a_case_withdrawn_in_time_or_without_a_limit_is_not_late() -> None:
    in_time = replace(WITHDRAWN_LATE, ended_on=day(9))
    unlimited = replace(WITHDRAWN_LATE, promised=None, statutory=None)
    refused = replace(WITHDRAWN_LATE, ended_how="refused")
    found = month_statistics(MonthFacts(NOVEMBER, (in_time, unlimited, refused)))
    assert found.figure("ended_late").numerator == 0


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (day(1, 12), Period(day(1), day(30))),
        (day(30), Period(day(1), day(30), over=False)),
        (day(15), Period(day(1), day(15), over=False)),
        (day(15, 10), Period(day(1), day(1), over=False)),
    ],
)
def test_a_running_month_goes_up_to_today(today: date, period: Period) -> None:
    assert month_period(2026, 11, today=today) == period


def test_a_due_day_is_past_when_it_has_ended() -> None:
    assert Period(day(1), day(30)).past(day(30))
    assert not Period(day(1), day(30), over=False).past(day(30))
    assert Period(day(1), day(30), over=False).past(day(29))
    assert not NOVEMBER.past(None)


@pytest.mark.parametrize(
    ("period", "months", "shifted"),
    [
        (NOVEMBER, -1, OCTOBER),
        (NOVEMBER, -12, Period(date(2025, 11, 1), date(2025, 11, 30))),
        (NOVEMBER, -9, Period(date(2026, 2, 1), date(2026, 2, 28))),
        (Period(date(2026, 2, 1), date(2026, 2, 28)), -1, Period(date(2026, 1, 1), date(2026, 1, 31))),
        (Period(date(2026, 3, 1), date(2026, 3, 30), over=False), -1, Period(date(2026, 2, 1), date(2026, 2, 28))),
        (Period(day(1), day(15), over=False), -12, Period(date(2025, 11, 1), date(2025, 11, 15))),
        (Period(date(2026, 1, 1), date(2026, 1, 31)), -1, Period(date(2025, 12, 1), date(2025, 12, 31))),
    ],
)
def test_the_same_days_of_another_month(period: Period, months: int, shifted: Period) -> None:
    assert period.shifted(months) == shifted


DAYS = st.dates(date(2026, 9, 1), date(2026, 12, 31))


@st.composite
def lives(draw: st.DrawFn) -> CaseFact:
    """A whole life of a case: received, perhaps asked, accepted, perhaps paused, and perhaps an end."""
    first, second, third, fourth, last = sorted(draw(st.lists(DAYS, min_size=5, max_size=5)))
    end = draw(st.sampled_from(["decided", "withdrawn", "terminated", "refused", "working", "paused", "supplementing"]))
    lived = case(1, first, supplements=(SupplementFact(first, second),))
    if end == "refused":
        return replace(lived, ended_on=last, ended_how="refused", standing="done")
    if end == "supplementing":
        return replace(lived, supplements=(SupplementFact(last),), standing="supplementing")
    accepted = replace(
        lived, accepted_on=second, promised=workdays(5, draw(DAYS), 3), pauses=(PauseFact(third, fourth, 1),)
    )
    if end == "decided":
        return replace(accepted, decided_on=last, outcome="granted", standing="done")
    if end in ("withdrawn", "terminated"):
        return replace(accepted, ended_on=last, ended_how=end, standing="done")  # type: ignore[arg-type]  # one of them
    paused = (PauseFact(third, fourth, 1), PauseFact(last))
    return replace(accepted, pauses=paused) if end == "paused" else accepted


@given(st.lists(lives(), max_size=30))
def test_months_of_any_lives_balance_and_hand_over_to_each_other(cases: list[CaseFact]) -> None:
    for period in (OCTOBER, NOVEMBER, Period(day(1, 12), day(15, 12), over=False)):
        month = MonthFacts(period, concerned(cases, period))
        found = month_statistics(month, brought=in_hand(cases, period.month_before))
        assert found.balance.holds
        assert found.total.done == found.balance.done
        for each in found.figures:
            figure = each.figure
            if figure.unit == "percent" and figure.denominator is not None and "saving" not in figure.key:
                assert 0 <= figure.numerator <= figure.denominator
