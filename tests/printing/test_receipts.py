"""The receipt for materials on paper, and its code."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import zxingcpp

from hall.printing.escpos import render
from hall.printing.raster import LineRasteriser
from hall.printing.receipts import Accepted, CheckPending, ReceiptMaterial, ReceiptSlip, receipt_slip
from hall.printing.slip import profile_for
from hall.printing.slip_image import SlipPaper, slip_paper
from hall.printing.tickets import Reprint
from hall.rules.receipt_code import compose, parse

NUMBER = "莲城管许收〔2026〕118号"
RECEIPT = ReceiptSlip(
    hall="莲城区城市管理综合服务大厅",
    address="莲城区示范路1号",
    phone="029-00000000",
    number=NUMBER,
    masked_applicant="张*明",
    matter="城市建筑垃圾处置核准",
    channel="窗口",
    received_at=datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
    materials=(
        ReceiptMaterial("营业执照", originals=1, copies=2, returned=True),
        ReceiptMaterial("申请表", originals=1, pages=3),
    ),
    answer=CheckPending(date(2026, 11, 27)),
    clerk="李某（0012）",
    enquiry="凭凭证编号可在窗口查询。",
    payload=compose(NUMBER, date(2026, 11, 20), key_id="k1", signature=bytes(range(64))),
)


def printed(receipt: ReceiptSlip, raster: LineRasteriser, width_mm: int = 80) -> SlipPaper:
    profile = profile_for(width_mm, "gbk")
    return slip_paper(render(receipt_slip(receipt), profile, raster), dots=profile.dots, raster=raster)


@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_code_on_the_paper_leads_back_to_the_receipt(raster: LineRasteriser, width_mm: int) -> None:
    picture = printed(RECEIPT, raster, width_mm).picture
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert parse(code.text).number == NUMBER


@pytest.mark.parametrize("width_mm", [58, 80])
def test_a_receipt_says_who_what_when_and_by_when(raster: LineRasteriser, width_mm: int) -> None:
    text = printed(RECEIPT, raster, width_mm).text
    for wanted in (
        NUMBER,
        "张*明",
        "城市建筑垃圾处置核准",
        "2026-11-20 09:05",
        "2026年11月27日",
        "李某（0012）",
    ):
        assert wanted in text
    assert "收到材料 2 种" in text
    assert "原件1份（已退还） 复印件2份" in text
    assert "原件1份 共3页" in text
    assert "法定期限" not in text


def test_the_code_promises_an_answer_at_a_counter_only(raster: LineRasteriser) -> None:
    """It holds a number and a signature, no address: a telephone that reads it finds no page."""
    assert "到窗口扫码" in printed(RECEIPT, raster).text


def test_an_acceptance_shows_the_legal_and_the_promised_day(raster: LineRasteriser) -> None:
    text = printed(replace(RECEIPT, answer=Accepted(date(2026, 12, 18), date(2026, 12, 2))), raster).text
    assert "2026年12月18日" in text
    assert "2026年12月2日" in text
    assert "核对期限" not in text


def test_a_day_that_cannot_be_told_is_pending_with_its_reason(raster: LineRasteriser) -> None:
    text = printed(replace(RECEIPT, answer=Accepted("2027年放假安排未录入")), raster).text
    assert "待定（2027年放假安排未录入）" in text
    assert "承诺期限" not in text


def test_agent_and_reprint_appear_only_where_there_is_one(raster: LineRasteriser) -> None:
    plain = printed(RECEIPT, raster).text
    assert "代 理 人" not in plain
    assert "补打" not in plain
    again = Reprint(1, datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
    text = printed(replace(RECEIPT, masked_agent="王*", reprint=again), raster).text
    assert "代 理 人" in text
    assert text.startswith("补打 第1次\n补打时间 2026-11-20 10:00")


def test_material_without_a_count_says_so(raster: LineRasteriser) -> None:
    assert "未计份数" in printed(replace(RECEIPT, materials=(ReceiptMaterial("照片"),)), raster).text


def test_a_receipt_in_text_is_below_two_kilobytes(raster: LineRasteriser) -> None:
    assert len(render(receipt_slip(RECEIPT), profile_for(80, "gbk"), raster)) < 2000
