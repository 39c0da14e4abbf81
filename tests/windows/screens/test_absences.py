"""外出与替岗 over the board: entered, refused where both would be away, taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hall.rules.people import system_actor
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.people import Account, AccountRole
from hall.windows.board import Board
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed

PEOPLE = {"wu": "吴文正", "zheng": "郑小川"}


@pytest.fixture
def staff(store: Store) -> dict[str, int]:
    """Two reviewers."""
    found = {}
    with store.work("account.create", system_actor(store.hall_id)) as work:
        for login, name in PEOPLE.items():
            account = Account(
                hall_id=store.hall_id,
                login=login,
                display_name=name,
                password_hash="-",
                created_at=work.now,
                password_changed_at=work.now,
            )
            work.session.add(account)
            work.session.flush()
            work.session.add(AccountRole(account_id=account.id, hall_id=store.hall_id, role="reviewer"))
            found[login] = account.id
        work.audit("accounts", added=len(found))
    return found


@pytest.fixture
def manager(front_as: Callable[[str], Front], staff: dict[str, int]) -> Front:
    front = front_as("manager")
    return replace(front, actor=replace(front.actor, account_id=max(staff.values()) + 1, name="卫建平"))


@pytest.fixture
def board(manager: Front, link: Tasks, changes: ChangeFeed, lamps: LampFeed, qtbot: QtBot) -> Board:
    window = Board(manager, link, changes=changes, lamps=lamps)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    QTest.keyClick(window.list.table, Qt.Key.Key_F10)
    return window


def _enter(board: Board, who: int | str, substitute: int | str, last: date) -> None:
    panel = board.absences.panel
    panel.form.set_text("who", str(who))
    panel.form.set_text("substitute", str(substitute))
    panel.form.set_day("last", last)
    panel.form.set_text("reason", "参加培训")
    panel.main_button.click()


def test_an_absence_is_entered_by_key_and_taken_back(board: Board, staff: dict[str, int]) -> None:
    assert board.absences.panel.isVisible()
    _enter(board, staff["wu"], staff["zheng"], date(2026, 12, 2))
    assert not board.absences.panel.isVisible()
    assert "已登记外出" in board.message.words
    board.absences.ask()
    (back,) = board.absences.panel.buttons
    assert back.text() == "今天回岗"
    back.click()
    assert "已回岗" in board.message.words
    board.absences.ask()
    assert board.absences.panel.buttons == []


def test_two_persons_are_wanted_and_not_both_away(board: Board, staff: dict[str, int]) -> None:
    panel = board.absences.panel
    _enter(board, "", staff["zheng"], date(2026, 12, 2))
    assert panel.form.wrong("who") == "请选择一位人员"
    _enter(board, staff["wu"], staff["zheng"], date(2026, 12, 2))
    board.absences.ask()
    _enter(board, staff["zheng"], staff["wu"], date(2026, 12, 1))
    assert "不能同时不在岗" in board.message.words
    assert panel.isVisible()
