"""A copy taken while everybody works is whole, and comes back whole or not at all."""

import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.clock import HALL_ZONE
from hall.errors import Unavailable
from hall.rules.people import Actor
from hall.store import Store, backup, pg_tools
from hall.store.engine import open_engine
from hall.store.revision import NotInitialised, SchemaNewer, check_schema, head_revision
from hall.store.schema.trail import AuditRow
from hall.store.verify import verify_audit

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=HALL_ZONE)

Opener = Callable[..., Store]


def write(store: Store, count: int = 1) -> None:
    actor = Actor(account_id=7, name="张三明", hall_id=store.hall_id, roles=frozenset({"clerk"}))
    for _ in range(count):
        with store.work("number.draw", actor) as work:
            work.audit(f"number:{work.next_number('document', '2026')}")


def rows(store: Store) -> int:
    with store.read() as session:
        assert verify_audit(session) == []
        return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def test_what_was_backed_up_comes_back(database_url: str, open_store: Opener, tmp_path: Path) -> None:
    store = open_store(database_url)
    write(store, 3)
    backup.back_up(database_url, tmp_path / "copy")
    write(store, 2)
    store.close()
    backup.restore(database_url, tmp_path / "copy", now=NOW)
    again = open_store(database_url)
    assert rows(again) == 1 + 3
    write(again)
    assert rows(again) == 1 + 3 + 1


def test_a_backup_ends_and_is_whole_while_others_write(database_url: str, open_store: Opener, tmp_path: Path) -> None:
    store = open_store(database_url)
    enough = threading.Event()
    written = 0

    def keep_writing() -> None:
        nonlocal written
        while not enough.is_set():
            write(store)
            written += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        backup.back_up(database_url, tmp_path / "copy")
    finally:
        enough.set()
        writer.join(20)
    assert not writer.is_alive()
    assert written
    store.close()
    backup.restore(database_url, tmp_path / "copy", now=NOW)
    assert 1 <= rows(open_store(database_url)) <= 1 + written


def test_a_backup_never_overwrites(database_url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.write_text("另一份文件", encoding="utf-8")
    with pytest.raises(backup.BackupExists):
        backup.back_up(database_url, target)
    assert target.read_text(encoding="utf-8") == "另一份文件"


def test_a_backup_into_a_folder_that_is_not_there_is_said(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        backup.back_up(database_url, tmp_path / "nowhere" / "copy")


def test_there_must_be_a_database_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(NotInitialised):
        backup.back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_restoring_under_a_running_station_is_refused(database_url: str, open_store: Opener, tmp_path: Path) -> None:
    store = open_store(database_url)
    backup.back_up(database_url, tmp_path / "copy")
    write(store)
    with store.read(), pytest.raises(backup.DatabaseInUse, match="退出所有工作站"):
        backup.restore(database_url, tmp_path / "copy", now=NOW)
    with pytest.raises(backup.DatabaseInUse):  # idle, but open
        backup.restore(database_url, tmp_path / "copy", now=NOW)
    assert rows(store) == 2


@pytest.mark.parametrize("content", [b"", b"not a backup", b"PGDMP broken", b"SQLite format 3\0 broken"])
def test_what_is_no_backup_changes_nothing(
    database_url: str, open_store: Opener, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy").write_bytes(content)
    with pytest.raises((backup.NotABackup, backup.BackupDamaged), match="没有改动"):
        backup.restore(database_url, tmp_path / "copy", now=NOW)
    assert rows(open_store(database_url)) == 1


def test_a_missing_backup_is_named(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(backup.BackupMissing, match="nowhere"):
        backup.restore(database_url, tmp_path / "nowhere", now=NOW)


def test_a_backup_with_broken_pages_is_not_taken(sqlite_url: str, tmp_path: Path, open_store: Opener) -> None:
    copy = tmp_path / "copy"
    backup.back_up(sqlite_url, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    with pytest.raises(backup.BackupDamaged):
        backup.restore(sqlite_url, copy, now=NOW)
    assert rows(open_store(sqlite_url)) == 1


def test_a_database_of_another_program_is_no_backup(sqlite_url: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE theirs (id)")
    other.close()
    with pytest.raises(backup.NotABackup):
        backup.restore(sqlite_url, tmp_path / "other", now=NOW)
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_backup_of_a_newer_program_is_not_taken(database_url: str, tmp_path: Path) -> None:
    set_revision(database_url, "9999")
    with pytest.raises(SchemaNewer):
        backup.back_up(database_url, tmp_path / "copy")
    set_revision(database_url, head_revision())
    backup.back_up(database_url, tmp_path / "copy")
    check(database_url)


def test_a_copy_of_a_newer_schema_is_not_restored(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_revision(database_url, "9999")
    with monkeypatch.context() as patched:
        patched.setattr(backup, "_require_database", lambda url: None)
        backup.back_up(database_url, tmp_path / "copy")
    set_revision(database_url, head_revision())
    with pytest.raises(SchemaNewer):
        backup.restore(database_url, tmp_path / "copy", now=NOW)
    check(database_url)


def set_revision(url: str, revision: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    engine.dispose()


def check(url: str) -> None:
    engine = open_engine(url)
    check_schema(engine)
    engine.dispose()


def test_the_replaced_database_is_kept_beside(sqlite_url: str, open_store: Opener, tmp_path: Path) -> None:
    store = open_store(sqlite_url)
    backup.back_up(sqlite_url, tmp_path / "copy")
    write(store, 4)
    store.close()
    aside = backup.restore(sqlite_url, tmp_path / "copy", now=NOW)
    assert aside is not None
    assert aside.name == "hall.db.before-restore-20261123180000"
    assert rows(open_store(f"sqlite:///{aside}")) == 1 + 4


def test_a_broken_database_is_replaced_and_kept(sqlite_url: str, open_store: Opener, tmp_path: Path) -> None:
    backup.back_up(sqlite_url, tmp_path / "copy")
    broken = tmp_path / "hall.db"
    broken.write_bytes(b"broken" * 1000)
    (tmp_path / "hall.db-wal").write_bytes(b"old log")
    aside = backup.restore(sqlite_url, tmp_path / "copy", now=NOW)
    assert aside is not None
    assert aside.read_bytes() == b"broken" * 1000
    assert rows(open_store(sqlite_url)) == 1


def test_a_lost_database_is_brought_back(sqlite_url: str, open_store: Opener, tmp_path: Path) -> None:
    backup.back_up(sqlite_url, tmp_path / "copy")
    (tmp_path / "hall.db").unlink()
    assert backup.restore(sqlite_url, tmp_path / "copy", now=NOW) is None
    assert rows(open_store(sqlite_url)) == 1


def test_the_guards_come_back_with_the_tables(database_url: str, open_store: Opener, tmp_path: Path) -> None:
    backup.back_up(database_url, tmp_path / "copy")
    backup.restore(database_url, tmp_path / "copy", now=NOW)
    store = open_store(database_url)
    with pytest.raises(Exception, match="append-only"), store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_row")


def test_missing_client_programs_are_named(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pg_tools.ToolMissing, match="pg_dump"):
        backup.back_up(postgresql_url, tmp_path / "copy")


def test_a_password_is_never_an_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    spy = tmp_path / "pg_dump"
    spy.write_text(f'#!/bin/sh\necho "$@" > {told}\necho "$PGPASSWORD" >> {told}\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    pg_tools.dump("postgresql://u:geheim@127.0.0.1/hall", tmp_path / "copy")
    arguments, password = told.read_text().splitlines()
    assert "geheim" not in arguments
    assert password == "geheim"
