"""The race: eight real processes on both databases, and a judge that sees every fault."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.bench.race import Lived, Logged, judge, race
from hall.settings import DatabaseSettings, Settings
from hall.store import Store, migrate, revision
from hall.store.engine import open_engine
from hall.store.schema.halls import Hall
from hall.store.schema.queueing import Ticket
from hall.store.verify import verify_audit


def settings_of(url: str, home: Path) -> Settings:
    return Settings(home=home, database=DatabaseSettings(url))


@pytest.mark.e2e
def test_eight_processes_lose_nothing_and_leave_the_real_hall_alone(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    measured = race(settings_of(database_url, tmp_path), processes=8, tickets_each=3)
    assert measured.good, measured.line
    assert (measured.line["issued"], measured.line["called"]) == (24, 24)
    assert measured.line["case"] == store.engine.dialect.name
    with store.read() as session:
        assert session.scalar(select(func.count()).where(Ticket.hall_id == store.hall_id)) == 0
        assert session.scalar(select(func.count()).where(Hall.code.startswith("bench-race-"))) == 1
        assert verify_audit(session) == []


@pytest.mark.e2e
def test_without_a_database_the_race_runs_on_a_throw_away_one(tmp_path: Path) -> None:
    measured = race(Settings(home=tmp_path / "home"), processes=2, tickets_each=2)
    assert measured.good, measured.line
    assert not (tmp_path / "home").exists()


@pytest.mark.e2e
def test_an_empty_postgresql_database_is_empty_again_after_the_race(postgresql_url: str, tmp_path: Path) -> None:
    engine = open_engine(postgresql_url)
    migrate.downgrade(engine, "base")
    assert race(settings_of(postgresql_url, tmp_path), processes=2, tickets_each=2).good
    assert revision.current_revision(engine) is None
    migrate.initialise(engine)
    engine.dispose()


def logged(issued: str, called: str, finished: str, *, gaps: int = 0) -> Logged:
    return Logged(Counter(issued.split()), Counter(called.split()), Counter(finished.split()), gaps)


ALL = "A001 A002"


@pytest.mark.parametrize(
    ("lives", "log", "fault", "count"),
    [
        ([Lived(["A001"], ["A001"]), Lived(["A001"], [])], logged("A001", "A001", "A001"), "duplicate_numbers", 1),
        ([Lived(["A001"], ["A001"])], logged("A001 A001", "A001", "A001"), "duplicate_numbers", 1),
        ([Lived(["A001"], ["A001"]), Lived([], ["A001"])], logged("A001", "A001", "A001"), "called_twice", 1),
        ([Lived(["A001"], ["A001"])], logged("A001", "A001 A001", "A001"), "called_twice", 1),
        ([Lived(["A001", "A002"], ["A001"])], logged(ALL, "A001", "A001"), "lost", 1),
        ([Lived(["A001", "A002"], ["A001", "A002"])], logged("A001", ALL, ALL), "lost", 1),
        ([Lived(["A001"], ["A001"])], logged(ALL, ALL, ALL), "lost", 1),
        ([Lived(["A001"], ["A001"])], logged("A001", "A001", "A001", gaps=2), "lost", 2),
        ([Lived(["A001"], ["A001"], ["数据库忙。"])], logged("A001", "A001", "A001"), "errors", 1),
    ],
)
def test_the_judge_sees_what_either_account_shows(lives: list[Lived], log: Logged, fault: str, count: int) -> None:
    measured = judge(lives, log, case="sqlite", seconds=1.0)
    assert measured.line[fault] == count
    assert not measured.good


def test_the_judge_is_content_when_both_accounts_agree() -> None:
    lives = [Lived(["A001"], ["A002"]), Lived(["A002"], ["A001"])]
    assert judge(lives, logged(ALL, ALL, ALL), case="sqlite", seconds=1.0).good
