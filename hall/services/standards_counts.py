"""What a period holds of spot checks, training and qualifications, in plain numbers for the monthly report."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from hall.rules.qualifications import holds
from hall.rules.training import in_force
from hall.services.correction_days import counted_days, days_due
from hall.services.qualifications import held_of
from hall.services.training_reading import trained_of
from hall.store.schema.standards import Qualification, SpotCheck, TrainingRecord


@dataclass(frozen=True, slots=True)
class StandardsCounts:
    """A period: rates as numerator and denominator. No figure is about one person."""

    checks: int
    checks_met: int
    faults_due: int
    """Days of correction that came in the period: one that was moved before its day does not count."""
    faults_verified: int
    """Of them those that somebody verified by the end of the period."""
    trained_half_hours: int
    trained_people: int
    examined: int
    examined_passed: int
    qualifications_run_out: int
    """Whose last day, or end, lies in the period."""
    qualifications_held: int
    """On the last day."""


def counts_of(session: Session, *, hall_id: int, first: date, last: date) -> StandardsCounts:
    """The counts of both days and those between; what was corrected later counts as corrected."""
    made = SpotCheck.checked_on.between(first, last)
    due, verified = _corrections(session, hall_id, first, last)
    trained = [each for each in _training(session, hall_id) if first <= each.held_on <= last]
    examined = [each for each in trained if each.kind == "examination"]
    held = [held_of(each) for each in session.scalars(select(Qualification).where(Qualification.hall_id == hall_id))]
    ends = [min(filter(None, (each.valid_to, each.ended_on))) for each in held if each.valid_to or each.ended_on]
    return StandardsCounts(
        checks=_checks(session, hall_id, made),
        checks_met=_checks(session, hall_id, made, SpotCheck.met.is_(True)),
        faults_due=due,
        faults_verified=verified,
        trained_half_hours=sum(each.half_hours for each in trained),
        trained_people=len({each.account_id for each in trained}),
        examined=len(examined),
        examined_passed=sum(each.passed is True for each in examined),
        qualifications_run_out=sum(first <= day <= last for day in ends),
        qualifications_held=sum(holds(each, on=last) for each in held),
    )


def _checks(session: Session, hall_id: int, *conditions: ColumnElement[bool]) -> int:
    """Of those that stand: what was voided counts nowhere."""
    own = SpotCheck.hall_id == hall_id, SpotCheck.voided_on.is_(None)
    query = select(func.count()).select_from(SpotCheck).where(*own, *conditions)
    return session.scalar(query) or 0


def _corrections(session: Session, hall_id: int, first: date, last: date) -> tuple[int, int]:
    own = SpotCheck.hall_id == hall_id, SpotCheck.met.is_(False), SpotCheck.voided_on.is_(None)
    records = {each.id: each for each in session.scalars(select(SpotCheck).where(*own))}
    days = days_due(session, "spot_check", now={key: each.correct_by for key, each in records.items()})
    return counted_days(days, {key: each.verified_on for key, each in records.items()}, first=first, last=last)


def _training(session: Session, hall_id: int) -> list[TrainingRecord]:
    """The records that count."""
    rows = {each.id: each for each in session.scalars(select(TrainingRecord).where(TrainingRecord.hall_id == hall_id))}
    return [rows[each.id] for each in in_force(map(trained_of, rows.values()))]
