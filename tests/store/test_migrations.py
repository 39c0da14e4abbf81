"""The migrations make exactly the tables that the records describe, up and down, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, Date, DateTime, Engine, Integer, MetaData, Table, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import configure_mappers

from hall.store import migrate, revision
from hall.store.append_only import APPEND_ONLY, guard_name
from hall.store.engine import open_engine
from hall.store.schema import load_records
from hall.store.schema.base import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    cluster = request.getfixturevalue("cluster")
    engine = open_engine(cluster.create("hall_empty"))
    yield engine
    engine.dispose()
    cluster.drop("hall_empty")


def test_the_migrated_tables_are_those_of_the_records(empty: Engine) -> None:
    load_records()
    migrate.initialise(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    assert revision.current_revision(empty) == revision.head_revision()
    revision.check_schema(empty)


def test_the_files_of_the_migrations_are_named_after_their_revisions() -> None:
    scripts = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
    assert scripts.get_current_head() == revision.head_revision()
    assert {script.revision for script in scripts.walk_revisions()} == set(revision.known_revisions())


def test_every_migration_can_be_taken_back_and_done_again(empty: Engine) -> None:
    migrate.initialise(empty)
    migrate.downgrade(empty, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
    migrate.initialise(empty)
    revision.check_schema(empty)


def test_every_append_only_table_is_guarded(empty: Engine) -> None:
    migrate.initialise(empty)
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if empty.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with empty.connect() as connection:
        found = set(connection.scalars(text(query)))
    endings = ("_update", "_delete") if empty.dialect.name == "sqlite" else ("",)
    assert found == {f"{guard_name(table)}{ending}" for table in APPEND_ONLY for ending in endings}


def enter(connection: Connection, table: str, **given: object) -> None:
    """One row of an older schema: what is not given gets a value of its column's type."""
    row = dict(given)
    for column in inspect(connection).get_columns(table):
        if column["nullable"] or column["default"] is not None or column["name"] in {*row, "id", "seq"}:
            continue
        kind = column["type"]
        if isinstance(kind, DateTime):
            row[column["name"]] = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
        elif isinstance(kind, Date):
            row[column["name"]] = date(2026, 11, 2)
        elif isinstance(kind, Boolean):
            row[column["name"]] = False
        else:
            row[column["name"]] = 1 if isinstance(kind, Integer) else "x"
    connection.execute(Table(table, MetaData(), autoload_with=connection).insert().values(**row))


def test_a_hall_at_work_is_upgraded_with_all_it_has(empty: Engine) -> None:
    """Tickets get what the new order asks for, logs keep their rows and stay guarded, numbers go on."""
    migrate.initialise(empty)
    migrate.downgrade(empty, "0001")
    with empty.begin() as connection:
        for table in ("hall", "station", "department", "matter", "counter"):
            enter(connection, table)
        enter(connection, "ticket", code="A001", sequence=1, priority="ordinary", state="waiting", calls=0)
        enter(connection, "ticket", code="A002", sequence=2, priority="elder", state="called", counter_id=1, calls=1)
        enter(connection, "ticket_event", ticket_id=1, kind="issue")
        enter(connection, "audit_row", sequence=1)
        enter(connection, "change_row")
    migrate.upgrade(empty)
    with empty.begin() as connection:
        tickets = connection.execute(
            text("SELECT code, favoured, waits_from = issued_at, must_call_by = issued_at FROM ticket ORDER BY id")
        )
        assert [tuple(row) for row in tickets] == [("A001", False, True, True), ("A002", True, True, True)]
        assert connection.scalar(text("SELECT count(*) FROM audit_row")) == 1
        connection.execute(text("DELETE FROM change_row"))
        enter(connection, "change_row")
        assert connection.scalar(text("SELECT seq FROM change_row")) == 2, "a pruned number comes again"
    for table in ("audit_row", "ticket_event"):
        with pytest.raises(DBAPIError, match="append-only"), empty.begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))
    with pytest.raises(IntegrityError), empty.begin() as connection:
        enter(connection, "ticket", code="A003", sequence=3, state="serving", counter_id=1, favoured=False)


