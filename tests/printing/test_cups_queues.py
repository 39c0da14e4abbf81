"""Pages through a real CUPS: what reaches the printer, what is known about it, and what is never printed twice."""

import socket
import subprocess
import threading
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Self, get_args
from uuid import uuid4

import cups
import pytest
from reportlab.pdfgen.canvas import Canvas

from hall.errors import HallError
from hall.printing import cups_queues
from hall.printing.cups_queues import CupsQueues, read_job, read_queue
from hall.printing.queues import (
    JobNews,
    NoSuchQueue,
    PageJob,
    PagePrinterUnavailable,
    PrintSystemAway,
    QueuePrinter,
    Trouble,
    trouble_sentence,
)
from tests.printing.private_cups import FAR, LOCKED, PAGES, PATIENCE, SLIPS, PrivateCups, until

OURS, OTHERS = "5b01aa00c44e4a6f9d7e5c4f0a3b2d10", "77c2ffb2e0f14e51a5a3c8a0c1d2e3f4"
JOB = PageJob(f"受理通知书 莲城管许受〔2026〕1号 #{OURS}")


def two_pages() -> bytes:
    paper = BytesIO()
    canvas = Canvas(paper, pagesize=(595, 842), invariant=True)
    for word in ("first", "second"):
        canvas.drawString(100, 700, f"{word} sheet")
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


PDF = two_pages()


@pytest.fixture
def queue(printing: PrivateCups) -> QueuePrinter:
    return QueuePrinter(CupsQueues(), PAGES)


def news(queue: QueuePrinter, handle: str = "") -> JobNews:
    return queue.state(spool_id=OURS, handle=handle)


def comes_to(queue: QueuePrinter, state: str, trouble: Trouble = "") -> None:
    until(lambda: (news(queue).state, news(queue).trouble) == (state, trouble))


def words_of(path: Path) -> list[str]:
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return said.stdout.split()


def test_a_document_comes_out_as_its_text_in_collated_copies(queue: QueuePrinter, printing: PrivateCups) -> None:
    handle = queue.submit(PDF, PageJob(JOB.title, copies=2))
    comes_to(queue, "done")
    (sheet,) = printing.printed()
    assert "job-name" not in printing.administrator().getJobAttributes(int(handle))  # found without it
    assert words_of(sheet) == ["first", "sheet", "second", "sheet"] * 2
    assert printing.told(handle, "title") == JOB.title


def test_paper_tray_and_sides_reach_the_printer(queue: QueuePrinter, printing: PrivateCups) -> None:
    handle = queue.submit(PDF, PageJob(JOB.title, paper="A5", tray="Tray2", sides="two-sided-long-edge"))
    comes_to(queue, "done")
    told = printing.told(handle, "options").split()
    assert {"InputSlot=Tray2", "PageSize=A5", "Duplex=DuplexNoTumble"} <= set(told)


def test_a_document_that_names_no_tray_leaves_it_to_the_printer(queue: QueuePrinter, printing: PrivateCups) -> None:
    handle = queue.submit(PDF, JOB)
    comes_to(queue, "done")
    told = printing.told(handle, "options")
    assert "InputSlot" not in told
    assert "Duplex=None" in told


def test_a_tray_that_the_printer_does_not_have_stops_nothing(queue: QueuePrinter, printing: PrivateCups) -> None:
    """Whence the doctor's warning: the printer takes its usual one without a word."""
    queue.submit(PDF, PageJob(JOB.title, tray="Tray9"))
    comes_to(queue, "done")
    assert len(printing.printed()) == 1


