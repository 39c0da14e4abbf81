"""The announcement loop: what its lamp says of a database that was away."""

import threading
from collections.abc import Sequence

import pytest

from hall.devices.loudspeaker import LoudspeakerUnavailable
from hall.devices.voice import ClipVoice, load_clips
from hall.errors import Unavailable
from hall.resources import resource
from hall.services import announcements
from hall.services.announcements import AnnouncementView
from hall.store import Store
from hall.workers.announcer import Announcer


class Silence:
    """A voice."""

    def say(self, words: Sequence[str]) -> None:
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
    announcer = Announcer(store, Silence(), on_state=states.append)
    pauses = Pauses(stop, last=4)
    announcer.wake = pauses

    def claim(_: Store) -> AnnouncementView | None:
        if pauses.count < 2:
            raise Unavailable("连不上数据库。")
        return None

    monkeypatch.setattr(announcements, "claim", claim)
    announcer.run(stop)
    assert states == ["连不上数据库。", "连不上数据库。", ""]


class DeadLoudspeaker:
    """Nothing can be heard."""

    def play(self, wav: bytes) -> None:
        raise LoudspeakerUnavailable("没有声音")


def test_a_dead_loudspeaker_lights_the_lamp_and_the_next_call_is_tried(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the lamp goes out when something was heard."""
    states, stop, settled = list[str](), threading.Event(), list[bool]()
    calls = [AnnouncementView(number, f"A00{number}", 1, again=False) for number in (2, 1)]
    announcer = Announcer(store, ClipVoice(DeadLoudspeaker(), load_clips(resource("voice"))), on_state=states.append)

    def claim(_: Store) -> AnnouncementView | None:
        if calls:
            return calls.pop()
        stop.set()
        return None

    def settle(_: Store, *, announcement_id: int, spoken: bool) -> None:
        settled.append(spoken)

    monkeypatch.setattr(announcements, "claim", claim)
    monkeypatch.setattr(announcements, "settle", settle)
    monkeypatch.setattr("hall.workers.announcer.IDLE_SECONDS", 0)
    announcer.run(stop)
    assert settled == [False, False]
    assert len(states) == 2
    assert all("扬声器不可用" in state for state in states)
