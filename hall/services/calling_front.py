"""What a clerk can do with tickets at a counter: the services with store, actor and policy bound, for the screens."""

from dataclasses import dataclass

from hall.rules.people import Actor
from hall.rules.queue_policy import QueuePolicy
from hall.services import queueing, serving
from hall.services.ticket_records import Called
from hall.store import Store


@dataclass(frozen=True, slots=True)
class CallingFront:
    """Every method is one use case at the counter named by its number."""

    store: Store
    actor: Actor
    policy: QueuePolicy

    def present(self, counter: int) -> Called | None:
        """The ticket now at the counter, e.g. after a restart."""
        return serving.present(self.store, self.actor, counter=counter)

    def call_next(self, counter: int) -> Called:
        """叫下一号."""
        return queueing.call_next(self.store, self.actor, counter=counter, policy=self.policy)

    def recall(self, counter: int) -> Called:
        """重呼."""
        return queueing.recall(self.store, self.actor, counter=counter)

    def start(self, counter: int) -> None:
        """The person has come."""
        serving.start(self.store, self.actor, counter=counter)

    def skip(self, counter: int) -> None:
        """过号."""
        serving.skip(self.store, self.actor, counter=counter)

    def finish(self, counter: int) -> None:
        """办结."""
        serving.finish(self.store, self.actor, counter=counter)
