"""Documents through the spool and a real CUPS: what is said of each is what became of it, and none is sent twice."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from hall.clock import FixedClock
from hall.printing.declarations import declaration
from hall.resources import template
from hall.rules.people import Actor
from hall.services import documents, print_answers, spool
from hall.services.documents import DocumentKind
from hall.settings import PagePrinterSettings, Settings, TraySettings
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.schema.printing import PrintJob
from hall.store.secrets import KeyRing
from hall.workers import spooler, ways
from hall.workers.printers import page_ways
from hall.workers.spooler import Spooler
from hall.workers.station_queue import StationQueue
from hall.workers.ways import PrintResult, Ways
from tests.conftest import StoreOpener
from tests.printing.private_cups import PAGES, SLIPS, PrivateCups, until

PATIENCE = 20.0
NUMBER = "莲城管许证〔2026〕1号"
RARE = "\U0003134f"
"""No font of the program has it."""

PROGRAM_THAT_DIES = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from hall.clock import FixedClock
from hall.services import spool
from hall.settings import PagePrinterSettings, Settings
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.workers.printers import page_ways

url, home, queue, now = sys.argv[1], Path(sys.argv[2]), sys.argv[3], datetime.fromisoformat(sys.argv[4])
ring = KeyRing.load(home, {})
store = Store(open_engine(url), clock=FixedClock(now), station="station-1", hall_code="main", key_ring=ring)
job = spool.claim(store, printer="page")
settings = Settings(home=home, page_printer=PagePrinterSettings(queue))
assert page_ways(store, settings).print_job(job).outcome == "submitted"
os.kill(os.getpid(), signal.SIGKILL)
"""


class Office:
    """A station with a page printer."""

    def __init__(self, store: Store, actor: Actor, home: Path) -> None:
        self.store, self.actor, self.home = store, actor, home
        self.queue = StationQueue(store, "page")

    def settings(self, own: PagePrinterSettings | None = None) -> Settings:
        return Settings(home=self.home, page_printer=own or PagePrinterSettings(PAGES))

    def ways(self, own: PagePrinterSettings | None = None) -> Ways:
        return page_ways(self.store, self.settings(own))

    def issue(self, kind: DocumentKind = "certificate", *, says: str = "示例") -> int:
        """A document of this kind in the spool; gives its job."""
        declared = declaration(template("fields.toml", self.home), kind)
        with self.store.work("document.issue", self.actor) as work:
            document_id = documents.freeze(
                work,
                case_id=None,
                kind=kind,
                number=NUMBER,
                issued_on=work.now.date(),
                content=dict.fromkeys((*declared.required, *declared.optional), says),
                code_payload="H1.example",
                home=self.home,
            )
            job_id = spool.enqueue(
                work, printer="page", subject_kind="document", subject_id=document_id, title=f"许可证 {NUMBER}"
            )
            work.audit(f"document:{document_id}")
        return job_id

    def print_next(self, own: PagePrinterSettings | None = None) -> PrintResult:
        """One job as far as its printer takes it."""
        job = self.queue.claim()
        assert job is not None
        result = self.ways(own).print_job(job)
        self.queue.settle(job, result)
        return result

    def follow(self) -> PrintResult:
        """What is known now of the one job that a queue has taken."""
        ((job, result),) = self.ways().follow(self.queue.followed())
        assert result is not None
        if result.outcome != "submitted":
            self.queue.settle(job, result)
        return result

    def record(self, job_id: int) -> PrintJob:
        with self.store.read() as session:
            return session.scalars(select(PrintJob).where(PrintJob.id == job_id)).one()


@pytest.fixture
def office(sqlite_url: str, open_store: StoreOpener, home: Path, printing: PrivateCups) -> Office:
    store = open_store(sqlite_url)
    return Office(store, clerk_of(store), home)


def clerk_of(store: Store) -> Actor:
    return Actor(7, "张三明", store.hall_id, frozenset({"clerk"}))


