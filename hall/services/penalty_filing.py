"""A case that was to end on the spot becomes a case of the general procedure (转为普通程序, 行政处罚法 51, 54)."""

from hall.clock import business_date
from hall.errors import Refused
from hall.rules.authority import require
from hall.rules.people import Actor
from hall.services.penalty_records import add_penalty_event, penalty_locked, settle_penalty, take_duty
from hall.services.reasons import reason_for
from hall.store import Store
from hall.store.retrying import retried


class NotSimple(Refused):
    """There is nothing to turn: the case is a general one, or it has ended."""

    def __init__(self) -> None:
        super().__init__("只有还没有决定的简易程序案件可以转为普通程序，请刷新后再看。")


@retried
def to_general(store: Store, actor: Actor, *, case_id: int, reason: str) -> None:
    """转为普通程序: filed today, from when its ninety days count (行政处罚法 60).

    For what the spot is not made for: leniency, a fine above its limits, facts that are not clear. Raises NotSimple.
    """
    require(actor, "penalty.investigate")
    why = reason_for("转为普通程序", reason)
    with store.work("penalty.to_general", actor) as work:
        case = penalty_locked(work, case_id)
        take_duty(work, case, "investigate")
        if case.procedure != "simple" or case.state != "filed":
            raise NotSimple
        case.procedure, case.filed_on = "general", business_date(work.now)
        add_penalty_event(work, case, "to_general", note=why)
        settle_penalty(work, case, procedure="general")
