"""The balance of a month: every case dealt with is in exactly one place when it ends.

处理 = 结转 + 新收, and 处理 = 办结 + 不予受理 + 撤回 + 终止 + 在办未到期 + 在办已超期 + 等待补正 + 暂停.
Each number is counted for itself: what ended by its days, what is in hand by the state it is in. A difference is
therefore a fault of the records, and the report shows it.
"""

from dataclasses import dataclass

from hall.rules.case_facts import CaseFact
from hall.rules.case_populations import Populations, late_in_hand


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the cases of a month came from and where they are. `brought`: in hand at the end of the month before."""

    carried: int
    new: int
    dealt_with: int
    done: int
    refused: int
    withdrawn: int
    terminated: int
    in_time: int
    overdue: int
    supplementing: int
    paused: int
    brought: int | None = None

    @property
    def in_hand(self) -> int:
        """期末未结."""
        return self.in_time + self.overdue + self.supplementing + self.paused

    @property
    def gone(self) -> int:
        """Done, or ended without being done."""
        return self.done + self.refused + self.withdrawn + self.terminated

    @property
    def inflow_difference(self) -> int:
        """处理 − (结转 + 新收): 0 where the records are whole."""
        return self.dealt_with - self.carried - self.new

    @property
    def outflow_difference(self) -> int:
        """处理 − everything that became of them: 0 where the records are whole."""
        return self.dealt_with - self.gone - self.in_hand

    @property
    def carry_difference(self) -> int:
        """结转 − what was in hand when the month before ended: 0 where nothing was entered behind the report's back."""
        return 0 if self.brought is None else self.carried - self.brought

    @property
    def holds(self) -> bool:
        """Whether all three identities hold."""
        return not (self.inflow_difference or self.outflow_difference or self.carry_difference)


def balance(found: Populations, *, brought: int | None = None) -> Balance:
    """The balance of a month; with what was in hand when the month before ended its carry-over is checked, too."""
    period = found.period

    def ended(how: str) -> int:
        return sum(case.ended_how == how for case in found.ended)

    def standing(where: str) -> tuple[CaseFact, ...]:
        return tuple(case for case in found.dealt_with if case.standing == where)

    working = standing("working")
    late = sum(late_in_hand(case, period) for case in working)
    return Balance(
        carried=len(found.carried),
        new=len(found.new),
        dealt_with=len(found.dealt_with),
        done=len(found.done),
        refused=ended("refused"),
        withdrawn=ended("withdrawn"),
        terminated=ended("terminated"),
        in_time=len(working) - late,
        overdue=late,
        supplementing=len(standing("supplementing")),
        paused=len(standing("paused")),
        brought=brought,
    )
