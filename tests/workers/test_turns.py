"""A device has one owner at a time: its loop leaves when somebody takes the turn, and comes back."""

import threading
from collections.abc import Iterator

import pytest

from hall.workers.threads import Threads, Turn

PATIENCE = 20.0


class Owner:
    """A loop that says when it has its device and sleeps on its stop or on its waker."""

    def __init__(self) -> None:
        self.wake = threading.Event()
        self.begun = threading.Semaphore(0)
        self.at_work = False

    def run(self, stop: threading.Event) -> None:
        self.at_work = True
        self.begun.release()
        while not stop.is_set():
            self.wake.wait(PATIENCE)
            self.wake.clear()
        self.at_work = False


@pytest.fixture
def loops() -> Iterator[Threads]:
    threads = Threads()
    yield threads
    assert threads.stop() == ()


def test_the_loop_has_left_while_somebody_else_has_the_turn_and_begins_anew_after(loops: Threads) -> None:
    owner = Owner()
    turn = Turn(owner.run, owner.wake)
    loops.start_turn("owner", turn)
    for _ in range(3):
        assert owner.begun.acquire(timeout=PATIENCE)
        with turn.taken():
            assert not owner.at_work
            assert not owner.begun.acquire(blocking=False)
    assert owner.begun.acquire(timeout=PATIENCE)


def test_two_who_want_the_turn_at_once_have_it_one_after_the_other(loops: Threads) -> None:
    owner = Owner()
    turn = Turn(owner.run, owner.wake)
    loops.start_turn("owner", turn)
    inside: list[int] = []
    most: list[int] = []

    def want() -> None:
        for _ in range(20):
            with turn.taken():
                inside.append(1)
                most.append(len(inside) + owner.at_work)
                inside.pop()

    askers = [threading.Thread(target=want) for _ in range(2)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(PATIENCE)
    assert len(most) == 40
    assert set(most) == {1}


def test_a_station_that_stops_ends_a_loop_whose_device_somebody_has(loops: Threads) -> None:
    owner = Owner()
    turn = Turn(owner.run, owner.wake)
    loops.start_turn("owner", turn)
    assert owner.begun.acquire(timeout=PATIENCE)
    ended = threading.Thread(target=loops.stop)
    with turn.taken():
        ended.start()
    ended.join(PATIENCE)
    assert not ended.is_alive()
    assert not owner.at_work
