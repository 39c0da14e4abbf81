"""Eight processes issue and call at once: no number twice, nobody called twice, nobody forgotten."""

import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import func, select

from hall import settings
from hall.bench.crowd import crowd
from hall.bench.ground import Ground, ground_in_use, open_store
from hall.bench.measured import Measured
from hall.errors import HallError
from hall.rules.authority import CLERK, station_actor
from hall.rules.queue_order import NobodyWaits
from hall.rules.queue_policy import QueuePolicy
from hall.services.queue_policy import queue_policy
from hall.services.queueing import call_next
from hall.services.serving import finish
from hall.services.taking import issue_ticket
from hall.store import Store
from hall.store.schema.queueing import Ticket, TicketEvent

PROCESSES = 8
TICKETS_EACH = 40
# A process that only ever fails gives up instead of spinning.
MOST_ERRORS = 20


@dataclass(slots=True)
class Lived:
    """What one process saw: the codes it was given, the codes it called, and the failures."""

    issued: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Logged:
    """What the event log says: how often each code was issued, called and finished; numbers without a ticket."""

    issued: Counter[str]
    called: Counter[str]
    finished: Counter[str]
    gaps: int


def measure() -> Iterator[Measured]:
    """The race on the database in use."""
    yield race(settings.load(), processes=PROCESSES, tickets_each=TICKETS_EACH)


def race(chosen: settings.Settings, *, processes: int, tickets_each: int) -> Measured:
    """Run it, then judge the processes' own lists and the event log against each other."""
    code = f"bench-race-{uuid.uuid4().hex[:12]}"
    with ground_in_use(chosen, hall_code=code, counters=processes) as ground:
        began = time.monotonic()
        told = crowd(processes, partial(_compete, ground, tickets_each))
        lives = [life or Lived(errors=["进程中途退出"]) for life in told]
        seconds = time.monotonic() - began
        logged = _read_log(ground)
    for sentence in Counter(error for life in lives for error in life.errors).items():
        sys.stderr.write(f"{sentence[0]} ×{sentence[1]}\n")
    return judge(lives, logged, case=ground.kind, seconds=seconds)


def judge(lives: list[Lived], logged: Logged, *, case: str, seconds: float) -> Measured:
    """Both accounts must agree: a code that only one of them knows, or that was never called, is lost."""
    issued = Counter(code for life in lives for code in life.issued)
    called = Counter(code for life in lives for code in life.called)
    accounts = (issued, called, logged.issued, logged.called, logged.finished)
    known = set[str]().union(*accounts)
    faults = {
        "duplicate_numbers": max(_repeats(issued), _repeats(logged.issued)),
        "called_twice": max(_repeats(called), _repeats(logged.called)),
        "lost": sum(1 for code in known if not all(code in account for account in accounts)) + logged.gaps,
        "errors": sum(len(life.errors) for life in lives),
    }
    line = {"bench": "race", "case": case, "issued": issued.total(), "called": called.total(), **faults}
    return Measured({**line, "seconds": round(seconds, 3)}, good=not any(faults.values()))


def _repeats(codes: Counter[str]) -> int:
    return codes.total() - len(codes)


def _compete(ground: Ground, tickets_each: int, number: int, start: Callable[[], object]) -> Lived:
    """One process: its own store and station; issues, calls in between, then calls until nobody waits."""
    store = open_store(ground, f"bench-{number}")
    racer = _Racer(store, counter=number, policy=queue_policy(ground.home))
    start()
    for turn in range(tickets_each):
        racer.issue(ground.matters[(number + turn) % len(ground.matters)])
        if turn % 2:
            racer.serve()
    while len(racer.life.errors) < MOST_ERRORS and racer.serve():
        pass
    store.close()
    return racer.life


class _Racer:
    """A clerk at one counter who writes down what happens."""

    def __init__(self, store: Store, *, counter: int, policy: QueuePolicy) -> None:
        self.life = Lived()
        self._store = store
        self._actor = station_actor(CLERK, name=store.station.name, hall_id=store.hall_id)
        self._counter = counter
        self._policy = policy

    def issue(self, matter: str) -> None:
        try:
            ticket = issue_ticket(
                self._store, self._actor, matter_code=matter, channel="kiosk", policy=self._policy, slip=False
            )
        except HallError as error:
            self.life.errors.append(str(error))
        else:
            self.life.issued.append(ticket.code)

    def serve(self) -> bool:
        """Call and finish one; False when nobody waits."""
        try:
            self.life.called.append(
                call_next(self._store, self._actor, counter=self._counter, policy=self._policy).code
            )
            finish(self._store, self._actor, counter=self._counter, policy=self._policy)
        except NobodyWaits:
            return False
        except HallError as error:
            self.life.errors.append(str(error))
        return True


def _read_log(ground: Ground) -> Logged:
    store = open_store(ground, "bench")
    events: dict[str, Counter[str]] = {}
    with store.read() as session:
        rows = session.execute(
            select(TicketEvent.kind, Ticket.code)
            .join(Ticket, Ticket.id == TicketEvent.ticket_id)
            .where(TicketEvent.hall_id == store.hall_id)
        )
        for kind, code in rows:
            events.setdefault(kind, Counter())[code] += 1
        drawn = session.execute(
            select(func.max(Ticket.sequence), func.count())
            .where(Ticket.hall_id == store.hall_id)
            .group_by(Ticket.business_date, Ticket.prefix)
        )
        gaps = sum(last - count for last, count in drawn)
    store.close()
    nothing = Counter[str]()
    return Logged(events.get("issue", nothing), events.get("call", nothing), events.get("finish", nothing), gaps)
