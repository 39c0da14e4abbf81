"""The loop a worker runs: one placement is one event, states are told once, the line comes back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from queue import Empty, Queue

import pytest

from hall.devices.idcard import ReaderState, watch
from hall.devices.simulated.cards import LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.devices.simulated.reader import Fault, SimulatedReader
from hall.rules.cards import Card
from hall.words import READER_STATES
from tests.loops import PATIENCE, RunLoop

FIND, READ, STATUS = b"\x20\x01", b"\x30\x01", b"\x11\xff"


@dataclass
class Watched:
    """What a running loop has told so far."""

    stop: threading.Event
    ahead: float = 0.0
    frozen_at: float | None = None
    cards: Queue[Card] = field(default_factory=Queue)
    states: Queue[ReaderState] = field(default_factory=Queue)
    history: list[ReaderState] = field(default_factory=list)

    def next_card(self) -> Card:
        return self.cards.get(timeout=PATIENCE)

    def until(self, state: ReaderState) -> None:
        """Wait until the loop tells this state."""
        while self.take() != state:
            pass

    def take(self) -> ReaderState:
        state = self.states.get(timeout=PATIENCE)
        self.history.append(state)
        return state

    def no_more_cards(self) -> bool:
        try:
            self.cards.get_nowait()
        except Empty:
            return True
        return False


WatchPort = Callable[[str], Watched]
Eventually = Callable[[Callable[[], bool]], None]


@pytest.fixture
def watch_port(
    run_loop: RunLoop, make_stop: Callable[[], threading.Event], fast_clock: Callable[[], float]
) -> WatchPort:
    """Starts a loop on a port; it is stopped after the test and must end by itself."""

    def start(port: str) -> Watched:
        watched = Watched(make_stop())

        def loop(stop: threading.Event) -> None:
            watch(
                port,
                115200,
                on_card=watched.cards.put,
                on_state=watched.states.put,
                stop=stop,
                monotonic=lambda: fast_clock() + watched.ahead if watched.frozen_at is None else watched.frozen_at,
            )

        run_loop(loop, watched.stop)
        return watched

    return start


@pytest.fixture
def polls(simulated: SimulatedReader, eventually: Eventually) -> Callable[[], None]:
    """Wait until the loop has looked for a card a few times more."""

    def wait() -> None:
        simulated.heard.clear()
        eventually(lambda: simulated.heard.count(FIND) > 3)

    return wait


def test_one_placement_is_one_event(
    simulated: SimulatedReader, watch_port: WatchPort, polls: Callable[[], None], eventually: Eventually
) -> None:
    watched = watch_port(simulated.port)
    watched.until("place")
    watched.frozen_at = 1000.0
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI
    watched.until("done")
    assert watched.history == ["ready", "place", "reading", "done"]
    # The reader loses sight of the card for a moment and finds it again: still the same placement.
    polls()
    simulated.heard.clear()
    simulated.place(ZHANG_SHILI)
    eventually(lambda: READ in simulated.heard)
    polls()
    assert watched.no_more_cards()
    simulated.place(LI_RARE)
    assert watched.next_card() == LI_RARE


def test_the_same_card_placed_again_later_is_a_new_placement(
    simulated: SimulatedReader, watch_port: WatchPort, polls: Callable[[], None]
) -> None:
    watched = watch_port(simulated.port)
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI
    watched.until("done")
    polls()
    watched.ahead += 10
    watched.until("place")
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI


def test_a_card_that_is_found_again_and_again_is_read_once(
    simulated: SimulatedReader, watch_port: WatchPort, polls: Callable[[], None]
) -> None:
    watched = watch_port(simulated.port)
    simulated.misbehave("refind")
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI
    watched.ahead += 100
    polls()
    polls()
    assert READ not in simulated.heard
    assert watched.no_more_cards()


@pytest.mark.parametrize("fault", ["stale", "pregarbage", "echo", "double", "hugelen", "noise", "nul", "oldmodule"])
def test_over_a_disturbed_line_one_placement_is_one_event_and_the_next_one_another(
    simulated: SimulatedReader, watch_port: WatchPort, polls: Callable[[], None], fault: Fault
) -> None:
    simulated.misbehave(fault)
    watched = watch_port(simulated.port)
    for card in (ZHANG_SHILI, WANG_LONG_TERM):
        simulated.place(card)
        assert watched.next_card() == card
        polls()
    assert watched.no_more_cards()


@pytest.mark.parametrize("fault", ["late", "badsum", "half", "notext", "zerotext"])
def test_over_a_line_that_cannot_be_believed_nothing_is_read_until_it_is_well(
    simulated: SimulatedReader, watch_port: WatchPort, fault: Fault
) -> None:
    watched = watch_port(simulated.port)
    watched.until("place")
    simulated.misbehave(fault)
    simulated.place(ZHANG_SHILI)
    watched.until("again" if fault in ("notext", "zerotext") else "line")
    assert watched.no_more_cards()
    simulated.misbehave(None)
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI


def test_a_lifted_card_asks_for_another_try_until_it_is_placed_again(
    simulated: SimulatedReader, watch_port: WatchPort, polls: Callable[[], None]
) -> None:
    simulated.misbehave("lifted")
    simulated.place(ZHANG_SHILI)
    watched = watch_port(simulated.port)
    watched.until("again")
    simulated.misbehave(None)
    polls()
    assert watched.states.empty()
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI
    watched.until("done")
    assert watched.history == ["ready", "reading", "again", "reading", "done"]


def test_an_unplugged_reader_is_found_again_under_its_name(simulated: SimulatedReader, watch_port: WatchPort) -> None:
    watched = watch_port(simulated.port)
    watched.until("place")
    simulated.unplug()
    watched.until("absent")
    simulated.plug()
    watched.until("ready")
    simulated.place(WANG_LONG_TERM)
    assert watched.next_card() == WANG_LONG_TERM


def test_a_card_that_stays_through_an_unplug_is_not_reported_twice(
    simulated: SimulatedReader, watch_port: WatchPort
) -> None:
    watched = watch_port(simulated.port)
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI
    simulated.unplug()
    watched.until("absent")
    watched.ahead += 100
    simulated.plug()
    watched.until("done")
    assert watched.no_more_cards()


def test_a_reader_gone_while_reading_comes_back_and_reads(simulated: SimulatedReader, watch_port: WatchPort) -> None:
    simulated.break_off(647)
    simulated.place(ZHANG_SHILI)
    watched = watch_port(simulated.port)
    watched.until("absent")
    simulated.plug()
    assert watched.next_card() == ZHANG_SHILI


@pytest.mark.parametrize("card", [ZHANG_SHILI, LI_RARE], ids=["plain", "with newest address"])
def test_unplugged_within_the_text_at_any_of_its_seams_the_card_is_one_event_after_the_replug(
    simulated: SimulatedReader, watch_port: WatchPort, polls: Callable[[], None], card: Card
) -> None:
    """Nothing, the preamble, length, status, lengths of text and photo, fields, text, photo, check."""
    watched = watch_port(simulated.port)
    watched.until("place")
    for turn, at in enumerate((0, 1, 5, 7, 10, 14, 44, 136, 270, 1294)):
        placed = card if turn % 2 else WANG_LONG_TERM
        simulated.break_off(at)
        simulated.place(placed)
        watched.until("absent")
        assert watched.no_more_cards()
        simulated.plug()
        assert watched.next_card() == placed
        polls()
    assert watched.no_more_cards()


def test_a_reader_that_falls_silent_is_told_and_recovers(
    simulated: SimulatedReader, watch_port: WatchPort, eventually: Eventually
) -> None:
    watched = watch_port(simulated.port)
    watched.until("place")
    simulated.misbehave("silent")
    watched.until("line")
    # Status requests only: the line was given up and opened afresh.
    eventually(lambda: list(simulated.heard)[-3:] == [STATUS] * 3)
    simulated.misbehave(None)
    watched.until("ready")
    simulated.place(replace(ZHANG_SHILI, name="测试乙"))
    assert watched.next_card().name == "测试乙"


@pytest.mark.parametrize(("status", "state"), [(0x60, "fault"), (0x66, "fault"), (0x40, "unsupported"), (0x24, "line")])
def test_the_loop_shows_a_trouble_and_goes_on(
    simulated: SimulatedReader, watch_port: WatchPort, status: int, state: ReaderState
) -> None:
    watched = watch_port(simulated.port)
    watched.until("place")
    simulated.answer_next(status)
    watched.until(state)
    simulated.place(ZHANG_SHILI)
    assert watched.next_card() == ZHANG_SHILI
    assert set(watched.history) <= set(READER_STATES)
