"""Windows of list pages, by their keys: what is new, what is done with a row, what is looked for, papers and files."""

import importlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from hall.app.page_windows import PAGE_WINDOWS, PageWindow
from hall.app.program import Program
from hall.app.station import Station
from hall.rules.cards import Card
from hall.rules.people import Actor
from hall.services.front import Front
from hall.services.penalty_staff import CertificateView, NewCertificate
from hall.settings import Settings, StationSettings
from hall.store import Store
from hall.windows.deed_list import Asked, DeedListPage, ListOf, NewDeed, NewPanel, RowDeed, RowPanel
from hall.windows.kit.deeds import DeedPanel
from hall.windows.kit.keys import DEED_KEYS, NEW_KEYS, PAGE_KEYS
from hall.windows.kit.tables import Column
from hall.windows.pages import Deed, PageTools
from hall.windows.pages_window import NOTHING, PageOf, PagesOf, PagesWindow
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks, Tasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import ALT, CONTROL, focused, overwrite, press, write
from tests.windows.slow_tasks import SlowReads

OVER = date(2026, 1, 31)
LAST = date(2029, 12, 31)


class EnterPanel(NewPanel):
    """A certificate."""

    first = "number"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("登记证件", main="登记")
        self._front = tools.front.penalty_cases
        self.form.add_text("number", "证号", required=True)
        self.form.add_text("name", "姓名", required=True)
        self.add(self.form)

    def deed(self) -> Deed:
        front, new = self._front, certificate(self.form.text("number"), self.form.text("name"))

        def enter() -> str:
            front.enter_certificate(new)
            return f"已登记 {new.name}。"

        return enter


class EndPanel(RowPanel[CertificateView]):
    """Its last day was long ago."""

    first = "reason"

    def __init__(self, tools: PageTools) -> None:
        super().__init__("收回证件", main="收回")
        self._front = tools.front.penalty_cases
        self.form.add_text("reason", "原因", required=True)
        self.add(self.form)

    def about_of(self, row: CertificateView) -> str:
        return row.name

    def deed(self) -> Deed:
        front, row, reason = self._front, self.row, self.form.text("reason")

        def end() -> str:
            front.change_validity(row.id, OVER, reason)
            return f"{row.name} 的证件已收回。"

        return end


LISTED = ListOf[CertificateView](
    columns=[Column("姓名", lambda row: row.name), Column("证号", lambda row: row.number, width=120)],
    key=lambda row: row.id,
    facts=lambda row: (row.name, (("证号", row.number), ("有效期至", str(row.valid_to)))),
    empty="没有登记证件。F2 登记。",
    nothing="没有选中的证件",
    new=(
        NewDeed("import", "导入", "penalty.import"),
        NewDeed("enter", "登记证件", "penalty.staff", EnterPanel),
        NewDeed("sample", "登记样例", "penalty.staff"),
    ),
    deeds=(
        RowDeed("decide", "决定", "penalty.decide", EndPanel),
        RowDeed("end", "收回", "penalty.staff", EndPanel),
        RowDeed("renew", "延期", "penalty.staff"),
    ),
    search="姓名、证号",
    choices={"": "全部", "1": "证号为 A"},
    closed=True,
    most=3,
)


class CertificatesPage(DeedListPage[CertificateView]):
    """The enforcement certificates of the hall."""

    def __init__(self, tools: PageTools) -> None:
        self.scanned: list[str] = []
        self.cards: list[Card] = []
        self.picture = QLabel()
        super().__init__(tools, "执法证", LISTED)

    def read(self, asked: Asked) -> tuple[CertificateView, ...]:
        return tuple(
            row
            for row in self._tools.front.penalty_cases.certificates()
            if (row.valid or asked.closed)
            and asked.text in row.name + row.number
            and (not asked.choice or row.number.startswith("A"))
        )

    def acts(self, row: CertificateView) -> Sequence[str]:
        return ("decide", "end") if row.valid else ("renew",)

    def counts(self, row: CertificateView) -> bool:
        return row.number.startswith("A")

    def open_new(self, name: str) -> None:
        front = self._tools.front.penalty_cases

        def enter() -> str:
            front.enter_certificate(certificate("A99", name))
            return "样例已登记。"

        self.run_now(enter, words="正在登记…")

    def open_row(self, name: str, row: CertificateView) -> None:
        front = self._tools.front.penalty_cases

        def renew() -> str:
            front.change_validity(row.id, LAST, name)
            return f"{row.name} 的证件已延期。"

        self.run_now(renew, words="正在延期…")

    def below(self) -> QWidget:
        return self.picture

    def show_below(self, row: CertificateView | None) -> None:
        self.picture.setText(row.number if row is not None else "")

    def take_scan(self, text: str) -> None:
        self.scanned.append(text)

    def take_card(self, card: Card) -> None:
        self.cards.append(card)


