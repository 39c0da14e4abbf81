"""Draws the counter in every state to look at: [QT_SCALE_FACTOR=1.5] python tests/windows/counter/gallery.py FOLDER."""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hall.clock import FixedClock
from hall.demo.house import HALL, PASSWORD, build_house
from hall.rules.identity import id_check_digit
from hall.services import signing_in
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.requests import NewRequest
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.counter import Counter
from hall.windows.kit.application import create_application
from hall.windows.kit.dialogs import Question
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

MORNING = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TAKEN = (("XK01-1", "ordinary"), ("XK05", "elder"), ("XK01-1", "ordinary"), ("XK12", "disabled"), ("XK05", "ordinary"))


@dataclass
class Studio:
    """One counter window on a hall of its own, and where its pictures go."""

    window: Counter
    front: Front
    clock: FixedClock
    folder: Path

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def keep(self, name: str) -> None:
        """The picture of this moment, also at the smallest size."""
        for width, height in ((1366, 768), (1180, 680)):
            self.window.resize(width, height)
            QApplication.processEvents()
            self.window.grab().save(str(self.folder / f"{name}-{width}.png"))
        self.window.resize(1366, 768)

    def pass_time(self, **length: float) -> None:
        self.clock.instant += timedelta(**length)
        self.window.ticket.reload()


def _open(folder: Path) -> Studio:
    application = create_application(["gallery"])
    house = build_house(Path(tempfile.mkdtemp()))
    clock = FixedClock(MORNING)
    engine = open_engine(house.settings.database_url)
    store = Store(engine, clock=clock, station="3号窗口", hall_code=HALL.code, key_ring=house.key_ring)
    actor = signing_in.sign_in(store, "chuangkou", password=PASSWORD).actor
    home = house.settings.home
    front = Front(store, actor, home, queue_policy(home), slip=False)
    lamps = LampFeed()
    for device, state, detail in (("数据库", "ok", ""), ("小票机", "trouble", "缺纸"), ("读卡器", "ok", "就绪")):
        lamps.heard(device, state, detail)
    application.processEvents()
    window = Counter(front, InlineTasks(), counter=3, changes=ChangeFeed(), cards=CardFeed(), lamps=lamps)
    window.show()
    application.processEvents()
    return Studio(window, front, clock, folder)


def _take(studio: Studio) -> None:
    for matter, priority in TAKEN:
        studio.front.taking.issue(matter, channel="staff", priority=priority)
        studio.clock.instant += timedelta(minutes=2)
    studio.window.ticket.reload()


def _calls(studio: Studio) -> None:
    studio.keep("01-idle")
    _take(studio)
    studio.keep("02-waiting")
    studio.press(Qt.Key.Key_F2)
    studio.keep("03-called")
    studio.pass_time(seconds=11)
    studio.press(Qt.Key.Key_F3)
    studio.pass_time(seconds=11)
    studio.keep("04-recalled")
    studio.press(Qt.Key.Key_F3)
    studio.pass_time(seconds=11)
    studio.press(Qt.Key.Key_F1)
    studio.keep("05-why-first")
    studio.press(Qt.Key.Key_Escape)
    studio.press(Qt.Key.Key_F4)
    studio.press(Qt.Key.Key_F2)
    studio.press(Qt.Key.Key_F11)
    studio.press(Qt.Key.Key_F10)
    studio.keep("06-serving")


def _panels(studio: Studio) -> None:
    for key, name in ((Qt.Key.Key_F5, "07-transfer"), (Qt.Key.Key_F7, "08-hold"), (Qt.Key.Key_F12, "09-more")):
        studio.press(key)
        studio.keep(name)
        studio.press(Qt.Key.Key_Escape)
    studio.press(Qt.Key.Key_F7)
    studio.press(Qt.Key.Key_1)
    _letter(studio, Qt.Key.Key_G, "10-held")
    _letter(studio, Qt.Key.Key_H, "11-skipped")
    _letter(studio, Qt.Key.Key_D, "12-call-given")
    _letter(studio, Qt.Key.Key_W, "13-without-ticket")
    studio.press(Qt.Key.Key_F9)
    studio.keep("14-pause-reasons")
    studio.press(Qt.Key.Key_2)
    studio.keep("15-paused")
    studio.press(Qt.Key.Key_Return)
    studio.press(Qt.Key.Key_F2, SHIFT)
    studio.press(Qt.Key.Key_F2)
    studio.keep("16-preview")
    studio.press(Qt.Key.Key_Escape)
    studio.press(Qt.Key.Key_F2, SHIFT)


