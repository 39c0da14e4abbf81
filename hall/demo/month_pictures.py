"""Pictures of the monthly report's window, every page in two sizes, with the figures of the demo's month."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from hall.services.case_report import MonthReport
from hall.windows.kit.application import create_application
from hall.windows.month_report_pages import FiguresPage, GroupsPage, OverviewPage

SIZES = ((1366, 768), (1920, 1080))
NAMES = ("总览", "指标", "按事项", "按科室")


def take_pictures(report: MonthReport, folder: Path) -> None:
    """Leave them in a folder."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = create_application(["hall"])
    pages: tuple[OverviewPage | FiguresPage | GroupsPage, ...] = (
        OverviewPage(),
        FiguresPage(),
        GroupsPage("事项", lambda each: each.matters),
        GroupsPage("科室", lambda each: each.departments),
    )
    for name, page in zip(NAMES, pages, strict=True):
        page.show_report(report)
        for width, height in SIZES:
            page.resize(width, height)
            application.processEvents()
            page.grab().save(str(folder / f"月报-{name}-{width}.png"))
