"""Hours in which nothing is called out aloud (a night, a noon rest); the screens show every call all the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from hall.errors import Refused

_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class BadQuietHours(Refused):
    """The configured hours cannot be read."""

    def __init__(self, text: str) -> None:
        super().__init__(f"静音时段“{text}”写法不对，应如 12:00-13:30,21:00-08:00，请改正配置 station.quiet_hours。")


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """From one time of the day to another, which is not quiet any more; past midnight where `until` is the earlier."""

    since: time
    until: time

    def holds(self, now: time) -> bool:
        """Whether it is quiet then."""
        if self.since <= self.until:
            return self.since <= now < self.until
        return now >= self.since or now < self.until


def parse_quiet_hours(text: str) -> tuple[QuietSpan, ...]:
    """`12:00-13:30,21:00-08:00`; none for an empty text. Raises BadQuietHours."""
    spans = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise BadQuietHours(part)
        hours = [int(figure) for figure in found.groups()]
        spans.append(QuietSpan(time(hours[0], hours[1]), time(hours[2], hours[3])))
    return tuple(spans)


def is_quiet(spans: Iterable[QuietSpan], now: time) -> bool:
    """Whether one of them holds."""
    return any(span.holds(now) for span in spans)
