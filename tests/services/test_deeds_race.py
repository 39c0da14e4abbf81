"""Clerks who do everything at once: no ticket at two counters, none lost, each ended once; one of two deeds wins."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from hall.clock import FixedClock
from hall.errors import Missing, Refused, Stale
from hall.rules.people import Actor
from hall.rules.tickets import after
from hall.services.calling_front import CallingFront
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.statistics import day_breaches
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.schema.queueing import Ticket, TicketEvent
from hall.store.secrets import KeyRing
from hall.store.verify import verify_audit
from tests.forked import Told, crowd_of

PROCESSES, TICKETS_EACH = 8, 6


@pytest.fixture
def eight_counters(database_url: str, home: Path, clock: FixedClock) -> None:
    """A key file that other processes can load, and a counter for each of them."""
    ring = KeyRing.create(home)
    store = Store(open_engine(database_url), clock=clock, station="setup", hall_code="main", key_ring=ring)
    lay_foundation(store, counters=PROCESSES)
    store.close()


def all_do(told: Told, what: str) -> Counter[str]:
    """Let all go at once; what they did together."""
    return sum((Counter(each) for each in told(what)), Counter())


@pytest.mark.both
@pytest.mark.e2e
@pytest.mark.usefixtures("eight_counters")
def test_eight_counters_that_call_transfer_skip_and_cancel_lose_and_repeat_nothing(
    store: Store, manager: Actor, database_url: str, home: Path
) -> None:
    with crowd_of("tests.services.deed_racer", database_url, str(home)) as told:
        mixed = all_do(told, "mixed")
        while all_do(told, "drain").total():
            pass
    assert {"call", "choose", "finish", "transfer-to", "skip"} <= mixed.keys()
    with store.read() as session:
        states = Counter(session.scalars(select(Ticket.state)))
        assert verify_audit(session) == []
    assert states.keys() <= {"finished", "cancelled"}
    assert states.total() == PROCESSES * TICKETS_EACH
    day = store.clock.now().date()
    assert day_breaches(store, manager, day=day) == ()


Desk = CallingFront
# How the ticket stands, two deeds at one moment (from two stations, on the ticket with a key), how many may succeed.
DUELS: dict[str, tuple[str, Callable[[Desk, int], object], Callable[[Desk, int], object], set[int]]] = {
    "resume": ("held", lambda desk, key: desk.resume(1, key), lambda desk, key: desk.resume(1, key), {1}),
    "transfer": (
        "called",
        lambda desk, _: desk.transfer(1, matter_code="XK02"),
        lambda desk, _: desk.transfer(1, matter_code="XK06"),
        {1},
    ),
    "cancel": ("waiting", lambda desk, key: desk.cancel(key, "放弃"), lambda desk, key: desk.cancel(key, "放弃"), {1}),
    "requeue": ("skipped", lambda desk, key: desk.requeue(key), lambda desk, key: desk.requeue(key), {1}),
    "given": (
        "skipped",
        lambda desk, _: desk.call_given(1, "B001", "回来了"),
        lambda desk, _: desk.call_given(2, "B001", "回来了"),
        {1},
    ),
    "call or cancel": (
        "waiting",
        lambda desk, _: desk.call_next(1),
        lambda desk, key: desk.cancel(key, "放弃"),
        {1, 2},
    ),
    "call or given": (
        "waiting",
        lambda desk, _: desk.call_next(1),
        lambda desk, _: desk.call_given(2, "B001", "急事"),
        {1},
    ),
    "finish or cancel": ("called", lambda desk, _: desk.finish(1), lambda desk, key: desk.cancel(key, "放弃"), {1}),
    "finish or transfer": (
        "called",
        lambda desk, _: desk.finish(1),
        lambda desk, _: desk.transfer(1, to_counter=2),
        {1},
    ),
    "announce or give back": (
        "chosen",
        lambda desk, _: desk.announce(1),
        lambda desk, _: desk.give_back(1, "叫错"),
        {1, 2},
    ),
    "resume or cancel": (
        "held",
        lambda desk, key: desk.resume(1, key),
        lambda desk, key: desk.cancel(key, "走了"),
        {1},
    ),
    "requeue or given": (
        "skipped",
        lambda desk, key: desk.requeue(key),
        lambda desk, _: desk.call_given(1, "B001", "回来了"),
        {1, 2},
    ),
    "call or pause": ("waiting", lambda desk, _: desk.call_next(1), lambda desk, _: desk.pause(1, "临时离开"), {1}),
    "call or close": ("waiting", lambda desk, _: desk.call_next(1), lambda desk, _: desk.close_counter(1), {1, 2}),
}


@pytest.mark.parametrize("duel", DUELS)
def test_of_two_deeds_on_one_ticket_at_one_moment_one_is_refused_or_comes_after_the_other(
    front: Front, other_front: Front, store: Store, manager: Actor, duel: str
) -> None:
    how, first, second, may_succeed = DUELS[duel]
    calling = replace(front.policy.calling, calls_before_skip=1)
    hasty = replace(front, policy=replace(front.policy, calling=calling))
    same_clerk = replace(other_front, actor=front.actor, policy=hasty.policy)
    ticket_id = hasty.taking.issue("XK05", channel="staff").ticket_id
    for counter in (1, 2):
        hasty.calling.open_counter(counter)
    bring(hasty.calling, how)
    refused = at_once(lambda: first(hasty.calling, ticket_id), lambda: second(same_clerk.calling, ticket_id))
    assert 2 - len(refused) in may_succeed, refused
    assert day_breaches(store, manager, day=store.clock.now().date()) == ()
    present = [view for view in hasty.calling.counters() if view.code]
    assert all(view.state == "open" for view in present)
    with store.read() as session:
        kinds = list(session.scalars(select(TicketEvent.kind).order_by(TicketEvent.id)))
        state = session.scalars(select(Ticket.state)).one()
    assert replayed(kinds) == state


def bring(desk: Desk, how: str) -> None:
    """The only ticket to where two clerks will want it at once."""
    if how == "waiting":
        return
    if how == "chosen":
        desk.choose_next(1)
        return
    desk.call_next(1)
    if how == "held":
        desk.hold(1, "取材料")
    if how == "skipped":
        desk.skip(1)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do them at the same moment; the refusals."""
    barrier = Barrier(len(deeds))

    def attempt(deed: Callable[[], object]) -> str:
        barrier.wait(10)
        try:
            deed()
        except (Refused, Missing, Stale) as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [answer for answer in pool.map(attempt, deeds) if answer]


def replayed(kinds: list[str]) -> str:
    state = "waiting"
    for kind in kinds[1:]:
        state = after(kind, state, code="B001")  # type: ignore[arg-type]  # kinds of the log are actions
    return state
