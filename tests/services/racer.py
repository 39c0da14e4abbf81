"""One of the racing processes of test_race.py: takes numbers, accepts cases and serves a counter it has to share."""

import contextlib
import sys
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from hall.clock import HALL_ZONE, FixedClock
from hall.errors import Missing, Refused, Stale
from hall.rules.cards import Card
from hall.rules.identity import id_check_digit
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.rules.queue_order import NobodyWaits
from hall.services.applications import Application
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from tests.forked import Doer, patiently, run_crowd

NOW = datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)  # no midnight falls into the race
PROCESSES, COUNTERS, ROUNDS = 8, 4, 5
MATTERS = ("XK02", "XK05")
UNSEEN = "?"


def open_front(url: str, home: Path, number: int) -> Front:
    store = Store(
        open_engine(url),
        clock=FixedClock(NOW),
        station=f"racer-{number}",
        hall_code="main",
        key_ring=KeyRing.load(home, {}),
    )
    actor = Actor(100 + number, f"窗口人员{number}", store.hall_id, frozenset({"clerk"}))
    return Front(store, actor, home, queue_policy(home))


def accept(front: Front, turn: int) -> tuple[str, str]:
    """Each process brings the same persons, so that they race for those, too."""
    matter = front.intake.look("XK05", ()).matter
    digits = f"99999919900307{turn:03d}"
    card = Card(
        kind="resident",
        name="张测明",
        sex="男",
        birth=date(1990, 3, 7),
        id_number=digits + id_check_digit(digits),
        valid_from=date(2016, 1, 1),
        valid_to=None,
    )
    materials = tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in matter.materials)
    application = Application("XK05", card, "", materials, duplicate_reason="又一处")
    done = patiently(lambda: front.intake.accept(application))
    return done.receipt_number, done.acceptance_number


def serve(front: Front, counter: int) -> str | None:
    """Call if the counter is free; finish whatever stands there, whoever of the two called it.

    UNSEEN where the other one finished what was called before this one saw it.
    """
    code = None
    try:
        code = patiently(lambda: front.calling.call_next(counter)).code
    except NobodyWaits:
        raise
    except Refused as error:
        if "还没有办完" not in str(error):
            raise
    except Stale as error:
        if "已被收回" not in str(error):
            raise
        code = UNSEEN
    with contextlib.suppress(Missing):  # the other process at this counter has finished it
        patiently(lambda: front.calling.finish(counter))
    return code


def race(front: Front, number: int, counter: int) -> dict[str, list[str]]:
    seen: dict[str, list[str]] = {"issued": [], "called": [], "received": [], "accepted": []}
    kiosk = replace(front, slip=False)  # without a printer a ticket lives at once
    for turn in range(ROUNDS):
        matter = MATTERS[(number + turn) % 2]
        seen["issued"].append(patiently(partial(kiosk.taking.issue, matter, channel="kiosk")).code)
        received, accepted = accept(front, turn)
        seen["received"].append(received)
        seen["accepted"].append(accepted)
    while True:
        try:
            code = serve(front, counter)
        except NobodyWaits:
            return seen
        if code is not None:
            seen["called"].append(code)


def made(number: int) -> Doer:
    """A racer that is ready to go."""
    front = open_front(sys.argv[1], Path(sys.argv[2]), number)
    return lambda _: race(front, number, number % COUNTERS + 1)


if __name__ == "__main__":
    run_crowd(range(PROCESSES), made)
