"""What one actor can do about service standards, training and qualifications: the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.rules.people import Actor
from hall.rules.qualifications import QualificationRule
from hall.rules.training import TrainingRule
from hall.services import (
    instructions,
    qualifications,
    spot_check_reading,
    spot_checks,
    staff,
    training,
    training_reading,
)
from hall.services.instructions import StepView
from hall.services.issuing import Issued
from hall.services.qualifications import NewQualification, QualificationView
from hall.services.spot_check_reading import CheckView
from hall.services.spot_checks import Checked, NewCheck
from hall.services.staff import StaffMember
from hall.services.standard_rules import qualification_rules, training_rules
from hall.services.training import NewTraining
from hall.services.training_reading import StaffStanding, TrainingView
from hall.store import Store


@dataclass(frozen=True, slots=True)
class StandardsFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    def instructions(self) -> tuple[StepView, ...]:
        """Every step in force or to come."""
        return instructions.list_instructions(self.store, self.actor)

    def steps(self, subject: str, *, all_posts: bool = False) -> tuple[StepView, ...]:
        """What the actor's posts do in a subject (a matter's code, or `words.INSTRUCTION_SUBJECTS`)."""
        return instructions.steps_shown(self.store, self.actor, subject=subject, all_posts=all_posts)

    def print_sheet(self, subject: str) -> Issued:
        """打印作业指导书."""
        return instructions.print_sheet(self.store, self.actor, subject=subject, home=self.home)

    def staff(self) -> tuple[StaffMember, ...]:
        """Everybody of the hall, or oneself."""
        return staff.list_staff(self.store, self.actor)

    def checks(self, *, closed: bool = False) -> tuple[CheckView, ...]:
        """Spot checks."""
        return spot_check_reading.list_checks(self.store, self.actor, closed=closed)

    def enter_check(self, new: NewCheck) -> Checked:
        """登记抽查."""
        return spot_checks.enter(self.store, self.actor, new=new, home=self.home)

    def state(self, check_id: int, statement: str) -> None:
        """说明."""
        spot_checks.state(self.store, self.actor, check_id=check_id, statement=statement)

    def correct_check(self, check_id: int, correction: str) -> None:
        """登记整改."""
        spot_checks.correct(self.store, self.actor, check_id=check_id, correction=correction)

    def verify(self, check_id: int, *, passed: bool, note: str, correct_by: date | None) -> None:
        """核验."""
        spot_checks.verify(self.store, self.actor, check_id=check_id, passed=passed, note=note, correct_by=correct_by)

    def void_check(self, check_id: int, reason: str) -> None:
        """作废抽查."""
        spot_checks.void(self.store, self.actor, check_id=check_id, reason=reason)

    def training_rule(self) -> TrainingRule:
        """What is asked today."""
        return training_rules(self.home).in_force(business_date(self.store.clock.now()))

    def training(self, *, closed: bool = False) -> tuple[TrainingView, ...]:
        """Records of training."""
        return training_reading.list_training(self.store, self.actor, closed=closed)

    def standings(self) -> tuple[StaffStanding, ...]:
        """Where everybody stands this year."""
        return training_reading.standings(self.store, self.actor, home=self.home)

    def enter_training(self, new: NewTraining) -> int:
        """登记培训."""
        return training.enter(self.store, self.actor, new=new, home=self.home)

    def correct_training(self, record_id: int, new: NewTraining) -> None:
        """更正培训记录."""
        training.correct(self.store, self.actor, record_id=record_id, new=new, home=self.home)

    def void_training(self, record_id: int, reason: str) -> None:
        """作废培训记录."""
        training.void(self.store, self.actor, record_id=record_id, reason=reason)

    def print_statement(self, account_id: int) -> Issued:
        """出具培训情况证明."""
        return training_reading.print_statement(self.store, self.actor, account_id=account_id, home=self.home)

    def qualification_rule(self) -> QualificationRule:
        """Which kinds there are today, and what they are needed for."""
        return qualification_rules(self.home).in_force(business_date(self.store.clock.now()))

    def qualifications(self) -> tuple[QualificationView, ...]:
        """Qualifications of everybody, or of oneself."""
        return qualifications.list_qualifications(self.store, self.actor, home=self.home)

    def enter_qualification(self, new: NewQualification) -> int:
        """登记资格."""
        return qualifications.enter(self.store, self.actor, new=new, home=self.home)

    def end_qualification(self, qualification_id: int, on: date, reason: str) -> None:
        """终止资格."""
        qualifications.end(self.store, self.actor, qualification_id=qualification_id, on=on, reason=reason)
