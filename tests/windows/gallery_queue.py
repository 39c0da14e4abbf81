"""Draws kiosk and guide desk to look at: python tests/windows/gallery_queue.py FOLDER [kiosk|desk]

QT_SCALE_FACTOR=1.5 or 2 draws them as on such a screen.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from hall.demo.house import DemoHouse, build_house
from hall.devices.simulated.cards import LI_RARE, WANG_LONG_TERM, ZHANG_SHILI
from hall.resources import resource
from hall.rules.appointment_file import BookedTime
from hall.rules.authority import station_actor
from hall.rules.csv_table import decode
from hall.rules.intake import proposed_lines
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.rules.violations_file import FILE_TITLE, parse_violations
from hall.services import spool
from hall.services.applications import Application
from hall.services.appointments import import_appointments
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.violations import import_violations
from hall.store.schema.documents import Document
from hall.store.schema.relief import ReliefApplication
from hall.store.schema.stalls import StallApplication
from hall.windows.guide_desk import GuideDesk
from hall.windows.kiosk import Kiosk
from hall.windows.kit import hotkeys
from hall.windows.kit.application import create_application
from hall.workers.card_reader import CardFeed
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed

ALL = frozenset({("*", "")})


class Scene:
    """A furnished hall in the morning: people wait, some have booked, a slip got stuck."""

    def __init__(self, application: QApplication, house: DemoHouse, out: Path) -> None:
        self.application = application
        self.house = house
        self.out = out
        self.store = house.open_store("取号机")
        self.code = ""
        self.changes, self.cards, self.lamps = ChangeFeed(), CardFeed(), LampFeed()
        policy = queue_policy(house.settings.home)
        self.policy = replace(policy, taking=replace(policy.taking, quotas={"XK05": 4, "XK06": 1}))
        self.clerk = self.front(Actor(7, "王某某", self.store.hall_id, frozenset({"clerk"})), slip=False)

    def front(self, actor: Actor, *, slip: bool = True) -> Front:
        """What somebody can do here."""
        return Front(self.store, actor, self.house.settings.home, self.policy, slip)

    def fill(self) -> None:
        """Numbers, appointments, a stuck slip, a skipped number."""
        manager = Actor(8, "李主任", self.store.hall_id, frozenset({"manager"}))
        booked = tuple(
            BookedTime(
                line, f"YY2026{line:04d}", card.name, card.id_number, "13900001234", code, date(2026, 11, 23), at, end
            )
            for line, card, code, at, end in (
                (2, ZHANG_SHILI, "XK05", time(10), time(10, 30)),
                (3, WANG_LONG_TERM, "XK12", time(10, 30), time(11)),
                (4, LI_RARE, "XK01-1", time(14), time(14, 30)),
            )
        )
        import_appointments(self.store, manager, booked=booked)
        for code in ("XK06", "XK05", "XK01-1", "XK12", "XK16", "XK04"):
            self.clerk.taking.issue(code, channel="staff")

    def receive(self) -> None:
        """One application that lacks everything, and one that was accepted."""
        intake = self.clerk.intake
        lines = proposed_lines(intake.look("XK05", ()).matter, ())
        intake.supplement(Application("XK05", ZHANG_SHILI, "", (), subject="向阳路18号"), lines)
        matter = intake.look("XK01-1", ()).matter
        handed = tuple(HandedIn(each.position, each.originals, each.copies) for each in matter.materials)
        accepted = intake.accept(Application(matter.code, WANG_LONG_TERM, "", handed, subject="政务路2号"))
        self.code = accepted.receipt_payload

    def forms(self) -> dict[str, str]:
        """The numbers of applications of the demo house: one that was offered a stall, one whose award is shown."""
        stall = select(StallApplication.number).where(StallApplication.state == "offered")
        relief = select(ReliefApplication.number).where(ReliefApplication.state == "shown")
        with self.store.read() as session:
            return {"stall": session.scalars(stall.limit(1)).one(), "relief": session.scalars(relief.limit(1)).one()}

    def code_of(self, number: str) -> str:
        """What a scanner reads from the paper with the number."""
        with self.store.read() as session:
            return session.scalars(select(Document.code_payload).where(Document.number == number)).one()

    def publish(self) -> None:
        """The shipped benchmarks, published."""
        entries = parse_violations(decode(resource("violations/sample.csv").read_bytes(), FILE_TITLE))
        day, number = date(2025, 12, 20), "莲城管规〔2025〕9号"
        told = tuple(replace(entry, published_on=day, published_as=number) for entry in entries)
        import_violations(
            self.store, Actor(1, "王五平", self.store.hall_id, frozenset({"administrator"})), violations=told
        )

    def settle(self, outcome: spool.Outcome, error: str = "") -> None:
        """What becomes of the slip that waits."""
        job = spool.claim(self.store, printer="slip")
        assert job is not None
        spool.settle(self.store, job_id=job.job_id, outcome=outcome, error=error)
        self.changes.changed.emit(ALL)

    def picture(self, window: QWidget, name: str) -> None:
        """Keep what the window shows."""
        for _ in range(3):
            self.application.processEvents()
        window.grab().save(str(self.out / f"{name}.png"))


def draw_kiosk(scene: Scene, width: int, height: int, *, large: bool) -> None:
    """Every page in one size."""
    front = scene.front(station_actor("kiosk", name="取号机", hall_id=scene.store.hall_id))
    kiosk = Kiosk(front, InlineTasks(), changes=scene.changes, cards=scene.cards, lamps=scene.lamps)
    kiosk.resize(width, height)
    kiosk.show()
    scene.lamps.lamp.emit("读卡器", "ok", "就绪")
    where = f"kiosk-{'wide' if width > height else 'high'}{'-large' if large else ''}"

    def step(number: int, name: str, *deeds: Callable[[], object]) -> None:
        for deed in deeds:
            deed()
        scene.picture(kiosk, f"{where}-{number:02d}-{name}")

    if large:
        kiosk.large_button.click()
    step(1, "start")
    step(2, "matters", lambda: kiosk.choose_department("市政科"))
    step(3, "kinds", kiosk.start_over, kiosk.offers.priority_button.click)
    step(4, "soldier", lambda: kiosk.kinds.button("soldier").click(), lambda: kiosk.choose_department("市容科"))
    step(5, "several", kiosk.start_over, kiosk.offers.several_button.click, lambda: _gather(kiosk, 3))
    step(6, "several-more", kiosk.choice.more_button.click, lambda: kiosk.choose_department("市容科"))
    step(7, "several-five", lambda: _gather(kiosk, 5))
    step(8, "ticket-printing", kiosk.choice.take_button.click)
    step(9, "ticket-out", lambda: scene.settle("printed"))
    step(10, "guide", kiosk.start_over, kiosk.offers.guide_button.click, lambda: _guide(kiosk))
    step(11, "keypad", kiosk.start_over, kiosk.offers.check_in_button.click, lambda: _type(kiosk, "YY20260003"))
    step(12, "keypad-unknown", kiosk.keypad.delete_button.click, kiosk.keypad.enter_button.click)
    step(13, "booked", kiosk.start_over, lambda: scene.cards.card.emit(ZHANG_SHILI))
    step(14, "card", lambda: kiosk.booked.button("other").click())
    step(
        15,
        "ticket-stuck",
        kiosk.start_over,
        lambda: kiosk.choose_matter("XK12"),
        lambda: scene.settle("failed", "卡纸"),
    )
    paper = "小票打印机 /dev/ttyUSB1 不能打印：缺纸。"
    step(16, "paper-out", kiosk.start_over, lambda: scene.lamps.lamp.emit("小票打印机", "trouble", paper))
    scene.lamps.lamp.emit("小票打印机", "ok", "正常")
    step(17, "progress", kiosk.start_over, kiosk.offers.progress_button.click, lambda: _ask(kiosk, "10"))
    step(18, "progress-digits", kiosk.progress.ask.enter_button.click, lambda: _ask(kiosk, ZHANG_SHILI.id_number[-4:]))
    step(19, "progress-supplement", kiosk.progress.ask.enter_button.click)
    step(20, "progress-letters", kiosk.progress.answer.again_button.click, lambda: _letters(kiosk))
    step(21, "progress-refused", lambda: _ask(kiosk, "0XY3"), kiosk.progress.ask.enter_button.click)
    step(22, "progress-review", lambda: kiosk.progress.take_scan(scene.code))
    for name, number in scene.forms().items():
        code = scene.code_of(number)
        step(22, f"progress-{name}", kiosk.progress.answer.again_button.click, partial(kiosk.progress.take_scan, code))
    step(22, "progress-several", kiosk.progress.answer.again_button.click, lambda: _number(kiosk, "2", "0000"))
    step(22, "public", kiosk.start_over, kiosk.offers.public_button.click)
    step(23, "laws", kiosk.public.topics.button("benchmarks").click)
    step(24, "violations", lambda: kiosk.public.choose_group("郑州市城市市容和环境卫生管理条例"))
    step(25, "benchmark", lambda: kiosk.public.entries.button("CF027").click())
    kiosk.close()


def _gather(kiosk: Kiosk, wanted: int) -> None:
    codes = ("XK07", "XK12", "XK01-1", "XK10-1", "XK16")
    for code in codes[:wanted]:
        kiosk.choose_matter(code)


def _guide(kiosk: Kiosk) -> None:
    kiosk.choose_department("市政科")
    kiosk.choose_matter("XK10-1")


def _ask(kiosk: Kiosk, text: str) -> None:
    for sign in text:
        kiosk.progress.ask.keys[sign].click()


def _letters(kiosk: Kiosk) -> None:
    _ask(kiosk, "2")
    kiosk.progress.ask.enter_button.click()
    kiosk.progress.ask.letters_button.click()


def _number(kiosk: Kiosk, serial: str, last_four: str) -> None:
    for text in (serial, last_four):
        _ask(kiosk, text)
        kiosk.progress.ask.enter_button.click()


def _type(kiosk: Kiosk, text: str) -> None:
    for letter in text:
        kiosk.keypad.keys[letter].click()


def draw_desk(scene: Scene) -> None:
    """The guide desk with each of its lists."""
    front = scene.front(Actor(6, "赵导办", scene.store.hall_id, frozenset({"guide"})))
    front.slips.refill(600)
    front.slips.refill(20)
    desk = GuideDesk(front, InlineTasks(), changes=scene.changes, cards=scene.cards, lamps=scene.lamps)
    desk.show()
    for device in ("数据库", "小票打印机", "读卡器"):
        scene.lamps.lamp.emit(device, "ok", "正常")

    def step(number: int, name: str, *deeds: Callable[[], object]) -> None:
        for deed in deeds:
            deed()
        scene.changes.changed.emit(ALL)
        scene.picture(desk, f"desk-{number:02d}-{name}")

    step(1, "start")
    step(2, "picked", lambda: desk.form.pick("XK05"), lambda: scene.cards.card.emit(WANG_LONG_TERM))
    step(3, "several", desk.form.add_button.click, lambda: desk.form.pick("XK07"), desk.form.add_button.click)
    step(4, "soldier", desk.form.kinds["soldier"].click, lambda: desk.form.pick("XK06"))
    step(5, "taken", lambda: desk.form.pick("XK12"), desk.form.take_button.click)
    step(6, "printed", lambda: scene.settle("printed"))
    step(7, "guide", lambda: desk.form.pick("XK10-1"), desk.form.guide_button.click)
    desk._back()
    front.taking.issue("XK16", channel="staff")
    scene.settle("failed", "打印机卡纸")
    step(8, "booked", lambda: desk.lists.open_list(hotkeys.LIST_BOOKED), desk.lists.check_in_button.click)
    scene.settle("printed")
    step(9, "unprinted", lambda: desk.lists.open_list(hotkeys.LIST_UNPRINTED))
    step(10, "void", desk.lists.void_button.click)
    _keep_dialog(scene, desk, "desk-10-void-asked")
    _skip_one(scene)
    step(11, "skipped", lambda: desk.lists.open_list(hotkeys.LIST_SKIPPED))
    step(12, "paper", lambda: desk.lists.open_list(hotkeys.LIST_PAPER))
    desk.lists.refill_button.click()
    _keep_dialog(scene, desk, "desk-13-refill-asked")
    desk.close()


def _keep_dialog(scene: Scene, desk: GuideDesk, name: str) -> None:
    assert desk.dialog is not None
    scene.picture(desk.dialog, name)
    desk.dialog.reject()


def _skip_one(scene: Scene) -> None:
    front = replace(
        scene.clerk, policy=replace(scene.policy, calling=replace(scene.policy.calling, calls_before_skip=1))
    )
    front.calling.call_next(6)
    front.calling.skip(6)


def main(folder: str, what: str = "") -> None:
    application = create_application(["gallery"])
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        scene = Scene(application, build_house(Path(home) / "home"), out)
        scene.fill()
        scene.receive()
        scene.publish()
        if what in {"", "kiosk"}:
            for large in (False, True):
                draw_kiosk(scene, 1080, 1920, large=large)
                draw_kiosk(scene, 1920, 1080, large=large)
        if what in {"", "desk"}:
            draw_desk(scene)
        scene.store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
