"""What is made public of penalties: when it is due on line, when it comes down, what never goes up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hall.rules.publicity import (
    BadPublicationDay,
    CannotOnPublication,
    PublicityAct,
    Shown,
    check_published,
    check_withdrawn,
    due_on,
    light,
    reasons,
    standing,
)
from hall.words import PUBLICITY_STANDINGS

DAY = timedelta(days=1)
DECIDED = date(2026, 11, 16)
BY = date(2026, 11, 25)
WAITING = Shown(DECIDED, BY)
SHOWN = replace(WAITING, published_on=date(2026, 11, 20), shown_until=date(2027, 11, 20))
OVER = replace(SHOWN, overturned_on=date(2026, 12, 1), withdraw_by=date(2026, 12, 4))
TAKEN_DOWN = replace(OVER, withdrawn_on=date(2026, 12, 2))
WITHHELD = replace(WAITING, withheld=True)
DROPPED = replace(WAITING, overturned_on=date(2026, 11, 18), withdraw_by=date(2026, 11, 23))
TODAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("shown", "today", "state", "due"),
    [
        (WAITING, TODAY, "waiting", BY),
        (SHOWN, TODAY, "shown", None),
        (SHOWN, date(2027, 11, 20), "shown", None),
        (SHOWN, date(2027, 11, 21), "take_down", date(2027, 11, 20)),
        (replace(SHOWN, shown_until=None), date(2030, 1, 1), "shown", None),
        (OVER, TODAY, "take_down", date(2026, 12, 4)),
        (replace(SHOWN, withheld=True), TODAY, "take_down", date(2026, 11, 20)),
        (TAKEN_DOWN, TODAY, "taken_down", None),
        (WITHHELD, TODAY, "withheld", None),
        (replace(WITHHELD, overturned_on=TODAY), TODAY, "withheld", None),
        (DROPPED, TODAY, "dropped", None),
    ],
)
def test_a_decision_goes_up_and_comes_down(shown: Shown, today: date, state: str, due: date | None) -> None:
    assert standing(shown, today) == state
    assert due_on(shown, today) == due
    assert state in PUBLICITY_STANDINGS


@pytest.mark.parametrize(
    ("shown", "today", "left", "expected"),
    [
        (WAITING, BY - 5 * DAY, 3, "normal"),
        (WAITING, BY - 2 * DAY, 2, "warning"),
        (WAITING, BY, 0, "today"),
        (WAITING, BY + DAY, -1, "over_statutory"),
        (WAITING, BY + DAY, 0, "over_statutory"),  # a day off after the last workday
        (WAITING, BY, None, "pending"),
        (WAITING, BY + DAY, None, "over_statutory"),
        (replace(WAITING, publish_by=None), BY, 1, "pending"),
        (OVER, date(2026, 12, 3), 1, "warning"),
        (SHOWN, TODAY, None, None),
        (WITHHELD, TODAY, None, None),
    ],
)
def test_the_light_follows_the_workdays_that_are_left(
    shown: Shown, today: date, left: int | None, expected: str | None
) -> None:
    assert light(shown, today, workdays_left=left, warning_days=2) == expected


@pytest.mark.parametrize(
    ("act", "shown", "said"),
    [
        ("publish", WAITING, ""),
        ("publish", SHOWN, "已经公示过"),
        ("publish", OVER, "不得再公示"),
        ("publish", DROPPED, "不得再公示"),
        ("publish", WITHHELD, "不予公示"),
        ("publish", TAKEN_DOWN, "已经公示过"),
        ("publish", replace(SHOWN, shown_until=DECIDED), "已经公示过"),
        ("withhold", WAITING, ""),
        ("withhold", WITHHELD, "不予公示"),
        ("withhold", SHOWN, "已经公示过"),
        ("withdraw_publicity", OVER, ""),
        ("withdraw_publicity", SHOWN, ""),
        ("withdraw_publicity", WAITING, "没有在公示"),
        ("withdraw_publicity", TAKEN_DOWN, "没有在公示"),
    ],
)
def test_what_may_be_done_is_said_with_its_article(act: PublicityAct, shown: Shown, said: str) -> None:
    told = "".join(reasons(act, shown, TODAY))
    assert said in told
    assert bool(told) is bool(said)


def test_a_refusal_tells_every_reason() -> None:
    refusal = CannotOnPublication(("一。", "二。"))
    assert (refusal.reasons, refusal.sentence) == (("一。", "二。"), "一。二。")


@pytest.mark.parametrize("day", [DECIDED - DAY, TODAY + DAY])
def test_nothing_goes_up_before_its_decision_or_tomorrow(day: date) -> None:
    check_published(DECIDED, WAITING, TODAY)
    check_published(TODAY, WAITING, TODAY)
    with pytest.raises(BadPublicationDay, match="之间"):
        check_published(day, WAITING, TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 19), TODAY + DAY])
def test_nothing_comes_down_before_it_went_up_or_tomorrow(day: date) -> None:
    check_withdrawn(date(2026, 11, 20), OVER, TODAY)
    check_withdrawn(DECIDED, WAITING, TODAY)
    with pytest.raises(BadPublicationDay, match="之间"):
        check_withdrawn(day, OVER, TODAY)
