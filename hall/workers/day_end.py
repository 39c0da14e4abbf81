"""Ends past days in the background: at start, and when the day has changed while the station runs."""

import logging
import threading

from hall.errors import HallError
from hall.services.day_end import end_past_days
from hall.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0


def watch_days(store: Store, stop: threading.Event) -> None:
    """Look once a minute until `stop`; a database that is away is asked again."""
    while not stop.is_set():
        try:
            for day in end_past_days(store):
                log.info("day %s ended and sealed", day.isoformat())
        except HallError as error:
            log.warning("days not ended: %s", type(error).__name__)
        stop.wait(LOOK_SECONDS)
