"""The monitor's second page: any day in figures, by hour, counter, clerk or matter, rebuilt from its log."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hall.clock import Clock, business_date, hall_time
from hall.rules.queue_policy import AlarmPolicy
from hall.rules.queue_statistics import Figures, Rate
from hall.services.day_tables import FIGURES, GROUPS, minutes, report_tables
from hall.services.statistics import DayReport, GroupRow
from hall.services.tables_export import SheetTable
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.hotkeys import Hotkey
from hall.windows.kit.style import set_role
from hall.windows.kit.tables import Column, Table
from hall.windows.monitor_charts import QueueChart, WaitingChart
from hall.windows.monitor_parts import FiguresBar
from hall.windows.monitor_words import share_words

GROUP_KEYS: dict[str, Hotkey] = {
    "hour": hotkeys.BY_HOUR,
    "counter": hotkeys.BY_COUNTER,
    "clerk": hotkeys.BY_CLERK,
    "matter": hotkeys.BY_MATTER,
}
TITLES = {
    "taken": "取号",
    "served": "办结率",
    "waiting": "平均等候",
    "longest": "最长等候",
    "waiting_over": "超时等候",
    "service": "平均办理",
    "service_over": "超时办理",
    "no_show": "过号",
    "idle": "有人等时空闲",
}
_BY_KEY = {figure.key: figure for figure in FIGURES}


class DayPage(QWidget):
    """`wanted` carries the day whose figures are to be read."""

    wanted = Signal(object)

    def __init__(self, clock: Clock, alarms: AlarmPolicy) -> None:
        super().__init__()
        self._clock = clock
        self._report: DayReport | None = None
        self._group = "hour"
        self.day_field = self._day_field()
        self.figures = FiguresBar(TITLES)
        self.table = _table()
        self.until = QLabel()
        self.queue_chart, self.waiting_chart = QueueChart(), WaitingChart(alarms.waiting)
        self.groups: dict[str, QPushButton] = {}
        self._lay_out()

    @property
    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.day_field.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def is_today(self) -> bool:
        """Whether its figures still change."""
        return self.day == business_date(self._clock.now())

    def show_report(self, report: DayReport) -> None:
        """The figures of a day; one that is not chosen any more is passed over."""
        if report.day != self.day:
            return
        self._report = report
        self.figures.show_figures(_figures(report.total))
        self.queue_chart.show_report(report)
        self.waiting_chart.show_report(report)
        self.until.setText(f"统计到 {hall_time(report.until):%H:%M}" if report.total.taken else "这一天没有取号记录")
        self._show_group(self._group)

    def begin(self) -> None:
        """The keyboard goes to the figures."""
        self.table.setFocus()

    def sheets(self) -> tuple[SheetTable, ...]:
        """The whole report of the day."""
        return report_tables(self._report) if self._report is not None else ()

    def _show_group(self, group: str) -> None:
        self._group = group
        self.groups[group].setChecked(True)
        if self._report is not None:
            self.table.show_rows(GROUPS[group][1](self._report))

    def _move(self, days: int) -> None:
        self.day_field.setDate(self.day_field.date().addDays(days))

    @Slot()
    def _today(self) -> None:
        self._allow_today()
        self.day_field.setDate(self.day_field.maximumDate())

    def _allow_today(self) -> None:
        today = business_date(self._clock.now())
        with QSignalBlocker(self.day_field):
            self.day_field.setMaximumDate(QDate(today.year, today.month, today.day))

    def _day_field(self) -> QDateEdit:
        field = QDateEdit()
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        field.setAccessibleName("日期")
        field.setToolTip("要看哪一天")
        today = business_date(self._clock.now())
        field.setMaximumDate(QDate(today.year, today.month, today.day))
        field.setDate(field.maximumDate())
        field.dateChanged.connect(self._day_changed)
        return field

    @Slot()
    def _day_changed(self) -> None:
        self._allow_today()
        self.wanted.emit(self.day)

    def _lay_out(self) -> None:
        charts = QHBoxLayout()
        charts.setSpacing(tokens.SNUG)
        charts.addWidget(self.queue_chart.card())
        charts.addWidget(self.waiting_chart.card())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(self._choice_row())
        column.addWidget(self.figures)
        column.addWidget(self.table, 5)
        column.addLayout(charts, 3)

    def _choice_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.TIGHT)
        self.before_button = hotkeys.hotkey_button(hotkeys.DAY_BEFORE, partial(self._move, -1))
        self.after_button = hotkeys.hotkey_button(hotkeys.DAY_AFTER, partial(self._move, 1))
        today = QPushButton("今天")
        today.clicked.connect(self._today)
        self.day_field.setFixedWidth(150)
        for widget in (self.before_button, self.day_field, self.after_button, today):
            row.addWidget(widget)
        row.addSpacing(tokens.BASE)
        buttons = QButtonGroup(self)
        for group, hotkey in GROUP_KEYS.items():
            button = hotkeys.hotkey_button(hotkey, partial(self._show_group, group))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(button, "tab")
            buttons.addButton(button)
            self.groups[group] = button
            row.addWidget(button)
        self.groups["hour"].setChecked(True)
        row.addStretch(1)
        set_role(self.until, "muted")
        row.addWidget(self.until)
        return row


def _table() -> Table[GroupRow]:
    return Table[GroupRow](
        [
            Column("名称", lambda row: row.name, order=lambda row: (row.key is None, row.key or 0)),
            _count("taken"),
            _count("called"),
            _count("served"),
            _count("cancelled"),
            _count("unfinished", width=68),
            _length("waiting_mean", lambda figures: figures.waiting.mean),
            _length("waiting_longest", lambda figures: figures.waiting.longest),
            _rate("waiting_over", lambda figures: figures.waiting.over_rate),
            _length("way_mean", lambda figures: figures.way.mean),
            _length("service_mean", lambda figures: figures.service.mean),
            _rate("service_over", lambda figures: figures.service.over_rate),
            _length("idle", lambda figures: figures.idle.total, width=62),
            _length("pause", lambda figures: figures.pause.total, width=62),
            _rate("no_show", lambda figures: figures.no_show),
            _count("inaccurate", width=82),
        ],
        lambda row: row.name,
        empty="这一天没有取号记录。可用前一天、后一天或日期换一天看。",
    )


def _count(key: str, *, width: int = 56) -> Column[GroupRow]:
    figure = _BY_KEY[key]

    def order(row: GroupRow) -> int:
        return int(figure.value(row.figures) or 0)

    return Column(figure.title, lambda row: str(order(row)), "right", width, order, hint=figure.meaning)


def _length(key: str, length: Callable[[Figures], timedelta | None], *, width: int = 82) -> Column[GroupRow]:
    """Minutes; a dash where there is nothing to measure."""
    figure = _BY_KEY[key]
    return Column(
        figure.title.removesuffix("(分)"),
        lambda row: _words(length(row.figures)),
        "right",
        width,
        lambda row: length(row.figures) or timedelta(),
        hint=f"{figure.meaning}（分钟）",
    )


def _rate(key: str, rate: Callable[[Figures], Rate]) -> Column[GroupRow]:
    figure = _BY_KEY[key]
    return Column(
        figure.title,
        lambda row: share_words(rate(row.figures)),
        "right",
        112,
        lambda row: rate(row.figures).share or 0.0,
        hint=figure.meaning,
    )


def _words(length: timedelta | None) -> str:
    return f"{minutes(length):.1f}" if length else "—"


def _figures(total: Figures) -> dict[str, str]:
    return {
        "taken": f"{total.taken:,}",
        "served": share_words(total.served_rate),
        "waiting": _with_unit(total.waiting.mean),
        "longest": _with_unit(total.waiting.longest),
        "waiting_over": share_words(total.waiting.over_rate),
        "service": _with_unit(total.service.mean),
        "service_over": share_words(total.service.over_rate),
        "no_show": share_words(total.no_show),
        "idle": _with_unit(total.idle.total),
    }


def _with_unit(length: timedelta | None) -> str:
    return f"{_words(length)} 分" if length else "—"
