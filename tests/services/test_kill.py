"""kill −9 in the middle of work: what was committed stays, what was not leaves no trace."""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.receipts import rotate_signing_key
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.integrity import verify_data
from hall.store.schema.permits import PermitCase
from hall.store.schema.printing import PrintJob
from hall.store.schema.queueing import Ticket, TicketEvent
from hall.store.schema.trail import AuditRow
from hall.store.secrets import KeyRing
from hall.store.verify import verify_audit
from tests.children import Child, child, hear, say

# On each of the two databases: fifty in all.
KILLS = 25

# What is half-done if a row is found; every transaction writes all of its rows or none.
HALF_DONE = {
    "a ticket without exactly one event of its taking": (
        "SELECT id FROM ticket WHERE (SELECT count(*) FROM ticket_event e"
        " WHERE e.ticket_id = ticket.id AND e.kind = 'reserve') <> 1"
    ),
    "a ticket without exactly one first slip": (
        "SELECT id FROM ticket WHERE (SELECT count(*) FROM print_job j"
        " WHERE j.subject_kind = 'ticket' AND j.subject_id = ticket.id AND j.reprint = 0) <> 1"
    ),
    "a ticket that does not know what became of its slip": (
        "SELECT ticket.id FROM ticket JOIN print_job j ON j.id = (SELECT max(last.id) FROM print_job last"
        " WHERE last.subject_kind = 'ticket' AND last.subject_id = ticket.id)"
        " WHERE (j.state = 'printed') <> EXISTS (SELECT 1 FROM ticket_event e"
        " WHERE e.ticket_id = ticket.id AND e.kind = 'live')"
        " OR (j.state <> 'printed' AND ticket.state NOT IN ('reserved', 'unprinted'))"
        " OR (j.state = 'unknown' AND ticket.state <> 'unprinted')"
    ),
    "an event without its audit row, or an audit row without its event": (
        "SELECT e.ticket_id FROM ticket_event e WHERE e.kind NOT IN ('live', 'misprint')"
        " GROUP BY e.ticket_id HAVING count(*) <> (SELECT count(*) FROM audit_row a"
        " WHERE a.subject = 'ticket:' || e.ticket_id AND a.action LIKE 'queue.%' AND a.action <> 'queue.print')"
    ),
    "a call that is not announced": (
        "SELECT id FROM ticket WHERE calls <> (SELECT count(*) FROM announcement n WHERE n.ticket_id = ticket.id)"
        " OR calls <> (SELECT count(*) FROM ticket_event e WHERE e.ticket_id = ticket.id AND e.kind = 'call')"
    ),
    "a ticket whose state is not what its events say": (
        "SELECT ticket.id FROM ticket JOIN ticket_event e ON e.id ="
        " (SELECT max(last.id) FROM ticket_event last WHERE last.ticket_id = ticket.id)"
        " WHERE (e.kind, ticket.state) NOT IN (('reserve', 'reserved'), ('live', 'waiting'),"
        " ('misprint', 'unprinted'), ('call', 'called'), ('finish', 'finished'))"
    ),
    "a counter with two open tickets": (
        "SELECT counter_id FROM ticket WHERE state IN ('called', 'serving') GROUP BY counter_id HAVING count(*) > 1"
    ),
    "a case without both events, its three clocks, both documents and its audit row": (
        "SELECT id FROM permit_case c WHERE (SELECT count(*) FROM case_event e WHERE e.case_id = c.id) <> 2"
        " OR (SELECT count(*) FROM case_clock k WHERE k.case_id = c.id) <> 3"
        " OR (SELECT count(*) FROM document d WHERE d.case_id = c.id) <> 2"
        " OR (SELECT count(*) FROM audit_row a WHERE a.subject = 'case:' || c.id) <> 1"
        " OR NOT EXISTS (SELECT 1 FROM case_material m WHERE m.case_id = c.id)"
    ),
    "a document without its print job": (
        "SELECT id FROM document WHERE (SELECT count(*) FROM print_job j"
        " WHERE j.subject_kind = 'document' AND j.subject_id = document.id) <> 1"
    ),
    "a number that was drawn for nothing": (
        "SELECT last FROM number_series WHERE (series = 'ticket' AND last <> (SELECT count(*) FROM ticket))"
        " OR (series LIKE 'document/%' AND last <> (SELECT count(*) FROM permit_case))"
    ),
}


