"""Draws the desk to look at: python tests/windows/desk_gallery.py FOLDER [LOGIN] [WIDTH HEIGHT].

LOGIN of the demo house, or `after`: what comes after the decision, in a bureau of its own.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.demo.house import HALL, PASSWORD, build_house
from hall.rules.people import Actor
from hall.services import signing_in
from hall.services.case_files import NewFile
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.serving_papers import Service
from hall.store import Store
from hall.store.engine import open_engine
from hall.windows.desk import Desk
from hall.windows.desk_panels import PANELS
from hall.windows.desk_service_panels import ServePanel
from hall.windows.kit.application import create_application
from hall.words import SERVICE_WAYS
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.after.aftermath import PNG, Aftermath

MORNING = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


def main() -> None:
    """One picture of the desk, and one of each panel that the case allows."""
    folder = Path(sys.argv[1])
    login = sys.argv[2] if len(sys.argv) > 2 else "shizheng"
    size = (int(sys.argv[3]), int(sys.argv[4])) if len(sys.argv) > 4 else (1366, 768)
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    house = build_house(Path(tempfile.mkdtemp()))
    home, clock = house.settings.home, FixedClock(MORNING.astimezone(HALL_ZONE))
    store = Store(
        open_engine(house.settings.database_url),
        clock=clock,
        station="办公室",
        hall_code=HALL.code,
        key_ring=house.key_ring,
    )
    if login == "after":
        draw_after(store, clock, home, folder, size)
    else:
        actor = signing_in.sign_in(store, login, password=PASSWORD).actor
        desk = open_desk(store, actor, home, size)
        keep(desk, folder / f"{login}-desk.png")
        draw_acts(desk, folder, login, PANELS)
    application.processEvents()
    store.close()


def open_desk(store: Store, actor: Actor, home: Path, size: tuple[int, int]) -> Desk:
    front = Front(store, actor, home, queue_policy(home), slip=False)
    lamps = LampFeed()
    lamps.heard("数据库", "ok", "")
    desk = Desk(front, InlineTasks(), changes=ChangeFeed(), lamps=lamps)
    desk.resize(*size)
    desk.show()
    return desk


def draw_acts(desk: Desk, folder: Path, name: str, acts: Iterable[str]) -> None:
    file = desk.page.file
    offered = [act.name for act in file.acts] if file else []
    for act in acts:
        if act in offered:
            desk.begin_act(act)
            keep(desk, folder / f"{name}-{act}.png")


def draw_after(store: Store, clock: FixedClock, home: Path, folder: Path, size: tuple[int, int]) -> None:
    bureau = Aftermath(store, clock, home)
    bureau.employ()
    reviews_of_earlier_days(bureau)
    keep(open_desk(store, bureau.people["reviewer"], home, size), folder / "desk.png")
    cases = cases_after(bureau)
    for name, login, acts in (
        ("decided", "clerk", ("certify",)),
        ("certified", "clerk", ("tell", "serve")),
        ("posted", "clerk", ("serve",)),
        ("review", "everything", ("withdraw", "terminate")),
        ("review", "reviewer", ()),
        ("finished", "clerk", ("archive",)),
        ("withdrawn", "clerk", ("archive",)),
        ("denied", "approver", ("bar",)),
        ("archived", "clerk", ("volume",)),
        ("archived", "boss", ("reopen",)),
    ):
        desk = open_desk(store, bureau.people[login], home, size)
        desk.open_case(cases[name])
        keep(desk, folder / f"after-{name}-{login}.png")
        draw_acts(desk, folder, f"after-{name}", acts)
        if name == "certified":
            draw_ways(desk, folder)
        if name == "finished":
            draw_lists_and_files(desk, folder, bureau.case(cases["archived"]).receipt_number)
        desk.close()


def draw_ways(desk: Desk, folder: Path) -> None:
    panel = desk.panel
    assert isinstance(panel, ServePanel)
    for way in SERVICE_WAYS:
        panel.form.set_text("step", way)
        keep(desk, folder / f"after-certified-serve-{way}.png")
    panel.form.set_text("step", "left")
    panel.submit()
    keep(desk, folder / "after-certified-serve-refused.png")


def draw_lists_and_files(desk: Desk, folder: Path, archived: str) -> None:
    assert desk.page.file is not None
    desk.files.ask(desk.page.file, ["营业执照.pdf", "现场照片1.jpg"])
    keep(desk, folder / "after-files-keep.png")
    desk.files.void(desk.page.file.files[0])
    keep(desk, folder / "after-files-void.png")
    desk.side.close_panel()
    desk.lists.open_list("to_archive")
    keep(desk, folder / "after-list-to-archive.png")
    desk.lists.text.setText(archived)
    desk.lists.asked.emit()
    keep(desk, folder / "after-list-found.png")


def reviews_of_earlier_days(bureau: Aftermath) -> None:
    """What a reviewer has in hand two weeks later; the most urgent one with a visit and a question that waits."""
    code = bureau.licence("XK05-R", steps=bureau.steps(reviewing=12))
    taken = [bureau.under_review(code)]
    for day in (24, 26, 30):
        bureau.on_day(date(2026, 11, day))
        taken.append(bureau.under_review(code))
    bureau.on_day(date(2026, 12, 4))
    desk = bureau.desk("reviewer")
    desk.make_visit(
        taken[0], desk.book_visit(taken[0], at=bureau.clock.instant, place="向阳路18号门前"), bureau.visit_record()
    )
    desk.consult(
        taken[0], unit="交警大队", question="占用非机动车道是否影响通行", answer_by=bureau.today + timedelta(days=5)
    )
    bureau.on(2026, 12, 7, 2)


def cases_after(bureau: Aftermath) -> dict[str, int]:
    """A case at every stage after the decision."""
    code = bureau.licence("XK05-G", safety=True, legal_review=False, refusal_report=False)
    cases = {
        "decided": bureau.decided(code),
        "certified": bureau.certified(code)[0],
        "posted": bureau.certified(code)[0],
    }
    papers = bureau.to_serve(cases["posted"])
    bureau.closing().serve(cases["posted"], papers, Service(way="post", sent_on=bureau.today, postal_number="XA0012"))
    cases |= {"review": bureau.under_review(code), "finished": bureau.finished(code), "denied": bureau.denied(code)}
    cases["withdrawn"] = bureau.under_review(code)
    bureau.closing().withdraw(cases["withdrawn"], "申请人来函，活动取消")
    cases["archived"] = bureau.finished(code)
    bureau.files().add(cases["finished"], NewFile("营业执照", "material", PNG, material=1))
    bureau.closing().archive(cases["archived"])
    bureau.files().add(cases["archived"], NewFile("补充说明", "other", PNG))
    return cases


def keep(desk: Desk, path: Path) -> None:
    for _ in range(5):  # a layout in a layout settles one round after the other
        QApplication.processEvents()
    desk.grab().save(str(path))


if __name__ == "__main__":
    main()
