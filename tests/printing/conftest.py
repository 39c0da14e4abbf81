"""What the printing tests share: the program's fonts, opened once."""

import pytest

from hall.printing.fonts import FontSet
from hall.printing.raster import LineRasteriser


@pytest.fixture(scope="session")
def raster() -> LineRasteriser:
    return LineRasteriser(FontSet.shipped())
