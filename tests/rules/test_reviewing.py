"""What a proposal and a decision have to say, and the hall's own terms for the review."""

from datetime import date

import pytest

from hall.rules.reviewing import BadValidity, ReviewRule, Unfounded, check_reasons, check_validity


def _rule(*, supplement_days: int = 10, default_by: str = "approver", default_days: int = 1) -> ReviewRule:
    return ReviewRule(date(2026, 1, 1), "样例", supplement_days, default_by, default_days)  # type: ignore[arg-type]


def test_terms_of_the_review_are_positive_and_name_who_decides() -> None:
    assert _rule(default_by="program").default_by == "program"
    for wrong in ({"supplement_days": 0}, {"default_days": 0}, {"default_by": "clerk"}):
        with pytest.raises(ValueError, match=r"supplement_days|default_by"):
            _rule(**wrong)


def test_a_denial_names_everything_that_it_leaves_out() -> None:
    check_reasons(facts="事实", unmet="条件", basis="依据", reasons="理由")
    with pytest.raises(Unfounded) as told:
        check_reasons(facts="事实", unmet=" ", basis="", reasons="理由")
    assert "不符合的条件、依据" in str(told.value)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "latest"),
    [
        (None, None, None),
        (date(2026, 12, 1), None, date(2027, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 1), None),
        (date(2026, 12, 1), date(2027, 12, 1), date(2027, 12, 1)),
    ],
)
def test_a_validity_in_order_and_within_the_longest_is_taken(
    valid_from: date | None, valid_until: date | None, latest: date | None
) -> None:
    check_validity(valid_from, valid_until, latest=latest)


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "latest", "told"),
    [
        (None, date(2027, 1, 1), None, "没有填写起始日期"),
        (date(2027, 1, 2), date(2027, 1, 1), None, "早于起始日期"),
        (date(2026, 12, 1), date(2027, 12, 2), date(2027, 12, 1), "最长到2027-12-01"),
    ],
)
def test_a_validity_out_of_order_or_too_long_is_refused(
    valid_from: date | None, valid_until: date, latest: date | None, told: str
) -> None:
    with pytest.raises(BadValidity, match=told):
        check_validity(valid_from, valid_until, latest=latest)
