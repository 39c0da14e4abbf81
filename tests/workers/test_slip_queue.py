"""Slips through a raw queue of a real CUPS: followed until they are out, found again after a death, or asked about."""

from collections.abc import Callable

import pytest

from hall.rules.people import Actor
from hall.services import spool
from hall.services.front import Front
from hall.services.spool import JobView
from hall.settings import SlipPrinterSettings
from hall.store import Store
from hall.store.schema.queueing import Ticket
from hall.workers.slip_printers import slip_ways
from hall.workers.station_queue import StationQueue
from hall.workers.ways import PrintResult, Ways
from tests.printing.private_cups import SLIPS, PrivateCups, until


class Queue:
    """The print loop's steps, one at a time, at a station whose slips go to a print queue."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.spool = StationQueue(front.store, "slip")
        self.ways: Ways = slip_ways(front.store, SlipPrinterSettings(port=f"queue:{SLIPS}", width_mm=58, rom="gb2312"))

    def take(self) -> int:
        return self.front.taking.issue("XK05", channel="kiosk").ticket_id

    def send(self) -> tuple[JobView, PrintResult]:
        job = self.spool.claim()
        assert job is not None
        return job, self.ways.print_job(job)

    def follow(self) -> PrintResult:
        """What the queue says of the only job it has, as it is written down."""
        ((job, result),) = self.ways.follow(self.spool.followed())
        assert result is not None
        self.spool.settle(job, result)
        return result

    def comes_to(self, outcome: str) -> None:
        until(lambda: self.follow().outcome == outcome)

    def state(self, ticket_id: int) -> str:
        with self.front.store.read() as session:
            return session.get_one(Ticket, ticket_id).state


@pytest.fixture
def store(open_store: Callable[..., Store], furnish: Callable[[str], None], sqlite_url: str) -> Store:
    """The queue is another program's: one kind of database shows it."""
    furnish(sqlite_url)
    return open_store(sqlite_url)


@pytest.fixture
def queue(printing: PrivateCups, store: Store, front_of: Callable[..., Front]) -> Queue:
    clerk = Actor(7, "张三明", store.hall_id, frozenset({"clerk"}))
    return Queue(front_of(store, clerk, slip=True))


def test_a_slip_is_out_when_the_queue_says_so_and_meanwhile_its_trouble_is_told(
    queue: Queue, printing: PrivateCups
) -> None:
    ticket = queue.take()
    printing.say("media-empty-error")
    job, result = queue.send()
    assert (result.outcome, result.device) == ("submitted", f"queue:{SLIPS}")
    queue.spool.settle(job, result)
    until(lambda: "缺纸" in queue.follow().error)
    assert queue.state(ticket) == "reserved"
    (waiting,) = queue.front.slips.unprinted()
    assert "缺纸" in waiting.why
    assert queue.ways.print_job(job).outcome == "queued"  # what still waits stays here
    printing.say("ready")
    queue.comes_to("printed")
    assert queue.state(ticket) == "waiting"
    (paper,) = printing.printed()
    assert paper.read_bytes().startswith(b"\x1b@")


def test_what_a_queue_had_taken_when_the_program_died_is_found_by_its_name(queue: Queue, printing: PrivateCups) -> None:
    ticket = queue.take()
    queue.send()  # and then nothing more is written down
    assert spool.mark_interrupted(queue.front.store, queues=("slip",)) == ()
    queue.comes_to("printed")
    assert queue.state(ticket) == "waiting"
    assert len(printing.printed()) == 1


def test_what_a_queue_never_had_is_asked_about_and_not_sent_by_itself(queue: Queue, printing: PrivateCups) -> None:
    ticket = queue.take()
    queue.spool.claim()
    spool.mark_interrupted(queue.front.store, queues=("slip",))
    assert queue.follow() == PrintResult("unknown", "打印队列里查不到打印任务")
    assert (queue.state(ticket), printing.printed()) == ("unprinted", [])
    assert queue.spool.claim() is None


def test_a_queue_that_is_not_there_keeps_nobodys_slip(queue: Queue, printing: PrivateCups) -> None:
    ticket = queue.take()
    printing.kill()
    job, result = queue.send()
    assert result.outcome == "queued"
    queue.spool.settle(job, result)
    assert queue.state(ticket) == "reserved"
