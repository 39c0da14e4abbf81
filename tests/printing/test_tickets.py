"""The queue ticket on paper."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hall.printing.escpos import render
from hall.printing.raster import LineRasteriser
from hall.printing.slip import profile_for
from hall.printing.slip_image import slip_paper
from hall.printing.tickets import Reprint, TicketSlip, ticket_slip

TICKET = TicketSlip(
    hall="莲城区城市管理综合服务大厅",
    code="A017",
    matters=("占道经营许可",),
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
        "前方等候",
        "12 人",
        "约 15 至 25 分钟",
        "张*明",
        "【老年人优先】",
    ):
        assert wanted in text
    assert "2026-11-20 09:05" in text
    assert text.endswith("过号请到导办台。")
    assert "补打" not in text


def test_several_matters_stand_in_the_order_they_are_handled(raster: LineRasteriser) -> None:
    several = replace(TICKET, matters=("占道经营许可", "户外广告设置许可", "建筑垃圾处置核准"))
    lines = [line.strip() for line in printed(several, raster).splitlines()]
    first = lines.index("1. 占道经营许可")
    assert "共 3 项" in lines[first - 1]
    assert lines[first + 1 : first + 3] == ["2. 户外广告设置许可", "3. 建筑垃圾处置核准"]
    assert "共" not in printed(TICKET, raster)


def test_an_appointment_says_its_time(raster: LineRasteriser) -> None:
    begins = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    booked = replace(TICKET, priority="预约", appointment=(begins, begins + timedelta(minutes=30)))
    assert "10:00 至 10:30" in printed(booked, raster)
    assert "预约时间" not in printed(TICKET, raster)


def test_a_wait_that_nobody_can_estimate_is_not_invented(raster: LineRasteriser) -> None:
    assert "暂不能估计" in printed(replace(TICKET, minutes=None), raster)
    assert "约 5 分钟" in printed(replace(TICKET, minutes=(5, 5)), raster)
    assert "10 分钟以内" in printed(replace(TICKET, minutes=(0, 10)), raster)
    assert "不用等候" in printed(replace(TICKET, minutes=(0, 0)), raster)


def test_an_ordinary_anonymous_ticket_has_neither_mark_nor_name(raster: LineRasteriser) -> None:
    text = printed(replace(TICKET, priority="", masked_name=""), raster)
    assert "【" not in text
    assert "姓" not in text


def test_a_reprint_is_marked_with_count_and_time_at_its_head(raster: LineRasteriser) -> None:
    again = replace(TICKET, reprint=Reprint(2, datetime(2026, 11, 20, 1, 30, tzinfo=UTC)))
    assert printed(again, raster).splitlines()[:2] == ["补打 第2次", "补打时间 2026-11-20 09:30"]


def test_a_ticket_in_text_is_below_one_kilobyte(raster: LineRasteriser) -> None:
    assert len(render(ticket_slip(TICKET), profile_for(58, "gbk"), raster)) < 1000
