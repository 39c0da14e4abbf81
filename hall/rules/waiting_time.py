"""How long a ticket taken now would wait."""

import math


def waiting_minutes(ahead: int, *, counters: int, service_minutes: float) -> tuple[int, int]:
    """The waiting time as a span of whole minutes, at least a minute wide: from four fifths to the whole of it."""
    expected = ahead * service_minutes / max(counters, 1)
    low = int(expected * 0.8)
    return low, max(math.ceil(expected), low + 1)
