"""The loop that keeps time: at start, when it is woken, when a day begins; it stops at once and outlives an absence."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from hall.errors import Unavailable
from hall.services import timekeeping
from hall.services.timekeeping import Kept, Tally
from hall.workers import timekeeper
from hall.workers.timekeeper import TimeKeeper, seconds_to_wait
from tests.services.supervision.bureau import Bureau


class Script(threading.Event):
    """In place of waiting the next step happens; after the last one the loop is told to stop."""

    def __init__(self, stop: threading.Event, steps: Iterator[None]) -> None:
        super().__init__()
        self._stop, self._steps = stop, steps

    def wait(self, timeout: float | None = None) -> bool:
        if next(self._steps, self) is self:
            self._stop.set()
        return True


def run(bureau: Bureau, steps: Iterator[None]) -> TimeKeeper:
    stop = threading.Event()
    keeper = TimeKeeper(bureau.store, bureau.home, burst=0)
    keeper.wake = Script(stop, steps)
    keeper.run(stop)
    return keeper


def test_what_came_while_the_hall_was_off_is_done_at_start_and_the_rest_when_its_day_begins(bureau: Bureau) -> None:
    bureau.open_case()
    bureau.noon("11-27")

    def steps() -> Iterator[None]:
        assert [kind for kind, _, _ in bureau.notices()] == ["warning"] * 3
        bureau.noon("11-30")
        yield
        assert len(bureau.notices()) == 3
        bureau.noon("12-01")
        yield
        assert [order.colour for order in bureau.orders()] == ["yellow"]

    run(bureau, steps())
    assert len(bureau.orders()) == 1


@pytest.mark.both
def test_a_station_that_starts_again_does_nothing_twice(bureau: Bureau) -> None:
    bureau.open_case()
    bureau.noon("12-01")
    for _ in range(2):
        run(bureau, iter(()))
    assert len(bureau.orders()) == 1


def test_a_database_that_is_away_is_asked_again(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.open_case()
    bureau.noon("12-01")
    real: Callable[..., Kept] = timekeeping.keep_time
    answers = iter([Unavailable("连不上数据库。"), None])

    def keep(*arguments: object, **named: object) -> Kept:
        if (answer := next(answers)) is not None:
            raise answer
        return real(*arguments, **named)

    monkeypatch.setattr(timekeeper, "keep_time", keep)

    def steps() -> Iterator[None]:
        assert bureau.orders() == []
        yield

    run(bureau, steps())
    assert len(bureau.orders()) == 1


@pytest.mark.both
def test_more_than_one_call_can_do_is_gone_on_with_at_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        bureau.open_case()
    bureau.noon("12-01")
    monkeypatch.setattr(timekeeping, "MOST", 2)
    run(bureau, iter(()))
    assert len(bureau.orders()) == 3


def test_a_station_that_stops_does_not_begin_another_item(bureau: Bureau) -> None:
    bureau.open_case()
    bureau.noon("12-01")
    kept = timekeeping.keep_time(bureau.store, home=bureau.home, last_event=7, going_on=lambda: False)
    assert (bureau.orders(), kept.rungs, kept.last_event) == ([], Tally(more=True), 7)


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        ("2026-11-27T12:00:00+08:00", 3600),
        ("2026-11-27T23:30:00+08:00", 31 * 60),
        ("2026-11-27T23:59:59+08:00", 61),
        ("2026-11-28T00:00:30+08:00", 3600),
    ],
)
def test_the_loop_wakes_every_hour_and_a_minute_after_midnight(now: str, seconds: float) -> None:
    assert seconds_to_wait(datetime.fromisoformat(now)) == seconds


def test_stations_do_not_begin_the_day_at_the_same_second() -> None:
    late = datetime.fromisoformat("2026-11-27T23:59:00+08:00")
    assert [seconds_to_wait(late, station_id=number) for number in (1, 2, 9)] == [127, 134, 123]