def test_messages_about_cases_are_carried_over_and_back(empty: Engine) -> None:
    migrate.initialise(empty)
    migrate.downgrade(empty, "0006")
    with empty.begin() as connection:
        for table in ("hall", "department", "matter"):
            enter(connection, table)
        for table in ("person", "matter_version", "permit_case"):
            enter(connection, table)
        enter(connection, "case_notice", case_id=1, kind="card", account_id=7, role="", text="甲", seen_by=7)
        enter(connection, "case_notice", case_id=1, kind="urging", role="head", department_id=1, text="乙")
        enter(connection, "case_notice", case_id=1, kind="anomaly", role="manager", text="丙")
        before = connection.execute(text("SELECT * FROM case_notice ORDER BY id")).all()
    migrate.upgrade(empty)
    with empty.begin() as connection:
        found = connection.execute(
            text("SELECT subject, subject_id, kind, addressee, due_on, text, seen_by FROM subject_notice ORDER BY id")
        ).all()
        assert [tuple(row) for row in found] == [
            ("permit_case", 1, "card", "#7", None, "甲", 7),
            ("permit_case", 1, "urging", "head@1", None, "乙", None),
            ("permit_case", 1, "anomaly", "manager@", None, "丙", None),
        ]
        enter(connection, "subject_notice", subject="request", kind="due", due_on=date(2026, 11, 3))
        assert connection.scalar(text("SELECT max(id) FROM subject_notice")) == 4
        with pytest.raises(IntegrityError), connection.begin_nested():
            enter(connection, "subject_notice", subject="request", kind="due", due_on=date(2026, 11, 3))
    migrate.downgrade(empty, "0006")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT * FROM case_notice ORDER BY id")).all() == before


def test_a_database_is_initialised_once(empty: Engine) -> None:
    migrate.initialise(empty)
    with pytest.raises(migrate.AlreadyInitialised, match="已经建立过"):
        migrate.initialise(empty)


def test_a_database_of_another_program_is_left_alone(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id integer)"))
    with pytest.raises(migrate.ForeignDatabase, match="别的程序"):
        migrate.initialise(empty)
    assert inspect(empty).get_table_names() == ["theirs"]


def test_only_an_initialised_database_of_a_known_version_is_upgraded(empty: Engine) -> None:
    with pytest.raises(revision.NotInitialised):
        migrate.upgrade(empty)
    migrate.initialise(empty)
    migrate.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(revision.SchemaNewer):
        migrate.upgrade(empty)


def test_an_upgrade_that_leaves_rows_without_what_they_refer_to_is_taken_back(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'hall.db'}")
    migrate.initialise(engine)
    driver = engine.raw_connection()
    driver.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    driver.driver_connection.execute("INSERT INTO station (hall_id, name) VALUES (9, 'x')")  # type: ignore[union-attr]
    driver.close()
    with pytest.raises(migrate.UpgradeBroken, match="1 行"):
        migrate.upgrade(engine)
    engine.dispose()


def test_no_relationship_loads_by_itself() -> None:
    load_records()
    configure_mappers()
    lazy = {
        f"{mapper.class_.__name__}.{name}"
        for mapper in Base.registry.mappers
        for name, relation in mapper.relationships.items()
        if relation.lazy != "raise"
    }
    assert lazy == set()


