"""Statistics of a day: rebuilt from the log alone they are what the live monitor reads from the tickets."""

import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError
from hall.rules.authority import NotAuthorised
from hall.rules.people import Actor
from hall.rules.queue_statistics import Rate
from hall.services.day_end import end_past_days
from hall.services.front import Front
from hall.services.monitor import MonitorView
from hall.services.statistics import NO_COUNTER, DayReport, day_breaches
from hall.store import Store
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, Ticket, TicketEvent

MINUTE = timedelta(minutes=1)
TODAY = date(2026, 11, 23)
MATTERS = ("XK03", "XK02", "XK05", "XK06")


@pytest.fixture
def desk(front_of: Callable[..., Front], store: Store, manager: Actor) -> Front:
    """The hall manager's."""
    return front_of(store, manager)


@pytest.fixture
def fronts(front_of: Callable[..., Front], store: Store, actor_with: Callable[..., Actor]) -> tuple[Front, ...]:
    """Four clerks."""
    return tuple(front_of(store, actor_with("clerk", account_id=70 + number)) for number in range(4))


def take(front: Front, matter: str = "XK05", *further: str) -> int:
    return front.taking.issue(matter, channel="staff", further=further).ticket_id


def test_a_visit_is_counted_where_when_and_by_whom_it_happened(
    fronts: tuple[Front, ...], desk: Front, clock: FixedClock
) -> None:
    clerk = fronts[0]
    take(clerk)
    clock.instant += 20 * MINUTE
    clerk.calling.call_next(1)
    clock.instant += 2 * MINUTE
    clerk.calling.start(1)
    clock.instant += 8 * MINUTE
    clerk.calling.finish(1)
    report = desk.monitor.day(TODAY)
    assert (report.day, report.until) == (TODAY, clock.instant)
    assert (report.total.taken, report.total.called, report.total.served) == (1, 1, 1)
    assert [each.mean for each in (report.total.waiting, report.total.way, report.total.service)] == [
        20 * MINUTE,
        2 * MINUTE,
        8 * MINUTE,
    ]
    assert [(row.name, row.figures.served) for row in report.counters] == [("1号窗口", 1), (NO_COUNTER, 0)]
    assert {row.name: row.figures.served for row in report.hours} == {"09:00–10:00": 0, "10:00–11:00": 1}
    assert [row.name for row in report.matters if row.figures.served] == ["临时占用城市道路许可"]


def test_only_the_manager_sees_the_figures(fronts: tuple[Front, ...], store: Store, actor: Actor) -> None:
    with pytest.raises(NotAuthorised):
        fronts[0].monitor.now()
    with pytest.raises(NotAuthorised):
        fronts[0].monitor.day(TODAY)
    with pytest.raises(NotAuthorised):
        day_breaches(store, actor, day=TODAY)


@pytest.mark.both
def test_a_number_called_out_of_order_and_one_given_back_are_counted(
    fronts: tuple[Front, ...], desk: Front, clock: FixedClock
) -> None:
    clerk = fronts[0]
    for _ in range(3):
        take(clerk)
    clerk.calling.call_given(1, "B002", "行动不便")
    clock.instant += MINUTE
    clerk.calling.finish(1)
    clerk.calling.choose_next(1)
    clerk.calling.give_back(1, "走开了")
    total = desk.monitor.day(TODAY).total
    assert (total.out_of_order, total.given_back) == (Rate(1, 1), 1)


@pytest.mark.both
def test_a_ticket_for_two_matters_is_served_once_with_two_matters_done(
    fronts: tuple[Front, ...], desk: Front, clock: FixedClock
) -> None:
    clerk = fronts[0]
    desk.calling.set_matters(1, {"XK05": 10})
    desk.calling.set_matters(2, {"XK02": 0, "XK03": 0})
    take(clerk, "XK05", "XK02")
    for counter, minutes in ((1, 5), (2, 7)):
        clerk.calling.call_next(counter)
        clock.instant += minutes * MINUTE
        clerk.calling.finish(counter)
    report = desk.monitor.day(TODAY)
    assert (report.total.served, report.total.matters_done) == (1, 2)
    services = {row.name: row.figures.service.total for row in report.matters if row.figures.service.count}
    assert sorted(services.values()) == [5 * MINUTE, 7 * MINUTE]
    assert report.total.waiting.count == 1


