"""综合屏: the last calls, newest on top and flashing, who waits, how old it all is."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from hall.clock import FixedClock
from hall.errors import HallError
from hall.rules.cards import Card
from hall.rules.waiting_time import Expected
from hall.services.front import Front
from hall.services.queue_reading import CallView
from hall.store.schema.queueing import Ticket
from hall.windows.display import Display
from hall.windows.kit import tokens
from hall.workers.tasks import InlineTasks, Pending, Tasks
from hall.workers.watcher import ChangeFeed

T = TypeVar("T")


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def display(front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, qtbot: QtBot) -> Display:
    window = Display(front_as("display"), link, changes=changes)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.flash_timer.setInterval(5)
    with qtbot.waitExposed(window):
        window.show()
    return window


class LateAnswers(InlineTasks):
    """Reads at once; once `late`, tells what was read only when asked to."""

    def __init__(self) -> None:
        self.late = False
        self._untold: list[Callable[[], None]] = []

    def read(
        self,
        function: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        on_failed: Callable[[HallError], None],
        owner: QObject,
    ) -> Pending:
        def tell(answer: T) -> None:
            if self.late:
                self._untold.append(lambda: on_done(answer))
            else:
                on_done(answer)

        return super().read(function, tell, on_failed=on_failed, owner=owner)

    def tell(self) -> None:
        """What was read so far, and at once what is read from now on."""
        self.late, untold, self._untold = False, self._untold, []
        for each in untold:
            each()


@pytest.fixture
def call(clerk: Front, clock: FixedClock, changed: Callable[[str], None]) -> Callable[..., str]:
    """A number taken and called a minute later to a counter: `call("XK05", 1)`; gives its code."""

    def take_and_call(matter: str, counter: int) -> str:
        clerk.taking.issue(matter, channel="staff")
        clock.instant += timedelta(minutes=1)
        code = clerk.calling.call_next(counter).code
        changed("queue")
        return code

    return take_and_call


@pytest.fixture
def recall(clerk: Front, clock: FixedClock, changed: Callable[[str], None]) -> Callable[[int], None]:
    """The counter's number called once more, as soon as that is allowed."""

    def call_again(counter: int) -> None:
        clock.instant += clerk.policy.calling.recall_after
        clerk.calling.recall(counter)
        changed("queue")

    return call_again


def flashing(display: Display) -> list[int]:
    return [number for number, row in enumerate(display.rows) if row.property("flash")]


def beats_of(display: Display) -> list[list[int]]:
    """From now on, which rows are lit after each beat."""
    beats: list[list[int]] = []
    display.flash_timer.timeout.connect(lambda: beats.append(flashing(display)))
    return beats


def test_before_the_first_call_it_bids_welcome(display: Display, shown_words: Callable[[QWidget], list[str]]) -> None:
    assert display.called == ()
    assert "欢迎光临，请先取号" in shown_words(display)


def test_a_call_is_shown_on_top_and_flashes_three_times(
    display: Display, call: Callable[..., str], qtbot: QtBot
) -> None:
    call("XK05", 1)
    beats = beats_of(display)
    call("XK01-1", 3)
    assert display.called == ("A001 → 3号窗口", "B001 → 1号窗口")
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())
    assert beats[-6:] == [[0], [], [0], [], [0], []]


def test_a_repeated_call_comes_first_and_flashes_again(
    display: Display, call: Callable[..., str], recall: Callable[[int], None], qtbot: QtBot
) -> None:
    call("XK05", 1)
    call("XK01-1", 3)
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())
    beats = beats_of(display)
    recall(1)
    qtbot.waitUntil(lambda: not display.flash_timer.isActive())
    assert display.called == ("B001 → 1号窗口", "A001 → 3号窗口")
    assert beats == [[0], [], [0], [], [0], []]


def test_what_was_called_before_the_display_was_opened_does_not_flash(
    front_as: Callable[[str], Front], clerk: Front, link: Link, changes: ChangeFeed, qtbot: QtBot
) -> None:
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_next(2)
    window = Display(front_as("display"), link, changes=changes)
    qtbot.addWidget(window)
    assert window.called == ("B001 → 2号窗口",)
    assert not window.flash_timer.isActive()


