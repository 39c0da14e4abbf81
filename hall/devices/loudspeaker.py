"""Where an announcement comes out: the operating system's player, whichever this station has."""

import io
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from typing import Protocol

from hall.errors import Unavailable

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
_GRACE_SECONDS = 5.0
"""How much longer than the sound itself a player may take before it counts as hung."""


class LoudspeakerUnavailable(Unavailable):
    """Nothing can be heard; the ticket is called on the screens all the same."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"扬声器不可用：{fault}。叫号照常显示在屏幕上，请检查音响和声音设置。")
        self.fault = fault


class Loudspeaker(Protocol):
    """Plays a WAV file and returns when it has been heard; raises LoudspeakerUnavailable."""

    def play(self, wav: bytes) -> None: ...


class CommandLoudspeaker:
    """Linux: gives the sound to a player program (PipeWire, PulseAudio or ALSA)."""

    def __init__(self, command: tuple[str, ...], *, grace_seconds: float = _GRACE_SECONDS) -> None:
        self._command = command
        self._grace_seconds = grace_seconds

    def play(self, wav: bytes) -> None:
        limit = _seconds(wav) + self._grace_seconds
        with tempfile.TemporaryDirectory(prefix="hall-voice-") as folder:
            path = Path(folder) / "call.wav"
            path.write_bytes(wav)
            try:
                subprocess.run([*self._command, str(path)], check=True, capture_output=True, timeout=limit)
            except subprocess.TimeoutExpired as error:
                raise LoudspeakerUnavailable("播放程序没有响应") from error
            except subprocess.CalledProcessError as error:
                raise LoudspeakerUnavailable(f"播放程序报错（{error.returncode}）") from error
            except OSError as error:
                raise LoudspeakerUnavailable("播放程序启动不了") from error


if sys.platform == "win32":
    import winsound

    class WindowsLoudspeaker:
        """Windows: winsound. Not yet tried on a real computer."""

        def play(self, wav: bytes) -> None:
            try:
                winsound.PlaySound(wav, winsound.SND_MEMORY)
            except RuntimeError as error:
                raise LoudspeakerUnavailable("系统不能播放声音") from error


def system_loudspeaker(search_path: str | None = None) -> Loudspeaker:
    """The player this station has, looked for on `search_path` (default: PATH)."""
    if sys.platform == "win32":
        return WindowsLoudspeaker()
    for name, *options in _PLAYERS:
        if found := shutil.which(name, path=search_path):
            return CommandLoudspeaker((found, *options))
    raise LoudspeakerUnavailable("没有安装播放程序（pw-play、paplay 或 aplay）")


def _seconds(wav: bytes) -> float:
    with wave.open(io.BytesIO(wav), "rb") as sound:
        return sound.getnframes() / sound.getframerate()
