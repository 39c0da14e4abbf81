"""The quick work keeps every promise of a work: once, wholly, explained, also when the connection dies in it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import delete, func, select

from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services.queue_policy import queue_policy
from hall.services.queueing import call_next
from hall.services.serving import finish
from hall.services.taking import issue_ticket
from hall.store import Store, retrying
from hall.store import store as store_module
from hall.store.failures import OutcomeUnknown
from hall.store.schema.queueing import Announcement, Ticket, TicketEvent
from hall.store.schema.trail import AuditHead, AuditRow, ChangeRow
from hall.store.store import WrongHall
from hall.store.verify import verify_audit
from hall.store.work import ChainHeadMissing

StoreOpener = Callable[..., Store]


class Wire(Protocol):
    """See conftest.py."""

    cut: str | None
    mark: bytes
    dead: bool
    cuts: int


@pytest.fixture
def policy(home: Path) -> QueuePolicy:
    return queue_policy(home)


@pytest.fixture
def wired(
    wire: Wire, wire_url: str, postgresql_url: str, open_store: StoreOpener, furnish: Callable[[str], None]
) -> Store:
    """A station of a furnished hall on PostgreSQL, over a wire that can be cut when a call is written."""
    furnish(postgresql_url)
    wire.mark = b'"ticket_id"'  # in the choices that the writing statement is given
    return open_store(wire_url)


@pytest.fixture
def furnished(store: Store, database_url: str, furnish: Callable[[str], None]) -> Store:
    furnish(database_url)
    return store


def clerk(store: Store) -> Actor:
    return Actor(account_id=7, name="张三明", hall_id=store.hall_id, roles=frozenset({"clerk"}))


def take(store: Store, policy: QueuePolicy, count: int = 1) -> None:
    for _ in range(count):
        issue_ticket(store, clerk(store), matter_code="XK05", channel="staff", policy=policy, slip=False)


def calls(store: Store) -> list[tuple[str, str]]:
    """Codes and states; each call has one event, one announcement and one audit entry, and the chain is whole."""
    with store.read() as session:
        assert verify_audit(session) == []
        events = session.scalars(select(TicketEvent.ticket_id).where(TicketEvent.kind == "call")).all()
        announced = session.scalars(select(Announcement.ticket_id)).all()
        audited = session.scalar(select(func.count()).where(AuditRow.action == "queue.call"))
        assert sorted(events) == sorted(announced) == sorted(set(events))
        assert audited == len(events)
        rows = session.execute(select(Ticket.code, Ticket.state).order_by(Ticket.id))
        return list(rows.tuples())


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_call_whose_connection_dies_is_done_exactly_once(
    wire: Wire, wired: Store, policy: QueuePolicy, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "PAUSES_S", (0.0,))
    take(wired, policy, 2)
    call_next(wired, clerk(wired), counter=2, policy=policy)  # opens the connection
    wire.cut = cut
    called = call_next(wired, clerk(wired), counter=1, policy=policy)
    assert wire.cuts == 1
    assert called.code == "B002"
    assert calls(wired) == [("B001", "called"), ("B002", "called")]


def test_a_call_whose_outcome_nobody_knows_is_not_repeated(
    wire: Wire, wired: Store, policy: QueuePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "SETTLING_PAUSES_S", (0.0, 0.0))
    take(wired, policy, 3)
    call_next(wired, clerk(wired), counter=1, policy=policy)
    finish(wired, clerk(wired), counter=1, policy=policy)
    wired.engine.dispose()  # no other connection is left to ask by
    wire.cut, wire.dead = "after", True
    with pytest.raises(OutcomeUnknown):
        call_next(wired, clerk(wired), counter=1, policy=policy)
    wire.dead = False
    assert [state for _, state in calls(wired)] == ["finished", "called", "waiting"]


def test_a_call_leaves_event_announcement_audit_and_change(furnished: Store, policy: QueuePolicy) -> None:
    take(furnished, policy)
    called = call_next(furnished, clerk(furnished), counter=1, policy=policy)
    assert calls(furnished) == [("B001", "called")]
    with furnished.read() as session:
        event = session.scalars(select(TicketEvent).where(TicketEvent.kind == "call")).one()
        assert (event.reason, event.terms) == (called.reason, '{"rule":"rank"}')
        entry = session.scalars(select(AuditRow).where(AuditRow.action == "queue.call")).one()
        assert entry.detail == '{"code":"B001","counter":1,"reason":"B001 等得最久。"}'
        assert session.scalars(select(ChangeRow.key).order_by(ChangeRow.seq.desc())).first() == "B001"


def test_two_threads_of_one_station_call_and_write_side_by_side(furnished: Store, policy: QueuePolicy) -> None:
    """Whoever reads the end of the audit chain too early writes nothing and tries again."""
    take(furnished, policy, 4)

    def call(counter: int) -> str:
        return call_next(furnished, clerk(furnished), counter=counter, policy=policy).code

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(call, (1, 2, 3, 4)))
    assert sorted(codes) == ["B001", "B002", "B003", "B004"]
    assert [state for _, state in calls(furnished)] == ["called"] * 4


def test_a_clerk_of_another_hall_calls_nobody(furnished: Store, policy: QueuePolicy) -> None:
    stranger = Actor(account_id=7, name="张三明", hall_id=furnished.hall_id + 1, roles=frozenset({"clerk"}))
    with pytest.raises(WrongHall):
        call_next(furnished, stranger, counter=1, policy=policy)


def test_without_the_head_of_its_chain_a_station_calls_nobody(furnished: Store, policy: QueuePolicy) -> None:
    take(furnished, policy, 2)
    call_next(furnished, clerk(furnished), counter=1, policy=policy)
    with furnished.engine.begin() as connection:
        connection.execute(delete(AuditHead).where(AuditHead.station_id == furnished.station.id))
    with pytest.raises(ChainHeadMissing):
        call_next(furnished, clerk(furnished), counter=2, policy=policy)
