"""Stations as real processes keep time together; one is killed in the middle: every rung is there once, whole."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.receipts import rotate_signing_key
from hall.services.supervision_rules import supervision_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.schema.clocks import CaseClock, EscalationRung
from hall.store.schema.documents import Document
from hall.store.schema.subjects import SubjectNotice
from hall.store.schema.supervision import SupervisionSubject
from hall.store.secrets import KeyRing
from hall.store.verify import verify_audit
from tests.children import Child, child, hear, kill, say
from tests.services.supervision.bureau import Bureau

CASES = 8
NOW = "2026-12-01T09:00:00+08:00"


@pytest.fixture
def late(database_url: str, home: Path, clock: FixedClock, administrator: Actor) -> Iterator[Bureau]:
    """Cases that are all late since today, with keys that other processes can load."""
    ring = KeyRing.create(home)
    store = Store(open_engine(database_url), clock=clock, station="setup", hall_code="main", key_ring=ring)
    rotate_signing_key(store, administrator)
    found = Bureau(store, clock, supervision_policy(home), home)
    found.employ()
    for _ in range(CASES):
        found.open_case()
    yield found
    store.close()


@contextmanager
def stations(url: str, home: Path, *numbers: int) -> Iterator[list[Child]]:
    script = str(Path(__file__).with_name("keeper_process.py"))
    with ExitStack() as ended:
        words = (sys.executable, script, url, str(home))
        started = [ended.enter_context(child(*words, str(number), NOW)) for number in numbers]
        for each in started:
            assert hear(each) == "ready"
        yield started


@pytest.mark.both
@pytest.mark.e2e
def test_stations_that_keep_time_together_and_one_that_dies_leave_every_card_once(
    late: Bureau, database_url: str, home: Path
) -> None:
    with stations(database_url, home, 1, 2) as (victim, other):
        say(victim, "go")
        for _ in range(4):  # three items are done, the fourth is at work
            assert hear(victim) == "item"
        say(other, "go")
        kill(victim)
        last = other.communicate(timeout=90)[0].splitlines()[-1]
        assert last.startswith("done ")
    with stations(database_url, home, 1) as (again,):  # the station that died starts again
        say(again, "go")
        assert again.communicate(timeout=90)[0].splitlines()[-1] == "done 0 0"
    with late.store.read() as session:

        def count(record: type[EscalationRung | Document | SubjectNotice | SupervisionSubject]) -> int:
            return session.scalar(select(func.count()).select_from(record)) or 0

        orders = late.orders()
        assert (len(orders), len({order.case_id for order in orders})) == (CASES, CASES)
        assert [count(each) for each in (EscalationRung, Document, SubjectNotice, SupervisionSubject)] == [CASES] * 4
        replies = select(func.count()).where(CaseClock.kind == "supervision")
        assert session.scalar(replies) == CASES
        assert sorted(order.number for order in orders) == sorted({order.number for order in orders})
        assert verify_audit(session) == []