@contextmanager
def running(office: Office, own: PagePrinterSettings | None = None) -> Iterator[Queue[str]]:
    """The whole loop in its thread; gives what its lamp is told."""
    told: Queue[str] = Queue()
    loop = Spooler(office.queue, office.ways(own), paper=str, on_state=told.put)
    stop = threading.Event()
    thread = threading.Thread(target=loop.run, args=(stop,))
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        loop.wake.set()
        thread.join(PATIENCE)


def hears(told: "Queue[str]", words: str) -> None:
    """Wait for the lamp to say it."""
    while words not in told.get(timeout=PATIENCE):
        pass


@pytest.mark.parametrize(
    ("kind", "tray", "sides"),
    [("certificate", "InputSlot=Tray2", "Duplex=None"), ("complaint_reply", "", "Duplex=DuplexNoTumble")],
)
def test_a_document_is_printed_as_its_kind_is_declared(
    office: Office, printing: PrivateCups, kind: DocumentKind, tray: str, sides: str
) -> None:
    job_id = office.issue(kind)
    handle = office.print_next(PagePrinterSettings(PAGES, trays=TraySettings(certificate="Tray2"))).handle
    until(lambda: office.follow().outcome == "printed")
    job = office.record(job_id)
    assert (job.state, job.device, job.handle) == ("printed", PAGES, handle)
    assert printing.told(handle, "title") == f"许可证 {NUMBER} #{job.spool_id}"
    told = printing.told(handle, "options").split()
    assert {"PageSize=A4", sides} <= set(told)
    assert [option for option in told if "InputSlot" in option] == ([tray] if tray else [])
    made = documents.produced(office.store, office.actor, document_id=job.subject_id)
    pages = len(PdfDocument(made.pdf))
    back = 0 if sides == "Duplex=None" else pages % 2  # each copy begins on a sheet of its own
    assert pages_of(printing) == 2 * (pages + back)


def pages_of(printing: PrivateCups) -> int:
    """How many pages have come out last."""
    return len(PdfDocument(printing.printed()[-1]))


def test_a_reprint_is_one_copy_and_its_title_says_so(office: Office, printing: PrivateCups) -> None:
    job_id = office.issue("complaint_reply")
    office.print_next()
    until(lambda: office.follow().outcome == "printed")
    print_answers.reprint(office.store, office.actor, job_id=job_id, reason="申请人遗失")
    handle = office.print_next().handle
    until(lambda: office.follow().outcome == "printed")
    assert f"许可证 {NUMBER} 补打1 #" in printing.told(handle, "title")
    assert pages_of(printing) == 1


def test_without_paper_the_lamp_says_so_and_after_a_refill_all_is_well_again(
    office: Office, printing: PrivateCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooler, "FOLLOW_SECONDS", 0.02)
    monkeypatch.setattr(spooler, "IDLE_SECONDS", 0.02)
    job_id = office.issue()
    printing.say("media-empty-error")
    with running(office) as told:
        hears(told, "打印机 pages 缺纸，请加纸")
        assert office.record(job_id).state == "submitted"
        printing.say("ready")
        until(lambda: office.record(job_id).state == "printed")
        until(lambda: told.get(timeout=PATIENCE) == "")
    assert len(printing.printed()) == 1


def test_a_queue_in_trouble_is_given_nothing_until_it_is_well(office: Office, printing: PrivateCups) -> None:
    job_id = office.issue()
    printing.administrator().disablePrinter(PAGES)
    result = office.print_next()
    assert (result.outcome, office.record(job_id).state) == ("queued", "queued")
    assert "cupsenable pages" in result.error
    printing.administrator().enablePrinter(PAGES)
    assert office.print_next().outcome == "submitted"
    until(lambda: office.follow().outcome == "printed")
    assert len(printing.printed()) == 1


def test_without_a_print_system_documents_wait(office: Office, printing: PrivateCups) -> None:
    job_id = office.issue()
    printing.kill()
    result = office.print_next()
    assert (result.outcome, office.record(job_id).attempts) == ("queued", 0)
    assert "打印系统没有应答" in result.error
    printing.start()
    assert office.print_next().outcome == "submitted"


