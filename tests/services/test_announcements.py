"""Announcements: each call is spoken once, the newest of a ticket, and none when it is of no use any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hall.clock import FixedClock
from hall.services import announcements
from hall.services.announcements import STALE_AFTER
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.queueing import Announcement
from hall.store.schema.trail import AuditRow


def call(front: Front, counter: int) -> str:
    front.taking.issue("XK05", channel="staff")
    return front.calling.call_next(counter).code


def spoken_next(store: Store) -> tuple[str, int] | None:
    found = announcements.claim(store)
    if found is None:
        return None
    announcements.settle(store, announcement_id=found.announcement_id, spoken=True)
    return found.code, found.counter_number


def states(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Announcement.state).order_by(Announcement.id)))


@pytest.mark.both
def test_calls_are_spoken_in_order(front: Front, store: Store) -> None:
    first, second = call(front, 2), call(front, 1)
    assert [spoken_next(store) for _ in range(3)] == [(first, 2), (second, 1), None]
    assert states(store) == ["spoken", "spoken"]


def test_the_station_with_the_loudspeaker_speaks_what_others_call(front: Front, other_station: Store) -> None:
    code = call(front, 1)
    found = announcements.claim(other_station)
    assert found is not None
    assert found.code == code
    with other_station.read() as session:
        assert session.scalars(select(Announcement.claimed_by)).one() == "station-2"


def test_a_recall_is_told_as_one(front: Front, store: Store, clock: FixedClock) -> None:
    call(front, 1)
    first = announcements.claim(store)
    clock.instant += timedelta(seconds=30)
    front.calling.recall(1)
    second = announcements.claim(store)
    assert first is not None
    assert second is not None
    assert (first.again, second.again) == (False, True)


def test_what_a_dead_station_had_claimed_is_failed_at_the_next_start(
    front: Front, other_station: Store, store: Store, clock: FixedClock
) -> None:
    call(front, 1)
    announcements.claim(store)
    clock.instant += STALE_AFTER
    assert announcements.fail_interrupted(other_station) == 0
    clock.instant += timedelta(seconds=1)
    call(front, 2)
    announcements.claim(other_station)
    assert announcements.fail_interrupted(other_station) == 1
    assert states(store) == ["failed", "claimed"]
    assert announcements.fail_interrupted(store) == 0


def test_a_recall_replaces_a_call_that_was_not_spoken_yet(front: Front, store: Store, clock: FixedClock) -> None:
    first = call(front, 1)
    clock.instant += front.policy.calling.recall_after
    front.calling.recall(1)
    second = call(front, 2)
    assert [spoken_next(store) for _ in range(3)] == [(first, 1), (second, 2), None]
    assert states(store) == ["dropped", "spoken", "spoken"]


def test_a_recall_after_the_call_was_spoken_is_spoken_again(front: Front, store: Store, clock: FixedClock) -> None:
    code = call(front, 1)
    clock.instant += front.policy.calling.recall_after
    assert spoken_next(store) == (code, 1)
    front.calling.recall(1)
    assert spoken_next(store) == (code, 1)


def test_the_next_call_of_a_counter_replaces_one_that_was_not_spoken_yet(
    front: Front, store: Store, clock: FixedClock
) -> None:
    """Whom the counter calls now is at it; whom it called before is not any more."""
    call(front, 1)
    other = call(front, 2)
    clock.instant += timedelta(seconds=30)
    front.calling.start(1)
    front.calling.finish(1)
    newest = call(front, 1)
    assert [spoken_next(store) for _ in range(3)] == [(other, 2), (newest, 1), None]
    assert states(store) == ["dropped", "spoken", "spoken"]


def test_in_quiet_hours_calls_are_dropped_and_those_after_are_spoken(front: Front, store: Store) -> None:
    call(front, 1)
    assert announcements.claim(store, quiet=True) is None
    assert states(store) == ["dropped"]
    after = call(front, 2)
    assert spoken_next(store) == (after, 2)


@pytest.mark.both
def test_a_stale_call_is_dropped(front: Front, store: Store, clock: FixedClock) -> None:
    call(front, 1)
    clock.instant += STALE_AFTER
    second = call(front, 2)
    clock.instant += timedelta(seconds=1)
    assert spoken_next(store) == (second, 2)
    assert states(store) == ["dropped", "spoken"]
    clock.instant += STALE_AFTER
    call(front, 3)
    clock.instant += STALE_AFTER + timedelta(seconds=1)
    assert spoken_next(store) is None
    assert states(store) == ["dropped", "spoken", "dropped"]


def test_a_dead_loudspeaker_leaves_a_failure_and_holds_nothing_back(front: Front, store: Store) -> None:
    call(front, 1)
    found = announcements.claim(store)
    assert found is not None
    announcements.settle(store, announcement_id=found.announcement_id, spoken=False)
    assert states(store) == ["failed"]
    front.calling.start(1)


def test_a_call_is_settled_once(front: Front, store: Store) -> None:
    call(front, 1)
    found = announcements.claim(store)
    assert found is not None
    for spoken in (True, False):
        announcements.settle(store, announcement_id=found.announcement_id, spoken=spoken)
    assert states(store) == ["spoken"]


def test_two_loudspeakers_never_speak_the_same_call(front: Front, other_station: Store, store: Store) -> None:
    codes = [call(front, counter) for counter in (1, 2, 3, 4)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(announcements.claim, (store, other_station) * 4))
    assert sorted(each.code for each in found if each) == codes


@pytest.mark.both
def test_silence_leaves_no_trace(store: Store) -> None:
    with store.read() as session:
        before = session.scalar(select(func.count()).select_from(AuditRow))
    assert announcements.claim(store) is None
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(AuditRow)) == before
