"""Whatever is done to the audit trail behind the program's back is found and named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.store import Store
from hall.store.append_only import APPEND_ONLY, guard_name
from hall.store.chain import Link, link_hash
from hall.store.schema.trail import AuditRow, ChangeRow
from hall.store.seals import AlreadySealed, seal_day
from hall.store.verify import ALTERED, INSERTED, MISSING, verify_audit

DAY = date(2026, 11, 23)


@pytest.fixture
def trail(store: Store, other_station: Store, actor: Actor) -> Store:
    """Two stations; station-1 has rows 1 to 8, the others' chain has 1 to 3."""
    for number in range(7):
        with store.work("ticket.issue", actor) as work:
            work.audit(f"ticket:{number}", code=f"A{number:03}")
    for number in range(2):
        with other_station.work("ticket.call", actor) as work:
            work.audit(f"ticket:{number}")
    return store


@contextmanager
def behind_the_back(store: Store) -> Iterator[Connection]:
    """A connection with the guards and the unique constraint taken away, as an intruder would have it."""
    with store.engine.begin() as connection:
        for table in APPEND_ONLY:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"DROP TRIGGER {guard_name(table)} ON {table}"))
            else:
                connection.execute(text(f"DROP TRIGGER {guard_name(table)}_update"))
                connection.execute(text(f"DROP TRIGGER {guard_name(table)}_delete"))
        yield connection


def drop_unique(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_row DROP CONSTRAINT uq_audit_row_station_id_sequence"))
        return
    connection.execute(text("CREATE TABLE copy AS SELECT * FROM audit_row"))
    connection.execute(text("DROP TABLE audit_row"))
    connection.execute(text("ALTER TABLE copy RENAME TO audit_row"))


def problems(store: Store) -> list[tuple[str, int | None, str]]:
    with store.read() as session:
        return [(each.station, each.sequence, each.kind) for each in verify_audit(session)]


def link_of(store: Store, sequence: int) -> Link:
    with store.read() as session:
        row = session.scalars(
            select(AuditRow).where(AuditRow.station_id == store.station.id, AuditRow.sequence == sequence)
        ).one()
        return Link(**{name: getattr(row, name) for name in Link.__dataclass_fields__})


def add(connection: Connection, link: Link, digest: str) -> None:
    values = {name: getattr(link, name) for name in Link.__dataclass_fields__}
    next_id = connection.execute(text("SELECT max(id) + 1 FROM audit_row")).scalar_one()
    connection.execute(insert(AuditRow).values(**values, hash=digest, id=next_id))


def changed(link: Link, **values: object) -> Link:
    return Link(**{name: getattr(link, name) for name in Link.__dataclass_fields__} | values)


def test_a_sound_trail_has_no_problem(trail: Store) -> None:
    assert problems(trail) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject", "'ticket:99'"),
        ("detail", "'{}'"),
        ("actor_name", "'他人'"),
        ("account_id", "99"),
        ("action", "'x'"),
        ("work_id", "'x'"),
        ("previous_hash", "'x'"),
        ("hash", "'x'"),
        ("at", "'2026-11-24 00:00:00'"),
    ],
)
def test_a_changed_column_is_named(trail: Store, column: str, value: str) -> None:
    with behind_the_back(trail) as connection:
        connection.execute(
            text(f"UPDATE audit_row SET {column} = {value} WHERE station_id = :id AND sequence = 5"),
            {"id": trail.station.id},
        )
    assert problems(trail) == [("main/station-1", 5, ALTERED)]


def test_a_row_rewritten_with_a_fitting_hash_is_named(trail: Store) -> None:
    forged = changed(link_of(trail, 5), subject="ticket:99")
    with behind_the_back(trail) as connection:
        connection.execute(
            update(AuditRow)
            .where(AuditRow.station_id == trail.station.id, AuditRow.sequence == 5)
            .values(subject=forged.subject, hash=link_hash(forged))
        )
    assert problems(trail) == [("main/station-1", 5, ALTERED)]


@pytest.mark.parametrize("sequence", [1, 4, 7])
def test_a_removed_row_is_named(trail: Store, sequence: int) -> None:
    with behind_the_back(trail) as connection:
        connection.execute(
            text("DELETE FROM audit_row WHERE station_id = :id AND sequence = :sequence"),
            {"id": trail.station.id, "sequence": sequence},
        )
    assert problems(trail) == [("main/station-1", sequence, MISSING)]


def test_a_removed_row_whose_followers_were_renumbered_is_named(trail: Store) -> None:
    with behind_the_back(trail) as connection:
        connection.execute(
            text("DELETE FROM audit_row WHERE station_id = :id AND sequence = 4"), {"id": trail.station.id}
        )
        for sequence in range(5, 9):
            connection.execute(
                text("UPDATE audit_row SET sequence = :to WHERE station_id = :id AND sequence = :old"),
                {"id": trail.station.id, "old": sequence, "to": sequence - 1},
            )
    assert problems(trail) == [("main/station-1", 4, MISSING)]


def test_a_removed_tail_is_named(trail: Store) -> None:
    with behind_the_back(trail) as connection:
        connection.execute(
            text("DELETE FROM audit_row WHERE station_id = :id AND sequence > 6"), {"id": trail.station.id}
        )
    assert problems(trail) == [("main/station-1", 7, MISSING)]


