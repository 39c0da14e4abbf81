"""Past days are ended once: open tickets and counters closed, the audit chains sealed; no clock brings one back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from hall.clock import HALL_ZONE, FixedClock, business_date
from hall.errors import Missing
from hall.rules.people import Actor
from hall.rules.queue_order import NobodyWaits
from hall.services import slip_life
from hall.services.day_end import end_day, end_past_days
from hall.services.ended_days import DayEnded
from hall.services.front import Front
from hall.store import Store
from hall.store.clock_guard import ClockSetBack
from hall.store.schema.queueing import Counter, Ticket, TicketEvent
from hall.store.schema.trail import AuditSeal
from hall.store.seals import AlreadySealed
from hall.store.verify import verify_audit


def _do_something(store: Store, actor: Actor) -> None:
    """A deed of today, after all days before it have been ended."""
    end_past_days(store)
    with store.work("test.deed", actor) as work:
        work.audit("test")


@pytest.mark.both
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


def states(store: Store) -> dict[str, str]:
    with store.read() as session:
        return dict(session.execute(select(Ticket.code, Ticket.state)).tuples().all())


def counter_states(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Counter.state).order_by(Counter.number)))


@pytest.fixture
def full_day(
    front: Front, front_of: Callable[..., Front], store: Store, take: Callable[..., str], skip_at: Callable[[int], str]
) -> dict[str, str]:
    """Tickets in every state they can be left in, by state; the day before is sealed."""
    end_past_days(store)
    printing = front_of(store, front.actor, slip=True).taking
    left = {"reserved": printing.issue("XK02", channel="kiosk").code}
    unprinted = printing.issue("XK02", channel="kiosk")
    with store.work("test.misprint", front.actor) as work:
        slip_life.misprinted(work, unprinted.ticket_id, why="缺纸")
        work.audit("test")
    left["unprinted"] = unprinted.code
    left["skipped"] = take()
    skip_at(1)
    left["held"] = take()
    front.calling.call_next(1)
    front.calling.hold(1, "取材料")
    for counter, state in enumerate(("called", "arrived", "serving", "chosen"), start=1):
        left[state] = take()
        (front.calling.choose_next if state == "chosen" else front.calling.call_next)(counter)
    front.calling.arrive(2)
    front.calling.start(3)
    left["waiting"] = take()
    return left


@pytest.mark.both
def test_every_open_state_is_closed_at_the_days_end(
    full_day: dict[str, str], front: Front, store: Store, clock: FixedClock
) -> None:
    assert {code: state for state, code in full_day.items()} == states(store)
    clock.instant += timedelta(days=1)
    assert len(end_past_days(store)) == 1
    assert set(states(store).values()) == {"unfinished"}
    assert set(counter_states(store)) == {"closed"}
    with store.read() as session:
        ended = select(func.count()).select_from(TicketEvent).where(TicketEvent.kind == "unfinished")
        assert session.scalar(ended) == len(full_day)
    assert [front.calling.present(number) for number in range(1, 5)] == [None] * 4
    assert front.calling.held(1) == ()
    assert front.calling.skipped() == ()


def test_nothing_of_yesterday_blocks_a_counter_whose_station_slept_over_midnight(
    full_day: dict[str, str], front: Front, store: Store, take: Callable[..., str], clock: FixedClock
) -> None:
    clock.instant += timedelta(days=1)
    assert (front.calling.held(1), front.calling.skipped()) == ((), ())
    called = [take() for _ in range(4)]
    assert [front.calling.call_next(number).code for number in range(1, 5)] == called
    assert called == ["B001", "B002", "B003", "B004"]
    end_past_days(store)
    assert [(front.calling.present(number) or front.calling.call_next(1)).code for number in range(1, 5)] == called
    assert counter_states(store) == ["open"] * 4
    assert "held" in full_day


def test_a_counter_of_yesterday_is_paused_and_closed_as_if_it_were_free(
    full_day: dict[str, str], front: Front, store: Store, clock: FixedClock
) -> None:
    clock.instant += timedelta(days=1)
    front.calling.close_counter(3)
    front.calling.open_counter(2)
    front.calling.pause(2, "临时离开")
    found = states(store)
    assert (found[full_day["serving"]], found[full_day["arrived"]]) == ("unfinished", "unfinished")


@pytest.mark.both
def test_the_day_turns_between_two_seconds(front: Front, take: Callable[..., str], clock: FixedClock) -> None:
    midnight = datetime(2026, 11, 24, tzinfo=HALL_ZONE)
    clock.instant = midnight - timedelta(minutes=1, seconds=1)
    assert take() == "B001"
    assert business_date(clock.instant) == date(2026, 11, 23)
    assert front.calling.call_next(1).code == "B001"
    clock.instant = midnight
    front.calling.start(1)  # who came before midnight is served to the end
    front.calling.finish(1)
    with pytest.raises(NobodyWaits):
        front.calling.call_next(1)
    assert front.taking.issue("XK05", channel="staff").code == "B001"
    assert front.calling.call_next(1).code == "B001"


@pytest.mark.both
def test_a_visit_that_is_ended_with_its_day_is_no_longer_at_the_counter(
    front: Front, store: Store, take: Callable[..., str], clock: FixedClock
) -> None:
    end_past_days(store)
    take()
    front.calling.call_next(1)
    clock.instant += timedelta(days=1)
    end_past_days(store)
    with pytest.raises(Missing, match="1号窗口现在没有在办的号"):
        front.calling.finish(1)


def test_a_clock_set_back_over_midnight_reopens_and_renumbers_nothing(
    front: Front, store: Store, take: Callable[..., str], clock: FixedClock
) -> None:
    end_past_days(store)
    take()
    clock.instant += timedelta(days=1)
    end_past_days(store)
    before = states(store)
    clock.instant -= timedelta(days=1)
    for deed in (
        take,
        lambda: front.calling.open_counter(1),
        lambda: front.calling.call_next(1),
        lambda: front.calling.serve_without_ticket(1, "XK05"),
    ):
        with pytest.raises((DayEnded, ClockSetBack), match=r"请(核对|校准)本机日期和时间"):
            deed()
    assert end_past_days(store) == ()
    assert states(store) == before
    clock.instant += timedelta(days=1)
    assert take() == "B001"


@pytest.mark.both
def test_a_clock_put_right_within_the_day_keeps_the_order_of_events(
    front: Front, take: Callable[..., str], clock: FixedClock, events_of: Callable[[str], list[TicketEvent]]
) -> None:
    code = take()
    clock.instant -= timedelta(minutes=1)
    called = front.calling.call_next(1)
    assert called.waited == timedelta()
    front.calling.start(1)
    front.calling.finish(1)
    assert [event.kind for event in events_of(code)] == ["issue", "call", "start", "finish"]
    assert take() == "B002"
