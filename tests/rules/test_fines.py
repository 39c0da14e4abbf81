"""What is owed on a fine by its ledger, by hand and by hypothesis."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules import fines
from hall.rules.fine_entries import Growth
from hall.rules.fines import Entry, FinePosition, Part, position
from hall.rules.money import yuan
from hall.rules.surcharge import surcharge
from tests.rules.fine_ledgers import DAY, DUE, GROWTH, SURCHARGE, Wish, day, growths, imposed, ledger, wishes

AMOUNTS = st.integers(1, 10_000_000)


def owed(*entries: Entry, on: date, growth: Growth = GROWTH) -> FinePosition:
    return growth.position(entries, on)


def reading(**terms: object) -> Growth:
    """The bureau's other reading."""
    return Growth(replace(GROWTH.terms, **terms), GROWTH.surcharge)  # type: ignore[arg-type]  # one field of each test


def instalments(*fens: int) -> tuple[Part, ...]:
    """Due every tenth day after the first last day to pay."""
    return tuple(Part(day(10 * number), fen) for number, fen in enumerate(fens, 1))


def test_nothing_is_owed_where_nothing_was_imposed() -> None:
    assert position((), on=DUE, terms=GROWTH.terms, surcharge=SURCHARGE) is None


def test_a_fine_is_owed_without_addition_to_the_end_of_its_last_day() -> None:
    before, last = owed(imposed(), on=day(-5)), owed(imposed(), on=DUE)
    assert [part.standing for part in (*before.parts, *last.parts)] == ["coming", "today"]
    assert (last.balance_fen, last.added_fen, last.overdue) == (100_000, 0, False)


def test_three_percent_are_added_each_day_from_the_next_day_on() -> None:
    late = owed(imposed(), on=day(7))
    assert (late.added_fen, late.days, late.due_on, late.overdue) == (21_000, 7, DUE, True)
    assert late.parts[0].standing == "overdue"
    assert late.stretches == (fines.Stretch(day(1), day(7), 100_000, ""),)


def test_the_addition_never_exceeds_the_fine() -> None:
    assert [owed(imposed(), on=day(days)).added_fen for days in (33, 34, 300)] == [99_000, 100_000, 100_000]
    assert [owed(imposed(), on=day(days)).capped for days in (33, 34)] == [False, True]


def test_what_was_paid_grows_no_longer() -> None:
    paid = Entry(2, "pay", day(3), 40_000)
    assert owed(imposed(), paid, on=day(7)).added_fen == 3 * 3_000 + 4 * 1_800
    assert owed(imposed(), paid, on=day(7), growth=reading(surcharge_base="fine")).added_fen == 21_000


def test_the_day_of_payment_counts_or_not_as_the_bureau_says() -> None:
    exclusive = Growth(GROWTH.terms, replace(SURCHARGE, payment_day_counts=False))
    paid = Entry(2, "pay", day(3), 100_000)
    assert [owed(imposed(), paid, on=day(9), growth=each).added_fen for each in (GROWTH, exclusive)] == [9_000, 6_000]


def test_a_payment_pays_the_fine_first_or_the_addition_as_the_bureau_says() -> None:
    paid = Entry(2, "pay", day(5), 50_000)
    mild, strict = (
        owed(imposed(), paid, on=day(5)),
        owed(imposed(), paid, on=day(5), growth=reading(credit_first="surcharge")),
    )
    assert (mild.paid_fen, mild.added_paid_fen) == (50_000, 0)
    assert (strict.paid_fen, strict.added_paid_fen) == (35_000, 15_000)


def test_what_was_paid_too_much_is_known_and_can_be_given_back() -> None:
    paid = owed(imposed(), Entry(2, "pay", DUE, 120_000), on=DUE)
    assert (paid.balance_fen, paid.over_fen, paid.due_on) == (0, 20_000, None)
    back = owed(imposed(), Entry(2, "pay", DUE, 120_000), Entry(3, "refund", DUE, 15_000), on=DUE)
    assert (back.over_fen, back.refunded_fen) == (5_000, 15_000)


def test_a_payment_that_the_bank_took_back_was_never_made() -> None:
    entries = imposed(), Entry(2, "pay", DUE, 100_000), Entry(3, "reverse", day(4), 100_000, reverses=2)
    assert owed(*entries, on=day(3)).balance_fen == 0
    assert owed(*entries, on=day(4)).balance_fen == 112_000


@pytest.mark.parametrize("cause", ["review", "litigation", "application"])
def test_nothing_is_added_while_a_remedy_or_an_application_goes_on(cause: str) -> None:
    pause, resume = Entry(2, "pause", day(3), cause=cause), Entry(3, "resume", day(20), cause=cause)
    during, after = owed(imposed(), pause, on=day(10)), owed(imposed(), pause, resume, on=day(21))
    assert (during.added_fen, during.paused_by, during.pauses) == (6_000, (cause,), ((day(3), day(10)),))
    assert (after.added_fen, after.paused_by, after.pauses) == (12_000, (), ((day(3), day(19)),))
    assert [stretch.reason for stretch in after.stretches] == ["", cause, ""]