def test_bytes_for_a_slip_printer_arrive_as_they_are(printing: PrivateCups) -> None:
    payload = bytes(range(256)) * 20
    CupsQueues().submit_raw(SLIPS, payload, title=JOB.title)
    until(lambda: bool(printing.printed()))
    assert printing.printed()[0].read_bytes() == payload


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [
        ("media-empty-error", "paper_out"),
        ("cover-open-error", "cover_open"),
        ("offline-report", "offline"),
        ("media-jam-error", "jam"),
        ("toner-empty-error", "toner_out"),
        ("slow", ""),
        ("media-empty-warning", ""),
    ],
)
def test_what_stops_a_printer_is_known_while_it_does_and_forgotten_after(
    queue: QueuePrinter, printing: PrivateCups, reason: str, trouble: Trouble
) -> None:
    printing.say(reason)
    queue.submit(PDF, JOB)
    comes_to(queue, "printing", trouble)
    printing.say("ready")
    comes_to(queue, "done")
    assert CupsQueues().queue(PAGES).fault == ""
    assert len(printing.printed()) == 1


def test_a_printer_that_breaks_off_is_tried_again_by_the_print_system(
    queue: QueuePrinter, printing: PrivateCups
) -> None:
    printing.say("broken")
    queue.submit(PDF, JOB)
    comes_to(queue, "held", "retrying")
    assert printing.printed() == []


