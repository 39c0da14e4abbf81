"""A printing process made to be killed: `print_life.py URL PORT`, driven by lines on standard input.

Each line starts one life in a fork of this process: the station's own print loop on the slip printer at the port. A
life says `pid N` and then each step it takes with a job, until somebody kills it or it has nothing to print, which it
says and waits. The parent then says `dead` and its exit status.
"""

import os
import sys
import threading
from datetime import datetime
from typing import NoReturn

from hall.clock import HALL_ZONE, FixedClock
from hall.printing import ports, printer
from hall.services import spool
from hall.services.spool import JobView
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.workers.slip_printers import slip_paper, slip_ways
from hall.workers.spooler import Spooler
from hall.workers.station_queue import StationQueue
from hall.workers.ways import PrintResult


def say(*words: object) -> None:
    """One write, so that a kill never leaves half a line."""
    os.write(1, (" ".join(str(word) for word in words) + "\n").encode())


class Telling:
    """The station's queue, which says what is done with it."""

    def __init__(self, store: Store) -> None:
        self._queue = StationQueue(store, "slip")

    def claim(self) -> JobView | None:
        job = self._queue.claim()
        say("claimed" if job else "idle", job.job_id if job else 0)
        return job

    def settle(self, job: JobView, result: PrintResult) -> None:
        say("settles", job.job_id)
        self._queue.settle(job, result)
        say("settled", job.job_id)

    def followed(self) -> tuple[JobView, ...]:
        return self._queue.followed()


def live(url: str, port: str) -> NoReturn:
    """Print what waits, for ever; what an earlier life was sending is unknown."""
    ports.WRITE_SECONDS, printer.ANSWER_SECONDS, printer.MARK_SECONDS = 1.0, 1.0, 1.0
    store = Store(
        open_engine(url),
        clock=FixedClock(datetime(2026, 11, 23, 9, 42, tzinfo=HALL_ZONE)),
        station="station-1",
        hall_code="main",
        key_ring=KeyRing.new(),
    )
    say("pid", os.getpid())
    spool.mark_interrupted(store)
    ways = slip_ways(store, SlipPrinterSettings(port=port, width_mm=58, rom="gb2312"))
    Spooler(Telling(store), ways, paper=slip_paper(store), on_state=lambda _: None).run(threading.Event())
    raise AssertionError("nobody killed me")


def main(url: str, port: str) -> None:
    for _ in sys.stdin:
        if (pid := os.fork()) == 0:
            live(url, port)
        _, status = os.waitpid(pid, 0)
        say("dead", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
