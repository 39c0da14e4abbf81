"""What screens read of the queue: per matter the people ahead and the span, from one state of the data."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from hall.clock import FixedClock, business_date
from hall.errors import Refused
from hall.rules.people import Actor
from hall.rules.waiting_time import Expected
from hall.services.front import Front
from hall.services.queue_reading import expected_wait
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, CounterMatter, Ticket

MINUTE = timedelta(minutes=1)


def restrict(store: Store, actor: Actor, counter: int, matter_code: str, *, head_start: int = 0) -> None:
    with store.work("counter.matters", actor) as work:
        place = work.session.scalars(select(Counter).where(Counter.number == counter)).one()
        matter = work.session.scalars(select(Matter).where(Matter.code == matter_code)).one()
        work.session.add(
            CounterMatter(hall_id=work.hall_id, counter_id=place.id, matter_id=matter.id, head_start_minutes=head_start)
        )
        work.audit(f"counter:{place.id}")


def take(front: Front, matter: str = "XK05", **given: object) -> None:
    front.taking.issue(matter, channel="staff", **given)  # type: ignore[arg-type]  # as Front.taking.issue takes them


def visit(front: Front, counter: int, clock: FixedClock, minutes: int) -> None:
    """Call, serve for so long, finish."""
    front.calling.call_next(counter)
    clock.instant += minutes * MINUTE
    front.calling.finish(counter)


def wait_of(front: Front, matter: str = "XK05", priority: str = "ordinary") -> Expected:
    return expected_wait(front.store, front.actor, policy=front.policy, matter_code=matter, priority=priority)


def test_in_an_empty_hall_nobody_waits(front: Front) -> None:
    view = front.queue()
    assert set(view.expected.values()) == {Expected(0, (0, 1))}
    assert (view.minutes, view.minutes_of("XK05"), view.minutes_of("XK99")) == ((0, 1), (0, 1), (0, 1))


@pytest.mark.both
def test_each_matter_has_the_span_of_the_counters_that_serve_it(
    front: Front, store: Store, actor: Actor, clock: FixedClock
) -> None:
    for counter, matter in ((1, "XK05"), (2, "XK02")):
        restrict(store, actor, counter, matter)
        take(front, matter)
        front.calling.call_next(counter)
    for _ in range(3):
        take(front, "XK05")
    view = front.queue()
    assert (view.expected["XK05"].ahead, view.expected["XK02"].ahead) == (3, 0)
    assert view.minutes_of("XK05")[0] > view.minutes_of("XK02")[1]
    assert view.minutes == view.minutes_of("XK05")  # the matter that people wait for
    assert "XK06" in view.expected  # no open counter serves it: the closed ones are expected to open


def test_what_the_button_said_is_what_the_ticket_says(front: Front, clock: FixedClock) -> None:
    for _ in range(3):
        take(front)
        front.calling.call_next(1)
        clock.instant += 7 * MINUTE
        front.calling.finish(1)
    take(front)
    take(front)
    shown = front.queue().expected["XK05"]
    issued = front.taking.issue("XK05", channel="kiosk")
    assert (issued.waiting_ahead, issued.minutes) == (shown.ahead, shown.minutes) == (2, shown.minutes)
    assert wait_of(front, "XK05").ahead == 3


def test_a_priority_ticket_is_told_the_shorter_wait_it_will_have(front: Front, clock: FixedClock) -> None:
    take(front)
    front.calling.call_next(1)
    for _ in range(3):
        take(front)
    clock.instant += MINUTE
    assert wait_of(front, priority="elder").ahead == 0
    assert wait_of(front, priority="elder").minutes < wait_of(front).minutes
    with pytest.raises(Refused, match="没有“vip”这种优先类别"):
        wait_of(front, priority="vip")


def test_a_ticket_whose_slip_is_not_out_is_not_waited_for(front_of: Callable[..., Front], front: Front) -> None:
    printing = front_of(front.store, front.actor, slip=True)
    printing.taking.issue("XK05", channel="kiosk")
    view = front.queue()
    assert (view.waiting, view.per_matter, view.expected["XK05"].ahead) == ((), {}, 0)


def test_a_paused_counter_is_not_counted_on_while_another_serves(front: Front, clock: FixedClock) -> None:
    for counter in (1, 2):
        take(front)
        front.calling.call_next(counter)
    clock.instant += 8 * MINUTE
    front.calling.finish(2)
    take(front)
    both = wait_of(front)
    front.calling.pause(2, "临时离开")
    assert wait_of(front).minutes[0] > both.minutes[1]
    front.calling.finish(1)
    front.calling.pause(1, "临时离开")
    take(front)
    take(front)
    assert wait_of(front).minutes[0] > 0  # both are expected back, and no closed counter comes to help


def test_the_lengths_of_the_day_are_those_of_its_matters(front: Front, clock: FixedClock) -> None:
    for _ in range(6):
        for matter, minutes in (("XK05", 4), ("XK02", 30)):
            take(front, matter)
            visit(front, 1, clock, minutes)
    take(front, "XK05")
    short = wait_of(front).minutes
    front.calling.call_next(1)
    front.calling.finish(1)
    take(front, "XK02")
    assert wait_of(front).minutes[0] > short[1]


def test_a_matter_that_the_hall_does_not_know_has_nothing_ahead(front: Front) -> None:
    assert wait_of(front, "XK99") == Expected(0, (0, 1))


@pytest.mark.both
def test_ten_thousand_waiting_are_read_and_told_as_a_whole(front: Front, store: Store, clock: FixedClock) -> None:
    """The estimate reads every n-th of them and lets it stand for n."""
    with store.work("queue.issue", front.actor) as work:
        matter_id = work.session.scalars(select(Matter.id).where(Matter.code == "XK05")).one()
        common = {
            "hall_id": work.hall_id,
            "business_date": business_date(clock.instant),
            "prefix": "Z",
            "matter_id": matter_id,
            "priority": "ordinary",
            "channel": "kiosk",
            "state": "waiting",
            "favoured": False,
            "ahead": 0,
            "minutes_low": 0,
            "minutes_high": 1,
        }
        since = [clock.instant - 50 * MINUTE + timedelta(milliseconds=each) for each in range(10_000)]
        rows = [
            common
            | {"sequence": number, "code": f"Z{number:05d}", "issued_at": at, "waits_from": at, "rank_at": at}
            | {"must_call_by": at + 60 * MINUTE}
            for number, at in enumerate(since, start=1)
        ]
        work.session.execute(insert(Ticket), rows)
        work.audit("ticket:many")
    view = front.queue()
    assert (len(view.waiting), view.per_matter) == (10_000, {"XK05": 10_000})
    assert view.expected["XK05"].ahead == pytest.approx(10_000, rel=0.02)
    low, high = view.minutes
    assert low <= 10_000 * 8 / 4 * 1.1
    assert high >= 10_000 * 8 / 4 * 0.9
