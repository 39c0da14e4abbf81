"""Draws the supervision screen with everything open: python tests/windows/supervision_gallery.py FOLDER WIDTH HEIGHT"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from hall.clock import HALL_ZONE, FixedClock
from hall.resources import resource
from hall.rules.catalogue_file import FILE_TITLE, parse_catalogue
from hall.rules.csv_table import decode
from hall.rules.people import Actor
from hall.services.accountability_records import NewRecord
from hall.services.anomalies import inspect
from hall.services.case_records import add_event, case_locked
from hall.services.catalogue import import_matters
from hall.services.foundation import lay_foundation
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.supervision_rules import supervision_policy
from hall.store import Store
from hall.store.engine import open_engine
from hall.store.secrets import KeyRing
from hall.windows.kit.application import create_application
from hall.windows.supervision import Supervision
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.conftest import HALL_CODE, build
from tests.services.supervision.bureau import APPROVER, HEAD, MANAGER, OTHER_REVIEWER, REVIEWER, Bureau

ARTICLE = "行政许可法第七十四条第（三）项"


def fill(bureau: Bureau, front: Callable[[int], Front]) -> None:
    """Cards of every colour and state, a record, anomalies."""
    late = [bureau.open_case(promised=5) for _ in range(3)]
    near = bureau.open_case(promised=9, statutory=None)
    bureau.noon("11-25")
    bureau.give(late[0], OTHER_REVIEWER, acting_for=REVIEWER)
    bureau.give(late[1], HEAD, state="examining")
    bureau.noon("12-01")
    bureau.fire_all()
    first, second, _ = [order.id for order in bureau.orders()]
    front(REVIEWER).supervision.reply(
        first, "勘查已于11月30日完成，因下雨推迟一次；今日提出审查意见，以后提前两日预约勘查。"
    )
    front(HEAD).supervision.plead(second, "材料11月27日才移交到科室，附交接单。")
    front(MANAGER).supervision.supervise(
        near, "blue", "slow", reason="申请人反映三天无人联系", order="请当日联系申请人并告知进度"
    )
    new = NewRecord(
        case_id=late[0], subject_id=REVIEWER, facts="超过承诺时限1个工作日，未事先说明", article=ARTICLE, order_id=first
    )
    front(MANAGER).supervision.open_record(new)
    with bureau.store.work("test.event", bureau.as_role(REVIEWER)) as work:
        add_event(work, case_locked(work, late[2]), "visit", day=date(2026, 11, 26))
        work.audit("test")
    inspect(bureau.store, case_id=late[2], policy=bureau.policy)
    bureau.noon("12-04")
    bureau.fire_all()


def main(folder: Path, width: int, height: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = create_application(["gallery"])
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        clock = FixedClock(datetime(2026, 11, 23, 9, 45, tzinfo=HALL_ZONE))
        store = furnished(f"sqlite:///{home / 'hall.db'}", clock)
        bureau = Bureau(store, clock, supervision_policy(home), home)

        def front(account_id: int) -> Front:
            return Front(store, bureau.as_role(account_id), home, queue_policy(home), slip=False)

        bureau.employ()
        fill(bureau, front)
        for account_id, role in ((MANAGER, "manager"), (REVIEWER, "reviewer"), (APPROVER, "approver")):
            window = Supervision(front(account_id), InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
            draw(window, folder, role, (width, height))
            window.close()
        application.processEvents()
        store.close()


def furnished(url: str, clock: FixedClock) -> Store:
    """A hall with the shipped catalogue and schedules, without accounts."""
    build(url)
    store = Store(open_engine(url), clock=clock, station="主任", hall_code=HALL_CODE, key_ring=KeyRing.new())
    lay_foundation(store, counters=4)
    administrator = Actor(9, "王五平", store.hall_id, frozenset({"administrator"}))
    text = decode(resource("catalogue/sample.csv").read_bytes(), FILE_TITLE)
    import_matters(store, administrator, matters=parse_catalogue(text))
    return store


def draw(window: Supervision, folder: Path, name: str, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.show()
    for number in range(4):
        window.show_page(number)
        QApplication.processEvents()
        window.grab().save(str(folder / f"{name}-{number + 1}-{size[0]}.png"))
    window.show_page(0)
    rows = window.orders.table.rows
    for act in ("find", "reply", "account"):
        row = next((each for each in rows if act in each.acts or act == "account"), None)
        if row is not None:
            window.orders.table.select(row.order_id)
            window.deeds.order_deed(act, row)
            QApplication.processEvents()
            window.grab().save(str(folder / f"{name}-{act}-{size[0]}.png"))
            window.side.close_panel()
    window.show_page(2)
    record = window.records.table.rows[0]
    window.deeds.record_deed("decide", record)
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}-decide-{size[0]}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
