"""Eight processes at four counters: no number twice, no ticket called twice, none lost, one person once."""

from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.receipts import rotate_signing_key
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.schema.people import Person
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket, TicketEvent
from hall.store.secrets import KeyRing
from hall.store.verify import verify_audit
from tests.forked import crowd_of
from tests.services.racer import PROCESSES, ROUNDS, UNSEEN


@pytest.fixture
def keys(database_url: str, home: Path, clock: FixedClock, administrator: Actor) -> None:
    """A key file that other processes can load, with a signing key wrapped by it."""
    ring = KeyRing.create(home)
    store = Store(open_engine(database_url), clock=clock, station="setup", hall_code="main", key_ring=ring)
    rotate_signing_key(store, administrator)
    store.close()


def run_race(url: str, home: Path) -> dict[str, list[str]]:
    """Let all go at once; what all of them saw, by kind."""
    with crowd_of("tests.services.racer", url, str(home)) as told:
        seen = told("go")
    return {kind: sorted(chain.from_iterable(each[kind] for each in seen)) for kind in seen[0]}


@pytest.mark.both
@pytest.mark.e2e
@pytest.mark.usefixtures("keys")
def test_eight_processes_at_four_counters_lose_nothing_and_repeat_nothing(
    store: Store, database_url: str, home: Path
) -> None:
    seen = run_race(database_url, home)
    total = PROCESSES * ROUNDS
    assert seen["issued"] == [f"{prefix}{each:03d}" for prefix in "AB" for each in range(1, total // 2 + 1)]
    called = [code for code in seen["called"] if code != UNSEEN]
    assert len(seen["called"]) == total
    assert called == sorted(set(called) & set(seen["issued"]))
    for kind, series in (("received", "许收"), ("accepted", "许受")):
        serials = sorted(int(number.rpartition("〕")[2].removesuffix("号")) for number in seen[kind])
        assert serials == list(range(1, total + 1))
        assert all(series in number for number in seen[kind])
    with store.read() as session:
        assert set(session.scalars(select(Ticket.state))) == {"finished"}
        kinds = session.execute(select(TicketEvent.kind, func.count()).group_by(TicketEvent.kind)).tuples()
        assert dict(kinds.all()) == {"issue": total, "call": total, "finish": total}
        assert session.scalar(select(func.count()).select_from(Person)) == ROUNDS
        assert session.scalar(select(func.count()).select_from(PrintJob)) == 2 * total
        assert verify_audit(session) == []
