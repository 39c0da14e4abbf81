"""时限看板: the right light for each case, counts that agree, all by key, alive while others work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, select, update

from hall.clock import HALL_ZONE, FixedClock
from hall.services.accepting import Accepted
from hall.services.board import PAGE
from hall.services.board_terms import Terms
from hall.services.front import Front
from hall.store import Store
from hall.store.schema.catalogue import Department
from hall.store.schema.people import Account, AccountRole
from hall.store.schema.permits import PermitCase
from hall.store.schema.supervision import SupervisionOrder
from hall.windows.board import Board
from hall.windows.board_list import KEPT
from hall.windows.kit import tokens
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from hall.workers.watcher import ChangeFeed
from tests.windows.keyboard import CONTROL, press

TODAY = date(2026, 11, 30)
Accept = Callable[[str, date], Accepted]


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def manager(front_as: Callable[[str], Front], store: Store) -> Front:
    """The manager; clerk and manager have accounts: filters and orders name them."""
    front = front_as("manager")
    front = replace(front, actor=replace(front.actor, account_id=8, name="李四清"))
    now, hall = store.clock.now(), store.hall_id
    more = {"hall_id": hall, "password_hash": "", "created_at": now, "password_changed_at": now}
    people = {7: "张三明", front.actor.account_id: front.actor.name}
    with store.engine.begin() as connection:
        rows = [{"id": key, "login": f"n{key}", "display_name": name, **more} for key, name in people.items()]
        connection.execute(insert(Account), rows)
    return front


@pytest.fixture
def board(manager: Front, link: Link, changes: ChangeFeed, lamps: LampFeed, qtbot: QtBot) -> Board:
    window = Board(manager, link, changes=changes, lamps=lamps)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def cases(accept_case: Accept, clock: FixedClock, changed: Callable[[str], None]) -> None:
    """XK05 is promised in 3 workdays and due by law in 20: one case late by promise, one today, one with time left."""
    for day in (date(2026, 11, 23), date(2026, 11, 25), TODAY):
        accept_case("XK05", day)


@pytest.fixture
def many(accept_case: Accept, store: Store) -> Callable[[int], None]:
    """So many copies of a case, each with an urgency of its own."""

    def make(count: int) -> None:
        accept_case("XK05", TODAY)
        with store.engine.begin() as connection:
            (pattern,) = connection.execute(select(PermitCase.__table__)).mappings()
            rows = [
                {
                    **pattern,
                    "id": pattern["id"] + number,
                    "receipt_number": f"收{number}",
                    "acceptance_number": f"受{number}",
                    "urgency": pattern["urgency"] + number // 3,
                    "promised_ordinal": pattern["promised_ordinal"] + number // 3,
                    "ticket_id": None,
                }
                for number in range(1, count)
            ]
            connection.execute(insert(PermitCase), rows)

    return make


def lights(board: Board) -> list[str]:
    return [line.light for line in board.list.table.rows]


def text(board: Board, row: int, column: int) -> str:
    model = board.list.table.model()
    return str(model.data(model.index(row, column)))


def test_an_accepted_case_appears_with_its_light_and_days(
    board: Board, accept_case: Accept, changed: Callable[[str], None]
) -> None:
    assert not board.numbers
    accepted = accept_case("XK05", TODAY)
    changed("case")
    assert board.numbers == (accepted.acceptance_number,)
    shown = [text(board, 0, column) for column in range(10)]
    assert shown[:2] == ["正常", "+3 日"]
    assert shown[3:5] == ["临时占用城市道路许可", "市政科"]
    assert shown[6:] == ["0 日", "已受理", "12-03", "12-28"]


@pytest.mark.usefixtures("cases")
def test_who_has_a_case_is_named_and_nobody_is_told_too(
    board: Board, store: Store, changed: Callable[[str], None]
) -> None:
    for officer, words in ((7, "张三明"), (None, "待领取")):
        with store.engine.begin() as connection:
            connection.execute(update(PermitCase).values(officer_id=officer))
        changed("case")
        assert text(board, 0, 5) == words


@pytest.mark.usefixtures("cases")
def test_counts_and_bars_agree_with_the_list(board: Board) -> None:
    assert lights(board) == ["over_promised", "today", "normal"]
    assert [text(board, row, 1) for row in range(3)] == ["−2 日", "今日", "+3 日"]
    numbers = {code: board.sheet.counts.number(code) for code in ("", *tokens.LIGHTS)}
    assert {code: number for code, number in numbers.items() if number != "0"} == {
        "": "3",
        "over_promised": "1",
        "today": "1",
        "normal": "1",
    }
    assert board.sheet.bars.bars.sentences == ("市政科 3 件：超承诺 1、今日到期 1、正常 1",)
    assert board.sheet.told == "最紧迫的 3 件"
    assert board.sheet.counts.rate == "按时办结率　0/0　11月办结承诺件　–"


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_1, ["over_promised", "today", "normal"]),
        (Qt.Key.Key_2, []),
        (Qt.Key.Key_3, ["today"]),
        (Qt.Key.Key_4, ["today", "normal"]),
        (Qt.Key.Key_5, []),
        (Qt.Key.Key_6, ["over_promised", "today", "normal"]),
    ],
)
def test_digits_change_the_list_and_the_counts_stay(board: Board, key: Qt.Key, expected: list[str]) -> None:
    press(Qt.Key.Key_5)
    press(key)
    assert lights(board) == expected
    assert board.sheet.counts.number("") == "3"
    assert sum(button.isChecked() for button in board.sheet.tabs.values()) == 1


@pytest.mark.usefixtures("cases")
def test_a_click_on_a_light_lists_it_and_escape_takes_it_back(board: Board, qtbot: QtBot) -> None:
    board.sheet.counts.chosen.emit("today")
    assert lights(board) == ["today"]
    assert board.sheet.told == "今日到期　共 1 件"
    press(Qt.Key.Key_Escape)
    assert lights(board) == ["over_promised", "today", "normal"]
    assert board.sheet.told == "共 3 件"


@pytest.mark.usefixtures("cases")
def test_the_bars_open_from_department_to_matter_to_list(
    board: Board, accept_case: Accept, changed: Callable[[str], None]
) -> None:
    accept_case("XK15", TODAY)
    changed("case")
    bars = board.sheet.bars
    assert len(bars.bars.bars) == 2
    bars.bars.setFocus()
    press(Qt.Key.Key_Return)
    assert bars.title == "市政科 各事项"
    assert bars.bars.sentences == ("临时占用城市道路许可 3 件：超承诺 1、今日到期 1、正常 1",)
    press(Qt.Key.Key_Return)
    assert board.sheet.told == "市政科 · 临时占用城市道路许可　共 3 件"
    board.sheet.counts.chosen.emit("today")
    assert lights(board) == ["today"]
    bars.back_button.click()
    assert bars.title == "各科室在办件"
    assert len(bars.bars.bars) == 2


@pytest.mark.usefixtures("cases")
def test_my_work_is_told_by_part(board: Board, store: Store, changed: Callable[[str], None]) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(PermitCase).values(officer_id=8))
    changed("case")
    press(Qt.Key.Key_2)
    parts = [button.text() for button in board.sheet.my_work.buttons.values()]
    assert parts == ["超期 1", "今日到期 1", "本周其余 1", "暂停 0", "全部在手 3"]
    board.sheet.my_work.buttons["over"].click()
    assert lights(board) == ["over_promised"]
    assert board.sheet.my_work.isVisible()


def test_on_rest_days_a_case_that_was_due_on_the_last_workday_is_over_not_due_today(
    board: Board, accept_case: Accept, clock: FixedClock
) -> None:
    accept_case("XK05", date(2026, 11, 24))  # promised for Friday
    clock.instant = datetime(2026, 11, 28, 10, tzinfo=HALL_ZONE)  # Saturday
    board.reload()
    assert (lights(board), text(board, 0, 1)) == (["over_promised"], "已过")


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("tab", [Qt.Key.Key_1, Qt.Key.Key_6])
def test_colours_change_at_midnight_without_a_query(board: Board, clock: FixedClock, link: Link, tab: Qt.Key) -> None:
    assert board.tick_timer.interval() == 60_000
    press(tab)
    link.away = True
    clock.instant = datetime(2026, 12, 1, 0, 0, 30, tzinfo=HALL_ZONE)
    board.tick()
    assert lights(board) == ["over_promised", "over_promised", "normal"]
    assert board.sheet.counts.number("over_promised") == "2"
    assert board.sheet.bars.bars.sentences == ("市政科 3 件：超承诺 2、正常 1",)
    assert board.message.words == ""


@pytest.mark.usefixtures("cases")
def test_a_list_of_todays_cases_has_others_the_next_day(board: Board, clock: FixedClock) -> None:
    press(Qt.Key.Key_3)
    assert lights(board) == ["today"]
    clock.instant = datetime(2026, 12, 3, 0, 0, 30, tzinfo=HALL_ZONE)
    board.tick()
    assert (lights(board), text(board, 0, 1)) == (["today"], "今日")
    assert board.sheet.told == "共 1 件"


@pytest.mark.usefixtures("cases")
def test_f5_reloads_the_board(board: Board, clock: FixedClock) -> None:
    clock.instant = datetime(2026, 12, 2, 9, tzinfo=HALL_ZONE)
    press(Qt.Key.Key_F5)
    assert lights(board) == ["over_promised", "over_promised", "warning"]


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("tab", [Qt.Key.Key_1, Qt.Key.Key_6])
def test_a_reload_keeps_the_selected_case(
    board: Board, changed: Callable[[str], None], accept_case: Accept, tab: Qt.Key
) -> None:
    press(tab)
    press(Qt.Key.Key_Down)
    chosen = board.list.table.current_row
    assert chosen is not None
    assert chosen.light == "today"
    accept_case("XK06", TODAY)
    changed("case")
    assert len(board.numbers) == 4
    assert board.list.table.current_row == chosen


def test_a_long_list_is_read_as_it_is_scrolled_and_never_kept_whole(board: Board, many: Callable[[int], None]) -> None:
    many(10 * PAGE)
    board.reload()
    press(Qt.Key.Key_6)
    table = board.list.table
    assert len(board.list.rows) == PAGE
    assert board.sheet.told == f"共 {10 * PAGE} 件"
    seen = [row.place for row in board.list.rows]
    for _ in range(20):
        table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
        assert len(board.list.rows) <= KEPT
        seen += [row.place for row in board.list.rows if row.place > seen[-1]]
    assert len(seen) == 10 * PAGE
    assert seen == sorted(seen)
    assert board.list.rows[0].place > seen[0]
    for _ in range(20):
        table.verticalScrollBar().setValue(0)
    assert [row.place for row in board.list.rows] == seen[: len(board.list.rows)]


def test_home_and_end_go_to_the_ends_of_the_list(board: Board, many: Callable[[int], None]) -> None:
    many(8 * PAGE)
    board.reload()
    press(Qt.Key.Key_6)
    press(Qt.Key.Key_End)
    last = board.list.table.current_row
    assert last is not None
    assert last.row.number == f"受{8 * PAGE - 1}"
    press(Qt.Key.Key_Home)
    assert board.list.at_top
    assert board.list.table.current_row is board.list.table.rows[0]


def test_a_reload_in_the_middle_of_a_list_stays_there(
    board: Board, many: Callable[[int], None], changed: Callable[[str], None], store: Store
) -> None:
    many(10 * PAGE)
    board.reload()
    press(Qt.Key.Key_6)
    press(Qt.Key.Key_End)
    table = board.list.table
    table.verticalScrollBar().setValue(30)
    top, before = table.rows[table.rowAt(0)].row.case_id, board.list.rows
    table.select(before[40].case_id)
    with store.engine.begin() as connection:
        connection.execute(
            update(PermitCase).where(PermitCase.id == before[35].case_id).values(closed_at=store.clock.now())
        )
    changed("case")
    assert [row.case_id for row in board.list.rows[:40]] == [row.case_id for row in before[:41] if row != before[35]]
    assert table.rows[table.rowAt(0)].row.case_id == top
    chosen = table.current_row
    assert chosen is not None
    assert chosen.row.case_id == before[40].case_id


@pytest.mark.usefixtures("cases")
def test_enter_opens_the_case_and_escape_comes_back(board: Board, qtbot: QtBot) -> None:
    number = board.numbers[0]
    with qtbot.waitSignal(board.case_chosen) as signal:
        press(Qt.Key.Key_Return)
    assert signal.args == [board.list.table.rows[0].row.case_id]
    assert board.case_page.isVisible()
    assert number in board.case_page.numbers
    press(Qt.Key.Key_Escape)
    assert not board.case_page.isVisible()
    assert board.list.table.hasFocus()


@pytest.mark.usefixtures("cases")
def test_why_is_answered_beside_the_list(board: Board) -> None:
    press(Qt.Key.Key_Y, CONTROL)
    assert board.sheet.explanation.isVisible()
    assert not board.sheet.bars.isVisible()
    assert board.sheet.explanation.calendars
    press(Qt.Key.Key_Escape)
    assert not board.sheet.explanation.isVisible()
    assert board.sheet.bars.isVisible()


@pytest.mark.usefixtures("cases")
def test_a_case_is_searched_for_from_the_board(board: Board) -> None:
    press(Qt.Key.Key_K, CONTROL)
    assert board.search.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "2")
    press(Qt.Key.Key_Return)
    assert board.case_page.isVisible()
    press(Qt.Key.Key_Escape)
    assert board.list.table.hasFocus()


@pytest.mark.usefixtures("cases")
def test_an_order_is_issued_for_the_chosen_case(board: Board, store: Store) -> None:
    press(Qt.Key.Key_F8)
    panel = board.deeds.issue_panel
    assert panel.isVisible()
    panel.form.set_text("reason", "承诺期限已过，请说明")
    panel.main_button.click()
    assert "已签发督办单" in board.message.words
    with store.read() as session:
        order = session.scalars(select(SupervisionOrder)).one()
    assert order.case_id == board.list.table.rows[0].row.case_id


@pytest.mark.usefixtures("cases")
def test_several_cases_are_given_to_one_officer(board: Board, store: Store) -> None:
    with store.engine.begin() as connection:
        department = connection.scalars(select(Department.id).where(Department.name == "市政科")).one()
        now, hall = store.clock.now(), store.hall_id
        account = {"hall_id": hall, "login": "li", "display_name": "李审查", "department_id": department}
        more = {"password_hash": "", "created_at": now, "password_changed_at": now}
        connection.execute(insert(Account), [{**account, **more}])
        officer = connection.scalars(select(Account.id).where(Account.login == "li")).one()
        connection.execute(insert(AccountRole), [{"hall_id": hall, "account_id": officer, "role": "reviewer"}])
    board.list.table.selectAll()
    press(Qt.Key.Key_F9)
    panel = board.deeds.reassign_panel
    assert panel.about.text().startswith("已选 3 件")
    panel.form.set_text("reason", "分担")
    panel.main_button.click()
    assert board.message.words == "✓ 已转派 3 件。"
    assert [text(board, row, 5) for row in range(3)] == ["李审查"] * 3


@pytest.mark.usefixtures("cases")
def test_what_is_refused_of_several_cases_is_named(board: Board) -> None:
    board.list.table.selectAll()
    press(Qt.Key.Key_R, CONTROL)
    panel = board.deeds.reprint_panel
    panel.form.set_text("kind", "certificate")
    panel.main_button.click()
    assert board.message.words == "✕ 已交给打印机 0 份，3 份没有办成。"
    refused = board.deeds.many.panel.words[1:]
    assert len(refused) == 3
    assert all("没有许可证" in each for each in refused)
    press(Qt.Key.Key_Escape)
    assert board.list.table.hasFocus()


@pytest.mark.usefixtures("cases")
def test_several_cases_get_an_order_each_and_none_gets_it_twice(board: Board, store: Store) -> None:
    for told in ("✓ 已签发督办单 3 份。", "✓ 已签发督办单 0 份，3 份先前已签发，等待回复。"):
        board.list.table.selectAll()
        press(Qt.Key.Key_F8)
        panel = board.deeds.issue_panel
        assert "已选 3 件" in panel.about.text()
        panel.form.set_text("reason", "临近期限没有进展")
        panel.main_button.click()
        assert board.message.words == told
    with store.read() as session:
        assert len(session.scalars(select(SupervisionOrder.id)).all()) == 3


def test_without_a_case_a_deed_says_what_to_do(board: Board) -> None:
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F9):
        press(key)
        assert board.message.words.startswith("✕ 请先在列表中选中办件")


@pytest.mark.usefixtures("cases")
def test_a_filter_is_put_together_kept_and_used_again(board: Board) -> None:
    press(Qt.Key.Key_F, CONTROL)
    panel = board.filters.panel
    assert panel.isVisible()
    panel.form.set_text("lights", "late")
    panel.main_button.click()
    assert lights(board) == ["over_promised"]
    assert board.sheet.told == "超法定、超承诺　共 1 件"
    board.filters.ask_name()
    assert board.filters.box is not None
    board.filters.box.form.set_text("line", "超期")
    board.filters.box.yes_button.click()
    press(Qt.Key.Key_1)
    (saved,) = (action for action in board.filters.menu.actions() if action.text() == "超期")
    saved.trigger()
    assert lights(board) == ["over_promised"]
    (menu,) = (action.menu() for action in board.filters.menu.actions() if action.text() == "删除")
    menu.actions()[0].trigger()  # type: ignore[attr-defined]  # PySide6 says QObject
    assert [action.text() for action in board.filters.menu.actions() if action.text() == "超期"] == []


@pytest.mark.usefixtures("cases")
def test_the_list_is_exported_as_it_is_filtered(board: Board, tmp_path: Path) -> None:
    board.show_terms(Terms(lights=("today", "normal")))
    assert board.view is not None
    board.deeds.export(str(tmp_path / "list"), board.list, board.view, day=TODAY, title="全部")
    sheet = load_workbook(tmp_path / "list.xlsx")["全部"]
    rows = list(sheet.values)
    assert rows[0][:4] == ("灯", "剩余", "编号", "事项")
    assert [row[0] for row in rows[1:]] == ["今日到期", "正常"]
    assert "已导出 2 件" in board.message.words


@pytest.mark.usefixtures("cases")
def test_the_wallboard_turns_its_pages_and_shows_nobodys_name(
    board: Board, qtbot: QtBot, shown_words: Callable[[QWidget], list[str]]
) -> None:
    press(Qt.Key.Key_F11)
    wall = board.wall.wall
    assert wall is not None
    wall.resize(1920, 1080)
    assert (wall.number(""), wall.number("over_promised"), wall.heading) == ("3", "1", "最紧迫　1/2")
    number = board.numbers[0]
    assert wall.lines.sentences[0] == f"超承诺　−2 日　{number}　临时占用城市道路许可　市政科　在手 5 日"
    wall.turn()
    assert wall.heading == "各科室　2/2"
    assert wall.lines.sentences == ("市政科　在办 3　0　1　1　0",)
    wall.turn()
    assert wall.heading == "最紧迫　1/2"
    assert not any("张" in words for words in (*shown_words(wall), *wall.lines.sentences))
    assert not wall.grab().isNull()
    wall.activateWindow()
    qtbot.waitUntil(wall.isActiveWindow)
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert board.wall.wall is None


def test_the_wallboard_grows_old_when_the_database_is_away(
    board: Board, link: Link, clock: FixedClock, qtbot: QtBot
) -> None:
    board.wall.open()
    wall = board.wall.wall
    assert wall is not None
    link.away = True
    clock.instant = datetime(2026, 11, 23, 9, 43, tzinfo=HALL_ZONE)
    wall.wanted.emit()
    wall.tick()
    assert wall.age.text() == "数据更新于 60 秒前"
    link.away = False
    wall.wanted.emit()
    assert wall.age.text() == "数据更新于 0 秒前"
    wall.close()


def test_the_wallboard_closes_with_the_board(board: Board) -> None:
    board.wall.open()
    board.wall.open()
    board.close()
    assert board.wall.wall is None


def test_a_deed_that_somebody_may_not_do_is_grey(
    front_as: Callable[[str], Front], link: Link, changes: ChangeFeed, lamps: LampFeed, qtbot: QtBot
) -> None:
    allowed = {"manager": {"督办", "转派", "补打"}, "head": {"转派", "补打"}, "clerk": {"补打"}}
    for role, words in allowed.items():
        window = Board(front_as(role), link, changes=changes, lamps=lamps)
        qtbot.addWidget(window)
        deeds = {hotkey.words for hotkey, button in window.sheet.deeds.items() if button.isEnabled()}
        assert deeds & {"督办", "转派", "补打"} == words


def test_a_year_without_schedule_is_a_warning(board: Board) -> None:
    assert board.sheet.warnings.isVisible()
    assert board.sheet.warnings.text() == "⚠ 2027年放假安排未录入"


@pytest.mark.parametrize("tab", [Qt.Key.Key_1, Qt.Key.Key_6])
def test_a_database_that_is_away_is_a_sentence_and_the_list_stays(
    board: Board, accept_case: Accept, link: Link, changed: Callable[[str], None], tab: Qt.Key
) -> None:
    press(tab)
    accept_case("XK05", TODAY)
    changed("case")
    link.away = True
    changed("*")
    assert "数据库连不上" in board.message.words
    assert len(board.numbers) == 1
    link.away = False
    changed("*")
    assert len(board.numbers) == 1
    assert board.message.words == ""


def test_the_devices_of_the_station_are_in_the_header(
    board: Board, lamps: LampFeed, shown_words: Callable[[QWidget], list[str]], qtbot: QtBot
) -> None:
    lamps.lamp.emit("打印机", "trouble", "缺纸")
    qtbot.waitUntil(lambda: "打印机 缺纸" in shown_words(board.header))


def test_an_empty_board_is_drawn(board: Board) -> None:
    assert board.sheet.counts.number("") == "0"
    assert board.sheet.bars.bars.sentences == ()
    assert not board.grab().isNull()


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("size", [(1180, 680), (1366, 768), (1920, 1080)])
def test_the_board_fits_the_screen(board: Board, size: tuple[int, int]) -> None:
    board.resize(*size)
    assert board.size().toTuple() == size
    assert not board.grab().isNull()


def test_the_lock_covers_the_whole_board_and_the_password_opens_it(board: Board, qapp: QApplication) -> None:
    passwords: list[str] = []
    board.lock_when_idle(qapp, 60_000, passwords.append)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_L, CONTROL)
    assert board.locked
    assert not board.header.isVisible()
    assert not board.list.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "secret")
    press(Qt.Key.Key_Return)
    assert passwords == ["secret"]
    board.unlock()
    assert board.list.table.hasFocus()


def test_a_counter_that_calls_for_help_is_seen_on_the_board(
    board: Board, clerk: Front, changed: Callable[[str], None]
) -> None:
    assert board.banner.words == ""
    clerk.calling.emergency(3)
    changed("counter")
    assert board.banner.words == "⚠ 3 号窗口 09:42 起紧急求助，请马上去看看。"
    clerk.calling.calm(3)
    changed("counter")
    assert board.banner.words == ""
