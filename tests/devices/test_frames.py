"""Frames: the protocol's published bytes, and finding frames in any stream."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.devices.frames import LENGTH_CAP, PREAMBLE, FrameParser, build_frame

BODIES = st.binary(min_size=2, max_size=60)
# Noise that may hold any byte but no whole preamble, not even together with what comes next.
NOISE = st.binary(max_size=40).filter(lambda noise: PREAMBLE not in noise + PREAMBLE[:-1])


def portions(stream: bytes, cuts: list[int]) -> list[bytes]:
    """The stream cut at these places."""
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    return [stream[start:end] for start, end in itertools.pairwise(places)]


def parse(parser: FrameParser, stream: bytes, cuts: list[int] | None = None) -> list[bytes]:
    return [body for portion in portions(stream, cuts or []) for body in parser.feed(portion)]


@pytest.mark.parametrize(
    ("body", "frame"),
    [
        ("10FF", "AAAAAA9669000310FFEC"),
        ("11FF", "AAAAAA9669000311FFED"),
        ("2001", "AAAAAA96690003200122"),
        ("2002", "AAAAAA96690003200221"),
        ("3001", "AAAAAA96690003300132"),
        ("3003", "AAAAAA96690003300330"),
        ("61FF50", "AAAAAA9669000461FF50CA"),
        ("000090", "AAAAAA9669000400009094"),
        ("00009F00000000", "AAAAAA9669000800009F0000000097"),
        ("0000900000000000000000", "AAAAAA9669000C00009000000000000000009C"),
        (
            "00009005000300052535010F270000FFE0F505",
            "AAAAAA9669001400009005000300052535010F270000FFE0F50551",
        ),
    ],
)
def test_frames_have_the_bytes_of_the_protocol(body: str, frame: str) -> None:
    assert build_frame(bytes.fromhex(body)) == bytes.fromhex(frame)
    assert FrameParser().feed(bytes.fromhex(frame)) == [bytes.fromhex(body)]


@given(
    bodies=st.lists(BODIES, min_size=1, max_size=4),
    noises=st.lists(NOISE, min_size=5, max_size=5),
    cuts=st.lists(st.integers(0, 400), max_size=30),
)
def test_every_frame_is_found_between_noise_in_any_portions(
    bodies: list[bytes], noises: list[bytes], cuts: list[int]
) -> None:
    stream = b"".join(noise + build_frame(body) for noise, body in zip(noises, bodies, strict=False))
    assert parse(FrameParser(), stream + noises[-1], cuts) == bodies


@given(body=BODIES, place=st.integers(0, 200), flip=st.integers(1, 255), cuts=st.lists(st.integers(0, 140)))
def test_a_damaged_frame_is_never_taken_and_the_next_one_is_found(
    body: bytes, place: int, flip: int, cuts: list[int]
) -> None:
    frame = build_frame(body)
    place %= len(frame)
    damaged = frame[:place] + bytes([frame[place] ^ flip]) + frame[place + 1 :]
    good = build_frame(b"\0\0\x80")
    bodies = parse(FrameParser(), damaged + good + good, cuts)
    assert body not in bodies or body == b"\0\0\x80"
    assert bodies[-1] == b"\0\0\x80"


@settings(max_examples=50)
@given(rubbish=st.lists(st.binary(max_size=60) | st.just(PREAMBLE) | st.just(PREAMBLE + b"\x09\0"), max_size=300))
def test_the_parser_never_keeps_more_than_one_frame(rubbish: list[bytes]) -> None:
    parser = FrameParser()
    for portion in rubbish:
        parser.feed(portion)
        assert len(parser._buffer) <= len(PREAMBLE) + 2 + LENGTH_CAP
    assert parser.received == sum(map(len, rubbish))


@pytest.mark.parametrize("run", range(6))
def test_more_aa_before_the_preamble_do_not_hide_it(run: int) -> None:
    stream = b"\xaa" * run + build_frame(b"\0\0\x90")
    for cut in range(len(stream)):
        assert parse(FrameParser(), stream, [cut]) == [b"\0\0\x90"]


@pytest.mark.parametrize("header", ["FFFF", "0961", "0000", "0001", "0002"])
def test_an_absurd_length_is_skipped_at_once(header: str) -> None:
    stream = PREAMBLE + bytes.fromhex(header) + build_frame(b"\0\0\x90")
    assert FrameParser().feed(stream) == [b"\0\0\x90"]


def test_a_false_header_that_promises_more_does_not_hide_the_frame_behind_it() -> None:
    parser = FrameParser()
    assert parser.feed(PREAMBLE + b"\x08\x00" + build_frame(b"\0\0\x9f")) == [b"\0\0\x9f"]
    assert parser.feed(build_frame(b"\0\0\x80")) == [b"\0\0\x80"]


def test_the_longest_frame_is_taken_and_a_longer_one_is_not() -> None:
    longest = bytes(LENGTH_CAP - 1)
    assert FrameParser().feed(build_frame(longest)) == [longest]
    assert FrameParser().feed(build_frame(longest + b"\0")) == []
