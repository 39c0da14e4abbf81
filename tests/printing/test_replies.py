"""What comes back from a slip printer is told apart, in whatever pieces and order it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.printing.replies import Automatic, Replies, read_automatic

READY, PAPER_OUT = b"\x10\x00\x00\x00", b"\x18\x00\x0f\x00"
NOTHING = Automatic(offline=False, cover_open=False, cutter_error=False, paper_near_end=False, paper_out=False)


def heard(*pieces: bytes) -> Replies:
    replies = Replies()
    for piece in pieces:
        replies.feed(piece)
    return replies


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (READY, NOTHING),
        (PAPER_OUT, Automatic(True, False, False, True, True)),
        (b"\x38\x00\x00\x00", Automatic(True, True, False, False, False)),
        (b"\x18\x08\x00\x00", Automatic(True, False, True, False, False)),
        (b"\x10\x00\x03\x00", Automatic(False, False, False, True, False)),
    ],
)
def test_an_automatic_status_says_what_epsons_bits_say(group: bytes, said: Automatic) -> None:
    assert read_automatic(group) == said
    replies = heard(group)
    assert (replies.automatic, replies.answer, replies.marked) == (said, None, False)


@given(st.integers(0, 4))
def test_an_answer_among_the_bytes_of_an_automatic_status_disturbs_neither(at: int) -> None:
    replies = heard(PAPER_OUT[:at], b"\x1a", PAPER_OUT[at:])
    assert replies.answer == 0x1A
    assert replies.automatic == read_automatic(PAPER_OUT)
    assert not replies.marked


@pytest.mark.parametrize("mark", [b"\x00", b"\x0c", b"\x60"])
def test_a_mark_is_heard_beside_answers_automatic_status_and_flow_control(mark: bytes) -> None:
    assert heard(b"\x12\x13" + READY + b"\x11", mark).marked
    assert not heard(b"\x12\x13" + READY + b"\x11").marked


def test_a_torn_automatic_status_gives_way_to_the_next() -> None:
    assert heard(PAPER_OUT[:2], READY).automatic == NOTHING


@given(st.binary(max_size=40))
def test_an_answer_has_its_fixed_bits_whatever_comes(received: bytes) -> None:
    replies = heard(received)
    assert replies.answer is None or replies.answer & 0x93 == 0x12