def test_a_remedy_during_an_application_holds_the_count_to_the_end_of_both() -> None:
    entries = (
        Entry(2, "pause", day(1), cause="application"),
        Entry(3, "pause", day(3), cause="review"),
        Entry(4, "resume", day(5), cause="application"),
        Entry(5, "resume", day(9), cause="review"),
    )
    assert owed(imposed(), *entries, on=day(10)).days == 2


def test_a_pause_that_ends_before_it_holds_a_day_is_no_range() -> None:
    entries = Entry(2, "pause", day(3), cause="review"), Entry(3, "resume", day(3), cause="review")
    assert owed(imposed(), *entries, on=day(5)).pauses == ()


def test_a_fine_that_was_imposed_without_a_word_of_it_does_not_grow() -> None:
    mute = owed(imposed(told=False), on=day(50))
    assert (mute.added_fen, mute.told, mute.capped) == (0, False, False)
    assert [stretch.reason for stretch in mute.stretches] == ["untold"]


def test_a_plan_replaces_the_last_day_and_each_part_grows_by_itself() -> None:
    plan = Entry(2, "plan", day(-3), 100_000, cause="deferral", parts=instalments(60_000, 40_000))
    late = owed(imposed(), plan, Entry(3, "pay", day(9), 60_000), on=day(29))
    assert (late.plan, late.plan_ends_on) == ("deferral", day(20))
    assert [(part.standing, part.added_fen) for part in late.parts] == [("paid", 0), ("overdue", 9 * 1_200)]


def test_the_second_instalment_paid_nine_days_late_costs_what_was_reckoned_by_hand() -> None:
    """M07: 1,000 yuan due on 11 May 2026, paid on 20 May: 270."""
    due = date(2026, 5, 11)
    parts = Part(date(2026, 4, 13), 100_000), Part(due, 100_000)
    plan = Entry(2, "plan", day(-1), 200_000, cause="deferral", parts=parts)
    first, second = Entry(3, "pay", parts[0].due_on, 100_000), Entry(4, "pay", due + 9 * DAY, 100_000)
    assert owed(imposed(200_000), plan, first, second, on=due + 30 * DAY).added_left_fen == 27_000


def test_a_late_plan_keeps_what_was_added_before() -> None:
    plan = Entry(2, "plan", day(6), 100_000, cause="deferral", parts=(Part(day(30), 100_000),))
    assert owed(imposed(), plan, on=day(30)).added_fen == 15_000
    assert owed(imposed(), plan, on=day(31)).added_fen == 18_000


def test_all_parts_together_grow_by_no_more_than_the_fine() -> None:
    plan = Entry(2, "plan", day(21), 100_000, cause="deferral", parts=(Part(day(30), 100_000),))
    assert owed(imposed(), plan, on=day(300)).added_fen == 100_000


def test_a_plan_that_no_longer_adds_up_is_fitted_in_favour_of_the_party() -> None:
    plan = Entry(3, "plan", day(-3), 80_000, cause="deferral", parts=instalments(30_000, 50_000))
    early = Entry(2, "pay", day(-9), 20_000)
    late = Entry(4, "pay", day(-8), 40_000)
    assert [part.fen for part in owed(imposed(), early, plan, late, on=DUE).parts] == [0, 40_000]
    back = Entry(4, "reverse", day(-2), 20_000, reverses=2)
    assert [part.fen for part in owed(imposed(), early, plan, back, on=DUE).parts] == [30_000, 70_000]


def agreed(waived: int = 20_000) -> tuple[Entry, ...]:
    """Ten days late 30,000 were added, of which so much is waived; the rest in two parts."""
    left = 100_000 + 30_000 - waived
    parts = Part(day(20), left - 50_000), Part(day(40), 50_000)
    return (
        imposed(),
        Entry(2, "waive", day(11), waived),
        Entry(3, "plan", day(11), left, cause="agreement", parts=parts),
    )


def test_an_agreement_takes_from_the_addition_and_stops_the_count() -> None:
    kept = owed(*agreed(), on=day(19))
    assert (kept.principal_fen, kept.added_fen, kept.waived_fen, kept.balance_fen) == (100_000, 30_000, 20_000, 110_000)
    assert (kept.plan, kept.plan_ends_on, kept.overdue) == ("agreement", day(40), False)
    assert [part.fen for part in kept.parts] == [60_000, 50_000]
    assert [stretch.reason for stretch in kept.stretches] == ["", "agreement"]
    paid = Entry(4, "pay", day(20), 60_000), Entry(5, "pay", day(40), 50_000)
    assert owed(*agreed(), *paid, on=day(50)).balance_fen == 0


