"""Document numbers in the two styles of practice: 莲城管许受〔2026〕1号, 莲城管简罚〔2026〕第0001号."""

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
    "情",
    "罚免申",
    "罚免审",
    "罚免答",
    "罚免",
    "罚告",
    "罚听",
    "罚决",
    "罚送",
    "罚教",
    "罚缓",
    "罚协",
    "罚更",
    "罚撤",
    "罚缴",
    "简罚",
    "强延",
    "强解",
    "强还",
    "强报",
    "诉",
    "诉派",
    "诉回",
    "评",
    "示",
    "救",
    "救收",
    "救示",
    "信",
    "信告",
    "信异",
    "号",
    "准作",
    "准检",
    "准训",
    "评卷",
    "登",
    "摊申",
    "摊不入",
    "摊签",
    "摊证",
    "摊听",
    "摊撤",
]

SERIES: tuple[Series, ...] = get_args(Series)

NumberStyle = Literal["公文式", "文书式"]

NUMBER_STYLES: tuple[NumberStyle, ...] = get_args(NumberStyle)


def series_named(word: str) -> Series:
    """The series of that name; raises ValueError."""
    for series in SERIES:
        if series == word:
            return series
    raise ValueError(f"no series {word}")


def document_number(agency: str, series: Series, *, year: int, serial: int, style: NumberStyle) -> str:
    """Agency mark, series mark, year in hexagonal brackets, serial.

    公文式 writes the serial without leading zeros and without 第 (GB/T 9704-2012 7.2.5), 文书式 as the forms of law
    enforcement do: 第 and at least four digits. The serial starts again each 1 January per series; a voided number is
    never used again.
    """
    if serial < 1:
        raise ValueError("a serial starts at 1")
    written = str(serial) if style == "公文式" else f"第{serial:04d}"
    return f"{agency}{series}〔{year}〕{written}号"


def numbers_in_every_style(agency: str, series: Series, *, year: int, serial: int) -> tuple[str, ...]:
    """What a serial may have been written as: the hall may have changed the style of a kind."""
    return tuple(document_number(agency, series, year=year, serial=serial, style=style) for style in NUMBER_STYLES)
