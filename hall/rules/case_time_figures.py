"""Monthly figures of timeliness: kinds of handling apart, net workdays, late measured against what was promised."""

from collections.abc import Callable

from hall.rules.case_facts import CaseFact, ClockFact, MonthFacts
from hall.rules.case_figures import Indicator, Number, all_done, count_if, of_done, of_kinds
from hall.rules.case_populations import DONE, KEPT_WORK, Populations, beyond_law, datable, overdue
from hall.rules.permits import Handling
from hall.words import CASE_HANDLING

_PROMISED: tuple[Handling, ...] = ("promised", "joint")


def _on_time(handling: Handling) -> Indicator:
    """按时办结率 of one kind of handling: the kinds are never mixed."""
    word = CASE_HANDLING[handling]
    return Indicator(
        f"on_time_{handling}",
        "timeliness",
        f"{word}按时办结率",
        "承诺时限内办结",
        of_kinds((handling,), lambda case: datable(case) and not case.decided_late),
        f"本期办结{word}（到期日待定的不计）",
        of_kinds((handling,), datable),
    )


def _served_in_time(case: CaseFact) -> bool:
    return case.served_on is not None and case.delivery_due is not None and case.served_on <= case.delivery_due


def _measured(clock: ClockFact | None) -> int | None:
    """Net workdays used, where the limit is in workdays and the days are known."""
    return clock.used if clock is not None and clock.in_workdays else None


def _used(case: CaseFact) -> int | None:
    return _measured(case.limit)


def _early(case: CaseFact) -> bool:
    """Used fewer days than were promised at the beginning: an extension makes nobody early."""
    used, limit = _used(case), case.limit
    return used is not None and limit is not None and used < limit.days


def _days_used(*handlings: Handling) -> Number:
    return lambda _, found: sum(_used(case) or 0 for case in found.done_of(*handlings))


def _mean_days(key: str, name: str, population: str, *handlings: Handling) -> Indicator:
    return Indicator(
        key,
        "timeliness",
        name,
        "净工作日合计",
        _days_used(*handlings),
        population,
        of_kinds(handlings, lambda case: _used(case) is not None),
        "days",
    )


def _saved(days: Callable[[CaseFact], int | None], *, above: bool) -> Number:
    """Σ(statutory − days), or Σ statutory, over the decided cases that have both in workdays."""

    def number(_: MonthFacts, found: Populations) -> int:
        pairs = [
            (case.statutory.days, spent)
            for case in found.done
            if case.statutory is not None and case.statutory.in_workdays and (spent := days(case)) is not None
        ]
        return sum(law - spent for law, spent in pairs) if above else sum(law for law, _ in pairs)

    return number


def _promised_days(case: CaseFact) -> int | None:
    return case.promised.days if case.promised is not None and case.promised.in_workdays else None


def _statutory_used(case: CaseFact) -> int | None:
    return _measured(case.statutory)


_BOTH = "本期办结件中法定、承诺均按工作日的，Σ法定工作日"
_IN_WORKDAYS = "（时限按工作日、用时有数的）"

TIMELINESS = (
    _on_time("immediate"),
    _on_time("promised"),
    _on_time("joint"),
    Indicator(
        "overdue_rate",
        "timeliness",
        "逾期率",
        "逾期办结＋期末在办已超期",
        lambda _, found: len(overdue(found)),
        KEPT_WORK,
        lambda _, found: len(found.kept_work),
    ),
    Indicator(
        "beyond_law_rate",
        "timeliness",
        "超法定时限率",
        "超法定办结＋期末在办超法定",
        lambda _, found: len(beyond_law(found)),
        KEPT_WORK,
        lambda _, found: len(found.kept_work),
    ),
    Indicator(
        "early_rate",
        "timeliness",
        "提前办结率",
        "净用时少于承诺",
        of_kinds(_PROMISED, _early),
        f"本期办结承诺件、联办件{_IN_WORKDAYS}",
        of_kinds(_PROMISED, lambda case: _used(case) is not None),
    ),
    _mean_days("mean_days", "承诺件平均办结用时", f"本期办结承诺件、联办件{_IN_WORKDAYS}", *_PROMISED),
    _mean_days("mean_days_immediate", "即办件平均办结用时", f"本期办结即办件{_IN_WORKDAYS}", "immediate"),
    Indicator(
        "promise_saving",
        "timeliness",
        "承诺提速率",
        "Σ（法定－承诺）工作日",
        _saved(_promised_days, above=True),
        _BOTH,
        _saved(_promised_days, above=False),
    ),
    Indicator(
        "actual_saving",
        "timeliness",
        "办理提速率",
        "Σ（法定－实际）工作日",
        _saved(_statutory_used, above=True),
        "本期办结件中法定按工作日、用时有数的，Σ法定工作日",
        _saved(_statutory_used, above=False),
    ),
    Indicator(
        "extended_rate",
        "timeliness",
        "延期率",
        "其中经批准延期",
        of_done(lambda case: case.extended_on is not None),
        DONE,
        all_done,
    ),
    Indicator(
        "delivery_rate",
        "timeliness",
        "按时送达率",
        "送达期限内送达",
        lambda _, found: count_if(found.served, _served_in_time),
        "本期送达件（到期日待定的不计）",
        lambda _, found: count_if(found.served, lambda case: case.delivery_due is not None),
    ),
)
