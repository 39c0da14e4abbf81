"""Players that work, fail, hang or are not there."""

import sys
from pathlib import Path

import pytest

from hall.devices.loudspeaker import CommandLoudspeaker, LoudspeakerUnavailable, system_loudspeaker
from hall.devices.simulated.guard import SimulationForbidden
from hall.devices.simulated.loudspeaker import FileLoudspeaker
from hall.devices.voice import wav_file

WAV = wav_file(b"\x10\x00" * 100)

linux = pytest.mark.skipif(sys.platform == "win32", reason="player programs exist on Linux")


def player(folder: Path, script: str, *, name: str = "aplay") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@linux
def test_the_player_hears_the_whole_sound(tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    player(tmp_path, f'[ "$1" = -q ] && /bin/cat "$2" > {heard}')
    system_loudspeaker(str(tmp_path)).play(WAV)
    assert heard.read_bytes() == WAV


@linux
def test_the_desktop_sound_server_is_preferred_to_the_bare_card(tmp_path: Path) -> None:
    player(tmp_path, "exit 9")
    player(tmp_path, "exit 0", name="pw-play")
    system_loudspeaker(str(tmp_path)).play(WAV)


@linux
def test_a_station_without_a_player_says_so(tmp_path: Path) -> None:
    with pytest.raises(LoudspeakerUnavailable, match="没有安装播放程序"):
        system_loudspeaker(str(tmp_path))


@linux
def test_a_failing_player_is_reported(tmp_path: Path) -> None:
    speaker = CommandLoudspeaker((str(player(tmp_path, "exit 1")),))
    with pytest.raises(LoudspeakerUnavailable, match="报错（1）"):
        speaker.play(WAV)


@linux
def test_a_hanging_player_is_given_up(tmp_path: Path) -> None:
    speaker = CommandLoudspeaker((str(player(tmp_path, "exec sleep 60")),), grace_seconds=0.2)
    with pytest.raises(LoudspeakerUnavailable, match="没有响应"):
        speaker.play(WAV)


def test_a_player_that_went_away_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LoudspeakerUnavailable, match="启动不了"):
        CommandLoudspeaker((str(tmp_path / "gone"),)).play(WAV)


def test_the_demo_keeps_every_call_as_a_file(tmp_path: Path) -> None:
    speaker = FileLoudspeaker(tmp_path / "calls", mode="demo")
    speaker.play(WAV)
    speaker.play(WAV)
    assert [path.name for path in sorted((tmp_path / "calls").iterdir())] == [
        "call-0001.wav",
        "call-0002.wav",
    ]
    assert (tmp_path / "calls" / "call-0002.wav").read_bytes() == WAV


def test_a_hall_in_production_gets_no_simulated_loudspeaker(tmp_path: Path) -> None:
    with pytest.raises(SimulationForbidden, match="production"):
        FileLoudspeaker(tmp_path, mode="production")


def test_developers_get_a_simulated_loudspeaker(tmp_path: Path) -> None:
    FileLoudspeaker(tmp_path, mode="development").play(WAV)
    assert (tmp_path / "call-0001.wav").is_file()
