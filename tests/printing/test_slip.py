"""Laying out text in the columns of narrow paper."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.printing.slip import (
    NO_LINE_END,
    NO_LINE_START,
    BadSlip,
    SlipFeed,
    SlipLine,
    SlipPair,
    SlipQr,
    SlipRule,
    SlipText,
    cells,
    clean,
    lay,
    profile_for,
    wrap,
)

WORDS = st.text(st.sampled_from("城管执法大厅，。（）《》“”、；—…ab1 2,.$\t\u3000𬭚㐂é́-"), max_size=80)


@given(st.text(max_size=120) | WORDS, st.integers(2, 48))
def test_no_line_is_wider_than_the_paper(text: str, columns: int) -> None:
    assert all(cells(line) <= columns for line in wrap(text, columns))


@given(st.text(max_size=120) | WORDS, st.integers(2, 48))
def test_wrapping_loses_nothing_but_spaces_and_control_characters(text: str, columns: int) -> None:
    wanted = "".join(clean(line) for line in text.splitlines()).replace(" ", "")
    assert "".join(wrap(text, columns)).replace(" ", "") == wanted


@given(
    st.text(st.sampled_from("城管执法，。（《》）；“”"), max_size=60).filter(
        lambda text: (
            not any(a in NO_LINE_START | NO_LINE_END and b in NO_LINE_START | NO_LINE_END for a, b in pairwise(text))
        )
    )
)
def test_punctuation_stands_neither_lost_at_a_start_nor_open_at_an_end(text: str) -> None:
    lines = wrap(text, 12)
    assert not any(line[0] in NO_LINE_START for line in lines[1:])
    assert not any(line[-1] in NO_LINE_END for line in lines[:-1])


def test_a_comma_takes_the_character_before_it_to_the_next_line() -> None:
    assert wrap("一二三四五六，七八", 12) == ["一二三四五", "六，七八"]


def test_figures_and_latin_words_stay_whole() -> None:
    assert wrap("咨询电话029-12345678转2", 16) == ["咨询电话", "029-12345678转2"]


def test_a_word_longer_than_the_paper_is_cut() -> None:
    assert wrap("x" * 40, 32) == ["x" * 32, "x" * 8]


def test_an_empty_paragraph_is_an_empty_line() -> None:
    assert wrap("", 32) == [""]
    assert wrap("甲\n\n乙", 32) == ["甲", "", "乙"]


def test_control_characters_cannot_reach_the_printer() -> None:
    assert clean("甲\x1b@\x00乙\u202e\ud800丙\u00a0丁") == "甲@乙丙 丁"


def test_widths_follow_the_printer_not_the_screen() -> None:
    assert [cells(char) for char in "a甲，é—ｱ𬭚\u0301"] == [1, 2, 2, 2, 2, 1, 2, 0]


def test_a_pair_stands_on_one_line_where_it_fits_and_hangs_where_it_does_not() -> None:
    assert lay(SlipPair("姓名", "张*明"), 32) == [SlipLine("姓名", "张*明")]
    hanging = lay(SlipPair("事项", "城市建筑垃圾处置核准（运输）"), 24)
    assert hanging == [SlipLine("事项"), SlipLine("  城市建筑垃圾处置核准"), SlipLine("  （运输）")]


def test_enlarged_text_has_fewer_columns() -> None:
    lines = lay(SlipText("一二三四五六七八九", size=(2, 2), align="centre"), 32)
    assert [line.left for line in lines] == ["一二三四五六七八", "九"]
    assert all(line.size == (2, 2) and line.align == "centre" for line in lines)


def test_a_rule_fills_the_paper() -> None:
    assert lay(SlipRule(), 32) == [SlipLine("-" * 32)]


@pytest.mark.parametrize("payload", ["", "许收", "a\n", "x" * 181])
def test_a_qr_code_holds_short_ascii_only(payload: str) -> None:
    with pytest.raises(BadSlip, match="二维码"):
        SlipQr(payload)


def test_sizes_and_feeds_beyond_the_printer_are_refused() -> None:
    with pytest.raises(BadSlip, match="字号"):
        SlipText("A", size=(9, 1))
    with pytest.raises(BadSlip, match="空行"):
        SlipFeed(5)


def test_the_usual_printers_are_known_by_their_paper() -> None:
    narrow, wide = profile_for(58, "gb2312"), profile_for(80, "gbk")
    assert (narrow.dots, narrow.columns, narrow.cutter) == (384, 32, False)
    assert (wide.dots, wide.columns, wide.cutter) == (576, 48, True)
    with pytest.raises(BadSlip, match="width_mm"):
        profile_for(76, "gbk")
    with pytest.raises(BadSlip, match="rom"):
        profile_for(80, "big6")


def test_every_character_of_a_rom_is_as_wide_in_columns_as_its_code_in_bytes() -> None:
    for point in range(0x20, 0x10000):
        char = chr(point)
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} or clean(char) != char:
            continue
        code = char.encode("gb18030")
        assert len(code) == 4 or len(code) == cells(char), f"U+{point:04X}"