def test_six_calls_are_shown_and_no_more(display: Display, call: Callable[..., str], clerk: Front) -> None:
    for _ in range(7):
        call("XK05", 1)
        clerk.calling.finish(1)
    assert [words.split()[0] for words in display.called] == [f"B00{number}" for number in range(7, 1, -1)]


def test_a_skipped_number_is_no_longer_sent_to_a_counter(
    display: Display,
    call: Callable[..., str],
    recall: Callable[[int], None],
    clerk: Front,
    changed: Callable[[str], None],
) -> None:
    call("XK05", 1)
    recall(1)
    recall(1)
    clerk.calling.skip(1)
    changed("queue")
    assert display.called == ("B001 已过号",)


def test_a_priority_number_has_its_word_and_its_colour(
    display: Display, clerk: Front, changed: Callable[[str], None]
) -> None:
    clerk.taking.issue("XK05", channel="staff", priority="elder")
    clerk.calling.call_next(2)
    changed("queue")
    assert display.called == ("L001 老年 → 2号窗口",)
    assert display.rows[0].kind.grab().toImage().pixelColor(8, 6) == QColor(tokens.KIND_ELDER)


def test_the_newest_call_says_why_it_was_called_first(
    display: Display, call: Callable[..., str], shown_words: Callable[[QWidget], list[str]]
) -> None:
    call("XK05", 1)
    assert "为什么先叫：B001 等得最久。" in shown_words(display)


def test_what_a_clerk_wrote_about_a_call_out_of_order_stays_with_the_staff(
    display: Display, clerk: Front, changed: Callable[[str], None], shown_words: Callable[[QWidget], list[str]]
) -> None:
    clerk.taking.issue("XK05", channel="staff")
    clerk.calling.call_given(1, "B001", "张三家里有急事")
    changed("queue")
    assert "为什么先叫：B001 由窗口人员点名呼叫。" in shown_words(display)
    assert not any("急事" in words for words in shown_words(display))


def test_a_call_that_cannot_be_shown_shows_its_number_and_darkens_no_other(
    display: Display, call: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    call("XK05", 1)
    call("XK01-1", 3)
    good = display.rows[1].words
    assert display.shown_queue is not None
    bad = CallView(99, "C001", "not a number", display.shown_queue.as_of, 1, "called", "elder", "")  # type: ignore[arg-type]
    display.show_queue(replace(display.shown_queue, calls=(bad, *display.shown_queue.calls[1:])))
    assert display.called == ("C001", good)
    assert "display row" in caplog.text


@pytest.mark.parametrize("code", ["XYZ1234", "A10000"])
def test_a_long_number_fits(
    display: Display, call: Callable[..., str], clerk: Front, changed: Callable[[str], None], code: str
) -> None:
    call("XK05", 1)
    with clerk.store.engine.begin() as connection:
        connection.execute(update(Ticket).values(code=code))
    changed("queue")
    label = display.rows[0].code
    assert label.text() == code
    assert QFontMetricsF(label.font()).tightBoundingRect(code).width() <= label.width()


def test_after_a_reconnect_the_whole_state_is_there_again(
    display: Display, call: Callable[..., str], clerk: Front, link: Link, changed: Callable[[str], None]
) -> None:
    call("XK05", 1)
    link.away = True
    call("XK01-1", 3)
    clerk.taking.issue("XK06", channel="staff")
    assert list(display.called) == ["B001 → 1号窗口"]
    link.away = False
    changed("*")
    assert list(display.called) == ["A001 → 3号窗口", "B001 → 1号窗口"]
    assert any("市政科　1 人" in words for words in display.waiting.words)


def test_each_department_tells_who_waits(display: Display, clerk: Front, changed: Callable[[str], None]) -> None:
    for matter in ("XK05", "XK06", "XK01-1"):
        clerk.taking.issue(matter, channel="staff")
    changed("queue")
    assert display.waiting.words[0:4:2] == ("市容科　1 人", "市政科　2 人")
    assert "园林科　0 人" in display.waiting.words
    assert all(re.fullmatch(r"约 \d+(–\d+)? 分钟", words) for words in display.waiting.words[1::2])


def test_each_department_has_the_span_of_its_own_matters(display: Display) -> None:
    queue = display.shown_queue
    assert queue is not None
    long = {code: Expected(9, (20, 35)) for code in ("XK01-1", "XK01-2")}
    display.show_queue(replace(queue, expected=queue.expected | long))
    spans = dict(zip(display.waiting.words[0::2], display.waiting.words[1::2], strict=True))
    assert spans["市容科　0 人"].endswith("–35 分钟")
    assert not spans["园林科　0 人"].endswith("–35 分钟")


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (3840, 2160), (800, 480)])
def test_a_called_number_is_an_eighth_of_the_screen_high_and_fits(
    display: Display, call: Callable[..., str], size: tuple[int, int], qtbot: QtBot
) -> None:
    call("XK05", 1)
    display.resize(*size)
    qtbot.waitUntil(lambda: display.size().toTuple() == size)
    label = display.rows[0].code
    drawn = QFontMetricsF(label.font()).tightBoundingRect(label.text())
    assert drawn.height() >= size[1] / 8
    assert drawn.width() <= label.width()
    assert drawn.height() <= label.height()