PAGES = PagesOf(
    "执法证件",
    (
        PageOf("执法证", "penalty.read", CertificatesPage),
        PageOf("不给看", "account.create", CertificatesPage),
        PageOf("另一页", "penalty.read", CertificatesPage),
    ),
    frozenset({"penalty_staff"}),
)


def certificate(number: str, name: str) -> NewCertificate:
    return NewCertificate(number=number, name=name, valid_from=date(2026, 1, 1), valid_to=LAST)


class Sitting:
    """Somebody at the window."""

    def __init__(self, window: PagesWindow) -> None:
        self.window = window

    @property
    def page(self) -> CertificatesPage:
        assert isinstance(self.window.page, CertificatesPage)
        return self.window.page

    @property
    def said(self) -> str:
        """The message, without its mark."""
        return self.window.message.words[2:]

    @property
    def panel(self) -> DeedPanel | None:
        return self.page.side.panel

    @property
    def names(self) -> list[str]:
        return [row.name for row in self.page.list.table.rows]

    @property
    def offered(self) -> list[str]:
        return [name for name, button in self.page.list.buttons.items() if button.isVisible()]


SitDown = Callable[..., Sitting]


@pytest.fixture
def changes() -> ChangeFeed:
    return ChangeFeed()


@pytest.fixture
def cards() -> CardFeed:
    return CardFeed()


@pytest.fixture
def front(store: Store, front_of: Callable[[Store, Actor], Front]) -> Front:
    """The head's, with three certificates."""
    head = front_of(store, Actor(7, "王立新", store.hall_id, frozenset({"head"})))
    for number, name in (("A1", "赵一"), ("A2", "钱二"), ("B3", "孙三")):
        head.penalty_cases.enter_certificate(certificate(number, name))
    return head


@pytest.fixture
def sit_down(front: Front, changes: ChangeFeed, cards: CardFeed, qtbot: QtBot) -> SitDown:
    def build(tasks: Tasks | None = None, *, by: Front = front) -> Sitting:
        tasks = tasks or InlineTasks()
        window = PagesWindow(PAGES, by, tasks=tasks, changes=changes, cards=cards, lamps=LampFeed())
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return Sitting(window)

    return build


def test_a_row_of_keys_is_long_enough_and_of_one_key_each() -> None:
    rows = (*PAGE_KEYS, *NEW_KEYS, *DEED_KEYS)
    assert len({hotkey.keys for hotkey in rows}) == len(rows) == 9 + 4 + 18