def test_a_network_printer_that_nobody_can_reach_is_noticed_by_its_silence(
    printing: PrivateCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = QueuePrinter(CupsQueues(), FAR)
    far.submit(PDF, JOB)
    comes_to(far, "printing")
    monkeypatch.setattr(cups_queues, "SILENT_SECONDS", 0)
    comes_to(far, "printing", "silent")


def test_a_disabled_queue_keeps_the_job_and_says_how_to_enable_it(queue: QueuePrinter, printing: PrivateCups) -> None:
    printing.administrator().disablePrinter(PAGES)
    queue.submit(PDF, JOB)
    assert (news(queue).state, news(queue).trouble) == ("waiting", "disabled")
    assert f"cupsenable {PAGES}" in CupsQueues().queue(PAGES).fault
    printing.administrator().enablePrinter(PAGES)
    comes_to(queue, "done")


def test_the_usual_error_policy_leaves_the_queue_disabled_and_the_job_in_it(
    queue: QueuePrinter, printing: PrivateCups
) -> None:
    printing.administrator().setPrinterErrorPolicy(PAGES, "stop-printer")
    printing.say("broken")
    queue.submit(PDF, JOB)
    comes_to(queue, "waiting", "disabled")
    printing.say("ready")
    printing.administrator().enablePrinter(PAGES)
    comes_to(queue, "done")
    assert len(printing.printed()) == 1


def test_a_held_job_says_so_until_it_is_released(queue: QueuePrinter, printing: PrivateCups) -> None:
    printing.say("slow")
    handle = queue.submit(PDF, JOB)
    subprocess.run(["lp", "-h", printing.address, "-i", handle, "-H", "hold"], timeout=PATIENCE, check=True)
    assert news(queue, handle) == JobNews("held", "held", handle)
    printing.say("ready")
    subprocess.run(["lp", "-h", printing.address, "-i", handle, "-H", "resume"], timeout=PATIENCE, check=True)
    comes_to(queue, "done")


def test_a_job_that_somebody_cancels_without_paper_prints_nothing(queue: QueuePrinter, printing: PrivateCups) -> None:
    printing.say("media-empty-error")
    handle = queue.submit(PDF, JOB)
    comes_to(queue, "printing", "paper_out")
    subprocess.run(["cancel", "-h", printing.address, handle], timeout=PATIENCE, check=True)
    comes_to(queue, "cancelled")
    assert printing.printed() == []
    until(lambda: CupsQueues().queue(PAGES).fault == "")  # though CUPS still has the reason
    printing.say("ready")
    CupsQueues().submit(PAGES, PDF, PageJob(f"别的文书 #{OTHERS}"))
    until(lambda: len(printing.printed()) == 1)


def test_a_job_moved_to_another_queue_is_followed_there(queue: QueuePrinter, printing: PrivateCups) -> None:
    printing.administrator().disablePrinter(SLIPS)
    printing.say("slow")
    handle = queue.submit(PDF, JOB)
    subprocess.run(["lpmove", "-h", printing.address, handle, SLIPS], timeout=PATIENCE, check=True)
    assert news(queue, handle).trouble == "disabled"


def test_a_queue_that_takes_no_jobs_gets_none(queue: QueuePrinter, printing: PrivateCups) -> None:
    printing.administrator().rejectJobs(PAGES)
    with pytest.raises(PagePrinterUnavailable, match="暂停接收任务"):
        queue.submit(PDF, JOB)
    assert news(queue).state == "gone"
    assert "cupsaccept" in CupsQueues().queue(PAGES).fault


def test_a_queue_that_wants_a_password_is_not_waited_for(printing: PrivateCups) -> None:
    with pytest.raises(PagePrinterUnavailable, match="要求登录"):
        CupsQueues().submit(LOCKED, PDF, JOB)


def test_a_queue_that_does_not_exist_is_named(printing: PrivateCups) -> None:
    with pytest.raises(NoSuchQueue, match="nowhere 不存在"):
        CupsQueues().submit("nowhere", PDF, JOB)


def test_the_queues_of_a_computer_are_listed_with_their_trays(printing: PrivateCups) -> None:
    found = {view.name: view for view in CupsQueues().queues()}
    assert found[PAGES].trays == ("Tray1", "Tray2")
    assert found[PAGES].model == "Hall test printer"
    assert found[SLIPS].trays == ()


def test_without_a_print_system_nothing_is_lost_and_a_sentence_says_so(
    queue: QueuePrinter, printing: PrivateCups
) -> None:
    printing.kill()
    for ask in (lambda: queue.submit(PDF, JOB), lambda: news(queue), CupsQueues().queues):
        with pytest.raises(PrintSystemAway, match="打印系统没有应答"):
            ask()


def test_a_print_system_that_hangs_lets_everything_else_go_on(queue: QueuePrinter, printing: PrivateCups) -> None:
    """The interpreter's lock is given back in every call, or the windows would stand still."""
    calls = [lambda: queue.submit(PDF, JOB), lambda: news(queue), CupsQueues().queues]
    gaps = []
    for call in calls:
        with printing.hanging():
            waiting = threading.Thread(target=call)
            waiting.start()
            before = time.monotonic()
            for _ in range(20):
                waiting.join(0.005)
                gaps.append(time.monotonic() - before)
                before = time.monotonic()
            assert waiting.is_alive()
        waiting.join(PATIENCE)
        assert not waiting.is_alive()
    assert max(gaps) < 0.5


def test_a_job_on_disk_survives_the_death_of_the_print_system_and_is_printed_once(
    queue: QueuePrinter, printing: PrivateCups
) -> None:
    printing.say("media-empty-error")
    handle = queue.submit(PDF, JOB)
    comes_to(queue, "printing", "paper_out")
    printing.kill()
    printing.say("ready")
    printing.start()
    comes_to(queue, "done")
    assert news(queue).handle == handle
    assert len(printing.printed()) == 1


def test_a_job_that_the_print_system_forgot_is_gone_though_its_number_is_used_again(
    queue: QueuePrinter, printing: PrivateCups
) -> None:
    printing.kill()
    printing.start(dirty_clean=30)
    printing.say("media-empty-error")
    handle = queue.submit(PDF, JOB)
    comes_to(queue, "printing", "paper_out")
    printing.kill()
    printing.start()
    assert queue.submit(PDF, PageJob(f"别的文书 #{OTHERS}")) == handle
    assert news(queue, handle) == JobNews("gone")
    assert queue.state(spool_id=OTHERS, handle="1").handle == handle


class CutLine:
    """A line to the print system that breaks when so many bytes have passed to it.

    Connections are carried side by side: a client that asks anew before it hangs up is not kept waiting for itself.
    """

    def __init__(self, port: int, *, after: int) -> None:
        self._port, self._after = port, after
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._door.getsockname()[1]}"
        self.passed = 0
        self._serving = threading.Thread(target=self._serve)
        self._carrying: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # wakes what waits for somebody
            self._door.shutdown(socket.SHUT_RDWR)
        self._serving.join(PATIENCE)
        self._door.close()
        for carrying in self._carrying:
            carrying.join(PATIENCE)
        assert not any(thread.is_alive() for thread in (self._serving, *self._carrying))

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            carrying = threading.Thread(target=self._carry, args=(near,), daemon=True)
            self._carrying.append(carrying)
            carrying.start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE) as far:
            far.settimeout(None)
            back = threading.Thread(target=_pass_on, args=(far, near), daemon=True)
            back.start()
            while self.passed < self._after and (piece := _received(near, self._after - self.passed)):
                far.sendall(piece)
                self.passed += len(piece)
            for end in (near, far):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            back.join(PATIENCE)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)


