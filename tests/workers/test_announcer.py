"""The announcement loop: what its lamp says of a database that was away."""

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from hall.clock import FixedClock
from hall.devices.loudspeaker import LoudspeakerUnavailable, system_loudspeaker
from hall.devices.voice import ClipVoice, load_clips
from hall.errors import Unavailable
from hall.resources import resource
from hall.rules.quiet_hours import parse_quiet_hours
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

    def claim(_: Store, *, quiet: bool) -> AnnouncementView | None:
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

    def claim(_: Store, *, quiet: bool) -> AnnouncementView | None:
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


def test_a_player_killed_in_the_middle_is_one_call_unheard_and_the_next_one_is_heard(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The real player program, killed by the system while it plays."""
    heard = tmp_path / "heard"
    player = tmp_path / "aplay"
    player.write_text(f"#!/bin/sh\n[ -e {heard} ] && exit 0\ntouch {heard}\nkill -9 $$\n", encoding="utf-8")
    player.chmod(0o755)
    states, stop, settled = list[str](), threading.Event(), list[bool]()
    calls = [AnnouncementView(number, f"A00{number}", 1, again=False) for number in (2, 1)]
    voice = ClipVoice(system_loudspeaker(str(tmp_path)), load_clips(resource("voice")))

    def claim(_: Store, *, quiet: bool) -> AnnouncementView | None:
        if calls:
            return calls.pop()
        stop.set()
        return None

    def settle(_: Store, *, announcement_id: int, spoken: bool) -> None:
        settled.append(spoken)

    monkeypatch.setattr(announcements, "claim", claim)
    monkeypatch.setattr(announcements, "settle", settle)
    monkeypatch.setattr("hall.workers.announcer.IDLE_SECONDS", 0)
    Announcer(store, voice, on_state=states.append).run(stop)
    assert settled == [False, True]
    assert "报错（-9）" in states[0]
    assert states[-1] == ""


@pytest.mark.parametrize(("now", "spoken"), [("11:59", True), ("12:00", False), ("13:30", True)])
def test_in_quiet_hours_calls_are_shown_and_not_spoken(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, now: str, spoken: bool
) -> None:
    asked, stop = list[bool](), threading.Event()
    clock.instant = datetime.fromisoformat(f"2026-03-02T{now}:00+08:00")

    def claim(_: Store, *, quiet: bool) -> AnnouncementView | None:
        asked.append(quiet)
        stop.set()
        return None

    monkeypatch.setattr(announcements, "claim", claim)
    hours = parse_quiet_hours("12:00-13:30")
    Announcer(store, Silence(), on_state=lambda state: None, quiet_hours=hours).run(stop)
    assert asked == [not spoken]