def test_idle_counts_only_at_counters_that_could_serve_who_waits(
    fronts: tuple[Front, ...], desk: Front, clock: FixedClock
) -> None:
    desk.calling.set_matters(1, {"XK05": 0})
    desk.calling.set_matters(2, {"XK02": 0})
    for number in (1, 2):
        fronts[number].calling.open_counter(number)
    take(fronts[0], "XK05")
    clock.instant += 6 * MINUTE
    desk.calling.set_matters(2, {"XK02": 0, "XK05": 0})
    clock.instant += 4 * MINUTE
    fronts[1].calling.call_next(1)
    report = desk.monitor.day(TODAY)
    idle = {row.name: row.figures.idle.total for row in report.counters if row.figures.idle.count}
    assert idle == {"1号窗口": 10 * MINUTE, "2号窗口": 4 * MINUTE}


def test_matters_changed_on_an_earlier_day_are_those_of_today(
    fronts: tuple[Front, ...], desk: Front, clock: FixedClock
) -> None:
    desk.calling.set_matters(1, {"XK02": 5})
    desk.calling.set_matters(2, {})
    clock.instant += timedelta(days=1)
    for number in (1, 2):
        fronts[number].calling.open_counter(number)
    take(fronts[0], "XK05")
    clock.instant += 3 * MINUTE
    report = desk.monitor.day(TODAY + timedelta(days=1))
    assert [row.name for row in report.counters if row.figures.idle.count] == ["2号窗口"]


def test_a_past_day_ends_with_its_last_event_and_its_open_tickets_are_unfinished(
    fronts: tuple[Front, ...], desk: Front, store: Store, clock: FixedClock
) -> None:
    fronts[0].calling.open_counter(1)
    take(fronts[0])
    clock.instant += 5 * MINUTE
    last = clock.instant
    take(fronts[0])
    clock.instant += timedelta(days=2)
    end_past_days(store)
    report = desk.monitor.day(TODAY)
    assert report.until == last
    assert (report.total.unfinished, report.total.open_tickets) == (2, 0)
    assert report.total.idle.total == 5 * MINUTE
    assert {row.name for row in report.hours} == {"09:00–10:00"}
    assert day_breaches(store, desk.actor, day=TODAY) == ()
    assert desk.monitor.day(TODAY - timedelta(days=1)).total.taken == 0


SELDOM = ("take", "take", "pause", "unpause", "unpause", "close", "given", "walk-in", "cancel", "release")
DEEDS = ("call", "start", "arrive", "recall", "skip", "finish", "hold", "resume", "return", "transfer", "requeue")


def play(fronts: tuple[Front, ...], desk: Front, clock: FixedClock, *, seed: int, steps: int) -> None:
    """A day made up at random through the real services; what they refuse does not happen."""
    chance = random.Random(seed)
    desk.calling.set_matters(3, {"XK03": 0, "XK02": 5})
    for _ in range(steps):
        clock.instant += timedelta(seconds=chance.randint(5, 150))
        number = chance.randint(1, 4)
        try:
            deed(chance, fronts[number - 1], desk, number)
        except HallError:
            continue


def deed(chance: random.Random, front: Front, desk: Front, number: int) -> None:
    calling = front.calling
    kind = chance.choice(
        ("take", "take", "pause", "unpause", "unpause", "close", "given", "walk-in", "cancel", "release", *DEEDS * 2)
    )
    ticket_id = chance.randint(1, 40)
    deeds: dict[str, Callable[[], object]] = {
        "take": lambda: take(front, *chance.sample(MATTERS, chance.choice((1, 1, 1, 2)))),
        "pause": lambda: calling.pause(number, "整理材料"),
        "unpause": lambda: calling.unpause(number),
        "close": lambda: chance.choice((calling.open_counter, calling.close_counter))(number),
        "given": lambda: calling.call_given(number, f"B{ticket_id:03d}", "行动不便"),
        "walk-in": lambda: calling.serve_without_ticket(number, chance.choice(MATTERS)),
        "cancel": lambda: calling.cancel(ticket_id, "本人放弃"),
        "release": lambda: desk.calling.release(ticket_id, "卡住了"),
        "call": lambda: chance.choice((calling.call_next, calling.choose_next, calling.announce))(number),
        "start": lambda: calling.start(number),
        "arrive": lambda: calling.arrive(number),
        "recall": lambda: calling.recall(number),
        "skip": lambda: calling.skip(number),
        "finish": lambda: calling.finish(number),
        "hold": lambda: calling.hold(number, "去复印"),
        "resume": lambda: calling.resume(number, ticket_id),
        "return": lambda: calling.give_back(number, "走开了"),
        "transfer": lambda: calling.transfer(
            number,
            matter_code=chance.choice(MATTERS),
            to_counter=chance.choice((None, 1, 2)),
            come_back=ticket_id % 2 > 0,
        ),
        "requeue": lambda: calling.requeue(ticket_id),
    }
    deeds[kind]()


