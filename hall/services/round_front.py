"""What one actor can do about dossier reviews: the services bound, for the screens."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hall.clock import business_date
from hall.rules.dossier import Fault, ReviewTerms, Score
from hall.rules.people import Actor
from hall.services import review_correcting, review_rechecking, review_rounds, review_scoring, round_reading
from hall.services.issuing import Issued
from hall.services.review_rechecking import Rechecked
from hall.services.review_rounds import NewRound
from hall.services.review_scoring import Found
from hall.services.round_reading import AssignmentRow, Drawable, RoundRow
from hall.services.round_records import rule_on
from hall.store import Store


@dataclass(frozen=True, slots=True)
class RoundFront:
    """Every method is one use case."""

    store: Store
    actor: Actor
    home: Path

    @property
    def terms(self) -> ReviewTerms:
        """The parameters in force today; raises BadParameters."""
        return rule_on(self.home, business_date(self.store.clock.now())).review

    def rounds(self, *, closed: bool = False) -> tuple[RoundRow, ...]:
        """评查轮次."""
        return round_reading.list_rounds(self.store, self.actor, closed=closed)

    def dossiers(self, *, closed: bool = False) -> tuple[AssignmentRow, ...]:
        """评查的案卷."""
        return round_reading.list_assignments(self.store, self.actor, closed=closed)

    def drawable(self, from_day: date, until_day: date) -> Drawable:
        """What could be announced."""
        return round_reading.drawable(self.store, self.actor, from_day=from_day, until_day=until_day)

    def faults(self, subject: str, on: date) -> tuple[Fault, ...]:
        """The lines of the score sheet."""
        return round_reading.faults(self.store, self.actor, subject=subject, on=on, home=self.home)

    def announce(self, new: NewRound) -> Issued:
        """公布评查."""
        return review_rounds.announce(self.store, self.actor, new=new, home=self.home)

    def hold(self, round_id: int, *, seed: str, witness: str) -> Issued:
        """抽取."""
        return review_rounds.hold(self.store, self.actor, round_id=round_id, seed=seed, witness=witness, home=self.home)

    def void(self, round_id: int, reason: str) -> None:
        """作废."""
        review_rounds.void(self.store, self.actor, round_id=round_id, reason=reason)

    def close(self, round_id: int) -> Issued:
        """通报."""
        return review_rounds.close(self.store, self.actor, round_id=round_id, home=self.home)

    def score(self, assignment_id: int, *, found: Found, remark: str) -> tuple[Score, Issued]:
        """评分."""
        return review_scoring.score(
            self.store, self.actor, assignment_id=assignment_id, found=found, remark=remark, home=self.home
        )

    def replace(self, assignment_id: int, reason: str) -> str:
        """更换评查员."""
        return review_scoring.replace(
            self.store, self.actor, assignment_id=assignment_id, reason=reason, home=self.home
        )

    def release(self, assignment_id: int, reason: str) -> None:
        """案卷退出本轮."""
        review_scoring.release(self.store, self.actor, assignment_id=assignment_id, reason=reason, home=self.home)

    def object_to(self, assignment_id: int, objection: str) -> None:
        """对评分提出异议."""
        review_rechecking.object_to(
            self.store, self.actor, assignment_id=assignment_id, objection=objection, home=self.home
        )

    def recheck(self, assignment_id: int, *, found: Found | None, reason: str) -> Rechecked:
        """复核."""
        return review_rechecking.recheck(
            self.store, self.actor, assignment_id=assignment_id, found=found, reason=reason, home=self.home
        )

    def notify(self, assignment_id: int, *, responsible_id: int, correct_by: date) -> Issued:
        """发整改通知."""
        return review_correcting.notify(
            self.store,
            self.actor,
            assignment_id=assignment_id,
            responsible_id=responsible_id,
            correct_by=correct_by,
            home=self.home,
        )

    def state(self, assignment_id: int, statement: str) -> None:
        """说明情况."""
        review_correcting.state(
            self.store, self.actor, assignment_id=assignment_id, statement=statement, home=self.home
        )

    def correct(self, assignment_id: int, correction: str) -> None:
        """登记整改."""
        review_correcting.correct(
            self.store, self.actor, assignment_id=assignment_id, correction=correction, home=self.home
        )

    def verify(self, assignment_id: int, *, passed: bool, note: str, correct_by: date | None) -> None:
        """核验整改."""
        review_correcting.verify(
            self.store,
            self.actor,
            assignment_id=assignment_id,
            passed=passed,
            note=note,
            correct_by=correct_by,
            home=self.home,
        )
