"""Document numbers in official style: 莲城管许受〔2026〕1号."""

from typing import Literal, get_args

# What a number's case-nature code says. Several kinds of document may share a series.
Series = Literal[
    "许收",
    "许补",
    "许受",
    "许不受",
    "许容",
    "许诺",
    "许交",
    "许延",
    "许特",
    "许听",
    "许勘",
    "许询",
    "许报",
    "许准",
    "许不准",
    "许证",
    "许默",
    "许送",
    "许终",
    "许撤",
    "许卷",
    "督办",
    "责",
    "月报",
]

SERIES: tuple[Series, ...] = get_args(Series)


def series_named(word: str) -> Series:
    """The series of that name; raises ValueError."""
    for series in SERIES:
        if series == word:
            return series
    raise ValueError(f"no series {word}")


def document_number(agency: str, series: Series, *, year: int, serial: int) -> str:
    """Agency mark, series mark, year in hexagonal brackets, serial without leading zeros (GB/T 9704-2012 7.2.5).

    The serial starts again each 1 January per series; a voided number is never used again.
    """
    if serial < 1:
        raise ValueError("a serial starts at 1")
    return f"{agency}{series}〔{year}〕{serial}号"
