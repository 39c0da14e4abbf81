"""What one actor can do with seized goods and emergency measures: the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.rules.people import Actor
from hall.rules.seizures import ExcludedTest, TestKind
from hall.services import emergencies, emergency_reading, penalty_staff, seizure_reading, seizures
from hall.services.emergencies import NewEmergency
from hall.services.emergency_reading import EmergencyRow
from hall.services.issuing import Issued
from hall.services.papers_seizure import Receiver
from hall.services.penalty_staff import CertificateView
from hall.services.seizure_reading import Listed, SeizureRow
from hall.services.seizures import NewSeizure, SeizureEnd
from hall.store import Store


@dataclass(frozen=True, slots=True)
class SeizureFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def listed(self, listed: Listed = "open") -> tuple[SeizureRow, ...]:
        """Seized goods, the most pressing first."""
        return seizure_reading.seizures(self.store, self.actor, listed=listed, home=self.home)

    def emergencies(self, listed: Listed = "open") -> tuple[EmergencyRow, ...]:
        """Emergency measures, the most pressing first."""
        return emergency_reading.emergencies(self.store, self.actor, listed=listed)

    def case_numbered(self, number: str) -> int:
        """The key of the penalty case with this number; raises NoSuchPenalty."""
        return seizures.case_numbered(self.store, self.actor, number=number)

    def enter(self, new: NewSeizure) -> int:
        """登记查封、扣押."""
        return seizures.enter(self.store, self.actor, new=new)

    def add_test(self, seizure_id: int, kind: TestKind, unit: str, testing: ExcludedTest) -> None:
        """登记检测."""
        seizures.add_test(self.store, self.actor, seizure_id=seizure_id, kind=kind, unit=unit, testing=testing)

    def finish_test(self, seizure_id: int, last_day: date) -> None:
        """检测提前结束."""
        seizures.finish_test(self.store, self.actor, seizure_id=seizure_id, last_day=last_day)

    def extend(self, seizure_id: int, reason: str) -> Issued:
        """批准延长."""
        return seizures.extend(self.store, self.actor, seizure_id=seizure_id, reason=reason, home=self.home)

    def end(self, seizure_id: int, how: SeizureEnd) -> Issued | None:
        """解除, 没收, 销毁 or 移送."""
        return seizures.end(self.store, self.actor, seizure_id=seizure_id, how=how, home=self.home)

    def give_back(self, seizure_id: int, receiver: Receiver, positions: tuple[int, ...] = ()) -> Issued:
        """退还."""
        return seizures.give_back(
            self.store, self.actor, seizure_id=seizure_id, receiver=receiver, positions=positions, home=self.home
        )

    def certificates(self) -> tuple[CertificateView, ...]:
        """The hall's enforcement certificates, for choosing officers."""
        return penalty_staff.list_certificates(self.store, self.actor)

    def enter_emergency(self, new: NewEmergency) -> int:
        """登记紧急强制措施."""
        return emergencies.enter(self.store, self.actor, new=new)

    def report_emergency(self, emergency_id: int) -> Issued:
        """报告负责人."""
        return emergencies.report(self.store, self.actor, emergency_id=emergency_id, home=self.home)

    def decide_emergency(self, emergency_id: int, *, approved: bool, answer: str) -> Issued | None:
        """同意补办, or lift at once."""
        return emergencies.decide(
            self.store, self.actor, emergency_id=emergency_id, approved=approved, answer=answer, home=self.home
        )
