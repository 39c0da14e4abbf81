"""At every byte boundary of a reader's answers: cut, wrong, lost, gained, unplugged. No wrong field is ever believed.

Here the line is a script with its own clock, so that each boundary takes less than a millisecond; the same faults on
a real line, at some boundaries, are in test_card_watch.py.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from hall.devices.frames import FrameParser, build_frame
from hall.devices.idcard import FIND, NEWEST_ADDRESS, READ, SELECT, STATUS, CardReader, Command, NoAnswer
from hall.devices.simulated.cards import ALL_CARDS, HMT, LI_RARE
from hall.devices.simulated.reader import SPOILS, Fault
from hall.devices.simulated.text_block import encode_text_block, pad
from hall.errors import HallError
from hall.lines import PortUnavailable
from hall.rules.cards import Card

SLICE = 0.05
PHOTO = bytes(range(256)) * 4
AROUND: tuple[Fault, ...] = ("stale", "pregarbage", "echo", "double", "hugelen", "noise")


def replies(card: Card) -> dict[bytes, bytes]:
    """What a sound reader answers to each command."""
    text = encode_text_block(card)
    lengths = len(text).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
    newest = b"\x90" + pad(card.newest_address, 70) if card.newest_address else b"\x91"
    bodies = {
        STATUS: b"\x90",
        FIND: b"\x9f" + bytes(4),
        SELECT: b"\x90" + bytes(8),
        READ: b"\x90" + lengths + text + PHOTO,
        NEWEST_ADDRESS: newest,
    }
    return {command.body: build_frame(b"\0\0" + body) for command, body in bodies.items()}


@dataclass
class ScriptedLine:
    """What each command is answered with, portion by portion; None pulls the plug. A silence takes its clock's time."""

    answers: dict[bytes, Sequence[bytes | None]]
    now: float = 0.0
    coming: deque[bytes | None] = field(default_factory=deque)

    def write(self, message: bytes) -> None:
        for command in FrameParser().feed(message):
            self.coming.extend(self.answers[command])

    def read(self) -> bytes:
        if not self.coming:
            self.now += SLICE
            return b""
        portion = self.coming.popleft()
        if portion is None:
            raise PortUnavailable("script", "连接中断")
        return portion

    def flush_input(self) -> None:
        self.coming.clear()