def test_an_inserted_row_whose_followers_were_renumbered_is_named(trail: Store) -> None:
    before = link_of(trail, 3)
    forged = changed(before, sequence=4, previous_hash=link_hash(before), subject="ticket:99")
    with behind_the_back(trail) as connection:
        for sequence in range(8, 3, -1):
            connection.execute(
                text("UPDATE audit_row SET sequence = :to WHERE station_id = :id AND sequence = :old"),
                {"id": trail.station.id, "old": sequence, "to": sequence + 1},
            )
        add(connection, forged, link_hash(forged))
    assert problems(trail) == [("main/station-1", 4, INSERTED)]


def test_a_second_row_in_one_place_is_named(trail: Store) -> None:
    forged = changed(link_of(trail, 4), subject="ticket:99")
    with behind_the_back(trail) as connection:
        drop_unique(connection)
        add(connection, forged, link_hash(forged))
    assert problems(trail) == [("main/station-1", 4, INSERTED)]


def test_a_row_appended_behind_the_head_is_named(trail: Store) -> None:
    last = link_of(trail, 8)
    forged = changed(last, sequence=9, previous_hash=link_hash(last))
    with behind_the_back(trail) as connection:
        add(connection, forged, link_hash(forged))
    assert problems(trail) == [("main/station-1", 9, INSERTED)]


@pytest.mark.parametrize("change", ["hash = 'x'", "sequence = 9", "sequence = 6"])
def test_a_changed_head_is_named(trail: Store, change: str) -> None:
    with trail.engine.begin() as connection:
        connection.execute(text(f"UPDATE audit_head SET {change} WHERE station_id = :id"), {"id": trail.station.id})
    assert problems(trail) == [("main/station-1", None, ALTERED)]


def test_a_removed_head_is_named(trail: Store) -> None:
    with trail.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_head WHERE station_id = :id"), {"id": trail.station.id})
    assert problems(trail) == [("main/station-1", None, MISSING)]


def seal(store: Store, actor: Actor, day: date = DAY) -> str:
    with store.work("audit.seal", actor) as work:
        return seal_day(work, day)


def test_sealed_days_are_linked_and_sound(trail: Store, actor: Actor) -> None:
    first = seal(trail, actor)
    second = seal(trail, actor, date(2026, 11, 24))
    assert first != second
    assert problems(trail) == []


def test_sealing_forgets_old_changes_and_no_number_comes_back(store: Store, actor: Actor, clock: FixedClock) -> None:
    def tell() -> int:
        with store.work("x", actor) as work:
            work.changed("queue")
            work.audit("a:1")
        with store.read() as session:
            return session.scalar(select(func.max(ChangeRow.seq))) or 0

    tell()
    old = tell()
    clock.instant += timedelta(days=8)
    seal(store, actor)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == 0
    assert tell() == old + 1


def test_a_day_is_sealed_once(trail: Store, actor: Actor) -> None:
    seal(trail, actor)
    with pytest.raises(AlreadySealed, match="2026年11月23日"):
        seal(trail, actor)


def test_a_chain_cut_together_with_its_head_is_named_by_the_seal(
    trail: Store, other_station: Store, actor: Actor
) -> None:
    seal(other_station, actor)
    kept = link_of(trail, 6)
    with behind_the_back(trail) as connection:
        connection.execute(
            text("DELETE FROM audit_row WHERE station_id = :id AND sequence > 6"), {"id": trail.station.id}
        )
        connection.execute(
            text("UPDATE audit_head SET sequence = 6, hash = :hash WHERE station_id = :id"),
            {"id": trail.station.id, "hash": link_hash(kept)},
        )
    assert problems(trail) == [("main/station-1", 8, MISSING)]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE audit_seal SET heads = '{}' WHERE day = '2026-11-23'", ALTERED),
        ("UPDATE audit_seal SET heads = 'x' WHERE day = '2026-11-23'", ALTERED),
        ("UPDATE audit_seal SET sealed_at = '2026-11-25 00:00:00' WHERE day = '2026-11-23'", ALTERED),
        ("DELETE FROM audit_seal WHERE day = '2026-11-23'", MISSING),
        ("DELETE FROM audit_seal WHERE day = '2026-11-24'", MISSING),
    ],
)
def test_a_changed_or_removed_seal_is_named(trail: Store, actor: Actor, statement: str, kind: str) -> None:
    seal(trail, actor)
    seal(trail, actor, date(2026, 11, 24))
    with behind_the_back(trail) as connection:
        connection.execute(text(statement.replace("2026-11-25 00:00:00", "2026-11-25 00:00:00.000000")))
    assert problems(trail) == [("", None, kind)]


@pytest.mark.parametrize("table", ["audit_row", "audit_seal"])
def test_append_only_tables_refuse_changes(trail: Store, actor: Actor, table: str) -> None:
    seal(trail, actor)
    deeds = [f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}"]
    if trail.engine.dialect.name == "postgresql":
        deeds.append(f"TRUNCATE {table}")
    for deed in deeds:
        with pytest.raises(DBAPIError, match="append-only"), trail.engine.begin() as connection:
            connection.execute(text(deed))
    assert problems(trail) == []


def test_a_replacing_insert_is_a_change_too(sqlite_url: str, open_store: Callable[..., Store]) -> None:
    store = open_store(sqlite_url)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO audit_row SELECT * FROM audit_row"))
