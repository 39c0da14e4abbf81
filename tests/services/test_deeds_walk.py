"""Any deeds in any order: one open ticket per counter, events that lead to the state, refusals that leave nothing."""

import itertools
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import HallError
from hall.rules.people import Actor
from hall.rules.tickets import ENDED, OPEN, OPEN_AT_COUNTER, after
from hall.services.day_end import end_past_days
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.queueing import Counter, CounterMatter, Ticket, TicketEvent
from hall.store.verify import verify_audit

COUNTERS = 3
MATTERS = ("XK05", "XK02")
FIRST_STATES = {"issue": "waiting", "reserve": "reserved"}
ENDS = ("finish", "cancel", "unfinished")

MORNING = datetime(2026, 11, 23, 9, tzinfo=HALL_ZONE)

Pair = Callable[[], tuple[Front, Front]]
# Each deed gets the clerk, the manager, a counter and a number to pick other things by.
Deed = Callable[[Front, Front, int, int], object]
DEEDS: dict[str, Deed] = {
    "take": lambda clerk, _, counter, pick: clerk.taking.issue(MATTERS[pick % 2], channel="staff"),
    "take-for-both": lambda clerk, _, counter, pick: clerk.taking.issue(
        MATTERS[pick % 2],
        channel="staff",
        priority="elder" if pick % 3 else "ordinary",
        further=(MATTERS[1 - pick % 2],),
    ),
    "call": lambda clerk, _, counter, pick: clerk.calling.call_next(counter),
    "choose": lambda clerk, _, counter, pick: clerk.calling.choose_next(counter),
    "announce": lambda clerk, _, counter, pick: clerk.calling.announce(counter),
    "given": lambda clerk, _, counter, pick: clerk.calling.call_given(counter, f"B{pick:03d}", "急事"),
    "recall": lambda clerk, _, counter, pick: clerk.calling.recall(counter),
    "arrive": lambda clerk, _, counter, pick: clerk.calling.arrive(counter),
    "start": lambda clerk, _, counter, pick: clerk.calling.start(counter),
    "finish": lambda clerk, _, counter, pick: clerk.calling.finish(counter),
    "hold": lambda clerk, _, counter, pick: clerk.calling.hold(counter, "取材料"),
    "resume": lambda clerk, _, counter, pick: clerk.calling.resume(counter, pick),
    "give-back": lambda clerk, _, counter, pick: clerk.calling.give_back(counter, "叫错"),
    "transfer": lambda clerk, _, counter, pick: clerk.calling.transfer(counter, matter_code=MATTERS[pick % 2]),
    "transfer-to": lambda clerk, _, counter, pick: clerk.calling.transfer(
        counter, to_counter=pick % COUNTERS + 1, come_back=pick % 2 == 0
    ),
    "send-back": lambda clerk, _, counter, pick: clerk.calling.send_back(counter),
    "skip": lambda clerk, _, counter, pick: clerk.calling.skip(counter),
    "requeue": lambda clerk, _, counter, pick: clerk.calling.requeue(pick),
    "cancel": lambda clerk, _, counter, pick: clerk.calling.cancel(pick, "放弃"),
    "release": lambda _, manager, counter, pick: manager.calling.release(pick, "卡住", cancel=pick % 2 == 0),
    "serve": lambda clerk, _, counter, pick: clerk.calling.serve_without_ticket(counter, MATTERS[pick % 2]),
    "pause": lambda clerk, _, counter, pick: clerk.calling.pause(counter, "临时离开"),
    "unpause": lambda clerk, _, counter, pick: clerk.calling.unpause(counter),
    "open": lambda clerk, _, counter, pick: clerk.calling.open_counter(counter),
    "close": lambda clerk, _, counter, pick: clerk.calling.close_counter(counter),
    "matters": lambda _, manager, counter, pick: manager.calling.set_matters(
        counter, {MATTERS[pick % 2]: pick} if pick % 3 else {}
    ),
}
# What makes sense at a counter by the state of its ticket: tried more often, so that a walk gets somewhere.
LIKELY = {
    "": "call call choose given resume serve requeue pause unpause close",
    "chosen": "announce announce give-back release",
    "called": "recall arrive start skip skip hold transfer-to transfer-to send-back send-back cancel",
    "arrived": "start send-back transfer-to hold cancel give-back finish",
    "serving": "finish finish transfer transfer transfer-to send-back hold give-back",
}
WALKS, STEPS = 3, 160


