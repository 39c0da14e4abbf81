"""The two charts of a day: how many came and went each hour, and how long they waited."""

from datetime import timedelta

from PySide6.QtWidgets import QFrame, QVBoxLayout

from hall.rules.queue_statistics import Figures
from hall.services.day_tables import minutes
from hall.services.statistics import DayReport
from hall.windows.kit import tokens
from hall.windows.kit.charts import HourChart, Series, by_hour
from hall.windows.kit.style import set_role

LONGEST_COLOUR = "#B45309"


class _DayChart(HourChart):
    """A chart that lies on a card."""

    def card(self) -> QFrame:
        """The card it lies on."""
        card = QFrame()
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(tokens.SNUG, tokens.TIGHT, tokens.SNUG, tokens.HAIR)
        column.addWidget(self)
        return card


class QueueChart(_DayChart):
    """Numbers taken and tickets served each hour, and the longest queue of the hour."""

    def __init__(self) -> None:
        super().__init__("每小时取号、办结、最多等候", empty="这一天还没有人取号。")

    def show_report(self, report: DayReport) -> None:
        """Another day, or the same one further on."""
        hours = _hours(report)
        self.show_series(
            Series("取号", {hour: each.taken for hour, each in hours.items()}, "full"),
            Series("办结", {hour: each.served for hour, each in hours.items()}, "striped", tokens.SUCCESS),
            Series("最多等候", dict(report.peaks), "line", LONGEST_COLOUR),
        )


class WaitingChart(_DayChart):
    """Mean and longest waiting of those called in the hour, against the limit."""

    def __init__(self, limit: timedelta) -> None:
        super().__init__("等候时间（分钟）", empty="这一天还没有人被叫到。")
        self._waiting_limit = limit

    def show_report(self, report: DayReport) -> None:
        """Another day, or the same one further on."""
        called = {hour: each.waiting for hour, each in _hours(report).items() if each.waiting.count}
        limit = self._waiting_limit / timedelta(minutes=1)
        longest = by_hour([(hour, minutes(each.longest)) for hour, each in called.items()])
        self.show_series(
            Series("平均", by_hour([(hour, minutes(each.mean)) for hour, each in called.items()]), "full"),
            Series("最长", longest, "line", LONGEST_COLOUR),
            limit=(limit, f"上限 {limit:g} 分"),
        )


def _hours(report: DayReport) -> dict[int, Figures]:
    return {row.key: row.figures for row in report.hours if row.key is not None}
