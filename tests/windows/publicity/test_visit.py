"""公示与清单 by the keyboard: a licence goes on line and comes down when it is revoked; a line of powers is printed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hall.clock import FixedClock
from hall.printing.slip import SlipText
from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.rules.powers_file import FILE_TITLE, parse_powers
from hall.services import paper, spool
from hall.services.certificate_endings import Ending
from hall.services.front import Front
from hall.services.powers import import_powers
from hall.store import Store
from hall.windows.pages_window import PagesWindow
from hall.windows.public_lists import PAGES, PowersPage
from hall.windows.publicity import PublicityPage
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import Aftermath
from tests.windows.keyboard import ALT, overwrite, press, write

REVOKED = Ending("procedure", "审查时没有现场核查", date(2026, 11, 23), compensation="没有造成损失")


@pytest.fixture
def bureau(store: Store, clock: FixedClock, home: Path) -> Aftermath:
    found = Aftermath(store, clock, home)
    found.employ()
    return found


@pytest.fixture
def window(bureau: Aftermath, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> PagesWindow:
    """The manager's, with one licence granted and the shipped list of powers."""
    bureau.certified(bureau.licence())
    administrator = Actor(9, "王五平", bureau.store.hall_id, frozenset({"administrator"}))
    lines = parse_powers(decode(resource("powers/sample.csv").read_bytes(), FILE_TITLE))
    import_powers(bureau.store, administrator, lines=lines)
    front = front_of(bureau.store, bureau.people["boss"])
    shown = PagesWindow(PAGES, front, tasks=InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    return shown


def publicity_of(window: PagesWindow) -> PublicityPage:
    assert isinstance(window.page, PublicityPage)
    return window.page


def test_a_licence_goes_on_line_and_comes_down(window: PagesWindow, bureau: Aftermath, tmp_path: Path) -> None:
    page = publicity_of(window)
    (row,) = page.list.table.rows
    assert (row.told.about, row.standing) == ("permit", "waiting")
    assert not page.list.buttons["open"].isVisible()
    press(Qt.Key.Key_Return)
    overwrite("局门户网站双公示专栏")
    press(Qt.Key.Key_Return, times=2)
    assert "证件有效期间" in window.message.words or "公示到" in window.message.words
    assert not page.list.table.rows
    made = bureau.certificates("approver").listed("valid", "")[0]
    bureau.certificates("approver").end(made.certificate_id, REVOKED)
    press(Qt.Key.Key_F5)
    assert [each.standing for each in page.list.table.rows] == ["take_down"]
    path = tmp_path / "双公示.xlsx"
    page.export(str(path))
    assert load_workbook(path).sheetnames == ["行政许可公示"]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, times=2)
    assert "已登记撤回公示" in window.message.words


def test_a_line_of_the_list_of_powers_is_found_and_printed(window: PagesWindow, bureau: Aftermath) -> None:
    press(Qt.Key.Key_2, ALT)
    page = window.page
    assert isinstance(page, PowersPage)
    assert len(page.list.table.rows) == 12
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    write("QZ-01")
    press(Qt.Key.Key_Return)
    page.reload()
    (row,) = page.list.table.rows
    assert "不收取保管费用" in page.list.facts.words
    press(Qt.Key.Key_Return)
    assert f"权责清单 {row.line.code} 正在打印" in window.message.words
    job = spool.claim(bureau.store, printer="slip")
    assert job is not None
    words = [part.text for part in paper.slip_of(bureau.store, job).parts if isinstance(part, SlipText)]
    assert {"权责清单", row.line.name, "实施依据"} <= set(words)
