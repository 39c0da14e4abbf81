"""Dated versions: the one whose day has come last."""

from dataclasses import dataclass
from datetime import date

import pytest

from hall.rules.versions import Versions


@dataclass(frozen=True)
class Parameter:
    effective_from: date


OLD, NEW = Parameter(date(2026, 1, 1)), Parameter(date(2026, 12, 1))


def test_a_version_holds_from_its_day_until_the_next() -> None:
    versions = Versions((OLD, NEW))
    assert versions.in_force(date(2026, 11, 30)) == OLD
    assert versions.in_force(date(2026, 12, 1)) == NEW
    assert versions.in_force(date(2025, 12, 31)) == OLD


@pytest.mark.parametrize("rows", [(), (NEW, OLD), (OLD, OLD)])
def test_versions_are_in_order_and_each_of_its_own_day(rows: tuple[Parameter, ...]) -> None:
    with pytest.raises(ValueError, match="由早到晚"):
        Versions(rows)
