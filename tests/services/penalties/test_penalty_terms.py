"""What a hall lays down about penalties in its own file."""

from datetime import date
from pathlib import Path

import pytest

from hall.resources import resource
from hall.services.parameters import BadParameters
from hall.services.penalty_terms import penalty_terms

DAY = date(2026, 11, 23)


def write(home: Path, before: str, after: str) -> None:
    shipped = resource("penalties.toml").read_text(encoding="utf-8")
    assert before in shipped
    (home / "penalties.toml").write_text(shipped.replace(before, after), encoding="utf-8")


def test_a_hall_may_count_every_breach(home: Path) -> None:
    shipped = penalty_terms(home, DAY)
    assert (shipped.first_time_scope, shipped.first_time_slight_counts, shipped.first_time_months) == (
        "same",
        False,
        24,
    )
    write(home, 'first_time_scope = "same"', 'first_time_scope = "any"')
    assert penalty_terms(home, DAY).first_time_scope == "any"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('first_time_scope = "same"', 'first_time_scope = "street"'),
        ("first_time_slight_counts = false", "first_time_slight_counts = 0"),
        ('surcharge_base = "unpaid"', 'surcharge_base = "half"'),
        ('credit_first = "principal"', 'credit_first = "hall"'),
        ("cash_small = 100", "cash_small = 99.5"),
    ],
)
def test_a_term_that_cannot_be_is_named(home: Path, before: str, after: str) -> None:
    write(home, before, after)
    with pytest.raises(BadParameters, match=before.split(" ", 1)[0]):
        penalty_terms(home, DAY)