def test_what_is_new_is_entered_by_its_key_and_told(sit_down: SitDown) -> None:
    sat = sit_down()
    assert list(sat.page.new_buttons) == ["enter", "sample"]  # the import is the administrator's
    press(Qt.Key.Key_F2)
    assert sat.panel is None
    press(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    write("B4")
    press(Qt.Key.Key_Return)
    write("李四")
    press(Qt.Key.Key_Return)
    assert sat.said == "已登记 李四。"
    assert "李四" in sat.names
    assert sat.panel is None
    assert sat.page.list.table.hasFocus()
    press(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert focused().property("text") == ""


def test_enter_does_the_first_deed_that_one_may_do(sit_down: SitDown) -> None:
    sat = sit_down()
    assert sat.offered == ["end"]  # deciding is not the head's
    press(Qt.Key.Key_F3)
    assert sat.panel is None
    press(Qt.Key.Key_Return)
    assert "赵一" in [label.text() for label in sat.page.side.findChildren(QLabel)]
    press(Qt.Key.Key_Escape)
    assert sat.panel is None
    assert sat.page.list.table.hasFocus()
    press(Qt.Key.Key_F4)
    write("调离执法岗位")
    press(Qt.Key.Key_Return)
    assert sat.said == "赵一 的证件已收回。"
    assert sat.names == ["钱二", "孙三"]


def test_what_is_closed_is_shown_when_asked_and_has_deeds_of_its_own(sit_down: SitDown) -> None:
    sat = sit_down()
    press(Qt.Key.Key_Return)
    write("调离")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_0, ALT)
    assert sat.names == ["赵一", "钱二", "孙三"]
    press(Qt.Key.Key_Home, CONTROL)
    assert sat.offered == ["renew"]
    press(Qt.Key.Key_F6)
    assert sat.said == "赵一 的证件已延期。"
    press(Qt.Key.Key_0, ALT)
    assert len(sat.names) == 3


def test_reading_again_keeps_the_row_and_the_open_panel(sit_down: SitDown, changes: ChangeFeed, front: Front) -> None:
    sat = sit_down()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F4)
    write("写了一半")
    front.penalty_cases.enter_certificate(certificate("A0", "周五"))
    press(Qt.Key.Key_F5)
    changes.changed.emit(frozenset({("penalty_staff", "1")}))
    assert sat.names == ["周五", "赵一", "钱二", "孙三"]
    assert sat.page.row is not None
    assert sat.page.row.name == "钱二"
    panel = sat.panel
    assert isinstance(panel, EndPanel)
    assert panel.form.text("reason") == "写了一半"
    assert sat.page.picture.text() == "A2"


def test_search_and_choice_answer_to_their_keys(sit_down: SitDown, qtbot: QtBot) -> None:
    sat = sit_down()
    press(Qt.Key.Key_K, CONTROL)
    overwrite("二")
    qtbot.waitUntil(lambda: sat.names == ["钱二"])
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(sat.names) == 3)
    assert sat.page.list.table.hasFocus()
    press(Qt.Key.Key_F, CONTROL)
    press(Qt.Key.Key_Down)
    assert sat.names == ["赵一", "钱二"]
    press(Qt.Key.Key_Escape)
    assert sat.page.list.table.hasFocus()


def test_a_list_that_may_be_longer_says_so(sit_down: SitDown, qtbot: QtBot) -> None:
    sat = sit_down()

    def cut() -> bool:
        words = [label.text() for label in sat.page.findChildren(QLabel) if label.isVisible()]
        return "只列出前 3 行，请查找。" in words

    assert cut()
    press(Qt.Key.Key_K, CONTROL)
    overwrite("二")
    qtbot.waitUntil(lambda: not cut())


def test_what_stands_beside_the_list_is_turned_from_wherever_one_is(sit_down: SitDown, qtbot: QtBot) -> None:
    sat = sit_down()
    sat.window.resize(1180, 680)
    sat.page.list.facts.show_facts("长", [(str(number), "一行") for number in range(60)])
    qtbot.waitUntil(lambda: sat.page.list.facts.bar.maximum() > 0)
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_PageDown, CONTROL)
    assert sat.page.list.facts.bar.value() > 0
    press(Qt.Key.Key_PageUp, CONTROL)
    assert sat.page.list.facts.bar.value() == 0


def test_tabs_are_those_one_may_see_each_with_its_number(sit_down: SitDown, changes: ChangeFeed, front: Front) -> None:
    sat = sit_down()
    window = sat.window
    assert [tab.text() for tab in window.tabs] == ["执法证（2）  Alt+1", "另一页（2）  Alt+3"]
    front.penalty_cases.enter_certificate(certificate("A0", "周五"))
    changes.changed.emit(frozenset({("penalty_staff", "1")}))
    changes.changed.emit(frozenset({("ticket", "1")}))
    assert [tab.text() for tab in window.tabs] == ["执法证（3）  Alt+1", "另一页（2）  Alt+3"]
    press(Qt.Key.Key_3, ALT)
    assert window.page is window.pages[1]
    assert sat.page.list.table.hasFocus()
    assert window.tabs[1].text() == "另一页（3）  Alt+3"


