"""A penalty case for the screens: correction, evidence, service, its end; officers' certificates and conflicts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.rules.penalties import DropGround
from hall.rules.people import Actor
from hall.services import (
    penalty_cases,
    penalty_ending,
    penalty_evidence,
    penalty_filing,
    penalty_officers,
    penalty_serving,
    penalty_staff,
)
from hall.services.penalty_cases import Correction
from hall.services.penalty_serving import PenaltyDelivery, PenaltyServed
from hall.services.penalty_staff import CertificateView, ConflictView, NewCertificate, NewConflict
from hall.services.service_rule import service_rules
from hall.store import Store


@dataclass(frozen=True, slots=True)
class PenaltyCaseFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def note_correction(self, case_id: int, correction: Correction) -> bool:
        """登记改正; True: nothing is left to fine, the case is dropped."""
        return penalty_cases.note_correction(self.store, self.actor, case_id=case_id, correction=correction)

    def to_general(self, case_id: int, reason: str) -> None:
        """转为普通程序."""
        penalty_filing.to_general(self.store, self.actor, case_id=case_id, reason=reason)

    def change_officers(self, case_id: int, certificates: tuple[int, ...], reason: str) -> None:
        """调整执法人员."""
        penalty_officers.change(self.store, self.actor, case_id=case_id, certificates=certificates, reason=reason)

    def hold_evidence(self, case_id: int, on: date, what: str) -> None:
        """先行登记保存."""
        penalty_evidence.hold_evidence(self.store, self.actor, case_id=case_id, on=on, what=what)

    def end_evidence(self, case_id: int, on: date, how: str) -> None:
        """处理登记保存."""
        penalty_evidence.end_evidence(self.store, self.actor, case_id=case_id, on=on, how=how)

    def drop(self, case_id: int, ground: DropGround, reason: str) -> None:
        """撤案."""
        penalty_ending.drop(self.store, self.actor, case_id=case_id, ground=ground, reason=reason, home=self.home)

    def close(self, case_id: int) -> None:
        """结案."""
        penalty_ending.close(self.store, self.actor, case_id=case_id, home=self.home)

    def serve(self, case_id: int, delivery: PenaltyDelivery) -> PenaltyServed:
        """登记送达."""
        return penalty_serving.serve(self.store, self.actor, case_id=case_id, delivery=delivery, home=self.home)

    def arrived(self, case_id: int, delivery: PenaltyDelivery) -> PenaltyServed:
        """登记送到."""
        return penalty_serving.arrived(self.store, self.actor, case_id=case_id, delivery=delivery, home=self.home)

    def failed(self, case_id: int, failed_on: date, failure: str) -> None:
        """登记送达不成."""
        penalty_serving.failed(self.store, self.actor, case_id=case_id, failed_on=failed_on, failure=failure)

    def capacities(self) -> tuple[str, ...]:
        """Who may take a paper for the party."""
        return service_rules(self.home).in_force(business_date(self.store.clock.now())).capacities

    def certificates(self) -> tuple[CertificateView, ...]:
        """执法证件."""
        return penalty_staff.list_certificates(self.store, self.actor)

    def enter_certificate(self, new: NewCertificate) -> int:
        """登记证件."""
        return penalty_staff.enter_certificate(self.store, self.actor, new=new)

    def change_validity(self, certificate_id: int, valid_to: date, reason: str) -> None:
        """改有效期."""
        penalty_staff.change_validity(
            self.store, self.actor, certificate_id=certificate_id, valid_to=valid_to, reason=reason
        )

    def conflicts(self) -> tuple[ConflictView, ...]:
        """回避."""
        return penalty_staff.list_conflicts(self.store, self.actor)

    def enter_conflict(self, new: NewConflict) -> int:
        """登记回避."""
        return penalty_staff.enter_conflict(self.store, self.actor, new=new)

    def end_conflict(self, conflict_id: int, until_day: date) -> None:
        """终止回避."""
        penalty_staff.end_conflict(self.store, self.actor, conflict_id=conflict_id, until_day=until_day)
