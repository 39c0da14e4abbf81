"""A clerk's process made to be killed: `writer.py URL HOME`, driven by lines on standard input.

Each line starts one life in a fork of this process (so that nothing is imported anew): it says `pid N`, then
what it has committed, line by line, until somebody kills it. The parent then says `dead` and its exit status.
"""

import itertools
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.cards import Card
from hall.rules.identity import id_check_digit
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services import spool
from hall.services.accepting import accept
from hall.services.applications import Application
from hall.services.queue_policy import queue_policy
from hall.services.queueing import call_next
from hall.services.receiving import look
from hall.services.serving import finish, present
from hall.services.taking import issue_ticket
from hall.services.unprinted import reprint, unprinted_tickets
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing

COUNTER = 1
MATTER = "XK05"
_DIGITS = "99999919900307001"
_CARD = Card(
    kind="resident",
    name="张测明",
    sex="男",
    birth=date(1990, 3, 7),
    id_number=_DIGITS + id_check_digit(_DIGITS),
    valid_from=date(2016, 1, 1),
    valid_to=None,
    address="莲城区向阳路18号",
)


def say(*words: object) -> None:
    """One write, so that a kill never leaves half a line."""
    os.write(1, (" ".join(str(word) for word in words) + "\n").encode())


def print_slips(store: Store) -> None:
    """What the print loop does; the paper comes out between its two transactions."""
    while (job := spool.claim(store, printer="slip")) is not None:
        say("paper", job.job_id)
        spool.settle(store, job_id=job.job_id, outcome="printed")
        if job.subject_kind == "ticket":
            say("live", job.title.removeprefix("叫号小票 "))


def live(url: str, home: Path) -> NoReturn:
    """Reserve, print, call, accept and finish for ever; what an earlier life left undone comes first."""
    store = Store(
        open_engine(url),
        clock=FixedClock(datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)),
        station="station-1",
        hall_code="main",
        key_ring=KeyRing.load(home, {}),
    )
    clerk = Actor(7, "张三明", store.hall_id, frozenset({"clerk"}))
    rules = look(store, clerk, matter_code=MATTER, materials=(), home=home).matter.materials
    materials = tuple(HandedIn(rule.position, rule.originals, rule.copies) for rule in rules if rule.required)
    policy = queue_policy(home)
    say("pid", os.getpid())
    spool.mark_interrupted(store)
    for lost in unprinted_tickets(store, clerk):
        if not lost.printing:
            reprint(store, clerk, ticket_id=lost.ticket_id, reason="没有打出来")
    print_slips(store)
    if left := present(store, clerk, counter=COUNTER):
        finish(store, clerk, counter=COUNTER, policy=policy)
        say("finish", left.code)
    for _ in itertools.count():
        issued = issue_ticket(store, clerk, matter_code=MATTER, channel="kiosk", policy=policy)
        say("reserve", issued.code)
        print_slips(store)
        called = call_next(store, clerk, counter=COUNTER, policy=policy)
        say("call", called.code)
        application = Application(
            MATTER, _CARD, "13900001234", materials, ticket_id=called.ticket_id, duplicate_reason="又一处"
        )
        accepted = accept(store, clerk, submission=application, home=home)
        say("accept", accepted.acceptance_number)
        finish(store, clerk, counter=COUNTER, policy=policy)
        say("finish", called.code)
    raise AssertionError("nobody killed me")


def main(url: str, home: Path) -> None:
    for _ in sys.stdin:
        if (pid := os.fork()) == 0:
            live(url, home)
        _, status = os.waitpid(pid, 0)
        say("dead", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