class NoSleep(threading.Event):
    """Whoever waits for it goes on at once."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


def reader_of(card: Card, command: Command, portions: Sequence[bytes | None]) -> CardReader:
    """A reader that answers one command so, and the others as it should."""
    line = ScriptedLine({body: (reply,) for body, reply in replies(card).items()} | {command.body: portions})
    return CardReader(line, stop=NoSleep(), monotonic=lambda: line.now)


def read(card: Card, command: Command, portions: Sequence[bytes | None]) -> Card:
    reader = reader_of(card, command, portions)
    assert reader.find()
    return reader.select_and_read()


@pytest.mark.parametrize("command", [FIND, SELECT, READ], ids=["find", "select", "read"])
def test_an_answer_cut_anywhere_is_none(command: Command) -> None:
    whole = replies(LI_RARE)[command.body]
    for cut in range(len(whole)):
        with pytest.raises(NoAnswer):
            read(LI_RARE, command, (whole[:cut],))


@pytest.mark.parametrize("command", [FIND, SELECT, READ], ids=["find", "select", "read"])
def test_an_answer_with_a_wrong_byte_anywhere_is_none(command: Command) -> None:
    whole = replies(LI_RARE)[command.body]
    for place in range(len(whole)):
        for mask in (0x01, 0xFF):
            wrong = whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :]
            with pytest.raises(NoAnswer):
                read(LI_RARE, command, (wrong,))


@pytest.mark.parametrize("command", [FIND, SELECT, READ, NEWEST_ADDRESS], ids=["find", "select", "read", "newest"])
def test_a_plug_pulled_anywhere_in_an_answer_is_told_and_nothing_was_read(command: Command) -> None:
    whole = replies(LI_RARE)[command.body]
    for cut in range(len(whole)):
        with pytest.raises(PortUnavailable):
            read(LI_RARE, command, (whole[:cut], None))


@pytest.mark.parametrize("portioned", [True, False], ids=["in portions", "at once"])
def test_an_answer_torn_anywhere_and_sent_again_is_the_whole_one(portioned: bool) -> None:
    whole = replies(LI_RARE)[READ.body]
    for cut in range(len(whole)):
        portions = (whole[:cut], whole) if portioned else (whole[:cut] + whole,)
        assert read(LI_RARE, READ, portions) == LI_RARE


@pytest.mark.parametrize("fault", AROUND)
def test_what_comes_around_an_answer_does_not_spoil_it_wherever_the_line_cuts_it(fault: Fault) -> None:
    spoilt = SPOILS[fault](READ.body, replies(LI_RARE)[READ.body])
    for cut in range(len(spoilt)):
        assert read(LI_RARE, READ, (spoilt[:cut], spoilt[cut:])) == LI_RARE


def test_an_answer_that_comes_byte_by_byte_is_read() -> None:
    whole = replies(LI_RARE)[READ.body]
    assert read(LI_RARE, READ, [bytes([byte]) for byte in whole]) == LI_RARE


def spoilt_past_the_check(whole: bytes, lose: int, place: int) -> bytes:
    """A frame that lost bytes here, or gained one, followed by just the byte that makes its check right."""
    if lose:
        kept = whole[:place] + whole[place + lose :]
        rest = bytes(lose - 1)
        right = whole[place]
        for byte in whole[place + 1 : place + lose]:
            right ^= byte
        return kept + rest + bytes([right])
    return whole[:place] + whole[-1:] + whole[place:]


@pytest.mark.parametrize("lose", [0, 1], ids=["gained", "lost"])
@pytest.mark.parametrize("card", ALL_CARDS, ids=lambda card: card.id_number[:6])
def test_a_frame_shifted_by_a_byte_anywhere_is_not_believed_even_if_its_check_is_right(card: Card, lose: int) -> None:
    """What is shifted behind the last field changes none: the card is then the card."""
    whole = replies(card)[READ.body]
    outcomes: list[Card | None] = []
    for place in range(7, len(whole)):
        try:
            outcomes.append(read(card, READ, (spoilt_past_the_check(whole, lose, place),)))
        except HallError:
            outcomes.append(None)
    assert set(outcomes) == {None, card}
    assert outcomes.index(card) > 200  # behind the last day of validity at the earliest


@pytest.mark.parametrize("lose", [0, 1], ids=["gained", "lost"])
def test_a_newest_address_shifted_by_a_byte_anywhere_is_not_believed(lose: int) -> None:
    whole = replies(LI_RARE)[NEWEST_ADDRESS.body]
    outcomes = [
        read(LI_RARE, NEWEST_ADDRESS, (spoilt_past_the_check(whole, lose, place),)).newest_address
        for place in range(7, len(whole))
    ]
    assert set(outcomes) <= {None, LI_RARE.newest_address}


@pytest.mark.parametrize("spoil", ["cut", "wrong"])
def test_a_newest_address_spoilt_anywhere_leaves_the_card_with_its_own(spoil: str) -> None:
    whole = replies(LI_RARE)[NEWEST_ADDRESS.body]
    own = replace(LI_RARE, newest_address=None)
    for place in range(len(whole)):
        wrong = whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :]
        assert read(LI_RARE, NEWEST_ADDRESS, (whole[:place] if spoil == "cut" else wrong,)) == own


def test_the_newest_of_several_addresses_is_told_and_the_cards_own_is_kept() -> None:
    for count in (1, 2, 3, 4):
        addresses = [f"示例省虚构市搬迁路{number}号" for number in range(count)]
        reply = build_frame(b"\0\0\x90" + b"".join(pad(address, 70) for address in addresses))
        card = read(HMT, NEWEST_ADDRESS, (reply,))
        assert (card.newest_address, card.address) == (addresses[-1], HMT.address)
        assert card.home_address == addresses[-1]
    assert HMT.home_address == HMT.address


def test_a_module_that_never_answers_the_newest_address_is_asked_twice_and_no_more() -> None:
    reader = reader_of(HMT, NEWEST_ADDRESS, ())
    line: ScriptedLine = reader._line  # type: ignore[assignment]
    took = []
    for _ in range(4):
        began = line.now
        assert reader.read() == HMT
        took.append(line.now - began)
    assert [seconds > 1 for seconds in took] == [True, True, False, False]


Deed = Callable[[CardReader], object]


@pytest.mark.parametrize(("deed", "seconds"), [(CardReader.find, 1.0), (CardReader.read, 3.0)])
def test_a_line_that_brings_noise_without_end_is_given_up_in_time(deed: Deed, seconds: float) -> None:
    class Storm(ScriptedLine):
        def read(self) -> bytes:
            self.now += 0.01
            return b"\xaa\xaa\xaa\x96\x69\x09\x00" * 64

    line = Storm(dict.fromkeys(replies(HMT), ()))
    with pytest.raises(NoAnswer):
        deed(CardReader(line, stop=NoSleep(), monotonic=lambda: line.now))
    assert line.now < seconds + 1.2  # and a second for the status that is asked afterwards
