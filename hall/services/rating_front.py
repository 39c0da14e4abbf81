"""What one actor can do with ratings: the services with store and actor bound, for the screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.files import Purpose
from hall.rules.people import Actor
from hall.rules.ratings import FollowUpResult
from hall.services import outside_scores, rating_follow_ups, ratings, service_rankings
from hall.services.case_files import FileContent
from hall.services.outside_scores import OutsideScoreRow
from hall.services.rating_follow_ups import FollowUpView
from hall.services.ratings import CounterFace
from hall.services.service_rankings import RankedGroup, Ranking
from hall.services.subject_files import numbered_files
from hall.store import Store


@dataclass(frozen=True, slots=True)
class RatingFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def face(self, counter: int) -> CounterFace:
        """What the counter's evaluator shows now, with the visit to be rated."""
        return ratings.counter_face(self.store, self.actor, counter=counter)

    def rate(self, ticket_id: int, counter: int, level: int, *, channel: str) -> int:
        """提交评价 of the visit that the ticket last ended at the counter."""
        return ratings.rate(self.store, self.actor, ticket_id=ticket_id, counter=counter, level=level, channel=channel)

    def follow_ups(self, *, closed: bool = False) -> tuple[FollowUpView, ...]:
        """差评回访: those open, or those closed."""
        return rating_follow_ups.follow_ups(self.store, self.actor, closed=closed)

    def call_back(self, follow_up_id: int, words: str, *, reached: bool) -> None:
        """登记回访."""
        rating_follow_ups.call_back(self.store, self.actor, follow_up_id=follow_up_id, reached=reached, words=words)

    def correct(self, follow_up_id: int, done: str, *, proof: str) -> None:
        """登记整改 with its proof."""
        rating_follow_ups.correct(self.store, self.actor, follow_up_id=follow_up_id, done=done, proof=proof)

    def prove(self, follow_up_id: int, paths: Sequence[Path], *, title: str, purpose: Purpose) -> int:
        """存证明 from files of this computer; gives how many there are now."""
        files = numbered_files(paths, title=title, purpose=purpose, home=self.home, store=self.store)
        return rating_follow_ups.prove(self.store, self.actor, follow_up_id=follow_up_id, files=files, home=self.home)

    def look(self, follow_up_id: int) -> tuple[FileContent, ...]:
        """看证明."""
        return rating_follow_ups.look(self.store, self.actor, follow_up_id=follow_up_id)

    def close_follow_up(self, follow_up_id: int, outcome: str, *, result: FollowUpResult) -> None:
        """办结 a follow-up with its result."""
        rating_follow_ups.close_follow_up(
            self.store, self.actor, follow_up_id=follow_up_id, result=result, outcome=outcome, home=self.home
        )

    def ranking(self, month: date, group: RankedGroup) -> Ranking:
        """排名 of a month's counters or matters."""
        return service_rankings.ranking(self.store, self.actor, month=month, group=group, home=self.home)

    def outside_scores(self) -> tuple[OutsideScoreRow, ...]:
        """外部评议."""
        return outside_scores.scores(self.store, self.actor)
