"""Whatever breaks: a clear sentence, nothing lost, nothing written twice."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from hall.clock import FixedClock
from hall.errors import Damaged, Missing, Refused, Unavailable
from hall.rules.people import Actor
from hall.settings import DatabaseSettings, Settings, StationSettings
from hall.store import Store, opening, retrying
from hall.store import store as store_module
from hall.store.engine import BadDatabaseUrl, libpq_parameters, open_engine
from hall.store.failures import (
    ConnectionLost,
    DatabaseAway,
    DatabaseDamaged,
    DiskFull,
    NotADatabase,
    OutcomeUnknown,
)
from hall.store.retrying import retried
from hall.store.revision import NotInitialised, SchemaNewer, SchemaOlder
from hall.store.schema.trail import AuditRow
from hall.store.secrets import KeyMissing, KeyRing
from hall.store.stations import HallUnknown
from hall.store.verify import verify_audit


class Wire(Protocol):
    """See conftest.py."""

    cut: str | None
    dead: bool
    cuts: int
    port: int


def clerk(store: Store) -> Actor:
    return Actor(account_id=7, name="张三明", hall_id=store.hall_id, roles=frozenset({"clerk"}))


def draw(store: Store) -> int:
    with store.work("number.draw", clerk(store)) as work:
        number = work.next_number("document", "2026")
        work.audit(f"number:{number}")
        return number


def saved(store: Store) -> list[str]:
    with store.read() as session:
        assert verify_audit(session) == []
        rows = select(AuditRow.subject).where(AuditRow.action == "number.draw").order_by(AuditRow.sequence)
        return list(session.scalars(rows))


def test_a_commit_whose_answer_is_lost_succeeded(wire: Wire, wire_url: str, open_store: Callable[..., Store]) -> None:
    store = open_store(wire_url)
    wire.cut = "after"
    assert draw(store) == 1
    assert wire.cuts == 1
    assert saved(store) == ["number:1"]


def test_a_commit_that_never_arrived_is_told_and_can_be_done_again(
    wire: Wire, wire_url: str, open_store: Callable[..., Store]
) -> None:
    store = open_store(wire_url)
    wire.cut = "before"
    with pytest.raises(ConnectionLost, match="没有保存"):
        draw(store)
    assert saved(store) == []
    assert draw(store) == 1


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_retried_use_case_is_saved_exactly_once(
    wire: Wire, wire_url: str, open_store: Callable[..., Store], cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "PAUSES_S", (0.0,))
    store = open_store(wire_url)
    wire.cut = cut
    assert retried(draw)(store) == 1
    assert wire.cuts == 1
    assert saved(store) == ["number:1"]


def test_a_retried_use_case_gives_up_after_its_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "PAUSES_S", (0.0, 0.0))
    tries = 0

    @retried
    def never() -> None:
        nonlocal tries
        tries += 1
        raise ConnectionLost

    with pytest.raises(ConnectionLost):
        never()
    assert tries == 3


def test_an_unknown_outcome_is_not_tried_again(
    wire: Wire, wire_url: str, open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "SETTLING_PAUSES_S", (0.0, 0.0))
    store = open_store(wire_url)
    wire.cut, wire.dead = "after", True
    with pytest.raises(OutcomeUnknown, match="先查看记录"):
        retried(draw)(store)
    wire.dead = False
    assert saved(store) == ["number:1"]


def test_a_connection_killed_in_the_middle_loses_nothing(postgresql_url: str, open_store: Callable[..., Store]) -> None:
    store = open_store(postgresql_url)
    with pytest.raises(ConnectionLost), store.work("x", clerk(store)) as work:
        work.next_number("document", "2026")
        backend = work.session.scalar(text("SELECT pg_backend_pid()"))
        with psycopg.connect(postgresql_url, autocommit=True) as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
        work.audit("a:1")
    assert draw(store) == 1


def test_idle_connections_that_died_are_replaced_unnoticed(
    postgresql_url: str, open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has rested is asked first; one that died a moment ago costs another try of the use case."""
    monkeypatch.setattr(retrying, "PAUSES_S", (0.0,))
    store = open_store(postgresql_url)
    draw(store)
    with psycopg.connect(postgresql_url, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert retried(draw)(store) == 2


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_dead_first_host_is_passed_over(postgresql_url: str, open_store: Callable[..., Store]) -> None:
    url = make_url(postgresql_url)
    several = f"postgresql://hall@127.0.0.1:{unused_port()},127.0.0.1:{url.port}/{url.database}"
    assert draw(open_store(several)) == 1


def test_a_url_with_several_hosts_asks_for_the_one_that_takes_writes() -> None:
    parameters = libpq_parameters("postgresql://u@a:1,b:2/hall?options=-c%20work_mem%3D8MB")
    assert (parameters["host"], parameters["port"]) == ("a,b", "1,2")
    assert parameters["target_session_attrs"] == "read-write"
    assert "lock_timeout=3s" in parameters["options"]
    assert parameters["options"].endswith("work_mem=8MB")


def test_a_database_that_is_away_is_said_in_a_sentence(open_store: Callable[..., Store]) -> None:
    with pytest.raises(DatabaseAway) as caught:
        open_store(f"postgresql://hall:geheim@127.0.0.1:{unused_port()}/hall")
    assert caught.value.exit_status == 3
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("url", ["mysql://a/b", "sqlite://", "postgresql://a:b:c:d/x?y", "hall.db"])
def test_a_wrong_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        open_engine(url)
    assert "a:b" not in str(caught.value)


def test_a_full_disk_saves_nothing_and_says_so(sqlite_url: str, open_store: Callable[..., Store]) -> None:
    store = open_store(sqlite_url)
    with pytest.raises(DiskFull, match="磁盘已满") as caught, store.work("x", clerk(store)) as work:
        pages = work.session.scalar(text("PRAGMA page_count"))
        work.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        work.audit("a:1", blob="满" * 200_000)
    assert isinstance(caught.value, Unavailable)
    store.close()  # the limit belonged to that connection
    assert draw(store) == 1
    assert saved(store) == ["number:1"]


def test_broken_pages_are_damage(sqlite_url: str, open_store: Callable[..., Store]) -> None:
    path = Path(str(make_url(sqlite_url).database))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(DatabaseDamaged, match="hall db restore"):
        open_store(sqlite_url)


def settings(home: Path, url: str = "", hall: str = "main") -> Settings:
    return Settings(home=home, database=DatabaseSettings(url), station=StationSettings(hall=hall))


def test_opening_needs_a_database(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(NotInitialised, match="hall db init"):
        opening.open_store(settings(tmp_path), clock)
    assert not (tmp_path / "hall.db").exists()


def test_opening_an_empty_database_says_what_to_run(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "hall.db").touch()
    with pytest.raises(NotInitialised, match="hall db init"):
        opening.open_store(settings(tmp_path), clock)


def test_a_file_that_is_no_database_is_damage_and_left_alone(tmp_path: Path, clock: FixedClock) -> None:
    file = tmp_path / "hall.db"
    file.write_text("会议记录，不是数据库", encoding="utf-8")
    with pytest.raises(NotADatabase, match=r"hall\.db 不是"):
        opening.open_store(settings(tmp_path), clock)
    assert file.read_text(encoding="utf-8") == "会议记录，不是数据库"


def set_revision(url: str, revision: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def test_a_newer_schema_is_refused_as_damage(database_url: str, tmp_path: Path, clock: FixedClock) -> None:
    set_revision(database_url, "9999")
    with pytest.raises(SchemaNewer, match=r"9999.*升级本机的程序") as caught:
        opening.open_store(settings(tmp_path, database_url), clock)
    assert isinstance(caught.value, Damaged)
    assert caught.value.exit_status == 4


def test_an_older_schema_says_what_to_run(
    database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hall.store.revision.head_revision", lambda: "9999")
    with pytest.raises(SchemaOlder, match="hall db upgrade"):
        opening.open_store(settings(tmp_path, database_url), clock)


def test_a_missing_key_file_is_said_before_anything_is_written(
    database_url: str, tmp_path: Path, clock: FixedClock
) -> None:
    with pytest.raises(KeyMissing, match=r"hall\.key"):
        opening.open_store(settings(tmp_path / "elsewhere", database_url), clock)
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(AuditRow)) == 0
    engine.dispose()


def test_a_hall_that_is_not_there_is_named(database_url: str, tmp_path: Path, clock: FixedClock) -> None:
    KeyRing.create(tmp_path)
    with pytest.raises(HallUnknown, match="elsewhere") as caught:
        opening.open_store(settings(tmp_path, database_url, hall="elsewhere"), clock)
    assert isinstance(caught.value, Missing)


def test_opening_gives_the_store_of_the_settings(sqlite_template: Path, tmp_path: Path, clock: FixedClock) -> None:
    KeyRing.create(tmp_path)
    shutil.copyfile(sqlite_template, tmp_path / "hall.db")
    store = opening.open_store(settings(tmp_path), clock)
    assert store.station.name == "station-1"
    store.close()


def test_an_exception_of_the_use_case_passes_through(store: Store) -> None:
    with pytest.raises(Refused, match="不行"), store.work("x", clerk(store)):
        raise Refused("不行。")


def test_only_its_owner_reads_a_new_sqlite_file_whatever_the_umask(tmp_path: Path) -> None:
    """Names and requests are in it, and in its -wal and -shm."""
    before = os.umask(0o022)
    try:
        with open_engine(f"sqlite:///{tmp_path / 'hall.db'}").begin() as connection:
            connection.execute(text("CREATE TABLE person (name TEXT)"))
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"hall.db": 0o600, "hall.db-wal": 0o600, "hall.db-shm": 0o600}
