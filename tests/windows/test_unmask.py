"""An applicant in clear: only with a reason, only while it is looked at, and never without a trace."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from hall.clock import FixedClock
from hall.rules.people import Actor
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.trail import AuditRow
from hall.windows.desk import Desk
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.review.bureau import Bureau

PHONE = "13900001234"


@pytest.fixture
def desk(
    store: Store,
    clock: FixedClock,
    home: Path,
    front_of: Callable[[Store, Actor], Front],
    qtbot: QtBot,
) -> Desk:
    """The reviewer's desk with a case in hand."""
    bureau = Bureau(store, clock, home)
    bureau.employ()
    bureau.under_review(bureau.publish("MASK1"))
    shown = Desk(front_of(store, bureau.people["reviewer"]), InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    return shown


def texts(desk: Desk) -> str:
    return "\n".join(label.text() for label in desk.findChildren(QLabel) if label.isVisible())


def ask(desk: Desk, reason: str) -> None:
    QTest.keyClick(desk.lists.table, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    desk.unmasking.form.set_text("reason", reason)
    desk.unmasking.submit()


def audited(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(AuditRow.detail).where(AuditRow.action == "person.unmask")))


def test_nothing_is_shown_without_a_reason(desk: Desk, store: Store) -> None:
    ask(desk, "")
    assert PHONE not in texts(desk)
    assert audited(store) == []


def test_it_is_shown_with_a_reason_and_gone_when_the_panel_closes(desk: Desk, store: Store) -> None:
    assert PHONE not in texts(desk)
    ask(desk, "核对送达地址")
    assert PHONE in texts(desk)
    assert "核对送达地址" in audited(store)[0]
    QTest.keyClick(desk.unmasking.main_button, Qt.Key.Key_Escape)
    assert PHONE not in texts(desk)
    desk.side.open(desk.unmasking)
    assert PHONE not in texts(desk)


def test_it_goes_by_itself_and_a_lock_takes_it_away(desk: Desk) -> None:
    ask(desk, "核对送达地址")
    desk.unmasking.forget()  # what the timer does
    assert PHONE not in texts(desk)
    ask(desk, "核对送达地址")
    desk.side.close_panel()
    assert PHONE not in texts(desk)
