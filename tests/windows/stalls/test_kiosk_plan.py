"""公开查询 at the kiosk: where stalls are, looked at: a word and a colour for each state, free ones found, no name."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from hall.resources import resource
from hall.rules.authority import station_actor
from hall.rules.people import Actor
from hall.services import stall_sites, stall_withdrawals
from hall.services.front import Front
from hall.services.stall_reading import DrawnPlan
from hall.store import Store
from hall.store.schema.certificates import StoredFile
from hall.windows.kiosk import Kiosk
from hall.windows.kiosk_stalls import INVITATION, NO_PLAN
from hall.windows.kit import tokens
from hall.windows.stall_plan import PUBLIC, PlanView
from hall.words import STALL_PUBLIC_STATES
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.stalls.street import SITE, Street
from tests.windows.keyboard import CONTROL, press

HEAD = "摊位号,左,上,宽,高,经营类别,自产自销\n"
MANY = HEAD + "".join(f"{'ABCDEF'[n // 20]}{n % 20 + 1},{n % 20 * 60},{n // 20 * 100},54,80,,\n" for n in range(120))


@pytest.fixture
def kiosk(street: Street, front_of: Callable[[Store, Actor], Front], qtbot: QtBot) -> Kiosk:
    actor = station_actor("kiosk", name="取号机", hall_id=street.store.hall_id)
    front = front_of(street.store, actor)
    window = Kiosk(front, InlineTasks(), changes=ChangeFeed(), cards=CardFeed(), lamps=LampFeed())
    qtbot.addWidget(window)
    window.resize(1080, 1920)
    with qtbot.waitActive(window):
        window.show()
    return window


def touch(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def open_site(kiosk: Kiosk, code: str = "D1") -> PlanView:
    touch(kiosk.offers.public_button)
    touch(kiosk.public.topics.button("stalls"))
    touch(kiosk.public.groups.button("便民疏导点"))
    touch(kiosk.public.entries.button(code))
    return kiosk.public.reading.plan.view


def shown(view: PlanView) -> DrawnPlan:
    assert view._plan is not None
    return view._plan


def key_of(view: PlanView, number: str) -> int:
    return next(each.stall_id for each in shown(view).stalls if each.number == number)


def colour(picture: QImage, view: PlanView, number: str) -> str:
    """In the corner of a stall, where nothing is written."""
    box = view.where(key_of(view, number))
    return picture.pixelColor(QPoint(int(box.left()) + 8, int(box.top()) + 8)).name()


def test_free_stalls_stand_out_and_nobody_who_stands_there_is_named(kiosk: Kiosk, street: Street) -> None:
    held = street.holder()
    stall_sites.close_stall(street.store, street.actor("boss"), stall_id=street.stall("N1").stall_id, reason="管道施工")
    view = open_site(kiosk)
    assert view.isVisible()
    assert shown(view).counts == {"free": 1, "held": 1, "closed": 1}
    free = next(each.number for each in shown(view).stalls if each.state == "free")
    taken = next(each.number for each in shown(view).stalls if each.state == "held")
    picture = view.grab().toImage()
    assert colour(picture, view, free) == QColor(tokens.PUBLIC_SUCCESS).name()
    assert colour(picture, view, taken) == QColor(tokens.SURFACE).name()
    assert "空闲 1，在用 1，停用 1" in view.accessibleDescription()
    name = street.certificate(held).person.name_masked
    everything = f"{view.accessibleDescription()}{kiosk.public.reading.plan.said}{shown(view)!r}"
    assert name not in everything
    assert kiosk.public.reading.text.isVisible()


def test_that_somebody_may_lose_a_stall_or_was_offered_one_is_not_told_to_everybody(
    kiosk: Kiosk, street: Street
) -> None:
    grant_id = street.holder()
    number = street.certificate(grant_id).stall
    stall_withdrawals.propose(
        street.store,
        street.actor("reviewer"),
        grant_id=grant_id,
        ground="idle",
        facts="十月二十日起一直空置",
        evidence="照片六张",
        home=street.home,
    )
    assert street.stall(number).state == "telling"
    street.admitted()
    street.drawn(street.announced())
    assert {"telling", "offered"} <= {street.stall(each).state for each in ("A1", "A2")}
    view = open_site(kiosk)
    assert {each.state for each in shown(view).stalls if each.number in {"A1", "A2"}} == {"held"}
    assert set(STALL_PUBLIC_STATES) >= set(shown(view).counts)


def test_a_finger_and_the_arrows_ask_about_a_stall(kiosk: Kiosk) -> None:
    view = open_site(kiosk)
    plan = kiosk.public.reading.plan
    assert plan.said == INVITATION
    assert view.hasFocus()
    kiosk.back_timer.stop()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.where(key_of(view, "A2")).center().toPoint())
    assert plan.said == "摊位 A2　空闲　不限类别\n没有人，可以到窗口申请，由抽签决定。"
    assert kiosk.back_timer.isActive()
    press(Qt.Key.Key_Right)
    assert plan.said.startswith("摊位 N1　空闲　农副产品（农民自产自销）")
    press(Qt.Key.Key_Home)
    assert plan.said.startswith("摊位 A1")
    kiosk.back_timer.stop()
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton, pos=QPoint(2, plan.height() - 2))
    assert kiosk.back_timer.isActive()


def test_a_finger_that_misses_by_a_little_meets_the_nearest_stall_and_far_away_none(kiosk: Kiosk) -> None:
    view = open_site(kiosk)
    plan = kiosk.public.reading.plan
    box = view.where(key_of(view, "A1"))
    beside = QPoint(int(box.center().x()), int(box.bottom()) + PUBLIC.reach - 10)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=beside)
    assert plan.said.startswith("摊位 A1")
    plan.show_plan(shown(view))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=beside + QPoint(0, 40))
    assert plan.said == INVITATION


def test_of_a_hundred_and_twenty_stalls_each_has_its_state_in_words_and_can_be_enlarged(
    kiosk: Kiosk, street: Street
) -> None:
    street.site(replace(SITE, code="D2", name="大集"), MANY)
    view = open_site(kiosk, "D2")
    plan = kiosk.public.reading.plan
    assert len(shown(view).stalls) == 120
    assert plan.enlarge_button.isVisible()
    assert view.where(key_of(view, "F20")).height() < tokens.TOUCH_TARGET
    assert view.rect().contains(view.where(key_of(view, "F20")).toAlignedRect())
    touch(plan.enlarge_button)
    assert view.where(key_of(view, "A1")).width() >= tokens.TOUCH_TARGET - 1
    assert plan.enlarge_button.text() == "看全图"
    view.setFocus()
    press(Qt.Key.Key_End)
    assert plan.said.startswith("摊位 F20")
    assert view.rect().contains(view.where(key_of(view, "F20")).toAlignedRect())
    assert not view.rect().contains(view.where(key_of(view, "A1")).toAlignedRect())
    press(Qt.Key.Key_Minus, CONTROL)
    assert view.rect().contains(view.where(key_of(view, "A1")).toAlignedRect())
    press(Qt.Key.Key_Equal, CONTROL)
    assert plan.enlarge_button.isChecked()
    view = open_another(kiosk, "D1")
    assert not plan.enlarge_button.isChecked()
    assert not plan.enlarge_button.isVisible()


def open_another(kiosk: Kiosk, code: str) -> PlanView:
    touch(kiosk.public.reading.others_button)
    touch(kiosk.public.entries.button(code))
    return kiosk.public.reading.plan.view


def test_beside_the_words_on_a_wide_screen_and_above_them_on_a_high_one(kiosk: Kiosk, qtbot: QtBot) -> None:
    open_site(kiosk)
    reading = kiosk.public.reading
    assert reading.plan.geometry().bottom() < reading.text.y()
    kiosk.resize(1920, 1080)
    qtbot.waitUntil(lambda: reading.plan.geometry().right() < reading.text.x())
    assert reading.text.geometry().bottom() <= reading.done_button.y()
    touch(kiosk.large_button)
    assert reading.plan.view.height() >= 200


def test_a_site_without_stalls_is_only_words_and_one_with_a_picture_shows_it(kiosk: Kiosk, street: Street) -> None:
    stall_sites.open_site(street.store, street.actor("boss"), new=replace(SITE, code="D3", name="新点"))
    open_site(kiosk, "D3")
    assert not kiosk.public.reading.plan.isVisible()
    assert "共 0 个" in kiosk.public.reading.text.text
    picture = resource("stalls/sample-plan.png").read_bytes()
    stall_sites.set_plan(street.store, street.actor("boss"), site_id=street.site_id, content=picture, home=street.home)
    view = open_another(kiosk, "D1")
    assert shown(view).picture == picture
    box = view.where(key_of(view, "A1"))
    assert not view.grab(box.toRect()).isNull()


def test_a_picture_that_is_damaged_leaves_the_words_and_says_so(kiosk: Kiosk, street: Street) -> None:
    picture = resource("stalls/sample-plan.png").read_bytes()
    stall_sites.set_plan(street.store, street.actor("boss"), site_id=street.site_id, content=picture, home=street.home)
    with street.store.engine.begin() as connection:
        connection.execute(update(StoredFile).values(sha256="0" * 64))
    view = open_site(kiosk)
    assert not view.isVisible()
    assert kiosk.public.reading.plan.said == NO_PLAN
    assert "共 3 个" in kiosk.public.reading.text.text
