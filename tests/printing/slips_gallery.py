"""Draws every kind of slip, both widths, every character set: python -m tests.printing.slips_gallery FOLDER."""

import sys
from pathlib import Path

from hall.printing.escpos import render
from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser
from hall.printing.slip import ROMS, profile_for
from hall.printing.slip_image import slip_paper
from tests.printing.slips import SLIPS


def main(folder: Path) -> None:
    """A picture for each."""
    raster = LineRasteriser(FontSet.shipped())
    folder.mkdir(parents=True, exist_ok=True)
    for name, slip in SLIPS.items():
        for width_mm in (58, 80):
            for rom in ROMS:
                for qr in ("native", "raster"):
                    profile = profile_for(width_mm, rom, qr)
                    payload = render(slip, profile, raster)
                    charset = "big5" if rom == "big5" else "gb18030"
                    paper = slip_paper(payload, dots=profile.dots, raster=raster, charset=charset)
                    paper.picture.save(folder / f"{name}-{width_mm}-{rom}-{qr}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
