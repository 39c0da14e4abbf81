"""Every change is heard once by every station, soon, and however the commits are ordered."""

import queue
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text

from hall.rules.people import Actor
from hall.store import Store
from hall.store.changes import AWAY, CONNECTED, EVERYTHING, Change, ChangeWatcher

WAIT_S = 20.0


class Listener:
    """Runs a watcher in a thread and keeps what it says."""

    def __init__(self, store: Store) -> None:
        self.heard: queue.Queue[Change] = queue.Queue()
        self.states: queue.Queue[str] = queue.Queue()
        self._stop = threading.Event()
        watcher = ChangeWatcher(store.engine, hall_id=store.hall_id)
        self._thread = threading.Thread(
            target=watcher.run, args=(self._changes, self.states.put, self._stop), daemon=True
        )
        self._thread.start()

    def _changes(self, changes: list[Change]) -> None:
        for change in changes:
            self.heard.put(change)

    def next_state(self) -> str:
        return self.states.get(timeout=WAIT_S)

    def next_key(self) -> str:
        change = self.heard.get(timeout=WAIT_S)
        return "everything" if change == EVERYTHING else change.key

    def close(self) -> None:
        self._stop.set()
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()


@pytest.fixture
def listen() -> Iterator[Callable[[Store], Listener]]:
    """Starts a listener that has heard its first full refresh."""
    started: list[Listener] = []

    def start(store: Store) -> Listener:
        listener = Listener(store)
        started.append(listener)
        assert listener.next_state() == CONNECTED
        assert listener.next_key() == "everything"
        return listener

    yield start
    for listener in started:
        listener.close()


def tell(store: Store, actor: Actor, key: str) -> None:
    with store.work("x", actor) as work:
        work.changed("queue", key)
        work.audit("a:1")


def test_a_change_is_heard_at_the_other_station_and_at_once(
    store: Store, other_station: Store, actor: Actor, listen: Callable[[Store], Listener]
) -> None:
    listener = listen(other_station)
    tell(store, actor, "first")
    change = listener.heard.get(timeout=WAIT_S)
    assert (change.topic, change.key, change.origin) == ("queue", "first", "station-1")
    began = time.monotonic()
    tell(store, actor, "second")
    assert listener.next_key() == "second"
    assert time.monotonic() - began < 2.0  # measured: 5 ms on PostgreSQL, at most 260 ms on SQLite


def test_changes_of_another_hall_are_not_told(store: Store, actor: Actor, listen: Callable[[Store], Listener]) -> None:
    listener = listen(store)
    with store.work("hall.add", actor) as work:
        work.session.execute(
            text(
                "INSERT INTO hall (id, code, name, short_name, authority, address, phone, complaint_phone) "
                "VALUES (99, 'b', '', '', '', '', '', '')"
            )
        )
        work.session.execute(
            text(
                "INSERT INTO change_row (topic, key, origin, at, hall_id) "
                "VALUES ('queue', 'theirs', 's', '2026-11-23 00:00:00.000000', 99)"
            )
        )
        work.audit("hall:99")
    tell(store, actor, "ours")
    assert listener.next_key() == "ours"


def test_a_lower_number_committed_later_is_not_lost(
    postgresql_url: str, open_store: Callable[..., Store], listen: Callable[[Store], Listener]
) -> None:
    store = open_store(postgresql_url)
    add = "INSERT INTO change_row (topic, key, origin, at, hall_id) VALUES ('queue', %s, 's', now(), %s) RETURNING seq"
    slow = psycopg.connect(postgresql_url)
    slower = psycopg.connect(postgresql_url)
    with slow, slower, psycopg.connect(postgresql_url) as quick:
        slower.execute("SELECT pg_current_xact_id()")
        slower.execute(add, ("before the start", store.hall_id))
        tell_quickly(quick, add, "old", store.hall_id)
        listener = listen(store)
        slow.execute("SELECT pg_current_xact_id()")
        slow.execute(add, ("late", store.hall_id))
        tell_quickly(quick, add, "early", store.hall_id)
        assert listener.next_key() == "early"
        tell_quickly(quick, add, "next", store.hall_id)
        assert listener.next_key() == "next"
        slow.execute(sql.SQL("SELECT pg_notify('hall_changes', '')"))
        slow.commit()
        assert listener.next_key() == "late"
        slower.execute(sql.SQL("SELECT pg_notify('hall_changes', '')"))
        slower.commit()
        assert listener.next_key() == "before the start"


def tell_quickly(connection: psycopg.Connection[tuple[object, ...]], statement: str, key: str, hall_id: int) -> None:
    connection.execute(statement.encode(), (key, hall_id))
    connection.execute("SELECT pg_notify('hall_changes', '')")
    connection.commit()


def test_rolled_back_numbers_do_not_hold_up_anything(
    store: Store, actor: Actor, listen: Callable[[Store], Listener]
) -> None:
    listener = listen(store)
    for number in range(3):
        with pytest.raises(RuntimeError), store.work("x", actor) as work:
            work.changed("queue", "never")
            work.audit("a:1")
            work.finish()
            raise RuntimeError
        tell(store, actor, str(number))
    assert [listener.next_key() for _ in range(3)] == ["0", "1", "2"]


def test_everything_is_refreshed_after_a_lost_connection(
    postgresql_url: str, open_store: Callable[..., Store], listen: Callable[[Store], Listener]
) -> None:
    store = open_store(postgresql_url)
    listener = listen(store)
    with psycopg.connect(postgresql_url, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert listener.next_state() == AWAY
    assert listener.next_state() == CONNECTED
    assert listener.next_key() == "everything"


def test_every_change_of_many_writers_is_heard_once(
    store: Store, actor: Actor, listen: Callable[[Store], Listener]
) -> None:
    listener = listen(store)

    def write(name: int) -> None:
        for number in range(10):
            tell(store, actor, f"{name}-{number}")

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(WAIT_S)
    heard = [listener.next_key() for _ in range(40)]
    assert sorted(heard) == sorted(f"{name}-{n}" for name in range(4) for n in range(10))
    assert listener.heard.empty()
