"""The slips that lie at the printer of the demo's day: whose numbers they are, and pictures of a few."""

import re
import shutil
from pathlib import Path

from hall.demo.devices import SLIP_DOTS
from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser
from hall.printing.slip_image import slip_paper

SLIPS_KEPT = 3
_CODE = re.compile(rb"[A-Z][0-9]{3,}")


def numbers_on_paper(folder: Path) -> tuple[str, ...]:
    """The number on each slip, in the order in which they came out."""
    found = (_CODE.search(slip.read_bytes()) for slip in sorted(folder.glob("*.bin")))
    return tuple(code[0].decode("ascii") for code in found if code)


def keep_slips(printed: Path, folder: Path) -> None:
    """The first slips of the day, as bytes and as pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    raster = LineRasteriser(FontSet.shipped())
    for slip in sorted(printed.glob("*.bin"))[:SLIPS_KEPT]:
        shutil.copy(slip, folder / f"号票{slip.name}")
        paper = slip_paper(slip.read_bytes(), dots=SLIP_DOTS, raster=raster)
        paper.picture.save(folder / f"号票{slip.stem}.png")