def test_a_waiver_of_more_than_was_added_takes_what_there_is() -> None:
    assert owed(imposed(), Entry(2, "waive", day(2), 50_000), on=day(1)).waived_fen == 0
    assert owed(imposed(), Entry(2, "waive", day(2), 50_000), on=day(2)).waived_fen == 3_000


def test_after_a_breach_the_fine_grows_again_and_the_waiver_stays_unless_the_bureau_says_otherwise() -> None:
    entries = *agreed(), Entry(4, "breach", day(25))
    mild, strict = owed(*entries, on=day(26)), owed(*entries, on=day(26), growth=reading(breach_revives=True))
    assert (mild.added_fen, mild.waived_fen, mild.plan, mild.due_on) == (36_000, 20_000, "", day(24))
    assert (strict.added_fen, strict.waived_fen) == (36_000, 0)


def test_a_fine_that_was_varied_never_was_higher() -> None:
    varied = owed(imposed(), Entry(2, "pay", day(2), 50_000), Entry(3, "vary", day(30), 40_000), on=day(30))
    assert (varied.imposed_fen, varied.principal_fen) == (100_000, 40_000)
    assert (varied.paid_fen, varied.added_fen, varied.added_paid_fen, varied.over_fen) == (40_000, 2_400, 2_400, 7_600)


def test_of_a_revoked_fine_everything_is_given_back() -> None:
    entries = imposed(), Entry(2, "pay", day(2), 50_000), Entry(3, "vary", day(5), 40_000), Entry(4, "revoke", day(6))
    revoked = owed(*entries, on=day(30))
    assert (revoked.balance_fen, revoked.over_fen, revoked.due_on, revoked.capped) == (0, 50_000, None, False)


def test_entries_of_days_to_come_are_not_known_yet() -> None:
    assert owed(imposed(), Entry(2, "revoke", day(6)), on=day(5)).principal_fen == 100_000


@given(AMOUNTS, st.integers(0, 200), st.integers(1, 60), st.integers(0, 90))
def test_a_fine_with_one_pause_grows_as_the_rule_of_the_surcharge_says(
    fen: int, late: int, first: int, held: int
) -> None:
    pause, resume = Entry(2, "pause", day(first), cause="review"), Entry(3, "resume", day(first + held), cause="review")
    spans = [(day(first), day(first + held - 1))] if held else []
    expected = surcharge(yuan(fen), DUE, paid_on=day(late), paused=spans, terms=SURCHARGE)
    assert yuan(owed(imposed(fen), pause, resume, on=day(late)).added_fen) == expected.amount


@given(AMOUNTS, st.booleans(), wishes, growths, st.integers(0, 60))
def test_whatever_is_written_the_ledger_stays_true(
    fen: int, told: bool, wished: list[Wish], growth: Growth, later: int
) -> None:
    entries, today = ledger(fen, told, wished, growth)
    for on in (today, today + later * DAY):
        now = growth.position(entries, on)
        back = {entry.reverses for entry in entries if entry.kind == "reverse"}
        paid = sum(entry.fen for entry in entries if entry.kind == "pay" and entry.id not in back)
        assert paid == now.paid_fen + now.added_paid_fen + now.over_fen + now.refunded_fen
        assert 0 <= now.added_fen <= now.principal_fen
        assert min(now.principal_left_fen, now.added_left_fen, now.waived_fen, now.over_fen) >= 0
        assert now.balance_fen == now.principal_fen + now.added_fen - now.waived_fen - now.paid_fen - now.added_paid_fen
        if now.plan != "deferral":
            continue
        assert sum(part.fen - part.paid_fen for part in now.parts) == now.principal_left_fen


@given(AMOUNTS, st.booleans(), wishes, growths)
def test_nothing_but_a_review_a_judgment_or_a_revocation_reduces_the_fine_itself(
    fen: int, told: bool, wished: list[Wish], growth: Growth
) -> None:
    lawful = [wish for wish in wished if wish[0] not in ("vary", "revoke")]
    entries, today = ledger(fen, told, lawful, growth)
    now = growth.position(entries, today)
    assert now.principal_fen == now.imposed_fen == fen
    assert now.waived_fen <= now.added_fen


@given(AMOUNTS, wishes, growths)
def test_a_later_day_never_makes_less_of_what_was_added(fen: int, wished: list[Wish], growth: Growth) -> None:
    entries, today = ledger(fen, True, wished, growth)
    added = [growth.position(entries, today + days * DAY).added_fen for days in (0, 1, 40)]
    assert added == sorted(added)