def test_cases_of_a_hall_at_work_come_along_and_stay_on_the_board(empty: Engine) -> None:
    """What stood under two clocks before the board had columns of its own stands there at the nearer of both."""
    migrate.initialise(empty)
    migrate.downgrade(empty, "0002")
    with empty.begin() as connection:
        for table in ("hall", "station", "department", "matter", "person"):
            enter(connection, table)
        enter(connection, "document_template", content=b"x")
        enter(connection, "matter_version", promised_days=5, site_visit=False)
        enter(connection, "permit_case", state="accepted", accepted_at=datetime(2026, 11, 1, 17, 0, tzinfo=UTC))
        for kind, due in (("statutory", 700), ("promised", 690)):
            enter(connection, "case_clock", kind=kind, due_ordinal=due, state="running")
        enter(connection, "case_event", kind="accept")
        enter(connection, "document")
    migrate.upgrade(empty)
    with empty.connect() as connection:
        found = connection.execute(
            text("SELECT matter_id, handling, accepted_on, statutory_ordinal, urgency, closed_at FROM permit_case")
        ).one()
        assert [str(value) for value in found] == ["1", "promised", "2026-11-02", "700", "690", "None"]
        assert connection.execute(text("SELECT state, detail FROM case_event")).one() == ("accepted", "{}")
    for table in ("case_event", "document", "case_opinion"):
        with pytest.raises(DBAPIError, match="append-only"), empty.begin() as connection:
            if table == "case_opinion":
                enter(connection, table)
            connection.execute(text(f"DELETE FROM {table}"))
    migrate.downgrade(empty, "0002")
    with pytest.raises(DBAPIError, match="append-only"), empty.begin() as connection:
        connection.execute(text("DELETE FROM case_event"))


def test_print_jobs_of_a_hall_at_work_get_names_of_their_own_and_stay_open(empty: Engine) -> None:
    """What a queue had taken when the program goes back to the version before is asked about there."""
    migrate.initialise(empty)
    migrate.downgrade(empty, "0003")
    with empty.begin() as connection:
        for table in ("hall", "station"):
            enter(connection, table)
        for subject, state in enumerate(("queued", "printed"), start=1):
            enter(connection, "print_job", subject_kind="ticket", subject_id=subject, state=state, last_error="")
    migrate.upgrade(empty)
    with empty.begin() as connection:
        names = connection.scalars(text("SELECT spool_id FROM print_job")).all()
        assert len({name for name in names if len(name) == 32}) == 2
        rest = connection.execute(text("SELECT DISTINCT handle, device, failures FROM print_job")).one()
        assert rest == ("", "", 0)
        connection.execute(text("UPDATE print_job SET state = 'submitted' WHERE state = 'queued'"))
    with pytest.raises(IntegrityError), empty.begin() as connection:
        enter(connection, "print_job", subject_kind="ticket", subject_id=1, state="queued", spool_id="x")
    with pytest.raises(IntegrityError), empty.begin() as connection:
        enter(connection, "print_job", subject_kind="document", subject_id=9, state="queued", spool_id=names[0])
    migrate.downgrade(empty, "0003")
    with empty.connect() as connection:
        assert set(connection.scalars(text("SELECT state FROM print_job"))) == {"unknown", "printed"}


def test_dossiers_that_were_scored_and_checks_that_were_made_stand_as_they_did(empty: Engine) -> None:
    migrate.initialise(empty)
    migrate.downgrade(empty, "0007")
    with empty.begin() as connection:
        for table in ("hall", "account", "review_round", "instruction", "spot_check"):
            enter(connection, table)
        enter(connection, "review_assignment", score=92)
        enter(connection, "review_finding", fault="order")
    migrate.upgrade(empty)
    with empty.begin() as connection:
        assert connection.scalar(text("SELECT sheet FROM review_finding")) == 1
        (check,) = connection.execute(text("SELECT voided_on, voided_why FROM spot_check")).tuples()
        assert check == (None, "")
        enter(connection, "review_finding", fault="order", sheet=2)
        with pytest.raises(IntegrityError), connection.begin_nested():
            enter(connection, "review_finding", fault="order", sheet=2)
    migrate.downgrade(empty, "0007")
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM review_finding")) == 1