def test_what_is_shown_is_written_to_a_file(sit_down: SitDown, tmp_path: Path) -> None:
    sat = sit_down()
    sat.window.export(str(tmp_path / "名单"))
    sheet = load_workbook(tmp_path / "名单.xlsx").active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()][-3:] == ["赵一", "钱二", "孙三"]
    assert "已导出到" in sat.said


def test_a_refusal_is_told_and_what_was_entered_stays(sit_down: SitDown) -> None:
    sat = sit_down()
    press(Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    write("A1")
    press(Qt.Key.Key_Return)
    write("李四")
    press(Qt.Key.Key_Return)
    assert "A1 已经登记" in sat.said
    assert isinstance(sat.panel, EnterPanel)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_P, CONTROL)
    assert sat.said == sat.page.no_paper


def test_a_draft_of_an_open_panel_changes_nothing(sit_down: SitDown) -> None:
    sat = sit_down()
    press(Qt.Key.Key_Return)
    write("调离")
    press(Qt.Key.Key_P, CONTROL)
    assert isinstance(sat.panel, EndPanel)
    assert sat.said == "这一步不出具文书，没有可预览的。"
    press(Qt.Key.Key_F5)
    assert len(sat.names) == 3


def test_something_without_a_panel_is_done_at_once(sit_down: SitDown) -> None:
    sat = sit_down()
    press(Qt.Key.Key_F2, CONTROL)
    assert sat.said == "样例已登记。"
    assert "sample" in sat.names


def test_an_earlier_answer_never_replaces_a_later_one(sit_down: SitDown, front: Front) -> None:
    tasks = SlowReads()
    sat = sit_down(tasks)
    tasks.slow = True
    sat.page.reload()
    first = tasks.waiting.pop()
    press(Qt.Key.Key_0, ALT)
    second = tasks.waiting.pop()
    tasks.slow = False
    second()
    front.penalty_cases.enter_certificate(certificate("A0", "周五"))
    first()
    assert "周五" not in sat.names


def test_scans_and_cards_go_to_the_page_that_is_shown(
    sit_down: SitDown, cards: CardFeed, make_card: Callable[..., Card]
) -> None:
    sat = sit_down()
    press(Qt.Key.Key_3, ALT)
    sat.window.take_scan("V1")
    cards.card.emit(make_card())
    shown, hidden = sat.page, sat.window.pages[0]
    assert isinstance(hidden, CertificatesPage)
    assert (shown.scanned, len(shown.cards)) == (["V1"], 1)
    assert (hidden.scanned, hidden.cards) == ([], [])


def test_a_station_opens_such_a_window_by_its_line(
    front: Front, home: Path, open_store: Callable[..., Store], sqlite_url: str, qapp: QApplication
) -> None:
    settings = Settings(home=home, mode="development", station=StationSettings(name="窗口-9"))
    station = Station(settings, open_store(sqlite_url, station="窗口-9"))
    try:
        program = Program(qapp, station, front.hall())
        window = program.open_pages(PageWindow("papers", "执法证件", "", __name__), front.actor, "head")
        assert window.windowTitle() == "执法证件"
        window.close()
    finally:
        station.stop()


def test_the_lines_of_such_windows_are_true() -> None:
    for line in PAGE_WINDOWS:
        pages = importlib.import_module(line.module).PAGES
        assert isinstance(pages, PagesOf)
        assert pages.title == line.title
        assert len(pages.pages) <= len(PAGE_KEYS)


def test_whoever_may_see_no_page_is_told_so(
    sit_down: SitDown, store: Store, front_of: Callable[[Store, Actor], Front]
) -> None:
    guide = front_of(store, Actor(8, "施小引", store.hall_id, frozenset({"guide"})))
    sat = sit_down(by=guide)
    assert sat.window.tabs == []
    assert NOTHING in [label.text() for label in sat.window.findChildren(QLabel) if label.isVisible()]
