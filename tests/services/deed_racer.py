"""One of the racing processes of test_deeds_race.py: a clerk at a counter of its own who does everything there is."""

import json
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
from hall.rules.lights import LightRule
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

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
        for turn in range(TICKETS):
            first, second = MATTERS if (self._number + turn) % 2 else MATTERS[::-1]
            self._front.taking.issue(first, channel="kiosk", further=(second,) if turn % 3 == 0 else ())
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
            deed()
        except (Refused, Missing, Stale):
            return False
        self.done[name] += 1
        return True

    def _deeds(self) -> list[tuple[str, Callable[[], object]]]:
        desk, here = self._desk, self._number
        there = self._dice.randint(1, COUNTERS)
        key = self._dice.randint(1, TICKETS * COUNTERS)
        code = f"{self._dice.choice('AB')}{self._dice.randint(1, TICKETS * COUNTERS // 2):03d}"
        call: tuple[str, Callable[[], object]] = ("call", lambda: desk.call_next(here))
        finish: tuple[str, Callable[[], object]] = ("finish", lambda: desk.finish(here))
        return [
            call,
            call,
            call,
            finish,
            finish,
            ("choose", lambda: desk.choose_next(here)),
            ("announce", lambda: desk.announce(here)),
            ("given", lambda: desk.call_given(here, code, "急事")),
            ("start", lambda: desk.start(here)),
            ("hold", lambda: desk.hold(here, "取材料")),
            ("give-back", lambda: desk.give_back(here, "叫错")),
            ("transfer", lambda: desk.transfer(here, matter_code=MATTERS[key % 2])),
            ("transfer-to", lambda: desk.transfer(here, to_counter=there, come_back=key % 2 == 0)),
            ("send-back", lambda: desk.send_back(here)),
            ("skip", lambda: desk.skip(here)),
            ("requeue", lambda: desk.requeue(key)),
            ("cancel", lambda: desk.cancel(key, "放弃")),
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
    return Front(store, actor, home, policy, LightRule(warning_days=2), slip=False)


def main() -> None:
    url, home, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    front = open_front(url, home, number)
    clerk = Clerk(front, number)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        clerk.done.clear()
        {"mixed": clerk.mixed, "drain": clerk.drain}[line.strip()]()
        sys.stdout.write(json.dumps(clerk.done) + "\n")
        sys.stdout.flush()
    front.store.close()


if __name__ == "__main__":
    main()
