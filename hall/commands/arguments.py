"""Values of arguments that several commands check: argparse turns a ValueError into wrong usage."""

MOST_COUNTERS = 99


def counter_number(text: str) -> int:
    """The number of a service counter, or how many there are: 1 to 99."""
    number = int(text)
    if not 1 <= number <= MOST_COUNTERS:
        raise ValueError(text)
    return number
