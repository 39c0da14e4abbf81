"""LibreOffice as a measure: lays out filled documents with the program's own fonts, many in one run."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTFont

from hall.printing.fonts import FAMILIES, FontRole, FontSet

_FODT = (
    ('style:text-autospace="ideograph-alpha"', 'style:text-autospace="none"'),
    ('style:punctuation-wrap="hanging"', 'style:punctuation-wrap="simple"'),
)
"""What LibreOffice 7.4 does not read from a .docx: `autoSpaceDE`, `autoSpaceDN` and `overflowPunct`. All our
templates switch them off, which Word heeds; LibreOffice goes on as if they were on. So the test writes them into
what it has read before it lays out."""


def typeset(documents: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """The PDF of every .docx file, by name."""
    settings = _font_settings(folder)
    word, flat, pdf = (_made(folder / name) for name in ("docx", "fodt", "pdf"))
    names = {f"{number:03}": name for number, name in enumerate(documents)}
    for stem, name in names.items():
        (word / f"{stem}.docx").write_bytes(documents[name])
    _convert(sorted(word.iterdir()), flat, settings)
    for path in flat.iterdir():
        text = path.read_text(encoding="utf-8")
        for read, meant in _FODT:
            text = text.replace(read, meant)
        path.write_text(text, encoding="utf-8")
    _convert(sorted(flat.iterdir()), pdf, settings)
    return {name: (pdf / f"{stem}.pdf").read_bytes() for stem, name in names.items()}


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _convert(files: Sequence[Path], target: Path, settings: Path) -> None:
    """One run for all files, with a profile of its own; the format is the target folder's name."""
    profile = settings.parent / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target.name]
    surroundings = {**os.environ, "FONTCONFIG_FILE": str(settings), "HOME": str(settings.parent)}
    subprocess.run(
        [*command, "--outdir", str(target), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=110,
        env=surroundings,
    )


def _font_settings(folder: Path) -> Path:
    """A font configuration that knows our files only, under the names that templates use."""
    fonts = _made(folder / "fonts")
    matches = []
    for role, path in FontSet.shipped().files().items():
        for name in FAMILIES[role]:
            matches.append(
                f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
                f'<edit name="family" mode="assign" binding="same"><string>{_copied(path, role, fonts)}</string>'
                "</edit></match>"
            )
    for path in FontSet.shipped().fallback_files():
        _link(path, fonts)
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir>{''.join(matches)}</fontconfig>",
        encoding="utf-8",
    )
    return settings


def _copied(path: Path, role: FontRole, fonts: Path) -> str:
    """The family name of a font laid into the folder; the bold 宋体 gets a name of its own, as 小标宋 has."""
    if role is not FontRole.SONG_BOLD:
        _link(path, fonts)
        with TTFont(path, lazy=True) as font:
            return str(font["name"].getDebugName(1))
    target = fonts / path.name
    if not target.exists():
        with TTFont(path, lazy=True) as font:
            for record in font["name"].names:
                record.string = "Regular" if record.nameID == 2 else "HallTitle"
            font["OS/2"].usWeightClass, font["OS/2"].fsSelection, font["head"].macStyle = 400, 64, 0
            font.save(target)
    return "HallTitle"


def _link(path: Path, fonts: Path) -> None:
    if not (fonts / path.name).exists():
        (fonts / path.name).symlink_to(path)
