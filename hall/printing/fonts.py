"""Which font file draws each character: roles of official paper, fallbacks for rare names, advance widths."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain, groupby
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from hall.errors import Refused
from hall.printing.missing import MISSING_MARK
from hall.resources import resource
from hall.settings import FontSettings


class FontRole(StrEnum):
    """What a typeface is for on official paper (GB/T 9704-2012)."""

    FANG = "fang"
    SONG = "song"
    SONG_BOLD = "song_bold"
    HEI = "hei"
    KAI = "kai"


_SHIPPED = {
    FontRole.FANG: "HallFang-Regular.ttf",
    FontRole.SONG: "HallSong-Regular.ttf",
    FontRole.SONG_BOLD: "HallSong-Bold.ttf",
    FontRole.HEI: "HallHei-Regular.ttf",
    FontRole.KAI: "HallKai-Regular.ttf",
}
_FALLBACKS = ("HallSong-Regular.ttf", "HallRare-Regular.ttf")

LAST_RESORTS = (
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("C:/Windows/Fonts/simsunb.ttf"),
)
"""Where computers keep fonts with still more rare characters, as of November 2026: the package fonts-hanazono
of Debian and Ubuntu, and SimSun-ExtB of Windows. Asked only for what no shipped font has."""

_RESTRICTED = 0x0002
_USAGE = 0x000E
_NO_SUBSETTING_OR_BITMAPS_ONLY = 0x0300
"""Bits of the embedding permission (OpenType specification, OS/2 table, fsType)."""

FAMILIES = {
    FontRole.FANG: ("仿宋", "仿宋_gb2312", "fangsong", "fangsong_gb2312", "方正仿宋简体", "华文仿宋"),
    FontRole.SONG: ("宋体", "新宋体", "simsun", "华文宋体", "方正书宋简体", "times new roman", "cambria"),
    FontRole.SONG_BOLD: ("小标宋", "方正小标宋简体", "方正小标宋_gbk", "华文中宋", "小标宋体"),
    FontRole.HEI: ("黑体", "simhei", "微软雅黑", "microsoft yahei", "等线", "dengxian", "arial", "calibri"),
    FontRole.KAI: ("楷体", "楷体_gb2312", "kaiti", "kaiti_gb2312", "simkai", "华文楷体"),
}
"""Names by which templates ask for a role, without regard to upper and lower case."""


class UnusableFont(Refused):
    """A font file that cannot be embedded in a PDF: not a font, or without TrueType outlines."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"字体文件“{path.name}”不能嵌入 PDF。请重新安装程序，恢复 resources/fonts 里的字体文件。")
        self.path = path


class UnknownFamily(Refused):
    """A font family that no role answers to."""

    def __init__(self, family: str) -> None:
        super().__init__(f"没有字体“{family}”，请在模板里改用仿宋、宋体、小标宋、黑体或楷体。")
        self.family = family


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file's characters and measures, in units of one em."""

    path: Path
    advances: Mapping[int, float]
    ascent: float
    descent: float
    embeddable: bool
    """Whether its licence lets a part of it travel in a PDF."""

    def covers(self, character: str) -> bool:
        return ord(character) in self.advances


@dataclass(frozen=True, slots=True)
class FontRun:
    """Neighbouring characters drawn with one font file."""

    text: str
    face: FontFace


@dataclass(frozen=True, slots=True)
class SplitText:
    """A text cut into font runs; `missing` are the characters that had to be drawn as 〓."""

    runs: tuple[FontRun, ...]
    missing: tuple[str, ...]


def read_face(path: Path) -> FontFace:
    """Reads a font's character map and advance widths; raises UnusableFont."""
    try:
        with path.open("rb") as stream, TTFont(stream, lazy=True, fontNumber=0) as font:
            if "glyf" not in font:
                raise UnusableFont(path)
            em = font["head"].unitsPerEm
            widths = font["hmtx"].metrics
            advances = {point: widths[name][0] / em for point, name in font.getBestCmap().items()}
            header = font["OS/2"]
            return FontFace(
                path,
                advances,
                ascent=header.sTypoAscender / em,
                descent=header.sTypoDescender / em,
                embeddable=_may_be_embedded(header.fsType),
            )
    except (OSError, TTLibError) as problem:
        raise UnusableFont(path) from problem


def _may_be_embedded(permission: int) -> bool:
    return permission & _USAGE != _RESTRICTED and not permission & _NO_SUBSETTING_OR_BITMAPS_ONLY


