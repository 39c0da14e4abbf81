"""What one actor can do about leniency before a decision: look, take a request, examine, answer, educate."""

from dataclasses import dataclass
from pathlib import Path

from hall.rules.leniency import Eligibility
from hall.rules.people import Actor
from hall.services import education, leniency, leniency_looking
from hall.services.education import Education
from hall.services.issuing import Issued
from hall.services.leniency import Applied, Examination, NewLeniency
from hall.services.leniency_looking import LeniencyLook
from hall.store import Store


@dataclass(frozen=True, slots=True)
class LeniencyFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def look(self, case_id: int) -> LeniencyLook:
        """Each limb element by element, the search for earlier breaches, the roads, what may be proposed."""
        return leniency_looking.look(self.store, self.actor, case_id=case_id, home=self.home)

    def apply(self, case_id: int, new: NewLeniency) -> Applied:
        """收减免申请."""
        return leniency.apply(self.store, self.actor, case_id=case_id, new=new, home=self.home)

    def examine(self, case_id: int, examination: Examination) -> Eligibility:
        """审查减免."""
        return leniency.examine(self.store, self.actor, case_id=case_id, examination=examination, home=self.home)

    def refuse(self, case_id: int, reasons: str) -> int:
        """答复不予减免."""
        return leniency.refuse(self.store, self.actor, case_id=case_id, reasons=reasons, home=self.home)

    def withdraw(self, case_id: int, reason: str) -> None:
        """撤回减免申请."""
        leniency.withdraw(self.store, self.actor, case_id=case_id, reason=reason)

    def educate(self, case_id: int, new: Education) -> Issued:
        """登记教育承诺."""
        return education.educate(self.store, self.actor, case_id=case_id, education=new, home=self.home)
