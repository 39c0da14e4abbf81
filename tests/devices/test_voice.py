"""What is called out, in which order, and that the joined sound can be heard."""

import array
import io
import wave
from pathlib import Path

import pytest

from hall.devices.voice import (
    CHIME,
    CLIP_TEXTS,
    PAUSES_MS,
    SAMPLE_RATE,
    ClipsUnusable,
    Unspeakable,
    join,
    load_clips,
    spoken_words,
    wav_file,
)
from hall.resources import resource

VOICE = resource("voice")
SENTENCE_A017_TO_3 = "请A零一七号，到三号窗口办理"


def in_chinese(words: tuple[str, ...]) -> str:
    marks = {CHIME: "叮", "comma": "，", "repeat": "／"}
    return "".join(marks.get(word) or CLIP_TEXTS[word] for word in words)


def counter_words(number: int) -> str:
    sentence = in_chinese(spoken_words("A1", number)).split("／")[1]
    return sentence.removeprefix("请A一号，到").removesuffix("号窗口办理")


def samples_of(wav: bytes) -> list[int]:
    with wave.open(io.BytesIO(wav), "rb") as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, SAMPLE_RATE)
        return list(array.array("h", sound.readframes(sound.getnframes())))


def test_a_call_is_a_chime_and_the_sentence_twice() -> None:
    assert in_chinese(spoken_words("A017", 3)) == f"叮{SENTENCE_A017_TO_3}／{SENTENCE_A017_TO_3}"


def test_every_letter_and_digit_of_a_code_is_read_by_itself() -> None:
    assert in_chinese(spoken_words("BC1102", 1)).startswith("叮请BC一一零二号，")


@pytest.mark.parametrize(
    ("code", "read"),
    [("XYZ017", "XYZ零一七"), ("A1000", "A一零零零"), ("L9999", "L九九九九"), ("ABC1020", "ABC一零二零")],
)
def test_long_prefixes_and_four_digits_are_read_singly(code: str, read: str) -> None:
    assert in_chinese(spoken_words(code, 2)).startswith(f"叮请{read}号，")


def test_a_call_that_is_repeated_asks_to_come_soon() -> None:
    once = f"{SENTENCE_A017_TO_3}／{SENTENCE_A017_TO_3}"
    assert in_chinese(spoken_words("A017", 3, again=True)) == f"叮{once}，请听到广播后尽快前往"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (999, "九百九十九"),
    ],
)
def test_a_counter_is_read_as_a_cardinal(number: int, words: str) -> None:
    assert counter_words(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_counter_without_clips_is_refused(number: int) -> None:
    with pytest.raises(Unspeakable, match="窗口号"):
        spoken_words("A017", number)


@pytest.mark.parametrize("code", ["a017", "A-017", "甲01", "A０17"])
def test_a_code_without_clips_is_refused(code: str) -> None:
    with pytest.raises(Unspeakable, match="没有语音"):
        spoken_words(code, 3)


def test_there_is_a_shipped_clip_of_one_format_for_every_word() -> None:
    clips = load_clips(VOICE)
    assert clips.keys() == {CHIME, *CLIP_TEXTS}
    assert {path.stem for path in VOICE.glob("*.wav")} == clips.keys()
    assert sum(path.stat().st_size for path in VOICE.iterdir()) < 3_000_000


def test_every_shipped_clip_is_trimmed_and_as_loud_as_the_others() -> None:
    for name, frames in load_clips(VOICE).items():
        samples = array.array("h", frames)
        loudness = (sum(sample * sample for sample in samples) / len(samples)) ** 0.5
        assert 4400 < loudness < 4700, name
        assert 0.1 < len(samples) / SAMPLE_RATE < 1.5, name
        assert max(map(abs, samples[: SAMPLE_RATE // 20])) > 200, name


def test_a_joined_call_is_as_long_as_its_words_gaps_and_pauses() -> None:
    tone = array.array("h", [5000] * (SAMPLE_RATE // 10)).tobytes()
    wav = join(("please", "number", "comma", "to"), {"please": tone, "number": tone, "to": tone})
    samples = samples_of(wav)
    assert len(samples) == 3 * (SAMPLE_RATE // 10) + SAMPLE_RATE * 40 // 1000 + SAMPLE_RATE * 250 // 1000
    gap = samples[SAMPLE_RATE // 10 : SAMPLE_RATE // 10 + SAMPLE_RATE * 40 // 1000]
    assert set(gap) == {0}


def test_a_whole_call_can_be_heard_and_is_over_in_fifteen_seconds() -> None:
    samples = samples_of(join(spoken_words("A017", 12), load_clips(VOICE)))
    assert 5 < len(samples) / SAMPLE_RATE < 15
    longest = samples_of(join(spoken_words("XYZ1234", 12, again=True), load_clips(VOICE)))
    assert len(longest) / SAMPLE_RATE < 25
    assert max(map(abs, samples)) > 10_000


def test_the_pause_before_the_repetition_is_the_longest() -> None:
    assert max(PAUSES_MS, key=lambda mark: PAUSES_MS[mark]) == "repeat"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "不见了"),
        (b"", "读不出来"),
        (b"not a sound at all", "读不出来"),
        (
            wav_file(b"\0\0").replace(SAMPLE_RATE.to_bytes(4, "little"), (8000).to_bytes(4, "little")),
            "格式不是",
        ),
    ],
)
def test_an_unusable_clip_is_named(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / f"{CHIME}.wav").write_bytes(content)
    with pytest.raises(ClipsUnusable, match=words) as caught:
        load_clips(tmp_path)
    assert "chime.wav" in str(caught.value)
