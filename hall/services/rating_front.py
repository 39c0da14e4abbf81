"""What one actor can do with ratings: the services with store and actor bound, for the screens."""

from dataclasses import dataclass

from hall.rules.people import Actor
from hall.services import rating_follow_ups, ratings
from hall.services.rating_follow_ups import FollowUpView
from hall.services.ratings import CounterFace
from hall.store import Store


@dataclass(frozen=True, slots=True)
class RatingFront:
    """Every method is one use case."""

    store: Store
    actor: Actor

    def face(self, counter: int) -> CounterFace:
        """What the counter's evaluator shows now, with the visit to be rated."""
        return ratings.counter_face(self.store, self.actor, counter=counter)

    def rate(self, ticket_id: int, counter: int, level: int, *, channel: str) -> int:
        """提交评价 of the visit that the ticket last ended at the counter."""
        return ratings.rate(self.store, self.actor, ticket_id=ticket_id, counter=counter, level=level, channel=channel)

    def follow_ups(self, *, closed: bool = False) -> tuple[FollowUpView, ...]:
        """差评回访: those open, or those closed."""
        return rating_follow_ups.follow_ups(self.store, self.actor, closed=closed)

    def close_follow_up(self, follow_up_id: int, outcome: str) -> None:
        """办结 a follow-up with its outcome."""
        rating_follow_ups.close_follow_up(self.store, self.actor, follow_up_id=follow_up_id, outcome=outcome)
