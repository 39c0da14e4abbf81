"""为什么: what grew on which days and what stood still, then every running period counted on its calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from hall.rules.day_count import CountedDay
from hall.rules.fines import FinePosition
from hall.rules.penalty_clocks import PenaltyClock
from hall.services.penalty_file import LitClock, PenaltyFile
from hall.windows.desk_sections import words_label
from hall.windows.due_explanation import DayCounts
from hall.windows.kit.side_panel import SidePanel
from hall.windows.penalty_fine_days import FineDays
from hall.windows.penalty_words import clock_words, money
from hall.words import PENALTY_CLOCKS

_DAY = timedelta(days=1)
# A weekday calendar of half a year is as much as anybody reads.
LONGEST = 190


class CaseWhy(SidePanel):
    """Beside the position; of what is over only the last day to pay is explained, on which the addition rests."""

    def __init__(self) -> None:
        super().__init__("怎么算的")
        self._added = ""

    @property
    def added(self) -> str:
        """What is said of the addition."""
        return self._added

    def show_file(self, file: PenaltyFile) -> None:
        """Open with this case."""
        self.clear()
        self._added = added_words(file.fine) if file.fine is not None and file.fine_days else ""
        if self._added:
            self.add(words_label("加处罚款", "lead"))
            self.add(words_label(self._added))
            self.add(FineDays(file.fine_days))
        for each in file.clocks:
            days = counted_days(each.clock)
            if each.light not in (None, "paused") or (days and each.clock.kind == "payment"):
                self._add_clock(each, days)
        self.show()

    def _add_clock(self, lit: LitClock, days: tuple[CountedDay, ...]) -> None:
        self.add(words_label(PENALTY_CLOCKS[lit.clock.kind], "lead"))
        self.add(words_label(clock_words(lit)))
        self.add(words_label(lit.clock.law, "small"))
        if days:
            self.add(DayCounts(days))


def added_words(fine: FinePosition) -> str:
    """What the counted days come to."""
    most = "，已到罚款本金的数额，不再增加" if fine.capped else ""
    waived = f"；按执行协议减免 {money(fine.waived_fen)}" if fine.waived_fen else ""
    return f"共计算 {fine.days} 日，加处 {money(fine.added_fen)}{most}{waived}。罚款本金不变。"


def counted_days(clock: PenaltyClock) -> tuple[CountedDay, ...]:
    """Every day from the start to the last one: its number, or that it rests. Nothing where hours are counted."""
    steps = {day: count for day, count in clock.why() if type(day) is date}
    if not steps or clock.due is None or (clock.due - clock.started_on).days > LONGEST:
        return ()
    start = CountedDay(clock.started_on, 0, "起算日不计", "start")
    return (start, *(_counted(day, steps) for day in _days_after(clock.started_on, clock.due)))


def _counted(day: date, steps: dict[date, int]) -> CountedDay:
    count = steps.get(day)
    return CountedDay(day, count, "", "counted") if count else CountedDay(day, None, "周", "rest")


def _days_after(start: date, end: date) -> Iterable[date]:
    return (start + number * _DAY for number in range(1, (end - start).days + 1))
