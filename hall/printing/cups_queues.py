"""Print queues of CUPS, by its own protocol: what left the computer is known to the byte, and jobs are found again."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

import cups

from hall.errors import HallError
from hall.printing.queues import (
    JobNews,
    JobState,
    NoSuchQueue,
    PageJob,
    PagePrinterUnavailable,
    PrintSystemAway,
    QueueView,
    Trouble,
)

PDF, RAW = "application/pdf", "application/vnd.cups-raw"
SILENT_SECONDS = 20
"""So long a job may print before somebody should look: of a network printer that is off CUPS gives no reason."""

Attributes = Mapping[str, object]

_JOB = ["job-id", "job-uuid", "job-state", "job-state-reasons", "job-printer-uri", "time-at-processing"]
_QUEUE = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-up-time"]
_PRINTING, _STOPPED = 4, 5  # RFC 8011 5.4.11
_LOGIN = (cups.IPP_FORBIDDEN, cups.IPP_NOT_AUTHENTICATED, cups.IPP_NOT_AUTHORIZED, cups.IPP_AUTHENTICATION_CANCELED)
_FAILURES = (cups.IPPError, cups.HTTPError, RuntimeError)

# RFC 8011 5.3.7; whatever else a server says is waited for.
_STATES: Mapping[object, JobState] = {
    4: "held",
    5: "printing",
    6: "held",
    7: "cancelled",
    8: "aborted",
    9: "done",
}
_PENDING_HELD = 4

# RFC 8011 5.4.12 and the backends of CUPS, worst first; a reason that is only a warning stops nothing.
_REASONS: tuple[tuple[str, Trouble], ...] = (
    ("media-jam", "jam"),
    ("cover-open", "cover_open"),
    ("door-open", "cover_open"),
    ("interlock-open", "cover_open"),
    ("media-empty", "paper_out"),
    ("media-needed", "paper_out"),
    ("input-tray-missing", "paper_out"),
    ("toner-empty", "toner_out"),
    ("marker-supply-empty", "toner_out"),
    ("offline", "offline"),
    ("shutdown", "offline"),
    ("timed-out", "offline"),
    ("cups-missing-filter", "fault"),
    ("cups-insecure-filter", "fault"),
    ("other-error", "fault"),
)


class _Connection(Protocol):
    """What is used of cups.Connection, which has no types of its own."""

    def createJob(self, printer: str, title: str, options: Mapping[str, str]) -> int: ...

    def startDocument(self, printer: str, job_id: int, *, doc_name: str, format: str, last_document: int) -> int: ...

    def writeRequestData(self, buffer: bytes, length: int) -> int: ...

    def finishDocument(self, printer: str) -> int: ...

    def cancelJob(self, job_id: int) -> None: ...

    def getJobs(self, *, which_jobs: str, my_jobs: bool, requested_attributes: list[str]) -> dict[int, Attributes]: ...

    def getJobAttributes(self, job_id: int, requested_attributes: list[str]) -> Attributes: ...

    def getPrinterAttributes(self, name: str, *, requested_attributes: list[str]) -> Attributes: ...

    def getPrinters(self) -> dict[str, Attributes]: ...

    def getPPD(self, name: str) -> str: ...


class CupsQueues:
    """The queues of the CUPS server that CUPS_SERVER or client.conf names, else of this computer.

    A connection is made for each call: a server that was restarted in between is not noticed.
    """

    def submit(self, queue: str, pdf: bytes, job: PageJob) -> str:
        """As PrintSystem.submit; copies are collated and nothing is scaled."""
        options = {
            "copies": str(job.copies),
            "Collate": "True",
            "media": job.paper,
            "sides": job.sides,
            "print-scaling": "none",
        }
        if job.tray:
            options["InputSlot"] = job.tray
        return _hand_over(queue, pdf, title=job.title, options=options, form=PDF)

    def submit_raw(self, queue: str, payload: bytes, *, title: str) -> str:
        """As PrintSystem.submit_raw."""
        return _hand_over(queue, payload, title=title, options={"raw": "true"}, form=RAW)

    def state(self, queue: str, *, spool_id: str, handle: str) -> JobNews:
        """As PrintSystem.state; a job that somebody has moved is asked about at the queue where it is now."""
        connection = _connect()
        try:
            job = _found(connection, spool_id, handle)
            if job is None:
                return JobNews("gone")
            name = str(job["job-printer-uri"]).rpartition("/")[2]
            return read_job(job, connection.getPrinterAttributes(name, requested_attributes=_QUEUE))
        except _FAILURES as error:
            raise PrintSystemAway from error

    def queue(self, name: str) -> QueueView:
        """As PrintSystem.queue."""
        connection = _connect()
        try:
            return _queue_view(connection, name)
        except _FAILURES as error:
            if _is_answer(error):
                raise NoSuchQueue(name) from error
            raise PrintSystemAway from error

    def queues(self) -> tuple[QueueView, ...]:
        """As PrintSystem.queues."""
        connection = _connect()
        try:
            return tuple(_queue_view(connection, name) for name in sorted(connection.getPrinters()))
        except _FAILURES as error:
            raise PrintSystemAway from error


def read_job(job: Attributes, queue: Attributes) -> JobNews:
    """What CUPS says about a job, put together with what it says about the queue the job is in."""
    state = _STATES.get(job["job-state"], "waiting")
    handle = str(job["job-id"])
    if state in ("done", "cancelled", "aborted"):
        return JobNews(state, handle=handle)
    trouble = read_queue(queue)
    if not trouble and state == "printing" and _seconds(job, queue) >= SILENT_SECONDS:
        trouble = "silent"
    if not trouble and job["job-state"] == _PENDING_HELD:
        trouble = _why_held(_words(job, "job-state-reasons"))
    return JobNews(state, trouble, handle)


def read_queue(queue: Attributes) -> Trouble:
    """What is wrong with a queue. Its message is never believed, for it stays when all is well again; its reasons only
    while something prints: those of a job that was cancelled stay until the next one."""
    if queue["printer-state"] == _STOPPED:
        return "disabled"
    reasons = [reason for reason in _words(queue, "printer-state-reasons") if not reason.endswith("-warning")]
    for beginning, trouble in _REASONS if queue["printer-state"] == _PRINTING else ():
        if any(reason.startswith(beginning) for reason in reasons):
            return trouble
    return "" if queue.get("printer-is-accepting-jobs", True) else "refusing"


def _seconds(job: Attributes, queue: Attributes) -> int:
    """How long it has been printing. Both times are the server's."""
    since, now = job.get("time-at-processing"), queue.get("printer-up-time")
    return now - since if isinstance(since, int) and isinstance(now, int) else 0


