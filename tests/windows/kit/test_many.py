"""Many deeds one after the other: progress in words, stopped between two, gone on with, refusals told at the end."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hall.bench.document import samples
from hall.clock import FixedClock
from hall.errors import Refused, Unavailable
from hall.services.documents import typeset
from hall.windows.kit.deeds import Side
from hall.windows.kit.frame import Frame
from hall.windows.kit.many import PRINTING, Deed, Many
from hall.windows.kit.work import Work
from hall.workers.tasks import ThreadedTasks
from tests.workers.test_device_storms import LIMIT_SECONDS, TRIES, longest_pause

CLOCK = FixedClock(datetime(2026, 11, 23, 1, 42, tzinfo=UTC))


class Bench:
    """A window with a run of deeds that each wait until they are let go."""

    def __init__(self, qtbot: QtBot, tasks: ThreadedTasks) -> None:
        self.frame = Frame("证件", CLOCK)
        qtbot.addWidget(self.frame)
        body = QWidget()
        self.frame.set_body(body)
        self.frame.show()
        self.work = Work(tasks, self.frame)
        self.many = Many(self.frame, Side(body, window="pages"), self.work)
        self.qtbot = qtbot
        self.begun: list[int] = []
        self.may_go = threading.Semaphore(0)

    def deeds(self, count: int, **odd: Callable[[], bool]) -> list[Deed]:
        """So many; `odd` says what else some of them do: n3=…"""

        def do(number: int) -> bool:
            self.begun.append(number)
            assert self.may_go.acquire(timeout=30)
            return odd.get(f"n{number}", lambda: True)()

        return [Deed(f"文书 {number}号", partial(do, number)) for number in range(1, count + 1)]

    def let_go(self, count: int) -> None:
        self.may_go.release(count)

    def wait_for(self, number: int) -> None:
        """The deed with this number has begun."""
        self.qtbot.waitUntil(lambda: number in self.begun)

    def wait_end(self) -> None:
        self.qtbot.waitUntil(lambda: not self.many.running)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    tasks = ThreadedTasks()
    made = Bench(qtbot, tasks)
    yield made
    made.let_go(1000)
    tasks.stop()


def refuse() -> bool:
    raise Refused("等待打印，不用补打。")


def test_progress_says_in_words_how_far_it_is(bench: Bench) -> None:
    bench.many.start(PRINTING, bench.deeds(100))
    bench.let_go(36)
    bench.wait_for(37)
    bench.qtbot.waitUntil(bench.frame.progress.isVisible)
    assert bench.frame.progress.words == "正在补打：第37份，共100份（Esc 停下）"
    bench.let_go(64)
    bench.wait_end()
    assert bench.frame.message.words == "✓ 已交给打印机 100 份。"
    assert not bench.frame.progress.isVisible()
    assert bench.begun == list(range(1, 101))


def test_a_run_stops_after_the_deed_that_has_begun_and_can_be_gone_on_with(bench: Bench) -> None:
    bench.many.start(PRINTING, bench.deeds(5))
    bench.let_go(1)
    bench.wait_for(2)
    bench.qtbot.waitUntil(bench.frame.progress.isVisible)
    bench.frame.progress.cancel_button.click()
    assert bench.frame.progress.words == "正在补打：第2份，共5份，做完这份就停"
    assert not bench.many.stop()
    bench.let_go(1)
    bench.wait_end()
    assert bench.begun == [1, 2]
    assert bench.frame.message.words == "已交给打印机 2 份，还有 3 份没有办。"
    assert bench.many.panel.main_button.text() == "继续（3 份）  Enter"
    bench.let_go(3)
    bench.many.panel.main_button.click()
    bench.wait_end()
    assert bench.begun == [1, 2, 3, 4, 5]
    assert bench.frame.message.words == "✓ 已交给打印机 5 份。"


def test_what_is_refused_holds_up_nothing_and_is_told_with_its_reason(bench: Bench) -> None:
    bench.let_go(4)
    bench.many.start(
        PRINTING, bench.deeds(4, n2=refuse, n3=lambda: False), refused=[("示城管许收〔2026〕9号", "没有许可证。")]
    )
    bench.wait_end()
    told = "已交给打印机 2 份，1 份今天已为同一原因补打过，2 份没有办成。"
    assert bench.many.panel.words == (
        told,
        "示城管许收〔2026〕9号\n没有许可证。",
        "文书 2号\n等待打印，不用补打。",
    )
    assert bench.frame.message.words == f"✕ {told}"
    assert bench.many.panel.main_button.text() == "知道了  Enter"


def test_what_concerns_them_all_stops_the_run_before_the_rest(bench: Bench) -> None:
    away = True

    def lost() -> bool:
        if away:
            raise Unavailable("数据库连不上，请稍后再试。")
        return True

    bench.let_go(9)
    bench.many.start(PRINTING, bench.deeds(3, n2=lost))
    bench.wait_end()
    assert bench.begun == [1, 2]
    assert bench.frame.message.words == "✕ 数据库连不上，请稍后再试。"
    away = False
    bench.many.panel.main_button.click()
    bench.wait_end()
    assert bench.begun == [1, 2, 2, 3]
    assert bench.frame.message.words == "✓ 已交给打印机 3 份。"


def test_one_run_at_a_time(bench: Bench) -> None:
    bench.many.start(PRINTING, bench.deeds(2))
    bench.many.start(PRINTING, bench.deeds(2))
    assert "上一批还没有做完" in bench.frame.message.words
    bench.let_go(2)
    bench.wait_end()
    assert bench.begun == [1, 2]


def test_another_deed_of_the_window_comes_between(bench: Bench) -> None:
    order = bench.begun
    bench.many.start(PRINTING, bench.deeds(3))
    bench.wait_for(1)
    bench.work.write(lambda: order.append(77), lambda _: None, words="正在登记…")
    bench.let_go(3)
    bench.wait_end()
    assert order == [1, 77, 2, 3]


def test_a_window_that_is_closed_begins_no_further_deed(bench: Bench) -> None:
    bench.many.start(PRINTING, bench.deeds(3))
    bench.wait_for(1)
    bench.frame.close()
    bench.let_go(3)
    bench.wait_end()
    assert bench.begun == [1]


def test_the_window_answers_while_documents_are_made(qtbot: QtBot) -> None:
    document = samples()["notice"]
    tasks = ThreadedTasks()
    bench = Bench(qtbot, tasks)
    bench.many.start(PRINTING, [Deed(document.number, lambda: bool(typeset(document).pdf))] * 1000)
    pauses: list[float] = []
    while len(pauses) < TRIES and min(pauses, default=1.0) >= LIMIT_SECONDS:
        pauses.append(longest_pause(qtbot))
    assert bench.many.running
    bench.many.stop()
    bench.wait_end()
    tasks.stop()
    assert min(pauses) < LIMIT_SECONDS, pauses