def test_a_print_system_that_is_away_does_not_make_a_submitted_document_unknown(
    office: Office, printing: PrivateCups
) -> None:
    printing.say("slow")
    office.issue()
    office.print_next()
    printing.kill()
    result = office.follow()
    assert (result.outcome, "打印系统没有应答" in result.error) == ("submitted", True)
    printing.say("ready")
    printing.start()
    until(lambda: office.follow().outcome == "printed")
    assert len(printing.printed()) == 1


@pytest.mark.parametrize("end", ["cancelled", "forgotten"])
def test_a_document_that_a_queue_gave_up_is_asked_about_and_never_sent_again(
    office: Office, printing: PrivateCups, end: str
) -> None:
    printing.kill()
    printing.start(dirty_clean=30)
    printing.say("media-empty-error")
    job_id = office.issue()
    handle = office.print_next().handle
    if end == "cancelled":
        printing.administrator().cancelJob(int(handle))
    else:
        printing.kill()
        printing.start()
    result = office.follow()
    assert (result.outcome, office.record(job_id).state) == ("unknown", "unknown")
    assert office.queue.claim() is None
    assert printing.printed() == []
    assert [job.job_id for job in print_answers.unsettled(office.store, office.actor)] == [job_id]


def test_a_document_goes_to_the_spare_queue_when_the_first_does_not_print(
    office: Office, printing: PrivateCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ways, "FAILOVER_SECONDS", 0.05)
    monkeypatch.setattr(spooler, "BACKOFF_SECONDS", (0.02,))
    printing.administrator().disablePrinter(PAGES)
    job_id = office.issue()
    with running(office, PagePrinterSettings(PAGES, failover=SLIPS)) as told:
        hears(told, f"已改用备用打印机 {SLIPS}")
        until(lambda: office.record(job_id).state == "printed")
    assert office.record(job_id).device == SLIPS
    assert len(printing.printed()) == 1


def test_what_a_clerk_has_to_complete_by_hand_stays_with_the_printed_document(
    office: Office, printing: PrivateCups
) -> None:
    job_id = office.issue(says=f"王{RARE}")
    assert "U+3134F" in office.print_next().error
    until(lambda: office.follow().outcome == "printed")
    assert "U+3134F" in office.record(job_id).last_error


@pytest.fixture
def mortal(sqlite_url: str, clock: FixedClock, home: Path, printing: PrivateCups) -> Iterator[Office]:
    """A station whose keys another process can read."""
    ring = KeyRing.create(home)
    store = Store(open_engine(sqlite_url), clock=clock, station="station-1", hall_code="main", key_ring=ring)
    yield Office(store, clerk_of(store), home)
    store.close()


def test_a_station_killed_between_handing_over_and_saying_so_finds_its_document_and_sends_none_again(
    mortal: Office, printing: PrivateCups, sqlite_url: str, clock: FixedClock
) -> None:
    job_id = mortal.issue()
    printing.say("slow")
    given = [sqlite_url, str(mortal.home), PAGES, clock.now().isoformat()]
    died = subprocess.run([sys.executable, "-c", PROGRAM_THAT_DIES, *given], timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL
    assert (mortal.record(job_id).state, mortal.record(job_id).handle) == ("sending", "")
    assert spool.mark_interrupted(mortal.store, queues=("page",)) == ()
    assert mortal.follow().outcome == "submitted"
    printing.say("ready")
    until(lambda: mortal.follow().outcome == "printed")
    assert (mortal.record(job_id).state, len(printing.printed())) == ("printed", 1)
    assert mortal.queue.claim() is None


def test_a_station_killed_before_handing_over_asks_about_its_document(office: Office, printing: PrivateCups) -> None:
    job_id = office.issue()
    office.queue.claim()
    spool.mark_interrupted(office.store, queues=("page",))
    assert office.follow().outcome == "unknown"
    assert office.record(job_id).state == "unknown"
    assert printing.printed() == []
