"""Draws the supervision screen with everything open: python -m tests.windows.supervision_gallery FOLDER WIDTH HEIGHT"""

from collections.abc import Callable
from datetime import date, datetime

from hall.clock import HALL_ZONE
from hall.services.accountability_records import NewRecord
from hall.services.anomalies import inspect
from hall.services.case_records import add_event, case_locked
from hall.services.front import Front
from hall.services.queue_policy import queue_policy
from hall.services.supervision_rules import supervision_policy
from hall.windows.supervision import Supervision
from hall.workers.lamps import LampFeed
from hall.workers.tasks import InlineTasks
from hall.workers.watcher import ChangeFeed
from tests.services.supervision.bureau import APPROVER, HEAD, MANAGER, OTHER_REVIEWER, REVIEWER, Bureau
from tests.windows.gallery_of_pages import Pictures, Place, draw_gallery

NOW = datetime(2026, 11, 23, 9, 45, tzinfo=HALL_ZONE)
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


def draw(place: Place, pictures: Pictures) -> None:
    """The pages of who judges, who is named, who decides."""
    place.furnish()
    bureau = Bureau(place.store, place.clock, supervision_policy(place.home), place.home)

    def front(account_id: int) -> Front:
        return Front(place.store, bureau.as_role(account_id), place.home, queue_policy(place.home), slip=False)

    bureau.employ()
    fill(bureau, front)
    for account_id, role in ((MANAGER, "manager"), (REVIEWER, "reviewer"), (APPROVER, "approver")):
        window = Supervision(front(account_id), InlineTasks(), changes=ChangeFeed(), lamps=LampFeed())
        pictures.show(window)
        draw_window(window, pictures, role)
        window.close()


def draw_window(window: Supervision, pictures: Pictures, role: str) -> None:
    """Each page, then a panel of each kind."""
    for number in range(4):
        window.show_page(number)
        pictures.draw(window, role, str(number + 1))
    window.show_page(0)
    rows = window.orders.table.rows
    for act in ("find", "reply", "account"):
        row = next((each for each in rows if act in each.acts or act == "account"), None)
        if row is not None:
            window.orders.table.select(row.order_id)
            window.deeds.order_deed(act, row)
            pictures.draw(window, role, act)
            window.side.close_panel()
    window.show_page(2)
    window.deeds.record_deed("decide", window.records.table.rows[0])
    pictures.draw(window, role, "decide")


if __name__ == "__main__":
    draw_gallery(draw, now=NOW)
