"""Due days of many clocks at once: every clock of a hall when a schedule is imported.

Clocks that start on the same day with the same length end on the same day, so the rule is asked once for each such
pair and remembered while the batch lasts. A clock with pauses is always read from its own ledger.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit, LimitUnit
from hall.rules.clocks import Due, Ledger, due_of


class _Ends(dict[date, Due]):
    """Due days by starting day, for one length."""

    def __init__(self, calendar: WorkCalendar, limit: Limit) -> None:
        super().__init__()
        self._calendar = calendar
        self._limit = limit

    def __missing__(self, started_on: date) -> Due:
        due = due_of(Ledger("statutory", self._limit, started_on), calendar=self._calendar)
        self[started_on] = due
        return due


def permit_deadlines(calendar: WorkCalendar, starts: Sequence[date], *, days: Sequence[int]) -> list[Due]:
    """Where limits in workdays end that start on these days and have these lengths."""
    ends = {length: _Ends(calendar, Limit(length, "workday")) for length in set(days)}
    return [ends[length][start] for start, length in zip(starts, days, strict=True)]


def dues_of(ledgers: Iterable[Ledger], *, calendar: WorkCalendar) -> list[Due]:
    """Where each of these clocks ends."""
    ends: dict[tuple[int, LimitUnit], _Ends] = {}
    dues = []
    for ledger in ledgers:
        if ledger.pauses:
            dues.append(due_of(ledger, calendar=calendar))
            continue
        length = (ledger.total, ledger.limit.unit)
        if length not in ends:
            ends[length] = _Ends(calendar, Limit(*length))
        dues.append(ends[length][ledger.started_on])
    return dues
