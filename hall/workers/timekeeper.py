"""Keeps time in the background: at start, after changes of cases or the calendar, every hour, and when a day begins."""

import logging
import threading
from datetime import datetime, time, timedelta
from pathlib import Path

from hall.clock import HALL_ZONE, hall_time
from hall.errors import HallError
from hall.services.timekeeping import Kept, keep_time
from hall.store import Store

log = logging.getLogger(__name__)

HOUR_SECONDS = 3600.0
# A busy hall changes cases all the time: what changes within this time is looked at once.
BURST_SECONDS = 20.0
_DAY = timedelta(days=1)


class TimeKeeper:
    """The loop of one station. `wake` is set by the station when cases or the calendar have changed."""

    def __init__(self, store: Store, home: Path, *, burst: float = BURST_SECONDS) -> None:
        self.wake = threading.Event()
        self._store = store
        self._home = home
        self._burst = burst
        self._last_event: int | None = None

    def run(self, stop: threading.Event) -> None:
        """Until `stop`; a database that is away is asked again."""
        while not stop.is_set():
            self.wake.clear()
            more = self._keep(stop)
            if stop.wait(self._burst):
                return
            if not more:
                self.wake.wait(seconds_to_wait(self._store.clock.now(), station_id=self._store.station.id))

    def _keep(self, stop: threading.Event) -> bool:
        try:
            kept = keep_time(
                self._store, home=self._home, last_event=self._last_event, going_on=lambda: not stop.is_set()
            )
        except HallError as error:
            log.warning("time not kept: %s", type(error).__name__)
            return False
        self._last_event = kept.last_event
        _tell(kept)
        return kept.more


def seconds_to_wait(now: datetime, *, station_id: int = 0) -> float:
    """Until a minute after midnight, at most an hour: what a day brings is there when it begins.

    Stations come a few seconds apart, so that not all of them reach for the same cases.
    """
    tomorrow = datetime.combine(hall_time(now).date() + _DAY, time(0, 1, station_id * 7 % 60), HALL_ZONE)
    return min(HOUR_SECONDS, (tomorrow - now).total_seconds())


def _tell(kept: Kept) -> None:
    done = {name: tally.done for name, tally in kept.tallies.items() if tally.done}
    if done:
        log.info("kept in time: %s", ", ".join(f"{count} {name}" for name, count in done.items()))
