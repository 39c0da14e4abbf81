"""诉求 at the guide desk: the same form, without applications; numbers are one Esc away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hall.rules.cards import Card
from hall.windows.guide_desk import KEYS, GuideDesk
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, CONTROL, fill, press
from tests.windows.requests.bureau import QUESTION, Bureau

ENTER = Qt.Key.Key_Return


@pytest.fixture
def cards() -> CardFeed:
    return CardFeed()


@pytest.fixture
def changes() -> ChangeFeed:
    return ChangeFeed()


@pytest.fixture
def desk(bureau: Bureau, qtbot: QtBot, cards: CardFeed, changes: ChangeFeed) -> GuideDesk:
    """The guide's."""
    window = GuideDesk(bureau.front("guide"), InlineTasks(), changes=changes, cards=cards, lamps=LampFeed())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def told(desk: GuideDesk) -> set[str]:
    """What the foot of the window says."""
    return {label.text() for label in desk.message.findChildren(QLabel)}


def test_the_guide_takes_down_a_complaint_and_goes_back_to_numbers(
    desk: GuideDesk, bureau: Bureau, cards: CardFeed, make_card: Callable[..., Card]
) -> None:
    press(Qt.Key.Key_6, ALT)
    page = desk.requests.page
    assert page is not None
    assert not page.form.kind_buttons["application"].isVisible()
    press(Qt.Key.Key_6, CONTROL)
    assert page.form.kind == "consultation"
    press(Qt.Key.Key_2, CONTROL)
    cards.card.emit(make_card())
    fill("占道经营", "夜市占道", "每晚摆摊", "向阳路口东侧", "向阳街道", "", "")
    press(ENTER, CONTROL)
    assert "受理单正在打印" in desk.message.words
    (row,) = bureau.front("boss").requests.listed("to_dispatch")
    assert (row.first_name, row.person_masked) == ("施小引", "张*明")
    press(Qt.Key.Key_Escape)
    assert not desk.requests.is_shown
    assert desk.form.picker.hasFocus()
    assert KEYS in told(desk)


def test_questions_wait_there_too_and_are_read_anew(desk: GuideDesk, bureau: Bureau, changes: ChangeFeed) -> None:
    press(Qt.Key.Key_6, ALT)
    page = desk.requests.page
    assert page is not None
    bureau.register(QUESTION)
    changes.changed.emit(frozenset({("enquiry", "1")}))
    press(Qt.Key.Key_7, CONTROL)
    assert [each.holder_name for each in page.enquiries.waiting.rows] == ["周玉兰"]
    assert any("Ctrl+B 答复" in words for words in told(desk))
    press(Qt.Key.Key_Escape)
    assert desk.requests.is_shown
    press(Qt.Key.Key_Escape)
    assert not desk.requests.is_shown
