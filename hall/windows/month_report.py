"""统计月报: a month as charts and tables; exported, looked at as a page, issued and printed from here."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Slot
from PySide6.QtWidgets import (
    QDateEdit,
    QStackedWidget,
)

from hall.clock import business_date, hall_time
from hall.rules.authority import may
from hall.services.case_report import MonthReport
from hall.services.case_report_paper import IssuedReport
from hall.services.case_report_tables import report_tables, title_of
from hall.services.front import Front
from hall.services.halls import HallView
from hall.windows.document_preview import DocumentPreview
from hall.windows.kit import hotkeys, tokens
from hall.windows.kit.exporting import ask_where, path_of
from hall.windows.kit.frame import Frame
from hall.windows.kit.list_window import KeyRow, put_together
from hall.windows.kit.shown import Shown
from hall.windows.kit.work import Work
from hall.windows.month_report_pages import FiguresPage, GroupsPage, OverviewPage, WorkPage
from hall.windows.phrases import actor_words
from hall.windows.preview_sheets import Paper, Sheet, sheets_of
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks

KEYS = "Alt+1–5 换页　Alt+← → 换月份　Ctrl+E 导出　Ctrl+P 预览　F5 重新统计"
PAGES = (
    hotkeys.MONTH_OVERVIEW,
    hotkeys.MONTH_FIGURES,
    hotkeys.MONTH_MATTERS,
    hotkeys.MONTH_DEPARTMENTS,
    hotkeys.MONTH_WORK,
)


class MonthReportWindow(Frame):
    """A month is read when it is chosen and when somebody asks again, never by itself: it takes seconds."""

    def __init__(self, front: Front, tasks: Tasks, *, lamps: LampFeed) -> None:
        super().__init__("统计月报", front.clock)
        self._front = front
        self._work = Work(tasks, self)
        self._told = Shown("month-report")
        self.report: MonthReport | None = None
        self.month_field = self._month_field()
        self.overview, self.figures = OverviewPage(), FiguresPage()
        self.matters = GroupsPage("事项", lambda report: report.matters)
        self.departments = GroupsPage("科室", lambda report: report.departments)
        self.work = WorkPage()
        self.pages = (self.overview, self.figures, self.matters, self.departments, self.work)
        self._stack = QStackedWidget()
        self._lay_out()
        self.header.follow(lamps)
        self.issue_button.setEnabled(may(front.actor, "report.issue"))
        self._work.read(front.hall, self._show_hall, words="正在载入…")
        self.message.show_keys(KEYS)
        self.reload()
        self.show_page(0)

    @property
    def month(self) -> tuple[int, int]:
        """The year and the month that are chosen."""
        chosen = self.month_field.date()
        return chosen.year(), chosen.month()

    @property
    def to_government(self) -> bool:
        """Whether what is looked at and issued is the report of all work to the district government."""
        return self._stack.currentWidget() is self.work

    def show_page(self, number: int) -> None:
        """Go to a page."""
        self.tabs[number].setChecked(True)
        self._stack.setCurrentIndex(number)
        self.pages[number].begin()
        words = "出具报告" if self.to_government else hotkeys.ISSUE_REPORT.words
        hotkeys.rename(self.issue_button, hotkeys.ISSUE_REPORT, words)

    @Slot()
    def reload(self) -> None:
        """Count the chosen month anew."""
        year, month = self.month
        read = partial(self._front.reports.month, year, month)
        self._work.read(read, self.show_report, words=f"正在统计 {year}年{month}月…")

    def show_report(self, report: MonthReport) -> None:
        """The figures of a month; one that is not chosen any more is passed over."""
        if (report.period.first.year, report.period.first.month) != self.month:
            return
        self.report = report
        for page in self.pages:
            page.show_report(report)
        self.message.say(f"{title_of(report)}的数据，统计于 {hall_time(report.as_of):%m月%d日 %H:%M}。")
        balance = report.statistics.balance
        self._told.tell(month=f"{report.period.first:%Y-%m}", dealt_with=balance.dealt_with, holds=balance.holds)

    def _move(self, months: int) -> None:
        self._allow_this_month()
        self.month_field.setDate(self.month_field.date().addMonths(months))

    @Slot()
    def _preview(self) -> None:
        year, month = self.month
        reports, to_government = self._front.reports, self.to_government
        title = f"{'工作情况报告' if to_government else '统计月报'} {year}年{month}月"
        preview = reports.preview_district if to_government else reports.preview

        def read() -> tuple[Sheet, ...]:
            return sheets_of([Paper(title, preview(year, month), draft=True)])

        self._work.read(read, partial(self._show_sheets, title), words="正在排版预览…", button=self.preview_button)

    def _show_sheets(self, title: str, sheets: tuple[Sheet, ...]) -> None:
        if not self.locked:  # nobody is there to look any more
            DocumentPreview(self, title, sheets, work=self._work).open()

    @Slot()
    def _issue(self) -> None:
        reports = self._front.reports
        issue = reports.issue_district if self.to_government else reports.issue
        write = partial(issue, *self.month, printed=True)
        self._work.write(write, self._issued, words="正在出具月报…", button=self.issue_button)

    def _issued(self, issued: IssuedReport) -> None:
        self.message.say(f"已出具 {issued.number}，正在打印。", "success")

    @Slot()
    def _ask_export(self) -> None:
        """A question for the file's name that is opened, not waited for."""
        year, month = self.month
        ask_where(self, f"统计月报 {year}-{month:02d}.xlsx", self.export)

    @Slot(str)
    def export(self, name: str) -> None:
        """Write the whole report to a file; without an ending it is an Excel file."""
        if self.report is None:
            return
        path = path_of(name)
        write = partial(self._front.reports.export, path, report_tables(self.report))
        self._work.read(write, self._exported, words="正在导出…", button=self.export_button)

    def _exported(self, path: Path) -> None:
        self.message.say(f"已导出到 {path}", "success")

    def _show_hall(self, hall: HallView) -> None:
        self.show_place(hall.name, counter="统计月报", person=actor_words(self._front.actor))

    # How it is put together.

    def _month_field(self) -> QDateEdit:
        field = QDateEdit()
        field.setDisplayFormat("yyyy年MM月")
        field.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        field.setAccessibleName("月份")
        field.setToolTip("要看哪个月")
        field.setCalendarPopup(True)
        field.setFixedWidth(150)
        today = business_date(self._front.clock.now())
        field.setMaximumDate(_last_of_month(today))
        field.setDate(QDate(today.year, today.month, 1))
        field.dateChanged.connect(self.reload)
        return field

    def _allow_this_month(self) -> None:
        with QSignalBlocker(self.month_field):
            self.month_field.setMaximumDate(_last_of_month(business_date(self._front.clock.now())))

    def _lay_out(self) -> None:
        for page in self.pages:
            self._stack.addWidget(page)
        body = put_together(self, self._choice_row(), self._stack)
        hotkeys.bind(hotkeys.RELOAD, self.reload, body)

    def _choice_row(self) -> KeyRow:
        row = KeyRow()
        before = hotkeys.hotkey_button(hotkeys.MONTH_BEFORE, partial(self._move, -1))
        after = hotkeys.hotkey_button(hotkeys.MONTH_AFTER, partial(self._move, 1))
        for widget in (before, self.month_field, after):
            row.addWidget(widget)
        row.addSpacing(tokens.BASE)
        self.tabs = row.add_tabs(PAGES, self.show_page)
        row.addStretch(1)
        self.export_button = hotkeys.hotkey_button(hotkeys.EXPORT, self._ask_export)
        self.preview_button = hotkeys.hotkey_button(hotkeys.PREVIEW, self._preview)
        self.issue_button = hotkeys.hotkey_button(hotkeys.ISSUE_REPORT, self._issue)
        row.add_tools(self.export_button, self.preview_button, self.issue_button)
        return row


def _last_of_month(day: date) -> QDate:
    this = QDate(day.year, day.month, 1)
    return QDate(day.year, day.month, this.daysInMonth())
