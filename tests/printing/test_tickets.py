"""The queue ticket on paper."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hall.printing.escpos import render
from hall.printing.raster import LineRasteriser
from hall.printing.slip import profile_for
from hall.printing.slip_image import slip_paper
from hall.printing.tickets import Reprint, TicketSlip, ticket_slip

TICKET = TicketSlip(
    hall="莲城区城市管理综合服务大厅",
    code="A017",
    matter="占道经营许可",
    place="一楼 3、4 号窗口",
    waiting_ahead=12,
    minutes=(15, 25),
    issued_at=datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
    priority="老年人优先",
    masked_name="张*明",
    hints=("过号请到导办台。",),
)


def printed(ticket: TicketSlip, raster: LineRasteriser, width_mm: int = 80) -> str:
    profile = profile_for(width_mm, "gb2312")
    paper = slip_paper(render(ticket_slip(ticket), profile, raster), dots=profile.dots, raster=raster)
    assert all(line.text is not None for line in paper.lines)
    return paper.text


@pytest.mark.parametrize("width_mm", [58, 80])
def test_a_ticket_says_number_matter_place_wait_and_rules(raster: LineRasteriser, width_mm: int) -> None:
    text = printed(TICKET, raster, width_mm)
    for wanted in (
        "A017",
        "占道经营许可",
        "一楼 3、4 号窗口",
        "12 人",
        "约 15 至 25 分钟",
        "张*明",
        "【老年人优先】",
    ):
        assert wanted in text
    assert "2026-11-20 09:05" in text
    assert text.endswith("过号请到导办台。")
    assert "补打" not in text


def test_a_wait_that_nobody_can_estimate_is_not_invented(raster: LineRasteriser) -> None:
    assert "暂不能估计" in printed(replace(TICKET, minutes=None), raster)
    assert "约 5 分钟" in printed(replace(TICKET, minutes=(5, 5)), raster)


def test_an_ordinary_anonymous_ticket_has_neither_mark_nor_name(raster: LineRasteriser) -> None:
    text = printed(replace(TICKET, priority="", masked_name=""), raster)
    assert "【" not in text
    assert "姓" not in text


def test_a_reprint_is_marked_with_count_and_time_at_its_head(raster: LineRasteriser) -> None:
    again = replace(TICKET, reprint=Reprint(2, datetime(2026, 11, 20, 1, 30, tzinfo=UTC)))
    assert printed(again, raster).splitlines()[:2] == ["补打 第2次", "补打时间 2026-11-20 09:30"]


def test_a_ticket_in_text_is_below_one_kilobyte(raster: LineRasteriser) -> None:
    assert len(render(ticket_slip(TICKET), profile_for(58, "gbk"), raster)) < 1000
