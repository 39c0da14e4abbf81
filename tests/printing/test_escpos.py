"""The bytes for the slip printer: right commands, the ROM's characters as text and all others as pictures."""

import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from hall.printing.escpos import render, rom_bytes
from hall.printing.raster import LineRasteriser
from hall.printing.slip import (
    ROMS,
    Rom,
    Slip,
    SlipFeed,
    SlipPair,
    SlipProfile,
    SlipQr,
    SlipRule,
    SlipText,
    profile_for,
)
from hall.printing.slip_image import SlipPaper, UnreadableSlip, slip_paper

NARROW, WIDE = profile_for(58, "gbk"), profile_for(80, "gbk")
PAYLOAD = "H1." + "aB3-_" * 35
START = b"\x1b@\x1bR\x00\x1c&\x1b3\x1e"
CUT = b"\x1dVB\x00"


def paper(slip: Slip, profile: SlipProfile, raster: LineRasteriser) -> SlipPaper:
    return slip_paper(render(slip, profile, raster), dots=profile.dots, raster=raster)


def one(text: SlipText | SlipPair) -> Slip:
    return Slip("测试", (text,))


def test_a_plain_line_is_reset_chinese_mode_text_and_cut(raster: LineRasteriser) -> None:
    assert render(one(SlipText("收件：A1")), WIDE, raster) == START + "收件：A1\n".encode("gbk") + CUT


def test_a_printer_without_cutter_feeds_to_the_edge(raster: LineRasteriser) -> None:
    assert render(one(SlipText("A")), NARROW, raster).endswith(b"A\n\x1bd\x05")


def test_double_size_is_set_for_ascii_and_chinese_and_taken_back(raster: LineRasteriser) -> None:
    line = SlipText("A1", size=(2, 2), bold=True, align="centre")
    assert render(one(line), WIDE, raster) == (
        START
        + b"\x1ba\x01\x1bE\x01\x1d!\x11\x1c!\x0c\x1b3\x3cA1\n"
        + b"\x1ba\x00\x1bE\x00\x1d!\x00\x1c!\x00\x1b3\x1e"
        + CUT
    )


def test_beyond_double_size_the_command_that_can_do_it_comes_last(raster: LineRasteriser) -> None:
    assert b"\x1c!\x0c\x1d!\x33" in render(one(SlipText("A", size=(4, 4))), WIDE, raster)


def test_a_line_with_a_character_the_rom_lacks_is_one_picture(raster: LineRasteriser) -> None:
    drawn = render(one(SlipText("张𬭚")), WIDE, raster)
    assert drawn.startswith(START + b"\x1dv0\x00")
    assert drawn.count(b"\x1dv0") == 1
    assert len(drawn) < 400


@pytest.mark.parametrize(
    ("char", "roms"),
    [
        ("厅", {"gb2312", "gbk", "gb18030", "utf-8"}),
        ("廳", {"gbk", "gb18030", "big5", "utf-8"}),
        ("·", {"gb2312", "gbk", "gb18030", "big5", "utf-8"}),
        ("—", {"gb2312", "gbk", "gb18030", "big5", "utf-8"}),
        ("〔", {"gb2312", "gbk", "gb18030", "big5", "utf-8"}),
        ("镕", {"gbk", "gb18030", "utf-8"}),
        ("€", {"gb18030", "utf-8"}),
        ("㐂", set()),
        ("𬭚", set()),
        ("\ue5e5", set()),
        ("a", {"gb2312", "gbk", "gb18030", "big5", "utf-8", "none"}),
    ],
)
def test_each_rom_gets_only_what_it_holds(char: str, roms: set[Rom]) -> None:
    assert {rom for rom in ROMS if rom_bytes(char, rom) is not None} == roms


def test_utf_8_is_switched_on_within_chinese_mode(raster: LineRasteriser) -> None:
    drawn = render(one(SlipText("收件")), profile_for(80, "utf-8"), raster)
    assert drawn == b"\x1b@\x1bR\x00\x1c&\x1cC\xff\x1b3\x1e" + "收件\n".encode() + CUT


def test_a_traditional_printer_gets_big5(raster: LineRasteriser) -> None:
    assert render(one(SlipText("收件")), profile_for(80, "big5"), raster) == START + "收件\n".encode("big5") + CUT


def test_without_a_chinese_rom_chinese_mode_is_left_alone(raster: LineRasteriser) -> None:
    drawn = render(Slip("测试", (SlipText("A1"), SlipText("收"))), profile_for(80, "none"), raster)
    assert b"\x1c&" not in drawn
    assert b"A1\n\x1dv0" in drawn


