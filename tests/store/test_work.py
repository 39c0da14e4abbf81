"""A unit of work is wholly done or not at all, and leaves exactly one audit entry."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.errors import Refused
from hall.rules.people import Actor, system_actor
from hall.store import Store
from hall.store.schema.halls import Hall, Station
from hall.store.schema.trail import AuditHead, AuditRow, ChangeRow, NumberSeries
from hall.store.store import WrongHall
from hall.store.work import AuditMisuse


def test_a_work_leaves_one_audit_row_at_the_instant_of_the_clock(store: Store, actor: Actor, clock: FixedClock) -> None:
    with store.work("queue.call", actor) as work:
        work.audit("ticket:17", counter=3, 理由="过号")
    with store.read(actor) as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "queue.call")).one()
    assert (row.subject, row.actor_name, row.at) == ("ticket:17", actor.name, clock.instant)
    assert row.detail == '{"counter":3,"理由":"过号"}'
    assert row.work_id == work.id
    assert row.sequence == 2  # the first is the station's own registration


def test_a_work_that_raises_leaves_nothing(store: Store, actor: Actor) -> None:
    with pytest.raises(Refused), store.work("hall.rename", actor) as work:
        work.session.get_one(Hall, store.hall_id).name = "改名"
        work.next_number("document", "2026")
        work.changed("hall")
        work.audit("hall:1")
        raise Refused("不行。")
    with store.read() as session:
        assert session.get_one(Hall, store.hall_id).name != "改名"
        assert session.scalar(select(func.count()).select_from(NumberSeries)) == 0
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == 0
        assert session.scalar(select(AuditHead.sequence)) == 1


def test_a_work_without_audit_is_a_mistake_and_saves_nothing(store: Store, actor: Actor) -> None:
    with pytest.raises(AuditMisuse, match="without audit"), store.work("hall.rename", actor) as work:
        work.session.get_one(Hall, store.hall_id).name = "改名"
    with store.read() as session:
        assert session.get_one(Hall, store.hall_id).name != "改名"


def test_a_work_is_audited_once(store: Store, actor: Actor) -> None:
    with pytest.raises(AuditMisuse, match="twice"), store.work("x", actor) as work:
        work.audit("a:1")
        work.audit("a:2")


def test_an_actor_of_another_hall_is_refused(store: Store) -> None:
    stranger = system_actor(store.hall_id + 1)
    with pytest.raises(WrongHall), store.work("x", stranger):
        pytest.fail("never entered")
    with pytest.raises(WrongHall), store.read(stranger):
        pytest.fail("never entered")


def test_a_reading_session_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)read-only|只能读"), store.read() as session:
        session.get_one(Hall, store.hall_id).name = "改名"
        session.flush()


def test_a_reading_session_sees_one_state_from_first_to_last(store: Store, other_station: Store, actor: Actor) -> None:
    count = select(func.count()).select_from(AuditRow)
    with store.read() as session:
        before = session.scalar(count)
        with other_station.work("x", actor) as work:
            work.audit("a:1")
        assert session.scalar(count) == before


def test_each_station_has_its_own_chain(store: Store, other_station: Store, actor: Actor) -> None:
    for each in (store, other_station, store):
        with each.work("x", actor) as work:
            work.audit("a:1")
    with store.read() as session:
        heads = dict(session.execute(select(AuditHead.station_id, AuditHead.sequence)).tuples().all())
    assert heads == {store.station.id: 3, other_station.station.id: 2}


def test_opening_a_known_station_again_enters_nothing(
    store: Store, database_url: str, open_store: Callable[..., Store]
) -> None:
    again = open_store(database_url, station="station-1")
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Station)) == 1
    assert again.station == store.station


def test_changes_of_one_work_are_told_once_each(store: Store, actor: Actor) -> None:
    with store.work("x", actor) as work:
        work.changed("queue", "3")
        work.changed("queue", "3")
        work.changed("board")
        work.audit("a:1")
    with store.read() as session:
        rows = session.execute(select(ChangeRow.topic, ChangeRow.key, ChangeRow.origin)).tuples().all()
    assert list(rows) == [("queue", "3", "station-1"), ("board", "", "station-1")]


def test_the_program_itself_hears_of_its_works_when_they_are_saved_and_of_no_others(
    store: Store, other_station: Store, actor: Actor
) -> None:
    told: list[frozenset[str]] = []

    def hear(topics: frozenset[str]) -> None:
        with store.read() as session:
            assert session.scalar(select(func.count()).select_from(ChangeRow)) == 2
        told.append(topics)

    store.own_changes = hear
    with store.work("x", actor) as work:
        work.changed("spool", "1")
        work.changed("queue", "A001")
        work.audit("a:1")
    with pytest.raises(Refused), store.work("x", actor) as work:
        work.changed("case")
        raise Refused("不行。")
    with store.rehearsing(lambda _: None), store.work("x", actor) as work:
        work.changed("case")
        work.audit("a:1")
    with other_station.work("x", actor) as work:
        work.changed("case")
        work.audit("a:1")
    assert told == [frozenset({"spool", "queue"})]