def _why_held(reasons: list[str]) -> Trouble:
    if "resources-are-not-ready" in reasons:
        return "retrying"
    if "job-incoming" in reasons:  # was broken off; the server gives it up by itself
        return ""
    return "login" if "cups-held-for-authentication" in reasons else "held"


def _words(attributes: Attributes, name: str) -> list[str]:
    """One word comes as itself, several as a list."""
    value = attributes.get(name, [])
    return [str(word) for word in value] if isinstance(value, list) else [str(value)]


def _connect() -> _Connection:
    cups.setPasswordCB(lambda prompt: None)  # never asked on a terminal that nobody watches; kept by CUPS for a thread
    try:
        return cast(_Connection, cups.Connection())
    except RuntimeError as error:
        raise PrintSystemAway from error


def _hand_over(queue: str, content: bytes, *, title: str, options: Mapping[str, str], form: str) -> str:
    """Nothing prints before the end of the document has been sent, so that whatever breaks earlier is not printed."""
    connection = _connect()
    try:
        number = connection.createJob(queue, title, {**options, **_identity(title)})
    except _FAILURES as error:
        raise _refused(queue, error) from error
    try:
        connection.startDocument(queue, number, doc_name=title, format=form, last_document=1)
        connection.writeRequestData(content, len(content))
    except _FAILURES as error:
        _withdraw(connection, number)
        raise PagePrinterUnavailable(queue, "没有接收任务，传到一半断开") from error
    try:
        connection.finishDocument(queue)
    except _FAILURES as error:
        if _is_answer(error):
            _withdraw(connection, number)
            raise _refused(queue, error) from error
        return ""
    return str(number)


def _identity(title: str) -> dict[str, str]:
    """What a job is found again by; what nobody will ask after has no id in its title."""
    own_id = title.rpartition("#")[2]
    return {"job-uuid": UUID(own_id).urn} if re.fullmatch("[0-9a-f]{32}", own_id) else {}


def _is_answer(error: Exception) -> bool:
    """Whether the server has said no (RFC 8011 appendix B.1.4), and not the line or the server given way."""
    return isinstance(error, cups.IPPError) and 0x0400 <= error.args[0] < 0x0500


def _refused(queue: str, error: Exception) -> HallError:
    """Why the server takes no job. It says of a queue that it does not know only that there is no such file."""
    status, words = error.args if isinstance(error, cups.IPPError) else (None, str(error))
    if status == cups.IPP_NOT_ACCEPTING:
        return PagePrinterUnavailable(queue, "暂停接收任务，要运行 cupsaccept")
    if status in _LOGIN:
        return PagePrinterUnavailable(queue, "要求登录")
    try:
        CupsQueues().queue(queue)
    except HallError as why:
        return why
    return PagePrinterUnavailable(queue, f"没有接收任务（{words}）")


def _withdraw(connection: _Connection, number: int) -> None:
    """An empty job; where even this fails the server gives it up by itself after five minutes."""
    try:
        connection.cancelJob(number)
    except _FAILURES:
        return


def _found(connection: _Connection, spool_id: str, handle: str) -> Attributes | None:
    """Our job: under its number, else under any."""
    if handle:
        try:
            job = connection.getJobAttributes(int(handle), _JOB)
        except cups.IPPError as error:
            if error.args[0] != cups.IPP_NOT_FOUND:
                raise
        else:
            if _is_ours(job, spool_id):
                return {**job, "job-id": int(handle)}
    for number, job in connection.getJobs(which_jobs="all", my_jobs=False, requested_attributes=_JOB).items():
        if _is_ours(job, spool_id):
            return {**job, "job-id": number}
    return None


def _is_ours(job: Attributes, spool_id: str) -> bool:
    """By the job's UUID, which is ours. CUPS as installed withholds titles from who has not signed in, but not this."""
    return job.get("job-uuid") == UUID(spool_id).urn


def _queue_view(connection: _Connection, name: str) -> QueueView:
    wanted = [*_QUEUE, "printer-make-and-model"]
    attributes = connection.getPrinterAttributes(name, requested_attributes=wanted)
    return QueueView(
        name=name,
        model=str(attributes.get("printer-make-and-model", "")),
        trouble=read_queue(attributes),
        trays=_trays(connection, name),
    )


def _trays(connection: _Connection, name: str) -> tuple[str, ...]:
    """As the queue's description names them; none for a raw queue, and where it has no trays to choose from."""
    try:
        path = connection.getPPD(name)
    except cups.IPPError:
        return ()
    try:
        trays = cups.PPD(path).findOption("InputSlot")
    except RuntimeError:
        return ()
    finally:
        Path(path).unlink(missing_ok=True)
    return tuple(choice["choice"] for choice in trays.choices) if trays else ()
