"""打印任务: what waits and asks is answered by keys, with reason and count; who may not answer is told who may."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hall.app.station import Station
from hall.rules.people import Actor
from hall.services import spool
from hall.services.front import Front
from hall.services.spool import Outcome
from hall.settings import PagePrinterSettings, Settings, TraySettings
from hall.store import Store
from hall.windows.admin import Admin
from hall.windows.device_panels import PortPanel
from hall.workers.device_desk import RoleView
from hall.workers.device_roles import ROLES
from hall.workers.found_ports import FoundPort, FoundPorts
from hall.workers.tasks import Tasks

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def front(store: Store, front_of: Callable[..., Front], actor: Actor) -> Front:
    """The clerk at a station that prints slips."""
    return front_of(store, actor, slip=True)


@pytest.fixture
def station(store: Store, home: Path, qapp: QApplication) -> Iterator[Station]:
    """Where the devices would be; it is not started."""
    running = Station(Settings(home), store)
    yield running
    running.stop()


@pytest.fixture
def open_window(
    station: Station, store: Store, front_of: Callable[..., Front], *, link: Tasks, qtbot: QtBot
) -> Callable[[str], Admin]:
    """The window of somebody with a role."""

    def build(role: str) -> Admin:
        front = front_of(store, Actor(8, "李四芳", store.hall_id, frozenset({role})), slip=True)
        window = Admin(front, link, desk=station.desk, changes=station.changes, lamps=station.lamps)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return build


def left_as(front: Front, outcome: Outcome, error: str = "", device: str = "") -> int:
    front.print_guide("XK05")
    job = spool.claim(front.store, printer="slip")
    assert job is not None
    spool.settle(front.store, job_id=job.job_id, outcome=outcome, error=error, device=device)
    return job.job_id


def press(window: Admin, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def states(window: Admin) -> list[str]:
    return [line.job.state for line in window.jobs.list.table.rows]


def test_a_job_that_asks_is_answered_by_one_key(front: Front, open_window: Callable[[str], Admin]) -> None:
    left_as(front, "unknown", "小票打印机停止接收数据")
    left_as(front, "failed", "没有这种纸")
    window = open_window("clerk")
    assert "打印任务（2）" in window.tabs[1].text()
    assert "停止接收数据" in window.jobs.list.facts.words
    press(window, Qt.Key.Key_F8)
    assert window.message.words.endswith("已登记为打印完成。")
    assert states(window) == ["failed"]
    press(window, Qt.Key.Key_F9)
    assert window.message.words.endswith("已作废，不再打印。")
    assert states(window) == []


def test_a_reprint_asks_why_and_counts(front: Front, open_window: Callable[[str], Admin]) -> None:
    left_as(front, "unknown", "缺纸")
    window = open_window("guide")
    press(window, Qt.Key.Key_R, CTRL)
    panel = window.jobs.side.panel
    assert panel is not None
    press(window, Qt.Key.Key_2)
    assert "印有“补打”和次数" in window.message.words
    (line,) = window.jobs.list.table.rows
    assert (line.job.state, line.job.reprint, line.reason) == ("queued", 1, "卡纸、打花")
    assert "补打第 1 次" in window.jobs.list.facts.words
    assert not any(button.isVisible() for button in window.jobs.list.buttons.values())


def test_what_is_out_names_the_printer_that_took_it_and_can_be_printed_again(
    front: Front, open_window: Callable[[str], Admin]
) -> None:
    left_as(front, "printed", device="tcp://10.0.0.9")
    window = open_window("manager")
    assert states(window) == []
    press(window, Qt.Key.Key_3, ALT)
    assert states(window) == ["printed"]
    assert "小票打印机：tcp://10.0.0.9" in window.jobs.list.facts.words
    press(window, Qt.Key.Key_R, CTRL)
    press(window, Qt.Key.Key_3)
    press(window, Qt.Key.Key_3, ALT)
    assert states(window) == ["queued"]


def test_an_administrator_sees_the_jobs_and_who_may_answer(front: Front, open_window: Callable[[str], Admin]) -> None:
    left_as(front, "unknown", "缺纸")
    window = open_window("administrator")
    press(window, Qt.Key.Key_2, ALT)
    assert states(window) == ["unknown"]
    press(window, Qt.Key.Key_F8)
    assert states(window) == ["unknown"]
    assert not window.jobs.list.buttons["printed"].isVisible()


def test_a_change_of_the_spool_is_seen_at_once(
    front: Front, station: Station, open_window: Callable[[str], Admin]
) -> None:
    window = open_window("clerk")
    left_as(front, "unknown", "缺纸")
    station.changes.changed.emit(frozenset({("spool", "1")}))
    assert states(window) == ["unknown"]


def test_the_trays_of_a_print_queue_are_chosen_by_paper(home: Path, qtbot: QtBot) -> None:
    role = next(role for role in ROLES if role.code == "page")
    own = PagePrinterSettings(queue="old", trays=TraySettings(certificate="Manual"))
    settings = Settings(home, page_printer=own)
    found = FoundPorts((FoundPort("queue", "HP", "M404", ("Tray1", "Tray2")), FoundPort("serial", "/dev/a", "串口")))
    panel = PortPanel(RoleView(role, "old", "ok", "正常", ""), found, settings)
    qtbot.addWidget(panel)
    panel.form.set_text("port", "HP")
    panel.form.set_text("form", "Tray2")
    assert panel.changes == {
        "page_printer.queue": "HP",
        "page_printer.trays.plain": "",
        "page_printer.trays.certificate": "Manual",
        "page_printer.trays.form": "Tray2",
    }
    panel.form.set_text("port", "")
    assert panel.changes["page_printer.queue"] == ""
    assert panel.changes["page_printer.trays.form"] == ""
