"""How large a picture is, told by its bytes."""

import struct

import pytest

from hall.rules.pictures import NoPicture, size_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1200, 600)
FRAME = b"\xff\xc2" + struct.pack(">HBHH", 17, 8, 600, 1200)
JPEG = b"\xff\xd8" + b"\xff\xe0" + struct.pack(">H", 4) + b"JF" + FRAME


@pytest.mark.parametrize("content", [PNG, JPEG])
def test_width_and_height_are_read_from_the_head(content: bytes) -> None:
    assert size_of(content) == (1200, 600)


@pytest.mark.parametrize("content", [b"%PDF-1.7", PNG[:20], JPEG[:12], JPEG[:4] + b"\x00" * 20, PNG[:20] + bytes(4)])
def test_what_cannot_be_shown_is_no_picture(content: bytes) -> None:
    with pytest.raises(NoPicture):
        size_of(content)
