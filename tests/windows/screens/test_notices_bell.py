"""The bell in the header: hidden while nothing waits, counts with the changes, opens the messages by key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.services.supervision_front import SupervisionFront
from hall.services.supervision_rules import supervision_policy
from hall.services.urging import urge
from hall.store import Store
from hall.windows.kit.frame import Frame
from hall.windows.notices_bell import NoticesBell
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.services.supervision.bureau import CLERK, REVIEWER, Bureau
from tests.windows.keyboard import CONTROL, press


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Bureau:
    found = Bureau(store, clock, supervision_policy(home), home)
    found.employ()
    return found


@pytest.fixture
def bell(bureau: Bureau, link: Tasks, changes: ChangeFeed, qtbot: QtBot) -> NoticesBell:
    """In the window of the reviewer, who is writing."""
    frame = Frame("办件", bureau.clock)
    qtbot.addWidget(frame)
    line = QLineEdit()
    frame.set_body(line)
    front = SupervisionFront(bureau.store, bureau.as_role(REVIEWER), bureau.home)
    found = NoticesBell(front, link, frame, changes=changes)
    with qtbot.waitActive(frame):
        frame.show()
    line.setFocus()
    return found


def test_a_message_shows_itself_and_is_put_away_by_key(
    bell: NoticesBell, bureau: Bureau, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    assert not bell.isVisible()
    case_id = bureau.open_case()
    urge(bureau.store, bureau.as_role(CLERK), case_id=case_id, by="applicant")
    changed("notice")
    assert (bell.isVisible(), bell.text()) == (True, "提醒（1）  Ctrl+N")
    press(Qt.Key.Key_N, CONTROL)
    assert bell.box is not None
    assert [row.text for row in bell.box.list.table.rows] == ["测受〔2026〕00001：申请人第1次催办"]
    qtbot.waitUntil(bell.box.list.table.hasFocus)
    press(Qt.Key.Key_D, CONTROL)
    assert not bell.isVisible()
    press(Qt.Key.Key_Escape)
    assert bell.box is None


def test_enter_on_a_message_asks_for_its_case(
    bell: NoticesBell, bureau: Bureau, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    case_id, chosen = bureau.open_case(), list[int]()
    urge(bureau.store, bureau.as_role(CLERK), case_id=case_id, by="applicant")
    changed("notice")
    bell.case_chosen.connect(chosen.append)
    bell.click()
    assert bell.box is not None
    urge(bureau.store, bureau.as_role(CLERK), case_id=case_id, by="applicant")
    changed("notice")
    assert len(bell.box.list.table.rows) == 2
    qtbot.waitUntil(bell.box.list.table.hasFocus)
    press(Qt.Key.Key_Return)
    assert chosen == [case_id]
    assert bell.box is None


def test_an_order_is_answered_from_the_messages_by_key(bell: NoticesBell, qtbot: QtBot) -> None:
    bell.open_notices()
    assert bell.box is not None
    qtbot.waitUntil(bell.box.list.table.hasFocus)
    with qtbot.waitSignal(bell.supervision_wanted):
        press(Qt.Key.Key_F8)
    assert bell.box is None


def test_a_database_that_is_away_leaves_the_bell_as_it_is(
    bell: NoticesBell, link: Tasks, changed: Callable[[str], None]
) -> None:
    link.away = True  # type: ignore[attr-defined]
    changed("notice")
    assert not bell.isVisible()
