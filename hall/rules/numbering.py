"""Document numbers in official style: 莲城管许受〔2026〕1号."""

from typing import Literal

Series = Literal["许收", "许受", "许补"]


def document_number(agency: str, series: Series, *, year: int, serial: int) -> str:
    """Agency mark, series mark, year in hexagonal brackets, serial without leading zeros (GB/T 9704-2012 7.2.5).

    The serial starts again each 1 January per series; a voided number is never used again.
    """
    if serial < 1:
        raise ValueError("a serial starts at 1")
    return f"{agency}{series}〔{year}〕{serial}号"
