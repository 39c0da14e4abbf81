"""The guide on paper."""

from datetime import UTC, datetime

import pytest

from hall.printing.escpos import render
from hall.printing.guides import GuideSheet, guide_slip
from hall.printing.raster import LineRasteriser
from hall.printing.slip import profile_for
from hall.printing.slip_image import slip_paper
from hall.rules.guides import GuideSection

SHEET = GuideSheet(
    hall="莲城区城市管理服务大厅",
    address="莲城区政务路1号",
    phone="0000-1234567",
    code="XK05",
    matter="临时占用城市道路许可",
    sections=(
        GuideSection("申请材料", ("1. 申请表（原件1份）", "2. 营业执照（复印件1份，交验原件）")),
        GuideSection("收费", ("不收费",)),
    ),
    printed_at=datetime(2026, 11, 23, 1, 42, tzinfo=UTC),
)


@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_guide_fits_both_papers_and_says_where_to_ask(raster: LineRasteriser, width_mm: int) -> None:
    profile = profile_for(width_mm, "gb2312")
    slip = guide_slip(SHEET)
    paper = slip_paper(render(slip, profile, raster), dots=profile.dots, raster=raster)
    for wanted in ("办事指南", "临时占用城市道路许可", "申请表", "不收费", "0000-1234567", "2026-11-23 09:42"):
        assert wanted in paper.text
    assert slip.title == "办事指南 XK05"
