"""What one actor can do about supervision: orders, messages, anomalies, accountability, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.accountability import Decision
from hall.rules.people import Actor
from hall.rules.supervision import Colour, PleaFinding
from hall.services import (
    accountability,
    accountability_reading,
    anomalies,
    subject_notices,
    supervision,
    supervision_reading,
    urging,
)
from hall.services.accountability_reading import RecordView
from hall.services.accountability_records import NewRecord
from hall.services.anomalies import AnomalyView
from hall.services.subject_notices import NoticeView
from hall.services.supervision_reading import OrderView
from hall.services.supervision_rules import supervision_policy
from hall.services.urging import UrgedBy
from hall.store import Store


@dataclass(frozen=True, slots=True)
class SupervisionFront:
    """Every method is one use case; the tables are read anew each time, so a change holds at once."""

    store: Store
    actor: Actor
    home: Path

    def notices(self) -> tuple[NoticeView, ...]:
        """Messages that wait for the actor, the newest first."""
        return subject_notices.unseen_notices(self.store, self.actor)

    def notice_count(self) -> int:
        """How many."""
        return subject_notices.unseen_count(self.store, self.actor)

    def see(self, notice_ids: tuple[int, ...]) -> int:
        """Put them away."""
        return subject_notices.see_notices(self.store, self.actor, notice_ids=notice_ids)

    def orders(self, *, closed: bool = False) -> tuple[OrderView, ...]:
        """Open orders by the next reply, or closed ones, the newest first."""
        return supervision_reading.orders(self.store, self.actor, closed=closed)

    def order(self, order_id: int) -> OrderView:
        """One order."""
        return supervision_reading.order(self.store, self.actor, order_id=order_id)

    def orders_of_case(self, case_id: int) -> tuple[OrderView, ...]:
        """Every order on a case, the newest first."""
        return supervision_reading.orders_of_case(self.store, self.actor, case_id=case_id)

    def supervise(self, case_id: int, colour: Colour, cause: str, *, reason: str, order: str = "") -> int:
        """督办 by hand."""
        return supervision.supervise(
            self.store,
            self.actor,
            case_id=case_id,
            colour=colour,
            cause=cause,
            reason=reason,
            order=order,
            policy=supervision_policy(self.home),
            home=self.home,
        )

    def supervise_one(self, case_id: int, colour: Colour, cause: str, *, reason: str, order: str = "") -> bool:
        """督办, one of several cases; False where the same order waits for its answer already."""
        try:
            self.supervise(case_id, colour, cause, reason=reason, order=order)
        except supervision.SameOrder:
            return False
        return True

    def reply(self, order_id: int, text: str) -> None:
        """回复."""
        supervision.reply(self.store, self.actor, order_id=order_id, text=text)

    def plead(self, order_id: int, text: str) -> None:
        """申辩."""
        supervision.plead(self.store, self.actor, order_id=order_id, text=text)

    def find_plea(self, order_id: int, finding: PleaFinding, reason: str) -> None:
        """审理申辩."""
        policy = supervision_policy(self.home)
        supervision.find_plea(self.store, self.actor, order_id=order_id, finding=finding, reason=reason, policy=policy)

    def return_reply(self, order_id: int, reason: str) -> None:
        """退回重报."""
        policy = supervision_policy(self.home)
        supervision.return_reply(self.store, self.actor, order_id=order_id, reason=reason, policy=policy)

    def settle(self, order_id: int) -> None:
        """核销."""
        supervision.settle(self.store, self.actor, order_id=order_id)

    def escalate(self, order_id: int, reason: str) -> int:
        """升级; gives the key of the next order."""
        policy = supervision_policy(self.home)
        return supervision.escalate(
            self.store, self.actor, order_id=order_id, reason=reason, policy=policy, home=self.home
        )

    def withdraw(self, order_id: int, reason: str) -> None:
        """撤销."""
        supervision.withdraw(self.store, self.actor, order_id=order_id, reason=reason)

    def urge(self, case_id: int, by: UrgedBy, text: str = "") -> int:
        """催办; gives how often it has been."""
        return urging.urge(self.store, self.actor, case_id=case_id, by=by, text=text)

    def anomalies(self, *, reviewed: bool = False) -> tuple[AnomalyView, ...]:
        """异常 that nobody has judged, or that somebody has."""
        return anomalies.open_anomalies(self.store, self.actor, reviewed=reviewed)

    def review_anomaly(self, anomaly_id: int, verdict: str, explanation: str) -> None:
        """核查."""
        anomalies.review(self.store, self.actor, anomaly_id=anomaly_id, verdict=verdict, explanation=explanation)

    def records(self, *, closed: bool = False) -> tuple[RecordView, ...]:
        """责任追究, the newest first."""
        policy = supervision_policy(self.home)
        return accountability_reading.records(self.store, self.actor, closed=closed, policy=policy)

    def record(self, record_id: int) -> RecordView:
        """One of them."""
        policy = supervision_policy(self.home)
        return accountability_reading.record(self.store, self.actor, record_id=record_id, policy=policy)

    def open_record(self, new: NewRecord) -> int:
        """登记责任追究; gives its key."""
        return accountability.open_record(self.store, self.actor, new=new, home=self.home)

    def plead_record(self, record_id: int, text: str) -> None:
        """陈述申辩."""
        accountability.plead(self.store, self.actor, record_id=record_id, text=text)

    def decide_record(self, record_id: int, decision: Decision, *, correction: bool = False) -> None:
        """作出决定."""
        accountability.decide(
            self.store,
            self.actor,
            record_id=record_id,
            decision=decision,
            correction=correction,
            policy=supervision_policy(self.home),
            home=self.home,
        )

    def deliver_record(self, record_id: int, on: date) -> None:
        """登记送达."""
        accountability.deliver(self.store, self.actor, record_id=record_id, on=on)

    def appeal_record(self, record_id: int, text: str) -> None:
        """申诉."""
        policy = supervision_policy(self.home)
        accountability.appeal(self.store, self.actor, record_id=record_id, text=text, policy=policy)

    def review_appeal(self, record_id: int, finding: PleaFinding) -> None:
        """复核申诉."""
        accountability.review_appeal(self.store, self.actor, record_id=record_id, finding=finding)

    def correct_record(self, record_id: int, text: str) -> None:
        """登记整改."""
        accountability.correct(self.store, self.actor, record_id=record_id, text=text)

    def close_record(self, record_id: int, *, published: bool) -> None:
        """结案."""
        accountability.close(self.store, self.actor, record_id=record_id, published=published)
