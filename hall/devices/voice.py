"""What is called out in the hall, and how one announcement is joined from recorded clips, or read as a text."""

import io
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hall.devices.loudspeaker import Loudspeaker
from hall.errors import Refused, Unavailable

SAMPLE_RATE = 22_050
"""Hertz; every clip is mono, 16 bit."""

_SAMPLE_BYTES = 2
_WORD_GAP_MS = 40
PAUSES_MS = {"comma": 250, "repeat": 800}
"""Marks among the spoken words that are silence instead of a clip."""

_DIGITS = "零一二三四五六七八九"
CLIP_TEXTS: dict[str, str] = {
    "please": "请",
    "number": "号",
    "to": "到",
    "counter": "号窗口",
    "handle": "办理",
    "heard": "听到广播后",
    "soon": "尽快前往",
    "ten": "十",
    "hundred": "百",
    **{f"digit_{value}": word for value, word in enumerate(_DIGITS)},
    **{f"letter_{letter.lower()}": letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}
"""Every recorded clip and the words it holds; `chime` comes beside them."""

CHIME = "chime"
_HIGHEST_COUNTER = 999


class Unspeakable(Refused):
    """A ticket code or counter number for which there are no clips."""


class ClipsUnusable(Unavailable):
    """A recorded clip is absent or of another format than the rest."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"语音片段 {path.name} {fault}，不能播报，请恢复程序自带的 voice 文件夹。")
        self.path = path


def spoken_words(ticket_code: str, counter_number: int, *, again: bool = False) -> tuple[str, ...]:
    """Clips and pauses of 请A017号，到3号窗口办理: a chime, then the sentence twice.

    The code is read sign by sign (A 零 一 七), the counter as a cardinal (十二号窗口), so that
    the two numbers cannot be taken for each other. A call that is repeated ends with 请听到广播后尽快前往.
    Raises Unspeakable.
    """
    sentence = (
        "please",
        *(_sign(sign, ticket_code) for sign in ticket_code),
        "number",
        "comma",
        "to",
        *_cardinal(counter_number),
        "counter",
        "handle",
    )
    hurry = ("comma", "please", "heard", "soon") if again else ()
    return (CHIME, *sentence, "repeat", *sentence, *hurry)


def _sign(sign: str, code: str) -> str:
    if sign.isascii() and sign.isdigit():
        return f"digit_{sign}"
    if sign.isascii() and sign.isupper():
        return f"letter_{sign.lower()}"
    raise Unspeakable(f"号票 {code} 里的“{sign}”没有语音，请只用大写字母和数字作号码。")


def _cardinal(number: int) -> tuple[str, ...]:
    """三, 十二, 二十, 一百零一, 一百一十: 一 before 十 is left out only below twenty."""
    if not 1 <= number <= _HIGHEST_COUNTER:
        raise Unspeakable(f"窗口号 {number} 没有语音，请用 1 至 {_HIGHEST_COUNTER}。")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"digit_{hundreds}", "hundred"] if hundreds else []
    if tens:
        words += ["ten"] if tens == 1 and not hundreds else [f"digit_{tens}", "ten"]
    elif hundreds and ones:
        words.append("digit_0")
    if ones:
        words.append(f"digit_{ones}")
    return tuple(words)


def text_of(words: Sequence[str]) -> str:
    """The words as a text for a voice that reads: 请A零一七号，到三号窗口办理。"""
    marks = {CHIME: "", "comma": "，", "repeat": "。"}
    return "".join(CLIP_TEXTS.get(word) or marks[word] for word in words) + "。"


class Voice(Protocol):
    """Says an announcement and returns when it has been heard; raises LoudspeakerUnavailable."""

    def say(self, words: Sequence[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class ClipVoice:
    """Recorded clips, joined at the moment they are needed."""

    loudspeaker: Loudspeaker
    clips: Mapping[str, bytes]

    def say(self, words: Sequence[str]) -> None:
        self.loudspeaker.play(join(words, self.clips))


def load_clips(folder: Path) -> dict[str, bytes]:
    """The samples of every clip in a folder of NAME.wav files; raises ClipsUnusable."""
    return {name: _samples(folder / f"{name}.wav") for name in (CHIME, *CLIP_TEXTS)}


def _samples(path: Path) -> bytes:
    try:
        with wave.open(str(path), "rb") as clip:
            shape = (clip.getnchannels(), clip.getsampwidth(), clip.getframerate())
            samples = clip.readframes(clip.getnframes())
    except FileNotFoundError as error:
        raise ClipsUnusable(path, "不见了") from error
    except (wave.Error, EOFError, OSError) as error:
        raise ClipsUnusable(path, "读不出来") from error
    if shape != (1, _SAMPLE_BYTES, SAMPLE_RATE):
        raise ClipsUnusable(path, "格式不是 22.05 千赫、单声道、16 位")
    return samples


def join(words: Sequence[str], clips: Mapping[str, bytes]) -> bytes:
    """One WAV file of the words: a short gap between words, the pauses' own silence instead of it."""
    sound = bytearray()
    gap_due = False
    for word in words:
        if word in PAUSES_MS:
            sound += _silence(PAUSES_MS[word])
            gap_due = False
            continue
        if gap_due:
            sound += _silence(_WORD_GAP_MS)
        sound += clips[word]
        gap_due = True
    return wav_file(bytes(sound))


def _silence(milliseconds: int) -> bytes:
    return bytes(SAMPLE_RATE * milliseconds // 1000 * _SAMPLE_BYTES)


def wav_file(samples: bytes) -> bytes:
    """A WAV file of mono 16-bit samples at the clips' rate."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(_SAMPLE_BYTES)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples)
    return content.getvalue()
