"""At every byte boundary of what evaluator and counter display answer: cut, wrong, lost, gained, sent again."""

import itertools
import random
from functools import reduce
from operator import xor

import pytest

from hall.devices.counter_display_frames import SHOWN, Sign
from hall.devices.counter_frames import LONGEST, STX, Frame, FrameParser
from hall.devices.evaluator_frames import COMMANDS, HELLO, LEVEL, LEVELS, level_of

INVITATION = Frame(COMMANDS["rate"], b"!")
ANSWERS = [
    Frame(HELLO, b"SIM-1"),
    Frame(HELLO, b"x" * (LONGEST - 1)),
    Frame(SHOWN, b"!"),
    Sign().frame,
    *(Frame(LEVEL, level + b"!") for level in LEVELS),
]


def heard(*portions: bytes) -> list[Frame]:
    parser = FrameParser()
    return [frame for portion in portions for frame in parser.feed(portion)]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.encoded[:4].hex())
def test_cut_anywhere_it_is_none_and_sent_again_it_is_heard_once(answer: Frame) -> None:
    whole = answer.encoded
    for cut in range(len(whole)):
        assert heard(whole[:cut]) == []
        assert heard(whole[:cut], whole[cut:]) == [answer]
        assert heard(whole[:cut], whole) == [answer]
        assert heard(whole[:cut] + whole + whole) in ([answer], [answer, answer])


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.encoded[:4].hex())
def test_with_a_wrong_byte_anywhere_it_is_none_and_the_next_one_is_heard(answer: Frame) -> None:
    whole = answer.encoded
    for place, mask in itertools.product(range(len(whole)), (0x01, 0x40, 0xFF)):
        wrong = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
        assert answer not in heard(wrong)
        assert answer in heard(wrong + whole + whole)


@pytest.mark.parametrize("level", LEVELS)
def test_a_press_shifted_by_a_byte_anywhere_is_no_other_level_even_if_its_check_is_right(level: bytes) -> None:
    whole = Frame(LEVEL, level + INVITATION.data).encoded
    body = whole[1:-1]
    for place in range(len(body)):
        lost, gained = body[:place] + body[place + 1 :], [body[:place] + bytes([x]) + body[place:] for x in range(256)]
        for spoilt in (lost, *gained):
            stream = bytes([STX]) + spoilt + bytes([reduce(xor, spoilt, 0)])
            levels = {level_of(frame, INVITATION) for frame in heard(stream + stream)}
            assert levels <= {None, int(level)}


def test_what_was_torn_is_not_believed_where_its_check_fits_the_frame_behind_it_by_chance() -> None:
    fits, chance = 0, random.Random(7)
    for size in range(1, LONGEST, 2):
        frame = Frame(HELLO, bytes(chance.randrange(0x21, 0x7F) for _ in range(size)))
        whole = frame.encoded
        for cut in range(3, len(whole) - 1):
            assert heard(whole[:cut] + whole) == [frame]
            fits += reduce(xor, (whole[:cut] + whole)[1 : len(whole)]) == 0
    assert fits > 5
