"""The announcement loop: what its lamp says of a database that was away."""

import threading

import pytest

from hall.errors import Unavailable
from hall.services import announcements
from hall.services.announcements import AnnouncementView
from hall.store import Store
from hall.workers.announcer import Announcer


class Silence:
    """A loudspeaker."""

    def play(self, wav: bytes) -> None:
        """Nothing is heard."""


class Pauses(threading.Event):
    """Counts the loop's pauses and ends it after a few."""

    def __init__(self, stop: threading.Event, last: int) -> None:
        super().__init__()
        self.count = 0
        self._stop, self._last = stop, last

    def wait(self, timeout: float | None = None) -> bool:
        self.count += 1
        if self.count == self._last:
            self._stop.set()
        return True


def test_a_database_that_was_away_leaves_no_trouble_on_the_loudspeakers_lamp(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No call need come: the loudspeaker was well all the time."""
    states, stop = list[str](), threading.Event()
    announcer = Announcer(store, Silence(), clips={}, on_state=states.append)
    pauses = Pauses(stop, last=4)
    announcer.wake = pauses

    def claim(_: Store) -> AnnouncementView | None:
        if pauses.count < 2:
            raise Unavailable("连不上数据库。")
        return None

    monkeypatch.setattr(announcements, "claim", claim)
    announcer.run(stop)
    assert states == ["连不上数据库。", "连不上数据库。", ""]
