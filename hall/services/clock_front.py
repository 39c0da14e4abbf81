"""The clocks of a case for the screens: why a date is what it is, what a deed would change, and the deeds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.catalogue import Limit
from hall.rules.clocks import ClockKind
from hall.rules.people import Actor
from hall.rules.procedures import ProcedureTerms
from hall.services import explaining, extending, suspending
from hall.services.explaining import Explanation
from hall.services.suspending import ClocksMoved, SuspensionRequest, Weighed
from hall.store import Store


@dataclass(frozen=True, slots=True)
class ClockFront:
    """Every method is one use case; what weighs writes nothing."""

    store: Store
    actor: Actor
    home: Path

    def explain(self, case_id: int) -> tuple[Explanation, ...]:
        """Every due date of a case, day by day."""
        return explaining.explain_case(self.store, self.actor, case_id=case_id)

    def procedures(self, case_id: int) -> tuple[ProcedureTerms, ...]:
        """The procedures that the case may be suspended for today."""
        return suspending.procedures_of(self.store, self.actor, case_id=case_id, home=self.home)

    def weigh_suspension(self, case_id: int, procedure: str, granted: Limit | None) -> Weighed:
        """Both clocks before and after a procedure that began today."""
        return suspending.weigh_suspension(
            self.store, self.actor, case_id=case_id, procedure=procedure, granted=granted, home=self.home
        )

    def suspend(self, case_id: int, request: SuspensionRequest) -> ClocksMoved:
        """启动特别程序."""
        return suspending.suspend(self.store, self.actor, case_id=case_id, request=request, home=self.home)

    def resume(self, case_id: int, procedure: str, result: str, *, result_on: date | None = None) -> ClocksMoved:
        """结束特别程序."""
        return suspending.resume(
            self.store,
            self.actor,
            case_id=case_id,
            procedure=procedure,
            result=result,
            result_on=result_on,
            home=self.home,
        )

    def longest_extensions(self, case_id: int) -> Mapping[ClockKind, int]:
        """By how much each clock may be extended at most."""
        return extending.longest_extensions(self.store, self.actor, case_id=case_id)

    def weigh_extension(self, case_id: int, days: Mapping[ClockKind, int]) -> Weighed:
        """Both clocks before and after an extension of today."""
        return extending.weigh_extension(self.store, self.actor, case_id=case_id, days=days)

    def extend(self, case_id: int, days: Mapping[ClockKind, int], reason: str) -> ClocksMoved:
        """延期."""
        return extending.extend(self.store, self.actor, case_id=case_id, days=days, reason=reason, home=self.home)

    def weigh_supplement(self, case_id: int, limit: Limit) -> Weighed:
        """The clocks before and after a supplement notice of today that gives the applicant this time."""
        return suspending.weigh_supplement(self.store, self.actor, case_id=case_id, limit=limit, home=self.home)
