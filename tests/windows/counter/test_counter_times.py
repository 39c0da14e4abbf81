"""Clocks at the counter: dates before acceptance, the count day by day, the guide, the latest question wins."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from hall.clock import HALL_ZONE, FixedClock
from hall.rules.cards import Card
from hall.services.front import Front
from hall.workers.tasks import Tasks
from tests.windows.counter.desk import Desk, Feeds
from tests.windows.slow_tasks import SlowReads

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_both_clocks_stand_below_the_materials(desk: Desk, take_ticket: Callable[..., str]) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    assert desk.window.intake.clock_words("statutory") == "20工作日 → 2026-12-21 周一"
    assert desk.window.intake.clock_words("promised") == "3工作日 → 2026-11-26 周四"


def test_a_date_that_needs_an_unknown_schedule_is_not_guessed(
    desk: Desk, take_ticket: Callable[..., str], clock: FixedClock
) -> None:
    clock.instant = datetime(2026, 12, 21, 9, 0, tzinfo=HALL_ZONE)
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    assert desk.window.intake.clock_words("statutory") == "20工作日 → 待定（2027年放假安排未录入）"
    assert desk.window.intake.clock_words("promised") == "3工作日 → 2026-12-24 周四"
    desk.press(Qt.Key.Key_Y, CONTROL)
    (promised,) = desk.window.intake.explanation.calendars
    assert promised.days[-1].day == date(2026, 12, 24)


def test_why_shows_the_count_and_escape_closes_it(desk: Desk, take_ticket: Callable[..., str]) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_Y, CONTROL)
    panel = desk.window.intake.explanation
    statutory, promised = panel.calendars
    assert panel.isVisible()
    assert [(day.day.day, day.count) for day in promised.days] == [(23, 0), (24, 1), (25, 2), (26, 3)]
    assert statutory.days[-1].count == 20
    assert not statutory.grab().isNull()
    desk.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_guide_says_what_the_matter_needs(desk: Desk, take_ticket: Callable[..., str]) -> None:
    desk.press(Qt.Key.Key_G, CONTROL)
    assert desk.said.startswith("✕ 请先选事项")
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.press(Qt.Key.Key_G, CONTROL)
    guide = desk.window.intake.guide
    assert guide.isVisible()
    for words in ("营业执照（复印件1份，交验原件）", "法定 20工作日，承诺 3工作日", "不收费", "管理条例第11条"):
        assert words in guide.text


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
@pytest.mark.parametrize("typed", ["XK05", "xk05"])
def test_a_matter_is_picked_by_its_code(desk: Desk, typed: str) -> None:
    form = desk.window.intake
    form.matter.setFocus()
    desk.type(typed)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert form.matter.code == "XK05"
    assert form.materials.rows


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
def test_a_text_that_is_no_matter_is_undone(desk: Desk, take_ticket: Callable[..., str]) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    picker = desk.window.intake.matter
    picker.setFocus()
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.type("nothing")
    desk.press(Qt.Key.Key_Return)
    assert picker.code == "XK01-1"
    assert picker.currentText().startswith("XK01-1")


def test_a_new_version_of_the_matter_lists_its_materials_anew(
    desk: Desk, feeds: Feeds, take_ticket: Callable[..., str], renew_matter: Callable[[str], None]
) -> None:
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    rows = len(desk.window.intake.materials.rows)
    renew_matter("XK01-1")
    feeds.changes.changed.emit(frozenset({("catalogue", "all")}))
    assert len(desk.window.intake.materials.rows) == rows - 1
    assert "请重新核对" in desk.said


def test_the_answer_to_an_earlier_question_is_not_shown(
    open_desk: Callable[[Tasks], Desk], take_ticket: Callable[..., str]
) -> None:
    tasks = SlowReads()
    desk = open_desk(tasks)
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    rows = desk.window.intake.materials.rows
    tasks.slow = True
    for row in rows:
        row.tick.click()
    first, *_, last = tasks.waiting
    last()
    assert desk.window.intake.missing_words.startswith("✓")
    first()
    assert desk.window.intake.missing_words.startswith("✓")


def test_a_second_press_while_the_case_loads_accepts_nothing(
    open_desk: Callable[[Tasks], Desk], front: Front, take_ticket: Callable[..., str], make_card: Callable[..., Card]
) -> None:
    tasks, card = SlowReads(), make_card()
    desk = open_desk(tasks)
    take_ticket()
    desk.press(Qt.Key.Key_F2)
    desk.lay(card)
    for row in desk.window.intake.materials.rows:
        row.tick.click()
    tasks.slow = True
    desk.press(Qt.Key.Key_Return, CONTROL)
    desk.press(Qt.Key.Key_Return, CONTROL)
    assert len(front.history(card.id_number)) == 1
    for answer in tasks.waiting:
        answer()
    assert desk.shows(desk.window.accepted)
