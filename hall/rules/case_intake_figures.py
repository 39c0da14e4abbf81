"""Monthly figures of intake and outcome: what was received, accepted, done, and what ended without a decision."""

from collections.abc import Callable

from hall.rules.case_figures import (
    Holds,
    Indicator,
    Number,
    all_accepted,
    all_done,
    all_due_work,
    all_new,
    count_if,
    of_done,
    of_new,
    simple_count,
)
from hall.rules.case_populations import ACCEPTED, DONE, DUE_WORK, NEW, Populations, ended_late


def _accepted_how(how: str) -> Number:
    return lambda _, found: count_if(found.accepted, lambda case: case.accepted_how == how)


INTAKE = (
    simple_count("received", "intake", "收件", all_new, population=NEW),
    simple_count("accepted", "intake", "受理", all_accepted, population=ACCEPTED),
    Indicator(
        "accepted_rate",
        "intake",
        "受理率",
        "其中期末前已受理",
        of_new(lambda case: case.accepted_on is not None),
        NEW,
        all_new,
    ),
    Indicator(
        "refused_rate",
        "intake",
        "不予受理率",
        "其中不予受理",
        of_new(lambda case: case.ended_how == "refused"),
        NEW,
        all_new,
    ),
    Indicator("lacking_rate", "intake", "容缺受理占比", "容缺受理", _accepted_how("lacking"), ACCEPTED, all_accepted),
    Indicator(
        "informed_rate", "intake", "告知承诺占比", "告知承诺受理", _accepted_how("informed"), ACCEPTED, all_accepted
    ),
    Indicator(
        "deemed_rate",
        "intake",
        "视为受理占比",
        "逾期未告知、视为受理",
        _accepted_how("deemed"),
        ACCEPTED,
        all_accepted,
    ),
)


def _ended_as(how: str) -> Number:
    return lambda _, found: count_if(found.ended, lambda case: case.ended_how == how)


def _share_of_done(key: str, name: str, counted: str, holds: Holds) -> Indicator:
    return Indicator(key, "work", name, counted, of_done(holds), DONE, all_done)


def _trips(key: str, name: str, counted: str, *, most: int) -> Indicator:
    """Of the cases that were served: before that somebody may still have to come."""

    def came(found: Populations, holds: Callable[[int], bool]) -> int:
        return count_if(found.served, lambda case: case.trips is not None and holds(case.trips))

    return Indicator(
        key,
        "work",
        name,
        counted,
        lambda _, found: came(found, lambda trips: trips <= most),
        "本期送达件，到送达为止的到场天数有登记的",
        lambda _, found: came(found, lambda _: True),
    )


WORK = (
    simple_count("done", "work", "办结", all_done, population=DONE),
    Indicator("done_rate", "work", "办结率", "其中办结", all_done, DUE_WORK, all_due_work),
    _share_of_done("granted_rate", "准予率", "准予许可", lambda case: case.outcome == "granted"),
    _share_of_done("denied_rate", "不予许可率", "不予许可", lambda case: case.outcome == "denied"),
    _share_of_done("default_rate", "超时默认率", "超时默认", lambda case: case.outcome == "default"),
    _share_of_done("immediate_share", "即办件占比", "即办件", lambda case: case.handling == "immediate"),
    _trips("one_trip_rate", "一次办结率", "申请人至多到场一天", most=1),
    _trips("no_trip_rate", "零跑动率", "申请人没有到场", most=0),
    simple_count("refused", "work", "不予受理", _ended_as("refused"), population="本期不予受理（不计入时效）"),
    simple_count("withdrawn", "work", "撤回", _ended_as("withdrawn"), population="本期撤回（不计入时效）"),
    simple_count("terminated", "work", "终止", _ended_as("terminated"), population="本期终止（不计入时效）"),
    simple_count(
        "ended_late",
        "work",
        "撤回、终止时已超期",
        lambda _, found: count_if(found.ended, ended_late),
        population="本期撤回、终止件（不计入时效，单列）",
    ),
)
