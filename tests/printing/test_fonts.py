"""Fonts: every character of official paper has a file that draws it."""

from pathlib import Path

import pytest

from hall.printing.fonts import (
    FontRole,
    FontSet,
    UnknownFamily,
    UnusableFont,
    read_face,
)
from hall.printing.missing import describe_missing
from hall.resources import resource
from tests.printing.font_files import UNKNOWN, rare_font


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet.shipped()


def test_rare_names_fall_back_to_fonts_that_have_them(fonts: FontSet) -> None:
    split = fonts.split("张𬭚䶮㐂𠅤𮧵", "仿宋_GB2312")
    assert [(run.text, run.face.path.stem) for run in split.runs] == [
        ("张", "HallFang-Regular"),
        ("𬭚䶮㐂𠅤", "HallSong-Regular"),
        ("𮧵", "HallRare-Regular"),
    ]
    assert split.missing == ()


def test_a_character_without_a_glyph_becomes_a_geta_and_is_reported(fonts: FontSet) -> None:
    split = fonts.split("王\U0003134f", FontRole.FANG)
    assert "".join(run.text for run in split.runs) == "王〓"
    assert split.missing == ("\U0003134f",)
    assert "U+3134F" in describe_missing(split.missing)


def with_last_resort(*paths: Path) -> FontSet:
    return FontSet(resource("fonts"), last_resorts=paths)


def test_a_font_of_the_computer_draws_what_no_shipped_font_has(tmp_path: Path) -> None:
    rare = rare_font(tmp_path / "rare.ttf", permission=0)
    split = with_last_resort(rare).split(f"张{UNKNOWN}", FontRole.FANG)
    assert [(run.text, run.face.path.name) for run in split.runs] == [
        ("张", "HallFang-Regular.ttf"),
        (UNKNOWN, "rare.ttf"),
    ]
    assert split.missing == ()


@pytest.mark.parametrize(("permission", "counts"), [(0, True), (4, True), (8, True), (2, False), (0x108, False)])
def test_a_font_of_the_computer_counts_only_where_its_licence_lets_it_be_embedded(
    tmp_path: Path, permission: int, counts: bool
) -> None:
    rare = rare_font(tmp_path / "rare.ttf", permission=permission)
    assert (with_last_resort(rare).split(UNKNOWN, FontRole.SONG).missing == ()) == counts


def test_fonts_that_a_computer_lacks_or_has_broken_are_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"nothing")
    rare = rare_font(tmp_path / "rare.ttf", permission=0)
    fonts = with_last_resort(tmp_path / "absent.ttf", broken, rare)
    assert fonts.split(UNKNOWN, FontRole.HEI).missing == ()


def test_every_han_character_of_gbk_is_covered(fonts: FontSet) -> None:
    codes = (bytes([lead, trail]) for lead in range(0x81, 0xFE) for trail in range(0x40, 0xFF))
    han = "".join(c for code in codes if (c := code.decode("gbk", "ignore")) >= "一" and len(c) == 1)
    assert len(han) > 20900
    missing = fonts.split(han, FontRole.HEI).missing
    assert len(missing) == 0


def test_an_unknown_family_is_refused_by_name(fonts: FontSet) -> None:
    with pytest.raises(UnknownFamily, match="华文彩云"):
        fonts.split("字", "华文彩云")
    assert not fonts.knows("华文彩云")
    assert fonts.knows("SimHei")


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"nothing")
    with pytest.raises(UnusableFont, match=r"broken\.ttf"):
        read_face(broken)


def test_slips_get_the_file_for_every_run(fonts: FontSet) -> None:
    runs = fonts.font_files_for("张𮧵", FontRole.HEI)
    assert [(text, path.name) for text, path in runs] == [
        ("张", "HallHei-Regular.ttf"),
        ("𮧵", "HallRare-Regular.ttf"),
    ]


def test_the_fonts_stay_within_their_budget() -> None:
    files = [path for path in resource("fonts").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40_000_000
