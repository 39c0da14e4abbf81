"""The penalty window's first page for the screens: who it is about, the position, one case, a new case."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.people import Actor
from hall.services import penalty_cases, penalty_finding, penalty_position, penalty_reading, penalty_waiting
from hall.services.penalty_cases import NewPenalty
from hall.services.penalty_file import HallClock
from hall.services.penalty_finding import FoundPenalties
from hall.services.penalty_position import PenaltyPosition
from hall.services.penalty_waiting import WaitingRow
from hall.store import Store


@dataclass(frozen=True, slots=True)
class PenaltyFront:
    """Every method is one use case; acts on a case are with each subject's own front."""

    store: Store
    actor: Actor
    home: Path

    def find(self, text: str) -> FoundPenalties:
        """By anything somebody has at hand."""
        return penalty_finding.find_penalties(self.store, self.actor, text=text)

    def position(self, party_id: int, *, case_id: int | None = None) -> PenaltyPosition:
        """A person's whole position, with one case open."""
        return penalty_position.position_of_party(
            self.store, self.actor, party_id=party_id, case_id=case_id, home=self.home
        )

    def position_of_case(self, case_id: int) -> PenaltyPosition:
        """The position of the party of a case, with that case open."""
        return penalty_position.position_of_case(self.store, self.actor, case_id=case_id, home=self.home)

    def clocks(self) -> tuple[HallClock, ...]:
        """Every running period of the hall's open cases, the most pressing first."""
        return penalty_reading.hall_clocks(self.store, self.actor, home=self.home)

    def waiting(self) -> tuple[WaitingRow, ...]:
        """等您办的, the most pressing first."""
        return penalty_waiting.waiting_for(self.store, self.actor, home=self.home)

    def register(self, new: NewPenalty) -> int:
        """登记案件; the key of the case."""
        return penalty_cases.register(self.store, self.actor, new=new, home=self.home)
