"""One of the racing processes of test_deeds_race.py: a clerk at a counter of its own who does everything there is."""

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Missing, Refused, Stale
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from tests.forked import Doer, patiently, run_crowd

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)  # no midnight falls into the race
MATTERS = ("XK02", "XK05")
TICKETS, DEEDS, COUNTERS = 6, 7, 8


class Clerk:
    """Counts what was done and what was called."""

    def __init__(self, front: Front, number: int) -> None:
        self._desk = front.calling
        self._front = front
        self._number = number
        self._dice = random.Random(number)
        self.done: Counter[str] = Counter()

    def mixed(self) -> None:
        """Take numbers and do whatever the dice say; a refusal is an answer like any other."""
        self._desk.open_counter(self._number)
        for turn in range(TICKETS):
            first, second = MATTERS if (self._number + turn) % 2 else MATTERS[::-1]
            further = (second,) if turn % 3 == 0 else ()
            patiently(partial(self._front.taking.issue, first, channel="kiosk", further=further))
            for _ in range(DEEDS):
                self._attempt(*self._dice.choice(self._deeds()))

    def drain(self) -> None:
        """Finish what is here or parked here, put back what was skipped, then serve until nobody waits."""
        self._attempt("announce", lambda: self._desk.announce(self._number))
        for parked in self._desk.held(self._number):
            self._finish_all()
            self._attempt("resume", partial(self._desk.resume, self._number, parked.ticket_id))
        self._finish_all()
        for skipped in self._desk.skipped():
            self._attempt("requeue", partial(self._desk.requeue, skipped.ticket_id))
        while self._attempt("call", lambda: self._desk.call_next(self._number)):
            self._finish_all()

    def _finish_all(self) -> None:
        while self._attempt("finish", lambda: self._desk.finish(self._number)):
            pass

    def _attempt(self, name: str, deed: Callable[[], object]) -> bool:
        try:
            patiently(deed)
        except (Refused, Missing, Stale):
            return False
        self.done[name] += 1
        return True

    def _deeds(self) -> list[tuple[str, Callable[[], object]]]:
        """What makes sense with the ticket that is here, or with one of the others."""
        desk, here = self._desk, self._number
        key = self._dice.randint(1, TICKETS * COUNTERS)
        code = f"{self._dice.choice('AB')}{self._dice.randint(1, TICKETS * COUNTERS // 2):03d}"
        present = desk.present(here)
        if present is None:
            return [
                ("call", partial(desk.call_next, here)),
                ("call", partial(desk.call_next, here)),
                ("choose", partial(desk.choose_next, here)),
                ("given", partial(desk.call_given, here, code, "急事")),
                ("requeue", partial(desk.requeue, key)),
                ("cancel", partial(desk.cancel, key, "放弃")),
            ]
        if present.state == "chosen":
            return [("announce", partial(desk.announce, here)), ("give-back", partial(desk.give_back, here, "叫错"))]
        there = self._dice.randint(1, COUNTERS)
        return [
            ("finish", partial(desk.finish, here)),
            ("start", partial(desk.start, here)),
            ("hold", partial(desk.hold, here, "取材料")),
            ("transfer", partial(desk.transfer, here, matter_code=MATTERS[key % 2])),
            ("transfer-to", partial(desk.transfer, here, to_counter=there, come_back=key % 2 == 0)),
            ("send-back", partial(desk.send_back, here)),
            ("skip", partial(desk.skip, here)),
        ]


def open_front(url: str, home: Path, number: int) -> Front:
    store = Store(
        open_engine(url),
        clock=FixedClock(NOW),
        station=f"racer-{number}",
        hall_code="main",
        key_ring=KeyRing.load(home, {}),
    )
    policy = queue_policy(home)
    policy = replace(policy, calling=replace(policy.calling, calls_before_skip=1))
    actor = Actor(100 + number, f"窗口人员{number}", store.hall_id, frozenset({"clerk"}))
    return Front(store, actor, home, policy, slip=False)


def made(number: int) -> Doer:
    """A clerk behind a counter."""
    clerk = Clerk(open_front(sys.argv[1], Path(sys.argv[2]), number), number)

    def do(what: str) -> Counter[str]:
        clerk.done.clear()
        {"mixed": clerk.mixed, "drain": clerk.drain}[what]()
        return clerk.done

    return do


if __name__ == "__main__":
    run_crowd(range(1, COUNTERS + 1), made)
