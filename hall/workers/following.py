"""What became of a job that a print queue has taken, and what is wrong with the queue, as print loops ask it."""

from collections.abc import Callable
from typing import Protocol

from hall.errors import Unavailable
from hall.printing.queues import JobNews, PrintSystem, trouble_sentence
from hall.services.spool import JobView
from hall.workers.ways import PrintResult

_ENDS = {
    "cancelled": PrintResult("unknown", "打印任务在打印队列里被取消"),
    "aborted": PrintResult("unknown", "打印队列放弃了打印任务"),
    "gone": PrintResult("unknown", "打印队列里查不到打印任务"),
}
"""Part of it may be on paper, or all of it: an operator has to look."""


class Followed(Protocol):
    """A print queue, or what stands for one, that can be asked about a job."""

    @property
    def name(self) -> str: ...

    def state(self, *, spool_id: str, handle: str) -> JobNews: ...


def following(printer: Followed) -> Callable[[JobView], PrintResult]:
    """`Way.follow` of a print queue; it raises Unavailable while the print system does not answer."""

    def follow(job: JobView) -> PrintResult:
        news = printer.state(spool_id=job.spool_id, handle=job.handle)
        if news.state == "done":
            return PrintResult("printed")
        return _ENDS.get(news.state) or PrintResult("submitted", trouble_sentence(printer.name, news.trouble))

    return follow


def queue_fault(system: PrintSystem, queue: str) -> Callable[[], str]:
    """`Way.fault` of a print queue."""

    def fault() -> str:
        try:
            return system.queue(queue).fault
        except Unavailable as error:
            return str(error)

    return fault
