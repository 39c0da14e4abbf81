"""The print loop: back off while the printer is not ready, wake at once, stop at once, owe no settlement."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from hall.errors import Missing, Refused, Unavailable
from hall.services.spool import JobView, Outcome
from hall.workers import spooler
from hall.workers.spooler import BACKOFF_SECONDS, IDLE_SECONDS, Spooler
from hall.workers.ways import PrintResult, Way, Ways

SOON = 10.0
"""Seconds after which a test that waits for a fact has failed; nothing ever waits that long."""


def job(number: int) -> JobView:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    name = f"{number:032x}"
    return JobView(number, "slip", "ticket", number, f"叫号小票 A{number:03d}", "sending", 0, 1, "", at, name, "", "")


class Waker(threading.Event):
    """Notes how long the loop wants to wait, and returns at once as long as it is told to."""

    def __init__(self, skip: int = 0) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self.skip = skip
        self.resting = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        if len(self.waits) <= self.skip:
            return False
        self.resting.set()
        return super().wait(SOON)


class Queue:
    """A spool in memory: what waits, and what became of each job."""

    def __init__(self, *numbers: int) -> None:
        self.waiting = list(numbers)
        self.settled: list[tuple[int, Outcome, str]] = []
        self.failures: list[Exception] = []

    def claim(self) -> JobView | None:
        return job(self.waiting.pop(0)) if self.waiting else None

    def settle(self, job: JobView, result: PrintResult) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.settled.append((job.job_id, result.outcome, result.error))
        if result.outcome == "queued":
            self.waiting.insert(0, job.job_id)

    def followed(self) -> tuple[JobView, ...]:
        return ()


def only(print_job: Callable[[JobView], PrintResult], fault: Callable[[], str | None] = str) -> Ways:
    """One printer without a spare."""
    return Ways(Way("first", print_job, fault))


@contextmanager
def running(loop: Spooler, waker: Waker) -> Iterator[threading.Event]:
    """The loop in a thread, stopped as Threads stops it: first stop, then wake."""
    stop = threading.Event()
    loop.wake = waker
    thread = threading.Thread(target=loop.run, args=(stop,))
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        waker.set()
        thread.join(SOON)
        assert not thread.is_alive()


def run_until_idle(
    queue: Queue, print_job: Callable[[JobView], PrintResult], *, waits: int = 0
) -> tuple[Waker, list[str]]:
    """Run the loop over so many pauses until it rests; gives its pauses and the states it told."""
    states: list[str] = []
    waker = Waker(skip=waits)
    with running(Spooler(queue, only(print_job), paper=str, on_state=states.append), waker):
        assert waker.resting.wait(SOON)
    return waker, states


def printed(_: JobView) -> PrintResult:
    return PrintResult("printed")


def test_everything_in_the_spool_is_printed_without_a_pause() -> None:
    queue = Queue(1, 2, 3)
    waker, states = run_until_idle(queue, printed)
    assert queue.settled == [(1, "printed", ""), (2, "printed", ""), (3, "printed", "")]
    assert (waker.waits, states) == ([IDLE_SECONDS], ["", "", ""])


def test_a_printer_that_is_not_ready_is_asked_ever_less_often() -> None:
    queue = Queue(1)
    waker, states = run_until_idle(queue, lambda _: PrintResult("queued", "缺纸"), waits=6)
    assert waker.waits == [*BACKOFF_SECONDS, BACKOFF_SECONDS[-1], BACKOFF_SECONDS[-1]]
    assert states == ["缺纸"] * 7
    assert {outcome for _, outcome, _ in queue.settled} == {"queued"}


def test_after_a_success_the_pauses_start_again() -> None:
    answers = iter(["queued", "queued", "printed", "queued", "printed"])

    def print_job(_: JobView) -> PrintResult:
        answer = next(answers)
        return PrintResult("queued", "缺纸") if answer == "queued" else PrintResult("printed")

    waker, states = run_until_idle(Queue(1, 2), print_job, waits=3)
    assert waker.waits == [*BACKOFF_SECONDS[:2], BACKOFF_SECONDS[0], IDLE_SECONDS]
    assert states[-1] == ""


def test_a_job_that_may_be_on_paper_is_not_printed_again() -> None:
    queue = Queue(1, 2)
    run_until_idle(queue, lambda each: PrintResult("unknown", "断电") if each.job_id == 1 else PrintResult("printed"))
    assert queue.settled == [(1, "unknown", "断电"), (2, "printed", "")]


@pytest.mark.parametrize("error", [Refused("模板坏了。"), ValueError("bug")])
def test_a_job_that_cannot_be_rendered_is_put_before_an_operator_and_holds_nothing_up(error: Exception) -> None:
    def print_job(each: JobView) -> PrintResult:
        if each.job_id == 1:
            raise error
        return PrintResult("printed")

    queue = Queue(1, 2)
    run_until_idle(queue, print_job)
    assert [(number, outcome) for number, outcome, _ in queue.settled] == [(1, "unknown"), (2, "printed")]
    assert queue.settled[0][2].startswith("模板坏了。" if isinstance(error, Refused) else "程序出错")


def test_an_outcome_the_database_did_not_take_is_told_again_and_the_job_not_printed_twice() -> None:
    queue, sheets = Queue(1), []
    queue.failures = [Unavailable("连不上数据库。"), Unavailable("连不上数据库。")]

    def print_job(each: JobView) -> PrintResult:
        sheets.append(each.job_id)
        return PrintResult("printed")

    waker, states = run_until_idle(queue, print_job, waits=2)
    assert sheets == [1]
    assert queue.settled == [(1, "printed", "")]
    assert states == ["连不上数据库。", "连不上数据库。", ""]
    assert set(waker.waits) == {IDLE_SECONDS}


def test_an_outcome_that_was_taken_after_all_is_not_owed_for_ever() -> None:
    queue = Queue(1, 2)
    queue.failures = [Unavailable("不能确认是否已保存。"), Missing("打印任务 1 不在发送中。")]
    run_until_idle(queue, printed, waits=1)
    assert queue.settled == [(2, "printed", "")]


def test_an_unreachable_database_only_makes_it_wait() -> None:
    class Away(Queue):
        def claim(self) -> JobView | None:
            if len(waker.waits) < 3:
                raise Unavailable("连不上数据库。")
            return super().claim()

    queue, states = Away(1), list[str]()
    waker = Waker(skip=3)
    with running(Spooler(queue, only(printed), paper=str, on_state=states.append), waker):
        assert waker.resting.wait(SOON)
    assert states == ["连不上数据库。"] * 3 + [""]
    assert queue.settled == [(1, "printed", "")]


def test_a_database_that_was_away_leaves_no_trouble_on_the_printers_lamp() -> None:
    """No job need come: the printer was well all the time."""

    class Away(Queue):
        def claim(self) -> JobView | None:
            if not waker.waits:
                raise Unavailable("连不上数据库。")
            return None

    states = list[str]()
    waker = Waker(skip=1)
    with running(Spooler(Away(), only(printed), paper=str, on_state=states.append), waker):
        assert waker.resting.wait(SOON)
    assert states == ["连不上数据库。", ""]


def test_a_resting_loop_wakes_at_once_for_a_new_job() -> None:
    queue, done = Queue(), threading.Event()

    def print_job(_: JobView) -> PrintResult:
        done.set()
        return PrintResult("printed")

    waker = Waker()
    with running(Spooler(queue, only(print_job), paper=str, on_state=lambda _: None), waker):
        assert waker.resting.wait(SOON)
        queue.waiting.append(1)
        waker.set()
        assert done.wait(SOON)


def test_a_job_that_comes_while_the_loop_looks_is_not_slept_over() -> None:
    class Late(Queue):
        def claim(self) -> JobView | None:
            found = super().claim()
            if found is None and not self.settled:
                self.waiting.append(1)  # put in and told just after the look
                loop.wake.set()
            return found

    queue = Late()
    done = threading.Event()

    def print_job(_: JobView) -> PrintResult:
        done.set()
        return PrintResult("printed")

    loop = Spooler(queue, only(print_job), paper=str, on_state=lambda _: None)
    with running(loop, Waker()):
        assert done.wait(SOON / 2)  # a lost wake would sleep for SOON


@pytest.mark.parametrize("busy", [False, True])
def test_a_loop_that_rests_or_backs_off_stops_at_once(busy: bool) -> None:
    waker = Waker(skip=2 if busy else 0)
    queue = Queue(1) if busy else Queue()
    loop = Spooler(queue, only(lambda _: PrintResult("queued", "缺纸")), paper=str, on_state=lambda _: None)
    with running(loop, waker):
        assert waker.resting.wait(SOON)
    assert len(waker.waits) == (3 if busy else 1)


def test_a_loop_told_to_stop_while_it_prints_finishes_the_sheet_and_takes_no_other() -> None:
    stop, queue = threading.Event(), Queue(1, 2)

    def print_job(_: JobView) -> PrintResult:
        stop.set()
        return PrintResult("printed")

    spooler.Spooler(queue, only(print_job), paper=str, on_state=lambda _: None).run(stop)
    assert queue.settled == [(1, "printed", "")]
    assert queue.waiting == [2]


def test_a_loop_told_to_stop_while_the_printer_is_not_ready_does_not_pause() -> None:
    stop, waker = threading.Event(), Waker()

    def print_job(_: JobView) -> PrintResult:
        stop.set()
        return PrintResult("queued", "缺纸")

    loop = Spooler(Queue(1), only(print_job), paper=str, on_state=lambda _: None)
    loop.wake = waker
    loop.run(stop)
    assert waker.waits == []


def test_after_trouble_the_idle_loop_asks_the_printer_until_it_is_well() -> None:
    faults = ["缺纸", "缺纸", ""]
    states: list[str] = []
    waker = Waker(skip=3)
    loop = Spooler(
        Queue(1),
        only(lambda _: PrintResult("unknown", "缺纸"), lambda: faults.pop(0)),
        paper=str,
        on_state=states.append,
    )
    with running(loop, waker):
        assert waker.resting.wait(SOON)
    assert states == ["缺纸", "缺纸", "缺纸", ""]
    assert faults == []  # a printer that is well is not asked again


def test_the_lamp_tells_how_little_paper_is_left_after_each_slip_and_once_it_is_refilled() -> None:
    left, states = [12], list[str]()

    def paper() -> str:
        return f"约剩 {left[0]} 张" if left[0] < 12 else ""

    def print_job(_: JobView) -> PrintResult:
        left[0] -= 1
        return PrintResult("printed")

    waker = Waker()
    with running(Spooler(Queue(1, 2), only(print_job), paper=paper, on_state=states.append), waker):
        assert waker.resting.wait(SOON)
        assert states == ["约剩 11 张", "约剩 10 张"]
        waker.resting.clear()
        left[0] = 500
        waker.set()
        assert waker.resting.wait(SOON)
    assert states == ["约剩 11 张", "约剩 10 张", ""]


def test_what_is_wrong_with_the_printer_comes_before_what_is_left_of_the_paper() -> None:
    states: list[str] = []
    waker = Waker(skip=1)
    loop = Spooler(
        Queue(1),
        only(lambda _: PrintResult("queued", "上盖未合")),
        paper=lambda: "约剩 3 张",
        on_state=states.append,
    )
    with running(loop, waker):
        assert waker.resting.wait(SOON)
    assert set(states) == {"上盖未合"}


def test_a_level_that_cannot_be_read_leaves_no_settlement_undone() -> None:
    answers: list[str | Exception] = [Unavailable("连不上数据库。"), "约剩 3 张"]
    states: list[str] = []

    def paper() -> str:
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    queue, waker = Queue(1), Waker(skip=1)
    with running(Spooler(queue, only(printed), paper=paper, on_state=states.append), waker):
        assert waker.resting.wait(SOON)
    assert queue.settled == [(1, "printed", "")]
    assert states == ["连不上数据库。", "约剩 3 张"]
