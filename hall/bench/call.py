"""Calling with 10,000 waiting: the whole transaction beside the bare one (take a row, write one audit row).

The whole transaction is rule, call, event, announcement, audit and change notice. Both are measured in the same
run, alone and in a crowd of eight processes; every call is at a counter of its own, so that nothing but calls is timed.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from sqlalchemy import func, insert, select, update

from hall import settings
from hall.bench.bare import BareQueue, bare_queue
from hall.bench.crowd import crowd
from hall.bench.ground import Ground, ground_in_use, open_store
from hall.bench.measured import Measured, compared
from hall.clock import business_date
from hall.rules.authority import CLERK, station_actor
from hall.rules.people import SYSTEM_ACCOUNT
from hall.services.queue_policy import queue_policy
from hall.services.queueing import take_next
from hall.store.schema.catalogue import Matter
from hall.store.schema.queueing import Counter, Ticket, TicketEvent

WAITING = 10_000
CALLS = 1600
CROWD = 8
PACED_CALLS = 100
# The first calls of a morning open the connection and have the statements planned; they are not timed.
FIRST_CALLS = 3
THINK_SECONDS = 0.02
ASKED = 0.6
ASKED_P99_MS = 5.0


def measure() -> Iterator[Measured]:
    """Alone, in a crowd, and at the pace of eight busy counters."""
    code = f"bench-call-{uuid.uuid4().hex[:12]}"
    counters = 2 * CALLS + CROWD * PACED_CALLS
    with ground_in_use(settings.load(), hall_code=code, counters=counters) as ground:
        fill(ground, WAITING + 2 * CALLS)
        with bare_queue(ground.url, WAITING + 4 * CALLS) as bare:
            yield _against(ground, bare, processes=1, first_counter=1)
            yield _against(ground, bare, processes=CROWD, first_counter=1 + CALLS)
        yield _paced(ground, first_counter=1 + 2 * CALLS)
        yield _judged(ground)


def fill(ground: Ground, waiting: int) -> None:
    """So many live tickets, a tenth of them favoured, and every counter open."""
    store = open_store(ground, "bench")
    with store.engine.begin() as connection:
        matters = connection.scalars(select(Matter.id).where(Matter.hall_id == store.hall_id)).all()
        now = store.clock.now()
        began = now - timedelta(minutes=50)
        rows = []
        for number in range(1, waiting + 1):
            at = began + timedelta(milliseconds=100 * number)
            favoured = number % 10 == 0
            rows.append(
                {
                    "hall_id": store.hall_id,
                    "business_date": business_date(now),
                    "prefix": "Z",
                    "sequence": number,
                    "code": f"Z{number:03d}",
                    "matter_id": matters[number % len(matters)],
                    "priority": "elder" if favoured else "ordinary",
                    "channel": "kiosk",
                    "state": "waiting",
                    "issued_at": at,
                    "waits_from": at,
                    "rank_at": at - timedelta(minutes=15 if favoured else 0),
                    "must_call_by": at + timedelta(minutes=600),
                    "favoured": favoured,
                    "note": "",
                    "skips": 0,
                    "ahead": 0,
                    "minutes_low": 0,
                    "minutes_high": 1,
                    "calls": 0,
                }
            )
        connection.execute(insert(Ticket), rows)
        connection.execute(
            update(Counter)
            .where(Counter.hall_id == store.hall_id)
            .values(state="open", since=now, account_id=SYSTEM_ACCOUNT)
        )
    if ground.kind == "postgresql":
        with store.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    store.close()


def _against(ground: Ground, bare: BareQueue, *, processes: int, first_counter: int) -> Measured:
    """Calls a second, against bare ones before and after."""
    each = CALLS // processes
    bare_before = crowd(processes, partial(bare.calls, each))
    whole = crowd(processes, partial(_call_each, ground, first_counter, each))
    bare_after = crowd(processes, partial(bare.calls, each))
    reference = (rate(bare_before, each) + rate(bare_after, each)) / 2
    case = f"{ground.kind}, {processes} 个进程"
    measured = compared("call", case, value=rate(whole, each), reference=reference, unit="call/s", asked=ASKED)
    return Measured(measured.line, good=_ratio(measured) >= ASKED)


def _ratio(measured: Measured) -> float:
    ratio = measured.line["ratio"]
    assert isinstance(ratio, float)
    return ratio


def rate(seconds: list[float | None], each: int) -> float:
    """Transactions a second of processes that began together: the slowest ends the race."""
    return len(seconds) * each / max(second or float("inf") for second in seconds)


def _call_each(ground: Ground, first_counter: int, each: int, number: int, start: Callable[[], object]) -> float:
    store = open_store(ground, f"bench-{number}")
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    policy = queue_policy(ground.home)
    own = first_counter + (number - 1) * each
    start()
    began = time.perf_counter()
    for counter in range(own, own + each):
        take_next(store, clerk, counter=counter, policy=policy)
    seconds = time.perf_counter() - began
    store.close()
    return seconds


def _paced(ground: Ground, *, first_counter: int) -> Measured:
    """Eight clerks who call and think for 20 ms: thousands of times the pace of a hall."""
    told = crowd(CROWD, partial(_pace, ground, first_counter))
    calls = sorted(seconds for life in told for seconds in life or ())
    p99 = calls[int(len(calls) * 0.99)] * 1000
    line = {"bench": "call", "case": f"{ground.kind}, 8 个窗口按节奏", "value": round(p99, 3), "unit": "ms p99"}
    more = {"p50": round(calls[len(calls) // 2] * 1000, 3), "asked": ASKED_P99_MS, "calls": len(calls)}
    return Measured({**line, **more}, good=p99 < ASKED_P99_MS and len(calls) == CROWD * (PACED_CALLS - FIRST_CALLS))


def _pace(ground: Ground, first_counter: int, number: int, start: Callable[[], object]) -> tuple[float, ...]:
    store = open_store(ground, f"bench-{number}")
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    policy, own = queue_policy(ground.home), first_counter + (number - 1) * PACED_CALLS
    for counter in range(own, own + FIRST_CALLS):
        take_next(store, clerk, counter=counter, policy=policy)
    each = []
    start()
    for counter in range(own + FIRST_CALLS, own + PACED_CALLS):
        began = time.perf_counter()
        take_next(store, clerk, counter=counter, policy=policy)
        each.append(time.perf_counter() - began)
        time.sleep(THINK_SECONDS)
    store.close()
    return tuple(each)


def _judged(ground: Ground) -> Measured:
    """Nobody called twice, nobody lost: by the event log and by the tickets."""
    store = open_store(ground, "bench")
    with store.read() as session:
        ours = TicketEvent.hall_id == store.hall_id
        called, different = session.execute(
            select(func.count(), func.count(func.distinct(TicketEvent.ticket_id))).where(
                ours, TicketEvent.kind == "call"
            )
        ).one()
        states = dict(
            session.execute(
                select(Ticket.state, func.count()).where(Ticket.hall_id == store.hall_id).group_by(Ticket.state)
            )
            .tuples()
            .all()
        )
    store.close()
    wanted = 2 * CALLS + CROWD * PACED_CALLS
    lost = (
        WAITING + 2 * CALLS - sum(states.values()) + abs(wanted - states.get("called", 0) - states.get("finished", 0))
    )
    line = {"bench": "call", "case": ground.kind, "calls": called, "called_twice": called - different, "lost": lost}
    return Measured(line, good=called == different == wanted and not lost)
