"""Certificates: validity over odd dates, renewal in time and late, reminders once, silence, the limbs of an end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.calendar import WorkCalendar
from hall.rules.certificates import (
    Asked,
    CannotEnd,
    CertificateRule,
    Limb,
    NoSuchLimb,
    NotRenewable,
    Validity,
    ask_by,
    check_ending,
    deemed_renewed,
    reminder_due,
    renewal,
    validity,
)
from hall.rules.timelimits import LimitRule
from hall.services.calendar import shipped_limits

END = date(2026, 12, 31)
REVOKE = Limb("revoke", "procedure", "违反法定程序", "第六十九条第一款第三项", ("valid", "expired"), True)
FRAUD = Limb("revoke", "fraud", "以欺骗取得", "第六十九条第二款", ("valid", "expired"), False, "permit.bar-fraud")
OVER = Limb("cancel", "expired", "有效期届满未延续", "第七十条第一项", ("expired",), False)
RULE = CertificateRule(date(2004, 7, 1), "行政许可法", 30, (60, 45, 30), (REVOKE, FRAUD, OVER))


@pytest.fixture(scope="module")
def months() -> LimitRule:
    """The shipped rule of a validity."""
    return shipped_limits().limit("permit.validity", END)


@pytest.mark.parametrize(
    ("decided", "length", "last"),
    [
        (date(2026, 11, 21), 12, date(2027, 11, 21)),  # the corresponding day, in the holder's favour
        (date(2028, 2, 29), 12, date(2029, 2, 28)),  # no corresponding day: the last of the month
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),  # over the year
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),  # ends on a holiday, and does not roll
    ],
)
def test_a_validity_ends_on_the_corresponding_day(decided: date, length: int, last: date, months: LimitRule) -> None:
    found = validity(WorkCalendar(()), months, first=decided, months=length, after=decided)
    assert found == Validity(decided, last)


def test_a_renewed_validity_is_counted_from_the_end_of_the_last(months: LimitRule) -> None:
    found = validity(WorkCalendar(()), months, first=date(2026, 12, 1), months=12, after=END)
    assert found == Validity(date(2026, 12, 1), date(2027, 12, 31))


def test_a_validity_without_a_length_has_no_end(months: LimitRule) -> None:
    assert validity(WorkCalendar(()), months, first=END, months=None, after=END) == Validity(END, None)


def test_renewal_is_asked_for_thirty_natural_days_before() -> None:
    assert ask_by(END, RULE) == date(2026, 12, 1)


def test_asking_on_the_last_day_is_in_time_and_the_day_after_is_late() -> None:
    assert renewal("valid", END, asked_on=date(2026, 12, 1), rule=RULE).in_time
    late = renewal("valid", END, asked_on=date(2026, 12, 2), rule=RULE)
    assert (late.in_time, late.ask_by) == (False, date(2026, 12, 1))
    assert "不视为准予延续" in late.words


def test_on_its_last_day_it_can_still_be_renewed_and_then_no_more() -> None:
    assert not renewal("valid", END, asked_on=END, rule=RULE).in_time
    with pytest.raises(NotRenewable, match="2026-12-31届满"):
        renewal("valid", END, asked_on=END + timedelta(days=1), rule=RULE)


@pytest.mark.parametrize(("state", "end", "why"), [("revoked", END, "已撤销"), ("valid", None, "长期有效")])
def test_what_has_ended_or_never_ends_is_not_renewed(state: str, end: date | None, why: str) -> None:
    with pytest.raises(NotRenewable, match=why):
        renewal(state, end, asked_on=date(2026, 11, 1), rule=RULE)


@pytest.mark.parametrize(
    ("left", "sent", "due"),
    [
        (61, None, None),
        (60, None, 60),
        (59, 60, None),
        (46, 60, None),
        (45, 60, 45),
        (30, 45, 30),
        (20, None, 30),  # switched off for weeks: only the nearest
        (20, 30, None),
        (0, 45, 30),
        (-1, None, None),
    ],
)
def test_each_reminder_comes_once(left: int, sent: int | None, due: int | None) -> None:
    today = END - timedelta(days=left)
    assert reminder_due(END, reminded_days=sent, today=today, rule=RULE) == due


@given(days=st.lists(st.integers(-5, 90), unique=True))
def test_no_reminder_is_ever_sent_twice(days: list[int]) -> None:
    sent: int | None = None
    steps = []
    for left in sorted(days, reverse=True):
        step = reminder_due(END, reminded_days=sent, today=END - timedelta(days=left), rule=RULE)
        if step is not None:
            sent = step
            steps.append(step)
    assert steps == sorted(set(steps), reverse=True)


def test_silence_renews_what_was_asked_for_in_time_and_accepted() -> None:
    asked, after = Asked(date(2026, 12, 1), "reviewing"), END + timedelta(days=1)
    assert deemed_renewed(END, asked, today=after, rule=RULE)
    assert not deemed_renewed(END, asked, today=END, rule=RULE)
    assert not deemed_renewed(END, replace(asked, asked_on=date(2026, 12, 2)), today=after, rule=RULE)
    assert not deemed_renewed(END, replace(asked, state="supplementing"), today=after, rule=RULE)
    assert not deemed_renewed(END, replace(asked, state="decided"), today=after, rule=RULE)
    assert not deemed_renewed(END, None, today=after, rule=RULE)


def check(limb: Limb, state: str = "valid", **given_values: object) -> None:
    told = {"facts": "查明", "compensation": "没有损失", "public_harm": False, "days_left": 5, **given_values}
    check_ending(limb, state, **told)  # type: ignore[arg-type]  # as check_ending takes them


def test_an_end_with_everything_told_goes_through() -> None:
    check(REVOKE)
    check(FRAUD, compensation="")
    check(OVER, "expired", compensation="", days_left=-1)
    check(OVER, "expired", compensation="", days_left=None)


def test_an_end_names_all_that_stands_in_its_way() -> None:
    with pytest.raises(CannotEnd) as caught:
        check(REVOKE, "cancelled", facts=" ", compensation="", public_harm=True)
    assert len(caught.value.reasons) == 4
    assert "第六十九条第三款" in str(caught.value)
    assert "撤销许可" in str(caught.value)


def test_what_has_not_expired_is_not_cancelled_as_expired() -> None:
    with pytest.raises(CannotEnd, match="还没有届满"):
        check(OVER, "expired", days_left=0)


def test_limbs_are_found_by_their_code() -> None:
    assert RULE.limb("fraud") is FRAUD
    with pytest.raises(NoSuchLimb, match="whim"):
        RULE.limb("whim")


def test_rules_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="reminders"):
        replace(RULE, reminders=(30, 45))
    with pytest.raises(ValueError, match="reminders"):
        replace(RULE, reminders=())
    with pytest.raises(ValueError, match="重复"):
        replace(RULE, limbs=(FRAUD, FRAUD))
    with pytest.raises(ValueError, match="写得不全"):
        replace(FRAUD, how="forget")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match="写得不全"):
        replace(FRAUD, article="")
    with pytest.raises(ValueError, match="证件状态"):
        replace(FRAUD, sources=("gone",))
    with pytest.raises(ValueError, match="证件状态"):
        replace(FRAUD, sources=())
