"""Taking numbers with 10,000 waiting: the whole transaction beside the bare one (draw a number, insert, one audit row).

The whole transaction is limits, number, ticket, event, audit and change notice. What the visitor has been shown to
expect comes from the screen, as at the kiosk; the estimate has a benchmark of its own.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import func, select

from hall import settings
from hall.bench.bare import BareQueue, bare_queue
from hall.bench.call import fill, rate
from hall.bench.crowd import crowd
from hall.bench.ground import Ground, ground_in_use, open_store
from hall.bench.measured import Measured, compared
from hall.rules.authority import CLERK, station_actor
from hall.rules.waiting_time import Expected
from hall.services.queue_policy import queue_policy
from hall.services.taking import issue_ticket
from hall.store.schema.queueing import Ticket, TicketEvent

WAITING = 10_000
ISSUES = 800
CROWD = 8
ASKED = 0.6
SHOWN = Expected(ahead=3, minutes=(5, 9))


def measure() -> Iterator[Measured]:
    """Alone, in a crowd, and whether a number came twice or never."""
    code = f"bench-issue-{uuid.uuid4().hex[:12]}"
    with ground_in_use(settings.load(), hall_code=code, counters=CROWD) as ground:
        fill(ground, WAITING)
        with bare_queue(ground.url, WAITING) as bare:
            for processes in (1, CROWD):
                yield _against(ground, bare, processes=processes)
        yield _judged(ground)


def _against(ground: Ground, bare: BareQueue, *, processes: int) -> Measured:
    each = ISSUES // processes
    before = rate(crowd(processes, partial(bare.issues, each)), each)
    whole = rate(crowd(processes, partial(_issue_each, ground, each)), each)
    after = rate(crowd(processes, partial(bare.issues, each)), each)
    case = f"{ground.kind}, {processes} 个进程"
    measured = compared("issue", case, value=whole, reference=(before + after) / 2, unit="ticket/s", asked=ASKED)
    return Measured(measured.line, good=whole >= ASKED * (before + after) / 2)


def _issue_each(ground: Ground, each: int, number: int, start: Callable[[], object]) -> float:
    store = open_store(ground, f"bench-{number}")
    clerk = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
    policy = queue_policy(ground.home)
    start()
    began = time.perf_counter()
    for turn in range(each):
        matter = ground.matters[(number + turn) % len(ground.matters)]
        issue_ticket(store, clerk, matter_code=matter, channel="staff", policy=policy, expected=SHOWN, slip=False)
    seconds = time.perf_counter() - began
    store.close()
    return seconds


def _judged(ground: Ground) -> Measured:
    """No number twice, none missing: by the event log and by the series of numbers."""
    store = open_store(ground, "bench")
    with store.read() as session:
        ours = Ticket.hall_id == store.hall_id
        issued = session.scalar(
            select(func.count()).where(TicketEvent.hall_id == store.hall_id, TicketEvent.kind == "issue")
        )
        codes = session.scalars(select(Ticket.code).where(ours)).all()
        series = session.execute(
            select(func.max(Ticket.sequence), func.count()).where(ours).group_by(Ticket.business_date, Ticket.prefix)
        )
        lost = sum(last - count for last, count in series) + 2 * ISSUES - (issued or 0)
    store.close()
    twice = len(codes) - len(set(codes))
    line = {"bench": "issue", "case": ground.kind, "issued": issued, "duplicate_numbers": twice, "lost": lost}
    return Measured(line, good=not twice and not lost)
