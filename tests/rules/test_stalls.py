"""Stall sites: seasons, hours, what fits, what stands against an applicant, lots, waiting, renewal, elections."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.draws import draw
from hall.rules.stalls import (
    OPEN_STATES,
    BadSite,
    Candidate,
    CannotOnStall,
    Ground,
    Season,
    SiteFacts,
    StallFacts,
    StallRule,
    Standing,
    check_draw_day,
    check_hours,
    faults,
    fits,
    lots,
    natural,
    next_open,
    next_waiting,
    open_at,
    public_state,
    require_open,
    rotation_lots,
    season,
    validity,
    why_not,
    why_not_elected,
    why_not_renewed,
)
from hall.words import STALL_PUBLIC_STATES, STALL_STATES

TODAY = date(2026, 11, 23)
GOOD = Standing(admitted=True, why="")
WINTER = season("11-15", "02-28")


def rule(**changed: object) -> StallRule:
    columns: dict[str, object] = {
        "effective_from": date(2024, 1, 1),
        "source": "样例",
        "announce_days": 3,
        "answer_days": 5,
        "renewal_days": 30,
        "renew_while_others_wait": False,
        "hearing_workdays": 5,
        "hearing_notice_workdays": 7,
        "vacate_days": 7,
        "quorum_percent": 50,
        "grounds": (Ground("idle", "不使用", "样例"),),
    }
    return StallRule(**{**columns, **changed})  # type: ignore[arg-type]  # the fields of a rule


def test_a_season_may_run_over_the_new_year() -> None:
    assert WINTER is not None
    assert WINTER.holds(date(2026, 12, 31))
    assert WINTER.holds(date(2027, 2, 28))
    assert not WINTER.holds(date(2027, 3, 1))
    summer = season("05-01", "09-30")
    assert summer is not None
    assert summer.holds(date(2026, 5, 1))
    assert not summer.holds(TODAY)


@pytest.mark.parametrize(
    ("first", "last"),
    [("11-15", ""), ("13-01", "01-01"), ("1-1", "2-2"), ("02-32", "03-01"), ("02-30", "02-31"), ("02-29", "03-01")],
)
def test_a_season_is_written_by_month_and_day(first: str, last: str) -> None:
    with pytest.raises(BadSite):
        season(first, last)


def test_a_site_without_season_is_open_all_the_year() -> None:
    assert season("", "") is None
    assert next_open(None, TODAY) == TODAY


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_the_next_open_day_lies_in_the_season_and_none_before_it_does(day: date, first: date) -> None:
    open_season = Season((first.month, first.day), (12, 31))
    found = next_open(open_season, day)
    assert open_season.holds(found)
    assert found == day or not open_season.holds(found - timedelta(days=1))


def test_hours_are_kept_in_one_way_and_may_run_over_midnight() -> None:
    hours = check_hours("06:00-09:00， 22:00-02:00")
    assert hours == "06:00-09:00,22:00-02:00"
    assert open_at(hours, time(6, 0))
    assert not open_at(hours, time(9, 0))
    assert open_at(hours, time(1, 59))
    assert open_at(hours, time(23, 0))


def test_hours_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(BadSite, match="06:00-09:00"):
        check_hours("早上")


def test_a_stall_for_farmers_wants_own_growing_that_is_shown() -> None:
    stall = StallFacts("N1", farmers_only=True)
    assert fits(Candidate("1", "produce", farmer=True, farmer_proof="村委会证明"), stall)
    assert not fits(Candidate("1", "produce", farmer=True), stall)
    assert not fits(Candidate("1", "produce"), stall)


def test_a_stall_of_a_category_takes_no_other() -> None:
    assert fits(Candidate("1", "snack"), StallFacts("A1", "snack"))
    assert fits(Candidate("1", "snack"), StallFacts("A1"))
    assert not fits(Candidate("1", "goods"), StallFacts("A1", "snack"))


def test_whom_nothing_stands_against_is_admitted() -> None:
    site = SiteFacts(("snack",), (StallFacts("A1", "snack"),))
    assert faults(Candidate("1", "snack"), GOOD, site) == ()


def test_everything_that_stands_against_somebody_is_said_at_once() -> None:
    site = SiteFacts(("snack",), (StallFacts("A1", "goods"),), closed=True)
    standing = Standing(admitted=False, why="征信等级为D级。", holds_here=True)
    found = faults(Candidate("1", "snack", farmer=True), standing, site)
    assert len(found) == 5
    assert "征信等级为D级。" in found
    assert "不设" in faults(Candidate("1", "repair"), GOOD, site)[1]


def test_acts_on_an_application_follow_its_state() -> None:
    require_open("admit", "applied")
    assert why_not("withdraw", "drawing") == ()
    assert "已经办结" in why_not("withdraw", "granted")[0]
    for act in ("admit", "refuse", "answer", "grant"):
        for state in OPEN_STATES:
            assert why_not(act, state) == () or why_not(act, state)[0]
    with pytest.raises(CannotOnStall, match="审查过"):
        require_open("refuse", "admitted")


def test_lots_hold_only_who_fits_on_every_prize() -> None:
    stalls = [StallFacts("A10"), StallFacts("A2"), StallFacts("B1", "snack"), StallFacts("N1", "", farmers_only=True)]
    people = [Candidate("9", "snack"), Candidate("10", "goods"), Candidate("2", "goods", True, "证明")]
    first, second, third = lots(stalls, people)
    assert (first.farmers_only, first.entrants, first.prizes) == (True, ("2",), ("N1",))
    assert (second.category, second.entrants) == ("snack", ("9",))
    assert (third.entrants, third.prizes) == (("2", "9", "10"), ("A2", "A10"))
    assert third.drawable
    assert not lots([StallFacts("A1", "snack")], [])[0].drawable


def test_who_has_the_better_credit_draws_first() -> None:
    people = [Candidate("1", "snack", rank=2), Candidate("2", "snack", rank=1), Candidate("3", "snack", rank=1)]
    assert lots([StallFacts("A1")], people)[0].entrants == ("2", "3")
    assert lots([StallFacts("A1")], people[:1])[0].entrants == ("1",)


CATEGORIES = st.sampled_from(["snack", "goods"])


@given(
    st.lists(st.tuples(CATEGORIES | st.just(""), st.booleans()), min_size=1, max_size=8),
    st.lists(st.tuples(CATEGORIES, st.booleans()), max_size=12),
    st.text(max_size=8),
)
def test_whatever_seed_nobody_is_drawn_for_a_stall_that_does_not_fit(
    kinds: list[tuple[str, bool]], people: list[tuple[str, bool]], seed: str
) -> None:
    stalls = {f"A{place}": StallFacts(f"A{place}", *kind) for place, kind in enumerate(kinds)}
    known = {
        f"摊申{place}": Candidate(f"摊申{place}", category, farmer, "证明" if farmer else "")
        for place, (category, farmer) in enumerate(people)
    }
    for lot in lots(tuple(stalls.values()), tuple(known.values())):
        if lot.drawable:
            for who, what in draw(lot.entrants, lot.prizes, seed=seed).won:
                assert fits(known[who], stalls[what])


def test_the_first_who_fits_moves_up_and_who_is_barred_is_passed_over() -> None:
    waiting = [Candidate("1", "goods"), Candidate("2", "snack"), Candidate("3", "snack")]
    assert next_waiting(StallFacts("B1", "snack"), waiting, barred=()) == "2"
    assert next_waiting(StallFacts("B1", "snack"), waiting, barred={"2"}) == "3"
    assert next_waiting(StallFacts("B1", "snack"), waiting[:1], barred=()) is None


def test_numbers_are_ordered_as_people_read_them() -> None:
    assert sorted(["A10", "A2", "12", "3", "甲1号"], key=natural) == ["3", "12", "A2", "A10", "甲1号"]


def test_a_certificate_begins_with_the_season_and_ends_with_term_or_rotation() -> None:
    assert validity(TODAY, open_season=None, term_months=12, rotation_months=None) == (TODAY, date(2027, 11, 22))
    summer = season("05-01", "09-30")
    assert validity(TODAY, open_season=summer, term_months=12, rotation_months=3) == (
        date(2027, 5, 1),
        date(2027, 7, 31),
    )


def test_a_list_is_shown_before_it_is_drawn_from() -> None:
    check_draw_day(date(2026, 11, 26), today=TODAY, rule=rule())
    with pytest.raises(CannotOnStall, match="2026-11-26"):
        check_draw_day(date(2026, 11, 25), today=TODAY, rule=rule())


def test_a_certificate_is_renewed_near_its_end_unless_it_goes_round() -> None:
    asked = {"today": TODAY, "valid_to": date(2026, 12, 1), "rotates": False, "others_wait": False, "rule": rule()}
    assert why_not_renewed(**asked) == ()  # type: ignore[arg-type]
    assert "起可以办" in why_not_renewed(**{**asked, "valid_to": date(2027, 3, 1)})[0]  # type: ignore[arg-type]
    assert len(why_not_renewed(**{**asked, "rotates": True, "others_wait": True})) == 2  # type: ignore[arg-type]
    stays = rule(renew_while_others_wait=True)
    assert why_not_renewed(**{**asked, "others_wait": True, "rule": stays}) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("present", "votes", "said"),
    [(5, 3, ""), (4, 3, "不足"), (6, 3, "一半"), (3, 1, "不足"), (11, 6, "票数不对"), (5, 6, "票数不对")],
)
def test_a_seat_takes_half_of_the_holders_and_more_than_half_of_their_votes(
    present: int, votes: int, said: str
) -> None:
    why = why_not_elected(holders=10, present=present, votes_for=votes, rule=rule())
    assert said in "".join(why)
    assert bool(why) == bool(said)


def test_holders_change_places_within_like_stalls_only() -> None:
    held = {"证10": StallFacts("A3"), "证9": StallFacts("A1"), "证1": StallFacts("B1", "snack")}
    first, second = rotation_lots(held)
    assert (first.entrants, first.prizes) == (("证9", "证10"), ("A1", "A3"))
    assert (second.entrants, second.prizes) == (("证1",), ("B1",))


def test_a_rule_without_grounds_or_with_an_odd_quorum_is_none() -> None:
    with pytest.raises(ValueError, match="收回情形"):
        rule(grounds=())
    with pytest.raises(ValueError, match="quorum"):
        rule(quorum_percent=101)


def test_a_ground_is_one_of_those_that_were_laid_down() -> None:
    assert rule().ground("idle").words == "不使用"
    with pytest.raises(BadSite, match="ugly"):
        rule().ground("ugly")


def test_the_public_is_told_only_whether_a_stall_is_free_waits_for_a_draw_is_in_use_or_closed() -> None:
    told = {state: public_state(state) for state in STALL_STATES}
    assert set(told.values()) == set(STALL_PUBLIC_STATES)
    assert [state for state, public in told.items() if public == "free"] == ["free"]
    assert [state for state, public in told.items() if public == "held"] == ["offered", "held", "ending", "telling"]