@pytest.mark.both
@pytest.mark.parametrize("seed", [0, 4, 9, 20])
def test_what_the_monitor_shows_is_what_the_log_says(
    fronts: tuple[Front, ...], desk: Front, store: Store, clock: FixedClock, seed: int
) -> None:
    play(fronts, desk, clock, seed=seed, steps=400)
    view, report = desk.monitor.now(), desk.monitor.day(TODAY)
    assert view.totals.taken > 20
    assert live(view) == rebuilt(report)
    assert day_breaches(store, desk.actor, day=TODAY) == ()


def live(view: MonitorView) -> dict[str, object]:
    totals = view.totals
    return {
        "taken": totals.taken,
        "served": totals.served,
        "cancelled": totals.cancelled,
        "open": totals.waiting + totals.at_counters + totals.held + totals.skipped + totals.unprinted,
        "waited": (totals.waited.count, totals.waited.total, totals.waited.longest, totals.waited.over),
        "served at": {f"{row.number}号窗口": row.served for row in view.counters if row.served},
    }


def rebuilt(report: DayReport) -> dict[str, object]:
    total = report.total
    return {
        "taken": total.taken,
        "served": total.served,
        "cancelled": total.cancelled,
        "open": total.open_tickets,
        "waited": (total.waiting.count, total.waiting.total, total.waiting.longest, total.waiting.over),
        "served at": {row.name: row.figures.served for row in report.counters if row.figures.served},
    }


@pytest.mark.both
def test_a_day_of_six_hundred_tickets_is_rebuilt_at_once(desk: Front, store: Store, clock: FixedClock) -> None:
    with store.work("queue.issue", desk.actor) as work:
        matter_id = work.session.scalars(select(Matter.id).order_by(Matter.id)).first()
        counters = work.session.scalars(select(Counter.id).order_by(Counter.id)).all()
        events: list[dict[str, object]] = []
        for number in range(600):
            begun = datetime(2026, 11, 23, 8, 30, tzinfo=HALL_ZONE) + number * 0.8 * MINUTE
            ticket = Ticket(
                hall_id=work.hall_id, business_date=TODAY, prefix="A", sequence=number + 1, code=f"A{number + 1:03d}",
                matter_id=matter_id, priority="ordinary", channel="kiosk", state="finished", issued_at=begun,
                waits_from=begun, rank_at=begun, must_call_by=begun, favoured=False, ahead=0, minutes_low=0,
                minutes_high=1, skips=0, note="", first_called_at=begun + 6 * MINUTE,
            )  # fmt: skip
            work.session.add(ticket)
            work.session.flush()
            for place, kind in enumerate(("reserve", "live", "call", "recall", "arrive", "start", "finish")):
                events.append(
                    {
                        "hall_id": work.hall_id, "ticket_id": ticket.id, "at": begun + place * 2 * MINUTE, "kind": kind,
                        "counter_id": counters[number % len(counters)] if place > 1 else None, "account_id": 70,
                        "reason": "", "matter_id": matter_id, "terms": "",
                    }
                )  # fmt: skip
        work.session.execute(insert(TicketEvent), events)
        work.audit("ticket:0")
    spent = []
    for _ in range(3):
        began = time.process_time()
        report = desk.monitor.day(TODAY)
        spent.append(time.process_time() - began)
    assert min(spent) < 0.3
    assert (report.total.taken, report.total.served) == (600, 600)
    assert [row.name for row in report.clerks] == ["编号 70"]