def test_a_call_during_a_reading_is_shown_as_soon_as_the_reading_is_over(
    front_as: Callable[[str], Front], changes: ChangeFeed, qtbot: QtBot, call: Callable[..., str]
) -> None:
    tasks = LateAnswers()
    display = Display(front_as("display"), tasks, changes=changes)
    qtbot.addWidget(display)
    tasks.late = True
    changes.changed.emit(frozenset({("queue", "")}))  # read before the call
    code = call("XK05", 2)
    assert not any(words.startswith(code) for words in display.called)
    tasks.tell()
    assert display.called[0].startswith(code)


def test_data_turns_red_when_it_is_older_than_fifteen_seconds(
    display: Display, link: Link, clock: FixedClock, changed: Callable[[str], None]
) -> None:
    ground = display.age.grab().toImage().pixelColor(2, 2)
    link.away = True
    clock.instant += timedelta(seconds=15)
    changed("queue")
    assert (display.age.text(), display.age.property("tone")) == ("数据更新于 15 秒前", "fresh")
    size = display.age.font().pixelSize()
    clock.instant += timedelta(seconds=1)
    changed("queue")
    assert (display.age.text(), display.age.property("tone")) == ("数据更新于 16 秒前", "old")
    assert display.age.font().pixelSize() == size
    assert display.age.grab().toImage().pixelColor(2, 2) == QColor(tokens.PUBLIC_DANGER) != ground
    clock.instant += timedelta(minutes=11)
    changed("queue")
    assert display.age.text() == "数据更新于 11 分钟前"
    link.away = False
    changed("*")
    assert (display.age.text(), display.age.property("tone")) == ("数据更新于 0 秒前", "fresh")


def test_the_last_state_stays_while_the_database_is_away(
    display: Display, call: Callable[..., str], link: Link, changed: Callable[[str], None]
) -> None:
    call("XK05", 1)
    link.away = True
    changed("*")
    assert display.called == ("B001 → 1号窗口",)


def test_notices_come_from_the_halls_own_file_if_there_is_one(
    display: Display, clerk: Front, changed: Callable[[str], None], shown_words: Callable[[QWidget], list[str]]
) -> None:
    assert any("过号请到导办台" in words for words in shown_words(display))
    (clerk.home / "notices.toml").write_text('notices = ["周五下午学习，暂停取号。"]', encoding="utf-8")
    changed("*")
    assert "周五下午学习，暂停取号。" in shown_words(display)
    (clerk.home / "notices.toml").write_text("notices = 5", encoding="utf-8")
    changed("*")
    assert "周五下午学习，暂停取号。" in shown_words(display)


def test_nothing_of_the_display_is_a_name(
    display: Display, clerk: Front, make_card: Callable[..., Card], changed: Callable[[str], None]
) -> None:
    clerk.taking.issue("XK05", channel="staff", card=make_card())
    clerk.calling.call_next(1)
    changed("queue")
    assert display.called == ("B001 → 1号窗口",)
    assert not any("张" in label.text() for label in display.findChildren(QLabel))
