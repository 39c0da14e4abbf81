"""How large a picture is, told by its bytes: PNG and JPEG."""

from hall.errors import Refused

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


class NoPicture(Refused):
    """The file is no picture that can be shown."""

    def __init__(self) -> None:
        super().__init__("平面图要用 PNG 或者 JPEG 图片，这个文件不是，或者已经损坏。请另存为 PNG 再选。")


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; raises NoPicture."""
    if content.startswith(_PNG) and len(content) >= 24:
        size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    elif content.startswith(_JPEG):
        size = _of_jpeg(content)
    else:
        raise NoPicture
    if 0 in size:
        raise NoPicture
    return size


def _of_jpeg(content: bytes) -> tuple[int, int]:
    """Segments follow each other, each with its length, until the one of the frame."""
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        if content[place + 1] in _FRAMES:
            height, width = content[place + 5 : place + 7], content[place + 7 : place + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    raise NoPicture
