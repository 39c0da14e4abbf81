"""The schedules and legal periods that ship with the program, for everything that needs no database."""

from functools import lru_cache

from hall.resources import resource
from hall.rules.calendar import WorkCalendar
from hall.rules.calendar_file import parse_calendar
from hall.rules.csv_table import decode
from hall.rules.timelimits_file import LimitTable, parse_timelimits


def shipped_calendar() -> WorkCalendar:
    """The calendar of all years that ship. Raises BadRows or BadSchedule for a spoilt file."""
    files = sorted(resource("calendar").glob("*.csv"))
    texts = [decode(file.read_bytes(), file.name) for file in files]
    return WorkCalendar(tuple(schedule for text in texts for schedule in parse_calendar(text)))


def shipped_limits() -> LimitTable:
    """The table of legal periods that ships. Raises BadRows for a spoilt file."""
    return _limits(decode(resource("timelimits.csv").read_bytes(), "timelimits.csv"))


@lru_cache(maxsize=1)
def _limits(text: str) -> LimitTable:
    """Remembered by its text: periods are asked for with every case of a list."""
    return parse_timelimits(text)
