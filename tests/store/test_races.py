"""Numbers without gaps or repeats, whoever draws them, and nothing half-done when a writer is killed."""

import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from hall.errors import Refused
from hall.rules.people import Actor
from hall.store import Store
from hall.store.failures import StoreBusy
from hall.store.schema.trail import AuditRow, ChangeRow, NumberSeries
from hall.store.verify import verify_audit
from tests.children import PATIENCE_S, Child, child, hear, kill

RACER = Path(__file__).with_name("racer.py")


def racer_of(url: str, station: str, count: int) -> AbstractContextManager[Child]:
    return child(sys.executable, str(RACER), url, station, str(count))


def together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in threads)


def test_eight_threads_draw_every_number_once(store: Store, other_station: Store, actor: Actor) -> None:
    drawn: list[int] = []

    def draw(place: Store) -> None:
        for turn in range(12):
            try:
                with place.work("number.draw", actor) as work:
                    number = work.next_number("document", "2026")
                    if turn % 4 == 3:
                        raise Refused("放弃。")
                    work.audit(f"number:{number}")
            except Refused:
                continue
            drawn.append(number)

    together([threading.Thread(target=draw, args=(place,)) for place in (store, other_station) * 4])
    assert sorted(drawn) == list(range(1, 8 * 9 + 1))
    with store.read() as session:
        assert verify_audit(session) == []


def test_processes_draw_every_number_once(database_url: str, store: Store) -> None:
    with ExitStack() as ended:
        racers = [ended.enter_context(racer_of(database_url, f"racer-{number}", 15)) for number in range(4)]
        drawn = [int(line) for racer in racers for line in racer.communicate(timeout=60)[0].split()]
    assert [racer.returncode for racer in racers] == [0] * 4
    assert sorted(drawn) == list(range(1, 61))
    with store.read() as session:
        assert verify_audit(session) == []


def test_a_killed_writer_leaves_nothing_half_done(database_url: str, store: Store) -> None:
    said: list[int] = []
    for turn in range(3):
        with racer_of(database_url, "racer", 100_000) as racer:
            said += [int(hear(racer)) for _ in range(3 + turn)]
            kill(racer)
            said += [int(line) for line in racer.communicate(timeout=60)[0].split()]
    with store.work("after", actor_of(store)) as work:
        number = work.next_number("ticket", "2026-11-23/A")
        work.audit(f"number:{number}")
    with store.read() as session:
        assert verify_audit(session) == []
        subjects = session.scalars(select(AuditRow.subject).where(AuditRow.subject.startswith("number:")))
        assert sorted(subjects) == sorted(f"number:{each}" for each in range(1, number + 1))
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == number - 1
    assert set(said) <= set(range(1, number))


def actor_of(store: Store) -> Actor:
    return Actor(account_id=7, name="张三明", hall_id=store.hall_id, roles=frozenset({"clerk"}))


def test_series_and_scopes_and_halls_count_for_themselves(store: Store, actor: Actor) -> None:
    with store.work("x", actor) as work:
        drawn = [
            work.next_number(series, scope)
            for series, scope in [("a", "2026"), ("a", "2026"), ("a", "2027"), ("b", "2026"), ("a", "2026")]
        ]
        work.audit("a:1")
    assert drawn == [1, 2, 1, 1, 3]
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(NumberSeries)) == 3


def test_a_named_lock_keeps_others_out_until_the_end(store: Store, other_station: Store, actor: Actor) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait(20)
        with other_station.work("x", actor) as work:
            work.lock("counter:1", "ticket:9")
            order.append("second")
            work.audit("a:1")

    thread = threading.Thread(target=second)
    thread.start()
    with store.work("x", actor) as work:
        work.lock("ticket:9", "ticket:8")
        inside.set()
        thread.join(0.3)
        order.append("first")
        work.audit("a:1")
    thread.join(20)
    assert order == ["first", "second"]


def test_a_lock_that_is_not_given_back_is_said_in_a_sentence(
    postgresql_url: str, open_store: Callable[..., Store]
) -> None:
    store = open_store(postgresql_url + "?options=-c%20lock_timeout%3D100ms")
    actor = actor_of(store)
    with store.work("x", actor) as work:
        work.lock("a")
        with pytest.raises(StoreBusy, match="没有保存"), store.work("y", actor) as blocked:
            blocked.lock("a")
        work.audit("a:1")


def test_a_deadlock_is_said_in_a_sentence_and_one_of_the_two_goes_on(
    postgresql_url: str, open_store: Callable[..., Store]
) -> None:
    store = open_store(postgresql_url + "?options=-c%20deadlock_timeout%3D100ms")
    actor = actor_of(store)
    both = threading.Barrier(2)
    outcomes: list[str] = []

    def grab(first: str, second: str) -> None:
        try:
            with store.work("x", actor) as work:
                work.lock(first)
                both.wait(20)
                work.lock(second)
                work.audit("a:1")
            outcomes.append("done")
        except StoreBusy:
            outcomes.append("busy")

    together([threading.Thread(target=grab, args=names) for names in (("a", "b"), ("b", "a"))])
    assert sorted(outcomes) == ["busy", "done"]


def test_two_processes_may_enter_one_new_station_at_once(database_url: str, store: Store) -> None:
    with ExitStack() as ended:
        racers = [ended.enter_context(racer_of(database_url, "new", 1)) for _ in range(2)]
        for racer in racers:
            racer.communicate(timeout=60)
    assert [racer.returncode for racer in racers] == [0, 0]
    with store.read() as session:
        assert session.scalar(text("SELECT count(*) FROM station WHERE name = 'new'")) == 1
        assert verify_audit(session) == []
