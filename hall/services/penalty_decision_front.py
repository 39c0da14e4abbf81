"""What one actor can do with a penalty case up to its decision: propose, tell, hear, review, discuss, decide."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.services import (
    on_spot,
    penalty_choices,
    penalty_decisions,
    penalty_hearings,
    penalty_proposals,
    penalty_reviews,
    penalty_telling,
)
from hall.services.issuing import Issued
from hall.services.on_spot import OnSpot
from hall.services.penalty_choices import ProposalChoices, SpanView
from hall.services.penalty_decisions import NewDecision
from hall.services.penalty_hearings import NewHearing
from hall.services.penalty_measures import Chosen
from hall.services.penalty_proposals import NewProposal
from hall.services.penalty_reviews import Minutes
from hall.services.penalty_telling import Defence
from hall.store import Store


@dataclass(frozen=True, slots=True)
class PenaltyDecisionFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def choices(self, case_id: int) -> ProposalChoices:
        """The tiers that govern, the alerts, the lock."""
        return penalty_choices.proposal_choices(self.store, self.actor, case_id=case_id, home=self.home)

    def spans(self, case_id: int, chosen: Chosen) -> SpanView:
        """What a tier comes to."""
        return penalty_choices.spans(self.store, self.actor, case_id=case_id, chosen=chosen)

    def draft_reasons(self, case_id: int, proposal: NewProposal) -> str:
        """The reasons as proposed, with gaps."""
        return penalty_proposals.draft_reasons(self.store, self.actor, case_id=case_id, proposal=proposal)

    def propose(self, case_id: int, proposal: NewProposal) -> int:
        """拟定处罚意见."""
        return penalty_proposals.propose(self.store, self.actor, case_id=case_id, proposal=proposal, home=self.home)

    def tell(self, case_id: int, *, handed_over: bool) -> Issued:
        """告知当事人."""
        return penalty_telling.tell(self.store, self.actor, case_id=case_id, handed_over=handed_over, home=self.home)

    def received(self, case_id: int, received_on: date) -> None:
        """A notice that was sent has arrived."""
        penalty_telling.received(self.store, self.actor, case_id=case_id, received_on=received_on, home=self.home)

    def defend(self, case_id: int, defence: Defence) -> None:
        """登记陈述申辩."""
        penalty_telling.defend(self.store, self.actor, case_id=case_id, defence=defence, home=self.home)

    def ask_hearing(self, case_id: int, asked_on: date) -> None:
        """登记听证申请."""
        penalty_hearings.ask_hearing(self.store, self.actor, case_id=case_id, asked_on=asked_on, home=self.home)

    def notice_hearing(self, case_id: int, hearing: NewHearing) -> Issued:
        """听证通知."""
        return penalty_hearings.notice_hearing(self.store, self.actor, case_id=case_id, hearing=hearing, home=self.home)

    def hear(self, case_id: int, record: str) -> None:
        """登记听证."""
        penalty_hearings.hear(self.store, self.actor, case_id=case_id, record=record, home=self.home)

    def review(self, case_id: int, opinion: str, *, agrees: bool) -> None:
        """法制审核."""
        penalty_reviews.review(self.store, self.actor, case_id=case_id, agrees=agrees, opinion=opinion, home=self.home)

    def discuss(self, case_id: int, minutes: Minutes) -> None:
        """登记集体讨论."""
        penalty_reviews.discuss(self.store, self.actor, case_id=case_id, minutes=minutes, home=self.home)

    def decide(self, case_id: int, decision: NewDecision) -> Issued:
        """作出决定."""
        return penalty_decisions.decide(self.store, self.actor, case_id=case_id, decision=decision, home=self.home)

    def impose_on_spot(self, case_id: int, penalty: OnSpot) -> Issued:
        """当场处罚."""
        return on_spot.impose_on_spot(self.store, self.actor, case_id=case_id, penalty=penalty, home=self.home)

    def filing_day(self, case_id: int) -> date | None:
        """By when a decision on the spot is reported."""
        return penalty_choices.filing_day(self.store, self.actor, case_id=case_id)

    def file_on_spot(self, case_id: int, reference: str) -> None:
        """登记备案."""
        on_spot.file_on_spot(self.store, self.actor, case_id=case_id, reference=reference)
