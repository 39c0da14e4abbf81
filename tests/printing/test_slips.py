"""Every kind of slip on both papers, as text for every character set: short enough, whole, its code readable."""

import pytest
import zxingcpp

from hall.printing.escpos import missing_in, render
from hall.printing.raster import LineRasteriser
from hall.printing.receipts import receipt_slip
from hall.printing.slip import ROMS, Slip, SlipPair, SlipText, profile_for
from hall.printing.slip_image import SlipPaper, slip_paper
from tests.printing.slips import FULL_RECEIPT, RARE_RECEIPT, RECEIPT, SLIPS

PLAIN = {name: slip for name, slip in SLIPS.items() if name != "receipt-rare"}


def printed(slip: Slip, raster: LineRasteriser, width_mm: int, rom: str, qr: str = "") -> SlipPaper:
    profile = profile_for(width_mm, rom, qr)
    charset = "big5" if rom == "big5" else "gb18030"
    return slip_paper(render(slip, profile, raster), dots=profile.dots, raster=raster, charset=charset)


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("rom", ["gb2312", "gbk", "gb18030"])
def test_every_slip_is_below_two_kilobytes_in_text(raster: LineRasteriser, width_mm: int, rom: str) -> None:
    sizes = {name: len(render(slip, profile_for(width_mm, rom, "native"), raster)) for name, slip in PLAIN.items()}
    assert max(sizes.values()) < 2000, sizes


@pytest.mark.parametrize("width_mm", [58, 80])
def test_utf_8_takes_three_bytes_and_an_ordinary_slip_still_less_than_two_kilobytes(
    raster: LineRasteriser, width_mm: int
) -> None:
    profile = profile_for(width_mm, "utf-8", "native")
    assert max(len(render(SLIPS[name], profile, raster)) for name in ("ticket", "ticket-full", "receipt")) < 2000


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("qr", ["native", "raster"])
def test_the_code_of_a_receipt_is_read_from_both_papers(raster: LineRasteriser, width_mm: int, qr: str) -> None:
    paper = printed(SLIPS["receipt"], raster, width_mm, "gbk", qr)
    assert paper.codes == ((RECEIPT.payload,) if qr == "native" else ())
    (code,) = zxingcpp.read_barcodes(paper.picture.convert("L"))
    assert code.text == RECEIPT.payload


def test_a_code_as_a_picture_adds_less_than_a_kilobyte_and_a_quarter(raster: LineRasteriser) -> None:
    sizes = [len(render(SLIPS["receipt"], profile_for(58, "gbk", qr), raster)) for qr in ("native", "raster", "")]
    assert sizes[1] - sizes[0] < 1250
    assert sizes[2] == sizes[1]  # what is usual for 58 mm


@pytest.mark.parametrize("rom", ROMS)
def test_what_a_character_set_holds_is_text_and_every_other_line_a_picture(raster: LineRasteriser, rom: str) -> None:
    slip = Slip(
        "测试", (SlipText("ABC 123"), SlipText("中文"), SlipText("区"), SlipText("區"), SlipPair("姓名", "张*𬭚"))
    )
    lines = [line.text for line in printed(slip, raster, 58, rom).lines]
    held = {
        "gb2312": ["ABC 123", "中文", "区", None, None],
        "gbk": ["ABC 123", "中文", "区", "區", None],
        "gb18030": ["ABC 123", "中文", "区", "區", None],
        "big5": ["ABC 123", "中文", None, "區", None],
        "utf-8": ["ABC 123", "中文", "区", "區", None],
        "none": ["ABC 123", None, None, None, None],
    }
    assert lines == held[rom]


def test_a_rare_name_is_one_picture_among_text(raster: LineRasteriser) -> None:
    lines = printed(receipt_slip(RARE_RECEIPT), raster, 80, "gbk", "native").lines
    assert [line.text for line in lines].count(None) == 1
    assert missing_in(SLIPS["receipt-rare"], profile_for(80, "gbk"), lacks=raster.lacks) == ()


def test_a_character_that_nobody_has_is_named(raster: LineRasteriser) -> None:
    slip = Slip("测试", (SlipText("甲\U0003fffd乙"), SlipPair("姓名", "\U0003fffd丙")))
    assert missing_in(slip, profile_for(58, "gbk"), lacks=raster.lacks) == ("\U0003fffd",)
    assert missing_in(SLIPS["ticket"], profile_for(58, "none"), lacks=raster.lacks) == ()


@pytest.mark.parametrize("width_mm", [58, 80])
def test_counts_of_materials_are_not_torn(raster: LineRasteriser, width_mm: int) -> None:
    lines = [line.text or "" for line in printed(receipt_slip(FULL_RECEIPT), raster, width_mm, "gbk").lines]
    assert sum("共7页" in line for line in lines) == 1
    assert not any(line.strip() in {"共", "份"} or line.endswith(" 共") for line in lines)
