"""为什么: what grew on which days and what stood still, then every running period counted on its calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from hall.rules.day_count import CountedDay
from hall.rules.fines import FinePosition, Stretch
from hall.rules.penalty_clocks import PenaltyClock
from hall.services.penalty_file import LitClock, PenaltyFile
from hall.windows.desk_sections import words_label
from hall.windows.due_explanation import DayCounts
from hall.windows.kit.side_panel import SidePanel
from hall.windows.penalty_fine_days import FineDays
from hall.windows.penalty_words import clock_words, money
from hall.words import PENALTY_CLOCKS

STOPPED = {
    "review": "行政复议期间不计算",
    "litigation": "行政诉讼期间不计算",
    "application": "申请暂缓、分期等答复期间不计算",
    "agreement": "履行执行协议期间不计算",
    "untold": "决定书没有告知加处罚款，不计算",
}
_DAY = timedelta(days=1)
# A weekday calendar of half a year is as much as anybody reads.
LONGEST = 190


class CaseWhy(SidePanel):
    """Beside the position; of what is over only the last day to pay is explained, on which the addition rests."""

    def __init__(self) -> None:
        super().__init__("怎么算的")
        self._stretches: tuple[str, ...] = ()

    @property
    def stretches(self) -> tuple[str, ...]:
        """What is said of the days of the addition."""
        return self._stretches

    def show_file(self, file: PenaltyFile) -> None:
        """Open with this case."""
        self.clear()
        self._stretches = stretch_lines(file.fine) if file.fine else ()
        if self._stretches:
            self.add(words_label("加处罚款", "lead"))
            for line in self._stretches:
                self.add(words_label(line))
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


def stretch_lines(fine: FinePosition) -> tuple[str, ...]:
    """The overdue days in order, whether they count, and the sum that they grew by."""
    if not fine.stretches:
        return ()
    lines = [_stretch_words(each) for each in fine.stretches]
    total = f"共计算 {fine.days} 日，加处 {money(fine.added_fen)}"
    most = "，已到罚款本金的数额，不再增加" if fine.capped else ""
    waived = f"；按执行协议减免 {money(fine.waived_fen)}" if fine.waived_fen else ""
    return (*lines, f"{total}{most}{waived}。罚款本金不变。")


def _stretch_words(each: Stretch) -> str:
    days = (each.last - each.first).days + 1
    how = STOPPED.get(each.reason) or f"{days} 日，按逾期的 {money(each.base_fen)} 计算"
    return f"{each.first.isoformat()} 至 {each.last.isoformat()}　{how}"


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