@pytest.fixture
def pair(sqlite_template: Path, open_store: Callable[[str], Store], front_of: Callable[..., Front]) -> Pair:
    """A clerk and a manager in a fresh copy of the furnished hall; one call is enough to skip."""
    copies = itertools.count()

    def build() -> tuple[Front, Front]:
        copy = sqlite_template.with_name(f"walk-{next(copies)}.db")
        shutil.copyfile(sqlite_template, copy)
        store = open_store(f"sqlite:///{copy}")
        clerk = Actor(7, "张三明", store.hall_id, frozenset({"clerk"}))
        front = front_of(store, clerk)
        policy = replace(front.policy, calling=replace(front.policy.calling, calls_before_skip=1))
        front = replace(front, policy=policy)
        return front, replace(front, actor=Actor(8, "李四清", store.hall_id, frozenset({"manager"})))

    return build


def events_by_ticket(store: Store) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    with store.read() as session:
        for ticket_id, kind in session.execute(
            select(TicketEvent.ticket_id, TicketEvent.kind).order_by(TicketEvent.id)
        ):
            found.setdefault(ticket_id, []).append(kind)
    return found


def check(store: Store) -> None:
    """What holds after every deed."""
    with store.read() as session:
        tickets = session.scalars(select(Ticket)).all()
        counters = {place.id: place for place in session.scalars(select(Counter))}
        served = set(session.execute(select(CounterMatter.counter_id, CounterMatter.matter_id)).tuples())
    restricted = {counter_id for counter_id, _ in served}
    events = events_by_ticket(store)
    at_counter = [ticket.counter_id for ticket in tickets if ticket.state in OPEN_AT_COUNTER]
    assert len(at_counter) == len(set(at_counter))
    assert None not in at_counter
    assert all(counters[counter_id].state == "open" for counter_id in at_counter if counter_id is not None)
    for ticket in tickets:
        assert ticket.state == replayed(events[ticket.id], ticket.code)
        assert (ticket.finished_at is not None) == (ticket.state in ENDED)
        if ticket.state == "waiting":
            assert (ticket.counter_id, ticket.account_id, ticket.calls) == (None, None, 0)
            assert ticket.only_counter_id is None or counters[ticket.only_counter_id].state != "closed"
            only = ticket.only_counter_id
            assert only is None or only not in restricted or (only, ticket.matter_id) in served


def replayed(kinds: list[str], code: str) -> str:
    state = FIRST_STATES[kinds[0]]
    for kind in kinds[1:]:
        state = after(kind, state, code=code)  # type: ignore[arg-type]  # kinds of the log are actions
    return state


def written(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(TicketEvent)) or 0


def parked_or_open(store: Store) -> list[int]:
    """Tickets that something may be done to by their key."""
    with store.read() as session:
        return list(session.scalars(select(Ticket.id).where(Ticket.state.in_(OPEN - {"waiting"})).order_by(Ticket.id)))


def walk(dice: random.Random, clerk: Front, manager: Front, clock: FixedClock) -> set[str]:
    """Do things and check after each; gives what was not refused."""
    done = set()
    for _ in range(STEPS):
        counter = dice.randint(1, COUNTERS)
        pick = dice.choice((*parked_or_open(clerk.store), dice.randint(1, 40)))
        present = clerk.calling.present(counter)
        likely = (*LIKELY[present.state if present else ""].split(), "take", "take-for-both")
        deed = dice.choice(likely if dice.random() < 0.8 else tuple(DEEDS))
        clock.instant += timedelta(seconds=dice.choice((0, 5, 15, 120, 600)))
        before = written(clerk.store)
        try:
            DEEDS[deed](clerk, manager, counter, pick)
            done.add(deed)
        except HallError:
            assert written(clerk.store) == before
        check(clerk.store)
    return done


def test_whatever_is_done_in_whatever_order_the_queue_stays_whole(pair: Pair, clock: FixedClock) -> None:
    done = set()
    for seed in range(WALKS):
        clock.instant = MORNING
        clerk, manager = pair()
        end_past_days(clerk.store)
        done |= walk(random.Random(seed), clerk, manager, clock)
        clock.instant = MORNING + timedelta(days=2)
        end_past_days(clerk.store)
        check(clerk.store)
        for kinds in events_by_ticket(clerk.store).values():
            assert [kind for kind in kinds if kind in ENDS] == kinds[-1:]
        with clerk.store.read() as session:
            assert verify_audit(session) == []
    assert done == set(DEEDS)
