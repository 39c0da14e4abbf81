"""A loudspeaker that keeps every announcement as a file instead of playing it."""

from pathlib import Path

from hall.devices.simulated.guard import require_simulation


class FileLoudspeaker:
    """Writes call-0001.wav, call-0002.wav, … into a folder."""

    def __init__(self, folder: Path, *, mode: str) -> None:
        require_simulation(mode)
        self._folder = folder

    def play(self, wav: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        played = sum(1 for _ in self._folder.glob("call-*.wav"))
        (self._folder / f"call-{played + 1:04d}.wav").write_bytes(wav)
