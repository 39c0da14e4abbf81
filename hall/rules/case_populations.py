"""Which cases a monthly figure counts: most disputes about figures come from populations, so each has a name here.

A case is done (办结) on the day of its decision: that is where the promise ends (行政许可法 42; 44 gives delivery
days of its own). Withdrawal, termination and refusal of acceptance end a case without its being done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hall.rules.case_facts import CaseFact, MonthFacts, Period
from hall.rules.permits import Handling

NEW = "本期收件"
DEALT_WITH = "本期处理件（结转＋新收）"
ACCEPTED = "本期受理件（按受理日期）"
DONE = "本期办结件（按决定日期）"
DUE_WORK = "应办受理件（结转受理件＋本期受理件）"
KEPT_WORK = "应办受理件，不含撤回、终止"


@dataclass(frozen=True, slots=True)
class Populations:
    """The cases of a month by what they are counted for; a case may belong to several.

    `new` 新收: received in the period. `carried` 结转: received before it, in hand when it began. `dealt_with` 处理:
    in hand on one of its days. `accepted`, `done`, `served`, `ended`: that happened in the period; `ended` is refused,
    withdrawn or terminated. `due_work` 应办: dealt with and accepted. `in_hand` 期末未结: in hand when the period ends.
    """

    period: Period
    new: tuple[CaseFact, ...]
    carried: tuple[CaseFact, ...]
    dealt_with: tuple[CaseFact, ...]
    accepted: tuple[CaseFact, ...]
    done: tuple[CaseFact, ...]
    served: tuple[CaseFact, ...]
    ended: tuple[CaseFact, ...]
    due_work: tuple[CaseFact, ...]
    in_hand: tuple[CaseFact, ...]

    @property
    def kept_work(self) -> tuple[CaseFact, ...]:
        """The base of 逾期率: a withdrawn or terminated case is neither in time nor late."""
        return tuple(case for case in self.due_work if not case.ended_how)

    def done_of(self, *handlings: Handling) -> tuple[CaseFact, ...]:
        """Done, of some kinds of handling."""
        return tuple(case for case in self.done if case.handling in handlings)


def populations(month: MonthFacts) -> Populations:
    """Sort a month's cases; each population is counted by its own days, not as the rest of another."""
    period = month.period

    def those(has: Callable[[CaseFact], bool]) -> tuple[CaseFact, ...]:
        return tuple(case for case in month.cases if has(case))

    return Populations(
        period=period,
        new=those(lambda case: period.has(case.received_on)),
        carried=those(lambda case: case.received_on < period.first and _in_hand_at_start(case, period)),
        dealt_with=those(lambda case: case.received_on <= period.last and _in_hand_at_start(case, period)),
        accepted=those(lambda case: period.has(case.accepted_on)),
        done=those(lambda case: period.has(case.decided_on)),
        served=those(lambda case: period.has(case.served_on)),
        ended=those(lambda case: period.has(case.ended_on)),
        due_work=those(lambda case: bool(case.accepted_on) and _in_hand_at_start(case, period)),
        in_hand=those(lambda case: case.received_on <= period.last and left(case) is None),
    )


def left(case: CaseFact) -> date | None:
    """The day a case left the hands of those who work on it."""
    return case.decided_on or case.ended_on


def _in_hand_at_start(case: CaseFact, period: Period) -> bool:
    """In hand when the period began, or not yet there."""
    gone = left(case)
    return gone is None or gone >= period.first


def datable(case: CaseFact) -> bool:
    """Whether there is a due day to measure by."""
    return case.limit is not None and case.limit.due is not None


def ended_late(case: CaseFact) -> bool:
    """撤回或终止时已超期: what a withdrawal must not hide."""
    if case.ended_how not in ("withdrawn", "terminated") or case.ended_on is None or case.limit is None:
        return False
    return case.limit.due is not None and case.ended_on > case.limit.due


def late_in_hand(case: CaseFact, period: Period) -> bool:
    """在办已超期: past the day promised, and nothing stops its clock."""
    return case.standing == "working" and case.overdue(period)


def overdue(found: Populations) -> tuple[CaseFact, ...]:
    """超期: decided late in the period, or late and in hand when it ends. Paused cases are neither early nor late."""
    decided = (case for case in found.done if case.decided_late)
    return (*decided, *(case for case in found.in_hand if late_in_hand(case, found.period)))


def beyond_law(found: Populations) -> tuple[CaseFact, ...]:
    """超法定时限: the same against the statutory day."""
    decided = (case for case in found.done if case.decided_illegally_late)
    waiting = (case for case in found.in_hand if case.standing == "working" and case.illegally_overdue(found.period))
    return (*decided, *waiting)
