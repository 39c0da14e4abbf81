"""Rebuild resources/fonts from font files and Unihan tables that lie on this machine.

    python tools/fonts.py --fang FandolFang-Regular.otf --song NotoSerifSC_400Regular.ttf \
        --song-bold NotoSerifSC_700Bold.ttf --hei NotoSansSC_400Regular.ttf --kai LXGWWenKai-Regular.ttf \
        --rare HanaMinB.ttf --unihan FOLDER [--out resources/fonts]

FOLDER holds Unihan_OtherMappings.txt and Unihan_IRGSources.txt (Unicode 14 or later). Every result has
TrueType outlines, because the PDF writer embeds no others, and a family name of our own: the licences of some
of the originals reserve their names for unmodified files. What each role covers:

* fang: all of FandolFang, its cubic outlines turned into quadratic ones (error at most 2/1000 em);
* song: 通用规范汉字表 (8105 characters), GBK and Extension A; the fallback for every other role;
* song_bold, hei: 8105 characters; kai: levels 1 and 2 of them (6500);
* rare: characters with a source in China from Extensions C to F, and those of Extension B that come from
  registers of persons and places and not from dictionaries alone.
"""

import argparse
import lzma
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

OUTLINE_ERROR = 2.0
"""Largest distance in font units (1000 per em) between a cubic outline and its quadratic replacement."""

SYMBOL_RANGES = (
    (0x20, 0x24F),
    (0x370, 0x45F),
    (0x2000, 0x33FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
)
EXTENSION_A = frozenset(range(0x3400, 0x4DC0))
DICTIONARY_SOURCES = frozenset(
    {"GKX", "GHZ", "GHZR", "GCH", "GZ", "GZJW", "GZFY", "GU", "GFC", "GKJ", "GJZ", "GHC", "GGH"}
)
NAMES_WITHOUT_CHINESE_SOURCE = frozenset({0x2E9F5})
"""Seen in names although the Unihan table gives no source in China: 𮧵."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """The character sets that the roles are cut to."""

    level_1_2: frozenset[int]
    standard: frozenset[int]
    gbk: frozenset[int]
    rare: frozenset[int]
    symbols: frozenset[int]


def unihan_column(path: Path, key: str) -> dict[int, str]:
    """One property of a Unihan table by code point."""
    found: dict[int, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[1] == key:
            found[int(parts[0][2:], 16)] = parts[2]
    return found


def gbk_characters() -> frozenset[int]:
    """Every character of GBK, by its two-byte codes."""
    trails = [trail for trail in range(0x40, 0xFF) if trail != 0x7F]
    codes = [bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in trails]
    return frozenset(ord(text) for code in codes if len(text := code.decode("gbk", "ignore")) == 1)


def read_repertoire(unihan: Path) -> Repertoire:
    """The sets, from the kTGH (通用规范汉字表) and kIRG_GSource (source in China) properties."""
    standard = unihan_column(unihan / "Unihan_OtherMappings.txt", "kTGH")
    sources = unihan_column(unihan / "Unihan_IRGSources.txt", "kIRG_GSource")
    rare = {
        point
        for point, source in sources.items()
        if point >= 0x2A700 or (point >= 0x20000 and source.split("-")[0] not in DICTIONARY_SOURCES)
    }
    return Repertoire(
        level_1_2=frozenset(point for point, value in standard.items() if int(value.split(":")[1]) <= 6500),
        standard=frozenset(standard),
        gbk=gbk_characters(),
        rare=frozenset(rare) | NAMES_WITHOUT_CHINESE_SOURCE,
        symbols=frozenset(point for first, last in SYMBOL_RANGES for point in range(first, last + 1)),
    )


def with_quadratic_outlines(font: TTFont) -> TTFont:
    """The font with its CFF outlines replaced by TrueType ones."""
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, OUTLINE_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = outlines
    for name, outline in outlines.items():
        outline.recalcBounds(font["glyf"])
        advance = font["hmtx"][name][0]
        font["hmtx"][name] = (advance, outline.xMin if outline.numberOfContours else 0)
    for unused in ("CFF ", "VORG"):
        if unused in font:
            del font[unused]
    font.sfntVersion = "\000\001\000\000"
    _widen_profile(font)
    return font


def _widen_profile(font: TTFont) -> None:
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for name in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours",
        "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(profile, name, 1 if name == "maxZones" else 0)
    profile.recalc(font)


def cut_to(font: TTFont, characters: AbstractSet[int]) -> TTFont:
    """The font with these characters only, without layout features, hints or glyph names."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "JSTF", "vhea", "vmtx", "VORG", "DSIG", "STAT"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the font a family name of ours: modified files may not carry a reserved name."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    texts = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}", 5: "Version 1.000"}
    for number, text in {**texts, 6: f"{family}-{style}".replace(" ", "")}.items():
        names.setName(text, number, 3, 1, 0x409)
        names.setName(text, number, 1, 0, 0)


def build(source: Path, target: Path, *, family: str, style: str, characters: AbstractSet[int] | None) -> None:
    """Write one role's file; without `characters` everything the source has."""
    font = TTFont(source, recalcTimestamp=False)
    if "CFF " in font:
        font = with_quadratic_outlines(font)
    wanted = characters if characters is not None else set(font.getBestCmap())
    font = cut_to(font, wanted)
    rename(font, family, style)
    font.save(target)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Rebuild resources/fonts from local sources.")
    for name in ("fang", "song", "song-bold", "hei", "kai", "rare", "unihan"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("resources/fonts"))
    return parser.parse_args()


def main() -> None:
    """Build every role, and pack the one source that its licence wants beside the result."""
    given = read_arguments()
    sets = read_repertoire(given.unihan)
    standard = sets.standard | sets.symbols
    song = standard | sets.gbk | EXTENSION_A
    rare = sets.rare - set(TTFont(given.song, lazy=True).getBestCmap())
    out: Path = given.out
    build(given.fang, out / "HallFang-Regular.ttf", family="Hall Fang", style="Regular", characters=None)
    build(given.song, out / "HallSong-Regular.ttf", family="Hall Song", style="Regular", characters=song)
    build(given.song_bold, out / "HallSong-Bold.ttf", family="Hall Song", style="Bold", characters=standard)
    build(given.hei, out / "HallHei-Regular.ttf", family="Hall Hei", style="Regular", characters=standard)
    kai = sets.level_1_2 | sets.symbols
    build(given.kai, out / "HallKai-Regular.ttf", family="Hall Kai", style="Regular", characters=kai)
    build(given.rare, out / "HallRare-Regular.ttf", family="Hall Rare", style="Regular", characters=rare)
    packed = lzma.compress(given.fang.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    (out / f"{given.fang.name}.xz").write_bytes(packed)


if __name__ == "__main__":
    main()
