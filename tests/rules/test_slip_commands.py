"""ESC/POS bytes divide into commands without loss, however they arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.rules.slip_commands import SlipCommand, split_commands

SLIP = (
    b"\x1b@\x1c&\x1ba\x01"
    + "收件".encode("gbk")
    + b"\n\x1dv0\x00\x02\x00\x01\x00\x1dV\x1d(k\x03\x001Q0\x10\x04\x01\x1dVB\x00"
)


def test_text_commands_and_pictures_are_told_apart() -> None:
    commands, rest = split_commands(SLIP)
    assert [command.name for command in commands] == [
        b"\x1b@",
        b"\x1c&",
        b"\x1ba",
        b"",
        b"\n",
        b"\x1dv",
        b"\x1d(",
        b"\x10\x04",
        b"\x1dV",
    ]
    assert rest == b""


def test_cut_bytes_inside_a_picture_are_not_a_cut() -> None:
    picture = b"\x1dv0\x00\x04\x00\x01\x00\x1dVB\x00"
    assert split_commands(picture)[0] == (SlipCommand(b"\x1dv", picture[2:]),)


@pytest.mark.parametrize(("cut", "body"), [(b"\x1dV\x00", b"\x00"), (b"\x1dVA\x03", b"A\x03")])
def test_a_cut_takes_a_feed_only_in_its_feeding_forms(cut: bytes, body: bytes) -> None:
    assert split_commands(cut) == ((SlipCommand(b"\x1dV", body),), b"")


@pytest.mark.parametrize("start", [b"\x1b", b"\x1d", b"\x1ba", b"\x1dV", b"\x1dVB", b"\x1dv0\x00\x01", b"\x1d(k\x03"])
def test_an_incomplete_command_waits_for_its_rest(start: bytes) -> None:
    assert split_commands(b"A" + start) == ((SlipCommand(b"", b"A"),), start)


def test_an_unknown_command_counts_as_two_bytes() -> None:
    assert split_commands(b"\x1bZA")[0] == (SlipCommand(b"\x1bZ", b""), SlipCommand(b"", b"A"))


@given(st.binary(max_size=200))
def test_no_byte_is_lost(stream: bytes) -> None:
    commands, rest = split_commands(stream)
    assert b"".join(command.raw for command in commands) + rest == stream


@given(st.integers(0, len(SLIP)))
def test_a_slip_in_two_pieces_holds_the_same_commands(at: int) -> None:
    first, rest = split_commands(SLIP[:at])
    second, left = split_commands(rest + SLIP[at:])
    joined = [command for command in first + second if command.name]
    assert left == b""
    assert joined == [command for command in split_commands(SLIP)[0] if command.name]
