"""Counts by light: every group counted once, on any day, as its cases would be one by one."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from hall.rules.light_counts import DueGroup, light_counts
from hall.rules.lights import DueOrdinals, Standing, Today, light

STANDINGS: tuple[Standing, ...] = ("running", "paused")
ORDINALS = st.none() | st.integers(95, 110)
GROUPS = st.lists(
    st.builds(
        DueGroup,
        st.integers(1, 3),
        st.integers(1, 4),
        st.sampled_from(STANDINGS),
        ORDINALS,
        ORDINALS,
        st.integers(0, 4),
        st.integers(1, 50),
    ),
    max_size=30,
)


@given(GROUPS, st.builds(Today, st.integers(94, 112), st.booleans()))
def test_counts_are_those_of_the_cases_one_by_one(groups: list[DueGroup], today: Today) -> None:
    cases = Counter[tuple[int, int, str]]()
    for group in groups:
        due = DueOrdinals(group.statutory_ordinal, group.promised_ordinal)
        shown = light(due, today, warning_days=group.warning_days, standing=group.standing)
        cases[group.department_id, group.matter_id, shown] += group.cases
    counts = light_counts(groups, today)
    assert counts.total == sum(cases.values())
    assert counts.lights == _summed(cases)
    for department in range(1, 4):
        assert counts.departments.get(department, {}) == _summed(cases, department)
        for matter, of_matter in counts.matters_of(department).items():
            assert of_matter == _summed(cases, department, matter)


def _summed(
    cases: "Counter[tuple[int, int, str]]", department: int | None = None, matter: int | None = None
) -> dict[str, int]:
    found: dict[str, int] = {}
    for (of_department, of_matter, shown), count in cases.items():
        if department in {None, of_department} and matter in {None, of_matter}:
            found[shown] = found.get(shown, 0) + count
    return found


def test_no_cases_are_no_counts() -> None:
    counts = light_counts((), Today(100))
    assert (counts.total, counts.lights, counts.departments, counts.matters_of(1)) == (0, {}, {}, {})
