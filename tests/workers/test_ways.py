"""The first printer and the spare one, and what print queues have taken: one rule for when another printer prints."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from hall.errors import Missing, Refused, Unavailable
from hall.services.spool import JobView
from hall.workers import spooler
from hall.workers.spooler import Spooler
from hall.workers.ways import FAILOVER_SECONDS, MOST_SUBMITTED, PrintResult, Way, Ways

AT = datetime(2026, 11, 23, tzinfo=UTC)
PAPER_OUT = PrintResult("queued", "首选缺纸。")
OUT = PrintResult("printed")


def job(number: int = 1, **changes: object) -> JobView:
    name = f"{number:032x}"
    made = JobView(number, "slip", "ticket", number, f"叫号小票 A{number:03d}", "sending", 0, 1, "", AT, name, "", "")
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass
class Printer:
    """What a printer does next; the jobs it was given."""

    name: str
    result: PrintResult = OUT
    fault: str | None = ""
    news: PrintResult | Exception | None = None
    given: list[int] = field(default_factory=list)

    def way(self, *, queue: bool = False) -> Way:
        return Way(self.name, self._print, lambda: self.fault, self._follow if queue else None)

    def _print(self, each: JobView) -> PrintResult:
        self.given.append(each.job_id)
        return self.result

    def _follow(self, _: JobView) -> PrintResult | None:
        if isinstance(self.news, Exception):
            raise self.news
        return self.news


@dataclass
class Pair:
    """Two printers, and the seconds that have passed."""

    first: Printer
    spare: Printer
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.ways = Ways(self.first.way(queue=True), self.spare.way(), now=lambda: self.seconds)


@pytest.fixture
def pair() -> Pair:
    return Pair(Printer("queue:one"), Printer("tcp://spare"))


def test_the_first_prints_while_it_can(pair: Pair) -> None:
    assert pair.ways.print_job(job()) == replace(OUT, device="queue:one")
    assert pair.ways.until_failover == float("inf")
    assert pair.spare.given == []


def test_the_spare_takes_over_after_the_time_and_says_so(pair: Pair) -> None:
    pair.first.result = PAPER_OUT
    assert pair.ways.print_job(job()) == PAPER_OUT
    assert pair.ways.until_failover == FAILOVER_SECONDS
    pair.seconds = FAILOVER_SECONDS - 0.1
    assert pair.ways.print_job(job()) == PAPER_OUT
    assert pair.spare.given == []
    pair.seconds = FAILOVER_SECONDS
    result = pair.ways.print_job(job())
    assert (result.outcome, result.device) == ("printed", "tcp://spare")
    assert result.error == "首选缺纸。已改用备用打印机 tcp://spare。" == pair.ways.words


def test_the_first_is_asked_again_now_and_then_and_is_used_as_soon_as_it_prints(pair: Pair) -> None:
    pair.first.result = PAPER_OUT
    pair.ways.print_job(job(1))
    for number in (2, 3):
        pair.seconds = FAILOVER_SECONDS + number
        assert pair.ways.print_job(job(number)).device == "tcp://spare"
    assert pair.first.given == [1, 2]
    pair.first.result = OUT
    pair.seconds += FAILOVER_SECONDS
    assert pair.ways.print_job(job(4)).device == "queue:one"
    assert (pair.spare.given, pair.ways.words) == ([2, 3], "")


def test_a_first_that_says_that_it_is_well_is_used_again(pair: Pair) -> None:
    pair.first.result, pair.first.fault = PAPER_OUT, "缺纸。"
    pair.ways.print_job(job())
    pair.seconds = FAILOVER_SECONDS
    assert pair.ways.look() == "缺纸。已改用备用打印机 tcp://spare。"
    pair.first.fault = None  # it cannot say: nothing changes
    assert "已改用" in pair.ways.look()
    pair.first.fault = ""
    assert pair.ways.look() == ""


@pytest.mark.parametrize("outcome", ["unknown", "submitted", "unmade", "failed"])
def test_what_may_have_left_or_is_the_jobs_own_failure_never_goes_to_the_spare(pair: Pair, outcome: str) -> None:
    pair.first.result = PAPER_OUT
    pair.ways.print_job(job())
    pair.seconds = FAILOVER_SECONDS
    pair.first.result = replace(PAPER_OUT, outcome=outcome)  # type: ignore[arg-type]
    assert pair.ways.print_job(job()).outcome == outcome
    assert pair.spare.given == []


def test_where_both_fail_both_say_why_and_the_job_waits(pair: Pair) -> None:
    pair.first.result, pair.spare.result = PAPER_OUT, PrintResult("queued", "备用脱机。")
    pair.ways.print_job(job())
    pair.seconds = FAILOVER_SECONDS
    assert pair.ways.print_job(job()) == PrintResult("queued", "首选缺纸。备用：备用脱机。")


def test_without_a_spare_the_job_waits_for_the_first() -> None:
    only = Printer("one", PAPER_OUT)
    ways = Ways(only.way())
    assert (ways.print_job(job()), ways.until_failover, ways.words) == (PAPER_OUT, float("inf"), "")


def test_while_a_job_is_held_up_in_its_queue_the_first_gets_no_more_and_others_go_to_the_spare(pair: Pair) -> None:
    pair.first.news = PrintResult("submitted", "缺纸。")
    taken = job(1, device="queue:one")
    assert pair.ways.follow((taken,)) == ((taken, pair.first.news),)
    assert pair.ways.print_job(job(2)) == PrintResult("queued", "缺纸。")
    pair.seconds = FAILOVER_SECONDS
    assert pair.ways.print_job(job(2)).device == "tcp://spare"
    assert pair.first.given == []
    pair.first.news = None
    pair.ways.follow((taken,))
    assert pair.ways.print_job(job(3)).device == "queue:one"


def test_a_queue_gets_so_many_jobs_and_no_more_until_one_is_out(pair: Pair) -> None:
    taken = tuple(job(number, device="queue:one") for number in range(MOST_SUBMITTED))
    assert not pair.ways.full(taken[1:])
    assert pair.ways.full(taken)
    pair.first.news = PrintResult("submitted", "缺纸。")
    pair.ways.follow(taken)
    pair.seconds = FAILOVER_SECONDS
    assert not pair.ways.full(taken)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(Unavailable("没有应答。"), "submitted"), (Refused("坏了。"), "unknown"), (ValueError("bug"), "unknown")],
)
def test_a_queue_that_does_not_answer_is_asked_again_and_one_that_cannot_be_asked_is_not(
    pair: Pair, error: Exception, outcome: str
) -> None:
    pair.first.news = error
    ((_, result),) = pair.ways.follow((job(device="queue:one"),))
    assert result is not None
    assert result.outcome == outcome


def test_a_job_of_a_queue_that_is_not_in_the_settings_any_more_is_put_before_an_operator(pair: Pair) -> None:
    ((_, result),) = pair.ways.follow((job(device="queue:old"),))
    assert result is not None
    assert (result.outcome, result.error) == ("unknown", "打印队列已改，查不到这个任务是否打出")


@dataclass
class Spool:
    """A spool in memory with what a queue has taken."""

    waiting: list[int] = field(default_factory=list)
    submitted: list[JobView] = field(default_factory=list)
    settled: list[tuple[int, str, str, str]] = field(default_factory=list)
    asked: int = 0

    def claim(self) -> JobView | None:
        return job(self.waiting.pop(0)) if self.waiting else None

    def settle(self, each: JobView, result: PrintResult) -> None:
        if result.outcome == "printed" and each.job_id == 13:
            raise Missing("已经答复。")
        self.settled.append((each.job_id, result.outcome, result.error, result.device))
        self.submitted = [taken for taken in self.submitted if taken.job_id != each.job_id]
        if result.outcome == "submitted":
            self.submitted.append(replace(each, last_error=result.error, device=result.device or each.device))

    def followed(self) -> tuple[JobView, ...]:
        self.asked += 1
        return tuple(self.submitted)


@contextmanager
def turns(
    monkeypatch: pytest.MonkeyPatch, spool: Spool, ways: Ways
) -> Iterator[tuple[Callable[[], PrintResult | None], list[str]]]:
    """The loop turn by turn; gives what does one turn, and what the lamp was told."""
    states: list[str] = []
    monkeypatch.setattr(spooler, "FOLLOW_SECONDS", 0.0)
    yield Spooler(spool, ways, paper=str, on_state=states.append)._turn, states


def test_what_a_queue_has_taken_is_asked_after_until_it_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    printer = Printer("queue:one", PrintResult("submitted", handle="7"))
    spool = Spool([1])
    with turns(monkeypatch, spool, Ways(printer.way(queue=True))) as (turn, states):
        turn()
        for news in (None, PrintResult("submitted", "缺纸。"), PrintResult("submitted", "缺纸。"), OUT):
            printer.news = news
            turn()
    assert spool.settled == [
        (1, "submitted", "", "queue:one"),
        (1, "submitted", "缺纸。", ""),
        (1, "printed", "", ""),
    ]
    assert "缺纸。" in states
    assert states[-1] == ""


def test_the_first_answer_stands_where_an_operator_was_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    printer = Printer("queue:one", news=OUT)
    spool = Spool(submitted=[job(13, state="submitted", device="queue:one")])
    with turns(monkeypatch, spool, Ways(printer.way(queue=True))) as (turn, _):
        turn()
    assert spool.settled == []


def test_a_printer_without_a_queue_is_asked_once_for_what_was_taken_before_the_settings_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spool = Spool(submitted=[job(1, state="submitted", device="queue:old")])
    with turns(monkeypatch, spool, Ways(Printer("/dev/ttyS0").way())) as (turn, _):
        turn()
        turn()
    assert spool.asked == 1
    assert [(number, outcome) for number, outcome, *_ in spool.settled] == [(1, "unknown")]
