"""QR codes as module matrices and pictures, for slips, documents and the screen."""

import io
from typing import Literal

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

Correction = Literal["L", "M", "Q"]
Matrix = tuple[tuple[bool, ...], ...]

QUIET_MODULES = 4
"""Blank modules wanted on every side (ISO/IEC 18004)."""

_MASK = 3
"""One of the eight masks for every code: to weigh them all takes most of the time, and what a code holds, a signature,
is as good as random under each."""

_LEVELS: dict[Correction, int] = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}


def qr_matrix(payload: str, correction: Correction = "M") -> Matrix:
    """The symbol's modules, True is dark, without quiet zone; the smallest version that holds the payload."""
    symbol = qrcode.QRCode(error_correction=_LEVELS[correction], border=0, mask_pattern=_MASK)
    symbol.add_data(payload.encode("utf-8"), optimize=0)
    symbol.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in symbol.get_matrix())


def qr_image(payload: str, *, module_dots: int, quiet: int = QUIET_MODULES) -> Image.Image:
    """A 1-bit picture, black on white, `module_dots` pixels per module."""
    matrix = qr_matrix(payload)
    side = len(matrix) + 2 * quiet
    blank = b"\xff" * quiet
    rows = [blank + bytes(0 if dark else 0xFF for dark in row) + blank for row in matrix]
    above = [b"\xff" * side] * quiet
    picture = Image.frombytes("L", (side, side), b"".join([*above, *rows, *above])).convert("1")
    return picture.resize((side * module_dots, side * module_dots), Image.Resampling.NEAREST)


def qr_png(payload: str, *, module_dots: int = 8) -> bytes:
    """The code as a PNG file with its quiet zone."""
    file = io.BytesIO()
    qr_image(payload, module_dots=module_dots).save(file, "PNG")
    return file.getvalue()