TEXTS = st.text(max_size=40) | st.text(st.sampled_from("城管大厅A1，（）㐂𬭚é? \x1b\n"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(ROMS), st.sampled_from([58, 80]))
def test_any_text_prints_without_question_marks_inside_the_paper(
    raster: LineRasteriser, text: str, value: str, rom: str, width_mm: int
) -> None:
    profile, charset = profile_for(width_mm, rom), "big5" if rom == "big5" else "gb18030"
    slip = Slip("测试", (SlipText(text, size=(2, 1)), SlipPair(text, value), SlipText(value, align="right")))
    printed = slip_paper(render(slip, profile, raster), dots=profile.dots, raster=raster, charset=charset)
    assert printed.text.count("?") <= 2 * text.count("?") + 2 * value.count("?")
    assert printed.picture.width == profile.dots
    for line in printed.lines:
        assert line.text is None or len(line.text.encode("gb18030")) <= profile.columns


@pytest.mark.parametrize("profile", [NARROW, WIDE], ids=["58mm", "80mm"])
def test_text_comes_back_line_by_line_and_rare_names_as_pictures(raster: LineRasteriser, profile: SlipProfile) -> None:
    slip = Slip(
        "测试",
        (
            SlipText("城管执法服务大厅", bold=True, align="centre"),
            SlipRule(),
            SlipText("A017", size=(4, 4)),
            SlipPair("姓名", "张*𬭚"),
            SlipFeed(2),
            SlipPair("时间", "09:05"),
        ),
    )
    printed = paper(slip, profile, raster)
    gap = " " * (profile.columns - 9)
    assert [line.text for line in printed.lines] == [
        "城管执法服务大厅",
        "-" * profile.columns,
        "A017",
        None,
        f"时间{gap}09:05",
    ]
    name = printed.lines[3]
    strip = printed.picture.crop((0, name.top, profile.dots, name.top + name.height))
    assert ink_box(strip)[0] == pytest.approx(0, abs=4)
    assert ink_box(strip)[2] == pytest.approx(profile.dots, abs=4)


def ink_box(picture: Image.Image) -> tuple[int, int, int, int]:
    box = picture.convert("L").point([255 - grey for grey in range(256)]).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_picture_line_stands_where_the_text_line_would(raster: LineRasteriser, align: str) -> None:
    def edges(text: str) -> tuple[int, int]:
        match align:
            case "left":
                part = SlipText(text)
            case "centre":
                part = SlipText(text, align="centre")
            case _:
                part = SlipText(text, align="right")
        box = ink_box(paper(one(part), WIDE, raster).picture)
        return box[0], box[2]

    for text_edge, picture_edge in zip(edges("城厅厅城"), edges("城㐂𬭚城"), strict=True):
        assert picture_edge == pytest.approx(text_edge, abs=3)


@pytest.mark.parametrize("native", [True, False], ids=["native", "raster"])
@pytest.mark.parametrize("profile", [NARROW, WIDE], ids=["58mm", "80mm"])
def test_the_longest_qr_code_is_read_from_the_paper(raster: LineRasteriser, profile: SlipProfile, native: bool) -> None:
    able = SlipProfile(profile.width_mm, profile.dots, profile.columns, "gbk", profile.cutter, native_qr=native)
    slip = Slip("测试", (SlipText("扫码查验"), SlipQr(PAYLOAD), SlipText("扫码查验")))
    printed = paper(slip, able, raster)
    assert printed.codes == ((PAYLOAD,) if native else ())
    assert [code.text for code in zxingcpp.read_barcodes(printed.picture.convert("L"))] == [PAYLOAD]


def test_the_quiet_zone_is_blank_on_every_side(raster: LineRasteriser) -> None:
    for profile, module in ((NARROW, 4), (WIDE, 6)):
        printed = paper(Slip("测试", (SlipText("上" * 16), SlipQr(PAYLOAD), SlipText("下" * 16))), profile, raster)
        above, below = printed.lines[0], printed.lines[-1]
        strip = printed.picture.crop((0, above.top + above.height, profile.dots, below.top))
        left, top, right, bottom = ink_box(strip)
        assert min(left, top, profile.dots - right, strip.height - bottom) >= 4 * module


def test_a_text_slip_stays_below_two_kilobytes(raster: LineRasteriser) -> None:
    lines = tuple(SlipText(f"第{n}行：城市管理综合行政执法服务大厅办事指南") for n in range(20))
    slip = Slip("测试", (SlipText("A017", size=(4, 4)), *lines, SlipQr(PAYLOAD)))
    assert len(render(slip, WIDE, raster)) < 2000


@pytest.mark.parametrize("payload", [b"\x1bZ", b"\x1dv0\x00\x01", b"\x1d(k\x03\x009Q0", b"\xff\xff\n", b"\x10\x04\x01"])
def test_bytes_that_are_no_slip_are_reported_as_damaged(raster: LineRasteriser, payload: bytes) -> None:
    with pytest.raises(UnreadableSlip, match="已损坏"):
        slip_paper(payload, dots=384, raster=raster)


COMMANDS = [b"\x1b@", b"\x1ba", b"\x1bd", b"\x1bJ", b"\x1d!", b"\x1c!", b"\x1dv0\x03\x01\x00\x01\x00", b"\x1d(k"]
ARGUMENTS = [b"\x03\x001C", b"\x03\x001P0", b"\x03\x001Q0", b"\x00\x00", "收".encode("gbk"), b"A", b"\xff", b"\n"]
PARTS = st.sampled_from([*COMMANDS, *ARGUMENTS])


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS | st.binary(max_size=3), max_size=12).map(b"".join))
@example(b"\x1dv0\x1b@\x00\x00\x00\x00")  # a picture of no rows, twice as wide
def test_no_bytes_can_break_the_preview(raster: LineRasteriser, payload: bytes) -> None:
    try:
        printed = slip_paper(payload, dots=384, raster=raster)
    except UnreadableSlip:
        return
    assert printed.picture.width == 384


def test_a_line_longer_than_the_paper_is_continued_on_the_next(raster: LineRasteriser) -> None:
    printed = slip_paper(b"x" * 40 + b"\n", dots=384, raster=raster)
    assert [line.text for line in printed.lines] == ["x" * 32, "x" * 8]
