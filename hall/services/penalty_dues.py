"""Due days of penalty cases: the authority's own periods, with the officers of the case."""

from collections.abc import Iterator, Mapping
from typing import cast

from hall.rules.authority import CASHIER
from hall.rules.due_notices import DUE_CODES, DueCode
from hall.services.dues import TO_MANAGER, Due, Looking
from hall.services.penalty_clocks import CaseClock, open_clocks
from hall.services.penalty_waiting_rows import CaseOfficers, officers_of_each
from hall.services.subject_notices import Addressee

_ELSEWHERE = frozenset({"publicity", "withdrawal"})
"""What has a list of its own (`publicity_dues`), which a case that has ended does not leave."""


def penalty_dues(looking: Looking) -> Iterator[Due]:
    """Late the day after the strict end, which no weekend prolongs, as their lights are."""
    first, last = looking.days("closing")
    clocks = open_clocks(
        looking.session, hall_id=looking.hall_id, today=looking.today, home=looking.home, case_id=looking.subject_id
    )
    near = [each for each in clocks if each.clock.side == "authority" and each.clock.kind not in _ELSEWHERE]
    officers = officers_of_each(looking.session, {each.case_id for each in near}, today=looking.today)
    for each in near:
        due_on = each.clock.strict_due or each.clock.due
        if due_on is not None and first <= due_on <= last and each.clock.kind in DUE_CODES:
            yield Due(
                subject="penalty_case",
                subject_id=each.case_id,
                due=cast(DueCode, each.clock.kind),
                due_on=due_on,
                name=f"处罚案件 {each.number}",
                holders=_holders(each, officers),
            )


def _holders(each: CaseClock, officers: Mapping[int, CaseOfficers]) -> tuple[Addressee, ...]:
    if each.clock.kind == "cash_bank":
        return (Addressee(role=CASHIER),)
    accounts = officers.get(each.case_id, CaseOfficers()).accounts
    return tuple(map(Addressee, sorted(accounts))) or (TO_MANAGER,)
