"""A case at intake: what is missing, what may not be taken, which clocks start."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.resources import resource
from hall.rules.calendar import WorkCalendar
from hall.rules.calendar_file import parse_calendar
from hall.rules.catalogue import Limit, MaterialRule, Matter
from hall.rules.materials import (
    ForeignMaterial,
    HandedIn,
    MaterialsMissing,
    MaterialTwice,
    check_acceptance,
    missing_materials,
)

RULES = (
    MaterialRule(1, "申请表"),
    MaterialRule(2, "位置图", originals=2, copies=1),
    MaterialRule(3, "授权委托书", required=False),
)
MATTER = Matter(
    code="T1",
    name="测试事项",
    department="市容科",
    prefix="A",
    basis="测试条例第1条",
    statutory=Limit(20, "workday"),
    promised=Limit(5, "workday"),
    materials=RULES,
    site_visit=False,
    effective_from=date(2026, 1, 1),
    applicant_kinds=frozenset({"natural"}),
)
CALENDAR = WorkCalendar(parse_calendar(resource("calendar/2026.csv").read_text(encoding="utf-8")))


def test_nothing_is_missing_from_a_full_set() -> None:
    assert missing_materials(RULES, (HandedIn(1, 1, 0), HandedIn(2, 2, 1))) == ()
    check_acceptance(MATTER, (HandedIn(1, 1, 0), HandedIn(2, 3, 1), HandedIn(3, 0, 0)))


def test_what_is_missing_is_named_with_its_number() -> None:
    assert missing_materials(RULES, (HandedIn(2, 1, 0),)) == ("申请表（原件1份）", "位置图（原件1份、复印件1份）")


def test_a_copy_does_not_stand_in_for_an_original() -> None:
    assert missing_materials(RULES[:1], (HandedIn(1, 0, 5),)) == ("申请表（原件1份）",)


def test_an_optional_material_is_never_missing() -> None:
    assert missing_materials(RULES[2:], ()) == ()


def test_an_incomplete_set_is_refused_with_everything_that_is_missing_at_once() -> None:
    with pytest.raises(MaterialsMissing, match="还缺 2 项材料") as caught:
        check_acceptance(MATTER, ())
    assert caught.value.missing == ("申请表（原件1份）", "位置图（原件2份、复印件1份）")
    assert "一次性告知" in str(caught.value)


@pytest.mark.parametrize("foreign", [HandedIn(4, 1, 0), HandedIn(0, 1, 0), HandedIn(1, -1, 0), HandedIn(1, 1, -1)])
def test_a_material_off_the_list_or_a_negative_number_is_refused(foreign: HandedIn) -> None:
    with pytest.raises(ForeignMaterial, match="第三十一条"):
        check_acceptance(MATTER, (HandedIn(2, 2, 1), foreign))


def test_a_material_registered_twice_is_refused() -> None:
    with pytest.raises(MaterialTwice, match="“位置图”登记了两次"):
        check_acceptance(MATTER, (HandedIn(1, 1, 0), HandedIn(2, 1, 0), HandedIn(2, 1, 1)))


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_a_set_is_accepted_exactly_when_nothing_is_missing(forms: int, maps: int, copies: int) -> None:
    handed = (HandedIn(1, forms, 0), HandedIn(2, maps, copies))
    if missing_materials(RULES, handed):
        with pytest.raises(MaterialsMissing):
            check_acceptance(MATTER, handed)
    else:
        assert forms >= 1
        assert maps >= 2
        assert copies >= 1
        check_acceptance(MATTER, handed)
