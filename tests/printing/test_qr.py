"""QR codes as pictures."""

import io

import zxingcpp
from PIL import Image

from hall.printing.qr import qr_image, qr_matrix, qr_png

PAYLOAD = "H1." + "aB3-_" * 35


def test_the_longest_payload_fits_the_narrow_paper_with_its_quiet_zone() -> None:
    assert (len(qr_matrix(PAYLOAD)) + 8) * 6 <= 384


def test_the_png_is_read_back() -> None:
    picture = Image.open(io.BytesIO(qr_png(PAYLOAD)))
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [PAYLOAD]


def test_the_picture_has_four_blank_modules_around_the_code() -> None:
    picture = qr_image("A", module_dots=2)
    assert picture.size == ((21 + 8) * 2,) * 2
    assert picture.getpixel((7, 7))
    assert not picture.getpixel((8, 8))
