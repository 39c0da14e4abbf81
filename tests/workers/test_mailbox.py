"""Letters arrive in the GUI thread, in order, whatever one of them does."""

import threading
from functools import partial

from pytestqt.qtbot import QtBot

from hall.workers.mailbox import Mailbox


def _from_a_thread(mailbox: Mailbox, letters: list[partial[None]]) -> None:
    def post_all() -> None:
        for letter in letters:
            mailbox.post(letter)

    thread = threading.Thread(target=post_all)
    thread.start()
    thread.join(20)


def test_letters_arrive_in_the_gui_thread_in_order(qtbot: QtBot) -> None:
    mailbox = Mailbox()
    heard: list[tuple[int, bool]] = []

    def hear(number: int) -> None:
        heard.append((number, threading.current_thread() is threading.main_thread()))

    _from_a_thread(mailbox, [partial(hear, number) for number in range(100)])
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 100)
    assert heard == [(number, True) for number in range(100)]


def test_a_letter_that_raises_does_not_lose_those_behind_it(qtbot: QtBot) -> None:
    mailbox = Mailbox()
    heard: list[str] = []

    def raise_error() -> None:
        raise ValueError("letter")

    with qtbot.captureExceptions() as caught:
        _from_a_thread(mailbox, [partial(raise_error), partial(heard.append, "second")])
        qtbot.waitUntil(lambda: heard == ["second"])
    assert len(caught) == 1


def test_a_closed_mailbox_delivers_nothing_more(qtbot: QtBot) -> None:
    mailbox, other = Mailbox(), Mailbox()
    heard: list[str] = []
    mailbox.post(partial(heard.append, "before"))
    mailbox.close()
    mailbox.post(partial(heard.append, "after"))
    other.post(partial(heard.append, "other"))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["other"]
