"""The counter display: what is told stands on it, however the line behaves, and a display that lags is noticed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Queue
from typing import get_args

import pytest

from hall.devices.counter_display import check, watch
from hall.devices.counter_display_frames import KINDS, LONGEST_TEXT, SHOWN, Sign
from hall.devices.counter_frames import DeviceState, Frame, FrameParser
from hall.devices.counter_line import DeviceSilent
from hall.devices.simulated.counter_device import CounterFault
from hall.devices.simulated.counter_display import ALONE_SECONDS, SimulatedCounterDisplay
from hall.errors import Refused
from hall.rules.call_words import SentenceKind
from hall.words import COUNTER_DISPLAY_STATES
from tests.loops import PATIENCE, RunLoop

CALLED: tuple[SentenceKind, str] = ("called", "请 A017 号")


def test_the_documented_frames_are_what_is_sent() -> None:
    sign = Sign()
    sign.show("idle", "欢迎光临")
    sent = Frame(sign.frame.command, b"!" + sign.frame.data[1:])
    assert sent.encoded == bytes.fromhex("02 0B 53 21 49 BB B6 D3 AD B9 E2 C1 D9 00")
    assert Frame(SHOWN, b"!").encoded == bytes.fromhex("02 02 41 21 62")


def test_every_kind_and_state_is_known() -> None:
    assert set(get_args(SentenceKind)) == KINDS.keys()
    assert set(get_args(DeviceState)) == COUNTER_DISPLAY_STATES.keys()


def test_the_same_text_is_one_change_and_another_one_has_another_number() -> None:
    sign, frames = Sign(), []
    for turn in range(200):
        for _ in range(2):
            sign.show("called", f"请 A{turn:03d} 号")
            frames.append(sign.frame)
    numbers = [frame.data[0] for frame in frames]
    assert numbers[::2] == numbers[1::2]
    assert all(one != other for one, other in zip(numbers[::2], numbers[2::2], strict=False))
    assert all(byte >= 0x20 for frame in frames for byte in frame.data)
    assert FrameParser().feed(b"".join(frame.encoded for frame in frames)) == frames


def test_a_text_that_does_not_fit_a_frame_is_refused() -> None:
    Sign().show("idle", "x" * LONGEST_TEXT)
    with pytest.raises(ValueError, match="62 bytes"):
        Sign().show("idle", "x" * (LONGEST_TEXT + 1))


@dataclass
class Counter:
    """A display, its loop, and what the loop has told."""

    device: SimulatedCounterDisplay
    sign: Sign = field(default_factory=Sign)
    states: Queue[DeviceState] = field(default_factory=Queue)

    def until(self, state: DeviceState) -> None:
        while self.states.get(timeout=PATIENCE) != state:
            pass


Eventually = Callable[[Callable[[], bool]], None]


@pytest.fixture
def run_watch(
    run_loop: RunLoop, make_stop: Callable[[], threading.Event], fast_clock: Callable[[], float]
) -> Callable[[Counter], Counter]:
    """Serves a display and follows it, until the test is over."""

    def run(counter: Counter) -> Counter:
        port, on_state = counter.device.port, counter.states.put
        run_loop(counter.device.serve)
        run_loop(
            lambda stop: watch(port, 9600, sign=counter.sign, on_state=on_state, stop=stop, monotonic=fast_clock),
            make_stop(),
        )
        return counter

    return run


@pytest.fixture
def counter(tmp_path: Path, run_watch: Callable[[Counter], Counter]) -> Counter:
    return run_watch(Counter(SimulatedCounterDisplay(tmp_path / "display", mode="development")))


def test_before_anything_is_known_the_counter_invites_nobody(counter: Counter, eventually: Eventually) -> None:
    eventually(lambda: counter.device.shows == ("pause", "暂停服务"))


@pytest.mark.parametrize("fault", [None, "noise", "split", "double", "echo"])
def test_what_is_told_stands_on_the_display(
    counter: Counter, eventually: Eventually, fault: CounterFault | None
) -> None:
    counter.device.misbehave(fault)
    told: tuple[tuple[SentenceKind, str], ...] = (("idle", "欢迎光临"), CALLED, ("busy", "正在办理 A017"))
    for number in range(3):
        counter.sign.show(*told[number])
        eventually(partial(_shows, counter.device, told[number]))
    counter.until("ready")
    assert tuple(counter.device.shown)[-3:] == told


def _shows(device: SimulatedCounterDisplay, told: tuple[SentenceKind, str]) -> bool:
    return device.shows == told


def test_after_a_replug_the_display_shows_the_state_again(counter: Counter, eventually: Eventually) -> None:
    counter.sign.show(*CALLED)
    eventually(lambda: counter.device.shows == CALLED)
    counter.until("ready")
    counter.device.unplug()
    counter.until("absent")
    counter.device.plug()
    counter.until("ready")
    eventually(lambda: counter.device.shows == CALLED)


@pytest.mark.parametrize("fault", ["silent", "badsum", "torn"])
def test_a_display_that_does_not_answer_is_told_silent_and_recovers(counter: Counter, fault: CounterFault) -> None:
    counter.until("ready")
    counter.device.misbehave(fault)
    counter.until("silent")
    counter.device.misbehave(None)
    counter.until("ready")


def test_a_display_that_still_shows_what_was_before_counts_as_silent(
    tmp_path: Path, run_watch: Callable[[Counter], Counter]
) -> None:
    class Stuck(SimulatedCounterDisplay):
        def take(self, frame: Frame) -> Frame:
            super().take(frame)
            return Frame(SHOWN, b"~")

    counter = run_watch(Counter(Stuck(tmp_path / "stuck", mode="development")))
    assert counter.states.get(timeout=PATIENCE) == "silent"


def test_a_display_left_alone_says_so_by_itself(tmp_path: Path) -> None:
    times = iter((100.0, 100.0 + ALONE_SECONDS - 0.1, 100.0 + ALONE_SECONDS))
    display = SimulatedCounterDisplay(tmp_path / "display", mode="development", monotonic=lambda: next(times))
    shown = [display.shows]
    display.take(Frame(b"S", b"!I" + "欢迎光临".encode("gb18030")))
    shown += [display.shows, display.shows]
    assert shown == [None, ("idle", "欢迎光临"), ("pause", "暂停服务")]
    display.unplug()


def test_the_simulated_display_refuses_production(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        SimulatedCounterDisplay(tmp_path / "display", mode="production")


def test_a_check_believes_only_the_answer_to_what_it_said(tmp_path: Path, run_loop: RunLoop) -> None:
    other = SimulatedCounterDisplay(tmp_path / "other", mode="development")
    run_loop(other.serve)
    check(other.port, 9600)
    assert other.shows == ("pause", "暂停服务")
    other.misbehave("torn")
    with pytest.raises(DeviceSilent, match="窗口屏没有应答"):
        check(other.port, 9600)
