"""The bell in the header: hidden while nothing waits, counts with the changes, opens the messages by key."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.rules.supervision_words import NOTICE_KINDS
from hall.services.subject_notices import Addressee, notify
from hall.services.supervision_front import SupervisionFront
from hall.services.supervision_rules import supervision_policy
from hall.services.timekeeping import keep_time
from hall.services.urging import urge
from hall.store import Store
from hall.store.schema.registers import RegisterEntry
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
    bell.chosen.connect(lambda notice: chosen.append(notice.subject_id))
    bell.click()
    assert bell.box is not None
    urge(bureau.store, bureau.as_role(CLERK), case_id=case_id, by="applicant")
    changed("notice")
    assert len(bell.box.list.table.rows) == 2
    qtbot.waitUntil(bell.box.list.table.hasFocus)
    press(Qt.Key.Key_Return)
    assert chosen == [case_id]
    assert bell.box is None


def test_a_due_day_rings_beside_the_cases_and_is_put_away_like_them(
    bell: NoticesBell, bureau: Bureau, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    """One list, one count, one deed: a case that was urged and a register entry that is due."""
    case_id = bureau.open_case()
    urge(bureau.store, bureau.as_role(CLERK), case_id=case_id, by="applicant")
    with bureau.store.work("test.entry", bureau.as_role(REVIEWER)) as work:
        work.session.add(
            RegisterEntry(
                hall_id=work.hall_id,
                register="corrections",
                number="莲城管改正〔2026〕1号",
                day=date(2026, 11, 23),
                title="店外堆放",
                fields="{}",
                due_on=date(2026, 11, 24),
                entered_at=work.now,
                entered_by=REVIEWER,
            )
        )
        work.audit("test")
    assert keep_time(bureau.store, home=bureau.home).dues.done == 1
    changed("notice")
    assert bell.text() == "提醒（2）  Ctrl+N"
    press(Qt.Key.Key_N, CONTROL)
    assert bell.box is not None
    table, chosen = bell.box.list.table, list[tuple[str, int]]()
    bell.chosen.connect(lambda notice: chosen.append((notice.subject, notice.subject_id)))
    assert [NOTICE_KINDS[row.kind] for row in table.rows] == ["到期提醒", "催办"]
    assert "莲城管改正〔2026〕1号：登记结果 2026-11-24 到期，请按时办理" in table.rows[0].text
    qtbot.waitUntil(table.hasFocus)
    press(Qt.Key.Key_Return)
    assert chosen == [("register_entry", 1)]
    bell.click()
    assert bell.box is not None
    qtbot.waitUntil(bell.box.list.table.hasFocus)
    press(Qt.Key.Key_D, CONTROL)
    assert bell.text() == "提醒（1）  Ctrl+N"


def test_the_number_counts_also_what_the_list_does_not_show(
    bell: NoticesBell, bureau: Bureau, changed: Callable[[str], None], qtbot: QtBot
) -> None:
    case_id = bureau.open_case()
    with bureau.store.work("test.many", bureau.as_role(CLERK)) as work:
        for number in range(103):
            notify(work, "permit_case", case_id, kind="urging", text=f"第{number}次", to=[Addressee(REVIEWER)])
        work.audit("test")
    changed("notice")
    press(Qt.Key.Key_N, CONTROL)
    assert bell.box is not None
    assert (len(bell.box.list.table.rows), bell.text()) == (100, "提醒（103）  Ctrl+N")
    qtbot.waitUntil(bell.box.list.table.hasFocus)
    press(Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert (len(bell.box.list.table.rows), bell.text()) == (3, "提醒（3）  Ctrl+N")


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
