"""Past days are ended once: open tickets closed, the audit chains sealed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hall.clock import FixedClock, business_date
from hall.rules.people import Actor
from hall.services.day_end import end_day, end_past_days
from hall.store import Store
from hall.store.schema.trail import AuditSeal
from hall.store.seals import AlreadySealed
from hall.store.verify import verify_audit


def _do_something(store: Store, actor: Actor) -> None:
    """A deed of today, after all days before it have been ended."""
    end_past_days(store)
    with store.work("test.deed", actor) as work:
        work.audit("test")


def test_a_day_that_is_over_is_sealed_once_and_the_chain_verifies(
    store: Store, clock: FixedClock, actor: Actor
) -> None:
    _do_something(store, actor)
    first = business_date(clock.now())
    clock.instant += timedelta(days=1)
    assert end_past_days(store) == (first,)
    assert end_past_days(store) == ()
    with store.read() as session:
        assert session.scalars(select(AuditSeal.day).where(AuditSeal.day >= first)).all() == [first]
        assert verify_audit(session) == []


def test_a_hall_that_was_switched_off_for_days_catches_up(store: Store, clock: FixedClock, actor: Actor) -> None:
    _do_something(store, actor)
    first = business_date(clock.now())
    clock.instant += timedelta(days=1)
    with store.work("test.deed", actor) as work:
        work.audit("test")
    clock.instant += timedelta(days=4)
    assert end_past_days(store) == (first, first + timedelta(days=1))


def test_today_is_never_ended_early(store: Store, actor: Actor) -> None:
    _do_something(store, actor)
    assert end_past_days(store) == ()


def test_a_second_station_finds_the_day_ended(
    store: Store, other_station: Store, clock: FixedClock, actor: Actor
) -> None:
    _do_something(store, actor)
    first = business_date(clock.now())
    clock.instant += timedelta(days=1)
    end_day(other_station, day=first)
    with pytest.raises(AlreadySealed):
        end_day(store, day=first)
    assert end_past_days(store) == ()
