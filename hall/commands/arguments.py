"""Values of arguments that several commands check: argparse turns an ArgumentTypeError into wrong usage."""

import argparse

MOST_COUNTERS = 99


def counter_number(text: str) -> int:
    """The number of a service counter, or how many there are: 1 to 99."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_COUNTERS:
        raise argparse.ArgumentTypeError(f"应是 1 到 {MOST_COUNTERS} 的整数，不能写“{text}”")
    return int(text)