def _letter(studio: Studio, key: Qt.Key, name: str) -> None:
    studio.press(Qt.Key.Key_F12)
    studio.press(key)
    studio.keep(name)
    studio.press(Qt.Key.Key_Escape)


def _errand_and_emergency(studio: Studio) -> None:
    front = studio.front
    ticket = front.taking.issue("XK01-1", channel="staff", further=("XK05",))
    front.calling.call_given(6, ticket.code, "照相")
    front.calling.transfer(6, to_counter=3, note="请核对场地证明的日期", come_back=True)
    studio.press(Qt.Key.Key_F2)
    while studio.window.queue.code != ticket.code:
        studio.press(Qt.Key.Key_F8)
        studio.press(Qt.Key.Key_F2)
    studio.keep("26-transferred-here")
    front.calling.emergency(1)
    studio.window.place.reload()
    studio.keep("27-emergency-elsewhere")
    studio.press(Qt.Key.Key_E, CONTROL | SHIFT)
    question = studio.window.findChild(Question)
    assert question is not None
    question.grab().save(str(studio.folder / "28-emergency-question.png"))
    QTest.keyClick(question, Qt.Key.Key_Return)
    studio.keep("29-emergency-here")


def _ways(studio: Studio) -> None:
    """A material is missing: every way the application may go, the notice, what comes, an organisation, questions."""
    window, intake = studio.window, studio.window.intake
    studio.press(Qt.Key.Key_F8)
    digits = "99999919880506001"
    intake.matter.pick("XK05")
    intake.matter.picked.emit("XK05")
    for field, text in (
        (intake.applicant.name, "李试芳"),
        (intake.applicant.number, digits + id_check_digit(digits)),
        (intake.applicant.phone, "13900001234"),
    ):
        field.setText(text)
        field.textEdited.emit(text)
    for row in intake.materials.rows[:2]:
        row.tick.click()
    studio.keep("17-missing")
    for key, name in ((Qt.Key.Key_O, "18-ways"), (Qt.Key.Key_D, "19-particulars"), (Qt.Key.Key_Q, "20-lacking")):
        studio.press(key, CONTROL)
        studio.keep(name)
        studio.press(Qt.Key.Key_Escape)
    studio.press(Qt.Key.Key_B, CONTROL)
    studio.keep("21-notice")
    studio.press(Qt.Key.Key_P, CONTROL)
    QApplication.processEvents()
    preview = window.papers.dialog
    assert preview is not None
    preview.grab().save(str(studio.folder / "21-notice-draft.png"))
    preview.close()
    window.activateWindow()
    QApplication.processEvents()
    studio.press(Qt.Key.Key_Return, CONTROL)
    studio.keep("22-told")
    studio.press(Qt.Key.Key_J, CONTROL)
    studio.keep("23-taken-up")
    studio.press(Qt.Key.Key_Escape)
    studio.press(Qt.Key.Key_T, CONTROL)
    studio.keep("24-organisation")
    studio.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    question = "门前摆两张桌子要不要办临时占道许可，需要带哪些材料"
    new = NewRequest(kind="consultation", category="other", subject="问许可", content=question, matter_code="XK05")
    studio.front.requests.register(new)
    studio.press(Qt.Key.Key_7, CONTROL)
    window.requests.reload()
    studio.keep("25-enquiries")
    studio.press(Qt.Key.Key_Escape)
    studio.press(Qt.Key.Key_Escape)


SCENES: tuple[Callable[[Studio], None], ...] = (_calls, _panels, _ways, _errand_and_emergency)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    studio = _open(folder)
    for scene in SCENES:
        scene(studio)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
