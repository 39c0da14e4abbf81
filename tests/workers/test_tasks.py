"""Database work never runs in the GUI thread, its answers always do."""

import gc
import logging
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from hall.errors import HallError, Refused
from hall.workers.bugs import Bug
from hall.workers.tasks import InlineTasks, ThreadedTasks


def _unexpected(error: HallError) -> None:
    raise AssertionError(f"failed: {error}")


class Answers:
    """Keeps what arrived and the name of the thread in which it did."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.errors: list[HallError] = []
        self.threads: set[str] = set()

    def done(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(threading.current_thread().name)

    def failed(self, error: HallError) -> None:
        self.errors.append(error)
        self.threads.add(threading.current_thread().name)


@pytest.fixture
def answers() -> Answers:
    return Answers()


def _thread_name() -> str:
    return threading.current_thread().name


def test_the_function_runs_in_a_worker_and_the_answer_in_the_gui_thread(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    tasks.write(_thread_name, answers.done, on_failed=_unexpected, owner=owner)
    qtbot.waitUntil(lambda: bool(answers.values))
    assert answers.values == ["write"]
    assert answers.threads == {threading.main_thread().name}


def test_a_refusal_is_delivered_as_a_value(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    refusal = Refused("没有人等候。")

    def refuse() -> None:
        raise refusal

    tasks.read(refuse, answers.done, on_failed=answers.failed, owner=owner)
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert answers.errors == [refusal]
    assert answers.threads == {threading.main_thread().name}


def test_any_other_exception_becomes_a_numbered_bug_that_quotes_no_values(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise KeyError("999999199001011231")

    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            tasks.write(fail, answers.done, on_failed=answers.failed, owner=owner)
        qtbot.waitUntil(lambda: len(answers.errors) == 2)
    first, second = answers.errors
    assert isinstance(first, Bug)
    assert isinstance(second, Bug)
    assert first.number == second.number
    assert first.number in first.sentence
    assert first.number in caplog.text
    assert "KeyError" in first.details
    assert "999999199001011231" not in first.details + caplog.text


def test_writes_run_one_after_another_in_the_order_asked(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    running: list[int] = []
    together: list[int] = []

    def work(number: int) -> Callable[[], int]:
        def run() -> int:
            running.append(number)
            together.append(len(running))
            running.remove(number)
            return number

        return run

    for number in range(50):
        tasks.write(work(number), answers.done, on_failed=_unexpected, owner=owner)
    qtbot.waitUntil(lambda: len(answers.values) == 50)
    assert answers.values == list(range(50))
    assert set(together) == {1}


def test_two_reads_run_at_once_beside_a_write(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    all_three = threading.Barrier(3)

    def meet() -> str:
        all_three.wait(timeout=10)
        return "met"

    tasks.write(meet, answers.done, on_failed=_unexpected, owner=owner)
    tasks.read(meet, answers.done, on_failed=_unexpected, owner=owner)
    tasks.read(meet, answers.done, on_failed=_unexpected, owner=owner)
    qtbot.waitUntil(lambda: answers.values == ["met"] * 3)


def test_the_window_stays_alive_while_the_database_sleeps(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    awake = threading.Event()
    ticks: list[int] = []
    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(lambda: ticks.append(1))

    tasks.write(lambda: awake.wait(timeout=30), answers.done, on_failed=_unexpected, owner=owner)
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 20)
    assert answers.values == []
    awake.set()
    qtbot.waitUntil(lambda: answers.values == [True])
    timer.stop()


def test_a_task_cancelled_before_it_starts_neither_runs_nor_answers(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    awake = threading.Event()
    tasks.write(lambda: awake.wait(timeout=30), answers.done, on_failed=_unexpected, owner=owner)
    ran: list[str] = []
    second = tasks.write(lambda: ran.append("second"), answers.done, on_failed=_unexpected, owner=owner)
    tasks.write(lambda: "third", answers.done, on_failed=_unexpected, owner=owner)
    assert second.cancel()
    awake.set()
    qtbot.waitUntil(lambda: "third" in answers.values)
    assert ran == []
    assert answers.values == [True, "third"]


def test_a_running_task_cannot_be_cancelled_and_still_answers(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    started, awake = threading.Event(), threading.Event()

    def write() -> str:
        started.set()
        awake.wait(timeout=30)
        return "saved"

    pending = tasks.write(write, answers.done, on_failed=_unexpected, owner=owner)
    assert started.wait(timeout=10)
    assert not pending.cancel()
    awake.set()
    qtbot.waitUntil(lambda: answers.values == ["saved"])


def test_the_answer_is_dropped_when_its_owner_is_gone(
    tasks: ThreadedTasks, owner: QObject, answers: Answers, qtbot: QtBot
) -> None:
    awake = threading.Event()
    parent = QObject()
    child = QObject(parent)
    tasks.write(lambda: awake.wait(timeout=30), answers.done, on_failed=_unexpected, owner=child)
    tasks.write(lambda: "later", answers.done, on_failed=_unexpected, owner=owner)
    del parent
    gc.collect()
    awake.set()
    qtbot.waitUntil(lambda: bool(answers.values))
    assert answers.values == ["later"]


def test_stopping_finishes_waiting_writes_and_leaves_no_thread(owner: QObject, qtbot: QtBot) -> None:
    tasks = ThreadedTasks()
    written: list[int] = []

    def ask(number: int) -> None:
        tasks.write(lambda: written.append(number), lambda _: None, on_failed=_unexpected, owner=owner)

    for number in range(20):
        ask(number)
    assert tasks.stop() == ()
    assert written == list(range(20))
    ask(99)
    assert 99 not in written


def test_inline_tasks_answer_before_they_return(owner: QObject, answers: Answers) -> None:
    tasks = InlineTasks()
    tasks.read(lambda: "here", answers.done, on_failed=_unexpected, owner=owner)
    tasks.write(lambda: int("none"), answers.done, on_failed=answers.failed, owner=owner)
    assert answers.values == ["here"]
    assert isinstance(answers.errors[0], Bug)
