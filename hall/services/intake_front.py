"""What one actor can do at the intake: the services with store, actor and parameters bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.clocks_changes import Comparison
from hall.rules.intake import Limb, Purpose, SupplementLine
from hall.rules.materials import HandedIn
from hall.rules.people import Actor
from hall.services import accepting, duplicates, receiving, refusing, supplementing
from hall.services.accepting import Accepted, Promise
from hall.services.applications import Application
from hall.services.duplicates import Duplicate
from hall.services.receiving import Intake, Received, Submission
from hall.services.refusing import RefusedCase
from hall.services.supplementing import Told
from hall.store import Store

Materials = tuple[HandedIn, ...]


@dataclass(frozen=True, slots=True)
class IntakeFront:
    """Every method is one use case. `submission`: an application, or the key of a received case; `materials` are those
    of a received case as they are now."""

    store: Store
    actor: Actor
    home: Path
    slip: bool

    def look(self, matter_code: str, materials: Materials) -> Intake:
        """What may be done with an application now: missing materials, both clocks, which ways are open."""
        return receiving.look(self.store, self.actor, matter_code=matter_code, materials=materials, home=self.home)

    def look_at_case(self, case_id: int, materials: Materials | None = None) -> Intake:
        """The same of a received case, by its own version of the matter."""
        return receiving.look_at_case(self.store, self.actor, case_id=case_id, materials=materials, home=self.home)

    def receive(self, application: Application) -> Received:
        """收件, without a decision."""
        return receiving.receive(self.store, self.actor, application=application, home=self.home, slip=self.slip)

    def accept(self, submission: Submission, materials: Materials | None = None) -> Accepted:
        """受理."""
        return accepting.accept(
            self.store, self.actor, submission=submission, materials=materials, home=self.home, slip=self.slip
        )

    def accept_lacking(self, submission: Submission, materials: Materials | None = None) -> Accepted:
        """容缺受理."""
        return accepting.accept_lacking(
            self.store, self.actor, submission=submission, materials=materials, home=self.home, slip=self.slip
        )

    def accept_informed(self, submission: Submission, promise: Promise, materials: Materials | None = None) -> Accepted:
        """告知承诺受理."""
        return accepting.accept_informed(
            self.store,
            self.actor,
            submission=submission,
            promise=promise,
            materials=materials,
            home=self.home,
            slip=self.slip,
        )

    def complete(self, case_id: int, materials: Materials) -> tuple[str, ...]:
        """补齐容缺材料: what still lacks."""
        return accepting.complete(self.store, self.actor, case_id=case_id, materials=materials)

    def supplement(
        self,
        submission: Submission,
        lines: tuple[SupplementLine, ...],
        *,
        days: int | None = None,
        delivered: bool = True,
        materials: Materials | None = None,
    ) -> Told:
        """一次性告知补正."""
        return supplementing.supplement(
            self.store,
            self.actor,
            submission=submission,
            lines=lines,
            days=days,
            delivered=delivered,
            materials=materials,
            home=self.home,
            slip=self.slip,
        )

    def deliver_notice(self, case_id: int, on: date) -> date | None:
        """登记补正告知书送达: by when the applicant is asked to come."""
        return supplementing.deliver(self.store, self.actor, case_id=case_id, on=on, home=self.home)

    def what_if(self, case_id: int | None, days: int | None = None) -> tuple[Comparison, ...]:
        """Every clock before and after a supplement notice."""
        return supplementing.what_if(self.store, self.actor, case_id=case_id, days=days, home=self.home)

    def resubmit(self, case_id: int, materials: Materials) -> Received:
        """收补正材料."""
        return supplementing.resubmit(
            self.store, self.actor, case_id=case_id, materials=materials, home=self.home, slip=self.slip
        )

    def correct(self, submission: Submission, what: str, materials: Materials | None = None) -> Received:
        """当场更正."""
        return supplementing.correct(
            self.store,
            self.actor,
            submission=submission,
            what=what,
            materials=materials,
            home=self.home,
            slip=self.slip,
        )

    def refuse(self, submission: Submission, limb: Limb, reason: str, *, competent_authority: str = "") -> RefusedCase:
        """不予受理."""
        return refusing.refuse(
            self.store,
            self.actor,
            submission=submission,
            limb=limb,
            reason=reason,
            competent_authority=competent_authority,
            home=self.home,
            slip=self.slip,
        )

    def duplicates(
        self, id_number: str, matter_code: str, *, purpose: Purpose = "new", subject: str = ""
    ) -> tuple[Duplicate, ...]:
        """Cases that an application would be taken for."""
        return duplicates.duplicates(
            self.store,
            self.actor,
            id_number=id_number,
            matter_code=matter_code,
            purpose=purpose,
            subject=subject,
            home=self.home,
        )
