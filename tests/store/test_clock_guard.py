"""A clock that was set back: nothing is written, and the sentence says which instants, and what to do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.services.clock_acceptance import accept_clock
from hall.store import Store
from hall.store.clock_guard import TOLERANCE, ClockSetBack
from hall.store.schema.trail import AuditHead, AuditRow
from hall.store.verify import verify_audit

SECOND = timedelta(seconds=1)


def write(store: Store, actor: Actor) -> None:
    with store.work("test.write", actor) as work:
        work.audit("test")


def latest(store: Store) -> datetime | None:
    with store.read() as session:
        return session.scalar(select(AuditHead.at).where(AuditHead.station_id == store.station.id))


def test_a_clock_set_back_beyond_the_tolerance_writes_nothing(store: Store, actor: Actor, clock: FixedClock) -> None:
    write(store, actor)
    last = clock.instant
    clock.instant -= TOLERANCE + SECOND
    with pytest.raises(ClockSetBack) as caught:
        write(store, actor)
    assert str(caught.value) == (
        "本机时间是2026年11月23日09:39，比本机上次操作（2026年11月23日09:42）早，已停止写入，以免日期出错。"
        "请校准本机日期和时间后再试；如果是上次的时间走快了，请系统管理员运行 hall clock accept 确认。"
    )
    with store.read() as session:
        assert session.scalars(select(AuditRow.action).order_by(AuditRow.sequence)).all()[-1] == "test.write"
        assert len(session.scalars(select(AuditRow.id).where(AuditRow.action == "test.write")).all()) == 1
    clock.instant = last
    write(store, actor)


def test_a_clock_that_is_put_right_a_little_goes_on_and_the_mark_stays_where_it_was(
    store: Store, actor: Actor, clock: FixedClock
) -> None:
    write(store, actor)
    mark = clock.instant
    for _ in range(3):
        clock.instant -= TOLERANCE / 3
        write(store, actor)
    assert latest(store) == mark
    clock.instant -= SECOND
    with pytest.raises(ClockSetBack):
        write(store, actor)


def test_one_station_that_runs_ahead_stops_nobody_else(
    store: Store, other_station: Store, actor: Actor, clock: FixedClock
) -> None:
    clock.instant += timedelta(days=300)
    write(other_station, actor)
    clock.instant -= timedelta(days=300)
    write(store, actor)


def test_where_two_others_agree_the_third_is_behind(
    store: Store,
    other_station: Store,
    open_store: Callable[..., Store],
    database_url: str,
    *,
    actor: Actor,
    clock: FixedClock,
) -> None:
    third = open_store(database_url, station="station-3")
    clock.instant += timedelta(hours=1)
    for ahead in (other_station, third):
        write(ahead, actor)
    clock.instant -= timedelta(hours=1)
    with pytest.raises(ClockSetBack, match="比本大厅其他电脑的操作（2026年11月23日10:42）早"):
        write(store, actor)
    clock.instant += timedelta(hours=1) - TOLERANCE
    write(store, actor)


def test_an_administrator_lets_a_station_go_on_whose_clock_had_run_ahead(
    store: Store, actor: Actor, administrator: Actor, clock: FixedClock
) -> None:
    ahead = clock.instant + timedelta(days=30)
    clock.instant = ahead
    write(store, actor)
    clock.instant -= timedelta(days=30)
    with pytest.raises(NotAuthorised):
        accept_clock(store, actor)
    done = accept_clock(store, administrator)
    assert (done.before, done.now) == (ahead, clock.instant)
    assert latest(store) == clock.instant
    write(store, actor)
    with store.read() as session:
        assert verify_audit(session) == []


def test_who_signs_in_to_accept_the_clock_leaves_the_mark_where_it_was(
    store: Store, actor: Actor, clock: FixedClock
) -> None:
    write(store, actor)
    mark = clock.instant
    clock.instant -= timedelta(days=1)
    store.trusts_clock = True
    write(store, actor)
    store.trusts_clock = False
    assert latest(store) == mark
    with pytest.raises(ClockSetBack):
        write(store, actor)
