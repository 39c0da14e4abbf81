"""公开查询 at the kiosk: by finger from list to group to entry; only what is published; it goes back by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hall.resources import resource
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.rules.powers_file import FILE_TITLE as POWERS_TITLE
from hall.rules.powers_file import parse_powers
from hall.rules.violations_file import FILE_TITLE, parse_violations
from hall.services import stall_sites
from hall.services.front import Front
from hall.services.powers import import_powers
from hall.services.violations import import_violations, list_violations, publish
from hall.store import Store
from hall.windows.kiosk import Kiosk
from hall.windows.kiosk_public import ASK, TOPICS, PublicPages
from hall.windows.kit import tokens
from hall.workers.lamps import LampFeed
from hall.workers.tasks import Tasks
from tests.services.stalls.street import SITE
from tests.windows.slow_tasks import SlowReads

ROADS = "城市道路管理条例"


class Link(Tasks, Protocol):
    away: bool


@pytest.fixture
def published(store: Store, administrator: Actor) -> None:
    """The sample: all published but CF071."""
    entries = parse_violations(decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE))
    import_violations(store, administrator, violations=entries)
    ids = [view.version_id for view in list_violations(store, administrator) if view.entry.code != "CF071"]
    lawyer = replace(administrator, roles=frozenset({"legal_reviewer"}))
    publish(store, lawyer, version_ids=ids, published_on=date(2025, 12, 20), published_as="莲城管规〔2025〕9号")


@pytest.fixture
def kiosk(front_as: Callable[[str], Front], open_kiosk: Callable[[Front], Kiosk], qtbot: QtBot) -> Kiosk:
    window = open_kiosk(front_as("kiosk"))
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    with qtbot.waitActive(window):
        window.show()
    return window


def touch(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def open_topic(kiosk: Kiosk, code: str = "benchmarks") -> None:
    touch(kiosk.offers.public_button)
    touch(kiosk.public.topics.button(code))


def page(kiosk: Kiosk) -> QWidget | None:
    return kiosk.public.currentWidget()


@pytest.mark.usefixtures("published")
def test_four_touches_lead_from_the_start_to_what_may_be_fined(kiosk: Kiosk) -> None:
    touch(kiosk.offers.public_button)
    assert kiosk.heading.text() == ASK
    touch(kiosk.public.topics.button("benchmarks"))
    assert kiosk.heading.text() == TOPICS[0].ask
    assert ROADS in kiosk.public.groups.keys
    touch(kiosk.public.groups.button(ROADS))
    assert kiosk.public.entries.keys == ("CF005",)
    touch(kiosk.public.entries.button("CF005"))
    text = kiosk.public.reading.text.text
    for words in ("10,000–20,000 元", "首违不罚", "72 小时内", "2025-12-20 公布，莲城管规〔2025〕9号", "不予行政处罚"):
        assert words in text
    assert kiosk.heading.text() == "擅自在桥梁或者路灯设施上设置广告牌或其他挂浮物"


@pytest.mark.usefixtures("published")
def test_what_is_not_published_or_gives_way_to_a_higher_law_is_not_offered(kiosk: Kiosk) -> None:
    open_topic(kiosk)
    assert "城乡规划法" not in kiosk.public.groups.keys
    assert "城市建筑垃圾管理规定" not in kiosk.public.groups.keys
    assert "固体废物污染环境防治法" in kiosk.public.groups.keys


@pytest.mark.usefixtures("published")
def test_back_goes_one_page_at_a_time_and_done_to_the_start(kiosk: Kiosk) -> None:
    open_topic(kiosk)
    touch(kiosk.public.groups.button(ROADS))
    touch(kiosk.public.entries.button("CF005"))
    touch(kiosk.back_button)
    assert page(kiosk) is kiosk.public.entries
    touch(kiosk.back_button)
    assert page(kiosk) is kiosk.public.groups
    touch(kiosk.back_button)
    assert page(kiosk) is kiosk.public.topics
    touch(kiosk.back_button)
    assert kiosk.pages.currentWidget() is kiosk.departments
    open_topic(kiosk)
    touch(kiosk.public.groups.button(ROADS))
    touch(kiosk.public.entries.button("CF005"))
    touch(kiosk.public.reading.others_button)
    assert page(kiosk) is kiosk.public.entries
    touch(kiosk.public.entries.button("CF005"))
    QTest.mouseClick(kiosk.public.reading, Qt.MouseButton.LeftButton)
    touch(kiosk.public.reading.done_button)
    assert kiosk.pages.currentWidget() is kiosk.departments


@pytest.mark.usefixtures("published")
def test_whoever_walks_away_leaves_the_start_behind(kiosk: Kiosk) -> None:
    open_topic(kiosk)
    assert kiosk.back_timer.isActive()
    kiosk.left_alone.emit()
    assert kiosk.pages.currentWidget() is kiosk.departments


@pytest.mark.usefixtures("published")
def test_it_is_there_without_paper_and_in_large_type(kiosk: Kiosk, lamps: LampFeed) -> None:
    lamps.lamp.emit("小票打印机", "trouble", "小票打印机 /dev/ttyUSB1 不能打印：缺纸。请检查。")
    assert kiosk.offers.public_button.isVisible()
    touch(kiosk.large_button)
    open_topic(kiosk)
    touch(kiosk.public.groups.button(ROADS))
    touch(kiosk.public.entries.button("CF005"))
    assert kiosk.public.reading.text.isVisible()
    assert kiosk.font().pointSizeF() < tokens.PUBLIC_LARGE
    assert kiosk.public.said.font().pointSizeF() == tokens.PUBLIC_LARGE


def test_without_anything_published_or_without_the_database_it_says_so(kiosk: Kiosk, link: Link) -> None:
    open_topic(kiosk)
    assert kiosk.public.said.text() == TOPICS[0].nothing
    touch(kiosk.back_button)
    touch(kiosk.back_button)
    link.away = True
    open_topic(kiosk)
    assert kiosk.public.said.text() == "数据库连不上，请检查网络。"
    touch(kiosk.back_button)
    touch(kiosk.back_button)
    assert kiosk.pages.currentWidget() is kiosk.departments


def test_in_large_type_the_offers_take_two_rows_and_the_tiles_can_be_turned(kiosk: Kiosk, qtbot: QtBot) -> None:
    offers = kiosk.offers
    buttons = [offers.check_in_button, offers.priority_button, offers.several_button]
    buttons += [offers.guide_button, offers.progress_button, offers.public_button]
    assert {button.y() for button in buttons} == {0}
    touch(kiosk.large_button)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 2)
    qtbot.waitUntil(lambda: kiosk.departments.on_button.height() >= tokens.TOUCH_TARGET)
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    touch(kiosk.large_button)
    qtbot.waitUntil(lambda: {button.y() for button in buttons} == {0})


def test_the_list_of_powers_is_read_by_kind(kiosk: Kiosk, store: Store, administrator: Actor) -> None:
    open_topic(kiosk, "powers")
    assert kiosk.public.said.text() == TOPICS[1].nothing
    touch(kiosk.back_button)
    lines = parse_powers(decode(resource("powers/sample.csv").read_bytes(), POWERS_TITLE))
    import_powers(store, administrator, lines=lines)
    touch(kiosk.public.topics.button("powers"))
    assert "行政强制" in kiosk.public.groups.keys
    touch(kiosk.public.groups.button("行政强制"))
    touch(kiosk.public.entries.button("QZ-01"))
    text = kiosk.public.reading.text.text
    for words in ("行政强制法第二十二条至第二十八条", "不收取保管费用", "自 2026-01-01 起施行"):
        assert words in text


def test_where_one_may_stand_is_read_without_any_name(store: Store, administrator: Actor, kiosk: Kiosk) -> None:
    manager = replace(administrator, roles=frozenset({"manager"}))
    stall_sites.open_site(store, manager, new=SITE)
    open_topic(kiosk, "stalls")
    touch(kiosk.public.groups.button("便民疏导点"))
    touch(kiosk.public.entries.button("D1"))
    text = kiosk.public.reading.text.text
    assert "06:00-09:00、17:00-22:00，全年" in text
    assert "共 0 个，空闲 0 个" in text
    assert "摊位由公开抽签决定" in text


def test_a_list_that_cannot_be_read_does_not_call_back_who_has_gone_elsewhere(
    front_as: Callable[[str], Front], qtbot: QtBot
) -> None:
    tasks = SlowReads()
    pages = PublicPages(front_as("supervisor"), tasks)
    qtbot.addWidget(pages)
    tasks.slow = True
    pages.choose_topic(next(topic for topic in TOPICS if topic.code == "powers"))
    pages.go_back()
    tasks.answer()
    assert pages.currentWidget() is pages.topics
    pages.choose_topic(next(topic for topic in TOPICS if topic.code == "powers"))
    assert pages.currentWidget() is pages.said
    assert "权限" in pages.said.text()
