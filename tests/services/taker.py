"""One of the processes of test_taking_race.py: takes numbers of one matter, with one card, until it is refused."""

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.cards import Card
from hall.rules.identity import id_check_digit
from hall.rules.people import Actor
from hall.rules.taking import PersonLimitReached, QuotaReached
from hall.services.queue_policy import queue_policy
from hall.services.taking_front import TakingFront
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from tests.forked import Doer, patiently, run_crowd

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)
PROCESSES = 8
LIMITED, FREE = "XK05", "XK02"


def open_front(url: str, home: Path, number: int, quota: int) -> TakingFront:
    store = Store(
        open_engine(url),
        clock=FixedClock(NOW),
        station=f"taker-{number}",
        hall_code="main",
        key_ring=KeyRing.load(home, {}),
    )
    actor = Actor(100 + number, f"导办{number}", store.hall_id, frozenset({"guide"}))
    policy = queue_policy(home)
    limited = replace(policy, taking=replace(policy.taking, quotas={LIMITED: quota}))
    return TakingFront(store, actor, limited, slip=False)


def card() -> Card:
    """The same person in every process."""
    digits = "99999919900307001"
    return Card(
        kind="resident",
        name="张测明",
        sex="男",
        birth=date(1990, 3, 7),
        id_number=digits + id_check_digit(digits),
        valid_from=date(2016, 1, 1),
        valid_to=None,
    )


def take_until_refused(front: TakingFront) -> dict[str, list[str]]:
    taken: dict[str, list[str]] = {"quota": [], "person": []}
    try:
        while True:
            taken["quota"].append(patiently(lambda: front.issue(LIMITED, channel="staff")).code)
    except QuotaReached:
        pass
    try:
        while True:
            taken["person"].append(patiently(lambda: front.issue(FREE, channel="staff", card=card())).code)
    except PersonLimitReached:
        return taken


def made(number: int) -> Doer:
    """A guide who is ready to take numbers."""
    front = open_front(sys.argv[1], Path(sys.argv[2]), number, int(sys.argv[3]))
    return lambda _: take_until_refused(front)


if __name__ == "__main__":
    run_crowd(range(PROCESSES), made)
