"""A million permit deadlines through the rule that services use, beside numpy's business days with the same calendar.

numpy knows days off and no weekend days at work, so it is given a week of seven workdays and every rest day as a
holiday. It is no part of the program: a development dependency, here only to compare with.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from hall.bench.measured import Measured, compared
from hall.errors import Unavailable
from hall.rules.calendar import WorkCalendar
from hall.rules.catalogue import Limit
from hall.rules.clocks import Due, start_clock
from hall.rules.clocks_batch import permit_deadlines
from hall.services.calendar import shipped_calendar

MANY = 1_000_000
ALONE = 100_000
LENGTHS = (1, 3, 5, 7, 10, 15, 20, 30, 45)
ASKED_RATIO = 3.0
ASKED_ALONE_US = 5.0
ROUNDS = 3

_DAY = timedelta(days=1)


class NoNumpy(Unavailable):
    """numpy is not installed here."""

    def __init__(self) -> None:
        super().__init__("这里没有安装 numpy，不能比较。请在开发环境（pip install -e .[dev]）里运行。")


class Differs(Unavailable):
    """Both ways must say the same."""

    def __init__(self, start: date, days: int) -> None:
        super().__init__(f"从{start}起{days}个工作日，两种算法结果不同，请先查明原因。")


def measure() -> Iterator[Measured]:
    """Many at once, and one alone."""
    yield from beside_numpy(many=MANY, alone=ALONE)


def beside_numpy(*, many: int, alone: int) -> Iterator[Measured]:
    """So many at once, and so many one by one; both ways have to say the same. Raises NoNumpy or Differs."""
    try:
        import numpy as np
    except ImportError as error:
        raise NoNumpy from error

    calendar = shipped_calendar()
    starts, days = drawn(calendar, many)
    resting = [day for day in _days(calendar) if not calendar.is_workday(day)]
    business = np.busdaycalendar(weekmask="1111111", holidays=np.array(resting, dtype="datetime64[D]"))
    many_starts, many_days = np.array(starts, dtype="datetime64[D]"), np.array(days)

    def in_numpy(some_starts: object, some_days: object) -> object:
        return np.busday_offset(some_starts, some_days, roll="preceding", busdaycal=business)  # type: ignore[call-overload]  # arrays or scalars

    check_same(starts, days, permit_deadlines(calendar, starts, days=days), in_numpy(many_starts, many_days))
    value = min(_fresh(calendar, starts, days) for _ in range(ROUNDS))
    reference = _best(lambda: in_numpy(many_starts, many_days))
    at_once = compared("due", "at once", value=value, reference=reference, unit="s", asked=ASKED_RATIO, count=many)
    yield Measured(at_once.line, good=value <= ASKED_RATIO * reference)
    some = list(zip(starts[:alone], days[:alone], strict=True))
    limits = {length: Limit(length, "workday") for length in LENGTHS}
    value = _best(lambda: [start_clock("statutory", limits[each], day, calendar=calendar) for day, each in some])
    pairs = list(zip(many_starts[:alone], many_days[:alone], strict=True))
    reference = _best(lambda: [in_numpy(day, each) for day, each in pairs])
    yield _alone(value / alone * 1e6, reference / alone * 1e6, count=alone)


def drawn(calendar: WorkCalendar, many: int) -> tuple[list[date], list[int]]:
    """So many starting days and lengths, the same in each run, all of them ending in the years that are loaded."""
    draw = random.Random(42)
    days = _days(calendar)[: -2 * max(LENGTHS)]
    return _copies(draw.choices(days, k=many)), draw.choices(LENGTHS, k=many)


def _copies(days: list[date]) -> list[date]:
    """Each a date of its own, as rows of a database give them: nothing about it is remembered by Python."""
    return [day.replace() for day in days]


def _fresh(calendar: WorkCalendar, starts: list[date], days: list[int]) -> float:
    """Seconds of the batch over dates that nobody has looked at."""
    copies = _copies(starts)
    began = time.perf_counter()
    permit_deadlines(calendar, copies, days=days)
    return time.perf_counter() - began


def check_same(starts: list[date], days: list[int], dues: list[Due], others: object) -> None:
    """Raise Differs where the other way (an array of days) says anything else."""
    for start, length, due, other in zip(starts, days, dues, others.tolist(), strict=True):  # type: ignore[attr-defined]
        if due.day != other:
            raise Differs(start, length)


def _alone(value: float, reference: float, *, count: int) -> Measured:
    one = compared("due", "one alone", value=value, reference=reference, unit="µs", asked=ASKED_ALONE_US, count=count)
    return Measured(one.line, good=value < ASKED_ALONE_US)


def _best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of a few rounds: what else the computer does is nobody's."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)


def _days(calendar: WorkCalendar) -> list[date]:
    first, last = date(calendar.years[0], 1, 1), date(calendar.years[-1], 12, 31)
    return [first + n * _DAY for n in range((last - first).days + 1)]
