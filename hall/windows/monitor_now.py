"""The monitor's first page: every counter now, who waits for what, alarms, and the hours of today."""

from datetime import timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hall.clock import Clock
from hall.rules.queue_policy import AlarmPolicy
from hall.services.monitor import CounterRow, MatterRow, MonitorView, SeatedTicket
from hall.services.statistics import DayReport
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.tables import ROW_HEIGHT, Column, Table
from hall.windows.monitor_charts import QueueChart, WaitingChart
from hall.windows.monitor_parts import AlarmList, EmergencyStrip, FiguresBar
from hall.windows.monitor_words import (
    counter_light,
    counter_words,
    matters_words,
    minutes_words,
    share_words,
    ticket_words,
)

TICK_MS = 10_000
CHARTS_HEIGHT = 190
TITLES = {
    "waiting": "等候中",
    "longest": "现在最久",
    "at_counters": "在窗口",
    "held": "挂起",
    "skipped": "过号",
    "taken": "今日取号",
    "served": "今日办结",
    "mean": "平均等候",
    "over": "超时等候",
    "unprinted": "未打印",
}


class NowPage(QWidget):
    """`change` and `release` carry the CounterRow, `calm` the counter's number, `help_wanted` an Alarm."""

    change = Signal(object)
    release = Signal(object)
    calm = Signal(int)
    help_wanted = Signal(object)

    def __init__(self, clock: Clock, alarms: AlarmPolicy) -> None:
        super().__init__()
        self._clock, self._limits = clock, alarms
        self.strip, self.alarms = EmergencyStrip(), AlarmList()
        self.figures = FiguresBar(TITLES)
        self.counters, self.matters = self._counter_table(), self._matter_table()
        self.queue_chart, self.waiting_chart = QueueChart(), WaitingChart(alarms.waiting)
        self.change_button = hotkeys.hotkey_button(hotkeys.CHANGE_MATTERS, self._change)
        self.release_button = hotkeys.hotkey_button(hotkeys.RELEASE, self._release)
        self.strip.calm.connect(self.calm)
        self.alarms.help_wanted.connect(self.help_wanted)
        self.counters.chosen.connect(self.change)
        self.counters.current.connect(self._show_what_can_be_done)
        self._lay_out()
        self._show_what_can_be_done(None)
        timer = QTimer(self)
        timer.setInterval(TICK_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def show_view(self, view: MonitorView) -> None:
        """The hall as it is now."""
        self.strip.show_counters(view.counters)
        self.alarms.show_alarms(view.alarms)
        self.figures.show_figures(_figures(view))
        self.counters.show_rows(view.counters)
        self.matters.show_rows(view.matters)
        if self.counters.current_row is None and view.counters:
            self.counters.select(view.counters[0].number)
        self._show_what_can_be_done(self.counters.current_row)
        self._fit()

    def show_report(self, report: DayReport) -> None:
        """The hours of today."""
        self.queue_chart.show_report(report)
        self.waiting_chart.show_report(report)

    def begin(self) -> None:
        """The keyboard goes to the counters."""
        self.counters.setFocus()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The lists as they are shown."""
        return (self.counters.as_sheet("窗口"), self.matters.as_sheet("等候"))

    @Slot()
    def _tick(self) -> None:
        """Lengths of time go on without any change."""
        self.counters.viewport().update()

    @Slot()
    def _change(self) -> None:
        if (row := self.counters.current_row) is not None:
            self.change.emit(row)

    @Slot()
    def _release(self) -> None:
        if (row := self.counters.current_row) is not None:
            self.release.emit(row)

    @Slot(object)
    def _show_what_can_be_done(self, row: CounterRow | None) -> None:
        self.change_button.setEnabled(row is not None)
        self.release_button.setEnabled(row is not None and (row.ticket is not None or bool(row.held)))

    def _counter_table(self) -> Table[CounterRow]:
        return Table[CounterRow](
            [
                Column("窗口", lambda row: str(row.number), align="right", width=56, order=lambda row: row.number),
                Column("状态", lambda row: counter_words(row, self._clock.now()), width=146, light=counter_light),
                Column("人员", lambda row: row.clerk or "—", width=84),
                Column("当前号", lambda row: row.ticket.code if row.ticket else "—", width=76),
                Column(
                    "进展",
                    lambda row: ticket_words(row.ticket, self._clock.now()),
                    width=168,
                    light=lambda row: "over_promised" if self._is_long(row.ticket) else None,
                ),
                Column("挂起", lambda row: str(len(row.held) or "—"), align="right", width=56),
                Column("已办", lambda row: str(row.served), align="right", width=56, order=lambda row: row.served),
                Column(
                    "可叫", lambda row: str(row.could_call), align="right", width=56, order=lambda row: row.could_call
                ),
                Column("办理事项", matters_words),
            ],
            lambda row: row.number,
            empty="大厅还没有登记窗口。",
        )

    def _is_long(self, ticket: SeatedTicket | None) -> bool:
        """Served beyond the limit, or called as long ago and stuck."""
        if ticket is None or ticket.since is None:
            return False
        return self._clock.now() - ticket.since > self._limits.service

    def _matter_table(self) -> Table[MatterRow]:
        return Table[MatterRow](
            [
                Column("等候事项", lambda row: row.name),
                Column("人数", lambda row: str(row.waiting), align="right", width=56, order=lambda row: row.waiting),
                Column(
                    "最久",
                    lambda row: minutes_words(row.longest),
                    align="right",
                    width=136,
                    order=lambda row: row.longest,
                    light=lambda row: "over_promised" if row.longest > self._limits.waiting else None,
                ),
                Column("窗口", lambda row: str(row.counters), align="right", width=56, order=lambda row: row.counters),
            ],
            lambda row: row.code,
            empty="没有人等候。有人取号后，这里按事项列出人数。",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The counters come first: where they need the room, the hours are one page further."""
        above = sum(
            each.sizeHint().height() + tokens.TIGHT
            for each in (self.strip, self.alarms, self.figures)
            if not each.isHidden()
        )
        needed = (len(self.counters.rows) + 1) * ROW_HEIGHT + tokens.BASE
        self._charts.setVisible(self.height() - above - needed >= CHARTS_HEIGHT + tokens.TIGHT)

    def _lay_out(self) -> None:
        deeds = QHBoxLayout()
        deeds.setSpacing(tokens.TIGHT)
        deeds.addWidget(self.change_button, 1)
        deeds.addWidget(self.release_button, 1)
        beside = QVBoxLayout()
        beside.setSpacing(tokens.TIGHT)
        beside.addWidget(self.matters, 1)
        beside.addLayout(deeds)
        tables = QHBoxLayout()
        tables.setSpacing(tokens.SNUG)
        tables.addWidget(self.counters, 17)
        tables.addLayout(beside, 9)
        self._charts = QWidget()
        self._charts.setFixedHeight(CHARTS_HEIGHT)
        charts = QHBoxLayout(self._charts)
        charts.setContentsMargins(0, 0, 0, 0)
        charts.setSpacing(tokens.SNUG)
        charts.addWidget(self.queue_chart.card())
        charts.addWidget(self.waiting_chart.card())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        for widget in (self.strip, self.alarms, self.figures):
            column.addWidget(widget)
        column.addLayout(tables, 1)
        column.addWidget(self._charts)


def _figures(view: MonitorView) -> dict[str, str]:
    totals = view.totals
    mean = totals.waited.mean
    counts = ("waiting", "at_counters", "held", "skipped", "taken", "served", "unprinted")
    return {key: f"{getattr(totals, key):,}" for key in counts} | {
        "longest": minutes_words(totals.longest_waiting) if totals.waiting else "—",
        "mean": "—" if mean is None else f"{mean / timedelta(minutes=1):.1f} 分",
        "over": share_words(totals.waited.over_rate),
    }
