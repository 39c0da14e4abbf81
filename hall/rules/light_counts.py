"""Counts of open cases by light, department and matter, for any day, from groups that no passing of time changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hall.rules.lights import DueOrdinals, Light, Standing, Today, light

Counts = Mapping[Light, int]


class DueGroup(NamedTuple):
    """So many open cases of a matter in a department that have the same light on every day."""

    department_id: int
    matter_id: int
    standing: Standing
    statutory_ordinal: int | None
    promised_ordinal: int | None
    warning_days: int
    cases: int


@dataclass(frozen=True, slots=True)
class LightCounts:
    """How many cases show which light: all, by department, and by department and matter."""

    total: int
    lights: Counts
    departments: Mapping[int, Counts]
    matters: Mapping[tuple[int, int], Counts]

    def matters_of(self, department_id: int) -> Mapping[int, Counts]:
        """The counts of a department by matter."""
        return {matter: counts for (department, matter), counts in self.matters.items() if department == department_id}


def light_counts(groups: Iterable[DueGroup], today: Today) -> LightCounts:
    """Count the groups as they stand on a day; each light is worked out once, however many groups share it."""
    known: dict[tuple[Standing, int | None, int | None, int], Light] = {}
    matters: dict[tuple[int, int], dict[Light, int]] = {}
    for department, matter, standing, statutory, promised, warning_days, cases in groups:
        key = (standing, statutory, promised, warning_days)
        shown = known.get(key)
        if shown is None:
            due = DueOrdinals(statutory, promised)
            shown = known[key] = light(due, today, warning_days=warning_days, standing=standing)
        counts = matters.setdefault((department, matter), {})
        counts[shown] = counts.get(shown, 0) + cases
    return _summed(matters)


def _summed(matters: Mapping[tuple[int, int], Counts]) -> LightCounts:
    lights: dict[Light, int] = {}
    departments: dict[int, dict[Light, int]] = {}
    for (department, _), counts in matters.items():
        of_department = departments.setdefault(department, {})
        for shown, count in counts.items():
            lights[shown] = lights.get(shown, 0) + count
            of_department[shown] = of_department.get(shown, 0) + count
    return LightCounts(sum(lights.values()), lights, departments, matters)
