"""Rebuilds resources/voice: espeak-ng speaks each clip, silence is cut off, loudness made equal.

Run by hand: `.venv/bin/python tools/voice_clips.py` (needs espeak-ng on PATH). A hall that has a better voice
records the same words (hall.devices.voice.CLIP_TEXTS) under the same names: 22.05 kHz, mono, 16 bit.
"""

import array
import io
import math
import subprocess
import wave
from pathlib import Path

from hall.devices.voice import CHIME, CLIP_TEXTS, SAMPLE_RATE, wav_file

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "voice"

# `-v cmn` spells most characters out in English; this voice reads them.
ESPEAK = ("espeak-ng", "-v", "cmn-latn-pinyin", "-s", "175", "--stdout")

LOUDNESS = 4600.0  # root mean square of the samples, of 32767
PEAK = 31000.0
SILENCE_SHARE = 0.02  # of the clip's own peak
EDGE_SAMPLES = SAMPLE_RATE // 200  # 5 ms fade, so that joined clips do not click
CHIME_NOTES = ((880.0, 0.0), (659.3, 0.35))  # hertz, seconds from the start: ding, dong
CHIME_SECONDS = 1.1


def spoken(text: str) -> list[float]:
    """The voice's samples of a text."""
    content = subprocess.run([*ESPEAK, text], check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(content), "rb") as sound:
        if (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) != (SAMPLE_RATE, 1, 2):
            raise SystemExit("espeak-ng speaks in another format than 22.05 kHz mono 16 bit")
        samples = array.array("h", sound.readframes(sound.getnframes()))
    return [float(sample) for sample in samples]


def chime() -> list[float]:
    """Two struck notes that die away."""
    samples = []
    for position in range(int(CHIME_SECONDS * SAMPLE_RATE)):
        now = position / SAMPLE_RATE
        struck = [(hertz, now - start) for hertz, start in CHIME_NOTES if now >= start]
        samples.append(sum(math.sin(math.tau * hertz * age) * math.exp(-5.0 * age) for hertz, age in struck))
    return samples


def trimmed(samples: list[float]) -> list[float]:
    """Without the silence before and after."""
    threshold = max(map(abs, samples)) * SILENCE_SHARE
    loud = [position for position, sample in enumerate(samples) if abs(sample) > threshold]
    return samples[max(loud[0] - EDGE_SAMPLES, 0) : loud[-1] + EDGE_SAMPLES]


def levelled(samples: list[float]) -> bytes:
    """16-bit samples at the common loudness, faded in and out at the very edges."""
    loudness = math.sqrt(sum(sample * sample for sample in samples) / len(samples))
    gain = min(LOUDNESS / loudness, PEAK / max(map(abs, samples)))
    last = len(samples) - 1
    faded = (
        round(sample * gain * min(1.0, position / EDGE_SAMPLES, (last - position) / EDGE_SAMPLES))
        for position, sample in enumerate(samples)
    )
    return array.array("h", faded).tobytes()


def main() -> None:
    """Writes every clip anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    sounds = {CHIME: chime(), **{name: trimmed(spoken(text)) for name, text in CLIP_TEXTS.items()}}
    for name, samples in sounds.items():
        (FOLDER / f"{name}.wav").write_bytes(wav_file(levelled(samples)))


if __name__ == "__main__":
    main()