def _received(source: socket.socket, most: int) -> bytes:
    try:
        return source.recv(most)
    except OSError:
        return b""


def submitted_through(line: CutLine, job: PageJob) -> bool:
    """Whether the print system may have the job."""
    cups.setServer(line.address)
    try:
        CupsQueues().submit(PAGES, PDF, job)
    except HallError:
        return False
    return True


def test_of_a_line_that_breaks_at_any_byte_nothing_is_printed_that_was_not_submitted(
    queue: QueuePrinter, printing: PrivateCups
) -> None:
    with CutLine(printing.port, after=10**9) as whole:
        assert submitted_through(whole, PageJob(f"whole #{OTHERS}"))
    length, submitted = whole.passed, {OTHERS}
    for after in {*range(0, length, 150), length - 2, length - 1, length}:
        spool_id = uuid4().hex
        with CutLine(printing.port, after=after) as line:
            if submitted_through(line, PageJob(f"cut #{spool_id}")):
                submitted.add(spool_id)
    printing.administrator()
    queue.submit(PDF, JOB)
    comes_to(queue, "done")  # and so what was before it in the queue
    said = [queue.state(spool_id=spool_id, handle="").state for spool_id in (*submitted, OURS)]
    assert len(printing.printed()) == said.count("done") >= 3
    assert set(said) == {"done", "held"}


@pytest.mark.parametrize(
    ("job", "queue", "expected"),
    [
        ({"job-state": 3}, {}, JobNews("waiting", "", "4")),
        ({"job-state": 6}, {}, JobNews("held", "", "4")),
        ({"job-state": 8}, {"printer-state-reasons": ["media-empty-error"]}, JobNews("aborted", "", "4")),
        ({"job-state": 4, "job-state-reasons": "cups-held-for-authentication"}, {}, JobNews("held", "login", "4")),
        ({"job-state": 5}, {"printer-state-reasons": ["door-open", "media-jam"]}, JobNews("printing", "jam", "4")),
        ({"job-state": 5, "time-at-processing": 80}, {"printer-up-time": 99}, JobNews("printing", "", "4")),
        ({"job-state": 5, "time-at-processing": 80}, {"printer-up-time": 100}, JobNews("printing", "silent", "4")),
        ({"job-state": 3}, {"printer-is-accepting-jobs": False}, JobNews("waiting", "refusing", "4")),
    ],
)
def test_a_job_is_read_together_with_its_queue(
    job: dict[str, object], queue: dict[str, object], expected: JobNews
) -> None:
    prints = {"printer-state": 4, "printer-state-reasons": ["none"]}
    assert read_job({"job-id": 4, "job-state-reasons": "none", **job}, {**prints, **queue}) == expected


def test_every_trouble_has_a_sentence_that_names_the_queue() -> None:
    for trouble in get_args(Trouble):
        assert ("大厅" in trouble_sentence("大厅", trouble)) == bool(trouble)
    assert read_queue({"printer-state": 5}) == "disabled"