class Victim:
    """The writer's process, and everything its lives have reported as committed."""

    def __init__(self, process: Child) -> None:
        self._process = process
        self.reported: set[tuple[str, str]] = set()
        self.papers: list[int] = []

    def live_and_die(self, *, reports: int, seconds: float) -> None:
        """One life: killed so long after so many reports."""
        say(self._process, "live")
        kind, pid = self._hear()
        assert kind == "pid", kind
        for _ in range(reports):
            self._keep(self._hear())
        time.sleep(seconds)  # the moment is the point: any will do
        os.kill(int(pid), signal.SIGKILL)
        while (line := self._hear())[0] != "dead":
            self._keep(line)
        assert line == ("dead", str(-signal.SIGKILL)), "it died by itself"

    def _keep(self, line: tuple[str, str]) -> None:
        """What came out of the printer is no report of a commit."""
        if line[0] == "paper":
            self.papers.append(int(line[1]))
        else:
            self.reported.add(line)

    def _hear(self) -> tuple[str, str]:
        kind, _, what = hear(self._process).partition(" ")
        return kind, what


@pytest.fixture
def victim(database_url: str, home: Path, clock: FixedClock, administrator: Actor) -> Iterator[Victim]:
    """A writer with a key file of its own, whose key signs the hall's receipts from now on."""
    ring = KeyRing.create(home)
    store = Store(open_engine(database_url), clock=clock, station="station-1", hall_code="main", key_ring=ring)
    rotate_signing_key(store, administrator)
    store.close()
    writer = str(Path(__file__).with_name("writer.py"))
    with child(sys.executable, writer, database_url, str(home)) as process:
        yield Victim(process)


def saved(session: Session) -> set[tuple[str, str]]:
    """What the database holds, in the words of the reports."""
    events = session.execute(select(TicketEvent.kind, Ticket.code).join(Ticket, Ticket.id == TicketEvent.ticket_id))
    cases = session.scalars(select(PermitCase.acceptance_number))
    return {(kind, code) for kind, code in events} | {("accept", str(number)) for number in cases}


def half_done(session: Session) -> list[str]:
    return [what for what, query in HALF_DONE.items() if session.execute(text(query)).first()]


def printed_twice_or_never(session: Session, papers: list[int]) -> list[int]:
    """Jobs that came out more than once, and those that are said to be printed and never came out."""
    told = set(session.scalars(select(PrintJob.id).where(PrintJob.state == "printed", PrintJob.printer == "slip")))
    return sorted({job for job in papers if papers.count(job) > 1} | told.difference(papers))


@pytest.mark.both
@pytest.mark.e2e
def test_a_writer_killed_at_any_moment_loses_nothing_and_leaves_nothing_half_done(store: Store, victim: Victim) -> None:
    chance = random.Random(store.engine.dialect.name)
    for _ in range(KILLS):
        victim.live_and_die(reports=chance.randrange(10), seconds=chance.uniform(0.0, 0.02))
        with store.read() as session:
            assert victim.reported <= saved(session)
            assert half_done(session) == []
            assert verify_audit(session) == []
            assert printed_twice_or_never(session, victim.papers) == []
    with store.read() as session:
        assert verify_data(session) == []
        kinds = {kind for kind, _ in victim.reported}
        done = session.scalar(select(func.count()).where(AuditRow.action.in_(("queue.issue", "case.accept"))))
    assert kinds == {"reserve", "live", "call", "accept", "finish"}
    assert done
    assert done >= KILLS
