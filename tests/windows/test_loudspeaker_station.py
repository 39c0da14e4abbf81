"""A whole station with a loudspeaker: a player that is missing is told, and found when it comes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app import station as station_module
from hall.app.station import Station
from hall.rules.people import Actor
from hall.services.front import Front
from hall.settings import Settings, StationSettings
from hall.store import Store

PATIENCE_MS = 20_000


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a player program would be; it is not there yet."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(station_module, "VOICE_SECONDS", 0.05)
    return folder / "aplay"


@pytest.fixture
def station(open_store: Callable[..., Store], sqlite_url: str, home: Path, qapp: QApplication) -> Iterator[Station]:
    own = StationSettings(name="取号机", loudspeaker=True)
    running = Station(Settings(home=home, mode="development", station=own), open_store(sqlite_url, station="取号机"))
    yield running
    running.stop()


@pytest.fixture
def clerk(store: Store, actor: Actor, front_of: Callable[[Store, Actor], Front]) -> Front:
    """At another station of the same hall."""
    return front_of(store, actor)


def test_a_call_is_heard_once_the_missing_player_has_come(
    station: Station, player: Path, clerk: Front, qtbot: QtBot
) -> None:
    station.start()
    lamps = station.lamps.last
    qtbot.waitUntil(lambda: "没有安装播放程序" in lamps.get("广播", ("", ""))[1], timeout=PATIENCE_MS)
    assert lamps["广播"][0] == "trouble"
    heard = player.with_name("heard")
    player.write_text(f"#!/bin/sh\n: > {heard}\n", encoding="utf-8")
    player.chmod(0o755)
    qtbot.waitUntil(lambda: lamps["广播"] == ("ok", "正常"), timeout=PATIENCE_MS)
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(1)
    qtbot.waitUntil(heard.exists, timeout=PATIENCE_MS)
