"""The windows of pages (`windows.pages_window`): a line each, imported when one opens."""

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.app.station import Station
    from hall.rules.people import Actor
    from hall.windows.pages_window import PagesOf, PagesWindow


@dataclass(frozen=True, slots=True)
class PageWindow:
    """A window as launcher and `hall open` offer it; `module` has its `PAGES`."""

    code: str
    title: str
    words: str
    module: str


PAGE_WINDOWS: tuple[PageWindow, ...] = (
    PageWindow("certificates", "证件", "有效期、到期提醒、延续、撤回、撤销、注销", "hall.windows.certificates"),
    PageWindow("penalty", "处罚与缴款", "减免、暂缓分期、缴款、时限、查封扣押、公示", "hall.windows.penalty"),
    PageWindow("violations", "裁量基准", "案由、档次、清单、上位法冲突、登记公布", "hall.windows.violations"),
    PageWindow("requests", "诉求派单", "派单、接单、反馈、答复、回访，责任区", "hall.windows.requests"),
    PageWindow("vendors", "流动经营者征信", "登记、事项、异议、报送", "hall.windows.vendors"),
    PageWindow("publicity", "公示与清单", "双公示、撤回、导出，权责清单", "hall.windows.public_lists"),
    PageWindow("stalls", "便民服务点", "点位图、申请、抽签、摊位证、收回、自治", "hall.windows.stalls"),
    PageWindow("registers", "登记簿", "门前三包、志愿者、行政指导、移送等", "hall.windows.registers"),
    PageWindow("relief", "救助", "申请、核查、表决、发放，基金账目，公示", "hall.windows.relief"),
    PageWindow("standards", "服务标准", "作业标准、抽查、培训、资格", "hall.windows.standards"),
    PageWindow("rounds", "案卷评查", "抽取、评分、整改、通报", "hall.windows.rounds"),
)


def make_window(window: PageWindow, station: "Station", actor: "Actor") -> "PagesWindow":
    """The window for somebody at this station."""
    pages: PagesOf = importlib.import_module(window.module).PAGES
    shown = pages.open(
        station.front(actor),
        tasks=station.tasks,
        changes=station.changes,
        cards=station.cards,
        lamps=station.lamps,
    )
    station.scans.scanned.connect(shown.take_scan)
    return shown
