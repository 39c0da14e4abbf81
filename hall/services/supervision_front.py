"""What one actor can do about supervision: orders, messages, anomalies, accountability, for the screens."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.supervision import Colour, PleaFinding
from hall.services import case_notices, supervision, supervision_reading, urging
from hall.services.case_notices import NoticeView
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
        return case_notices.unseen_notices(self.store, self.actor)

    def notice_count(self) -> int:
        """How many."""
        return case_notices.unseen_count(self.store, self.actor)

    def see(self, notice_ids: tuple[int, ...]) -> int:
        """Put them away."""
        return case_notices.see_notices(self.store, self.actor, notice_ids=notice_ids)

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

    def urge(self, case_id: int, by: UrgedBy, text: str = "") -> int:
        """催办; gives how often it has been."""
        return urging.urge(self.store, self.actor, case_id=case_id, by=by, text=text)
