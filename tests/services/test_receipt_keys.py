"""Receipts are checked while the database is away, and after the keys have been renewed."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url, select

from hall.clock import FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services import key_rotation, receipts
from hall.services.accepting import Accepted
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.receipt_keys import KEPT_FILE, KeysNotKept, KeysNotWritten, KeysUnreadable, keep
from hall.services.receipts import ForgedReceipt, KeyNotKept, SignedAfterEnd, rotate_signing_key
from hall.store import Store
from hall.store.schema.trail import AuditRow
from hall.store.secrets import KEY_VARIABLE, KeyFileExists, KeyRing

Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def accepted(front: Front, make_application: Callable[..., Application]) -> Accepted:
    return front.intake.accept(make_application())


@pytest.fixture
def database_away(store: Store, database_url: str) -> Away:
    """The database file, or the database of the server, is gone for a while."""

    @contextmanager
    def away() -> Iterator[None]:
        store.engine.dispose()
        with _file_away(Path(str(url.database))) if url.drivername == "sqlite" else _server_away(url):
            yield

    url = make_url(database_url)
    return away


@contextmanager
def _file_away(path: Path) -> Iterator[None]:
    away = path.rename(path.with_name("away.db"))
    path.mkdir()  # a file would be made anew
    yield
    path.rmdir()
    away.rename(path)


@contextmanager
def _server_away(url: URL) -> Iterator[None]:
    names = [sql.Identifier(url.database or ""), sql.Identifier(f"{url.database}_away")]
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    server = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(rename.format(*names))
        yield
        connection.execute(rename.format(*reversed(names)))


def test_a_receipt_is_checked_with_the_kept_keys_while_the_database_is_away(
    database_away: Away, store: Store, home: Path, front: Front, accepted: Accepted
) -> None:
    keep(store, home)
    with database_away():
        found = front.verify_receipt(accepted.receipt_payload)
        forged = f"{accepted.receipt_payload[:-4]}AAAA"
        with pytest.raises(ForgedReceipt, match=r"^伪凭证：签名不符"):
            front.verify_receipt(forged)
    assert (found.number, found.own, found.offline, found.case_id) == (accepted.receipt_number, True, True, None)
    assert found.hall_name
    back = front.verify_receipt(accepted.receipt_payload)
    assert (back.offline, back.case_id) == (False, accepted.case_id)


def test_a_key_that_the_station_has_not_seen_accuses_nobody(
    database_away: Away, front: Front, administrator: Actor, make_application: Callable[..., Application]
) -> None:
    store, home = front.store, front.home
    keep(store, home)
    rotate_signing_key(store, administrator)
    newer = front.intake.accept(make_application())
    with database_away(), pytest.raises(KeyNotKept, match=r"不能判断真伪.*k2"):
        front.verify_receipt(newer.receipt_payload)
    listed = json.loads((home / KEPT_FILE).read_text(encoding="utf-8"))
    another = {**listed["keys"][0], "hall_id": 99}
    listed["keys"] += [another, {**another, "key_id": "k2", "public_key": "11" * 32}]
    (home / KEPT_FILE).write_text(json.dumps(listed), encoding="utf-8")
    with database_away(), pytest.raises(KeyNotKept):  # another hall has a second key, and this one may
        front.verify_receipt(newer.receipt_payload)
    assert keep(store, home)
    assert not keep(store, home)
    with database_away():
        assert front.verify_receipt(newer.receipt_payload).key_id == "k2"


def test_what_was_signed_before_a_rotation_holds_at_another_station(
    store: Store, other_front: Front, administrator: Actor, accepted: Accepted, *, clock: FixedClock
) -> None:
    clock.instant += timedelta(days=3)
    rotate_signing_key(store, administrator)
    found = other_front.verify_receipt(accepted.receipt_payload)
    assert (found.key_id, found.case_id, found.own) == ("k1", accepted.case_id, True)


def test_an_old_key_that_signs_after_its_end_is_refused_with_and_without_the_database(
    database_away: Away, store: Store, home: Path, front: Front, administrator: Actor, *, clock: FixedClock
) -> None:
    today = clock.instant.date()
    with store.work("x", front.actor) as work:
        on_the_day = receipts.sign(work, "莲城管许收〔2026〕8号", today)
        too_late = receipts.sign(work, "莲城管许收〔2026〕9号", today + timedelta(days=1))
        work.audit("x:1")
    rotate_signing_key(store, administrator)
    keep(store, home)
    assert front.verify_receipt(on_the_day).number == "莲城管许收〔2026〕8号"
    with pytest.raises(SignedAfterEnd, match="伪凭证：日期是 2026-11-24，签名用的密钥在 2026-11-23 已停用"):
        front.verify_receipt(too_late)
    with database_away(), pytest.raises(SignedAfterEnd):
        front.verify_receipt(too_late)


def test_kept_keys_that_are_missing_spoilt_or_cannot_be_written_are_said(
    database_away: Away, store: Store, home: Path, front: Front, accepted: Accepted
) -> None:
    with database_away(), pytest.raises(KeysNotKept):
        front.verify_receipt(accepted.receipt_payload)
    for spoilt in ("{", '{"keys": [{"hall_id": 1}]}', "[]", '{"keys": [1]}'):
        (home / KEPT_FILE).write_text(spoilt, encoding="utf-8")
        with database_away(), pytest.raises(KeysUnreadable):
            front.verify_receipt(accepted.receipt_payload)
    assert keep(store, home)
    with pytest.raises(KeysNotWritten):
        keep(store, home / "nowhere")


@pytest.mark.both
def test_a_new_data_key_is_audited_and_leaves_what_was_sealed_readable(
    store: Store, home: Path, front: Front, administrator: Actor, make_application: Callable[..., Application]
) -> None:
    store.key_ring = KeyRing.create(home)
    rotate_signing_key(store, administrator)
    person_id = front.case(front.intake.accept(make_application()).case_id).applicant.id
    before = front.unmask(person_id, "核对")
    rotated = key_rotation.rotate_data_key(store, administrator, home=home, environment={})
    store.key_ring = KeyRing.load(home, {})
    assert (store.key_ring.active_id, rotated.stations) == (rotated.key_id, ("setup", "station-1"))
    assert front.unmask(person_id, "核对") == before
    assert front.verify_receipt(front.intake.accept(make_application()).receipt_payload).key_id == "k2"
    assert key_rotation.keys(store, administrator).data[-1] == rotated.key_id
    with store.read() as session:
        subjects = session.scalars(select(AuditRow.subject).where(AuditRow.action == "data.key")).all()
    assert subjects == [f"data_key:{rotated.key_id}"]


def test_a_data_key_that_cannot_be_renewed_changes_nothing(
    store: Store, administrator: Actor, actor: Actor, home: Path
) -> None:
    with pytest.raises(key_rotation.KeyFromEnvironment, match="HALL_KEY"):
        key_rotation.rotate_data_key(store, administrator, home=home, environment={KEY_VARIABLE: "x"})
    KeyRing.create(home)
    (home / "hall.key.new").touch()
    with pytest.raises(KeyFileExists):
        key_rotation.rotate_data_key(store, administrator, home=home, environment={})
    with store.read() as session:
        assert session.scalars(select(AuditRow).where(AuditRow.action == "data.key")).all() == []
    for act in (key_rotation.keys, rotate_signing_key):
        with pytest.raises(NotAuthorised, match="只有系统管理员"):
            act(store, actor)
