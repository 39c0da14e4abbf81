"""An enforcement office on both databases, and a case in each stage."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from psycopg.errors import DuplicateDatabase

from hall.clock import HALL_ZONE, FixedClock
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from tests.conftest import HALL_CODE
from tests.services.penalties.deciding import Deciding
from tests.services.penalties.office import Office


@pytest.fixture(scope="session")
def settle(key_ring: KeyRing) -> Callable[[str], None]:
    """An office's people, certificates and violation in a database."""

    def move_in(url: str) -> None:
        clock = FixedClock(datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE))
        store = Store(open_engine(url), clock=clock, station="setup", hall_code=HALL_CODE, key_ring=key_ring)
        Office(store, clock, Path()).open()
        store.close()

    return move_in


@pytest.fixture(scope="session")
def sqlite_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, settle: Callable[[str], None]
) -> Path:
    """The furnished hall with the office in it."""
    path = tmp_path_factory.mktemp("office") / "hall.db"
    shutil.copyfile(sqlite_template, path)
    settle(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_template: str, request: pytest.FixtureRequest, settle: Callable[[str], None]) -> str:
    """The furnished hall with the office in it: made once a run, whichever folder asks first."""
    with suppress(DuplicateDatabase):
        settle(request.getfixturevalue("cluster").create("hall_office", postgresql_template))
    return "hall_office"


@pytest.fixture
def office(store: Store, clock: FixedClock, home: Path) -> Office:
    """With its people, their certificates and a published violation, without cases."""
    opened = Office(store, clock, home)
    opened.open()
    return opened


@pytest.fixture
def registered_case(office: Office) -> int:
    """A case under investigation."""
    return office.registered()


@pytest.fixture
def decided_case(office: Office) -> int:
    """A case with a decision of 3000 yuan that is not served."""
    return office.decided()


@pytest.fixture
def served_case(office: Office) -> int:
    """A case with a decision of 3000 yuan, served on 18 November and due on 3 December 2026."""
    return office.served()


@pytest.fixture
def deciding(office: Office) -> Deciding:
    """The steps from a proposal to the decision."""
    return Deciding(office)