class FontSet:
    """The typefaces of one program run: files are read when first needed and kept by this object.

    `last_resorts` are files outside the program that draw what it has no font for; those that are not there or
    must not be embedded do not count.
    """

    def __init__(self, folder: Path, *, last_resorts: Sequence[Path] = ()) -> None:
        self._folder = folder
        self._last_resorts = tuple(last_resorts)
        self._own: dict[FontRole, Path] = {}
        self._faces: dict[Path, FontFace] = {}
        self._chosen: dict[tuple[str, str], FontFace | None] = {}

    @classmethod
    @cache
    def shipped(cls) -> "FontSet":
        """The fonts that travel with the program, and behind them what the computer has for rare names.

        One set for the whole run: to read the files takes ten times as long as a document.
        """
        return cls(resource("fonts"), last_resorts=LAST_RESORTS)

    def prefer(self, own: FontSettings) -> list[str]:
        """Draw with files of the hall's own before the shipped ones; a sentence for each that cannot be used.

        For the start of the program: what is drawn later is drawn with the files of the last call.
        """
        self._own.clear()
        self._chosen.clear()
        troubles = []
        for role in FontRole:
            named = str(getattr(own, role))
            if not named:
                continue
            trouble = self._trouble_with(Path(named).expanduser())
            if trouble is None:
                self._own[role] = Path(named).expanduser()
            else:
                instead = f"文书改用随程序的 {_SHIPPED[role]}。请改正配置项 fonts.{role}，或者留空"
                troubles.append(f"字体文件 {named} {trouble}，{instead}。")
        return troubles

    def _trouble_with(self, path: Path) -> str | None:
        if not path.is_file():
            return "不存在"
        try:
            embeddable = self._face(path).embeddable
        except UnusableFont:
            return "不是 TrueType 字体，不能嵌入 PDF"
        return None if embeddable else "的许可不允许嵌入 PDF"

    def files(self) -> dict[FontRole, Path]:
        """The file every role is drawn with."""
        return {role: self._own.get(role, self._folder / name) for role, name in _SHIPPED.items()}

    def fallback_files(self) -> list[Path]:
        """The shipped files that are asked for what a role's own file lacks."""
        return [self._folder / name for name in _FALLBACKS]

    def knows(self, family: str) -> bool:
        """Whether a document may ask for this family (or role) name."""
        return _role_of(family) is not None

    def split(self, text: str, family: str) -> SplitText:
        """Cut a text into font runs for a family or role name; raises UnknownFamily."""
        chosen = [self.choose(character, family) for character in text]
        runs = groupby(chosen, key=lambda pair: pair[1].path)
        return SplitText(
            tuple(FontRun("".join(c for c, _ in pairs), self._face(path)) for path, pairs in runs),
            tuple(dict.fromkeys(c for c in text if self._face_for(c, family) is None)),
        )

    def choose(self, character: str, family: str) -> tuple[str, FontFace]:
        """What to draw for one character and with which file: itself, or 〓 where no font has it."""
        face = self._face_for(character, family)
        return (character, face) if face is not None else (MISSING_MARK, self.main_face(FontRole.SONG))

    def bold(self, family: str) -> str | None:
        """The family that is the bold cut of another, or None where there is no such file."""
        return FontRole.SONG_BOLD if _role_of(family) in {FontRole.SONG, FontRole.SONG_BOLD} else None

    def font_files_for(self, text: str, role: FontRole) -> list[tuple[str, Path]]:
        """Runs of text with the file to draw each, for slips drawn as pictures."""
        return [(run.text, run.face.path) for run in self.split(text, role).runs]

    def main_face(self, family: str) -> FontFace:
        """The first choice for a family or role name; raises UnknownFamily, UnusableFont."""
        return self._face(self._paths(family)[0])

    def _face_for(self, character: str, family: str) -> FontFace | None:
        key = (character, family)
        if key not in self._chosen:
            candidates = chain((self._face(path) for path in self._paths(family)), self._last_faces())
            self._chosen[key] = next((face for face in candidates if face.covers(character)), None)
        return self._chosen[key]

    def _paths(self, family: str) -> list[Path]:
        role = _role_of(family)
        if role is None:
            raise UnknownFamily(family)
        shipped = [self._folder / name for name in (_SHIPPED[role], *_FALLBACKS)]
        return [self._own[role], *shipped] if role in self._own else shipped

    def _last_faces(self) -> Iterator[FontFace]:
        for path in self._last_resorts:
            face = self._face_if_usable(path)
            if face is not None and face.embeddable:
                yield face

    def _face_if_usable(self, path: Path) -> FontFace | None:
        try:
            return self._face(path)
        except UnusableFont:
            return None

    def _face(self, path: Path) -> FontFace:
        face = self._faces.get(path)
        return face if face is not None else self._faces.setdefault(path, read_face(path))  # of two threads one wins


def _role_of(family: str) -> FontRole | None:
    name = family.casefold()
    for role, families in FAMILIES.items():
        if name == role or name in families:
            return role
    return None
