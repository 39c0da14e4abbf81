"""What may be done to clocks: extension, what silence means, and what a change would move."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind, Ledger, Pause
from hall.rules.clocks_changes import (
    CannotExtend,
    Extending,
    Supplementing,
    Suspension,
    changed,
    check_extensions,
    compare,
    deemed_accepted_on,
)
from hall.services.calendar import shipped_calendar

CALENDAR = shipped_calendar()
ACCEPTED = date(2026, 3, 6)
STATUTORY = Ledger("statutory", Limit(20, "workday"), ACCEPTED)  # until 3 April
PROMISED = Ledger("promised", Limit(5, "workday"), ACCEPTED)  # until 13 March
BOTH = (STATUTORY, PROMISED)
LONGEST: Mapping[ClockKind, int] = {"statutory": 10, "promised": 5}


def extend(days: Mapping[ClockKind, int], *, on: date = date(2026, 3, 9), ledgers: tuple[Ledger, ...] = BOTH) -> None:
    check_extensions(ledgers, days, on=on, longest=LONGEST, calendar=CALENDAR)


def test_a_clock_may_be_extended_on_the_day_it_is_due_and_not_on_the_next() -> None:
    extend({"promised": 5}, on=date(2026, 3, 13))
    with pytest.raises(CannotExtend, match="承诺时限不能延长：2026-03-13已经期满，延长应在期满当日或之前批准。"):
        extend({"promised": 5}, on=date(2026, 3, 14))


@pytest.mark.parametrize("days", [0, -1, 11])
def test_a_clock_is_not_extended_longer_than_the_law_allows(days: int) -> None:
    extend({"statutory": 10})
    with pytest.raises(CannotExtend, match=f"法定时限不能延长：延长{days}工作日不在1至10工作日之内"):
        extend({"statutory": days})


def test_a_clock_is_extended_only_once() -> None:
    with pytest.raises(CannotExtend, match="已经延长过10工作日，只能延长一次"):
        extend({"statutory": 1}, ledgers=(replace(STATUTORY, extension=10),))


def test_a_matter_that_has_no_rule_for_it_cannot_be_extended() -> None:
    with pytest.raises(CannotExtend, match="本事项没有规定可以延长"):
        check_extensions(BOTH, {"promised": 1}, on=ACCEPTED, longest={}, calendar=CALENDAR)


def test_all_obstacles_are_told_at_once() -> None:
    with pytest.raises(CannotExtend) as caught:
        extend({"promised": 9}, on=date(2026, 6, 1), ledgers=(replace(PROMISED, extension=1),))
    assert caught.value.kind == "promised"
    assert len(caught.value.reasons) == 3


@pytest.mark.parametrize("ledgers", [(), (replace(STATUTORY, stopped_on=date(2026, 3, 20)),)])
def test_what_does_not_run_cannot_be_extended(ledgers: tuple[Ledger, ...]) -> None:
    with pytest.raises(CannotExtend, match="没有正在计时的这项时限"):
        extend({"statutory": 5}, ledgers=ledgers)


def test_a_promise_is_not_moved_behind_the_day_of_the_law() -> None:
    long = replace(PROMISED, limit=Limit(18, "workday"))
    with pytest.raises(CannotExtend, match="延长后晚于法定到期日2026-04-03，请缩短天数或同时延长法定时限"):
        extend({"promised": 3}, ledgers=(STATUTORY, long))
    extend({"promised": 2}, ledgers=(STATUTORY, long))
    extend({"promised": 3, "statutory": 1}, ledgers=(STATUTORY, long))
    extend({"promised": 3}, ledgers=(long,))


def test_a_promise_may_be_extended_while_a_pause_holds_the_law() -> None:
    held = replace(STATUTORY, pauses=(Pause("hearing", date(2026, 3, 9)),))
    extend({"promised": 5}, ledgers=(held, PROMISED))


def test_a_clock_whose_end_is_not_known_is_not_extended() -> None:
    held = replace(PROMISED, pauses=(Pause("hearing", date(2026, 3, 9)),))
    with pytest.raises(CannotExtend, match="正在等程序结果，到期日还没有定"):
        extend({"promised": 5}, ledgers=(STATUTORY, held))
    with pytest.raises(CannotExtend, match="到期日待定（2027年放假安排未录入）"):
        extend({"statutory": 10}, ledgers=(replace(STATUTORY, started_on=date(2026, 12, 21)),))


ACCEPTANCE = Ledger("acceptance", Limit(5, "workday"), date(2026, 2, 10))  # until 24 February


def test_silence_on_the_sixth_day_accepts_as_of_the_day_of_receipt() -> None:
    assert deemed_accepted_on(ACCEPTANCE, date(2026, 2, 24), calendar=CALENDAR) is None
    assert deemed_accepted_on(ACCEPTANCE, date(2026, 2, 25), calendar=CALENDAR) == date(2026, 2, 10)


def test_who_was_told_in_time_is_not_deemed_accepted() -> None:
    told = replace(ACCEPTANCE, stopped_on=date(2026, 2, 24))
    assert deemed_accepted_on(told, date(2026, 3, 24), calendar=CALENDAR) is None


def test_nobody_is_deemed_accepted_while_the_end_of_the_five_days_is_not_known() -> None:
    pending = replace(ACCEPTANCE, started_on=date(2026, 12, 29))
    assert deemed_accepted_on(pending, date(2027, 2, 1), calendar=CALENDAR) is None


def test_a_suspension_shows_both_clocks_before_and_after() -> None:
    hearing = Pause("hearing", date(2026, 3, 9), granted=Limit(5, "workday"), stops_promised=False)
    statutory, promised = compare(BOTH, Suspension(hearing), on=date(2026, 3, 9), calendar=CALENDAR)
    assert statutory.before is not None
    assert statutory.after is not None
    assert (statutory.kind, statutory.moved) == ("statutory", 5)
    assert (statutory.before.due_on, statutory.after.due_on) == (date(2026, 4, 3), date(2026, 4, 13))
    assert promised.moved == 0


def test_a_pause_without_limit_moves_a_clock_nobody_knows_how_far() -> None:
    statutory, _ = compare(BOTH, Suspension(Pause("hearing", date(2026, 3, 9))), on=date(2026, 3, 9), calendar=CALENDAR)
    assert statutory.moved is None
    assert statutory.after is not None
    assert statutory.after.standing == "paused"
    held = (replace(STATUTORY, pauses=(Pause("hearing", date(2026, 3, 9)),)),)
    (again,) = compare(held, Extending({"statutory": 3}), on=date(2026, 3, 9), calendar=CALENDAR)
    assert again.moved is None


def test_an_extension_moves_the_clocks_it_names() -> None:
    statutory, promised = compare(BOTH, Extending({"promised": 5}), on=date(2026, 3, 9), calendar=CALENDAR)
    assert (statutory.moved, promised.moved) == (0, 5)


def test_a_supplement_before_acceptance_stops_the_five_days_and_starts_the_applicants() -> None:
    notice = Supplementing(date(2026, 2, 12), Limit(10, "workday"))
    acceptance, supplement = compare((ACCEPTANCE,), notice, on=date(2026, 2, 12), calendar=CALENDAR)
    assert acceptance.after is not None
    assert acceptance.after.standing == "stopped"
    assert (supplement.kind, supplement.before, supplement.moved) == ("supplement", None, None)
    assert supplement.after is not None
    assert supplement.after.due_on == date(2026, 3, 4)


def test_a_supplement_in_review_holds_the_promise_and_never_the_law() -> None:
    waiting = Pause("supplement", date(2026, 3, 9), stops_statutory=False)
    notice = Supplementing(date(2026, 3, 9), Limit(5, "workday"), waiting)
    statutory, promised, _ = compare(BOTH, notice, on=date(2026, 3, 9), calendar=CALENDAR)
    assert (statutory.moved, promised.moved) == (0, None)
    unchanged = compare(BOTH, replace(notice, pause=None), on=date(2026, 3, 9), calendar=CALENDAR)
    assert [each.moved for each in unchanged] == [0, 0, None]


def test_nothing_changes_a_clock_that_has_ended() -> None:
    ended = tuple(replace(each, stopped_on=date(2026, 3, 9)) for each in (*BOTH, ACCEPTANCE))
    notice = Supplementing(date(2026, 3, 10), Limit(5, "workday"), Pause("supplement", date(2026, 3, 10)))
    assert changed(ended, Suspension(Pause("hearing", date(2026, 3, 10)))) == ended
    assert changed(ended, Extending({"statutory": 3})) == ended
    assert changed(ended, notice)[:-1] == ended
