"""The evaluator: frames among noise, one answer to an invitation, and a line that comes and goes."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Queue
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.devices.counter_frames import LONGEST, DeviceState, Frame, FrameParser
from hall.devices.counter_line import DeviceSilent
from hall.devices.evaluator import check, watch
from hall.devices.evaluator_frames import (
    COMMANDS,
    LEVEL,
    Show,
    Wish,
    level_of,
)
from hall.devices.simulated.counter_device import CounterFault
from hall.devices.simulated.evaluator import SimulatedEvaluator
from hall.errors import Refused
from hall.lines import PortUnavailable
from hall.words import EVALUATOR_SHOWS, EVALUATOR_STATES
from tests.loops import PATIENCE, RunLoop, running_loops

LETTERS = st.integers(0x21, 0x7E)
frames = st.builds(
    Frame,
    st.sampled_from([b"I", b"R", b"L", b"H"]),
    st.lists(LETTERS, max_size=LONGEST - 1).map(bytes),
)


def test_the_documented_frames_are_what_is_sent() -> None:
    assert Frame(b"I").encoded == bytes.fromhex("02 01 49 48")
    assert Frame(b"R", b"!").encoded == bytes.fromhex("02 02 52 21 71")
    assert Frame(b"L", b"5!").encoded == bytes.fromhex("02 03 4C 35 21 5B")


def test_every_show_and_state_has_words() -> None:
    assert COMMANDS.keys() == EVALUATOR_SHOWS.keys()
    assert set(get_args(DeviceState)) == EVALUATOR_STATES.keys()


@given(st.lists(frames), st.data())
def test_frames_come_whole_and_in_order_however_the_line_cuts_them(sent: list[Frame], data: st.DataObject) -> None:
    stream = b"".join(frame.encoded for frame in sent)
    parser, heard = FrameParser(), []
    while stream:
        cut = data.draw(st.integers(1, len(stream)))
        heard += parser.feed(stream[:cut])
        stream = stream[cut:]
    assert heard == sent


@given(st.binary(max_size=200), frames)
def test_a_frame_after_any_noise_is_heard_at_once(noise: bytes, sent: Frame) -> None:
    """Noise that happens to be a frame may come before it, and may take its first bytes: then the next one counts."""
    heard = FrameParser().feed(noise + sent.encoded + sent.encoded)
    assert sent in heard


@given(frames, st.integers(1, 255), st.data())
def test_a_frame_with_a_wrong_byte_is_not_heard(sent: Frame, change: int, data: st.DataObject) -> None:
    spoilt = bytearray(sent.encoded)
    position = data.draw(st.integers(2, len(spoilt) - 1))
    spoilt[position] ^= change
    assert sent not in FrameParser().feed(bytes(spoilt))


@given(st.binary())
def test_noise_alone_does_not_fill_the_memory(noise: bytes) -> None:
    parser = FrameParser()
    for _ in range(20):
        parser.feed(noise)
    assert len(parser.buffered) <= LONGEST + 2


def test_every_invitation_differs_from_the_one_before() -> None:
    wish = Wish()
    asked = []
    for _ in range(200):
        wish.show("rate")
        asked.append(wish.frame)
    assert all(one != other for one, other in itertools.pairwise(asked))
    assert all(frame.data.isascii() and frame.data.decode().isprintable() for frame in asked)


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        (Frame(LEVEL, b"1!"), 1),
        (Frame(LEVEL, b"5!"), 5),
        (Frame(LEVEL, b'5"'), None),
        (Frame(LEVEL, b"0!"), None),
        (Frame(LEVEL, b"6!"), None),
        (Frame(LEVEL, b"5"), None),
        (Frame(LEVEL, b"55!"), None),
        (Frame(b"H", b"5!"), None),
    ],
)
def test_only_a_level_of_the_open_invitation_counts(answer: Frame, level: int | None) -> None:
    assert level_of(answer, Frame(COMMANDS["rate"], b"!")) == level
    assert level_of(answer, Frame(COMMANDS["idle"])) is None


@dataclass
class Desk:
    """A device, its loop, and what the loop has told."""

    device: SimulatedEvaluator
    wish: Wish = field(default_factory=Wish)
    levels: Queue[int] = field(default_factory=Queue)
    states: Queue[DeviceState] = field(default_factory=Queue)

    def until(self, state: DeviceState) -> None:
        while self.states.get(timeout=PATIENCE) != state:
            pass


Eventually = Callable[[Callable[[], bool]], None]


@pytest.fixture
def desk(
    tmp_path: Path,
    run_loop: RunLoop,
    make_stop: Callable[[], threading.Event],
    fast_clock: Callable[[], float],
) -> Desk:
    desk = Desk(SimulatedEvaluator(tmp_path / "evaluator", mode="development"))

    def loop(stop: threading.Event) -> None:
        watch(
            desk.device.port,
            9600,
            wish=desk.wish,
            on_level=desk.levels.put,
            on_state=desk.states.put,
            stop=stop,
            monotonic=fast_clock,
        )

    run_loop(desk.device.serve)
    run_loop(loop, make_stop())
    return desk


@pytest.mark.parametrize("show", list(COMMANDS))
def test_the_device_shows_what_is_wished(desk: Desk, eventually: Eventually, show: Show) -> None:
    desk.wish.show(show)
    eventually(lambda: desk.device.shows == show)
    desk.until("ready")


def test_a_press_is_heard_once_and_the_next_invitation_is_a_new_one(desk: Desk, eventually: Eventually) -> None:
    for level in (5, 2):
        desk.wish.show("rate")
        eventually(partial(desk.device.press, level))
        assert desk.levels.get(timeout=PATIENCE) == level
        desk.device.press(1)
        desk.wish.show("idle")
        eventually(lambda: desk.device.shows == "idle")
    assert desk.levels.empty()


def test_without_an_invitation_nothing_can_be_pressed(desk: Desk, eventually: Eventually) -> None:
    eventually(lambda: desk.device.shows == "idle")
    assert not desk.device.press(5)


def test_after_a_replug_the_device_shows_the_state_again(desk: Desk, eventually: Eventually) -> None:
    desk.wish.show("rate")
    eventually(lambda: desk.device.shows == "rate")
    desk.until("ready")
    desk.device.unplug()
    desk.until("absent")
    desk.device.plug()
    desk.until("ready")
    eventually(lambda: desk.device.press(4))
    assert desk.levels.get(timeout=PATIENCE) == 4


def test_a_device_without_a_sound_answer_is_told_silent_and_recovers(desk: Desk) -> None:
    for fault in ("silent", "badsum"):
        desk.until("ready")
        desk.device.misbehave(fault)
        desk.until("silent")
        desk.device.misbehave(None)
    desk.until("ready")


@pytest.mark.parametrize("fault", ["noise", "split"])
def test_a_press_is_heard_over_a_bad_line(desk: Desk, eventually: Eventually, fault: CounterFault) -> None:
    desk.device.misbehave(fault)
    desk.wish.show("rate")
    eventually(lambda: desk.device.press(3))
    assert desk.levels.get(timeout=PATIENCE) == 3


def test_the_simulated_evaluator_refuses_production(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        SimulatedEvaluator(tmp_path / "evaluator", mode="production")


def test_a_check_asks_once_and_believes_only_an_answer(tmp_path: Path) -> None:
    other = SimulatedEvaluator(tmp_path / "other", mode="development")
    with running_loops() as run:
        run(other.serve)
        check(other.port, 9600)
        assert other.shows == "idle"
        other.misbehave("silent")
        with pytest.raises(DeviceSilent, match="没有应答"):
            check(other.port, 9600)
    with pytest.raises(PortUnavailable):
        check(other.port, 9600)
