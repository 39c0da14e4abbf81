"""Tells the log what a screen shows, so that a hall's faults can be followed from station to station."""

import logging

log = logging.getLogger(__name__)


class Shown:
    """What one screen shows: numbers and codes, never personal data; logged when it is another than before."""

    def __init__(self, screen: str) -> None:
        self._screen = screen
        self._last: dict[str, object] = {}

    def tell(self, **what: object) -> None:
        """The screen shows this now."""
        if what != self._last:
            self._last = what
            log.info("shown", extra={"fact": {"screen": self._screen, **what}})
