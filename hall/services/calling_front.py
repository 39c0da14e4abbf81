"""What a clerk can do with tickets at a counter: the services with store, actor and policy bound, for the screens."""

from collections.abc import Mapping
from dataclasses import dataclass

from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services import (
    call_reasons,
    calling_given,
    choosing,
    counter_matters,
    counter_reading,
    counters,
    holding,
    queueing,
    releasing,
    returning,
    serving,
    skipping,
    transferring,
    without_ticket,
)
from hall.services.counter_reading import CounterView
from hall.services.holding import HeldTicket
from hall.services.skipping import SkippedTicket
from hall.services.ticket_records import Called
from hall.store import Store


@dataclass(frozen=True, slots=True)
class CallingFront:
    """Every method is one use case; counters are named by their number."""

    store: Store
    actor: Actor
    policy: QueuePolicy

    def present(self, counter: int) -> Called | None:
        """The ticket now at the counter, e.g. after a restart."""
        return serving.present(self.store, self.actor, counter=counter)

    def call_next(self, counter: int) -> Called:
        """叫下一号; opens a closed counter."""
        return queueing.call_next(self.store, self.actor, counter=counter, policy=self.policy)

    def choose_next(self, counter: int) -> Called:
        """预览: the next ticket, not yet announced and without its person."""
        return queueing.choose_next(self.store, self.actor, counter=counter, policy=self.policy)

    def announce(self, counter: int) -> Called:
        """呼叫 the ticket that was chosen."""
        return choosing.announce(self.store, self.actor, counter=counter)

    def call_given(self, counter: int, code: str, reason: str) -> Called:
        """点呼: a waiting or skipped number out of its order."""
        return calling_given.call_given(self.store, self.actor, counter=counter, code=code, reason=reason)

    def why(self, code: str) -> str:
        """为什么先叫这个号, in one sentence."""
        return call_reasons.why(self.store, self.actor, code=code)

    def recall(self, counter: int) -> Called:
        """重呼, after the least time between two calls."""
        return queueing.recall(self.store, self.actor, counter=counter, policy=self.policy)

    def arrive(self, counter: int) -> None:
        """确认到窗口."""
        serving.arrive(self.store, self.actor, counter=counter)

    def start(self, counter: int) -> None:
        """开始办理."""
        serving.start(self.store, self.actor, counter=counter)

    def finish(self, counter: int) -> Called | None:
        """办结. Gives the ticket when its next matter is served at the same counter."""
        return serving.finish(self.store, self.actor, counter=counter, policy=self.policy)

    def hold(self, counter: int, reason: str) -> None:
        """挂起: park the ticket here."""
        holding.hold(self.store, self.actor, counter=counter, reason=reason)

    def held(self, counter: int) -> tuple[HeldTicket, ...]:
        """What is parked here, the longest first."""
        return holding.held(self.store, self.actor, counter=counter)

    def resume(self, counter: int, ticket_id: int) -> Called:
        """恢复办理 of a parked ticket; the counter has to be free."""
        return holding.resume(self.store, self.actor, counter=counter, ticket_id=ticket_id)

    def give_back(self, counter: int, reason: str) -> None:
        """退回排队, keeping its place."""
        returning.give_back(self.store, self.actor, counter=counter, reason=reason)

    def transfer(
        self,
        counter: int,
        *,
        matter_code: str | None = None,
        to_counter: int | None = None,
        note: str = "",
        come_back: bool = False,
    ) -> None:
        """转移 to a matter, a counter or both."""
        transferring.transfer(
            self.store,
            self.actor,
            counter=counter,
            policy=self.policy,
            matter_code=matter_code,
            to_counter=to_counter,
            note=note,
            come_back=come_back,
        )

    def send_back(self, counter: int, note: str = "") -> None:
        """送回 to the counter that sent it."""
        transferring.send_back(self.store, self.actor, counter=counter, note=note)

    def skip(self, counter: int) -> None:
        """过号, after enough calls."""
        skipping.skip(self.store, self.actor, counter=counter, policy=self.policy)

    def skipped(self) -> tuple[SkippedTicket, ...]:
        """Today's skipped tickets, the latest first."""
        return skipping.skipped(self.store, self.actor)

    def requeue(self, ticket_id: int) -> None:
        """过号重排: back into the queue, some places behind its head."""
        skipping.requeue(self.store, self.actor, ticket_id=ticket_id, policy=self.policy)

    def cancel(self, ticket_id: int, reason: str) -> None:
        """作废."""
        releasing.cancel(self.store, self.actor, ticket_id=ticket_id, reason=reason)

    def release(self, ticket_id: int, reason: str, *, cancel: bool = False) -> None:
        """释放 a stuck ticket (manager): back to the queue, or cancelled."""
        releasing.release(self.store, self.actor, ticket_id=ticket_id, reason=reason, cancel=cancel)

    def serve_without_ticket(self, counter: int, matter_code: str) -> Called:
        """直接办理 of somebody without a ticket."""
        return without_ticket.serve_without_ticket(
            self.store, self.actor, counter=counter, matter_code=matter_code, policy=self.policy
        )

    def counters(self) -> tuple[CounterView, ...]:
        """Every counter now."""
        return counter_reading.counters(self.store, self.actor)

    def open_counter(self, counter: int) -> None:
        """开放."""
        counters.open_counter(self.store, self.actor, counter=counter)

    def pause(self, counter: int, reason: str) -> None:
        """暂停 for one of `policy.pause_reasons`."""
        counters.pause(self.store, self.actor, counter=counter, reason=reason, policy=self.policy)

    def unpause(self, counter: int) -> None:
        """恢复 after a pause."""
        counters.unpause(self.store, self.actor, counter=counter)

    def close_counter(self, counter: int) -> None:
        """关闭."""
        counters.close_counter(self.store, self.actor, counter=counter)

    def emergency(self, counter: int) -> None:
        """紧急求助."""
        counters.emergency(self.store, self.actor, counter=counter)

    def calm(self, counter: int) -> None:
        """解除求助."""
        counters.calm(self.store, self.actor, counter=counter)

    def set_matters(self, counter: int, matters: Mapping[str, int]) -> None:
        """调整窗口事项 (manager): code → head start in minutes; none means every matter."""
        counter_matters.set_matters(self.store, self.actor, counter=counter, matters=matters)
